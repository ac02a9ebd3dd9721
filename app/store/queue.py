"""The table of jobs: queued, taken by one worker at a time, done or failed; nothing is lost when a worker dies.

Whoever takes a job has it until its lease ends. A worker that is killed leaves a lease that runs out, and the next one
takes the job again; what jobs do can be done twice without harm.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa

from app.errors import DataError, message
from app.store.database import Database
from app.store.schema import jobs, moment_in, moment_out
from app.store.tokens import Token

_J = jobs.c
_PART = 500
LEASE: Final = timedelta(seconds=60)
"""How long a worker has a job before another may take it: longer than any document may take."""
ATTEMPTS: Final = 4
"""How often a job is taken before it is given up: its worker died of it each time."""
_ABANDONED: Final = DataError(message("the job was abandoned after repeated failures"), hint=message("try again"))


@dataclass(frozen=True, slots=True)
class Job:
    """A job: ``state`` is queued, running, done or failed, ``progress`` of 100, ``error`` what went wrong.

    ``error`` has what, where, hint and type, as a problem has; ``given`` is what the job was asked with.
    """

    id: str
    kind: str
    state: str
    progress: int
    stage: str
    error: Mapping[str, str]
    document: int | None
    given: Mapping[str, str]
    created: datetime
    finished: datetime | None
    attempts: int

    @property
    def over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in {"done", "failed"}


class Queue:
    """The jobs of a store. Every method raises StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self,
        id_: str,
        kind: str,
        moment: datetime,
        *,
        document: int | None = None,
        given: Mapping[str, str] | None = None,
        by: Token | None = None,
    ) -> None:
        """Queues a job."""
        with self._database.write() as connection:
            connection.execute(
                jobs.insert().values(
                    id=id_,
                    kind=kind,
                    state="queued",
                    progress=0,
                    stage="queued",
                    error="{}",
                    document=document,
                    given=json.dumps(dict(given or {}), ensure_ascii=False),
                    token=by.id if by else None,
                    attempts=0,
                    created=moment_in(moment),
                    lease=0,
                )
            )

    def job(self, id_: str) -> Job | None:
        """The job with that id."""
        with self._database.read() as connection:
            row = connection.execute(sa.select(jobs).where(_J.id == id_)).first()
        return _job(row) if row else None

    def known(self, ids: Collection[str]) -> dict[str, Job]:
        """The jobs with those ids, by id; of those that there are."""
        asked, found = sorted(ids), dict[str, Job]()
        with self._database.read() as connection:
            for start in range(0, len(asked), _PART):
                rows = connection.execute(sa.select(jobs).where(_J.id.in_(asked[start : start + _PART])))
                found |= {row.id: _job(row) for row in rows}
        return found

    def of_document(self, document: int) -> Job | None:
        """The newest job on a document."""
        query = sa.select(jobs).where(_J.document == document).order_by(_J.created.desc()).limit(1)
        with self._database.read() as connection:
            row = connection.execute(query).first()
        return _job(row) if row else None

    def like(self, kind: str, given: Mapping[str, str], since: datetime) -> Job | None:
        """The newest job of a kind that was asked with the same, not before ``since``, and has not failed."""
        same = [_J.kind == kind, _J.given == json.dumps(dict(given), ensure_ascii=False), _J.state != "failed"]
        query = sa.select(jobs).where(*same, _J.created >= moment_in(since)).order_by(_J.created.desc()).limit(1)
        with self._database.read() as connection:
            row = connection.execute(query).first()
        return _job(row) if row else None

    def again(self, id_: str, moment: datetime) -> None:
        """Queues a job once more that failed."""
        with self._database.write() as connection:
            values = {"state": "queued", "stage": "queued", "progress": 0, "error": "{}", "attempts": 0, "lease": 0}
            connection.execute(
                jobs.update()
                .where(_J.id == id_, _J.state == "failed")
                .values(**values, created=moment_in(moment), finished=None)
            )

    def counts(self) -> dict[str, int]:
        """How many jobs are in each state; states without any are 0."""
        query = sa.select(_J.state, sa.func.count().label("number")).group_by(_J.state)  # answered from the index alone
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        return dict.fromkeys(("queued", "running", "done", "failed"), 0) | {row.state: row.number for row in rows}

    def waiting(self, now: datetime, limit: int = 100) -> list[str]:
        """The ids of jobs that nobody has, oldest first."""
        query = sa.select(_J.id).where(_free(now)).order_by(_J.created).limit(limit)
        with self._database.read() as connection:
            return list(connection.execute(query).scalars())

    def take(self, now: datetime, id_: str | None = None) -> Job | None:
        """A job that nobody has, the oldest or that one, taken by who asks; None where there is none.

        A job that was taken too often is given up.
        """
        with self._database.write() as connection:
            while True:
                query = sa.select(jobs).where(_free(now)).order_by(_J.created).limit(1)
                if id_ is not None:
                    query = query.where(_J.id == id_)
                # Two workers must not wait for each other's choice: what one looks at, the other passes over.
                row = connection.execute(query.with_for_update(skip_locked=True)).first()
                if row is None:
                    return None
                if row.attempts < ATTEMPTS:
                    break
                self._finish(connection, row.id, now, _ABANDONED.payload())
            values = {"state": "running", "attempts": row.attempts + 1, "lease": moment_in(now + LEASE)}
            connection.execute(jobs.update().where(_J.id == row.id).values(values))
            return _job(connection.execute(sa.select(jobs).where(_J.id == row.id)).one())

    def advance(self, id_: str, progress: int, stage: str, now: datetime, document: int | None = None) -> None:
        """Says how far a job is, of 100, and at what; the lease begins anew."""
        values: dict[str, Any] = {"progress": progress, "stage": stage, "lease": moment_in(now + LEASE)}
        if document is not None:
            values["document"] = document
        with self._database.write() as connection:
            connection.execute(jobs.update().where(_J.id == id_, _J.state == "running").values(values))

    def finish(self, id_: str, now: datetime, error: Mapping[str, str] | None = None) -> None:
        """Says that a job is done, or failed by ``error``."""
        with self._database.write() as connection:
            self._finish(connection, id_, now, error)

    def _finish(self, connection: sa.Connection, id_: str, now: datetime, error: Mapping[str, str] | None) -> None:
        values: dict[str, Any] = {"state": "failed", "error": json.dumps(dict(error or {}), ensure_ascii=False)}
        if error is None:
            values |= {"state": "done", "progress": 100}
        values |= {"stage": values["state"], "finished": moment_in(now)}
        connection.execute(jobs.update().where(_J.id == id_).values(values))


def _free(now: datetime) -> sa.ColumnElement[bool]:
    return sa.or_(_J.state == "queued", sa.and_(_J.state == "running", _J.lease <= moment_in(now)))


def _job(row: Any) -> Job:  # a row of jobs; SQLAlchemy types rows by position only
    return Job(
        id=row.id,
        kind=row.kind,
        state=row.state,
        progress=row.progress,
        stage=row.stage,
        error=json.loads(row.error),
        document=row.document,
        given=json.loads(row.given),
        created=moment_out(row.created),
        finished=moment_out(row.finished) if row.finished is not None else None,
        attempts=row.attempts,
    )
