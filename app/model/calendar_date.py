"""A date of the calendar to the precision that a text gives: a day, a month, a year, with or without its year."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

_NOTATION: Final = re.compile(r"(\d{4}|XXXX)(?:-(\d\d)(?:-(\d\d))?)?\Z", re.ASCII)
_LEAP: Final = 2000
"""Without a year, 29 February is a day."""


@dataclass(frozen=True, slots=True)
class CalendarDate:
    """``2018-03-28``, ``2018-03``, ``2018``; without a year ``XXXX-03-28``, ``XXXX-03``."""

    year: int | None
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, text: str) -> CalendarDate:
        """Return the date that ``text`` notes.

        Raises ValueError for other text and for a day that does not exist.

        >>> CalendarDate.parse("XXXX-09-26")
        CalendarDate(year=None, month=9, day=26)
        """
        match = _NOTATION.match(text)
        if match is None or text == "XXXX":
            raise ValueError(f"not a date: {text!r}")
        return cls.of(None if match[1] == "XXXX" else match[1], match[2], match[3])

    @classmethod
    def try_parse(cls, text: str) -> CalendarDate | None:
        """Return the date that ``text`` notes, or None for other text.

        Raises ValueError for a day that does not exist.

        >>> print(CalendarDate.try_parse("GA73"))
        None
        """
        return cls.parse(text) if _NOTATION.match(text) and text != "XXXX" else None

    @classmethod
    def of(cls, year: str | None, month: str | None, day: str | None) -> CalendarDate:
        """Return the date of these figures. Raises ValueError where it does not exist.

        >>> CalendarDate.of("2028", "02", "29").first_day
        datetime.date(2028, 2, 29)
        """
        result = cls(int(year) if year else None, int(month) if month else None, int(day) if day else None)
        date(result.year if result.year is not None else _LEAP, result.month or 1, result.day or 1)
        return result

    @classmethod
    def of_day(cls, day: date) -> CalendarDate:
        """Return the date of a day.

        >>> str(CalendarDate.of_day(date(2018, 3, 28)))
        '2018-03-28'
        """
        return cls(day.year, day.month, day.day)

    def __str__(self) -> str:
        month = f"-{self.month:02}" if self.month else ""
        day = f"-{self.day:02}" if self.day else ""
        return (f"{self.year:04}" if self.year is not None else "XXXX") + month + day

    @property
    def month_day(self) -> tuple[int, int]:
        """Month and day, 0 where it has none; for comparing within a year."""
        return self.month or 0, self.day or 0

    @property
    def first_day(self) -> date | None:
        """The first day of it; None without a year.

        >>> CalendarDate(2018).first_day
        datetime.date(2018, 1, 1)
        """
        return None if self.year is None else date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> date | None:
        """The last day of it; None without a year.

        >>> CalendarDate(2028, 2).last_day
        datetime.date(2028, 2, 29)
        """
        if self.year is None:
            return None
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def in_year(self, year: int) -> CalendarDate:
        """Return the same date in ``year``. Raises ValueError where it does not exist.

        >>> str(CalendarDate(None, 9, 26).in_year(2027))
        '2027-09-26'
        """
        date(year, self.month or 1, self.day or 1)
        return replace(self, year=year)
