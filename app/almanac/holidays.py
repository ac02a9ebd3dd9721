"""United Nations holidays at Headquarters and working days.

A circular gives all holidays of its year (``official``); in other years rules compute them, and say so. No rule of the
organization was found that moves a deadline off a weekend or a holiday: such a day is flagged, never moved.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from importlib.resources.abc import Traversable
from pathlib import Path

from app.almanac.day_rules import DayRule
from app.almanac.entry import Entry, read_yaml
from app.errors import AlmanacError
from app.model import Holiday

_RULE_SOURCE = "computed by rule; to be held against the circular of the year"
_FIRST_RULED = 1998
"""The first year in which both Eid al-Fitr and Eid al-Adha were holidays; earlier years are not computed."""


@dataclass(frozen=True, slots=True)
class HolidayRule:
    """A holiday that comes by rule.

    ``observed``: a Saturday is kept on the Friday before, a Sunday on the Monday after.
    """

    name: str
    rule: DayRule
    observed: bool
    source: str

    def day(self, year: int) -> date:
        """Return the day on which the holiday of ``year`` is kept.

        It may lie in the year before. Raises AlmanacError for a rule without a day.
        """
        day = self.rule.day(year)
        if day is None:
            raise AlmanacError(f"{self.name} has no day", where="holidays.yaml", hint="give its rule a day")
        if self.observed and day.weekday() >= 5:
            return day + timedelta(1 if day.weekday() == 6 else -1)
        return day


@dataclass(frozen=True, slots=True)
class HolidayBook:
    """The holidays: circulars by year, rules, lunar days, days without meetings."""

    official: Mapping[int, tuple[Holiday, ...]] = field(default_factory=dict)
    rules: tuple[HolidayRule, ...] = ()
    computed: tuple[Holiday, ...] = ()
    no_meetings: tuple[HolidayRule, ...] = ()
    floating: tuple[Holiday, ...] = ()

    def of_year(self, year: int) -> tuple[Holiday, ...]:
        """Return the holidays that belong to ``year``, in order.

        New Year's Day may be kept on 31 December before.
        """
        if year in self.official:
            return self.official[year]
        if year < _FIRST_RULED:
            return ()
        ruled = [Holiday(rule.day(year), rule.name, False, rule.source) for rule in self.rules]
        lunar = [holiday for holiday in self.computed if holiday.day.year == year]
        return tuple(sorted(ruled + lunar, key=lambda holiday: (holiday.day, holiday.name)))

    def between(self, first: date, last: date) -> Iterator[Holiday]:
        """Yield the holidays from ``first`` to ``last`` (both inclusive), in order."""
        for year in range(first.year, last.year + 2):
            for holiday in self.of_year(year):
                if first <= holiday.day <= last:
                    yield holiday

    def without_meetings(self, first: date, last: date) -> Iterator[Holiday]:
        """Yield the working days from ``first`` to ``last`` without meetings."""
        for year in range(first.year, last.year + 1):
            for rule in self.no_meetings:
                if first <= rule.day(year) <= last:
                    yield Holiday(rule.day(year), rule.name, False, rule.source)

    def knows(self, year: int) -> bool:
        """Return whether every holiday of ``year`` is known or computed.

        It is not where the days of the lunar calendar are missing.
        """
        return year in self.official or any(holiday.day.year == year for holiday in self.computed)

    def off(self, day: date) -> str | None:
        """Return why ``day`` is no working day: ``weekend`` or the name of the holiday.

        None for a working day.
        """
        if day.weekday() >= 5:
            return "weekend"
        return next((holiday.name for holiday in self.between(day, day)), None)

    def is_working_day(self, day: date) -> bool:
        """Whether ``day`` is a Monday to Friday and no holiday."""
        return self.off(day) is None

    def working_days(self, first: date, last: date) -> int:
        """Count the working days from ``first`` to ``last`` (both inclusive).

        0 where ``last`` is earlier.
        """
        if last < first:
            return 0
        length = (last - first).days + 1
        weeks, rest = divmod(length, 7)
        days = weeks * 5 + sum((first.weekday() + place) % 7 < 5 for place in range(rest))
        return days - len({holiday.day for holiday in self.between(first, last) if holiday.day.weekday() < 5})


def read_holidays(directory: Path | Traversable) -> HolidayBook:
    """Return the holidays of holidays.yaml. Raises AlmanacError naming the key.

    >>> from importlib import resources
    >>> read_holidays(resources.files("app.almanac")).off(date(2017, 5, 29))
    'Memorial Day'
    """
    entry = Entry("holidays.yaml", read_yaml(directory, "holidays.yaml"))
    rules = tuple(_rule(item) for item in entry.entries("rules"))
    quiet = tuple(_rule(item) for item in entry.entries("no-meetings"))
    official: dict[int, tuple[Holiday, ...]] = {}
    for item in entry.entries("official"):
        year, source = item.number("year"), item.text("source")
        official[year] = tuple(_day(item.where, text, source, official=True) for text in item.texts("days"))
        item.done()
    lunar = entry.entry("computed")
    source = lunar.text("source")
    computed = tuple(_day(lunar.where, text, source, official=False) for text in lunar.texts("days"))
    lunar.done()
    floating = tuple(_floating(item) for item in entry.entries("floating"))
    entry.done()
    return HolidayBook(official, rules, computed, quiet, floating)


def _rule(entry: Entry) -> HolidayRule:
    observed = entry.text("observed", "no")
    rule = HolidayRule(
        entry.text("name"), DayRule(entry.text("days")), observed == "yes", entry.text("source", _RULE_SOURCE)
    )
    entry.done()
    rule.day(2000)
    return rule


def _day(where: str, text: str, source: str, *, official: bool) -> Holiday:
    day, _, name = text.partition(" ")
    try:
        return Holiday(date.fromisoformat(day), name, official, source)
    except ValueError as error:
        raise AlmanacError(f"not a day: {text!r}", where=where, hint="as in 2024-03-29 Good Friday") from error


def _floating(entry: Entry) -> Holiday:
    holiday = Holiday(entry.must_day("day"), entry.text("name"), True, entry.text("source"))
    entry.done()
    return holiday
