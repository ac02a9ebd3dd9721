"""Ingestion of a whole folder: all processors, batches that are written whole or not at all, resumable at any moment.

A document is known by its digest and has one proposal, so that whoever goes on after a crash finds what is done, does
the rest, and doubles nothing. Processes write by themselves: none waits for the others' documents.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from threading import Event, Thread
from typing import Final

from app.errors import PlenaryError, StoreError, message
from app.model import Language
from app.services.derive import read_path
from app.services.history_source import Stored
from app.services.ingest import BATCH, Defer, drafted, uploaded
from app.store import Draft, Store, Upload

SIZE: Final = 50
"""Documents in a batch."""
_WATCH: Final = 0.5
_POLL: Final = 0.3
_OFTEN: Final = 10


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a batch: documents looked at, those new, those known already, and a line for each that failed."""

    documents: int
    fresh: int
    known: int
    failed: tuple[str, ...]


def ingest(url: str, sources: Sequence[Path], language: Language, *, workers: int) -> Iterator[Done]:
    """Proposes the schedules of every document into the store at ``url``; a batch at a time, as they are done.

    Raises StoreError where the store cannot be written; what was done by then stays done.
    """
    batches = _batches(sources)
    pool = ProcessPoolExecutor(workers, get_context("spawn"), _begin, (url, os.getpid()))
    running: set[Future[Done]] = set()
    try:
        while True:
            # A few in hand for each process: a folder may hold more documents than memory.
            for batch in islice(batches, 2 * workers - len(running)):
                running.add(pool.submit(_do, batch, language))
            if not running:
                return
            finished, running = wait(running, return_when=FIRST_COMPLETED)
            for future in finished:
                yield future.result()
    finally:
        pool.shutdown(cancel_futures=True)


def spread(
    store: Store,
    sources: Sequence[Path],
    language: Language,
    *,
    now: Callable[[], datetime],
    defer: Defer,
    pause: Callable[[float], object],
) -> Iterator[Done]:
    """As ``ingest``, but the documents are only kept here: whoever works for the store derives them.

    Ends when everything is done, which is never where nobody works.
    """
    waiting: dict[str, tuple[int, int, tuple[str, ...]]] = {}
    for batch in _batches(sources):
        uploads, failed = _read(batch, language)
        known = store.documents.known([item.digest for item in uploads])
        numbers = store.documents.keep([item for item in uploads if item.digest not in known], now())
        if not numbers:
            yield Done(len(batch), 0, len(known), failed)
            continue
        id_ = secrets.token_hex(16)
        store.queue.add(id_, BATCH, now(), given={"documents": ",".join(map(str, numbers))})
        defer(id_)
        waiting[id_] = (len(batch), len(uploads) - len(numbers), failed)
        if len(waiting) % _OFTEN == 0:
            yield from _over(store, waiting)
    while waiting:
        pause(_POLL)
        yield from _over(store, waiting)


def _over(store: Store, waiting: dict[str, tuple[int, int, tuple[str, ...]]]) -> Iterator[Done]:
    found = store.queue.known(waiting)
    for id_ in list(waiting):
        job = found.get(id_)
        if job is None or job.over:
            count, known, failed = waiting.pop(id_)
            lines = tuple(job.error.values()) if job else ("the job is gone",)
            yield Done(count, count - known - len(failed) - len(lines), known, (*failed, *lines))


def _batches(sources: Sequence[Path]) -> Iterator[Sequence[Path]]:
    for start in range(0, len(sources), SIZE):
        yield sources[start : start + SIZE]


def _read(batch: Sequence[Path], language: Language) -> tuple[list[Upload], tuple[str, ...]]:
    """The documents of a batch, each once, and a line for each that cannot be read."""
    uploads: dict[str, Upload] = {}
    failed: list[str] = []
    for path in batch:
        try:
            found = uploaded(read_path(path), language, name=path.name, symbol=None, adopted=None)
            uploads.setdefault(found.digest, found)
        except PlenaryError as error:
            failed.append(error.line())
    return list(uploads.values()), tuple(failed)


# --- in a process of its own ----------------------------------------------------------------------------------------

_store: Store | None = None


def _begin(url: str, parent: int) -> None:
    global _store  # noqa: PLW0603  # a process of a pool has no other place for what all its tasks share
    _store = Store(url)

    def watch() -> None:
        # A pool whose owner was killed waits for work for ever; its processes have to see to that themselves.
        while os.getppid() == parent:
            Event().wait(_WATCH)
        os._exit(1)

    Thread(target=watch, daemon=True).start()


def _do(batch: Sequence[Path], language: Language) -> Done:
    if _store is None:
        raise StoreError(message("the store is not open"), where="process", hint=message("try again"))
    uploads, failed = _read(batch, language)
    known = _store.documents.known([item.digest for item in uploads])
    kept: list[Upload] = []
    drafts: list[Draft] = []
    wrong = list(failed)
    against = Stored(_store)
    for upload in uploads:
        if upload.digest in known:
            continue
        try:
            drafts.append(drafted(upload, against))
            kept.append(upload)
        except PlenaryError as error:
            wrong.append(f"{upload.name}: {error.line()}")
    fresh = _store.documents.propose_many(kept, drafts, datetime.now(UTC)) if drafts else 0
    return Done(len(batch), fresh, len(batch) - len(wrong) - fresh, tuple(wrong))
