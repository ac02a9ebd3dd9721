"""Splitting of long paragraphs, so that derivation stays linear in the length of a text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Final

from app.model import Paragraph, Reading

LONGEST: Final = 3_000
"""Characters of a paragraph that are analysed together; the longest of 76,000 lines of real texts has 2,500."""
_SHORTEST: Final = 2_000
"""Characters that a part has at least: cutting looks for a break from here on."""
_OPENING: Final = 200
"""Characters of a long paragraph's beginning that serve as the chapeau of its later parts."""
_BREAKS: Final = (". ", "。", "؛ ", "; ", "；", "، ", ", ", "，", " ")
"""Where a part may end, the strongest break first."""


def split_long(paragraph: Paragraph) -> list[Paragraph]:
    """Return the parts of a long paragraph, in order, each with its number; a short one whole.

    >>> from app.model import Role
    >>> words = "Decides to meet on 3 May 2031. " * 200
    >>> long = Paragraph(Role.OPERATIVE, Reading(words, (0,), (0,)), number="7")
    >>> [(part.number, part.span.start, part.span.end) for part in split_long(long)]
    [('7', 0, 2976), ('7', 2976, 5952), ('7', 5952, 6200)]
    """
    reading = paragraph.reading
    if len(reading.text) <= LONGEST:
        return [paragraph]
    return [_part(paragraph, *bounds) for bounds in pairwise([0, *_cuts(reading.text), len(reading.text)])]


def opening_of(paragraph: Paragraph) -> Paragraph:
    """Return the first words of a long paragraph, which name who decides or asks what.

    >>> from app.model import Role
    >>> words = "Decides to meet on 3 May 2031. " * 200
    >>> len(opening_of(Paragraph(Role.OPERATIVE, Reading(words, (0,), (0,)))).reading.text)
    196
    """
    text = paragraph.reading.text
    return _part(paragraph, 0, max(text.rfind(" ", 0, _OPENING), 1))


def _part(paragraph: Paragraph, start: int, end: int) -> Paragraph:
    """Return the part of a paragraph from ``start`` to ``end`` (exclusive) of its reading."""
    reading = slice_reading(paragraph.reading, start, end)
    first, last = reading.place(0), reading.place(end - start - 1)
    marks = tuple(mark for mark in paragraph.marks if first <= mark.span.start <= last)
    return replace(paragraph, reading=reading, marks=marks)


def _cuts(text: str) -> Iterator[int]:
    """Yield where the parts after the first begin."""
    start = 0
    while len(text) - start > LONGEST:
        found = (text.rfind(sign, start + _SHORTEST, start + LONGEST) + len(sign) for sign in _BREAKS)
        start = next((at for at in found if at >= start + _SHORTEST), start + LONGEST)
        yield start


def slice_reading(reading: Reading, start: int, end: int) -> Reading:
    """Return the reading of ``text[start:end]``, with its places in the stored text.

    >>> part = slice_reading(Reading("two words", (0, 4), (0, 5)), 2, 9)
    >>> part.text, part.span(0, 7)
    ('o words', Span(start=2, end=10))
    """
    first = bisect_right(reading.starts, start) - 1
    last = bisect_right(reading.starts, end - 1)
    starts = (0, *(run - start for run in reading.starts[first + 1 : last]))
    return Reading(reading.text[start:end], starts, (reading.place(start), *reading.sources[first + 1 : last]))
