"""Jobs in tests: handed to no engine, and run at once."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from app.fetch import Library
from app.services.jobs import JobRunner
from app.store import Store

if TYPE_CHECKING:
    import sqlalchemy as sa


class RecordedQueue:
    """A queue that nobody works off; ``ids`` are the jobs handed in."""

    def __init__(self) -> None:
        self.ids: list[str] = []

    def prepare(self) -> None:
        """Make no tables."""

    def enqueue(self, connection: sa.Connection, id_: str, kind: str) -> None:  # as WorkQueue has it
        """Record a job."""
        self.ids.append(id_)


def job_runner(store: Store, now: datetime | None = None, schedules: Path = Path("schedules")) -> JobRunner:
    """Return what runs the jobs of a store, at a time that stands still if one is given."""
    return JobRunner(store, Library(()), schedules, lambda: now or datetime.now(UTC))


def run_jobs(store: Store, now: datetime | None = None, schedules: Path = Path("schedules")) -> None:
    """Run every job of a store that is not over, oldest first."""
    runner = job_runner(store, now, schedules)
    while waiting := store.jobs.unfinished(datetime.max.replace(tzinfo=UTC)):
        for job in waiting:
            runner.run(job.id)
