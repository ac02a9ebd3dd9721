"""A month as weeks of days, with what stands on each."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from babel import Locale
from babel.dates import get_day_names

from app.almanac import occurrences
from app.model import Event, Revision
from app.web.dates import certain
from app.web.views import Row

# The order of days is that of the language's first country in CLDR, English as the United Nations writes it.
_LOCALES: Final = {"en": "en_GB", "fr": "fr_FR", "es": "es_ES", "ru": "ru_RU", "zh": "zh_Hans_CN", "ar": "ar_EG"}
# A span longer than this says nothing of the days within it.
_LONGEST: Final = timedelta(days=14)
_MOST: Final = 4
"""The events that a day of the month lists; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of the month's table; ``context`` are sessions, observances and holidays, ``more`` events not listed."""

    day: date
    inside: bool
    today: bool
    items: tuple[Row, ...]
    context: tuple[Row, ...]
    more: int


def weekdays(language: str) -> list[tuple[str, str]]:
    """The days of the week, short and long, in the order of the language."""
    locale = Locale.parse(_LOCALES[language])
    short, long = get_day_names("narrow", "stand-alone", locale), get_day_names("wide", "stand-alone", locale)
    # In Arabic CLDR's narrow names are letters that repeat; the names without their article are still short.
    named = {day: long[day].removeprefix("ال") if language == "ar" else short[day] for day in range(7)}
    return [(named[day], long[day]) for day in Calendar(locale.first_week_day).iterweekdays()]


def touched(month: date, language: str) -> tuple[date, date]:
    """The first and the last day of the weeks that touch the month of ``month``, both inclusive."""
    listed = Calendar(Locale.parse(_LOCALES[language]).first_week_day).monthdatescalendar(month.year, month.month)
    return listed[0][0], listed[-1][-1]


def days_of(event: Event, first: date, last: date) -> Iterable[date]:
    """The days from ``first`` to ``last``, inclusive, on which the event is; none for one whose day is not known."""
    start, end = event.start or event.end, event.end or event.start
    if start is None or end is None or not certain(event) or end - start > _LONGEST:
        return
    length = end - start
    begins = occurrences(start, event.recurrence, first - length, last) if event.recurrence else (start,)
    for begin in begins:
        for offset in range(length.days + 1):
            day = begin + timedelta(days=offset)
            if first <= day <= last:
                yield day


def placed(revisions: Iterable[Revision], first: date, last: date) -> dict[date, list[Revision]]:
    """What stands on each day from ``first`` to ``last``, inclusive."""
    found: dict[date, list[Revision]] = {}
    for revision in revisions:
        for day in days_of(revision.event, first, last):
            found.setdefault(day, []).append(revision)
    return found


def weeks(
    month: date, today: date, language: str, standing: dict[date, list[Row]], context: dict[date, list[Row]]
) -> list[list[Cell]]:
    """The weeks that touch the month of ``month``, each event on its days."""
    listed = Calendar(Locale.parse(_LOCALES[language]).first_week_day).monthdatescalendar(month.year, month.month)
    return [
        [
            Cell(
                day,
                day.month == month.month,
                day == today,
                tuple(standing.get(day, ())[:_MOST]),
                tuple(context.get(day, ())[:_MOST]),
                max(0, len(standing.get(day, ())) - _MOST),
            )
            for day in week
        ]
        for week in listed
    ]
