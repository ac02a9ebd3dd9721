"""The nouns of the house: frozen values, standard library only.

Every stage of the pipeline takes and gives these, and nothing else passes between stages.

``when`` values are strings in ISO 8601 notation with session tokens: ``2018-03-28``,
``2018-05-14/2018-05-16``, ``../2019-06-30``, ``2020-01-01/..``, ``GA73``, ``../GA73``, ``GA73/main``,
``adoption+P60D``, ``expiry-P30D``, ``event+P60D``, ``GA73-P6W``, ``R/--09-26``, ``R/P1Y``, ``GA73;R/P1Y``,
``next``, ``current``, ``TBD``, ``undated``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Literal, TypeAlias

Language: TypeAlias = Literal["ar", "en", "es", "fr", "ru", "zh"]
LANGUAGES: tuple[Language, ...] = ("ar", "en", "es", "fr", "ru", "zh")
"""The six official languages."""

UNDATED = "undated"
"""The ``when`` of an obligation that the text gives no time for."""
TO_BE_DECIDED = "TBD"
"""The ``when`` of an event whose date the text leaves to a later decision."""


class Kind(StrEnum):
    """What an item of a schedule is."""

    MEETING = "meeting"
    OBSERVANCE = "observance"
    REPORT = "report"
    AGENDA = "agenda"
    MANDATE = "mandate"
    REVIEW = "review"
    DEADLINE = "deadline"
    PERIOD = "period"
    OBLIGATION = "obligation"


class Certainty(StrEnum):
    """How a date is known; always said, never implied."""

    DECIDED = "decided"
    DERIVED = "derived"
    WINDOW = "window"
    FORECAST = "forecast"
    UNDECIDED = "undecided"
    UNDATED = "undated"


class Status(StrEnum):
    """What has become of an event."""

    SCHEDULED = "scheduled"
    MOVED = "moved"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    HELD = "held"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"


# --- text -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of character offsets in a stored text: ``text[start:end]``."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words of ``text`` that the span covers."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Reading:
    """A paragraph as a person reads it, with every character's place in the stored text.

    Line breaks, page furniture and footnote marks are left out of ``text``. It is made of runs: from
    ``starts[i]`` on in ``text``, characters stand in the stored text from ``sources[i]`` on.
    """

    text: str
    starts: tuple[int, ...]
    sources: tuple[int, ...]

    def place(self, offset: int) -> int:
        """The offset in the stored text of the character at ``offset`` of the reading."""
        run = bisect_right(self.starts, offset) - 1
        return self.sources[run] + offset - self.starts[run]

    def span(self, start: int, end: int) -> Span:
        """The span in the stored text of ``self.text[start:end]`` (``end`` exclusive, ``end > start``)."""
        return Span(self.place(start), self.place(end - 1) + 1)


@dataclass(frozen=True, slots=True)
class Symbol:
    """A document symbol in its official writing: ``A/RES/72/251``, ``S/RES/2334 (2016)``, ``A/DEC/72/553``.

    ``body`` is the slug of the adopting body, ``session`` the number of its session where the symbol says it
    (``number`` for a roman one), ``year`` the year where the symbol says it.
    """

    text: str
    body: str
    session: int | None = None
    year: int | None = None
    special: str = ""
    """``S`` for a special session, ``ES`` for an emergency special session, else empty."""

    @property
    def slug(self) -> str:
        """The symbol with hyphens, for addresses and file names: ``A-RES-72-251``, ``S-RES-2334-2016``."""
        out = "".join(c if c.isalnum() else "-" for c in self.text)
        return "-".join(part for part in out.split("-") if part)


class Role(StrEnum):
    """What a paragraph does in an instrument."""

    PREAMBULAR = "preambular"
    OPERATIVE = "operative"
    ANNEX = "annex"


@dataclass(frozen=True, slots=True)
class FootnoteMark:
    """A footnote's mark where it stands in the running text; ``span`` indexes the stored text."""

    number: str
    span: Span


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote; ``span`` indexes the stored text, from its number to its last character."""

    number: str
    span: Span
    reading: Reading


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph or lettered sub-paragraph of an instrument.

    ``number`` is the number of the operative paragraph as printed (``"7"``; None where a text numbers none),
    ``letters`` the path of its sub-paragraphs (``("a",)``, ``("a", "ii")``), ``section`` the part of a text whose
    numbering restarts (``"A"``, ``"II"``; empty elsewhere). A lettered sub-paragraph follows its chapeau.
    """

    role: Role
    reading: Reading
    number: str | None = None
    letters: tuple[str, ...] = ()
    section: str = ""
    marks: tuple[FootnoteMark, ...] = ()
    page: int | None = None

    @property
    def span(self) -> Span:
        """From the first to the last character of the paragraph in the stored text."""
        return self.reading.span(0, len(self.reading.text))

    @property
    def label(self) -> str:
        """The paragraph's name as people cite it: ``7``, ``7 (a)``, ``B.7 (a) (ii)``."""
        head = f"{self.section}.{self.number}" if self.section and self.number else (self.number or self.section)
        return " ".join([part for part in (head,) if part] + [f"({letter})" for letter in self.letters])


