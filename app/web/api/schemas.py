"""Response models of instruments and their events: lists, revisions, mandates, differences.

Handlers send prepared bytes; the models describe them in OpenAPI, and tests hold every answer against them.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from app.model import Action, Certainty, Kind, Language, Status

LanguageMap = Annotated[dict[str, str], Field(description="Text by language code (ar, en, es, fr, ru, zh).")]
Day = Annotated[date, Field(description="An inclusive day.")]
DayOrTime = Annotated[
    date | datetime, Field(description="An inclusive day, or an RFC 3339 time where the text gives a time of day.")
]
Cursor = Annotated[str | None, Field(description="Pass as `next` to get the following page; null on the last page.")]
SyncToken = Annotated[
    str | None,
    Field(description="Pass as `since` to /api/v1/sync later to get what changed; null on pages with a `next`."),
]
Confidence = Literal["high", "medium", "low"]


class Problem(BaseModel):
    """An error as RFC 9457 problem details."""

    type: Annotated[str, Field(description="A tag URI, constant for the kind of error.")]
    title: Annotated[str, Field(description="What is wrong, in one phrase.")]
    status: Annotated[int, Field(description="The HTTP status code.", ge=400, le=599)]
    detail: Annotated[str | None, Field(description="What is wrong with this request.")] = None
    where: Annotated[str | None, Field(description="The parameter, field or part of the request.")] = None
    hint: Annotated[str | None, Field(description="What to do about it.")] = None
    instance: Annotated[str | None, Field(description="The path of the request.")] = None


class MovedOccurrence(BaseModel):
    """An occurrence of a series that was held on another day than its rule gives."""

    day: Annotated[Day, Field(description="The day by the rule.")]
    held: Annotated[Day, Field(description="The day on which it was held.")]
    source: str


class Milestone(BaseModel):
    """A working day before a deadline that a rule of the organization derives."""

    name: str
    day: Day
    certainty: Certainty
    arithmetic: str


StatusOnDay = Annotated[
    Status,
    Field(
        description="The status on the day asked about (`as_of`, else today). `lapsed`: ended unless extended by a "
        "text that is not held here; `overdue`: the last day has passed, and nothing held here says that it was done; "
        "`past`: its days have passed; `held`: a record shows that it took place. In histories, the status as decided."
    ),
]


class Event(BaseModel):
    """An item of a schedule as it stands: a meeting, a report, a deadline, an observance."""

    uid: Annotated[str, Field(description="Stable identifier; never depends on date, language or wording.")]
    paragraph: Annotated[str | None, Field(description="Number of the operative paragraph.")]
    section: str
    letters: list[str]
    kind: Kind
    when: Annotated[str, Field(description="The time in Plenary's notation: 2018-05-14/2018-05-16, GA73, R/--09-26.")]
    time: Annotated[str, Field(description="The time in words, in the language of the answer.")]
    certainty: Certainty
    status: StatusOnDay
    start: DayOrTime | None
    end: DayOrTime | None
    recurrence: Annotated[str | None, Field(description="An RRULE value (RFC 5545).")]
    timezone: Annotated[str, Field(description="IANA time zone.")]
    place: str | None
    bearer: Annotated[str | None, Field(description="Slug of the actor who is to act.")]
    addressees: Annotated[list[str], Field(description="Slugs of the actors who are addressed.")]
    force: Annotated[str, Field(description="Strength of the operative verb: decide, request, invite, …")]
    action: str
    title: LanguageMap
    subject: LanguageMap
    quote: Annotated[dict[str, str], Field(description="The words of the text, by language.")]
    span: Annotated[
        dict[str, list[int]], Field(description="Start and end offsets of the quote in the stored text, by language.")
    ]
    rule: Annotated[str, Field(description="Name of the rule that gave the date.")]
    arithmetic: Annotated[str, Field(description="How the date was worked out, in words.")]
    milestones: list[Milestone]
    moved_occurrences: Annotated[
        list[MovedOccurrence], Field(description="Occurrences of a series that were held on another day.")
    ]
    alternatives: list[str]
    confidence: Confidence
    decided: Annotated[date | None, Field(description="The day on which the present state was decided.")]
    instrument: Annotated[str, Field(description="Symbol of the instrument whose paragraph made the event.")]
    revision: Annotated[int, Field(description="Number of changes since the first state.")]
    revised_by: Annotated[str | None, Field(description="Symbol of the instrument that decided the present state.")]
    same_as: Annotated[str | None, Field(description="UID of the earlier event that this item repeats.")]
    long_title: Annotated[dict[str, str], Field(description="A title with actor, act and subject, by language.")]
    slots: Annotated[dict[str, Any] | None, Field(description="The parts of the title: subject, act, actor, session.")]
    clause: Annotated[dict[str, str], Field(description="The clause around the quote, by language.")]
    target: Annotated[bool, Field(description='True for a goal such as "by 2030".')]
    budget: Annotated[bool, Field(description="True for a budget period.")]
    obligation: Annotated[Literal["task", "appeal"] | None, Field(description="Class of an obligation without a date.")]


class ListedEvent(Event):
    """An event with the addresses that belong to it."""

    slug: Annotated[str, Field(description="Slug of the instrument.")]
    address: Annotated[str, Field(description="The event's page.")]
    ics: Annotated[str, Field(description="The event as a calendar file.")]


class Counts(BaseModel):
    """The number of events of a request, by kind, adopting body and year of the first day."""

    total: int
    kind: dict[str, int]
    body: dict[str, int]
    year: Annotated[dict[str, int], Field(description="Events without a day are counted under an empty year.")]


class EventList(BaseModel):
    """A page of events."""

    items: list[ListedEvent]
    next: Cursor
    counts: Annotated[Counts | None, Field(description="With `counts=yes`: of all pages together.")] = None
    sync: SyncToken = None


class MandateLink(BaseModel):
    """One text of the chain of a mandate."""

    instrument: str
    slug: str
    decided: Day
    paragraph: Annotated[str | None, Field(description="The paragraph that began the mandate; null for later texts.")]
    action: Action | None
    end: Annotated[Day | None, Field(description="The end of the mandate after this text.")]


class Mandate(BaseModel):
    """A mandate, authorization or measure through its texts, as it stood on the day asked."""

    uid: str
    title: LanguageMap
    subject: Annotated[dict[str, str], Field(description="Who or what has the mandate, by language code.")]
    instrument: Annotated[str, Field(description="The instrument that began the mandate, of those held here.")]
    start: Day | None
    end: Day | None
    status: StatusOnDay
    revised_by: Annotated[str | None, Field(description="The instrument that decided the present state.")]
    chain: Annotated[list[MandateLink], Field(description="Its texts, in order of adoption.")]
    address: str


class MandateList(BaseModel):
    """Mandates, in order of their ends."""

    items: list[Mandate]
    next: Cursor


class Instrument(BaseModel):
    """A resolution, decision or statement."""

    symbol: str
    slug: str
    title: LanguageMap
    body: Annotated[str | None, Field(description="Slug of the adopting body.")]
    session: int | None
    adopted: date | None
    family: Annotated[str | None, Field(description="Slug of the series of yearly instruments.")]
    languages: Annotated[list[Language], Field(description="Languages whose text is stored.")]
    counts: Annotated[dict[str, int], Field(description="Number of events by kind.")]
    address: Annotated[str, Field(description="The instrument's page.")]
    feed: Annotated[str, Field(description="The instrument's calendar feed.")]
    document: Annotated[str, Field(description="The document on the United Nations server.")]


class InstrumentList(BaseModel):
    """A page of instruments in order of symbol."""

    items: list[Instrument]
    next: Cursor


class Amendment(BaseModel):
    """What an instrument does to an event of an earlier one."""

    target: Annotated[str, Field(description="UID of the event.")]
    action: Action
    when: str | None
    paragraph: str | None
    decided: date
    note: str
    evidence: list[str]


class InstrumentDetail(Instrument):
    """An instrument with its items and what it does to the events of others."""

    meeting: Annotated[int | None, Field(description="Number of the meeting that adopted it.")]
    evidence: Annotated[list[str], Field(description="Symbols of records that show a fact.")]
    formerly: Annotated[list[str], Field(description="Earlier symbols of the instrument.")]
    items: list[ListedEvent]
    amendments: list[Amendment]


class Revision(BaseModel):
    """A state of an event and the instrument that decided it."""

    revision: int
    decided: date
    instrument: str
    action: Action | None
    note: str
    recorded: Annotated[datetime | None, Field(description="When the service first knew of it.")]
    event: Event


class RevisionList(BaseModel):
    """The revisions of an event, oldest first."""

    items: list[Revision]


class Change(Revision):
    """A revision with the state before it."""

    before: Event | None


class ChangeList(BaseModel):
    """A page of revisions in the order in which the service learned of them."""

    items: list[Change]
    next: Cursor


class SyncAction(StrEnum):
    """What happened to an event or an instrument since the last sync."""

    ADDED = "added"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"
    RENAMED = "renamed"


class SyncItem(BaseModel):
    """One difference since the last sync."""

    action: SyncAction
    uid: Annotated[str | None, Field(description="UID of the event; null for a whole instrument.")]
    slug: Annotated[str, Field(description="Slug of the instrument.")]
    renamed_to: Annotated[str | None, Field(description="The present slug of a renamed instrument.")] = None
    event: Annotated[ListedEvent | None, Field(description="The event as it stands; null when withdrawn.")] = None


class SyncAnswer(BaseModel):
    """The differences since a sync token, and the token for the next call."""

    items: list[SyncItem]
    sync: Annotated[str, Field(description="The token for the next call.")]
