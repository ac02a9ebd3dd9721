"""Ingestion of a whole folder: documents are kept in batches, each a job, resumable at any moment.

A document is known by its digest and has one proposal, and a batch by its documents: whoever goes on after a crash
finds what is done, does the rest, and doubles nothing.
"""

from __future__ import annotations

import logging.config
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from threading import Event, Thread
from typing import Final

from app.errors import PlenaryError
from app.fetch import Library
from app.logging_config import configuration
from app.model import Language
from app.services.derive import read_path
from app.services.ingest import WorkQueue, build_upload, submit_batch
from app.services.jobs import JobRunner
from app.services.workers import BULK, JobEngine
from app.store import Store, Upload

BATCH_SIZE: Final = 100
"""Documents in a batch: half a second of one processor, so that a kill loses little."""
_PARENT_POLL: Final = 0.5
"""Seconds between two looks whether the process that started a worker is alive."""
_JOBS_POLL: Final = 0.3
"""Seconds between two looks at the batches that are not over."""
_OFTEN: Final = 10
"""So many batches are handed in between two looks at those that may be over."""


@dataclass(frozen=True, slots=True)
class BatchResult:
    """Result of a batch: counts of documents read, new and known, and a line per failure."""

    documents: int
    fresh: int
    known: int
    failed: tuple[str, ...]


def enqueue_documents(
    store: Store,
    sources: Sequence[Path],
    language: Language,
    *,
    now: Callable[[], datetime],
    queue: WorkQueue,
    pause: Callable[[float], object],
) -> Iterator[BatchResult]:
    """Store every document, enqueue the deriving jobs, and yield the results as they come.

    Ends when every job is over, which is never where nothing runs jobs. Raises StoreError.
    """
    waiting: dict[str, tuple[int, int, tuple[str, ...]]] = {}
    for start in range(0, len(sources), BATCH_SIZE):
        batch = sources[start : start + BATCH_SIZE]
        uploads, failed = _read(batch, language)
        known = store.documents.known([item.digest for item in uploads])
        numbers = store.documents.keep([item for item in uploads if item.digest not in known], now())
        if not numbers:
            yield BatchResult(len(batch), 0, len(known), failed)
            continue
        id_ = submit_batch(store, numbers, now(), queue)
        waiting[id_] = (len(batch), len(uploads) - len(numbers), failed)
        if len(waiting) % _OFTEN == 0:
            yield from _results(store, waiting)
    while waiting:
        pause(_JOBS_POLL)
        yield from _results(store, waiting)


def _results(store: Store, waiting: dict[str, tuple[int, int, tuple[str, ...]]]) -> Iterator[BatchResult]:
    found = store.jobs.get_many(waiting)
    for id_ in list(waiting):
        job = found.get(id_)
        if job is None or job.over:
            count, known, failed = waiting.pop(id_)
            lines = tuple(job.error.values()) if job else ("the job is gone",)
            yield BatchResult(count, count - known - len(failed) - len(lines), known, (*failed, *lines))


def _read(batch: Sequence[Path], language: Language) -> tuple[list[Upload], tuple[str, ...]]:
    """Return the documents of a batch, each once, and a line for each that cannot be read."""
    uploads: dict[str, Upload] = {}
    failed: list[str] = []
    for path in batch:
        try:
            found = build_upload(read_path(path), language, name=path.name, symbol=None, adopted=None)
            uploads.setdefault(found.digest, found)
        except PlenaryError as error:
            failed.append(error.line())
    return list(uploads.values()), tuple(failed)


# --- processes of this machine --------------------------------------------------------------------------------------


@contextmanager
def local_workers(url: str, count: int) -> Iterator[None]:
    """Run so many processes that derive batches, for as long as the context lasts."""
    context = get_context("spawn")
    workers = [context.Process(target=_work, args=(url, os.getpid()), daemon=True) for _ in range(count)]
    for worker in workers:
        worker.start()
    try:
        yield
    finally:
        for worker in workers:
            worker.terminate()
        for worker in workers:
            worker.join()


def _work(url: str, parent: int) -> None:
    # Before any other thread starts: the engine waits for SIGTERM. The terminal interrupts all, the parent ends these.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    logging.config.dictConfig(configuration("WARNING", "auto"))
    store = Store(url)
    runner = JobRunner(store, Library(()), Path(), lambda: datetime.now(UTC))

    def watch() -> None:
        # Where the parent was killed, nobody ends its workers.
        while os.getppid() == parent:
            Event().wait(_PARENT_POLL)
        os._exit(1)

    Thread(target=watch, daemon=True).start()
    JobEngine(store, runner, queues=(BULK,)).run_until_signal()
    store.close()
