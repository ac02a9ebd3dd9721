"""Who does the jobs: threads of the service on SQLite, Procrastinate's workers on PostgreSQL; one face for both.

The table of jobs is the truth in either case. What Procrastinate holds is only the news that there is one: a job whose
news was lost, because somebody died between the two, is found in the table and done all the same.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from threading import Event, Thread
from typing import Final, Protocol

import procrastinate
import procrastinate.exceptions

from app.errors import PlenaryError, StoreError
from app.jobs.ingest import Hand
from app.store import Store

TASK: Final = "plenary.job"
_QUEUE: Final = "plenary"
_POLL: Final = 1.0
_SWEEP: Final = 5.0
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


class Tasks:
    """Procrastinate on the store's own PostgreSQL: ``defer`` from anywhere, ``work`` in any number of processes."""

    def __init__(self, hand: Hand, address: str, chores: Callable[[], object] = lambda: None) -> None:
        self._hand = hand
        self._address = address
        self._chores = chores
        self._app = procrastinate.App(connector=procrastinate.SyncPsycopgConnector(conninfo=address))
        self._opened = False

    def defer(self, id_: str) -> None:
        """Queues the news of a job."""
        try:
            if not self._opened:
                self._app.open()
                self._opened = True
            # News that is queued already need not be queued twice.
            with suppress(procrastinate.exceptions.AlreadyEnqueued):
                self._app.configure_task(TASK, queue=_QUEUE, queueing_lock=id_, allow_unknown=True).defer(id_=id_)
        except procrastinate.exceptions.ProcrastinateException as error:
            raise StoreError(f"the queue cannot be used ({error})", where="queue", hint="try again") from error

    def start(self) -> None:
        """Nothing: the work is done by ``plenary worker``."""

    def stop(self) -> None:
        """Gives the connections back."""
        if self._opened:
            self._app.close()
            self._opened = False

    def work(self, *, wait: bool = True) -> None:
        """Does jobs until the process is told to end (SIGTERM), or, without ``wait``, until there are none."""
        asyncio.run(self._work(wait=wait))

    async def _work(self, *, wait: bool) -> None:
        app = procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=self._address))

        @app.task(name=TASK, queue=_QUEUE)
        def job(id_: str) -> None:
            self._hand.one(id_)

        async with app.open_async():
            sweeping = asyncio.create_task(self._sweep())
            try:
                # One at a time: a job is work for a processor, and more processors are more processes.
                await app.run_worker_async(queues=[_QUEUE], concurrency=1, wait=wait, delete_jobs="successful")
            finally:
                sweeping.cancel()

    async def _sweep(self) -> None:
        """Does what no news came of, and what a worker left that died."""
        while True:
            try:
                while await asyncio.to_thread(self._hand.one):
                    pass
                await asyncio.to_thread(self._chores)
            except PlenaryError as error:
                _log.warning("a job cannot be done now: %s", error.line())
            await asyncio.sleep(_SWEEP)


def crew_of(store: Store, hand: Hand, *, threads: int = 1, chores: Callable[[], object] = lambda: None) -> Crew:
    """Those who do the jobs of ``store``: Procrastinate on PostgreSQL, threads elsewhere.

    ``chores`` is what they do besides, again and again.
    """
    if store.queue_address:
        return Tasks(hand, store.queue_address, chores)
    return Threads(hand, threads, chores)
