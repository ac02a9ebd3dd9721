"""Days and how they come about: what a time comes to, sessions, holidays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, TypeAlias

from app.model.enums import Certainty

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2199
"""First and last year, both inclusive, of the days that are accepted.

No instrument fixes a day outside them, and libraries fail at the ends of the calendar (the day after 9999-12-31).
"""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a derivation: the rule and the facts it was applied to.

    ``app.i18n`` words it for readers.
    """

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
    """A time known only to lie from day ``start`` to day ``end``, both inclusive.

    None marks an open side.
    """

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
    """A day that a rule derives from an item, as a submission date.

    ``arithmetic`` is the proof in English words.
    """

    name: str
    day: date
    certainty: Certainty
    proof: tuple[Step, ...] = ()
    arithmetic: str = ""


@dataclass(frozen=True, slots=True)
class Session:
    """A session of a body from day ``opens`` to day ``closes``, both inclusive.

    ``forecast`` is set when only a rule gives the days.
    """

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
    """A United Nations holiday at Headquarters.

    ``official`` is set when a circular published it; otherwise it is computed.
    """

    day: date
    name: str
    official: bool
    source: str
