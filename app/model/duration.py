"""Lengths of time in ISO 8601 notation, and how they move a day."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

_NOTATION: Final = re.compile(
    r"P(?:(\d{1,3})(?:\.(\d))?Y)?(?:(\d{1,3})(?:\.(\d))?M)?(?:(\d{1,3})W)?(?:(\d{1,4})D)?(?:(\d{1,3})WD)?(?:T(\d{1,4})H)?\Z"
)
_LAST_YEAR: Final = 9999
_HOURS_A_DAY: Final = 24


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time in ISO 8601: ``P60D``, ``P1Y6M``, ``PT48H``, ``P7.5M``.

    ``P20WD``, an extension, counts working days.

    ``tenths`` belong to the years, or to the months where there are no years.
    """

    years: int = 0
    months: int = 0
    weeks: int = 0
    days: int = 0
    working_days: int = 0
    hours: int = 0
    tenths: int = 0

    @classmethod
    def parse(cls, text: str) -> Duration:
        """Return the duration that ``text`` notes. Raises ValueError.

        >>> Duration.parse("P6M").months
        6
        """
        return _parse(text)

    def __str__(self) -> str:
        tenths = f".{self.tenths}" if self.tenths else ""
        years = f"{self.years}{tenths}Y" if self.years else ""
        months = f"{self.months}{tenths if not years else ''}M" if self.months or (tenths and not years) else ""
        rest = "".join(
            f"{count}{unit}"
            for count, unit in ((self.weeks, "W"), (self.days, "D"), (self.working_days, "WD"))
            if count
        )
        hours = f"T{self.hours}H" if self.hours else ""
        return f"P{years}{months}{rest}{hours}" if years or months or rest or hours else "P0D"

    @property
    def is_calendar(self) -> bool:
        """Whether it counts years or months, which differ in length."""
        return bool(self.years or self.months or self.tenths)

    @property
    def single_unit(self) -> tuple[str, int] | None:
        """The one unit that it counts and how many, or None; a length of zero counts days.

        >>> [Duration.parse(text).single_unit for text in ("P60D", "P20WD", "P2W", "P1Y6M", "PT48H", "P7.5M")]
        [('days', 60), ('working_days', 20), ('weeks', 2), None, None, None]
        """
        counts = {
            "days": self.days,
            "working_days": self.working_days,
            "weeks": self.weeks,
            "months": self.months,
            "years": self.years,
        }
        units = [unit for unit, count in counts.items() if count] or ["days"]
        return None if len(units) > 1 or self.hours or self.tenths else (units[0], counts[units[0]])

    @property
    def whole_days(self) -> int | None:
        """Its days, where it counts weeks and days alone; None with any other unit.

        >>> Duration.parse("P2W").whole_days, Duration.parse("P3D").whole_days, Duration.parse("P1M").whole_days
        (14, 3, None)
        """
        return None if self.is_calendar or self.working_days or self.hours else self.weeks * 7 + self.days

    def add_to(self, day: date, sign: int = 1, is_working: Callable[[date], bool] | None = None) -> date:
        """Return ``day`` moved forward (``sign`` 1) or back (-1).

        Years and months keep the day of the month, or end on the last day of a shorter month. Hours count as the days
        they make, rounded up. ``is_working`` tells working days; without it, they are Monday to Friday.
        Raises OverflowError beyond the calendar, ValueError for tenths of a month.

        >>> Duration.parse("P1M").add_to(date(2027, 1, 31)).isoformat()
        '2027-02-28'
        >>> Duration.parse("P5WD").add_to(date(2027, 5, 4), -1).isoformat()
        '2027-04-27'
        """
        twelfths = self.tenths * 12
        if (twelfths % 10 and self.years) or (self.tenths and not self.years):
            raise ValueError(f"no whole months: {self}")
        months = self.years * 12 + self.months + (twelfths // 10 if self.years else 0)
        year, month = divmod(day.year * 12 + day.month - 1 + sign * months, 12)
        if not 1 <= year <= _LAST_YEAR:
            raise OverflowError("beyond the calendar")
        moved = date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
        moved += sign * timedelta(self.weeks * 7 + self.days - (-self.hours // _HOURS_A_DAY))
        left = self.working_days
        while left:
            moved += timedelta(sign)
            left -= is_working(moved) if is_working is not None else moved.weekday() < calendar.SATURDAY
        return moved


@lru_cache(maxsize=1024)
def _parse(text: str) -> Duration:
    match = _NOTATION.match(text)
    if not match or not any(match.groups()):
        raise ValueError(f"not a duration: {text!r}")
    years, year_tenths, months, month_tenths, weeks, days, working, hours = (
        int(group or 0) for group in match.groups()
    )
    return Duration(years, months, weeks, days, working, hours, year_tenths or month_tenths)
