"""What an instrument schedules: events, their states, and what others do to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from app.model.dates import Milestone, Step
from app.model.document import DocumentWarning, Span, Symbol
from app.model.enums import Certainty, Kind, Status
from app.model.obligation import Unread
from app.model.title import TitleSlots


@dataclass(frozen=True, slots=True)
class Event:
    """An item of a schedule, with its dates.

    ``start`` and ``end`` are inclusive days (None where there is no day, or the side is open). ``title``, ``quote``
    and ``span`` are by language; ``span`` indexes the stored text of that language. ``arithmetic`` is the proof in
    English words, ``proof`` the same as data. ``instrument`` is the symbol of the instrument whose paragraph made the
    event, through all its changes; ``decided`` is the day on which the present state was decided, ``revised_by`` the
    symbol of the instrument that decided it (None for the first state); ``revision`` counts the changes.
    """

    uid: str
    kind: Kind
    when: str
    certainty: Certainty
    instrument: str
    decided: date | None
    paragraph: str | None = None
    section: str = ""
    letters: tuple[str, ...] = ()
    status: Status = Status.SCHEDULED
    start: date | None = None
    end: date | None = None
    recurrence: str | None = None
    timezone: str = "America/New_York"
    hours: str = ""
    """Times of day in ``timezone``, where the text gives them: ``10:00`` or ``10:00/13:00``."""
    place: str | None = None
    bearer: str | None = None
    addressees: tuple[str, ...] = ()
    force: str = ""
    action: str = ""
    subject: Mapping[str, str] = field(default_factory=dict)
    title: Mapping[str, str] = field(default_factory=dict)
    slots: TitleSlots | None = None
    """The parts of its title; None for items whose file has none."""
    quote: Mapping[str, str] = field(default_factory=dict)
    clause: Mapping[str, str] = field(default_factory=dict)
    """By language: the sentence or sub-paragraph that states the act, at most 600 characters."""
    span: Mapping[str, Span] = field(default_factory=dict)
    target: bool = False
    """A goal such as "by 2030"."""
    budget: bool = False
    """An appropriation, an assessment or a scale, for a period."""
    appeal: bool = False
    """Of an obligation without a date: an exhortation, mostly to States; the others are tasks."""
    rule: str = ""
    arithmetic: str = ""
    proof: tuple[Step, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    alternatives: tuple[str, ...] = ()
    confidence: Literal["high", "medium", "low"] = "high"
    identity: tuple[str, ...] = ()
    """Whose mandate an item is: subject, country and keys, as ``app.mandates.identity_fields`` writes them."""
    same_as: str | None = None
    """The UID of the event of an earlier instrument that this item repeats, as a reviewer states."""
    note: str = ""
    """What a reviewer wrote beside the item."""
    revision: int = 0
    revised_by: str | None = None


class ReviewStatus(StrEnum):
    """The verdict of a reviewer on an item."""

    CONFIRMED = "confirmed"
    CORRECTED = "corrected"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Review:
    """A reviewer's verdict on an item.

    ``was`` holds what the engine had derived before a correction.
    """

    status: ReviewStatus
    by: str
    on: date
    note: str = ""
    was: Mapping[str, str] = field(default_factory=dict)


class Check(StrEnum):
    """Whether a person read the items of a file beside their clauses."""

    READ = "read"
    DERIVED = "derived"


class Action(StrEnum):
    """What an amendment does to an event."""

    POSTPONE = "postpone"
    MOVE = "move"
    CANCEL = "cancel"
    REINSTATE = "reinstate"
    EXTEND = "extend"
    REPLACE = "replace"
    MERGE = "merge"
    CORRECT = "correct"
    HOLD = "hold"
    MODIFY = "modify"


@dataclass(frozen=True, slots=True)
class Amendment:
    """What an instrument does to an event of another.

    ``when`` is the new time of the event, where the action gives one.
    """

    target: str
    action: Action
    instrument: str
    decided: date
    when: str | None = None
    paragraph: str | None = None
    note: str = ""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """An amendment that the engine reads in a text.

    It has no effect until a reviewer confirms it.

    ``stands`` is the time of the target until then, ``because`` what points to it (date, symbol, subject), ``quote``
    the words by language, ``covers`` the UIDs of items of the same text that say no more than the amendment does.
    """

    amendment: Amendment
    stands: str
    because: tuple[str, ...]
    quote: Mapping[str, str] = field(default_factory=dict)
    arithmetic: str = ""
    covers: tuple[str, ...] = ()
    confidence: Literal["high", "medium", "low"] = "high"
    rejected: bool = False


@dataclass(frozen=True, slots=True)
class Revision:
    """A state of an event: ``event`` as ``instrument`` set it from ``decided`` on.

    The first revision has number 0.
    """

    event: Event
    number: int
    decided: date
    instrument: str
    action: Action | None
    note: str = ""
    recorded: datetime | None = None


@dataclass(frozen=True, slots=True)
class Schedule:
    """What an instrument schedules, and what it does to the schedules of others.

    ``sources`` are names of the stored texts by language; ``evidence`` symbols of records that show a fact;
    ``family`` is the slug of the series of yearly instruments that it belongs to, or empty; ``formerly`` are the
    symbols under which it went before; ``reviews`` are by UID; ``unread`` is by language what could not be placed.
    """

    symbol: Symbol
    adopted: date | None
    title: Mapping[str, str] = field(default_factory=dict)
    body: str | None = None
    session: int | None = None
    meeting: int | None = None
    sources: Mapping[str, str] = field(default_factory=dict)
    evidence: tuple[str, ...] = ()
    family: str = ""
    formerly: tuple[str, ...] = ()
    events: tuple[Event, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    reviews: Mapping[str, Review] = field(default_factory=dict)
    unread: Mapping[str, tuple[Unread, ...]] = field(default_factory=dict)
    title_derived: bool = False
    """The text has no title: ``title`` was made from its subject and is shown as such."""
    part_adopted: Mapping[str, date] = field(default_factory=dict)
    """Days of adoption of parts, by section label, that differ from ``adopted``."""
    time_counts: Mapping[str, int] = field(default_factory=dict, compare=False)
    """How many time expressions the operative part holds and what became of them; of a derived schedule only."""
    warnings: tuple[DocumentWarning, ...] = ()
    """What a person should know about how the document was read."""
    digests: Mapping[str, str] = field(default_factory=dict)
    """By language: the SHA-256 of a text that the spans index and that is not kept; the file then holds facts only."""
    check: Check | None = None
    """Whether a person read the items; None where the file does not say."""

    @property
    def facts_only(self) -> bool:
        """Whether the file has no words of its text, which is not kept, and no days."""
        return bool(self.digests)

    @property
    def doubtful(self) -> bool:
        """Whether the document was read with a doubt that leaves no date decided."""
        return any(warning.doubtful for warning in self.warnings)
