"""Notes on the days of an event: occurrences held on another day, days that are no working days."""

from __future__ import annotations

from itertools import groupby

from app.almanac import almanac
from app.almanac.moved_days import days_off, moved_days
from app.i18n import format_day, gettext, gettext_noop
from app.model import Event

_WEEKEND = gettext_noop("falls on a weekend: {day}")
_HOLIDAY = gettext_noop("falls on a United Nations holiday ({name}): {day}")
_MOVED = gettext_noop("held on {held} instead of {day} (source: {source})")


def off_note(event: Event, language: str) -> list[str]:
    """Return lines that say which days of the event are no working days at Headquarters.

    >>> from app.feeds.sample import SAMPLE_EVENT
    >>> from dataclasses import replace
    >>> from datetime import date
    >>> off_note(replace(SAMPLE_EVENT, start=date(2026, 12, 25), end=date(2026, 12, 25)), "en")
    ['falls on a United Nations holiday (Christmas Day): Friday, 25 December 2026']
    """
    lines = []
    for reason, days in groupby(sorted(days_off(event), key=lambda item: item[1]), key=lambda item: item[1]):
        shown = "; ".join(format_day(day, language, weekday=True) for day, _ in days)
        if reason == "weekend":
            lines.append(gettext(_WEEKEND, language, day=shown))
        else:
            lines.append(gettext(_HOLIDAY, language, name=almanac().say(reason, language), day=shown))
    return lines


def moved_note(event: Event, language: str) -> list[str]:
    """Return a line with its source for each occurrence held on another day.

    >>> from app.feeds.sample import SAMPLE_EVENT
    >>> moved_note(SAMPLE_EVENT, "en")
    []
    """
    return [
        gettext(
            _MOVED, language, held=format_day(item.held, language), day=format_day(item.day, language),
            source=item.source,
        )
        for item in moved_days(event)
    ]  # fmt: skip
