"""A month as weeks of days, with the events of each."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from babel import Locale
from babel.dates import get_day_names

from app.i18n import profile
from app.store import Slot
from app.web.pages.event_view import Row

# The order of days is that of the language's first country in CLDR, English as the United Nations writes it.
LONGEST: Final = 14
"""A span of more days than this, beyond its first, says nothing of the days within it."""
_MOST: Final = 4
"""The events that a day of the month lists at most; the rest are counted."""
_PAGE: Final = 100
"""The events that all days of a month list, about."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of the month's table; ``context`` are sessions, observances and holidays.

    ``more`` and ``beside`` count those of the one and of the other that are not listed.
    """

    day: date
    inside: bool
    today: bool
    items: tuple[Row, ...]
    context: tuple[Row, ...]
    more: int
    beside: int


def weekdays(language: str) -> list[tuple[str, str]]:
    """Return the short and long names of the days of the week, in the order of the language."""
    locale = Locale.parse(profile(language).locale)
    short, long = get_day_names("narrow", "stand-alone", locale), get_day_names("wide", "stand-alone", locale)
    article = profile(language).day_article
    # In Arabic CLDR's narrow names are letters that repeat; the names without their article are still short.
    named = {day: long[day].removeprefix(article) if article else short[day] for day in range(7)}
    return [(named[day], long[day]) for day in Calendar(locale.first_week_day).iterweekdays()]


def touched(month: date, language: str) -> tuple[date, date]:
    """Return the first and last day (inclusive) of the weeks that touch a month."""
    listed = _weeks(month, language)
    return listed[0][0], listed[-1][-1]


def _weeks(month: date, language: str) -> list[list[date]]:
    return Calendar(Locale.parse(profile(language).locale).first_week_day).monthdatescalendar(month.year, month.month)


def placed(slots: Iterable[Slot], first: date, last: date) -> dict[date, list[Slot]]:
    """Return the slots on each day from ``first`` to ``last``, inclusive."""
    found: dict[date, list[Slot]] = {}
    for slot in slots:
        for day in slot.days(first, last):
            found.setdefault(day, []).append(slot)
    return found


def listed(placed: dict[date, list[Slot]]) -> dict[date, list[Slot]]:
    """Return the slots that the month lists on each day."""
    limit = most(placed)
    return {day: slots[:limit] for day, slots in placed.items()}


def most(days: Collection[date]) -> int:
    """Return how many events a day lists: fewer in a full month, to bound the page."""
    return max(2, min(_MOST, _PAGE // max(1, len(days))))


def weeks(
    month: date,
    today: date,
    language: str,
    standing: dict[date, list[Row]],
    counts: dict[date, int],
    context: dict[date, list[Row]],
) -> list[list[Cell]]:
    """Return the weeks that touch the month of ``month``, with the events of each day.

    ``standing`` are the rows listed on a day, ``counts`` the number of all events of a day.
    """
    limit = most(counts.keys() | context.keys())
    return [
        [
            Cell(
                day,
                day.month == month.month,
                day == today,
                tuple(standing.get(day, ())),
                tuple(context.get(day, ())[:limit]),
                counts.get(day, 0) - len(standing.get(day, ())),
                len(context.get(day, ())[limit:]),
            )
            for day in week
        ]
        for week in _weeks(month, language)
    ]
