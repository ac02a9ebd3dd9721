"""Webhooks: who is notified that the store changed, and what was or is to be sent to them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa

from app.store.audit import add_audit_entry
from app.store.database import Database
from app.store.schema import deliveries, moment_in, moment_out, webhooks
from app.store.token import Token

_W, _X = webhooks.c, deliveries.c
LOST_AFTER: Final = timedelta(minutes=10)
"""An attempt handed to the engine so long ago is handed over again: many times what any attempt may take."""
_HANDED_AT_ONCE: Final = 100
_LONGEST_ANSWER: Final = 500
"""Characters kept of a receiver's answer."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """A receiver: its address, and the secret that signs what is sent there."""

    id: str
    address: str
    secret: str
    created: datetime


@dataclass(frozen=True, slots=True)
class Delivery:
    """Message to a webhook.

    ``state`` is waiting, delivered or dead, ``answer`` the result of the last attempt.
    """

    id: int
    webhook: str
    revision: int
    body: str
    state: str
    attempts: int
    due: datetime
    answer: str
    created: datetime


class Webhooks:
    """The webhooks of a store and their deliveries. Every method raises StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, hook: Webhook, by: Token | None) -> None:
        """Keep a webhook; it is notified of changes from now on."""
        with self._database.write() as connection:
            connection.execute(
                webhooks.insert().values(
                    id=hook.id,
                    address=hook.address,
                    secret=hook.secret,
                    token=by.id if by else None,
                    created=moment_in(hook.created),
                )
            )
            add_audit_entry(connection, hook.created, by, "webhook.create", hook.id, {"address": hook.address})

    def end(self, id_: str, moment: datetime, by: Token | None) -> bool:
        """End a webhook and its waiting deliveries; return whether it was still active."""
        with self._database.write() as connection:
            ended = webhooks.update().where(_W.id == id_, _W.ended.is_(None)).values(ended=moment_in(moment))
            if connection.execute(ended).rowcount == 0:
                return False
            waiting = deliveries.update().where(_X.webhook == id_, _X.state == "waiting")
            connection.execute(waiting.values(state="dead", answer="the webhook was ended", finished=moment_in(moment)))
            add_audit_entry(connection, moment, by, "webhook.end", id_)
            return True

    def all(self) -> tuple[Webhook, ...]:
        """Return the webhooks that have not ended, oldest first."""
        query = sa.select(webhooks).where(_W.ended.is_(None)).order_by(_W.created, _W.id)
        with self._database.read() as connection:
            return tuple(_hook(row) for row in connection.execute(query))

    def deliveries(self, id_: str, limit: int = 100) -> tuple[Delivery, ...]:
        """Return the deliveries of a webhook, newest first."""
        query = sa.select(deliveries).where(_X.webhook == id_).order_by(_X.id.desc()).limit(limit)
        with self._database.read() as connection:
            return tuple(_delivery(row) for row in connection.execute(query))

    def waiting(self, id_: int) -> tuple[Delivery, Webhook] | None:
        """Return a delivery and its webhook; None once it is delivered or dead."""
        with self._database.read() as connection:
            row = connection.execute(sa.select(deliveries).where(_X.id == id_, _X.state == "waiting")).first()
            if row is None:
                return None
            hook = connection.execute(sa.select(webhooks).where(_W.id == row.webhook)).one()
            return _delivery(row), _hook(hook)

    def due(self, now: datetime) -> bool:
        """Return True if an attempt is due that was not handed to the engine."""
        query = sa.select(_X.id).where(*_unqueued(now)).limit(1)
        with self._database.read() as connection:
            return connection.execute(query).first() is not None

    def hand_over(self, now: datetime, enqueue: Callable[[sa.Connection, str, int], None]) -> int:
        """Hand due delivery attempts to the engine in one transaction; return their number.

        The engine gets them by key and delivery.
        """
        query = sa.select(_X.id).where(*_unqueued(now)).order_by(_X.due, _X.id).limit(_HANDED_AT_ONCE)
        with self._database.write() as connection:
            # Two processes that hand over at the same time pass over each other's rows.
            ids = list(connection.execute(query.with_for_update(skip_locked=True)).scalars())
            for id_ in ids:
                connection.execute(deliveries.update().where(_X.id == id_).values(queued=moment_in(now)))
                enqueue(connection, f"delivery-{id_}-{moment_in(now)}", id_)
            return len(ids)

    def mark(self, id_: int, state: str, answer: str, due: datetime, now: datetime) -> None:
        """Record the result of an attempt: delivered, dead, or waiting until ``due``."""
        values: dict[str, Any] = {"state": state, "answer": answer[:_LONGEST_ANSWER], "due": moment_in(due)}
        if state != "waiting":
            values["finished"] = moment_in(now)
        with self._database.write() as connection:
            waiting = deliveries.update().where(_X.id == id_, _X.state == "waiting")
            connection.execute(waiting.values(**values, attempts=_X.attempts + 1, queued=None))


def _unqueued(now: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    lost = _X.queued <= moment_in(now - LOST_AFTER)
    return _X.state == "waiting", _X.due <= moment_in(now), sa.or_(_X.queued.is_(None), lost)


def add_deliveries(connection: sa.Connection, revision: int, moment: datetime) -> None:
    """Have every webhook notified of a revision, in the transaction that makes it."""
    body = json.dumps({"event": "change", "revision": revision, "recorded": moment.isoformat()})
    for row in connection.execute(sa.select(_W.id).where(_W.ended.is_(None))).all():
        connection.execute(
            deliveries.insert().values(
                webhook=row.id,
                revision=revision,
                body=body,
                state="waiting",
                attempts=0,
                due=moment_in(moment),
                answer="",
                created=moment_in(moment),
            )
        )


def _hook(row: Any) -> Webhook:  # a row of webhooks; SQLAlchemy types rows by position only
    return Webhook(row.id, row.address, row.secret, moment_out(row.created))


def _delivery(row: Any) -> Delivery:  # a row of deliveries, as above
    return Delivery(
        id=row.id,
        webhook=row.webhook,
        revision=row.revision,
        body=row.body,
        state=row.state,
        attempts=row.attempts,
        due=moment_out(row.due),
        answer=row.answer,
        created=moment_out(row.created),
    )
