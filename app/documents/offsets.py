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


class _ReadingBuilder:
    """The parts of a reading so far, and where each run of characters begins in the text."""

    __slots__ = ("length", "parts", "sources", "starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.parts: list[str] = []
        self.starts: list[int] = []
        """Offsets in the reading at which runs begin."""
        self.sources: list[int] = []
        """The offsets of the same places in the stored text."""
        self.length = 0

    def add(self, start: int, end: int) -> None:
        """Add the characters from ``start`` to ``end`` (exclusive) of the stored text."""
        if start < end:
            self._run_from(start)
            self.parts.append(self.text[start:end])
            self.length += end - start

    def add_space(self, place: int) -> None:
        """Add a space that stands for what is at ``place``."""
        self._run_from(place)
        self.parts.append(" ")
        self.length += 1

    def drop_last(self) -> None:
        """Drop the last character, a hyphen; nothing before the first."""
        if self.parts:
            self.length -= 1
            self.parts[-1] = self.parts[-1][:-1]

    def _run_from(self, place: int) -> None:
        if not self.sources or self.sources[-1] + self.length - self.starts[-1] != place:
            self.starts.append(self.length)
            self.sources.append(place)


class TextNormalizer:
    """Assembler of readings from pieces of one stored text."""

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
        """Return the reading of ``pieces``, in order, without the footnote ``marks`` in them.

        White space becomes one space, or none between the lines of a script without spaces; a word broken at a
        line's end is joined where the whole word occurs elsewhere in the text, else keeps its hyphen.
        """
        builder = _ReadingBuilder(self.text)
        before = -1
        for start, end, marked in _without(self.text, pieces, marks):
            if before >= 0:
                keep, space = self._seam(before, start, marked=marked)
                if not keep:
                    builder.drop_last()
                if space:
                    builder.add_space(before)
            before = end
            self._add_piece(builder, start, end)
        reading = "".join(builder.parts)
        for odd in self._odd:
            reading = reading.replace(odd, " ")
        if not builder.starts:
            return Reading(reading, (0,), (pieces[0][0] if pieces else 0,))
        return Reading(reading, tuple(builder.starts), tuple(builder.sources))

    def _add_piece(self, builder: _ReadingBuilder, start: int, end: int) -> None:
        """Add a range of the text with its line breaks and runs of white space made one space."""
        text = self.text
        if self._plain and text.find("\n", start, end) < 0 and text.find("  ", start, end) < 0:
            builder.add(start, end)
            return
        at = start
        for cut in self._cuts.finditer(text, start, end):
            first, last = cut.span()
            if text[first] in NO_WIDTH:
                builder.add(at, first)
            else:
                keep, space = self._break(first, last)
                builder.add(at, first if keep else first - 1)
                if space:
                    builder.add_space(first)
            at = last
        builder.add(at, end)

    def _seam(self, before: int, start: int, *, marked: bool) -> tuple[bool, bool]:
        """Return whether to keep the character before ``before`` and whether to add a space."""
        if not marked:
            return self._break(before, start)
        if not self.spaced:
            return True, False
        between = self.text[before:start]
        return True, between[-1:].isspace() or (between[:1].isspace() and self.text[start].isalnum())

    def _break(self, first: int, last: int) -> tuple[bool, bool]:
        """Return the same for white space, perhaps with furniture, from ``first`` to ``last``."""
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
        """Return whether the word broken before ``first`` occurs unbroken elsewhere in the text."""
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
    """Return the pieces cut at their marks and trimmed; the flag: a mark was cut before it."""
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
