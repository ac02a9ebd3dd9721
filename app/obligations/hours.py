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
    """The times of day that go with the day said at ``text[start:end]``: their place, and as ``10:00/13:00``.

    None where the sentence says none, says several, or names days besides: ``others`` are the places of all days in
    ``text``. A wrong hour in a calendar is worse than none.
    """
    first = max((stop.end() for stop in _STOP.finditer(text, 0, start)), default=0)
    stop = _STOP.search(text, end)
    last = stop.start() if stop else len(text)
    if any(first <= other[0] < last and other != (start, end) for other in others):
        return None
    said = clock(language).find(text[first:last])
    if len(said) != 1:
        return None
    begins, ends = first + said[0][0], first + said[0][1]
    return (begins, ends, said[0][2]) if max(begins - end, start - ends) <= _NEAR else None
