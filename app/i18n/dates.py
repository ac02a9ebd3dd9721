"""Days as each official language writes them (CLDR by way of babel; Arabic months in the UN's double form)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache
from typing import Final

from babel.dates import format_date, get_month_names, get_timezone_location

# Documents of the United Nations in Arabic name each month twice, Levantine form first.
ARABIC_MONTHS: Final = (
    "كانون الثاني/يناير",
    "شباط/فبراير",
    "آذار/مارس",
    "نيسان/أبريل",
    "أيار/مايو",
    "حزيران/يونيه",
    "تموز/يوليه",
    "آب/أغسطس",
    "أيلول/سبتمبر",
    "تشرين الأول/أكتوبر",
    "تشرين الثاني/نوفمبر",
    "كانون الأول/ديسمبر",
)

# English as the Editorial Manual of the United Nations writes it: day before month.
_LOCALE: Final = {"en": "en_GB", "fr": "fr", "es": "es", "ru": "ru", "zh": "zh_Hans"}


@lru_cache(maxsize=16384)
def say_day(day: date, language: str, *, weekday: bool = False) -> str:
    """``day`` written out in ``language``: "28 March 2018", "2018年3月28日", "28 آذار/مارس 2018"."""
    if language == "ar":
        written = f"{day.day} {ARABIC_MONTHS[day.month - 1]} {day.year}"
        return f"{format_date(day, 'EEEE', locale='ar')} {written}" if weekday else written
    if language == "fr" and day.day == 1:
        written = f"1er {format_date(day, 'MMMM y', locale='fr')}"
        return f"{format_date(day, 'EEEE', locale='fr')} {written}" if weekday else written
    if language == "en" and not weekday:
        return f"{day.day} {_english_months()[day.month]} {day.year}"
    return format_date(day, "full" if weekday else "long", locale=_LOCALE[language])


@cache
def _english_months() -> Mapping[int, str]:
    """The names of months; loading a store writes more days than any cache holds, and all in English."""
    return {month: get_month_names("wide", locale="en_GB")[month] for month in range(1, 13)}


def say_month(day: date, language: str) -> str:
    """The month of ``day`` with its year: "May 2018"."""
    if language == "ar":
        return f"{ARABIC_MONTHS[day.month - 1]} {day.year}"
    return format_date(day, "LLLL y" if language != "zh" else "y年M月", locale=_LOCALE[language])


def say_month_name(month: int, language: str) -> str:
    """The name of ``month`` (1 to 12): "May", "5月"."""
    if language == "ar":
        return ARABIC_MONTHS[month - 1]
    return (
        f"{month}月" if language == "zh" else str(format_date(date(2000, month, 1), "LLLL", locale=_LOCALE[language]))
    )


def say_weekday(weekday: int, language: str) -> str:
    """The name of ``weekday`` (Monday is 0): "Sunday", "星期日"."""
    # 3 January 2000 was a Monday.
    return str(format_date(date(2000, 1, 3 + weekday), "EEEE", locale=_LOCALE.get(language, language)))


def say_yearly(day: date, language: str) -> str:
    """The day of the year of ``day``: "26 September", "9月26日"."""
    if language == "ar":
        return f"{day.day} {ARABIC_MONTHS[day.month - 1]}"
    if language == "zh":
        return f"{day.month}月{day.day}日"
    if language == "es":
        return format_date(day, "d 'de' MMMM", locale="es")
    if language == "fr" and day.day == 1:
        return f"1er {format_date(day, 'MMMM', locale='fr')}"
    return format_date(day, "d MMMM", locale=_LOCALE[language])


def say_days(start: date, end: date, language: str) -> str:
    """The days from ``start`` to ``end``, both inclusive: "14–16 May 2018", "2018年5月14日至16日"."""
    if start == end:
        return say_day(start, language)
    same_month = (start.year, start.month) == (end.year, end.month)
    if language == "zh":
        tail = f"{end.day}日" if same_month else say_yearly(end, "zh") if start.year == end.year else say_day(end, "zh")
        return f"{say_day(start, 'zh')}至{tail}"
    if same_month:
        if language == "es":
            return f"{start.day} a {say_day(end, 'es')}"
        if language == "ar":
            return f"{start.day}-{say_day(end, 'ar')}"
        return f"{start.day}–{say_day(end, language)}"
    head = say_yearly(start, language) if start.year == end.year else say_day(start, language)
    return f"{head} – {say_day(end, language)}"


def say_short(day: date, language: str) -> str:
    """``day`` with its month abbreviated where the language does so: "18 Sep 2018", "2018年9月18日"."""
    if language == "ar":
        return say_day(day, "ar")
    if language == "zh":
        return say_day(day, "zh")
    return format_date(day, "d MMM y", locale=_LOCALE[language])


def set_days(start: date, end: date, language: str, *, year: bool = True) -> tuple[str, str, str]:
    """The days ``start`` to ``end`` of one month, inclusive, set for the edge of a page: what stands above the
    figures, the figures, and what stands below, in the language's order: ("", "14–16", "May 2018"),
    ("2018年5月", "14–16日", ""). Without ``year`` only the month is named.
    """
    # In Arabic a hyphen keeps the figures in their order, as in documents of the United Nations.
    dash = "-" if language == "ar" else "–"
    figures = str(start.day) if start == end else f"{start.day}{dash}{end.day}"
    if language == "zh":
        return (f"{start.year}年{start.month}月" if year else f"{start.month}月"), f"{figures}日", ""
    if language == "ar":
        return "", figures, f"{ARABIC_MONTHS[start.month - 1]} {start.year}" if year else ARABIC_MONTHS[start.month - 1]
    if language == "fr" and start.day == 1:
        figures = "1er" if start == end else f"1er–{end.day}"
    pattern = {"es": "MMMM 'de' y"}.get(language, "MMMM y") if year else "MMMM"
    return "", figures, str(format_date(start, pattern, locale=_LOCALE[language]))


@lru_cache(maxsize=512)
def say_city(zone: str, language: str) -> str:
    """The city of a time zone: ``America/New_York`` is "New York", "纽约"."""
    return get_timezone_location(zone, locale=_LOCALE.get(language, language), return_city=True)
