"""The record of jobs: what the API tells of each. The engine (DBOS) decides which process runs a job, and when."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from app.store.database import Database
from app.store.schema import jobs, moment_in, moment_out
from app.store.token import Token

_J = jobs.c
_PART: Final = 500
"""Rows asked for at once: SQLite bounds the parameters of a statement."""
STATES: Final = ("queued", "running", "done", "failed")
Enqueue = Callable[[sa.Connection, str, str], None]
"""Hand a job, by id and kind, to the engine, within the transaction that records it."""


@dataclass(frozen=True, slots=True)
class Job:
    """Background job.

    ``state`` is one of ``STATES``, ``progress`` of 100, ``error`` empty unless it failed.

    ``error`` has what, where, hint and type, as a problem has; ``given`` holds the arguments of the job,
    ``token`` the id of the token that asked for it.
    """

    id: str
    kind: str
    state: str
    progress: int
    stage: str
    error: Mapping[str, str]
    document: int | None
    given: Mapping[str, str]
    token: str | None
    created: datetime
    finished: datetime | None

    @property
    def over(self) -> bool:
        """True once the job is done or failed."""
        return self.state in {"done", "failed"}


class Jobs:
    """The jobs of a store. Every method raises StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self,
        id_: str,
        kind: str,
        moment: datetime,
        enqueue: Enqueue,
        *,
        document: int | None = None,
        given: Mapping[str, str] | None = None,
        by: Token | None = None,
    ) -> Job:
        """Record a job and enqueue it in one transaction, so that neither exists alone."""
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
                    created=moment_in(moment),
                )
            )
            enqueue(connection, id_, kind)
            return _job(connection.execute(sa.select(jobs).where(_J.id == id_)).one())

    def requeue(self, id_: str, moment: datetime, enqueue: Enqueue) -> None:
        """Queue a job again that is over; nothing for one that still waits or runs."""
        values = {"state": "queued", "stage": "queued", "progress": 0, "error": "{}", "finished": None}
        again = jobs.update().where(_J.id == id_, _J.state.in_(("done", "failed")))
        with self._database.write() as connection:
            if connection.execute(again.values(**values, created=moment_in(moment))).rowcount:
                enqueue(connection, id_, connection.execute(sa.select(_J.kind).where(_J.id == id_)).scalar_one())

    def get(self, id_: str) -> Job | None:
        """Return the job with that id."""
        return self.get_many([id_]).get(id_)

    def get_many(self, ids: Collection[str]) -> dict[str, Job]:
        """Return the jobs with those ids, by id; unknown ids are left out."""
        wanted, found = sorted(ids), dict[str, Job]()
        with self._database.read() as connection:
            for start in range(0, len(wanted), _PART):
                rows = connection.execute(sa.select(jobs).where(_J.id.in_(wanted[start : start + _PART])))
                found |= {row.id: _job(row) for row in rows}
        return found

    def of_document(self, document: int) -> Job | None:
        """Return the newest job on a document."""
        query = sa.select(jobs).where(_J.document == document).order_by(_J.created.desc()).limit(1)
        with self._database.read() as connection:
            row = connection.execute(query).first()
        return _job(row) if row else None

    def find_same(self, kind: str, given: Mapping[str, str], since: datetime) -> Job | None:
        """Return the newest unfailed job of that kind and arguments created since, if any."""
        same = [_J.kind == kind, _J.given == json.dumps(dict(given), ensure_ascii=False), _J.state != "failed"]
        query = sa.select(jobs).where(*same, _J.created >= moment_in(since)).order_by(_J.created.desc()).limit(1)
        with self._database.read() as connection:
            row = connection.execute(query).first()
        return _job(row) if row else None

    def counts(self) -> dict[str, int]:
        """Return how many jobs are in each state, 0 included."""
        query = sa.select(_J.state, sa.func.count().label("number")).group_by(_J.state)  # answered from the index alone
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        return dict.fromkeys(STATES, 0) | {row.state: row.number for row in rows}

    def unfinished(self, before: datetime, limit: int = 500) -> tuple[Job, ...]:
        """Return jobs created before a moment that are not over, oldest first."""
        waiting = [_J.state.in_(("queued", "running")), _J.created <= moment_in(before)]
        query = sa.select(jobs).where(*waiting).order_by(_J.created).limit(limit)
        with self._database.read() as connection:
            return tuple(_job(row) for row in connection.execute(query))

    def enqueue_lost(self, ids: Collection[str], enqueue: Enqueue) -> None:
        """Enqueue jobs that are missing in the engine, as after a copy to another database."""
        with self._database.write() as connection:
            for id_ in ids:
                kind = connection.execute(sa.select(_J.kind).where(_J.id == id_, _J.state != "done")).scalar()
                if kind is not None:
                    enqueue(connection, id_, kind)

    def begin(self, id_: str) -> Job | None:
        """Mark a job as running and return it; None for one that is over or unknown."""
        with self._database.write() as connection:
            waiting = jobs.update().where(_J.id == id_, _J.state.in_(("queued", "running")))
            if connection.execute(waiting.values(state="running")).rowcount == 0:
                return None
            return _job(connection.execute(sa.select(jobs).where(_J.id == id_)).one())

    def advance(self, id_: str, progress: int, stage: str, document: int | None = None) -> None:
        """Record a running job's progress of 100, its stage and any document it fetched."""
        values: dict[str, Any] = {"progress": progress, "stage": stage}
        if document is not None:
            values["document"] = document
        with self._database.write() as connection:
            connection.execute(jobs.update().where(_J.id == id_, _J.state == "running").values(values))

    def finish(self, id_: str, now: datetime, error: Mapping[str, str] | None = None) -> None:
        """Mark a job as done, or as failed with ``error``."""
        values: dict[str, Any] = {"state": "failed", "error": json.dumps(dict(error or {}), ensure_ascii=False)}
        if error is None:
            values |= {"state": "done", "progress": 100}
        values |= {"stage": values["state"], "finished": moment_in(now)}
        with self._database.write() as connection:
            unfinished = jobs.update().where(_J.id == id_, _J.state.in_(("queued", "running")))
            connection.execute(unfinished.values(values))


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
        token=row.token,
        created=moment_out(row.created),
        finished=moment_out(row.finished) if row.finished is not None else None,
    )
