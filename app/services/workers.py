"""Who does the jobs: threads of the service on SQLite, Procrastinate's workers on PostgreSQL; one face for both.

The table of jobs is the truth in either case. What Procrastinate holds is only the news that there is one: a job whose
news was lost, because somebody died between the two, is found in the table and done all the same.
"""

from __future__ import annotations

import logging
import signal
from collections.abc import Callable
from threading import Event, Thread
from typing import Final, Protocol

from app.errors import PlenaryError
from app.services.ingest import Hand
from app.store import Store

_POLL: Final = 1.0
_log = logging.getLogger(__name__)


class Crew(Protocol):
    """Those who do the jobs of a store."""

    def defer(self, id_: str) -> None:
        """Says that there is a job. Raises StoreError where nobody can be told."""
        ...

    def start(self) -> None:
        """Begins to work, where that is done within the process."""
        ...

    def stop(self) -> None:
        """Ends working, when the jobs in hand are done."""
        ...

    def work(self) -> None:
        """Does jobs until the process is told to end (SIGTERM, SIGINT)."""
        ...


class Threads:
    """Threads of this process; they look at the table by themselves, so that any process may say ``defer``."""

    def __init__(self, hand: Hand, count: int = 1, chores: Callable[[], object] = lambda: None) -> None:
        self._hand = hand
        self._chores = chores
        self._stopped, self._news = Event(), Event()
        self._threads = [Thread(target=self._run, name=f"plenary-job-{n}", daemon=True) for n in range(count)]

    def defer(self, id_: str) -> None:  # noqa: ARG002  # the table says which
        """Wakes a thread."""
        self._news.set()

    def start(self) -> None:
        """Starts the threads; what an earlier process left is gone on with."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Waits for the jobs in hand."""
        self._stopped.set()
        self._news.set()
        for thread in self._threads:
            thread.join()

    def work(self) -> None:
        """Works until the process is told to end."""
        ends = {signal.SIGTERM, signal.SIGINT}
        signal.pthread_sigmask(signal.SIG_BLOCK, ends)
        self.start()
        try:
            signal.sigwait(ends)
        finally:
            self.stop()

    def _run(self) -> None:
        while not self._stopped.is_set():
            worked = False
            try:
                worked = self._hand.one()
                self._chores()
            except PlenaryError as error:
                _log.warning("a job cannot be done now: %s", error.line())
            if not worked:
                self._news.wait(_POLL)
                self._news.clear()


def crew_of(store: Store, hand: Hand, *, threads: int = 1, chores: Callable[[], object] = lambda: None) -> Crew:
    """Those who do the jobs of ``store``: Procrastinate on PostgreSQL, threads elsewhere.

    ``chores`` is what they do besides, again and again.
    """
    if store.queue_address:
        from app.services.tasks import Tasks  # noqa: PLC0415  # a large library, only where it is needed

        return Tasks(hand, store.queue_address, chores)
    return Threads(hand, threads, chores)
