"""Watches the folder of schedule files and loads what changed, without a restart."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from threading import Event, Thread
from typing import Final

from app.errors import PlenaryError

WATCH_SECONDS: Final = 3.0
"""Seconds between two looks at the folder; a look at 2,000 files takes some ten milliseconds."""
_SHARE: Final = 50
"""A look waits at least so many times as long as the one before took: at most two per cent of a processor."""
_log = logging.getLogger(__name__)


class ScheduleWatcher:
    """Calls ``load`` when ``snapshot`` changes, or at once when triggered.

    ``snapshot`` returns a digest of sizes, times and inodes; empty while a file is still being written. Where several
    processes watch, the store lets one load and shows the others that it is done.
    """

    def __init__(
        self, snapshot: Callable[[], str], load: Callable[[], object], interval: float = WATCH_SECONDS
    ) -> None:
        self._snapshot = snapshot
        self._load = load
        self._interval = interval
        self._wanted = Event()
        self._stopping = False
        self._seen: str | None = None
        self._thread = Thread(target=self._run, name="schedules", daemon=True)

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def stop(self) -> None:
        """End; a load under way is waited for."""
        self._stopping = True
        self._wanted.set()
        self._thread.join()

    def trigger(self) -> None:
        """Load at once, whether or not a change was seen."""
        self._seen = None
        self._wanted.set()

    def _run(self) -> None:
        wait = 0.0
        while True:
            triggered = self._wanted.wait(wait)
            self._wanted.clear()
            if self._stopping:
                return
            wait = self._look(triggered=triggered)

    def _look(self, *, triggered: bool) -> float:
        """Look at the folder, load what changed; return how long to wait for the next look."""
        begun = time.monotonic()
        try:
            snapshot = self._snapshot()
            took = time.monotonic() - begun
            if triggered or (snapshot and snapshot != self._seen):
                self._load()
                self._seen = snapshot
        except PlenaryError as error:
            took = time.monotonic() - begun
            _log.error("the schedules were not loaded, what was known before is served: %s", error.line())
        except Exception:  # whatever a file brings out, the service goes on with what it has
            took = time.monotonic() - begun
            _log.exception("the schedules were not loaded, what was known before is served")
        return max(self._interval, took * _SHARE)
