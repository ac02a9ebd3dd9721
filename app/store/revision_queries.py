"""Queries for revisions: histories, changes since a moment, and the instruments of events."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final

import sqlalchemy as sa

from app.model import Kind, Revision
from app.store.event_queries import SHOWN, chosen, is_found, known, revision_of
from app.store.query import (
    ChangeSet,
    EventQuery,
    Page,
    bounded,
    cursor_of,
    day_of_cursor,
    number_of_cursor,
    read_cursor,
)
from app.store.schema import FOREVER, instruments, known_now, moment_in, revisions

_R = revisions.c
_UIDS_AT_ONCE: Final = 500
"""UIDs of one statement: SQLite bounds the parameters of one."""


def history(connection: sa.Connection, uid: str, known_at: datetime | None = None) -> tuple[Revision, ...]:
    """Return every revision of an event, including reaffirmations; empty for an unknown UID."""
    rows = connection.execute(sa.select(*SHOWN).where(_R.uid == uid, *known(known_at)).order_by(_R.place))
    return tuple(revision_of(row) for row in rows)


def changes(connection: sa.Connection, since: datetime, limit: int, cursor: str | None) -> Page[Revision]:
    """Return revisions first recorded after ``since``, in order of recording.

    Reaffirmations, which change nothing, are left out.
    """
    size = bounded(limit)
    asked = [_R.recorded > moment_in(since), _R.recorded_to == FOREVER, _R.merged.is_(False)]
    asked.append(_R.decided_from < _R.decided_to)
    if cursor is not None:
        moment, id_ = (number_of_cursor(part) for part in read_cursor(cursor, 2))
        asked.append(sa.or_(_R.recorded > moment, sa.and_(_R.recorded == moment, _R.id > id_)))
    rows = connection.execute(sa.select(_R.id, *SHOWN).where(*asked).order_by(_R.recorded, _R.id).limit(size + 1)).all()
    items = tuple(revision_of(row) for row in rows[:size])
    more = cursor_of(str(rows[size - 1].recorded), str(rows[size - 1].id)) if len(rows) > size else None
    return Page(items, more)


@cache
def _lately() -> sa.CompoundSelect[Any]:
    """Return revisions closed and written and instruments updated since then, by index each."""
    moment, most = sa.bindparam("moment", type_=sa.BigInteger), sa.bindparam("most", type_=sa.Integer)
    uid, kind = sa.literal("").label("uid"), sa.literal("").label("kind")
    closed = sa.and_(_R.recorded_to > moment, _R.recorded_to < FOREVER)
    written = sa.and_(known_now(), _R.recorded_from > moment)
    branches = [sa.select(_R.uid, _R.slug, _R.kind).where(condition).limit(most) for condition in (closed, written)]
    metadata_changed = sa.select(uid, instruments.c.slug, kind).where(instruments.c.touched > moment).limit(most)
    # Each in brackets of its own: SQLite takes no limit of a part without.
    parts = [branch.subquery() for branch in (*branches, metadata_changed)]
    return sa.union_all(*(sa.select(part) for part in parts))


def changes_since(connection: sa.Connection, since: datetime, limit: int) -> ChangeSet | None:
    """Return the changes after ``since``; None where a part exceeds ``limit`` rows."""
    rows = connection.execute(_lately(), {"moment": moment_in(since), "most": limit + 1}).all()
    revised = [row for row in rows if row[0]]
    if len(rows) - len(revised) > limit or len(revised) > limit:
        return None
    return ChangeSet(
        uids=frozenset(row[0] for row in revised),
        meetings_changed=frozenset(row[1] for row in revised if row[2] == Kind.MEETING.value),
        metadata_changed=frozenset(row[1] for row in rows if not row[0]),
        changed=frozenset(row[1] for row in rows),
    )


def latest(connection: sa.Connection, limit: int, cursor: str | None) -> Page[Revision]:
    """Return effects on others' events, latest decision first, without reaffirmations."""
    size = bounded(limit)
    # In the order of decisions, to the limit.
    asked: list[sa.ColumnElement[bool]] = [_R.number > 0, known_now(), _R.merged.is_(False)]
    asked += [_R.action.is_not(None), _R.decided_from < _R.decided_to]
    if cursor is not None:
        day_text, number = read_cursor(cursor, 2)
        day, id_ = day_of_cursor(day_text), number_of_cursor(number)
        asked += [_R.decided_from <= day, sa.or_(_R.decided_from < day, _R.id < id_)]
    rows = connection.execute(
        sa.select(_R.id, *SHOWN).where(*asked).order_by(_R.decided_from.desc(), _R.id.desc()).limit(size + 1)
    ).all()
    items = tuple(revision_of(row) for row in rows[:size])
    last = rows[size - 1] if len(rows) > size else None
    return Page(items, cursor_of(last.decided_from.isoformat(), str(last.id)) if last else None)


def latest_revisions(connection: sa.Connection, query: EventQuery) -> tuple[Revision, ...]:
    """Return the latest recorded revisions, newest first, then latest decision first.

    Of the query its filters and its limit count; reaffirmations, which change nothing, are left out.
    """
    newest = (_R.recorded.desc(), _R.decided_from.desc(), _R.id.desc())
    asked = [*chosen(query), _R.recorded_to == FOREVER, _R.decided_from < _R.decided_to]
    keys = sa.select(_R.id).where(*asked).order_by(*newest).limit(bounded(query.limit))
    rows = connection.execute(sa.select(*SHOWN).where(_R.id.in_(keys)).order_by(*newest)).all()
    return tuple(revision for row in rows if is_found((revision := revision_of(row)).event, query))


@dataclass(frozen=True, slots=True)
class Related:
    """Instruments of an event: its slug, and all that made, changed or repeated it."""

    slug: str
    instruments: frozenset[str]


def related(connection: sa.Connection, uids: Collection[str]) -> dict[str, Related]:
    """Return the instruments related to the known events among those UIDs, by UID."""
    found: dict[str, Related] = {}
    asked = sorted(uids)
    for start in range(0, len(asked), _UIDS_AT_ONCE):
        asked_now = [_R.uid.in_(asked[start : start + _UIDS_AT_ONCE]), known_now()]
        for row in connection.execute(sa.select(_R.uid, _R.slug, _R.instrument).where(*asked_now)):
            before = found.get(row.uid)
            found[row.uid] = Related(row.slug, (before.instruments if before else frozenset()) | {row.instrument})
    return found
