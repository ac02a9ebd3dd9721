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
class Setting:
    """Days as they are set: ``above``, ``figures`` and ``below`` for days of one month; ``first`` and ``last`` for days
    apart, either of which may be open; ``said`` is the same in one line. All empty where there is no day.
    """

    above: str = ""
    figures: str = ""
    below: str = ""
    first: str = ""
    last: str = ""
    said: str = ""

    def __bool__(self) -> bool:
        return bool(self.said)


def setting(event: Event, language: str, ahead: date | None = None) -> Setting:
    """The event's days; of one that recurs its next on or after ``ahead``, else its day of the year."""
    start, end = event.start, event.end
    if event.recurrence and start:
        following = next_day(event, ahead) if ahead else None
        if following is None and event.recurrence.startswith("FREQ=YEARLY") and start == (end or start):
            above, figures, below = format_day_parts(start, start, language, year=False)
            return Setting(above, figures, below, said=format_month_day(start, language))
        if following is not None:
            start, end = following, following + ((end or start) - start)
    if start and end:
        return _span(event, start, end, language)
    if end:
        said = gettext(gettext_noop("by {day}"), language, day=format_days(end, end, language))
        return Setting(last=format_short_day(end, language), said=said)
    if start:
        said = gettext(gettext_noop("from {day}"), language, day=format_days(start, start, language))
        return Setting(first=format_short_day(start, language), said=said)
    return Setting()


def _span(event: Event, start: date, end: date, language: str) -> Setting:
    said = format_days(start, end, language)
    when = When.try_parse(event.when)
    sides = when.dates if when is not None else None
    if sides is not None and all(side is not None and side.month is None for side in sides):
        figures = "–".join(dict.fromkeys(str(side) for side in sides))
        return Setting(figures=figures, said=figures)
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
        return Setting(above, name, below, said=format_month(start, language))
    if (start.year, start.month) == (end.year, end.month):
        above, figures, below = format_day_parts(start, end, language)
        return Setting(above, figures, below, said=said)
    return Setting(first=format_short_day(start, language), last=format_short_day(end, language), said=said)


def lost(event: Event, history: Iterable[Revision], language: str) -> Setting:
    """The last days of an event that has none any more; ``history`` is every revision up to the present one."""
    if event.start or event.end:
        return Setting()
    days = [setting(item.event, language) for item in history if item.event.start or item.event.end]
    return days[-1] if days else Setting()


def next_day(event: Event, ahead: date) -> date | None:
    """The day on which a recurring event's next occurrence on or after ``ahead`` begins; None where there is none."""
    if not (event.recurrence and event.start):
        return None
    return next(iter(occurrences(event.start, event.recurrence, ahead, date.max)), None)


def placed(event: Event, ahead: date) -> date:
    """The day by which a list that begins at ``ahead`` orders the event; the last of all for one without a day."""
    if event.recurrence and event.start:
        length = (event.end or event.start) - event.start
        return next_day(event, max(ahead - length, event.start)) or event.start
    return event.start or event.end or date.max


def certain(event: Event) -> bool:
    """Whether the event's days are days on which something is to be, not a span in which it may be."""
    return event.certainty in (Certainty.DECIDED, Certainty.DERIVED)


def cycle(event: Event, language: str) -> str:
    """What is said of the cycle of one that recurs, without the day from which it does; else empty."""
    return format_time(replace(event, start=None), language) if event.recurrence else ""
