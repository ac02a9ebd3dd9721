"""What a rule's captures say: templates filled in, in the notation of tags."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from app.model import TimexType


@dataclass(frozen=True, slots=True)
class Capture:
    """One capture of a rule: the class it is of, what it says, and where it stands in the words matched.

    ``said`` is a number for the number classes and a key of its table for the others.
    """

    kind: str
    said: int | str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Said:
    """A value, and where in the words matched it is said (``end`` exclusive)."""

    value: str
    start: int
    end: int


FIELDS = frozenset({"modifier", "anchor", "body", "part"})
"""Captures that are no part of the value: they fill the field of their name."""

_PLACE = re.compile(r"\{([a-z0-9|]+)(?::([a-z-]+))?\}")
_NUMBERED = ("day", "month")
_YEARS = ("year", "recent", "noted")

_DERIVED: Mapping[str, Callable[[int], str]] = {
    "half-first": lambda n: f"{6 * n - 5:02}",
    "half-last": lambda n: f"{6 * n:02}",
    "quarter-first": lambda n: f"{3 * n - 2:02}",
    "quarter-last": lambda n: f"{3 * n:02}",
    "third-first": lambda n: f"{4 * n - 3:02}",
    "third-last": lambda n: f"{4 * n:02}",
    "week-first": lambda n: f"{7 * n - 6:02}",
    "week-last": lambda n: f"{7 * n:02}",
    "decade-last": lambda n: f"{n + 9:04}",
    "nine-later": lambda n: f"{n + 9}",
    "plain": str,
}
"""What a template may make of a number: ``{h:half-last}`` is the last month of half-year ``h``."""


def _written(name: str, how: str, captures: Mapping[str, Capture]) -> str | None:
    """A place of a template filled in; None where nothing was captured for it and nothing may stand instead."""
    names = name.split("|")
    capture = next((captures[one] for one in names if one in captures), None)
    if capture is None:
        return "XXXX" if names[0].startswith("y") else None
    if how == "last":
        return f"{_length(captures, int(capture.said)):02}" if 1 <= int(capture.said) <= 12 else None
    if how:
        return _DERIVED[how](int(capture.said))
    if capture.kind == "short":
        century = next((c.said for key, c in captures.items() if key.startswith("y") and c.kind in _YEARS), None)
        if not isinstance(century, int):
            return None
        return f"{century // 100 * 100 + int(capture.said):04}"
    if capture.kind in _YEARS:
        return f"{int(capture.said):04}"
    if capture.kind in _NUMBERED:
        return f"{int(capture.said):02}"
    return str(capture.said)


def _length(captures: Mapping[str, Capture], month: int) -> int:
    """The days of a month, of the year captured; without a year, of a common one."""
    year = next((int(c.said) for key, c in captures.items() if key.startswith("y")), 2001)
    return monthrange(year, month)[1]


def _span(captures: Mapping[str, Capture]) -> list[tuple[str, list[str]]] | None:
    """From one day to another: what the first lacks it takes from the second, and starts the year before it must."""
    day1, day2 = int(captures["d1"].said), int(captures["d2"].said)
    month1 = int((captures.get("m1") or captures["m2"]).said)
    month2 = int((captures.get("m2") or captures["m1"]).said)
    year2 = int((captures.get("y2") or captures["y1"]).said) if {"y1", "y2"} & set(captures) else None
    year1 = int(captures["y1"].said) if "y1" in captures else year2
    if year1 is not None and year2 is not None and (year1, month1, day1) > (year2, month2, day2):
        if "y1" in captures and "y2" in captures:
            return None
        year1, year2 = (year1 - 1, year2) if "y2" in captures else (year1, year2 + 1)
    if (month1, day1) > (month2, day2) and month1 == month2 and year1 == year2:
        return None
    first, last = (f"{year:04}" if year is not None else "XXXX" for year in (year1, year2))
    return [(f"{first}-{month1:02}-{day1:02}/{last}-{month2:02}-{day2:02}", list(captures))]


def _days(captures: Mapping[str, Capture]) -> list[tuple[str, list[str]]] | None:
    """Days of one month that a list names: one span where they follow one another, else a value each."""
    named = sorted((name for name in captures if re.fullmatch(r"d[0-9]?", name)), key=lambda n: captures[n].start)
    days = [int(captures[name].said) for name in named]
    year, month = _written("y", "", captures), _written("m", "", captures)
    if all(later - sooner == 1 for sooner, later in pairwise(days)):
        return [(f"{year}-{month}-{days[0]:02}/{year}-{month}-{days[-1]:02}", named)]
    return [(f"{year}-{month}-{day:02}", [name]) for day, name in zip(days, named, strict=True)]


Constructor: TypeAlias = Callable[[Mapping[str, Capture]], "list[tuple[str, list[str]]] | None"]
CONSTRUCTORS: Mapping[str, Constructor] = {"days": _days, "span": _span}
"""Values that no template can say, by the name that a rule gives for its value."""

_DAY = re.compile(r"([0-9]{4}|XXXX|-)-([0-9]{2})-([0-9]{2})")
_MONTH = re.compile(r"(?:[0-9]{4}|XXXX|-)-([0-9]{2})(?![0-9])")


def possible(value: str) -> bool:
    """Whether ``value`` names days that exist and, of a span, ends no sooner than it starts."""
    for year, month, day in _DAY.findall(value):
        if not 1 <= int(month) <= 12:
            return False
        # A day without a year may be the 29th of February.
        length = monthrange(int(year) if year.isdecimal() and int(year) else 2000, int(month))[1]
        if not 1 <= int(day) <= length:
            return False
    if any(not 1 <= int(month) <= 12 for month in _MONTH.findall(value)):
        return False
    first, slash, last = value.partition("/")
    if slash and first[:4].isdecimal() and last[:4].isdecimal():
        return first <= last or last.startswith(first)
    return True


def said(values: tuple[str, ...], captures: Mapping[str, Capture], length: int) -> tuple[Said, ...] | None:
    """What the templates ``values`` say of ``captures``, each with its place in the ``length`` characters matched.

    None where a template lacks a capture or names a day that does not exist.
    """
    filled: list[tuple[str, list[str]]] = []
    for template in values:
        constructor = CONSTRUCTORS.get(template)
        if constructor is not None:
            made = constructor(captures)
            if made is None:
                return None
            filled += made
            continue
        missing = False

        def put(place: re.Match[str]) -> str:
            nonlocal missing
            text = _written(place[1], place[2] or "", captures)
            missing = missing or text is None
            return text or ""

        value = _PLACE.sub(put, template)
        if missing or value in ("XXXX", "XXXX/XXXX"):
            continue
        names = [name for place in _PLACE.findall(template) for name in place[0].split("|") if name in captures]
        filled.append((value, names))
    if not filled or not all(possible(value) for value, _ in filled):
        return None
    return _placed(filled, captures, length)


def _placed(filled: list[tuple[str, list[str]]], captures: Mapping[str, Capture], length: int) -> tuple[Said, ...]:
    """Cuts the words matched between the values: each begins at the first capture that only it and later ones use."""
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
        out.append(Said(value, start, end))
    return tuple(out)


def type_of(value: str) -> TimexType:
    """The TIMEX3 type of a value: a set repeats, a duration is a length, all else is a date."""
    if value.startswith("R/"):
        return TimexType.SET
    return TimexType.DURATION if value.startswith("P") else TimexType.DATE
