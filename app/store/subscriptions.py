"""Saved feeds: a choice under a short address that stays the same when the choice changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.store.audit import add_audit_entry
from app.store.change_listener import notify
from app.store.database import Database
from app.store.query import Page, bounded, cursor_of, number_of_cursor, read_cursor
from app.store.schema import moment_in, moment_out, state, subscriptions
from app.store.token import Token

_S = subscriptions.c


@dataclass(frozen=True, slots=True)
class Subscription:
    """Saved feed: short ``address``, ``feed`` chosen from, and ``choice`` as query string.

    ``owner`` is the id of the token that made it; ``ended`` is when it was ended. Moments are in UTC.
    """

    address: str
    name: str
    feed: str
    choice: str
    owner: str | None
    created: datetime
    changed: datetime
    ended: datetime | None = None


class Subscriptions:
    """The saved feeds of a store. Every method raises StoreError.

    A change is announced as one of the store's contents, so that every process sees it as it sees those; the moment
    of the contents stays, which distinguishes it from them.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, subscription: Subscription, by: Token | None = None) -> None:
        """Keep a new one."""
        with self._database.write() as connection:
            connection.execute(
                subscriptions.insert().values(
                    address=subscription.address,
                    name=subscription.name,
                    feed=subscription.feed,
                    choice=subscription.choice,
                    owner=subscription.owner,
                    created=moment_in(subscription.created),
                    changed=moment_in(subscription.changed),
                )
            )
            details = {"feed": subscription.feed, "choice": subscription.choice}
            add_audit_entry(connection, subscription.created, by, "subscription.create", subscription.address, details)

    def find(self, address: str) -> Subscription | None:
        """Return the one with that address; ended ones too."""
        with self._database.read() as connection:
            row = connection.execute(sa.select(subscriptions).where(_S.address == address)).first()
        return _subscription(row) if row else None

    def turned(self, since: datetime, limit: int = 1000) -> frozenset[str]:
        """Return at most ``limit`` addresses of feeds changed or ended after ``since``."""
        later = moment_in(since)
        query = sa.select(_S.address).where(sa.or_(_S.changed > later, _S.ended > later)).limit(limit)
        with self._database.read() as connection:
            return frozenset(connection.execute(query).scalars())

    def of(self, owner: str, limit: int = 100, cursor: str | None = None) -> Page[Subscription]:
        """Return those of a token that stand, oldest first."""
        size = bounded(limit)
        conditions = [_S.owner == owner, _S.ended.is_(None)]
        if cursor is not None:
            moment, address = read_cursor(cursor, 2)
            conditions.append(sa.tuple_(_S.created, _S.address) > sa.tuple_(number_of_cursor(moment), address))
        query = sa.select(subscriptions).where(*conditions).order_by(_S.created, _S.address).limit(size + 1)
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        last = rows[size - 1] if len(rows) > size else None
        return Page(
            tuple(_subscription(row) for row in rows[:size]),
            cursor_of(str(last.created), last.address) if last else None,
        )

    def count(self, owner: str) -> int:
        """Return how many of a token stand."""
        query = sa.select(sa.func.count()).where(_S.owner == owner, _S.ended.is_(None))
        with self._database.read() as connection:
            return int(connection.execute(query).scalar() or 0)

    def change(self, subscription: Subscription, by: Token | None = None) -> bool:
        """Replace name, feed and choice of the one with that address; whether it stood until now."""
        details = {"feed": subscription.feed, "choice": subscription.choice}
        values = {"name": subscription.name, **details, "changed": moment_in(subscription.changed)}
        return self._write("subscription.change", subscription.address, subscription.changed, by, values, details)

    def end(self, address: str, moment: datetime, by: Token | None = None) -> bool:
        """End one for good; whether it stood until now."""
        return self._write("subscription.end", address, moment, by, {"ended": moment_in(moment)}, {})

    def _write(
        self,
        action: str,
        address: str,
        moment: datetime,
        by: Token | None,
        values: dict[str, Any],
        details: dict[str, str],
    ) -> bool:
        with self._database.write() as connection:
            update = subscriptions.update().where(_S.address == address, _S.ended.is_(None)).values(**values)
            if connection.execute(update).rowcount == 0:
                return False
            counted = state.update().values(revision=state.c.revision + 1).returning(state.c.revision)
            if (revision := connection.execute(counted).scalar()) is not None:
                notify(connection, revision)
            add_audit_entry(connection, moment, by, action, address, details)
            return True


def _subscription(row: Any) -> Subscription:  # a row of the table; SQLAlchemy types rows by position only
    return Subscription(
        address=row.address,
        name=row.name,
        feed=row.feed,
        choice=row.choice,
        owner=row.owner,
        created=moment_out(row.created),
        changed=moment_out(row.changed),
        ended=None if row.ended is None else moment_out(row.ended),
    )
