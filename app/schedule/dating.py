"""Dates for the items of a schedule: the almanac's answer to each ``when``, with its arithmetic."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.almanac import Almanac, Context, milestones, resolve
from app.i18n import explain_proof
from app.model import Certainty, Event, Milestone, Resolved, Schedule, Window

ENGLISH = "en"
"""The language of the arithmetic that a schedule file shows."""


def context_of(schedule: Schedule) -> Context:
    """Return the context of an instrument's times: day, body and session of its adoption.

    >>> from app.documents import parse_symbol
    >>> context_of(Schedule(parse_symbol("A/RES/72/251"), None)).session
    72
    """
    body = schedule.body or schedule.symbol.body
    return Context(adopted=schedule.adopted, body=body, session=schedule.session or schedule.symbol.session)


def date_event(event: Event, context: Context, book: Almanac | None = None) -> Event:
    """Return the event dated by its ``when``.

    Days, certainty, recurrence, arithmetic and milestones are replaced. ``context`` is that of the instrument which
    gave the time, ``book`` the almanac (None: the package's own). Raises AlmanacError for an invalid notation.

    >>> from app.model import Kind
    >>> event = Event("A-RES-90-1.1.report.1", Kind.REPORT, "2036-03-01", Certainty.UNDATED, "A/RES/90/1", None)
    >>> date_event(event, Context(adopted=date(2035, 12, 4))).start
    datetime.date(2036, 3, 1)
    """
    outcome = resolve(event.when, context, book)
    start: date | None = None
    end: date | None = None
    if isinstance(outcome, (Resolved, Window)):
        start, end = outcome.start, outcome.end
    resolved = replace(
        event,
        certainty=outcome.certainty,
        start=start,
        end=end,
        recurrence=outcome.recurrence,
        proof=outcome.proof,
        arithmetic=explain_proof(outcome.proof, ENGLISH),
    )
    found = tuple(
        Milestone(item.name, item.day, item.certainty, item.proof, explain_proof(item.proof, ENGLISH))
        for item in milestones(resolved, book)
    )
    return resolved if found == resolved.milestones else replace(resolved, milestones=found)


def dated(schedule: Schedule, book: Almanac | None = None) -> Schedule:
    """Return the schedule with every item dated from its ``when`` by the almanac.

    Dates that the items had are replaced; ``book`` None is the package's own almanac.

    >>> from app.documents import parse_symbol
    >>> dated(Schedule(parse_symbol("A/RES/72/251"), None)).events
    ()
    """
    context = context_of(schedule)
    events = [
        date_event(event, replace(context, adopted=schedule.part_adopted.get(event.section, context.adopted)), book)
        for event in schedule.events
    ]
    return without_doubtful_dates(replace(schedule, events=tuple(events)))


def without_doubtful_dates(schedule: Schedule) -> Schedule:
    """Return the schedule without dates where its document was read in doubt.

    Reviewed items keep their dates.

    >>> from app.documents import parse_symbol
    >>> schedule = Schedule(parse_symbol("A/RES/72/251"), None)
    >>> without_doubtful_dates(schedule) is schedule
    True
    """
    if not schedule.doubtful:
        return schedule
    return replace(
        schedule,
        events=tuple(
            event
            if event.uid in schedule.reviews or event.certainty in (Certainty.UNDATED, Certainty.UNDECIDED)
            else replace(
                event,
                certainty=Certainty.UNDECIDED,
                start=None,
                end=None,
                recurrence=None,
                milestones=(),
                confidence="low",
            )
            for event in schedule.events
        ),
    )
