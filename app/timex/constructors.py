"""Times that no template can note: composed from captures by the calendar.

A rule names its constructor as its value. Captures are by letter: ``d`` day, ``m`` month, ``y`` year, ``w`` which one
(1 to 5, -1 the last), ``wd`` weekday, ``side`` before or after, ``n`` figures; with a number where there are several.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Final, TypeAlias

from app.model import When

WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_COMMON_YEAR: Final = 2001


@dataclass(frozen=True, slots=True)
class Capture:
    """One capture of a rule: its class, its meaning and its place in the words matched.

    ``meaning`` is a number for the number classes and a key of its table for the others.
    """

    kind: str
    meaning: int | str
    start: int
    end: int


Captures: TypeAlias = Mapping[str, Capture]


@dataclass(frozen=True, slots=True)
class Composed:
    """Values with the names of their captures; ``doubt`` is why they are not certain."""

    values: list[tuple[str, list[str]]]
    doubt: str = ""


def _number(captures: Captures, *names: str) -> int | None:
    return next((int(captures[name].meaning) for name in names if name in captures), None)


def _weekday(captures: Captures, *names: str) -> int:
    """Return the weekday, Monday 0, of the first of ``names`` that was captured."""
    return WEEKDAYS.index(str(next(captures[name].meaning for name in names if name in captures)))


def _one(value: str, captures: Captures, doubt: str = "") -> Composed:
    return Composed([(value, list(captures))], doubt)


def _head(captures: Captures, month: int) -> str:
    """Return the captured year (XXXX without one) and the month."""
    year = _number(captures, "y")
    return f"{'XXXX' if year is None else f'{year:04}'}-{month:02}"


def days_of_month(captures: Captures, month: int) -> int:
    """Return how many days ``month`` has in the captured year.

    Without a year, in a common year.

    >>> days_of_month({"y": Capture("year", 2028, 0, 4)}, 2)
    29
    """
    year = next((int(c.meaning) for key, c in captures.items() if key.startswith("y")), _COMMON_YEAR)
    return monthrange(year, month)[1]


def _span(captures: Captures) -> Composed | None:
    """Compose a span from one day to another.

    The first day takes what it lacks from the second, and starts in the year before where it must.
    """
    day1, day2 = int(captures["d1"].meaning), int(captures["d2"].meaning)
    month1 = int((captures.get("m1") or captures["m2"]).meaning)
    month2 = int((captures.get("m2") or captures["m1"]).meaning)
    year2 = _number(captures, "y2", "y1")
    year1 = _number(captures, "y1", "y2")
    if year1 is not None and year2 is not None and (year1, month1, day1) > (year2, month2, day2):
        if "y1" in captures and "y2" in captures:
            return None
        year1, year2 = (year1 - 1, year2) if "y2" in captures else (year1, year2 + 1)
    if (month1, day1) > (month2, day2) and month1 == month2 and year1 == year2:
        return None
    first, last = (f"{year:04}" if year is not None else "XXXX" for year in (year1, year2))
    return _one(f"{first}-{month1:02}-{day1:02}/{last}-{month2:02}-{day2:02}", captures)


def _spans(captures: Captures) -> Composed | None:
    """Two spans of one month: "from 1 to 5 and from 8 to 12 June"."""
    days = [int(captures[f"d{n}"].meaning) for n in range(1, 5)]
    if sorted(set(days)) != days:
        return None
    head = _head(captures, int(captures["m"].meaning))
    pairs = ((days[0], days[1], ["d1", "d2"]), (days[2], days[3], ["d3", "d4"]))
    return Composed([(f"{head}-{first:02}/{head}-{last:02}", names) for first, last, names in pairs])


def _days(captures: Captures) -> Composed | None:
    """Compose the days of one month that a list names.

    Days that follow one another are one span, others a value each.
    """
    named = sorted((name for name in captures if name.rstrip("0123456789") == "d"), key=lambda n: captures[n].start)
    days = [int(captures[name].meaning) for name in named]
    head = _head(captures, int(captures["m"].meaning))
    if all(later - sooner == 1 for sooner, later in pairwise(days)):
        return Composed([(f"{head}-{days[0]:02}/{head}-{days[-1]:02}", named)])
    return Composed([(f"{head}-{day:02}", [name]) for day, name in zip(days, named, strict=True)])


def nth_weekday(year: int, month: int, place: int, weekday: int) -> date | None:
    """Return the ``place``-th (1 to 5; -1 the last) ``weekday`` (Monday 0) of a month.

    None for a fifth weekday that the month lacks.

    >>> nth_weekday(2027, 9, 1, 0), nth_weekday(2027, 2, 5, 0)
    (datetime.date(2027, 9, 6), None)
    """
    length = monthrange(year, month)[1]
    days = [day for day in range(1, length + 1) if date(year, month, day).weekday() == weekday]
    index = place - 1 if place > 0 else place
    return date(year, month, days[index]) if -len(days) <= index < len(days) else None


def _nth_weekday(captures: Captures) -> Composed | None:
    """Compose the first Monday of September 2027."""
    year, month, place = _number(captures, "y"), _number(captures, "m"), _number(captures, "w", "w1")
    if year is None or month is None or place is None:
        return None
    day = nth_weekday(year, month, place, _weekday(captures, "wd", "wd3"))
    if day is None:
        return _one(f"{year:04}-{month:02}", captures, "day.impossible")
    return _one(day.isoformat(), captures)


def _beside_weekday(captures: Captures) -> Composed | None:
    """Compose a weekday beside another day.

    The Friday before the last Saturday of March, with a year or every year; the Friday before 25 December 2027.
    """
    sign = -1 if captures["side"].meaning == "before" else 1
    target = _weekday(captures, "wd1")
    year, month = _number(captures, "y"), int(captures["m"].meaning)
    if "d" in captures:
        number = int(captures["d"].meaning)
        if year is None:
            return _one(f"XXXX-{month:02}-{number:02}", captures, "weekday.no-year")
        if number > monthrange(year, month)[1]:
            return _one(f"{year:04}-{month:02}-{number:02}", captures, "day.impossible")
        base: date | None = date(year, month, number)
        gap = 0
    else:
        place, weekday = _number(captures, "w", "w1") or 1, _weekday(captures, "wd", "wd3")
        gap = (sign * (target - weekday)) % 7 or 7
        if year is None:
            return _every_year_beside(captures, month, place, target, sign * gap)
        base = nth_weekday(year, month, place, weekday)
    if base is None:
        return _one(f"{year:04}-{month:02}", captures, "day.impossible")
    gap = gap or (sign * (target - base.weekday())) % 7 or 7
    return _one((base + timedelta(sign * gap)).isoformat(), captures)


def _every_year_beside(captures: Captures, month: int, place: int, target: int, shift: int) -> Composed:
    """Compose a weekday beside the nth weekday of a month, every year.

    The value is an RFC 5545 rule of days of the month.
    """
    length = monthrange(_COMMON_YEAR, month)[1]
    first, last = (7 * place - 6, 7 * place) if place > 0 else (-7, -1)
    days = [day + shift for day in range(first, last + 1)]
    inside = all(0 < day <= length for day in days) if place > 0 else all(-length <= day < 0 for day in days)
    rule = f"R/FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={','.join(map(str, days))};BYDAY={WEEKDAYS[target]}"
    return _one(rule if inside else f"XXXX-{month:02}", captures, "" if inside else "weekday.beyond-month")


def _week_of(captures: Captures) -> Composed | None:
    """Compose the week, Monday to Sunday, that holds a day."""
    year, month, number = _number(captures, "y"), int(captures["m"].meaning), int(captures["d"].meaning)
    if year is None:
        return _one(f"XXXX-{month:02}-{number:02}", captures, "week.no-year")
    if number > monthrange(year, month)[1]:
        return _one(f"{year:04}-{month:02}-{number:02}", captures, "day.impossible")
    day = date(year, month, number)
    monday = day - timedelta(day.weekday())
    return _one(str(When.of_days(monday, monday + timedelta(6))), captures)


def _week_of_month(captures: Captures) -> Composed | None:
    """Compose the first seven days of a month, the second seven …, or (-1) the last."""
    month, place = int(captures["m"].meaning), int(captures["w"].meaning)
    length = days_of_month(captures, month)
    last = 7 * place if place > 0 else length
    first = 7 * place - 6 if place > 0 else length - 6
    head = _head(captures, month)
    return _one(f"{head}-{first:02}/{head}-{last:02}", captures)


def _yearly_end(captures: Captures) -> Composed | None:
    """Compose the last day of a month of every year."""
    month = _number(captures, *sorted(name for name in captures if name[0] == "m"))
    if month is None:
        return None
    if month == 2:
        return _one("R/FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1", captures)
    return _one(f"R/--{month:02}-{monthrange(_COMMON_YEAR, month)[1]:02}", captures)


def _numeric(captures: Captures) -> Composed | None:
    """Compose a numeric date such as 23/11/2026.

    Day and month are distinct where one of them is more than 12; otherwise the date is ambiguous.
    """
    first, second, year = _number(captures, "n1", "n3"), _number(captures, "n2", "n4"), _number(captures, "y", "y1")
    if first is None or second is None or year is None:
        return None
    day, month = (second, first) if second > 12 >= first else (first, second)
    if not (1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        return _one(f"{year:04}", captures, "day.impossible")
    clear = first > 12 or second > 12 or first == second
    return _one(date(year, month, day).isoformat(), captures, "" if clear else "date.ambiguous")


CONSTRUCTORS: Final[Mapping[str, Callable[[Captures], Composed | None]]] = {
    "days": _days,
    "span": _span,
    "spans": _spans,
    "nth-weekday": _nth_weekday,
    "beside-weekday": _beside_weekday,
    "week-of": _week_of,
    "week-of-month": _week_of_month,
    "yearly-end": _yearly_end,
    "numeric": _numeric,
}
"""Constructors by the name that a rule gives as its value."""


def weekday_doubt(captures: Captures, times: Iterable[When | None]) -> str:
    """Return ``weekday.contradicts`` where a named weekday is not that of its day.

    ``wd`` belongs to the first day of the times, ``wd2`` to the last. Empty where they agree.

    >>> weekday_doubt({"wd": Capture("weekday", "MO", 0, 6)}, [When.parse("2027-05-04")])
    'weekday.contradicts'
    """
    known: Sequence[When] = [time for time in times if time is not None]
    for name, day in (
        ("wd", known[0].first_day if known else None),
        ("wd1", known[0].first_day if known else None),
        ("wd2", known[-1].last_day if known else None),
    ):
        if name not in captures or day is None or {"w", "w1", "side"} & set(captures):
            continue
        if WEEKDAYS.index(str(captures[name].meaning)) != day.weekday():
            return "weekday.contradicts"
    return ""
