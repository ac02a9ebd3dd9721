"""The first and last day of a date in the notation of ``when``."""

from __future__ import annotations

from datetime import date

from app.model import When


def is_date(value: str) -> bool:
    """Return whether ``value`` is one day, month or year of a known year.

    >>> is_date("2019-06"), is_date("2019/2020"), is_date("GA73")
    (True, False, False)
    """
    when = When.try_parse(value)
    return when is not None and when.is_calendar and when.single is not None


def span_of(value: str) -> tuple[date | None, date | None]:
    """Return first and last day of a date or span of dates; None where it is none.

    >>> span_of("2019-06")
    (datetime.date(2019, 6, 1), datetime.date(2019, 6, 30))
    """
    when = When.try_parse(value)
    if when is None or not when.is_calendar:
        return None, None
    return when.first_day, when.last_day


def in_year_after(value: str, adopted: date) -> str | None:
    """Return a time without a year in the first year in which it ends on or after ``adopted``.

    >>> in_year_after("XXXX-05-03", date(2025, 12, 15))
    '2026-05-03'
    """
    when = When.try_parse(value)
    if when is None or not when.is_yearless:
        return None
    for year in (adopted.year, adopted.year + 1):
        try:
            dated = when.in_year(year)
        except ValueError:  # 29 February in a common year
            continue
        if dated.last_day is not None and dated.last_day >= adopted:
            return str(dated)
    return None
