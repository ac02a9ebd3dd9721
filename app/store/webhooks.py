"""Webhooks: who is told that the store changed, and what was or is to be sent to them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa

from app.store.database import Database
from app.store.schema import deliveries, moment_in, moment_out, webhooks
from app.store.tokens import Token, note

_W, _X = webhooks.c, deliveries.c
LEASE: Final = timedelta(seconds=60)
"""How long who sends a delivery has it before another may."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """Who is told: an address, and the secret that signs what is sent there."""

    id: str
    address: str
    secret: str
    created: datetime


@dataclass(frozen=True, slots=True)
class Delivery:
    """What was or is to be sent: ``state`` is waiting, delivered or dead, ``answer`` what came of the last try."""

    id: int
    webhook: str
    revision: int
    body: str
    state: str
    attempts: int
    due: datetime
    answer: str
    created: datetime


class Hooks:
    """The webhooks of a store. Every method raises StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, hook: Webhook, by: Token | None) -> None:
        """Keeps a webhook; it is told of changes from now on."""
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
            note(connection, hook.created, by, "webhook.create", hook.id, {"address": hook.address})

    def end(self, id_: str, moment: datetime, by: Token | None) -> bool:
        """Ends a webhook, and what waits for it; whether it stood until now."""
        with self._database.write() as connection:
            ended = webhooks.update().where(_W.id == id_, _W.ended.is_(None)).values(ended=moment_in(moment))
            if connection.execute(ended).rowcount == 0:
                return False
            waiting = deliveries.update().where(_X.webhook == id_, _X.state == "waiting")
            connection.execute(waiting.values(state="dead", answer="the webhook was ended", finished=moment_in(moment)))
            note(connection, moment, by, "webhook.end", id_)
            return True

    def all(self) -> tuple[Webhook, ...]:
        """The webhooks that stand, oldest first."""
        query = sa.select(webhooks).where(_W.ended.is_(None)).order_by(_W.created, _W.id)
        with self._database.read() as connection:
            return tuple(_hook(row) for row in connection.execute(query))

    def deliveries(self, id_: str, limit: int = 100) -> tuple[Delivery, ...]:
        """What was or is to be sent to a webhook, newest first."""
        query = sa.select(deliveries).where(_X.webhook == id_).order_by(_X.id.desc()).limit(limit)
        with self._database.read() as connection:
            return tuple(_delivery(row) for row in connection.execute(query))

    def take(self, now: datetime) -> tuple[Delivery, Webhook] | None:
        """A delivery that is due, taken by who asks until ``LEASE`` ends; None where none is."""
        query = (
            sa.select(deliveries)
            .where(_X.state == "waiting", _X.due <= moment_in(now))
            .order_by(_X.due, _X.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        with self._database.write() as connection:
            row = connection.execute(query).first()
            if row is None:
                return None
            values = {"attempts": row.attempts + 1, "due": moment_in(now + LEASE)}
            connection.execute(deliveries.update().where(_X.id == row.id).values(values))
            taken = connection.execute(sa.select(deliveries).where(_X.id == row.id)).one()
            hook = connection.execute(sa.select(webhooks).where(_W.id == row.webhook)).one()
            return _delivery(taken), _hook(hook)

    def settle(self, id_: int, state: str, answer: str, due: datetime, now: datetime) -> None:
        """Says what came of a try: delivered, dead, or waiting until ``due``."""
        values: dict[str, Any] = {"state": state, "answer": answer[:500], "due": moment_in(due)}
        if state != "waiting":
            values["finished"] = moment_in(now)
        with self._database.write() as connection:
            connection.execute(deliveries.update().where(_X.id == id_, _X.state == "waiting").values(values))


def enqueue(connection: sa.Connection, revision: int, moment: datetime) -> None:
    """Has every webhook told of a revision, in the transaction that makes it."""
    said = json.dumps({"event": "change", "revision": revision, "recorded": moment.isoformat()})
    for row in connection.execute(sa.select(_W.id).where(_W.ended.is_(None))).all():
        connection.execute(
            deliveries.insert().values(
                webhook=row.id,
                revision=revision,
                body=said,
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
