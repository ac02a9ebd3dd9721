"""What a time in the notation of ``When`` gives to rules that hold it as text: its value, its days."""

from __future__ import annotations

from datetime import date

from app.model import When


def time_of(value: str) -> When:
    """Return the time that ``value`` notes, or an empty ``When`` for other text.

    >>> time_of("2019").is_year, time_of("soon").is_year
    (True, False)
    """
    return When.try_parse(value) or When()


def is_date(value: str) -> bool:
    """Return whether ``value`` is one day, month or year of a known year.

    >>> is_date("2019-06"), is_date("2019/2020"), is_date("GA73")
    (True, False, False)
    """
    when = time_of(value)
    return when.is_calendar and when.single is not None


def span_of(value: str) -> tuple[date | None, date | None]:
    """Return the first and last day, inclusive, of a closed span of dates.

    Two None for any other time.

    >>> span_of("2019-06")
    (datetime.date(2019, 6, 1), datetime.date(2019, 6, 30))
    """
    when = time_of(value)
    return (when.first_day, when.last_day) if when.is_calendar else (None, None)


def in_year_after(value: str, adopted: date) -> str | None:
    """Return a time without a year in the first year in which it ends on or after ``adopted``.

    >>> in_year_after("XXXX-05-03", date(2025, 12, 15))
    '2026-05-03'
    """
    when = time_of(value)
    if not when.is_yearless:
        return None
    for year in (adopted.year, adopted.year + 1):
        try:
            dated = when.in_year(year)
        except ValueError:  # 29 February in a common year
            continue
        if dated.last_day is not None and dated.last_day >= adopted:
            return str(dated)
    return None
