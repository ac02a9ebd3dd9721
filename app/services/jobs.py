"""The work of each kind of job. Every job may be run twice without harm: what it writes, it writes once."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from app.documents import parse_symbol
from app.errors import DataError, PlenaryError, message
from app.fetch import Library
from app.services.derive import language_of
from app.services.history_source import StoreHistorySource
from app.services.ingest import BATCH, PUBLISH, build_draft, build_upload
from app.services.publish import publish
from app.store import Document, Draft, Job, Store

Clock = Callable[[], datetime]
ABANDONED: Final = DataError(message("the job was abandoned after repeated failures"), hint=message("try again"))
_FIRST_WAIT, _LONGEST_WAIT = 1.0, 30.0
"""Seconds between attempts while the store is unavailable; the wait doubles."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class JobRunner:
    """Runs jobs of a store; safe to share between threads."""

    store: Store
    library: Library
    schedules: Path
    clock: Clock
    stopping: threading.Event = field(default_factory=threading.Event)
    """Set when the process ends: nothing waits for a store that is unavailable any longer."""
    _active: set[str] = field(default_factory=set)

    @property
    def active(self) -> frozenset[str]:
        """The ids of the jobs that run in this process."""
        return frozenset(self._active)

    def run(self, id_: str) -> None:
        """Run a job to its end, and record the result; nothing for one that is over.

        Raises StoreError only where the process ends while the store is unavailable.
        """
        with self._counted(id_):
            wait = _FIRST_WAIT
            while True:
                try:
                    self._attempt(id_)
                    return
                except PlenaryError as error:
                    # The store is unavailable: the job is not to blame, and runs once the store is back.
                    _log.warning("job %s has to wait: %s", id_, error.line())
                    if self.stopping.wait(wait):
                        raise
                    wait = min(2 * wait, _LONGEST_WAIT)

    @contextmanager
    def _counted(self, id_: str) -> Iterator[None]:
        self._active.add(id_)
        try:
            yield
        finally:
            self._active.discard(id_)

    def _attempt(self, id_: str) -> None:
        job = self.store.jobs.begin(id_)
        if job is None:
            return
        wrong: Mapping[str, str] | None
        try:
            wrong = self._work(job)
        except PlenaryError as error:
            if error.http_status >= 500:
                raise
            wrong = error.payload()
        except Exception:
            # A programming error in one job is logged with its trace, and other jobs go on.
            _log.exception("job %s failed", id_)
            wrong = PlenaryError(message("internal error")).payload()
        self.store.jobs.finish(id_, self.clock(), wrong)

    def _work(self, job: Job) -> Mapping[str, str] | None:
        if job.kind == BATCH:
            return self._derive_batch(job)
        if job.kind == PUBLISH:
            self._publish(job)
        else:
            self._derive(job)
        return None

    def _derive_batch(self, job: Job) -> Mapping[str, str] | None:
        """Derive and propose many documents together; return the error lines by document."""
        wrong: dict[str, str] = {}
        kept: list[Document] = []
        drafts: list[Draft] = []
        against = StoreHistorySource(self.store)
        numbers = [int(number) for number in job.given["documents"].split(",")]
        for document in self.store.documents.documents(numbers):
            try:
                drafts.append(build_draft(document, against))
                kept.append(document)
            except PlenaryError as error:
                if error.http_status >= 500:
                    raise
                wrong[str(document.id)] = f"{document.name}: {error.line()}"
        if drafts:
            self.store.proposals.add_many(kept, drafts, self.clock())
        return wrong or None

    def _derive(self, job: Job) -> None:
        # The document that an earlier attempt fetched is on record: it is not fetched again.
        number = self._fetch(job) if job.document is None else job.document
        document = self.store.documents.document(number)
        if document is None:
            raise AssertionError
        self.store.jobs.advance(job.id, 40, "deriving")
        draft = build_draft(document, StoreHistorySource(self.store))
        self.store.jobs.advance(job.id, 90, "proposing")
        self.store.proposals.add(draft, self.clock())

    def _fetch(self, job: Job) -> int:
        self.store.jobs.advance(job.id, 10, "fetching")
        symbol, language = parse_symbol(job.given["symbol"]), language_of(job.given["lang"])
        data = self.library.get(symbol.text, language)
        upload = build_upload(data, language, name="", symbol=symbol, adopted=None)
        number, _ = self.store.documents.add(upload, self.clock(), None)
        self.store.jobs.advance(job.id, 30, "fetched", number)
        return number

    def _publish(self, job: Job) -> None:
        numbers = [int(number) for number in job.given["proposals"].split(",")]
        found = self.store.tokens.find(job.token) if job.token else None
        # An attempt that was cut off after its transaction has published them already.
        if any(p is None or p.state != "published" for p in map(self.store.proposals.get, numbers)):
            publish(self.store, self.schedules, numbers, self.clock(), by=found[0] if found else None)
