"""Single occurrences of recurring events that were held on another day, and days of events that are no working days."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib import resources
from typing import Any, Final

from app.almanac.data import almanac
from app.almanac.recurrence import occurrences
from app.errors import AlmanacError
from app.model import Certainty, Event, Kind
from app.yaml_document import load_yaml

_SEEN_AHEAD: Final = (date(2026, 1, 1), date(2030, 12, 31))
"""The occurrences of a series whose days are looked at: the same on every day, so that its entry does not change."""
_OF_A_DAY: Final = frozenset({Kind.MEETING, Kind.REPORT, Kind.DEADLINE, Kind.OBSERVANCE})
_FIRM: Final = frozenset({Certainty.DECIDED, Certainty.DERIVED})


@dataclass(frozen=True, slots=True)
class MovedDay:
    """An occurrence held on ``held`` instead of ``day``, on which the rule puts it."""

    day: date
    held: date
    source: str


@functools.cache
def _all_moved() -> Mapping[str, tuple[MovedDay, ...]]:
    """Return moved_days.yaml. Raises AlmanacError for a bad file."""
    source = resources.files("app.almanac").joinpath("moved_days.yaml")
    data = load_yaml(source.read_bytes(), str(source), AlmanacError)
    return {uid: tuple(_read(uid, row) for row in rows) for uid, rows in data.items()}


def _read(uid: str, row: Mapping[str, Any]) -> MovedDay:
    try:
        return MovedDay(date.fromisoformat(row["day"]), date.fromisoformat(row["held"]), row["source"])
    except (KeyError, ValueError, TypeError) as error:
        raise AlmanacError(
            f"a row that cannot be read: {row}", where=f"moved_days.yaml: {uid}", hint="day, held and source"
        ) from error


def moved_days(event: Event) -> tuple[MovedDay, ...]:
    """Return the occurrences of a recurring event that were held on another day, in order.

    Days on which the event as it stands does not recur are left out.

    >>> series = Event("A-RES-72-251.16.meeting.1", Kind.MEETING, "R/--09-26", Certainty.DECIDED, "A/RES/72/251", None,
    ...     start=date(2018, 9, 26), end=date(2018, 9, 26), recurrence="FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=26")
    >>> [(str(item.day), str(item.held)) for item in moved_days(series)]
    [('2020-09-26', '2020-10-02'), ('2021-09-26', '2021-09-28')]
    """
    known = _all_moved().get(event.uid, ())
    if not known or not event.recurrence or event.start is None:
        return ()
    days = set(occurrences(event.start, event.recurrence, event.start, max(item.day for item in known)))
    return tuple(item for item in known if item.day in days)


def days_off(event: Event) -> tuple[tuple[date, str], ...]:
    """Return the days of an event that are no working days at Headquarters, with the reason.

    The reason is ``weekend`` or the English name of the holiday. Of a series, its occurrences of the years 2026 to 2030
    are looked at, except those held on another day. Empty for an event of several days or without a firm day.

    >>> meeting = Event("A-RES-90-1.1.meeting.1", Kind.MEETING, "2027-09-26", Certainty.DECIDED, "A/RES/90/1", None,
    ...     start=date(2027, 9, 26), end=date(2027, 9, 26))
    >>> days_off(meeting)
    ((datetime.date(2027, 9, 26), 'weekend'),)
    """
    start = event.start
    if start is None or event.end != start or event.kind not in _OF_A_DAY or event.certainty not in _FIRM:
        return ()
    days = [start]
    if event.recurrence:
        if not event.recurrence.startswith("FREQ=YEARLY"):
            return ()
        first, last = _SEEN_AHEAD
        moved = {item.day for item in moved_days(event)}
        days = [day for day in occurrences(start, event.recurrence, max(start, first), last) if day not in moved]
    book = almanac().holidays
    return tuple((day, reason) for day in days if (reason := book.off(day)) is not None)
