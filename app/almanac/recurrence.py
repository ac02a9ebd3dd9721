"""The days of an RFC 5545 recurrence within a window, found without walking there from the start.

Read are FREQ (DAILY, WEEKLY, MONTHLY, YEARLY), INTERVAL, COUNT, UNTIL, WKST, BYMONTH, BYMONTHDAY, BYDAY, BYSETPOS: what
schedules are made of. A rule with COUNT is walked, and COUNT is bounded.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import islice
from typing import Final

from app.errors import AlmanacError

_DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_FREQUENCIES: Final = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_MOST: Final = 10_000
_LAST_YEAR: Final = 9999
# A rule may name days that never come (30 February); the Gregorian calendar repeats after 400 years.
_CYCLE: Final = 400


@dataclass(frozen=True, slots=True)
class Rule:
    """An RRULE value, read. ``days`` are (ordinal or 0, weekday with Monday 0)."""

    frequency: str
    interval: int = 1
    count: int | None = None
    until: date | None = None
    week_start: int = 0
    months: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    days: tuple[tuple[int, int], ...] = ()
    positions: tuple[int, ...] = ()


@lru_cache(maxsize=4096)
def read_rule(text: str) -> Rule:
    """Return the parts of an RRULE value such as ``FREQ=YEARLY;INTERVAL=2``.

    Raises AlmanacError for any other text.

    >>> read_rule("FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=26").months
    (9,)
    """
    try:
        return _read(text)
    except ValueError as error:
        raise AlmanacError(
            f"not a recurrence rule: {text!r}", where=f"recurrence: {error}", hint="as in FREQ=YEARLY;INTERVAL=2"
        ) from error


def _read(text: str) -> Rule:
    parts: dict[str, str] = {}
    for part in text.split(";"):
        name, _, value = part.partition("=")
        if name in parts or not value:
            raise ValueError(part)
        parts[name] = value
    rule = Rule(
        frequency=parts.pop("FREQ", ""),
        interval=int(parts.pop("INTERVAL", "1")),
        count=int(parts.pop("COUNT")) if "COUNT" in parts else None,
        until=_until(parts.pop("UNTIL")) if "UNTIL" in parts else None,
        week_start=_DAYS.index(parts.pop("WKST", "MO")),
        months=_numbers(parts.pop("BYMONTH", ""), 1, 12),
        month_days=_numbers(parts.pop("BYMONTHDAY", ""), -31, 31),
        days=tuple(_weekday(day) for day in parts.pop("BYDAY").split(",")) if "BYDAY" in parts else (),
        positions=_numbers(parts.pop("BYSETPOS", ""), -366, 366),
    )
    if parts:
        raise ValueError(f"{next(iter(parts))} is not read")
    if rule.frequency not in _FREQUENCIES:
        raise ValueError("FREQ")
    if not 0 < rule.interval <= _MOST or (rule.count is not None and not 0 < rule.count <= _MOST):
        raise ValueError(f"INTERVAL and COUNT are 1 to {_MOST}")
    if rule.frequency in {"DAILY", "WEEKLY"} and any(number for number, _ in rule.days):
        raise ValueError("BYDAY with a number")
    if rule.frequency == "WEEKLY" and rule.month_days:
        raise ValueError("BYMONTHDAY")
    return rule


def _numbers(text: str, least: int, most: int) -> tuple[int, ...]:
    numbers = tuple(sorted({int(part) for part in text.split(",")})) if text else ()
    if any(not least <= number <= most or number == 0 for number in numbers):
        raise ValueError(text)
    return numbers


def _weekday(text: str) -> tuple[int, int]:
    number = int(text[:-2]) if len(text) > 2 else 0
    if not -53 <= number <= 53 or (number == 0 and len(text) > 2):
        raise ValueError(text)
    return number, _DAYS.index(text[-2:])


def _until(text: str) -> date:
    if len(text) not in {8, 16} or not text[:8].isdigit():
        raise ValueError(f"UNTIL={text}")
    return date(int(text[:4]), int(text[4:6]), int(text[6:8]))


def occurrences(start: date, rule: str, first: date, last: date) -> Iterator[date]:
    """Yield the days of the recurrence from ``first`` to ``last`` (both inclusive).

    ``start`` is where the recurrence begins; it is an occurrence itself only if the rule names it. ``rule`` is an
    RRULE value. Raises AlmanacError for any other text.

    >>> rule = "FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=26"
    >>> [day.year for day in occurrences(date(2018, 9, 26), rule, date(2026, 1, 1), date(2027, 12, 31))]
    [2026, 2027]
    """
    read = read_rule(rule)
    end = min(last, read.until) if read.until else last
    if end < start:
        return
    counted = read.count is not None
    days = _from(read, start, start if counted else max(first, start), end)
    for day in islice(days, read.count) if counted else days:
        if day >= first:
            yield day


def first_occurrence(start: date, rule: str) -> date | None:
    """Return the first day of the recurrence on or after ``start``.

    None for a rule that never comes.

    >>> first_occurrence(date(2017, 12, 24), "FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=26")
    datetime.date(2018, 9, 26)
    """
    read = read_rule(rule)
    # INTERVAL stretches the 400 years after which a rule's days repeat.
    last = date(min(start.year + _CYCLE * min(read.interval, 20), _LAST_YEAR), 12, 31)
    return next(occurrences(start, rule, start, last), None)


def _from(rule: Rule, start: date, first: date, last: date) -> Iterator[date]:
    """Yield the days from ``first`` to ``last``, jumping to the period that holds ``first``.

    ``first`` is not before ``start``.
    """
    index = _period_of(rule, start, first)
    while True:
        begin = _period_start(rule, start, index)
        if begin is None or begin > last:
            return
        days = sorted(set(_days_of(rule, start, begin)))
        if rule.positions:
            chosen = {days[p - 1 if p > 0 else p] for p in rule.positions if -len(days) <= p <= len(days)}
            days = sorted(chosen)
        for day in days:
            if day > last:
                return
            if day >= first:
                yield day
        index += 1


def _week_of(rule: Rule, day: date) -> int:
    """Return the ordinal of the first day of the week of ``day``."""
    return day.toordinal() - (day.weekday() - rule.week_start) % 7


def _period_of(rule: Rule, start: date, day: date) -> int:
    """Return the number of the period, counted from that of ``start``, that holds ``day``.

    That of the last period before it where none holds it.
    """
    match rule.frequency:
        case "DAILY":
            gone = (day - start).days
        case "WEEKLY":
            gone = (_week_of(rule, day) - _week_of(rule, start)) // 7
        case "MONTHLY":
            gone = (day.year - start.year) * 12 + day.month - start.month
        case _:
            gone = day.year - start.year
    return max(gone // rule.interval, 0)


def _period_start(rule: Rule, start: date, index: int) -> date | None:
    """Return the first day of period ``index``; None beyond the last year of the calendar."""
    steps = index * rule.interval
    match rule.frequency:
        case "DAILY" | "WEEKLY":
            base, length = (start.toordinal(), 1) if rule.frequency == "DAILY" else (_week_of(rule, start), 7)
            ordinal = base + steps * length
            if ordinal < 1:
                return date.min
            return date.fromordinal(ordinal) if ordinal + length <= date.max.toordinal() else None
        case "MONTHLY":
            year, month = divmod(start.year * 12 + start.month - 1 + steps, 12)
            return date(year, month + 1, 1) if year <= _LAST_YEAR else None
        case _:
            return date(start.year + steps, 1, 1) if start.year + steps <= _LAST_YEAR else None


def _days_of(rule: Rule, start: date, begin: date) -> Iterator[date]:
    """Yield the candidate days of the period that begins on ``begin``."""
    match rule.frequency:
        case "DAILY":
            if _allowed(rule, begin):
                yield begin
        case "WEEKLY":
            weekdays = {weekday for _, weekday in rule.days} or {start.weekday()}
            for offset in range(7):
                day = begin + timedelta(offset)
                if day.weekday() in weekdays and (not rule.months or day.month in rule.months):
                    yield day
        case "MONTHLY":
            if not rule.months or begin.month in rule.months:
                yield from _month_days(rule, start, begin.year, begin.month)
        case _:
            if rule.days and not rule.months and not rule.month_days and any(number for number, _ in rule.days):
                yield from _year_days(rule, begin.year)
                return
            spread = rule.month_days or rule.days
            for month in rule.months or (range(1, 13) if spread else (start.month,)):
                yield from _month_days(rule, start, begin.year, month)


def _allowed(rule: Rule, day: date) -> bool:
    length = calendar.monthrange(day.year, day.month)[1]
    return (
        (not rule.months or day.month in rule.months)
        and (not rule.month_days or day.day in rule.month_days or day.day - length - 1 in rule.month_days)
        and (not rule.days or day.weekday() in {weekday for _, weekday in rule.days})
    )


def _month_days(rule: Rule, start: date, year: int, month: int) -> Iterator[date]:
    length = calendar.monthrange(year, month)[1]
    if not rule.month_days and not rule.days:
        if start.day <= length:
            yield date(year, month, start.day)
        return
    numbers = (
        {n if n > 0 else length + 1 + n for n in rule.month_days} if rule.month_days else set(range(1, length + 1))
    )
    for number in sorted(numbers):
        if 0 < number <= length:
            day = date(year, month, number)
            if not rule.days or _is_named(rule, number, length, day.weekday()):
                yield day


def _is_named(rule: Rule, place: int, length: int, weekday: int) -> bool:
    """Whether BYDAY names the day at ``place`` of a month or year of ``length`` days."""
    forward, backward = (place - 1) // 7 + 1, -((length - place) // 7 + 1)
    return any(named == weekday and number in {0, forward, backward} for number, named in rule.days)


def _year_days(rule: Rule, year: int) -> Iterator[date]:
    first = date(year, 1, 1)
    length = 366 if calendar.isleap(year) else 365
    for place in range(1, length + 1):
        weekday = (first.weekday() + place - 1) % 7
        if _is_named(rule, place, length, weekday):
            yield first + timedelta(place - 1)
