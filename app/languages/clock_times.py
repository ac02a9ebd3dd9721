"""The part of a lexicon that is about times of day, as "from 10 a.m. to 1 p.m."; typed and checked."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import re2

from app.errors import LexiconError
from app.languages.loader import location, raw
from app.languages.normalize import HAN, fold

KEYS: Final = ("time", "bare", "phrases", "before-noon", "after-noon", "noon", "halves", "examples", "rejects")
"""What the section of a language holds: how it writes a time of day, one without the word for hours, the phrases that
give one or two of them, the words for the halves of the day and for noon, whether a half must be given."""
_MACRO: Final = re.compile(r"\{(time|bare)\}")
_PART: Final = re.compile(r"\{(hour|minute|half|noon)\}")
_HALF_DAY: Final = 12 * 60


@dataclass(frozen=True, slots=True)
class Clock:
    """How one language writes times of day."""

    language: str
    patterns: tuple[Any, ...]
    morning: Any
    halves: bool
    examples: Mapping[str, str]
    rejects: tuple[str, ...]

    def find(self, text: str) -> list[tuple[int, int, str]]:
        """Return the times of day in ``text`` in order: start, end, and the time.

        ``end`` is exclusive; the time is ``10:00`` or ``10:00/13:00``. An ambiguous time, one that ends before it
        begins, and one without the half of the day where the language needs it are left out.
        """
        folded = fold(text)
        matches: list[tuple[int, int, str]] = []
        for pattern in self.patterns:
            for match in pattern.finditer(folded.text):
                hours = self._hours(match.groupdict())
                place = folded.place(match.start(1)), folded.place(match.end(1) - 1) + 1
                matches.append((*place, hours))
        kept: list[tuple[int, int, str]] = []
        for one in sorted(matches, key=lambda item: (item[0] - item[1], item[0])):
            if all(one[1] <= other[0] or other[1] <= one[0] for other in kept):
                kept.append(one)
        return sorted(item for item in kept if item[2])

    def _hours(self, groups: Mapping[str, str | None]) -> str:
        times = [self._time(groups, number) for number in (1, 2) if any(_of(groups, number, "hour", "noon"))]
        first, last = times[0], times[-1]
        if first is None or last is None:
            return ""
        if self.halves and not any(half is not None for _, half in (first, last)):
            return ""
        begins = _day(*first, near=last[1])
        if len(times) == 1:
            return _written(begins[0]) if len(begins) == 1 else ""
        ends = _day(*last, near=first[1])
        found = {(one, other) for one in begins for other in ends if one < other}
        if len(found) > 1:
            # "from 9 to 11.30 a.m." says one half for both; "from 11 to 1 p.m." can only be of two.
            same = {pair for pair in found if pair[0] // _HALF_DAY == pair[1] // _HALF_DAY}
            found = same or found
        return "/".join(map(_written, found.pop())) if len(found) == 1 else ""

    def _time(self, groups: Mapping[str, str | None], number: int) -> tuple[int, bool | None] | None:
        """Return minutes since midnight or noon, and whether it is before noon.

        None stands second where the text gives no half of the day, and alone for an invalid time.
        """
        if any(_of(groups, number, "noon")):
            return _HALF_DAY, False
        hour = int(next(filter(None, _of(groups, number, "hour"))))
        minute = int(next(filter(None, _of(groups, number, "minute")), "0"))
        half = next(filter(None, _of(groups, number, "half")), None)
        if hour > 23 or (half is not None and not 1 <= hour <= 12):
            return None
        return hour * 60 + minute, None if half is None else bool(self.morning.fullmatch(half))


def _of(groups: Mapping[str, str | None], number: int, *parts: str) -> Iterator[str | None]:
    return (value for name, value in groups.items() for part in parts if name.startswith(f"{part}_{number}_"))


def _day(minutes: int, morning: bool | None, near: bool | None) -> Sequence[int]:
    """Return the possible minutes of the day; both halves where only ``near`` names its half."""
    if morning is None and (near is None or not 60 <= minutes < 60 + _HALF_DAY):
        return (minutes,)
    of_half = minutes % _HALF_DAY
    if morning is None:
        return of_half, of_half + _HALF_DAY
    return (of_half if morning else of_half + _HALF_DAY,)


def _written(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


@functools.cache
def clock(language: str, folder: Path | None = None) -> Clock:
    """How ``language`` writes times of day; nothing where its file has no such section.

    Raises UnknownLanguage where there is no such file, and LexiconError with file and path of what is wrong.
    """
    where = location(language, "clock", folder)
    section = raw(language, folder).get("clock")
    if section is None:
        return Clock(language, (), re2.compile("x"), True, {}, ())
    if not isinstance(section, dict) or set(section) != set(KEYS):
        raise LexiconError("is not understood", where=where, hint=f"a mapping of {', '.join(KEYS)}")
    lists = {key: section[key] for key in ("phrases", "before-noon", "after-noon", "noon", "rejects")}
    for key, value in lists.items():
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise LexiconError("is no list of texts", where=f"{where}.{key}")
    if section["halves"] not in ("said", "may be said"):
        raise LexiconError("is not understood", where=f"{where}.halves", hint="said, or: may be said")
    if not isinstance(section["examples"], dict):
        raise LexiconError("is no mapping", where=f"{where}.examples", hint="a text and its hours, as 10:00/13:00")
    try:
        return Clock(
            language,
            tuple(_pattern(phrase, section) for phrase in lists["phrases"]),
            re2.compile(f"(?i)(?:{_either(lists['before-noon'])})"),
            section["halves"] == "said",
            dict(section["examples"]),
            tuple(lists["rejects"]),
        )
    except re2.error as error:
        raise LexiconError("a pattern cannot be read", where=where, hint=str(error)) from error


def _either(words: Sequence[str]) -> str:
    return "|".join(sorted((fold(word).text for word in words), key=len, reverse=True))


def _pattern(phrase: str, section: Mapping[str, Any]) -> Any:
    """Return one bounded pattern for a phrase.

    A group is named by its part, by its time, and by a number of its own.
    """
    words = {
        "hour": "[0-9]{1,2}",
        "minute": "[0-5][0-9]",
        "half": _either([*section["before-noon"], *section["after-noon"]]),
        "noon": _either(section["noon"]),
    }
    times = iter(range(1, 3))

    def time(match: re.Match[str]) -> str:
        number, own = next(times), iter(range(9))
        return (
            "(?:"
            + _PART.sub(lambda m: f"(?P<{m[1]}_{number}_{next(own)}>{words[m[1]]})", fold(section[match[1]]).text)
            + ")"
        )

    body = _MACRO.sub(time, fold(phrase).text).replace(" ", r"(?:\s{1,3})")
    if HAN.search(body):
        return re2.compile(rf"(?:^|[^\pN])({body})")
    return re2.compile(rf"(?i)(?:^|[^\pL\pN])({body})(?:$|[^\pL\pN])")
