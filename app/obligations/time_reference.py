"""The times that a paragraph states, and of what sort they are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from app.model import TemporalExpression


class TimeKind(Enum):
    """What sort of time it is, as far as rules ask."""

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
    """A time that a paragraph states, in the notation of ``when``; ``start`` and ``end`` index the reading.

    ``passing`` marks what only qualifies a name (a year before it, an adjective): it needs a reason to count.
    ``weak`` is why it may be no commitment at all, or empty.
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
    """Of a session: the almanac knows which one stands at the adoption."""
    current: bool = False
    """Of a session: it is the one that stands at the adoption."""
    yearless: str = ""
    """Of a day without a year: what it is in the first year after the adoption that has it."""
    alternatives: tuple[str, ...] = ()
    relation: str = ""
    """What the preposition states, as ``Relation``; empty is at."""
    doubt: str = ""
    """Why the time is not certain, as TemporalExpression has it; a doubtful time makes no decided item."""


@dataclass(frozen=True, slots=True)
class RejectedTime:
    """An expression that became no time; ``reason`` is empty where it is a citation, past, or fixes no time."""

    x: TemporalExpression
    reason: str
