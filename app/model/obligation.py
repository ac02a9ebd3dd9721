"""What a paragraph says: times, and who shall do what by when."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

from app.model.document import Span
from app.model.enums import Kind
from app.model.time_point import Relation
from app.model.title import TitleSlots
from app.model.when import When


class TimexType(StrEnum):
    """The types of TIMEX3 (ISO-TimeML)."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


@dataclass(frozen=True, slots=True)
class TemporalExpression:
    """A TIMEX3: words of a paragraph that denote a time, and their value.

    ``start`` and ``end`` index the reading's text (``end`` exclusive). ``value`` is in the notation of tags: a
    session of a body not yet known is ``session:73`` (``session:next``, ``session:current``), a day without a year
    ``XXXX-09-26``, a duration ``P60D``. ``modifier`` is what the words around make of it: ``by``, ``before``,
    ``until``, ``from``, ``after``, ``every`` … or empty. ``body`` is the slug of the body to which a session
    belongs, ``part`` ``main`` or ``resumed``. ``cited`` marks the date of an instrument, a letter or a past
    event, from which no event follows.
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
    doubt: str = ""
    """Why the value is not certain, as a slug: ``day.impossible``, ``weekday.contradicts``, ``year.broken`` …

    A doubtful expression makes no decided item.
    """

    @property
    def relation(self) -> Relation:
        """The modifier as a Relation."""
        return Relation(self.modifier)

    @property
    def when(self) -> When | None:
        """The value as a When; None where it notes none, as of an impossible day."""
        return When.try_parse(self.value)


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
    slots: TitleSlots | None = None
    clause: str = ""
    """The sentence or sub-paragraph that states the act, shortened in its middle."""
    target: bool = False
    """A goal such as "by 2030", which nobody is asked to submit or hold."""
    budget: bool = False
    """An appropriation, an assessment or a scale, for a period."""
    appeal: bool = False
    """Of an obligation without a date: an exhortation without a deliverable of a named organ."""


NAME_REASONS: Final = frozenset({"year.in-a-name", "repeat.in-a-name"})
"""The reasons of what is no time at all: "the 2030 Agenda", "the Quarterly Market Outlook"."""


@dataclass(frozen=True, slots=True)
class Unread:
    """Words that look like a time in an operative paragraph and could not be resolved.

    ``span`` indexes the stored text; ``reason`` is a slug.
    """

    paragraph: str | None
    span: Span
    quote: str
    value: str
    reason: str

    @property
    def is_name(self) -> bool:
        """Whether the words are a part of a name and no time at all, such as "the 2030 Agenda".

        >>> Unread("1", Span(0, 4), "2030", "2030", "year.in-a-name").is_name
        True
        """
        return self.reason in NAME_REASONS
