"""A worker whose jobs only wait, and say in a file when they began and ended: what the engine's tests kill.

``python -m tests.services.slow_worker URL FILE SECONDS`` runs jobs until it is told to end; with SECONDS negative its
process dies of every job.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from app.fetch import Library
from app.services.jobs import JobRunner
from app.services.workers import JobEngine, Timing
from app.store import Job, Store

TIMING = Timing(beat=0.2, dead=2.0, relay=0.2, tidy=0.5)


class SlowRunner(JobRunner):
    """Runs jobs that wait."""

    def _work(self, job: Job) -> Mapping[str, str] | None:
        file, seconds = Path(sys.argv[2]), float(sys.argv[3])
        self._record(file, "begin", job)
        if seconds < 0:
            os._exit(1)
        time.sleep(seconds)
        self._record(file, "end", job)
        return None

    def _record(self, file: Path, what: str, job: Job) -> None:
        with file.open("a") as lines:
            lines.write(f"{what} {job.id} {os.getpid()}\n")


def main() -> None:
    store = Store(sys.argv[1])
    engine = JobEngine(store, SlowRunner(store, Library(()), Path(), lambda: datetime.now(UTC)), timing=TIMING)
    engine.run_until_signal()
    store.close()


if __name__ == "__main__":
    main()
