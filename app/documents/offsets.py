"""Readings: a paragraph's words put together from its pieces of the stored text, every character's place kept."""

from __future__ import annotations

import re

from app.documents.layout import NO_WIDTH
from app.model import Reading

_HYPHENS = frozenset("-\u2010\u00ad›¬")
_BLANK = r" \t\n\r\f\v\u00a0\u202f"
_SPACES = re.compile(rf"[{_BLANK}](?:[{_BLANK}]+|(?<=[-\u2010]\n)|(?<=[\u00ad›¬][{_BLANK}]))")
_SPACES_MARKED = re.compile(rf"{_SPACES.pattern}|[{NO_WIDTH}]+")
_SPACES_JOINED = re.compile(rf"[^\S\n]*\n\s*|[^\S\n]{{2,}}|[{NO_WIDTH}]+")
_ODD = "\n\t\u00a0\u202f\u2009\r\f\v\u2002\u2003\u3000"

Piece = tuple[int, int]
"""A range of the stored text, ``end`` exclusive."""


class TextNormalizer:
    """Puts readings together from pieces of one stored text."""

    def __init__(self, text: str, *, spaced: bool, known: re.Pattern[str] | None = None) -> None:
        self.text = text
        self.spaced = spaced
        self.known = known
        """Words that are joined wherever they are broken: the names of months."""
        self.repairs: list[Piece] = []
        """Broken words of ``known`` that were joined, with the break in them."""
        self._lower: str | None = None
        marked = any(mark in text for mark in NO_WIDTH)
        self._cuts = (_SPACES_MARKED if marked else _SPACES) if spaced else _SPACES_JOINED
        self._plain = not marked and "›" not in text and "¬" not in text
        self._odd = tuple(space for space in _ODD if space in text)

    def normalize(self, pieces: list[Piece], marks: list[Piece]) -> Reading:
        """Return the reading of ``pieces``, in their order, without the footnote ``marks`` that stand in them.

        White space becomes one space, or none between the lines of a script without spaces; a word broken at a
        line's end is mended where the whole word stands elsewhere in the text, else keeps its hyphen.
        """
        text = self.text
        parts: list[str] = []
        starts: list[int] = []
        sources: list[int] = []
        length = 0

        def add(start: int, end: int) -> None:
            nonlocal length
            if start >= end:
                return
            if not sources or sources[-1] + length - starts[-1] != start:
                starts.append(length)
                sources.append(start)
            parts.append(text[start:end])
            length += end - start

        def add_space(place: int) -> None:
            nonlocal length
            if sources[-1] + length - starts[-1] != place:
                starts.append(length)
                sources.append(place)
            parts.append(" ")
            length += 1

        before = -1
        for start, end, marked in _without(text, pieces, marks):
            if before >= 0:
                keep, space = self._seam(before, start, marked=marked)
                if not keep and parts:
                    length -= 1
                    parts[-1] = parts[-1][:-1]
                if space:
                    add_space(before)
            before = end
            if self._plain and text.find("\n", start, end) < 0 and text.find("  ", start, end) < 0:
                add(start, end)
                continue
            at = start
            for cut in self._cuts.finditer(text, start, end):
                first, last = cut.span()
                if text[first] in NO_WIDTH:
                    add(at, first)
                else:
                    keep, space = self._break(first, last)
                    add(at, first if keep else first - 1)
                    if space:
                        add_space(first)
                at = last
            add(at, end)
        reading = "".join(parts)
        for odd in self._odd:
            reading = reading.replace(odd, " ")
        if not starts:
            starts, sources = [0], [pieces[0][0] if pieces else 0]
        return Reading(reading, tuple(starts), tuple(sources))

    def _seam(self, before: int, start: int, *, marked: bool) -> tuple[bool, bool]:
        """Return whether the character before ``before`` is kept, and whether a space stands between the two pieces."""
        if not marked:
            return self._break(before, start)
        if not self.spaced:
            return True, False
        between = self.text[before:start]
        return True, between[-1:].isspace() or (between[:1].isspace() and self.text[start].isalnum())

    def _break(self, first: int, last: int) -> tuple[bool, bool]:
        """Return the same for a break in the lines: white space, and perhaps furniture, from ``first`` to ``last``."""
        text = self.text
        lead, after = text[first - 1], text[last]
        if "\n" not in text[first:last]:
            broken = (
                self.spaced and lead in "›¬" and text[first - 2].isalpha() and after.islower()
            )  # how scans set a hyphen at a line's end
            return not broken, not broken
        if not self.spaced:
            return True, lead.isascii() and lead.isalpha() and after.isascii() and after.isalpha()
        if lead not in _HYPHENS or not text[first - 2].isalpha():
            return True, True
        if lead not in "-\u2010":
            return False, False
        if not after.isalpha():
            return True, not after.isdigit() and after not in "-\u2010"
        return not (after.islower() and self._stands_whole(first, last)), False

    def _stands_whole(self, first: int, last: int) -> bool:
        """Return whether the word broken by a hyphen before ``first`` stands unbroken elsewhere in the text."""
        head = first - 1
        while head > 0 and self.text[head - 1].isalpha() and first - head < 30:
            head -= 1
        tail = last
        while tail < len(self.text) and self.text[tail].isalpha() and tail - last < 30:
            tail += 1
        if self._lower is None:
            self._lower = self.text.lower()
        joined = self.text[head : first - 1] + self.text[last:tail]
        if self.known is not None and self.known.fullmatch(joined):
            self.repairs.append((head, tail))
            return True
        return joined.lower() in self._lower


def _without(text: str, pieces: list[Piece], marks: list[Piece]) -> list[tuple[int, int, bool]]:
    """Return the pieces cut at their marks and trimmed; the flag says that a mark stood before."""
    out: list[tuple[int, int, bool]] = []
    waiting = iter(marks)
    mark = next(waiting, None)
    for start, end in pieces:
        at, marked = start, False
        while mark is not None and mark[0] < end:
            if mark[0] >= at:
                stop = mark[0]
                while stop > at and text[stop - 1].isspace():
                    stop -= 1
                if stop > at:
                    out.append((at, stop, marked))
                    marked = True
                at = mark[1]
                while at < end and text[at].isspace():
                    at += 1
            mark = next(waiting, None)
        if at < end:
            out.append((at, end, marked))
    return out
