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
    """Where the instrument of a schedule stands: when, by which body and at which session it was adopted."""
    body = schedule.body or schedule.symbol.body
    return Context(adopted=schedule.adopted, body=body, session=schedule.session or schedule.symbol.session)


def date_event(event: Event, context: Context, book: Almanac | None = None) -> Event:
    """The event with what its ``when`` comes to: days, certainty, recurrence, arithmetic, milestones.

    ``context`` is where the instrument stands that gave the time. Raises AlmanacError for a notation that is none.
    """
    outcome = resolve(event.when, context, book)
    start: date | None = None
    end: date | None = None
    if isinstance(outcome, (Resolved, Window)):
        start, end = outcome.start, outcome.end
    dated_ = replace(
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
        for item in milestones(dated_, book)
    )
    return dated_ if found == dated_.milestones else replace(dated_, milestones=found)


def dated(schedule: Schedule, book: Almanac | None = None) -> Schedule:
    """The schedule with every item dated anew from its ``when``, as the almanac stands."""
    context = context_of(schedule)
    events = [
        date_event(event, replace(context, adopted=schedule.part_adopted.get(event.section, context.adopted)), book)
        for event in schedule.events
    ]
    return without_doubtful_dates(replace(schedule, events=tuple(events)))


def without_doubtful_dates(schedule: Schedule) -> Schedule:
    """Return the schedule without dates where its document was read in doubt; reviewed items keep theirs."""
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
