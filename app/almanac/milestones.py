"""The days that rules derive from an item: the provisional agenda's cut-off, submission and issue of documents.

They are reminders beside an item, never part of what was decided. A milestone that would fall before the day on which
the item was decided is left out. Rules of procedure of the General Assembly: 12, 14; six-week rule: A/RES/57/283 B.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from app.almanac.data import Almanac, almanac
from app.almanac.sessions import session
from app.model import INACTIVE_STATUSES, Certainty, Duration, Event, Kind, Milestone, Step, When

_GENERAL_ASSEMBLY: Final = "general-assembly"

# name, time before the opening, rule
_AGENDA: Final = (
    ("provisional-agenda", "P60D", "rule 12"),
    ("supplementary-items", "P30D", "rule 14"),
    ("supplementary-list", "P20D", "rule 14"),
)
_DOCUMENTS: Final = (
    ("document-submission", "P10W", "A/RES/57/283 B"),
    ("document-issue", "P6W", "A/RES/57/283 B"),
)


def milestones(event: Event, book: Almanac | None = None) -> tuple[Milestone, ...]:
    """Return the milestones of an item that has its dates, in order of day.

    An agenda item of a session of the General Assembly gives rules 12 and 14; a report to a session, and a meeting on
    decided days, the documentation slots, counted back from the opening; a mandate with an end, 30 days before it.
    A forecast opening gives forecasts. Steps are ``milestone.before`` with name, from, duration, day, rule and body,
    session where an opening is counted from (body and session empty elsewhere).

    >>> from datetime import date
    >>> mandate = Event("A-RES-1.1.mandate.1", Kind.MANDATE, "2027-03-31", Certainty.DECIDED, "A/RES/1", None,
    ...     start=date(2026, 4, 1), end=date(2027, 3, 31))
    >>> [(item.name, item.day) for item in milestones(mandate)]
    [('before-expiry', datetime.date(2027, 3, 1))]
    """
    if event.status in INACTIVE_STATUSES:
        return ()
    found = [item for item in _found(event, book or almanac()) if event.decided is None or item.day >= event.decided]
    return tuple(sorted(found, key=lambda item: (item.day, item.name)))


def _found(event: Event, book: Almanac) -> Iterator[Milestone]:
    match event.kind:
        case Kind.AGENDA | Kind.REPORT:
            when = When.try_parse(event.when)
            named = when.session if when is not None else None
            body = book.body_of(named.body) if named is not None else None
            if named is None or named.number is None or named.part == "end" or body is None:
                return
            at = session(body, named.number, book)
            if at is None or at.opens is None:
                return
            certainty = Certainty.FORECAST if at.forecast else Certainty.DERIVED
            rules: tuple[tuple[str, str, str], ...] = _DOCUMENTS if event.kind is Kind.REPORT else ()
            if event.kind is Kind.AGENDA and body == _GENERAL_ASSEMBLY:
                rules = _AGENDA
            for name, duration, rule in rules:
                yield _before(name, at.opens, duration, rule, certainty, body, at.number)
        case Kind.MEETING if event.start and event.certainty is Certainty.DECIDED and not event.recurrence:
            for name, duration, rule in _DOCUMENTS:
                yield _before(name, event.start, duration, rule, Certainty.DERIVED)
        case Kind.MANDATE if event.end and event.certainty in {Certainty.DECIDED, Certainty.DERIVED}:
            yield _before("before-expiry", event.end, "P30D", "", Certainty.DERIVED)


def _before(
    name: str, day: date, duration: str, rule: str, certainty: Certainty, body: str = "", number: int | None = None
) -> Milestone:
    due = Duration.parse(duration).add_to(day, -1)
    facts = {
        "name": name,
        "from": day.isoformat(),
        "duration": duration,
        "day": due.isoformat(),
        "rule": rule,
        "body": body,
        "session": str(number or ""),
    }
    return Milestone(name, due, certainty, (Step("milestone.before", facts),))
