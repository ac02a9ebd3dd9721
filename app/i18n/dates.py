"""Days as each language writes them: CLDR by way of babel, and the patterns of ``labels.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache

from babel.dates import format_date, get_month_names, get_timezone_location

from app.i18n.profile import LanguageProfile, profile

_MONDAY = date(2000, 1, 3)


@lru_cache(maxsize=16384)
def format_day(day: date, language: str, *, weekday: bool = False) -> str:
    """Return ``day`` written out in ``language``.

    >>> format_day(date(2018, 3, 28), "en"), format_day(date(2018, 3, 28), "zh")
    ('28 March 2018', '2018年3月28日')
    """
    chosen = profile(language)
    if not weekday:
        return _format(day, chosen.day, chosen)
    if chosen.months or (chosen.first_day and day.day == 1):
        return f"{format_weekday(day.weekday(), language)} {_format(day, chosen.day, chosen)}"
    return str(format_date(day, "full", locale=chosen.locale))


def format_month(day: date, language: str) -> str:
    """Return the month of ``day`` with its year.

    >>> format_month(date(2018, 5, 14), "en")
    'May 2018'
    """
    chosen = profile(language)
    return _format(day, chosen.month, chosen)


def format_month_name(month: int, language: str) -> str:
    """Return the name of ``month`` (1 to 12).

    >>> format_month_name(5, "en"), format_month_name(5, "zh")
    ('May', '5月')
    """
    chosen = profile(language)
    return _format(date(2000, month, 2), chosen.month_name, chosen)


def format_weekday(weekday: int, language: str) -> str:
    """Return the name of ``weekday`` (Monday is 0).

    >>> format_weekday(6, "en")
    'Sunday'
    """
    return str(format_date(_MONDAY.replace(day=_MONDAY.day + weekday), "EEEE", locale=profile(language).locale))


def format_month_day(day: date, language: str) -> str:
    """Return the day and month of ``day``.

    >>> format_month_day(date(2018, 9, 26), "en")
    '26 September'
    """
    chosen = profile(language)
    return _format(day, chosen.yearly, chosen)


def format_days(start: date, end: date, language: str) -> str:
    """Return the days from ``start`` to ``end``, both inclusive.

    >>> format_days(date(2018, 5, 14), date(2018, 5, 16), "en")
    '14–16 May 2018'
    """
    if start == end:
        return format_day(start, language)
    chosen = profile(language)
    if (start.year, start.month) == (end.year, end.month):
        if chosen.complete == "first":
            return chosen.same_month.format(first=format_day(start, language), last=end.day)
        return chosen.same_month.format(first=start.day, last=format_day(end, language))
    if chosen.complete == "first":
        tail = format_month_day(end, language) if start.year == end.year else format_day(end, language)
        return chosen.same_month.format(first=format_day(start, language), last=tail).removesuffix(_unit(chosen))
    head = format_month_day(start, language) if start.year == end.year else format_day(start, language)
    return f"{head} – {format_day(end, language)}"


def format_short_day(day: date, language: str) -> str:
    """Return ``day`` with its month abbreviated where the language does so.

    >>> format_short_day(date(2018, 9, 18), "en")
    '18 Sept 2018'
    """
    chosen = profile(language)
    return _format(day, chosen.short_day, chosen, first_day=False)


def format_day_parts(start: date, end: date, language: str, *, year: bool = True) -> tuple[str, str, str]:
    """Return the days ``start`` to ``end`` of one month, inclusive, for a page margin.

    The parts are the line above the figures, the figures, and the line below. Without ``year`` only the month is named.

    >>> format_day_parts(date(2018, 5, 14), date(2018, 5, 16), "en")
    ('', '14–16', 'May 2018')
    """
    chosen = profile(language)
    first = chosen.first_day if chosen.first_day and start.day == 1 else str(start.day)
    figures = first if start == end else f"{first}{chosen.dash}{end.day}"
    figures = chosen.edge_figures.format(figures=figures)
    month = _format(start, chosen.edge_month if year else chosen.edge_month_alone, chosen)
    return (month, figures, "") if chosen.edge == "above" else ("", figures, month)


@lru_cache(maxsize=512)
def translate_city(zone: str, language: str) -> str:
    """Return the city of a time zone.

    >>> translate_city("America/New_York", "en"), translate_city("America/New_York", "zh")
    ('New York', '纽约')
    """
    return str(get_timezone_location(zone, locale=profile(language).locale, return_city=True))


@cache
def _months(language: str) -> Mapping[int, str]:
    """Return the names of months as dates use them, by number from 1.

    Loading a store formats more days than the cache of ``format_day`` holds.
    """
    chosen = profile(language)
    return dict(enumerate(chosen.months, 1)) if chosen.months else dict(get_month_names("wide", locale=chosen.locale))


def _format(day: date, pattern: str, chosen: LanguageProfile, *, first_day: bool = True) -> str:
    """Return ``day`` in a CLDR pattern, with the profile's month names and first of a month."""
    if first_day and chosen.first_day and day.day == 1 and pattern.startswith("d "):
        pattern = f"'{chosen.first_day}'{pattern[1:]}"
    elif pattern == "d MMMM y":
        return f"{day.day} {_months(chosen.language)[day.month]} {day.year}"
    if chosen.months and "MMMM" in pattern:
        pattern = pattern.replace("MMMM", f"'{_months(chosen.language)[day.month]}'")
    return str(format_date(day, pattern, locale=chosen.locale))


def _unit(chosen: LanguageProfile) -> str:
    """Return the suffix of a range, which the last day carries when it is written in full."""
    return chosen.same_month.rpartition("}")[2]
