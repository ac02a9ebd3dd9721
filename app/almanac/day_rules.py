"""Rules that give a day of a year, in the words of the almanac's files: "tuesday of working week 3 of september"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN, easter

from app.errors import AlmanacError

_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_ORDINALS: Final = ("first", "second", "third", "fourth", "fifth")

_WORKING_WEEK: Final = re.compile(r"([a-z]+) of working week ([1-5]) of ([a-z]+)\Z")
_AFTER_NTH: Final = re.compile(r"([a-z]+) after ([a-z]+) ([a-z]+) of ([a-z]+)\Z")
_AFTER_DAY: Final = re.compile(r"first ([a-z]+) after (\d{1,2}) ([a-z]+)\Z")
_NTH: Final = re.compile(r"([a-z]+) ([a-z]+) of ([a-z]+)\Z")
_OFFSET: Final = re.compile(r"(\d{1,3}) days after opening\Z")
_PENULTIMATE: Final = re.compile(r"([a-z]+) of penultimate week of ([a-z]+)\Z")
_EASTER: Final = re.compile(r"(-?\d{1,2}) days from (orthodox )?easter\Z")
_FIXED: Final = re.compile(r"(\d{1,2}) ([a-z]+)\Z")
_SOME_DAY: Final = re.compile(r"some day of ([a-z]+)\Z")


@dataclass(frozen=True, slots=True)
class DayRule:
    """A rule that gives a day of a year, in the words of the almanac's files."""

    text: str

    def day(self, year: int, opening: date | None = None) -> date | None:
        """Return the day in ``year``; None when the rule says only the month.

        ``opening`` is the session's opening, for rules that count from it. Raises AlmanacError for an unknown form
        of rule.
        """
        try:
            return self._day(year, opening)
        except ValueError as error:
            raise AlmanacError(
                f"not a rule for a day: {self.text!r}", where="almanac", hint="sessions.yaml lists the forms"
            ) from error

    def _day(self, year: int, opening: date | None) -> date | None:
        if match := _WORKING_WEEK.match(self.text):
            first = date(year, MONTHS.index(match[3]) + 1, 1)
            # Weeks run from Monday; a first week without a Monday to Friday of the month does not count.
            monday = (
                first - timedelta(first.weekday()) if first.weekday() < 5 else first + timedelta(7 - first.weekday())
            )
            return monday + timedelta(7 * (int(match[2]) - 1) + _WEEKDAYS.index(match[1]))
        if match := _AFTER_NTH.match(self.text):
            anchor = nth_weekday(
                year, MONTHS.index(match[4]) + 1, _WEEKDAYS.index(match[3]), _ORDINALS.index(match[2]) + 1
            )
            return _next_weekday(anchor, _WEEKDAYS.index(match[1]))
        if match := _AFTER_DAY.match(self.text):
            return _next_weekday(date(year, MONTHS.index(match[3]) + 1, int(match[2])), _WEEKDAYS.index(match[1]))
        if match := _OFFSET.match(self.text):
            return None if opening is None else opening + timedelta(int(match[1]))
        if match := _SOME_DAY.match(self.text):
            MONTHS.index(match[1])
            return None
        if match := _PENULTIMATE.match(self.text):
            month = MONTHS.index(match[2]) + 1
            last = date(year + month // 12, month % 12 + 1, 1) - timedelta(1)
            return last - timedelta(last.weekday() + 7) + timedelta(_WEEKDAYS.index(match[1]))
        if match := _EASTER.match(self.text):
            return easter(year, EASTER_ORTHODOX if match[2] else EASTER_WESTERN) + timedelta(int(match[1]))
        if match := _FIXED.match(self.text):
            return date(year, MONTHS.index(match[2]) + 1, int(match[1]))
        if match := _NTH.match(self.text):
            number = -1 if match[1] == "last" else _ORDINALS.index(match[1]) + 1
            return nth_weekday(year, MONTHS.index(match[3]) + 1, _WEEKDAYS.index(match[2]), number)
        raise ValueError(self.text)

    @property
    def month(self) -> int | None:
        """The month of a rule that says only the month, else None."""
        match = _SOME_DAY.match(self.text)
        return MONTHS.index(match[1]) + 1 if match else None


def nth_weekday(year: int, month: int, weekday: int, number: int) -> date:
    """Return the ``number``-th ``weekday`` (Monday 0) of a month, -1 for the last.

    Raises ValueError for a fifth weekday that the month lacks.

    >>> nth_weekday(2027, 9, 0, 1)
    datetime.date(2027, 9, 6)
    """
    if number > 0:
        first = date(year, month, 1)
        day = first + timedelta((weekday - first.weekday()) % 7 + 7 * (number - 1))
    else:
        last = date(year + month // 12, month % 12 + 1, 1) - timedelta(1)
        day = last - timedelta((last.weekday() - weekday) % 7 + 7 * (-number - 1))
    if day.month != month:
        raise ValueError(f"{year}-{month:02} has no weekday {weekday} number {number}")
    return day


def _next_weekday(after: date, weekday: int) -> date:
    return after + timedelta((weekday - after.weekday() - 1) % 7 + 1)
