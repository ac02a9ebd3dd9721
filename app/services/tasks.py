"""The queue on PostgreSQL: Procrastinate carries the news of jobs to any number of workers."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from threading import Lock
from typing import Final

import procrastinate
import procrastinate.exceptions

from app.errors import PlenaryError, StoreError, message
from app.services.ingest import Hand

TASK: Final = "plenary.job"
_QUEUE: Final = "plenary"
_SWEEP: Final = 5.0
_log = logging.getLogger(__name__)


class Tasks:
    """Procrastinate on the store's own PostgreSQL: ``defer`` from anywhere, ``work`` in any number of processes."""

    def __init__(self, hand: Hand, address: str, chores: Callable[[], object] = lambda: None) -> None:
        self._hand = hand
        self._address = address
        self._chores = chores
        self._app = procrastinate.App(connector=procrastinate.SyncPsycopgConnector(conninfo=address))
        self._opened = False
        self._lock = Lock()

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
            raise StoreError(
                message("the queue is unavailable ({error})", error=error), where="queue", hint=message("try again")
            ) from error

    def start(self) -> None:
        """Nothing: the work is done by ``plenary worker``."""

    def stop(self) -> None:
        """Gives the connections back."""
        if self._opened:
            self._app.close()
            self._opened = False

    def work(self) -> None:
        """Does jobs until the process is told to end (SIGTERM, SIGINT)."""
        asyncio.run(self._work())

    def _one(self, id_: str | None = None) -> bool:
        with self._lock:
            return self._hand.one(id_)

    async def _work(self) -> None:
        app = procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=self._address))

        @app.task(name=TASK, queue=_QUEUE)
        def job(id_: str) -> None:
            self._one(id_)

        async with app.open_async():
            sweeping = asyncio.create_task(self._sweep())
            try:
                # News is worked off one at a time, and so is the sweep beside it: a job is work for a processor, and
                # more processors are more processes.
                await app.run_worker_async(queues=[_QUEUE], concurrency=1, delete_jobs="successful")
            finally:
                sweeping.cancel()

    async def _sweep(self) -> None:
        """Does what no news came of, and what a worker left that died."""
        while True:
            try:
                while await asyncio.to_thread(self._one):
                    pass
                await asyncio.to_thread(self._chores)
            except PlenaryError as error:
                _log.warning("a job cannot be done now: %s", error.line())
            await asyncio.sleep(_SWEEP)
