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
from app.web.views import Row, certain

# The order of days is that of the language's first country in CLDR, English as the United Nations writes it.
_LOCALES: Final = {"en": "en_GB", "fr": "fr_FR", "es": "es_ES", "ru": "ru_RU", "zh": "zh_Hans_CN", "ar": "ar_EG"}
# A span longer than this says nothing of the days within it.
_LONGEST: Final = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of the month's table."""

    number: int
    inside: bool
    today: bool
    items: tuple[Row, ...]


def weekdays(language: str) -> list[tuple[str, str]]:
    """The days of the week, short and long, in the order of the language."""
    locale = Locale.parse(_LOCALES[language])
    short, long = get_day_names("narrow", "stand-alone", locale), get_day_names("wide", "stand-alone", locale)
    return [(short[day], long[day]) for day in Calendar(locale.first_week_day).iterweekdays()]


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


def weeks(month: date, today: date, language: str, events: Iterable[tuple[Revision, Row]]) -> list[list[Cell]]:
    """The weeks that touch the month of ``month``, each event on its days."""
    locale = Locale.parse(_LOCALES[language])
    listed = Calendar(locale.first_week_day).monthdatescalendar(month.year, month.month)
    standing: dict[date, list[Row]] = {}
    for revision, row in events:
        for day in days_of(revision.event, listed[0][0], listed[-1][-1]):
            standing.setdefault(day, []).append(row)
    return [
        [Cell(day.day, day.month == month.month, day == today, tuple(standing.get(day, ()))) for day in week]
        for week in listed
    ]
