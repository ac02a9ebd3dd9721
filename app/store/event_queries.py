"""Queries for events: current, as of a day, as known at a moment, and their histories."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from app.almanac import occurrences
from app.model import Action, Event, Kind, Revision, Status
from app.schedule.time_status import status_on
from app.store.codec import event_from_json
from app.store.query import (
    EventQuery,
    Page,
    bounded,
    cursor_of,
    day_of_cursor,
    read_cursor,
)
from app.store.schema import (
    FOREVER,
    LAST_DAY,
    NEAR,
    actors,
    instruments,
    known_now,
    moment_in,
    moment_out,
    revisions,
)

_R = revisions.c
_FEW = 1000
_YEAR = 330
EARLIEST = date.min + timedelta(NEAR)
SHOWN = (_R.event, _R.number, _R.decided_from, _R.instrument, _R.action, _R.note, _R.recorded)


def events(connection: sa.Connection, query: EventQuery) -> Page[Revision]:
    """Return a page of events in order of day (those without any last), then of UID."""
    limit = bounded(query.limit)
    found: list[tuple[date, Revision]] = []
    for day, revision in _matching(connection, query, limit):
        if len(found) == limit:
            last_day, last = found[-1]
            return Page(tuple(item for _, item in found), cursor_of(last_day.isoformat(), last.event.uid))
        found.append((day, revision))
    return Page(tuple(item for _, item in found))


def _matching(connection: sa.Connection, query: EventQuery, limit: int) -> Iterator[tuple[date, Revision]]:
    """Events after the cursor, read in parts: a recurrence's days are looked at one by one."""
    after: tuple[date, str] | None = None
    if query.cursor is not None:
        day_text, uid = read_cursor(query.cursor, 2)
        after = (day_of_cursor(day_text), uid)
    early = _early(connection, query)
    while True:
        if query.uids and query.known_at is None:
            # Few, and found by their UIDs: no index of lists has to be followed.
            found = sa.and_(*conditions(query, after), known_now())
            asked = sa.select(_R.day, _R.uid, *SHOWN).where(found).limit(limit + 1)
        else:
            keys = _keys(query, after, limit + 1, early)
            asked = sa.select(_R.day, _R.uid, *SHOWN).where(_R.id.in_(keys))
        rows = connection.execute(asked.order_by(_R.day, _R.uid)).all()
        for row in rows:
            revision = revision_of(row)
            event = revision.event
            if is_found(event, query):
                yield row.day, revision
        if len(rows) <= limit:
            return
        after = (rows[-1].day, rows[-1].uid)


def _early(connection: sa.Connection, query: EventQuery) -> bool:
    """Return whether next to nothing had been decided yet on ``as_of``.

    Lists are read in order of day until a page is full, which never comes where there is no page full.
    """
    if query.as_of is None or query.known_at is not None or query.resolution is not None:
        return False
    decided = sa.select(_R.id).where(_R.decided_from <= query.as_of).offset(_FEW).limit(1)
    return connection.execute(decided).first() is None


def _keys(query: EventQuery, after: tuple[date, str] | None, size: int, early: bool) -> sa.Select[int]:
    """Return the ids of a page's rows.

    Each branch reads one stretch of an index in the order of the list and stops when it has a page: what is current,
    near and far; and, for a moment in the past, what was closed since.
    """
    asked = conditions(query, after)
    if early and query.as_of is not None:
        decided = revisions.alias()
        asked.append(_R.id.in_(sa.select(decided.c.id).where(decided.c.decided_from <= query.as_of)))
    branches = []
    for far in (False, True):
        stretch = [*asked, _R.recorded_to == FOREVER, _R.far.is_(far)]
        if query.start is not None and not far:
            stretch.append(_R.day >= max(query.start, EARLIEST) - timedelta(NEAR))
        if query.known_at is not None:
            stretch.append(_R.recorded_from <= moment_in(query.known_at))
        branches.append(_page(stretch, size))
    if query.known_at is not None:
        moment = moment_in(query.known_at)
        closed = [_R.recorded_to > moment, _R.recorded_to < FOREVER, _R.recorded_from <= moment]
        branches.append(_page([*asked, *closed], size))
    merged = sa.union_all(*branches).subquery()
    return sa.select(merged.c.id).order_by(merged.c.day, merged.c.uid).limit(size)


