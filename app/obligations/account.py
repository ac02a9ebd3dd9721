"""The account of times: every time expression of the operative part is an item, an attribute, a name, or unread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.model import NAME_REASONS, Span, TemporalExpression


class TimeOutcome(StrEnum):
    """What became of a time expression. The closed list."""

    ITEM = "item"
    ATTRIBUTE = "attribute"
    """It identifies which thing is meant, or dates what is past, denied or only noted; its reason says which."""
    NAME = "name"
    UNREAD = "unread"
    """It looks like a time and could not be placed; its reason is listed."""


ATTRIBUTE_REASONS: Final = frozenset(
    {
        *("time.past", "time.cited", "time.merged", "time.replaced", "time.restated", "length.past"),
        *("length.describes", "length.mentioned", "length.of-term", "session.past", "session.current"),
        *("act.described", "session.held"),
    }
)
"""The reasons of times that were read and date nothing ahead: shown in the account, never under ``unread``."""


@dataclass(frozen=True, slots=True)
class TimeReading:
    """A time expression and its outcome.

    ``span`` indexes the stored text; ``reason`` is a slug or empty.
    """

    paragraph: str
    span: Span
    value: str
    outcome: TimeOutcome
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PlacedTime:
    """A stretch of a paragraph with its outcome; ``end`` is exclusive."""

    start: int
    end: int
    outcome: TimeOutcome
    reason: str = ""


def outcome_of(reason: str) -> TimeOutcome:
    """Return the outcome of a time that makes no item, by its reason.

    >>> outcome_of("year.in-a-name").value, outcome_of("date.no-year").value, outcome_of("time.past").value
    ('name', 'unread', 'attribute')
    """
    if reason in NAME_REASONS:
        return TimeOutcome.NAME
    return TimeOutcome.ATTRIBUTE if not reason or reason in ATTRIBUTE_REASONS else TimeOutcome.UNREAD


def settle_outcome(
    expression: TemporalExpression, placed: Sequence[PlacedTime], otherwise: str = "time.merged"
) -> PlacedTime:
    """Return the outcome of ``expression``: an item if any stretch over it is one.

    Without a stretch over it, it is an attribute for the reason ``otherwise``.

    >>> from app.model import TimexType
    >>> year = TemporalExpression(8, 12, "2030", TimexType.DATE, "2030", "year")
    >>> placed = [PlacedTime(4, 19, TimeOutcome.NAME, "year.in-a-name"), PlacedTime(8, 12, TimeOutcome.ITEM)]
    >>> settle_outcome(year, placed).outcome.value, settle_outcome(year, []).reason
    ('item', 'time.merged')
    """
    over = [one for one in placed if one.start < expression.end and expression.start < one.end]
    order = list(TimeOutcome)
    return min(
        over,
        key=lambda one: (one.outcome is not TimeOutcome.ITEM, order.index(one.outcome) * -1),
        default=PlacedTime(expression.start, expression.end, TimeOutcome.ATTRIBUTE, otherwise),
    )


def count_outcomes(readings: Iterable[TimeReading]) -> Mapping[str, int]:
    """Return the number of expressions by outcome, with their sum as ``expressions``.

    >>> dict(count_outcomes([]))
    {'expressions': 0, 'item': 0, 'attribute': 0, 'name': 0, 'unread': 0}
    """
    found = Counter(reading.outcome.value for reading in readings)
    return {"expressions": found.total()} | {outcome.value: found[outcome.value] for outcome in TimeOutcome}
