"""The times that a paragraph states, with their kinds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from app.model import TemporalExpression


class TimeKind(Enum):
    """The kind of a time, as far as the rules distinguish it."""

    DATE = "date"
    BY = "by"
    FROM = "from"
    SESSION = "session"
    REPEAT = "repeat"
    OFFSET = "offset"
    LENGTH = "length"
    YEARLY = "yearly"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class TimeReference:
    """A time that a paragraph states, in the notation of ``When``.

    ``start`` and ``end`` (exclusive) index the reading. ``passing`` marks a time that only qualifies a name (a year
    before it, an adjective): it needs a reason to count.
    """

    start: int
    end: int
    when: str
    shape: TimeKind
    rule: str
    value: str
    body: str | None = None
    passing: bool = False
    until: bool = False
    """It is the last day of something that lasts."""
    known: bool = True
    """Of a session: the almanac knows which one is current at the adoption."""
    current: bool = False
    """Of a session: it is the current one at the adoption."""
    yearless: str = ""
    """Of a day without a year: what it is in the first year after the adoption that has it."""
    alternatives: tuple[str, ...] = ()
    relation: str = ""
    """What the preposition states, as ``Relation``; empty is at."""
    doubt: str = ""
    """Why the time is not certain, as TemporalExpression has it; a doubtful time makes no decided item."""


@dataclass(frozen=True, slots=True)
class RejectedTime:
    """An expression that was not taken as a time.

    ``reason`` is empty where it is a citation, is past, or fixes no time.
    """

    x: TemporalExpression
    reason: str
