"""Keeps the workers of ``plenary serve``: uvicorn's supervisor, made to hear at once of a worker that died or hangs."""

from __future__ import annotations

import os
import time
from socket import socket
from typing import Final

from uvicorn import Config
from uvicorn.supervisors import Multiprocess
from uvicorn.supervisors.multiprocess import Process

from app.settings import SHARED_METRICS

GRACE_SECONDS: Final = 20
"""How long a stopping worker may take for the answers under way."""
SILENT_SECONDS: Final = 120
"""How long a worker may leave the question unanswered whether it lives, as while it starts on a loaded machine."""
_STOP_SECONDS: Final = GRACE_SECONDS + 5
_LOOK_SECONDS: Final = 0.5


class Supervisor(Multiprocess):
    """uvicorn's supervisor of several workers.

    uvicorn holds the worker's end of their pipe as well as its own. A worker that is killed with a question unanswered
    is then taken to be alive until that question's time is over, and no signal is heard meanwhile.
    """

    def __init__(self, config: Config, sockets: list[socket]) -> None:
        super().__init__(config, sockets)
        self._known: set[int] = set()

    def keep_subprocess_alive(self) -> None:
        """Replace workers that ended or were silent for ``SILENT_SECONDS``.

        Stops when a signal is pending.
        """
        if self.should_exit.is_set():
            return
        for worker in self.processes:
            worker.child_conn.close()
        for worker in self.processes:
            if not self._settled(worker):
                return
        if not all(worker.process.is_alive() for worker in self.processes):
            super().keep_subprocess_alive()
        self._forget({worker.pid for worker in self.processes if worker.pid})

    def join_all(self) -> None:
        """Wait for the workers to end; kill those that exceed their grace period."""
        until = time.monotonic() + _STOP_SECONDS
        for worker in self.processes:
            worker.process.join(max(0.0, until - time.monotonic()))
            if worker.exitcode is None:
                worker.process.kill()
                worker.process.join()

    def _forget(self, standing: set[int]) -> None:
        """Remove the gauges of ended workers from the shared metrics."""
        for pid in self._known - standing:
            if SHARED_METRICS in os.environ:
                from prometheus_client.multiprocess import mark_process_dead  # noqa: PLC0415  # reads its folder then

                mark_process_dead(pid)  # type: ignore[no-untyped-call]  # the package types some of its functions
        self._known = standing

    def _settled(self, worker: Process) -> bool:
        """Return whether the worker is known to live or to have ended before any signal."""
        until = time.monotonic() + SILENT_SECONDS
        try:
            worker.parent_conn.send(b"ping")
            while not worker.parent_conn.poll(_LOOK_SECONDS):
                if self.signal_queue:
                    return False
                if time.monotonic() > until:
                    worker.process.kill()
                    worker.process.join()
                    return True
            worker.parent_conn.recv()
        except (OSError, EOFError):
            worker.process.join(_LOOK_SECONDS)
        return True
