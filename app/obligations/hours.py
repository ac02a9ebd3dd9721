"""The times of day of a meeting, where the sentence that gives its day gives them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from app.languages.clock_times import clock

_NEAR: Final = 160
"""Characters between the day and its times of day: "on 26 September during the general debate of …, from 10 a.m."."""
_STOP: Final = re.compile(r"[;；。؛]|\.(?=\s+[^\W\d_a-zа-я])")
"""The end of a sentence or of a member of a list; not the point of "10 a.m."."""


def hours_beside(
    text: str, start: int, end: int, others: Iterable[tuple[int, int]], language: str
) -> tuple[int, int, str] | None:
    """Return the times of day that go with the day at ``text[start:end]``.

    They are given by start, end (exclusive) and as ``10:00/13:00``. None where the sentence gives none or several, or
    names other days: ``others`` are the places of all days in ``text``. A wrong hour in a calendar is worse than none.

    >>> hours_beside("to meet on 3 May 2037, from 10 a.m. to 1 p.m.", 11, 21, [(11, 21)], "en")
    (23, 45, '10:00/13:00')
    """
    first = max((stop.end() for stop in _STOP.finditer(text, 0, start)), default=0)
    stop = _STOP.search(text, end)
    last = stop.start() if stop else len(text)
    if any(first <= other[0] < last and other != (start, end) for other in others):
        return None
    found = clock(language).find(text[first:last])
    if len(found) != 1:
        return None
    begins, ends = first + found[0][0], first + found[0][1]
    return (begins, ends, found[0][2]) if max(begins - end, start - ends) <= _NEAR else None
