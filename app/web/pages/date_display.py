"""The date of an event as it is set at the edge of a page: large figures, in the reader's order of day and month."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from app.almanac import occurrences
from app.i18n import (
    format_day_parts,
    format_days,
    format_month,
    format_month_day,
    format_month_name,
    format_short_day,
    format_time,
    gettext,
    gettext_noop,
)
from app.model import Certainty, Event, Revision, When


@dataclass(frozen=True, slots=True)
class DisplayDates:
    """An event's dates for display.

    ``above``, ``figures`` and ``below`` are set for days of one month; ``first`` and ``last`` for days apart, either of
    which may be open; ``text`` is the same in one line. All are empty where there is no date.
    """

    above: str = ""
    figures: str = ""
    below: str = ""
    first: str = ""
    last: str = ""
    text: str = ""

    def __bool__(self) -> bool:
        return bool(self.text)


def display_dates(event: Event, language: str, ahead: date | None = None) -> DisplayDates:
    """Return the event's dates for display.

    Of a recurring event its next occurrence on or after ``ahead``, else its day of the year.
    """
    start, end = event.start, event.end
    if event.recurrence and start:
        following = next_day(event, ahead) if ahead else None
        if following is None and event.recurrence.startswith("FREQ=YEARLY") and start == (end or start):
            above, figures, below = format_day_parts(start, start, language, year=False)
            return DisplayDates(above, figures, below, text=format_month_day(start, language))
        if following is not None:
            start, end = following, following + ((end or start) - start)
    if start and end:
        return _span(event, start, end, language)
    if end:
        text = gettext(gettext_noop("by {day}"), language, day=format_days(end, end, language))
        return DisplayDates(last=format_short_day(end, language), text=text)
    if start:
        text = gettext(gettext_noop("from {day}"), language, day=format_days(start, start, language))
        return DisplayDates(first=format_short_day(start, language), text=text)
    return DisplayDates()


def _span(event: Event, start: date, end: date, language: str) -> DisplayDates:
    text = format_days(start, end, language)
    when = When.try_parse(event.when)
    sides = when.dates if when is not None else None
    if sides is not None and all(side is not None and side.month is None for side in sides):
        figures = "–".join(dict.fromkeys(str(side) for side in sides))
        return DisplayDates(figures=figures, text=figures)
    if (
        when is not None
        and when.is_calendar
        and sides is not None
        and sides[0] == sides[1]
        and sides[0]
        and not sides[0].day
    ):
        name = format_month_name(start.month, language)
        year = f"{start.year}年" if language == "zh" else str(start.year)
        above, below = (year, "") if language == "zh" else ("", year)
        return DisplayDates(above, name, below, text=format_month(start, language))
    if (start.year, start.month) == (end.year, end.month):
        above, figures, below = format_day_parts(start, end, language)
        return DisplayDates(above, figures, below, text=text)
    return DisplayDates(first=format_short_day(start, language), last=format_short_day(end, language), text=text)


def lost_dates(event: Event, history: Iterable[Revision], language: str) -> DisplayDates:
    """Return the last dates of an event that has none any more.

    ``history`` is every revision up to the present one.
    """
    if event.start or event.end:
        return DisplayDates()
    days = [display_dates(item.event, language) for item in history if item.event.start or item.event.end]
    return days[-1] if days else DisplayDates()


def next_day(event: Event, ahead: date) -> date | None:
    """Return the first day of the next occurrence on or after ``ahead``, or None."""
    if not (event.recurrence and event.start):
        return None
    return next(iter(occurrences(event.start, event.recurrence, ahead, date.max)), None)


def sort_day(event: Event, ahead: date) -> date:
    """Return the day by which a list that begins at ``ahead`` sorts the event.

    ``date.max`` where it has no day.
    """
    if event.recurrence and event.start:
        length = (event.end or event.start) - event.start
        return next_day(event, max(ahead - length, event.start)) or event.start
    return event.start or event.end or date.max


def certain(event: Event) -> bool:
    """Return whether the event takes place on its days, not at some time within a span."""
    return event.certainty in (Certainty.DECIDED, Certainty.DERIVED)


def say_cycle(event: Event, language: str) -> str:
    """Return the cycle of a recurring event in words, without its first day; else ""."""
    return format_time(replace(event, start=None), language) if event.recurrence else ""