def _page(asked: list[sa.ColumnElement[bool]], size: int) -> sa.Select[tuple[int, date, str]]:
    page = sa.select(_R.id, _R.day, _R.uid).where(*asked).order_by(_R.day, _R.uid).limit(size).subquery()
    return sa.select(page.c.id, page.c.day, page.c.uid)


def conditions(query: EventQuery, after: tuple[date, str] | None) -> list[sa.ColumnElement[bool]]:
    """Return a query's conditions on current states; ``after`` is a day and UID of the list."""
    found = [*stood(query.as_of), *chosen(query)]
    if after:
        found.append(sa.or_(_R.day > after[0], sa.and_(_R.day == after[0], _R.uid > after[1])))
        found.append(_R.day >= after[0])
    return found


def chosen(query: EventQuery) -> list[sa.ColumnElement[bool]]:
    """Return what a query asks of an event, whenever it stood."""
    found: list[sa.ColumnElement[bool]] = []
    if not query.merged:
        found.append(_R.merged.is_(False))
    if query.resolution is not None:
        found.append(_R.slug == query.resolution)
    if query.resolutions:
        found.append(_R.slug.in_(query.resolutions))
    if query.uids:
        found.append(_R.uid.in_(query.uids[:_FEW]))
    if query.kinds:
        found.append(_R.kind.in_([kind.value for kind in query.kinds]))
    if query.bodies:
        found.append(_R.body.in_(query.bodies))
    if query.actors:
        # Asked row by row, in the order of the list: an actor may have half of all events.
        named = sa.select(sa.literal(1)).where(actors.c.revision == _R.id, actors.c.actor.in_(query.actors))
        found.append(sa.exists(named.correlate(revisions)))
    found += _roles(query)
    if query.recurring is not None:
        found.append(_R.recurrence.is_not(None) if query.recurring else _R.recurrence.is_(None))
    if query.topics:
        about: list[sa.ColumnElement[bool]] = [instruments.c.family.in_(query.topics)]
        about += [instruments.c.topic.contains(f"-{topic}-", autoescape=True) for topic in query.topics]
        found.append(_R.slug.in_(sa.select(instruments.c.slug).where(sa.or_(*about))))
    found += [_R.search.contains(word, autoescape=True) for word in query.q.casefold().split()]
    if query.end is not None:
        found.append(_R.day <= query.end)
    if query.start is not None:
        found.append(_R.last >= query.start)
    elif query.end is not None:
        found.append(_R.last.is_not(None))
    if query.start is not None and query.end is not None and 0 <= (query.end - query.start).days < _YEAR:
        from_, to = _R.season_from <= _in_year(query.end), _R.season_to >= _in_year(query.start)
        wraps = _in_year(query.end) < _in_year(query.start)
        found.append(sa.or_(from_, to) if wraps else sa.and_(from_, to))
    return found


def _roles(query: EventQuery) -> list[sa.ColumnElement[bool]]:
    """Return the conditions on bearer, addressees and sessions, read from the event's JSON.

    Quotation marks within values are escaped there, so that a member's name and value cannot stand inside a text.
    """
    found: list[sa.ColumnElement[bool]] = []
    for slugs, role in ((query.bearers, "bearer"), (query.addressees, "addressees")):
        if slugs:
            named = sa.select(sa.literal(1)).where(actors.c.revision == _R.id, actors.c.actor.in_(slugs))
            found.append(sa.exists(named.correlate(revisions)))
            opening = '"bearer":"%s"' if role == "bearer" else '"addressees":[%%"%s"'
            patterns = [f"%{opening % slug}%" for slug in slugs]
            found.append(sa.or_(*(_R.event.like(pattern) for pattern in patterns)))
    if query.sessions:
        found.append(sa.or_(*(_R.event.like(f'%"when":"%{session}%') for session in query.sessions)))
    return found


