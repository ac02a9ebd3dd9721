"""The rule "first WEEKDAY on or after a day of the year", fitted to days of different years."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class WeekdayRule:
    """The first ``weekday`` (0 is Monday) on or after day ``offset`` of the year.

    Offset 0 is 1 January.
    """

    weekday: int
    offset: int

    def day(self, year: int) -> date:
        """Return the day of ``year``.

        >>> WeekdayRule(0, 50).day(2027)
        datetime.date(2027, 2, 22)
        """
        first = date(year, 1, 1) + timedelta(self.offset)
        return first + timedelta((self.weekday - first.weekday()) % 7)

    def text(self) -> str:
        """Return the rule in English.

        >>> WeekdayRule(0, 50).text()
        'first Monday on or after 20 February'
        """
        # The offset is counted in a year without a leap day.
        day = date(2023, 1, 1) + timedelta(self.offset)
        names = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
        return f"first {names[self.weekday]} on or after {day.day} {day:%B}"


def day_of_year(day: date) -> int:
    """Return the days from 1 January to ``day``.

    >>> day_of_year(date(2027, 2, 1))
    31
    """
    return (day - date(day.year, 1, 1)).days


@functools.lru_cache(4096)
def _fit(starts: tuple[date, ...]) -> WeekdayRule:
    weekdays = Counter(day.weekday() for day in starts)
    offsets = [day_of_year(day) for day in starts]
    middle = sorted(offsets)[len(offsets) // 2]
    best: tuple[tuple[float, ...], WeekdayRule] | None = None
    for weekday, count in sorted(weekdays.items()):
        for offset in range(max(0, min(offsets) - 13), max(offsets) + 2):
            rule = WeekdayRule(weekday, offset)
            error = sum(min(abs((rule.day(day.year) - day).days), 30) for day in starts)
            # Of equally good rules the one that leaves the same margin on both sides.
            rank = (error, -count, abs(offset + 3 - middle))
            if best is None or rank < best[0]:
                best = (rank, rule)
    # There is a weekday and an offset for any day, so there is a best rule.
    return best[1] if best else WeekdayRule(0, 0)


def fit_rule(starts: Sequence[date]) -> WeekdayRule:
    """Return the weekday rule that fits ``starts`` best.

    Raises ValueError where there are no days.

    >>> fit_rule([date(2024, 3, 11), date(2025, 3, 10), date(2026, 3, 9)]).day(2027)
    datetime.date(2027, 3, 8)
    """
    if not starts:
        raise ValueError("no days to fit a rule to")
    return _fit(tuple(starts))
