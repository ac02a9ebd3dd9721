"""Citations of resolutions and of their paragraphs in a text."""

from __future__ import annotations

import re
from typing import Final

_RANGE: Final = re.compile(r"(\d{1,3})\s?(?:[–-]|to|à|al?|по|至|إلى)\s?(\d{1,3})")
_LONGEST_RANGE: Final = 40
"""Paragraphs that a range may name; more is no range of paragraphs."""


def find_citations(words: str, citation: re.Pattern[str]) -> list[tuple[str, tuple[str, ...]]]:
    """Return the numbers of the cited resolutions, each with the paragraphs that are named.

    ``citation`` matches a citation, with the groups ``number`` and ``paragraphs``.

    >>> citation = re.compile(r"(?:paragraphs? (?P<paragraphs>[0-9 to]+) of )?resolution (?P<number>[0-9]+)")
    >>> find_citations("paragraphs 2 to 4 of resolution 1929, and resolution 1540", citation)
    [('1929', ('2', '4', '3')), ('1540', ())]
    """
    found: dict[str, list[str]] = {}
    for match in citation.finditer(words):
        found.setdefault(match["number"], []).extend(_paragraphs(match["paragraphs"] or ""))
    return [(number, tuple(dict.fromkeys(paragraphs))) for number, paragraphs in found.items()]


def _paragraphs(words: str) -> list[str]:
    """Return the paragraph numbers of a citation; a range names each of its paragraphs."""
    out: list[str] = []
    for first, last in _RANGE.findall(words):
        if 0 < int(last) - int(first) <= _LONGEST_RANGE:
            out += [str(number) for number in range(int(first), int(last) + 1)]
    return [*re.findall(r"\d{1,3}", words), *out]
