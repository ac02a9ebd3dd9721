"""The first and last day of a date in the notation of ``when``."""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import Final

DAY: Final = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?\Z")
"""A day, month or year."""


def span_of(value: str) -> tuple[date | None, date | None]:
    """First and last day of a date or span of dates; None where it is none."""
    begin, _, end = value.partition("/")
    first, last = DAY.match(begin), DAY.match(end or begin)
    if not first or not last:
        return None, None
    try:
        year, month = int(last[1]), int(last[2] or 12)
        return (
            date(int(first[1]), int(first[2] or 1), int(first[3] or 1)),
            date(year, month, int(last[3] or calendar.monthrange(year, month)[1])),
        )
    except ValueError:
        return None, None


def in_year_after(value: str, adopted: date) -> str | None:
    """A day, month or span of them without a year in the first year in which it ends on or after ``adopted``."""
    for year in (adopted.year, adopted.year + 1):
        first, slash, last = value.partition("/")
        begin = first.replace("XXXX", str(year))
        end = last.replace("XXXX", str(year + (last < first))) if slash else ""
        days = span_of(f"{begin}/{end}" if slash else begin)
        if days[1] is not None and days[1] >= adopted:
            return f"{begin}/{end}" if slash else begin
    return None