def matches_sessions(event: Event, sessions: Collection[str]) -> bool:
    """Return whether an event's time names a session (GA82); no sessions match every event."""
    return not sessions or any(
        re.search(rf"(?<![A-Za-z0-9]){re.escape(session)}(?![0-9])", event.when) for session in sessions
    )


def is_found(event: Event, query: EventQuery) -> bool:
    """Return whether an event of the conditions of a query meets the rest of the query.

    The rest are the parts that SQL does not decide: occurrences, sessions and statuses.
    """
    return (
        overlaps(event, query.start, query.end)
        and matches_sessions(event, query.sessions)
        and matches_statuses(event, query.statuses, query.on)
    )


def matches_statuses(event: Event, statuses: Collection[Status], day: date | None) -> bool:
    """Return whether an event has one of ``statuses``; no statuses match every event.

    The status is that of ``day``; None compares the decided status.
    """
    return not statuses or (event.status if day is None else status_on(event, day)) in statuses


def _has_status(text: str, query: EventQuery) -> bool:
    """Return whether the event stored as ``text`` has a status that the query asks for."""
    return matches_statuses(event_from_json(text), query.statuses, query.on)


def _in_year(day: date) -> int:
    return day.month * 100 + day.day


def known(moment: datetime | None, table: sa.FromClause = revisions) -> list[sa.ColumnElement[bool]]:
    """Return what the service knew at a moment, or knows."""
    if moment is None:
        return [table.c.recorded_to == FOREVER]
    return [table.c.recorded_from <= moment_in(moment), table.c.recorded_to > moment_in(moment)]


def stood(day: date | None, table: sa.FromClause = revisions) -> list[sa.ColumnElement[bool]]:
    """Return what stood on a day by decision, or stands; a condition is one, or two."""
    if day is None:
        return [table.c.decided_to == LAST_DAY]
    # LAST_DAY stands for no end, so the last day of the calendar is no day to ask about.
    asked = min(day, date(9999, 12, 30))
    return [table.c.decided_from <= asked, table.c.decided_to > asked]


def overlaps(event: Event, start: date | None, end: date | None) -> bool:
    """Return whether an occurrence touches ``start`` to ``end`` (inclusive, None: open).

    An event without any day touches none, unless both are None. A time that is only a last day touches that day.
    """
    if start is None and end is None:
        return True
    first = event.start or event.end
    if first is None:
        return False
    length = (event.end or first) - first
    if not event.recurrence:
        last = event.end or LAST_DAY
        return (end is None or first <= end) and (start is None or last >= start)
    return touching(first, length.days, event.recurrence, start, end) is not None


def touching(first: date, length: int, recurrence: str, start: date | None, end: date | None) -> date | None:
    """Return the first day of the first occurrence touching ``start`` to ``end``, if any.

    ``first`` is the first day of the first occurrence of all, ``length`` how many days each goes on.
    """
    # From the day on which an occurrence that still touches the window could begin.
    after = (start - first).days - length if start else 0
    return next(occurrences(first, recurrence, first + timedelta(max(after, 0)), end or LAST_DAY), None)


def event(
    connection: sa.Connection, uid: str, as_of: date | None = None, known_at: datetime | None = None
) -> Revision | None:
    """Return the current or past state of the event with that UID."""
    row = connection.execute(
        sa.select(*SHOWN).where(_R.uid == uid, *known(known_at), *stood(as_of)).order_by(_R.place.desc()).limit(1)
    ).first()
    return revision_of(row) if row else None


def current_revisions(
    connection: sa.Connection, uids: Collection[str], as_of: date | None = None, known_at: datetime | None = None
) -> dict[str, Revision]:
    """Return the current or past states of the known events among those UIDs, by UID."""
    held = [known_now()] if known_at is None else known(known_at)
    asked = [_R.uid.in_(sorted(uids)), *held, *stood(as_of)]
    rows = connection.execute(sa.select(_R.uid, *SHOWN).where(*asked).order_by(_R.place)).all()
    return {row.uid: revision_of(row) for row in rows}


