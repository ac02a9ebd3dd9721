"""Events by the days on which they fall: lists that show each of a period once, months that show it on its days."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

import sqlalchemy as sa

from app.almanac import occurrences
from app.model import Certainty, Revision
from app.store import event_queries as reading
from app.store.event_queries import EARLIEST, SHOWN, conditions, known, revision_of, stood, touching
from app.store.query import EventQuery, Page, bounded, cursor_of, day_of_cursor, read_cursor
from app.store.schema import LAST_DAY, NEAR, known_now, revisions

_R = revisions.c
_SURE: Final = (Certainty.DECIDED.value, Certainty.DERIVED.value)
# How far ahead the next of what recurs is looked for, in days; each only where the one before found too little.
_WIDTHS: Final = (7, 31, 92, 329, 3660)
_FEW: Final = 1000


@dataclass(frozen=True, slots=True)
class Slot:
    """The days of an event, read without its words; ``id`` is its row's, for ``revisions_of``.

    It, or its first occurrence, begins on ``day`` and goes on for ``length`` days more; ``recurrence`` is an RRULE.
    """

    id: int
    uid: str
    day: date
    length: int
    recurrence: str | None

    def days(self, first: date, last: date) -> Iterator[date]:
        """Return the days of the event from ``first`` to ``last`` (inclusive).

        A day of two occurrences is given twice.
        """
        begins: Iterator[date] = iter((self.day,))
        if self.recurrence:
            before = min(self.length, (first - date.min).days)
            begins = occurrences(self.day, self.recurrence, first - timedelta(before), last)
        for begin in begins:
            from_, to = max(begin, first), min((last - begin).days, self.length)
            for offset in range((from_ - begin).days, to + 1):
                yield begin + timedelta(offset)


def upcoming_events(connection: sa.Connection, query: EventQuery) -> Page[tuple[date, Revision]]:
    """Return every event of the period once with its listing day, by that day and UID.

    The day is that on which the event, or the first of its occurrences that touches the period, begins; so what is
    under way at the period's beginning stands first. The cursor is a day and a UID, however the list was reached.
    """
    limit = bounded(query.limit)
    period = replace(query, start=query.start or date.min)
    page = reading.events(connection, replace(period, recurring=False))
    found = [(item.event.start or item.event.end or LAST_DAY, item.event.uid, 0, item) for item in page.items]
    coming = sorted(_coming(connection, period, limit + 1))[: limit + 1]
    held = revisions_of(connection, [id_ for _, _, id_ in coming])
    merged = sorted([*found, *((day, uid, id_, held[id_]) for day, uid, id_ in coming)], key=lambda item: item[:3])
    more = page.next is not None or len(merged) > limit
    shown = merged[:limit]
    return Page(
        tuple((day, item) for day, _, _, item in shown),
        cursor_of(shown[-1][0].isoformat(), shown[-1][1]) if more else None,
    )


def _after(query: EventQuery) -> tuple[date, str] | None:
    if query.cursor is None:
        return None
    day, uid = read_cursor(query.cursor, 2)
    return day_of_cursor(day), uid


def _coming(connection: sa.Connection, query: EventQuery, enough: int) -> list[tuple[date, str, int]]:
    """Return recurring events after the cursor by day, UID and row: ``enough`` or more."""
    after, start = _after(query), query.start or date.min
    begin = max(after[0], start) if after else start
    last = query.end or LAST_DAY
    found: list[tuple[date, str, int]] = []
    for width in (*_WIDTHS, None):
        until = last if width is None or (last - begin).days <= width else begin + timedelta(width)
        found = []
        for slot in _recurring(connection, replace(query, start=begin, end=until)):
            day = touching(slot.day, slot.length, slot.recurrence or "", start, until)
            if day is not None and (after is None or (day, slot.uid) > after):
                found.append((day, slot.uid, slot.id))
        if len(found) >= enough or until == last:
            break
    return found


_SLOT: Final = (_R.id, _R.uid, _R.day, _R.length, _R.recurrence)


def _recurring(connection: sa.Connection, query: EventQuery, *more: sa.ColumnElement[bool]) -> list[Slot]:
    asked = [*conditions(replace(query, recurring=True), None), *known(query.known_at), *more]
    return [Slot(*row) for row in connection.execute(sa.select(*_SLOT).where(*asked))]


def slots(connection: sa.Connection, query: EventQuery, longest: int) -> list[Slot]:
    """Return decided or derived events on their days in the period.

    Events last at most ``longest`` days plus one.

    What does not recur comes first; then in order of day and UID. Neither limit nor cursor count.
    """
    sure = (_R.certainty.in_(_SURE), _R.length <= longest)
    asked = [*conditions(replace(query, recurring=False), None), *known(query.known_at), *sure, *_begun(query, longest)]
    single = [Slot(*row) for row in connection.execute(sa.select(*_SLOT).where(*asked).order_by(_R.day, _R.uid))]
    return single + sorted(_recurring(connection, query, *sure), key=lambda slot: (slot.day, slot.uid))


def _begun(query: EventQuery, longest: int) -> list[sa.ColumnElement[bool]]:
    """Return bounds on the first day of non-recurring events for one index range scan."""
    found: list[sa.ColumnElement[bool]] = [_R.far.in_((False, True))]
    if query.start is not None:
        found.append(_R.day >= query.start - timedelta(min(longest, (query.start - date.min).days)))
    return found


def previous_dates(connection: sa.Connection, query: EventQuery, longest: int) -> list[Slot]:
    """Return the days in the period that events left by ``as_of``; otherwise as ``slots``."""
    asked = [*_left(query), _R.certainty.in_(_SURE), _R.length <= longest, *_begun(query, longest)]
    rows = connection.execute(sa.select(*_SLOT).where(*asked).order_by(_R.day, _R.uid, _R.place))
    return [*{(slot.uid, slot.day): slot for slot in (Slot(*row) for row in rows)}.values()]


def departed(connection: sa.Connection, query: EventQuery) -> Page[Revision]:
    """Return states superseded by ``as_of`` whose days touch the period.

    Those with the days of the current state are left out.

    In order of day and UID; of several that begin on one day the latest. What merely recurs is left out.
    """
    limit, after = bounded(query.limit), _after(query)
    found: dict[tuple[date, str], int] = {}
    size = 2 * limit + 1
    while len(found) <= limit:
        rows = connection.execute(_left_keys(query, after, size)).all()
        for row in rows:
            found.setdefault((row.day, row.uid), row.id)
        if len(rows) < size:
            break
        after = (rows[-1].day, rows[-1].uid)
    shown = [*found.items()][:limit]
    held = revisions_of(connection, [id_ for _, id_ in shown])
    more = cursor_of(shown[-1][0][0].isoformat(), shown[-1][0][1]) if len(found) > limit else None
    return Page(tuple(held[id_] for _, id_ in shown), more)


def _left_keys(query: EventQuery, after: tuple[date, str] | None, size: int) -> sa.Select[tuple[int, date, str, date]]:
    """Return earlier states by day and UID, latest decision first.

    Short and long events are read from an index each.
    """
    asked = _left(query)
    if after:
        asked += [_R.day >= after[0], sa.or_(_R.day > after[0], _R.uid > after[1])]
    branches = []
    for far in (False, True):
        stretch = [*asked, _R.far.is_(far)]
        if query.start is not None and not far:
            stretch.append(_R.day >= max(query.start, EARLIEST) - timedelta(NEAR))
        columns = (_R.id, _R.day, _R.uid, _R.decided_from)
        part = sa.select(*columns).where(*stretch).order_by(_R.day, _R.uid, _R.decided_from.desc()).limit(size)
        branches.append(sa.select(part.subquery()))
    merged = sa.union_all(*branches).subquery().c
    order = (merged.day, merged.uid, merged.decided_from.desc())
    return sa.select(merged.id, merged.day, merged.uid, merged.decided_from).order_by(*order).limit(size)


def _left(query: EventQuery) -> list[sa.ColumnElement[bool]]:
    """Earlier states that stood for some time, of events that are elsewhere now."""
    asked = conditions(replace(query, as_of=None, recurring=False), None)[1:]
    asked += [*known(query.known_at), _R.decided_from < _R.decided_to, _R.last.is_not(None)]
    asked.append(_R.decided_to < LAST_DAY if query.as_of is None else _R.decided_to <= query.as_of)
    now = revisions.alias()
    same = [now.c.uid == _R.uid, now.c.day == _R.day, now.c.length == _R.length, now.c.last == _R.last]
    held = [known_now(now)] if query.known_at is None else known(query.known_at, now)
    current_revisions = [*held, *stood(query.as_of, now)]
    asked.append(~sa.exists(sa.select(sa.literal(1)).where(*same, *current_revisions).correlate(revisions)))
    return asked


def revisions_of(connection: sa.Connection, ids: Collection[int]) -> dict[int, Revision]:
    """Return the revisions of these rows, by row."""
    found: dict[int, Revision] = {}
    wanted = sorted(set(ids))
    for at in range(0, len(wanted), _FEW):
        rows = connection.execute(sa.select(_R.id, *SHOWN).where(_R.id.in_(wanted[at : at + _FEW])))
        found.update({row.id: revision_of(row) for row in rows})
    return found
