"""Values of time expressions: the templates of a rule, filled in from what its pattern captured."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from app.model import TimexType, When
from app.timex.constructors import CONSTRUCTORS, Capture, days_of_month, weekday_doubt


@dataclass(frozen=True, slots=True)
class RuleValue:
    """A value and its place in the matched words (``end`` exclusive).

    ``doubt`` is why it is not certain.
    """

    value: str
    start: int
    end: int
    doubt: str = ""


FIELDS: Final = frozenset({"modifier", "anchor", "body", "part"})
"""Captures that are no part of the value: they fill the field of their name."""

_PLACE: Final = re.compile(r"\{([a-z0-9|]+)(?::([a-z-]+))?\}")
_NUMBERED: Final = ("d", "m")
"""Letters of captures that are written with two figures: day and month."""
_YEARS: Final = ("year", "recent", "noted")
_IMPOSSIBLE: Final = "day.impossible"

_DERIVED: Final[Mapping[str, Callable[[int], str]]] = {
    "half-first": lambda n: f"{6 * n - 5:02}",
    "half-last": lambda n: f"{6 * n:02}",
    "half-end": lambda n: ("06-30", "12-31")[n - 1],
    "quarter-first": lambda n: f"{3 * n - 2:02}",
    "quarter-last": lambda n: f"{3 * n:02}",
    "quarter-end": lambda n: ("03-31", "06-30", "09-30", "12-31")[n - 1],
    "third-first": lambda n: f"{4 * n - 3:02}",
    "third-last": lambda n: f"{4 * n:02}",
    "week-first": lambda n: f"{7 * n - 6:02}",
    "week-last": lambda n: f"{7 * n:02}",
    "decade-last": lambda n: f"{n + 9:04}",
    "nine-later": lambda n: f"{n + 9}",
    "plain": str,
}
"""What a template may make of a number: ``{h:half-last}`` is the last month of half-year ``h``."""


def _fill(name: str, how: str, captures: Mapping[str, Capture]) -> str | None:
    """Fill in a place of a template.

    None where nothing was captured for it and nothing may take its place.
    """
    names = name.split("|")
    found = next((one for one in names if one in captures), None)
    if found is None:
        return "XXXX" if names[0].startswith("y") else None
    capture = captures[found]
    if how == "last":
        month = int(capture.meaning)
        return f"{days_of_month(captures, month):02}" if 1 <= month <= 12 else None
    if how:
        return _DERIVED[how](int(capture.meaning))
    if capture.kind == "short":
        century = next((c.meaning for key, c in captures.items() if key.startswith("y") and c.kind in _YEARS), None)
        if not isinstance(century, int):
            return None
        return f"{century // 100 * 100 + int(capture.meaning):04}"
    if capture.kind in _YEARS:
        return f"{int(capture.meaning):04}"
    if found[0] in _NUMBERED and isinstance(capture.meaning, int):
        return f"{int(capture.meaning):02}"
    return str(capture.meaning)


def fill_templates(
    templates: tuple[str, ...], captures: Mapping[str, Capture], length: int
) -> tuple[RuleValue, ...] | None:
    """Return the values of ``templates`` filled in from ``captures``.

    Each has its place in the ``length`` characters matched. A template may be the name of a constructor. A day that
    does
    not exist, and a weekday that contradicts its day, carry their doubt. None where a template lacks a capture or a
    span
    ends before it begins.

    >>> day = {"d": Capture("day", 30, 0, 2), "m": Capture("month", 2, 3, 11), "y": Capture("year", 2027, 12, 16)}
    >>> fill_templates(("{y}-{m}-{d}",), day, 16)
    (RuleValue(value='2027-02-30', start=0, end=16, doubt='day.impossible'),)
    """
    filled: list[tuple[str, list[str]]] = []
    doubt = ""
    for template in templates:
        constructor = CONSTRUCTORS.get(template)
        if constructor is not None:
            made = constructor(captures)
            if made is None:
                return None
            filled += made.values
            doubt = doubt or made.doubt
            continue
        texts = [_fill(name, how, captures) for name, how in _PLACE.findall(template)]
        if None in texts:
            continue
        parts = iter([text or "" for text in texts])
        value = _PLACE.sub(lambda _, parts=parts: next(parts), template)  # type: ignore[misc]  # bound at once
        if value in ("XXXX", "XXXX/XXXX"):
            continue
        if value.startswith("XXXX-02-2") and ":last}" in template:
            value = "XXXX-02"  # its last day depends on the year
        names = [name for place in _PLACE.findall(template) for name in place[0].split("|") if name in captures]
        filled.append((value, names))
    if not filled:
        return None
    times = [When.try_parse(value) for value, _ in filled]
    if None in times and not doubt:
        if not any(name[0] == "d" for _, names in filled for name in names):
            return None
        doubt = _IMPOSSIBLE
    return _place(filled, captures, length, doubt or weekday_doubt(captures, times))


def _place(
    filled: list[tuple[str, list[str]]], captures: Mapping[str, Capture], length: int, doubt: str
) -> tuple[RuleValue, ...]:
    """Cut the matched words between the values.

    Each begins at the first capture that only it and later ones use.
    """
    starts, used = [0], set(filled[0][1])
    for _, names in filled[1:]:
        own = [captures[name].start for name in names if name not in used]
        starts.append(min(own, default=starts[-1]))
        used.update(names)
    out = []
    for index, (value, _) in enumerate(filled):
        start = starts[index]
        later = next((other for other in starts[index + 1 :] if other > start), None)
        end = length
        if later is not None:
            end = max((c.end for c in captures.values() if start < c.end <= later), default=later)
        out.append(RuleValue(value, start, end, doubt))
    return tuple(out)


class ValueShape(NamedTuple):
    """What sort of time a value is, worked out once a value."""

    type: TimexType
    is_session: bool
    is_yearless: bool
    is_calendar: bool
    precision: str
    """``day``, ``month`` or ``year`` of a date; empty elsewhere."""


@lru_cache(maxsize=8192)
def shape_of(value: str) -> ValueShape:
    """Return the shape of a value: a set repeats, a duration is a length, all else is a date.

    >>> shape_of("2027-05").precision, shape_of("R/P1Y").type, shape_of("session:73").is_session
    ('month', <TimexType.SET: 'SET'>, True)
    """
    when = When.try_parse(value)
    if when is None:
        return ValueShape(TimexType.DATE, False, False, False, "")
    if when.recurrence is not None:
        return ValueShape(TimexType.SET, False, False, False, "")
    if when.length is not None:
        return ValueShape(TimexType.DURATION, False, False, False, "")
    dates = when.dates
    first = dates[0] if dates is not None else None
    precision = "" if first is None else "day" if first.day else "month" if first.month else "year"
    return ValueShape(TimexType.DATE, when.session is not None, when.is_yearless, when.is_calendar, precision)