def uids_of(connection: sa.Connection, slugs: Collection[str], kinds: Collection[Kind]) -> frozenset[str]:
    """Return the UIDs of the current events of these kinds, of instruments given by slug."""
    asked = [_R.slug.in_(sorted(slugs)), _R.recorded_to == FOREVER]
    if len(kinds) < len(Kind):
        asked.append(_R.kind.in_([kind.value for kind in kinds]))
    return frozenset(connection.execute(sa.select(_R.uid).where(*asked)).scalars())


def count(connection: sa.Connection, query: EventQuery, most: int) -> int:
    """Return how many events the query finds, counted up to ``most`` + 1."""
    whole = replace(query, cursor=None, limit=bounded(most + 1))
    if query.start is None and query.end is None and not query.statuses:
        found = _keys(whole, None, most + 1, _early(connection, whole)).subquery()
        return int(connection.execute(sa.select(sa.func.count()).select_from(found)).scalar() or 0)
    page = events(connection, replace(whole, limit=bounded(most)))
    return len(page.items) + (1 if page.next else 0)


def months(connection: sa.Connection, query: EventQuery) -> dict[tuple[str, str], int]:
    """Return event counts by kind and month (``2018-05``), bounded by ``start`` and ``end``.

    A recurrence is counted in the month of its first day alone; what has no day is not counted.
    """
    # Both values of ``far`` are named, so that of the index of lists the days asked for are read and no others.
    asked = [*conditions(replace(query, start=None, end=None), None), _R.far.in_((False, True))]
    if query.start is not None:
        asked.append(_R.day >= query.start)
    asked.append(_R.day <= query.end if query.end is not None else _R.day < LAST_DAY)
    # A date as text is written 2018-05-14 in SQLite and in PostgreSQL.
    month = sa.func.substr(sa.cast(_R.day, sa.Text), 1, 7).label("month")
    asked += known(query.known_at)
    if query.statuses:
        read = connection.execute(sa.select(_R.kind, month, _R.event).where(*asked))
        return Counter((kind, name) for kind, name, text in read if _has_status(text, query))
    rows = connection.execute(sa.select(_R.kind, month, sa.func.count()).where(*asked).group_by(_R.kind, month)).all()
    return {(kind, month): number for kind, month, number in rows}


def years(connection: sa.Connection, query: EventQuery, first: int, last: int) -> dict[int, int]:
    """Return event counts by year of beginning, ``first`` to ``last`` (inclusive), none of 0."""
    asked = [*conditions(replace(query, start=None, end=None), None), *known(query.known_at)]
    if query.statuses:
        days = _R.day.between(date(first, 1, 1), min(date(last, 12, 31), LAST_DAY - timedelta(1)))
        read = connection.execute(sa.select(_R.day, _R.event).where(*asked, days))
        return Counter(day.year for day, text in read if _has_status(text, query))
    # A stretch of the index is counted for each year: to group them would sort all events.
    asked.append(_R.far.in_((False, True)))
    counted = [
        sa.select(sa.literal(year, sa.Integer), sa.func.count())
        .select_from(revisions)
        .where(*asked, _R.day.between(date(year, 1, 1), min(date(year, 12, 31), LAST_DAY - timedelta(1))))
        for year in range(first, last + 1)
    ]
    return {year: number for year, number in connection.execute(sa.union_all(*counted)) if number}


def own_events(
    connection: sa.Connection, slug: str, kinds: Collection[Kind], known_at: datetime | None = None
) -> tuple[Event, ...]:
    """Return an instrument's events of these kinds as its text decided them, in its order."""
    asked = [_R.slug == slug, _R.place == 0, *known(known_at)]
    if len(kinds) < len(Kind):
        asked.append(_R.kind.in_([kind.value for kind in kinds]))
    rows = connection.execute(sa.select(_R.event).where(*asked).order_by(_R.position))
    return tuple(event_from_json(row.event) for row in rows)


def revision_of(row: Any) -> Revision:  # a row of SHOWN; SQLAlchemy types rows by position only
    """Return the revision that a row says."""
    return Revision(
        event=event_from_json(row.event),
        number=row.number,
        decided=row.decided_from,
        instrument=row.instrument,
        action=Action(row.action) if row.action else None,
        note=row.note,
        recorded=moment_out(row.recorded),
    )