@dataclass(frozen=True, slots=True)
class Resolution:
    """An instrument as read: resolution, decision or statement. What the text does not say is None or empty.

    ``text`` is the stored text, never edited; every span indexes it. ``adopted`` is the day of adoption,
    ``meeting`` the number of the meeting that adopted it, ``session`` the number of the body's session.
    """

    text: str
    language: Language
    symbol: Symbol | None
    title: str = ""
    body: str | None = None
    session: int | None = None
    adopted: date | None = None
    meeting: int | None = None
    agenda_item: str = ""
    committee_report: str = ""
    preamble: tuple[Paragraph, ...] = ()
    operative: tuple[Paragraph, ...] = ()
    annexes: tuple[Paragraph, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    furniture: tuple[Span, ...] = ()
    pages: tuple[int, ...] = ()
    """Offsets in ``text`` at which a page begins, where the document has pages."""


# --- time and obligation --------------------------------------------------------------------------------------------


class TimexType(StrEnum):
    """The types of TIMEX3 (ISO-TimeML)."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


@dataclass(frozen=True, slots=True)
class TemporalExpression:
    """A TIMEX3: words of a paragraph that say a time, and their value.

    ``start`` and ``end`` index the reading's text (``end`` exclusive). ``value`` is in the notation of tags: a
    session of a body not yet known is ``session:73`` (``session:next``, ``session:current``), a day without a year
    ``XXXX-09-26``, a duration ``P60D``. ``modifier`` is what the words around make of it: ``by``, ``before``,
    ``until``, ``from``, ``after``, ``every`` … or empty. ``body`` is the slug of the body that a session is said to be
    of, ``part`` ``main`` or ``resumed``. ``cited`` marks the date of an instrument, a letter, a past event: no event.
    """

    start: int
    end: int
    text: str
    type: TimexType
    value: str
    rule: str
    modifier: str = ""
    body: str | None = None
    part: str = ""
    cited: bool = False
    anchor: str = ""
    """What a duration is counted from, where the words say it: ``adoption``, ``expiry``; empty elsewhere."""


@dataclass(frozen=True, slots=True)
class Obligation:
    """Who shall do what, for whom, and when, as a paragraph says it.

    ``span`` indexes the stored text; ``when`` is in the notation of this module's docstring; ``rule`` names the rule
    that read the time, ``force`` the slug of the operative verb, as ``request``; ``alternatives`` are other readings
    of the time, the likelier first; ``hours`` are its times of day: ``10:00`` or ``10:00/13:00``.
    """

    paragraph: str | None
    kind: Kind
    when: str
    span: Span
    rule: str
    section: str = ""
    letters: tuple[str, ...] = ()
    bearer: str | None = None
    addressees: tuple[str, ...] = ()
    force: str = ""
    action: str = ""
    place: str | None = None
    subject: str = ""
    alternatives: tuple[str, ...] = ()
    confidence: Literal["high", "medium", "low"] = "high"
    hours: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """Words that look like time in an operative paragraph and could not be placed; ``span`` indexes the stored text."""

    paragraph: str | None
    span: Span
    quote: str
    value: str
    reason: str


# --- dates ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an arithmetic: the rule applied and the facts it was applied to; worded by ``app.wording``."""

    rule: str
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Resolved:
    """A time that comes to days; ``start`` and ``end`` are inclusive.

    ``recurrence`` is an RFC 5545 RRULE value or None; of a recurrence ``start`` is the first occurrence.
    """

    start: date
    end: date
    certainty: Certainty
    recurrence: str | None = None
    proof: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Window:
    """A time that is only known to lie within days ``start`` to ``end``, inclusive; an open side is None."""

    start: date | None
    end: date | None
    certainty: Certainty
    recurrence: str | None = None
    proof: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Pending:
    """A time that comes to no day yet: to be decided, waiting for an event, or undated."""

    certainty: Certainty
    recurrence: str | None = None
    proof: tuple[Step, ...] = ()


Outcome: TypeAlias = Resolved | Window | Pending


@dataclass(frozen=True, slots=True)
class Milestone:
    """A day that a rule derives from an item: a submission date; ``arithmetic`` is the proof in English words."""

    name: str
    day: date
    certainty: Certainty
    proof: tuple[Step, ...] = ()
    arithmetic: str = ""


@dataclass(frozen=True, slots=True)
class Session:
    """A session of a body; ``opens`` and ``closes`` inclusive days; ``forecast`` when only a rule gives them."""

    body: str
    number: int
    token: str
    opens: date | None
    closes: date | None
    forecast: bool
    source: str
    general_debate: date | None = None
    general_debate_forecast: bool = False


@dataclass(frozen=True, slots=True)
class Holiday:
    """A United Nations holiday at Headquarters; ``official`` when a circular published it, else computed."""

    day: date
    name: str
    official: bool
    source: str


# --- schedule -------------------------------------------------------------------------------------------------------


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
    quote: Mapping[str, str] = field(default_factory=dict)
    span: Mapping[str, Span] = field(default_factory=dict)
    rule: str = ""
    arithmetic: str = ""
    proof: tuple[Step, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    alternatives: tuple[str, ...] = ()
    confidence: Literal["high", "medium", "low"] = "high"
    same_as: str | None = None
    """The UID of the event of an earlier instrument that this item repeats, where a reviewer said so."""
    note: str = ""
    """What a reviewer wrote beside the item."""
    revision: int = 0
    revised_by: str | None = None


class ReviewStatus(StrEnum):
    """What a reviewer said of an item."""

    CONFIRMED = "confirmed"
    CORRECTED = "corrected"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Review:
    """What a reviewer said of an item; ``was`` holds, of a correction, what the engine had derived."""

    status: ReviewStatus
    by: str
    on: date
    note: str = ""
    was: Mapping[str, str] = field(default_factory=dict)


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


@dataclass(frozen=True, slots=True)
class Amendment:
    """What an instrument does to an event of another; ``when`` is its new time, where the action gives one."""

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
    """An amendment that the engine reads in a text; nothing follows from it until a reviewer confirms it.

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
    """A state of an event: ``event`` as it stood from ``decided`` on, by ``instrument``; number 0 is the first."""

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
