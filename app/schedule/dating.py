"""Dates for the items of a schedule: the almanac's answer to each ``when``, with its arithmetic."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.almanac import Almanac, Context, milestones, resolve
from app.i18n import say_proof
from app.model import Event, Milestone, Resolved, Schedule, Window

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
        arithmetic=say_proof(outcome.proof, ENGLISH),
    )
    found = tuple(
        Milestone(item.name, item.day, item.certainty, item.proof, say_proof(item.proof, ENGLISH))
        for item in milestones(dated_, book)
    )
    return dated_ if found == dated_.milestones else replace(dated_, milestones=found)


def dated(schedule: Schedule, book: Almanac | None = None) -> Schedule:
    """The schedule with every item dated anew from its ``when``, as the almanac stands."""
    context = context_of(schedule)
    return replace(schedule, events=tuple(date_event(event, context, book) for event in schedule.events))
