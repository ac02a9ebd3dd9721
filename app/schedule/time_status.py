"""The status of an event on a day: what is decided about it, and what its days say (running, overdue, ended …).

A schedule and the store hold what was decided (``scheduled``, ``moved``, ``cancelled`` …), which no day changes. What
readers see is computed when they ask. Nothing is inferred that no text says: a past meeting is ``past``, and ``held``
only with a record; a report whose last day has passed is ``overdue`` as far as the texts held here know.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from app.almanac import occurrences
from app.model import Certainty, Event, Kind, Status

_ENDING: Final = frozenset({"end", "terminate", "cancel", "lift", "discontinue"})
"""Actions after which a mandate has ended for good."""
_TASKS: Final = frozenset({Kind.REPORT, Kind.DEADLINE, Kind.REVIEW, Kind.OBLIGATION})
"""Kinds that somebody is to do by their last day."""
_CONTINUING: Final = frozenset({Kind.MANDATE, Kind.PERIOD})
"""Kinds that go on through their days."""
_OPEN: Final = frozenset({Status.SCHEDULED, Status.MOVED})
"""Decided statuses that the passing of time changes."""
_FIRM: Final = frozenset({Certainty.DECIDED, Certainty.DERIVED})


def status_on(event: Event, day: date) -> Status:
    """Return the status of ``event`` on ``day``.

    An event without any day keeps its decided status, and so does one that was cancelled, postponed, superseded or
    held. Of a recurring event the next occurrence counts.

    >>> from app.model import Certainty, Event, Kind
    >>> report = Event(
    ...     "A-RES-90-1.4.report.1", Kind.REPORT, "2036-03-01", Certainty.DECIDED, "A/RES/90/1", None,
    ...     start=date(2036, 3, 1), end=date(2036, 3, 1),
    ... )
    >>> [status_on(report, day).value for day in (date(2036, 3, 1), date(2036, 3, 2))]
    ['due', 'overdue']
    """
    if event.status not in _OPEN or not (event.start or event.end):
        return event.status
    start, end = _days_from(event, day)
    if end is not None and end < day:
        return _past_status(event)
    # A time that is only a last day ("until 31 March") has no first day to wait for.
    last_day_alone = start is None or start == end
    if event.kind in _CONTINUING:
        began = start is None or start <= day or (event.kind is Kind.MANDATE and last_day_alone)
        return Status.RUNNING if began else event.status
    if event.kind in _TASKS:
        return Status.DUE if last_day_alone or (start is not None and start <= day) else event.status
    if start is None or start > day:
        return event.status
    if event.kind is Kind.AGENDA:
        return Status.DUE
    # Within a window the day itself is not known: it may be still to come.
    return Status.RUNNING if event.certainty in _FIRM else event.status


def _past_status(event: Event) -> Status:
    if event.kind is Kind.PERIOD:
        return Status.ENDED
    if event.kind is Kind.MANDATE:
        return Status.ENDED if event.action in _ENDING else Status.LAPSED
    return Status.OVERDUE if event.kind in _TASKS else Status.PAST


def _days_from(event: Event, day: date) -> tuple[date | None, date | None]:
    """Return the inclusive days of the occurrence on ``day``, else the next, else the first."""
    first = event.start or event.end
    if not event.recurrence or first is None:
        return event.start, event.end
    length = (event.end or first) - first
    begins = next(occurrences(first, event.recurrence, max(first, day - length), date.max), None)
    return (first, first + length) if begins is None else (begins, begins + length)


def event_on(event: Event, day: date) -> Event:
    """Return the event as it is shown on ``day``: its status, and no past forecasts.

    A span that was forecast stays a window once it has passed; a single day stays derived by its rule.

    >>> from app.model import Certainty, Event, Kind
    >>> item = Event(
    ...     "A-RES-90-1.5.agenda.1", Kind.AGENDA, "GA91", Certainty.FORECAST, "A/RES/90/1", None,
    ...     start=date(2036, 9, 9), end=date(2037, 9, 7),
    ... )
    >>> [f"{seen.status}, {seen.certainty}" for seen in (event_on(item, date(2036, 1, 1)), event_on(item, date.max))]
    ['scheduled, forecast', 'past, window']
    """
    status, certainty = status_on(event, day), event.certainty
    passed = is_past(event, day)
    if passed and certainty is Certainty.FORECAST:
        certainty = Certainty.DERIVED if event.start == event.end else Certainty.WINDOW
    milestones = tuple(
        replace(item, certainty=Certainty.DERIVED) if item.certainty is Certainty.FORECAST and item.day < day else item
        for item in event.milestones
    )
    if (status, certainty, milestones) == (event.status, event.certainty, event.milestones):
        return event
    return replace(event, status=status, certainty=certainty, milestones=milestones)


def same_view(one: Event, other: Event) -> bool:
    """Return whether two days show the same of one state of an event.

    ``one`` and ``other`` are what ``event_on`` returned for them.

    >>> from app.model import Certainty, Event, Kind
    >>> event = Event("A-RES-90-1.5.period.1", Kind.PERIOD, "../2036-12-31", Certainty.DECIDED, "A/RES/90/1", None,
    ...     end=date(2036, 12, 31))
    >>> [same_view(event_on(event, date(2036, 1, 1)), event_on(event, date(year, 6, 1))) for year in (2036, 2037)]
    [True, False]
    """
    return one is other or (one.status, one.certainty, one.milestones) == (
        other.status,
        other.certainty,
        other.milestones,
    )


def is_past(event: Event, day: date) -> bool:
    """Return whether the last day of the event, with all its occurrences, lies before ``day``.

    >>> from app.model import Certainty, Event, Kind
    >>> event = Event("A-RES-90-1.5.period.1", Kind.PERIOD, "../2036-12-31", Certainty.DECIDED, "A/RES/90/1", None,
    ...     end=date(2036, 12, 31))
    >>> is_past(event, date(2036, 12, 31)), is_past(event, date(2037, 1, 1))
    (False, True)
    """
    if not (event.start or event.end):
        return False
    _, end = _days_from(event, day)
    return end is not None and end < day
