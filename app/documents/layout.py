"""The lines of a text, and what each of them is: part of the running text, of the page, or of a footnote."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

from app.documents.vocabulary import Vocabulary, fold_name


class LineKind(IntEnum):
    """What a line belongs to."""

    BODY = 0
    PAGE = 1
    """Page furniture: headers, counters, document numbers, running titles, rules across the page."""
    NOTE = 2


class Line:
    """A line that is not blank: its words, at ``start`` to ``end`` of the stored text."""

    __slots__ = ("end", "gap", "indent", "kind", "start", "text")

    def __init__(self, start: int, end: int, text: str, gap: int, indent: int) -> None:
        self.start = start
        self.end = end
        self.text = text
        self.gap = gap
        """How many blank lines stand before it."""
        self.indent = indent
        self.kind = LineKind.BODY


@dataclass(frozen=True, slots=True)
class PageLayout:
    """How a text sets its lines and paragraphs."""

    whole: bool
    """A line is a whole paragraph."""
    doubled: bool
    """Every line is followed by a blank one, so that blank lines part no paragraphs."""
    gapped: bool
    """Blank lines part paragraphs."""
    indented: bool
    """The first line of a paragraph is indented, the others are not."""
    width: int
    """The length of a full line."""


NO_WIDTH = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
"""Characters without width that stand around words: marks of direction, soft hyphens."""

_STRIP = NO_WIDTH + " \t\r\f\v\x1c\x1d\x1e\x1f\x85\u00a0\u2000\u2002\u2003\u2009\u202f\u3000"
_ENDS = frozenset(".;:,?!。；，：！？؛،؟")
_MAYBE = frozenset("0123456789¹²³⁰⁴⁵⁶⁷⁸⁹\"“”»’')]）〕》」*٠١٢٣٤٥٦٧٨٩")
_END = re.compile(r"[.;:,?!。；，：！？؛،؟][\s\d¹²³⁰⁴-⁹\"“”»’')\]）〕》」*]{0,7}$")
_AND = re.compile(r"[;؛]\s+\w{1,3}$")

_SYMBOL = (
    r"(?:A|S|E|A/HRC|[A-Z]{3,5})/(?:[A-Z]{1,5}/)?(?:RES|DEC|PRST|[0-9]{2,4}/L\.)"
    r"(?:[-./ ]?[0-9A-Z().*-]{1,14}){1,3}(?:\s?\([0-9]{4}\))?\*?"
)
_JOB = r"(?:GE\.)?[0-9]{2}-[0-9]{5,6}(?:\s?\*)?(?:\s?\([A-Z]\))?(?:\s{1,6}[0-9]{5,6}){0,3}"
_COUNT = r"[0-9]{1,4}\s?/\s?[0-9]{1,4}"
_PAGE = re.compile(
    r"[\\_‗—–=*•. -]{3,200}"  # rules across the page
    r"|<!--[^\n]{0,80}-->"
    r"|[-–—]?\s?[0-9]{1,4}\s?[-–—]?"
    rf"|{_COUNT}|\*[0-9]{{5,9}}\*|/?(?:\.\.\.|…)"
    rf"|(?:{_COUNT}\s{{1,160}})?{_JOB}(?:\s{{1,160}}{_COUNT})?"
    rf"|(?:\S[^\n]{{0,90}}\s{{2,}})?{_SYMBOL}(?:\s{{2,}}\S[^\n]{{0,90}})?"
    rf"|[\w'’ ]{{1,30}}\s{_SYMBOL}"
)
_ANCHOR = re.compile(rf"{_COUNT}|(?:.*\s)?{_JOB}(?:\s.*)?|(?:.*\s)?{_SYMBOL}(?:\s.*)?")
_SYMBOLIC = re.compile(_SYMBOL)
_FIRST = frozenset("\\_‗-–—=*•.<0123456789/…ASEGN")


def split_lines(text: str) -> list[Line]:
    """Return the lines of ``text`` that are not blank."""
    lines: list[Line] = []
    offset = gap = 0
    strip = _STRIP if any(mark in text for mark in NO_WIDTH) else None
    for row in text.split("\n"):
        words = row.strip(strip) if strip else row.strip()
        if words:
            indent = 0 if row[0] == words[0] else row.index(words[0])
            start = offset + indent
            lines.append(Line(start, start + len(words), words, gap, indent))
            gap = 0
        else:
            gap += 1
        offset += len(row) + 1
    return lines


def ends_sentence(words: str) -> bool:
    """Return whether ``words`` end a clause; marks and quotes after the stop are skipped."""
    last = words[-1]
    if last in _ENDS:
        return True
    if last in _MAYBE:
        return _END.search(words[-10:]) is not None
    return last.isalpha() and ";" in words[-6:] and _AND.search(words[-8:]) is not None


def measure_layout(lines: list[Line], words: Vocabulary) -> PageLayout:
    """Return how the text is set, judged by its first few hundred lines."""
    sample = [line for line in lines[:600] if line.kind is LineKind.BODY]
    lengths = sorted(len(line.text) for line in sample)
    width = lengths[len(lengths) * 9 // 10] if lengths else 0
    if width > (170 if words.spaced else 90):
        return PageLayout(whole=True, doubled=False, gapped=True, indented=False, width=width)
    inner = parted = indented_inner = starts = gaps = indented_starts = 0
    for before, line in pairwise(sample):
        if not ends_sentence(before.text) and len(before.text) > width * 3 // 4:
            inner += 1
            parted += line.gap > 0
            indented_inner += line.indent > 0
        elif ends_sentence(before.text) and len(before.text) < width * 3 // 4:
            starts += 1
            gaps += line.gap > 0
            indented_starts += line.indent > 0
    doubled = inner > 2 and parted * 2 > inner
    return PageLayout(
        whole=False,
        doubled=doubled,
        gapped=not doubled and gaps * 2 >= starts,
        indented=starts > 1 and indented_starts * 3 > starts * 2 and indented_inner * 5 < inner,
        width=width,
    )


def mark_page_lines(lines: list[Line], words: Vocabulary, titles: tuple[str, ...]) -> None:
    """Mark the lines of the page. ``titles`` are those that may run along the pages' heads."""
    furniture = words.furniture.fullmatch
    page = _PAGE.fullmatch
    anchors: list[int] = []
    for place, line in enumerate(lines):
        row = line.text
        if len(row) > 240:
            continue
        if (row[0] in _FIRST or "/RES/" in row) and page(row):
            line.kind = LineKind.PAGE
            if _ANCHOR.fullmatch(row):
                anchors.append(place)
        elif "/RES/" in row and _runs(row, titles):
            line.kind = LineKind.PAGE
            anchors.append(place)
        elif furniture(row):
            line.kind = LineKind.PAGE
    for place in anchors:
        _spread(lines, place, titles)


def _runs(row: str, titles: tuple[str, ...]) -> bool:
    """Return whether ``row`` is a symbol with a piece of a running title."""
    found = _SYMBOLIC.search(row)
    if not found:
        return False
    rest = fold_name(row[: found.start()] + " " + row[found.end() :])
    return len(rest) < 2 or any(rest in title for title in titles)


def _spread(lines: list[Line], anchor: int, titles: tuple[str, ...]) -> None:
    """Mark the lines of a running title next to the page's symbol or counter."""
    for step in (-1, 1):
        place = anchor + step
        while 0 <= place < len(lines) and abs(place - anchor) < 10:
            line = lines[place]
            if line.kind is LineKind.BODY:
                bare = fold_name(line.text)
                if line.text[-1] in ",;" or len(bare) < 4 or not any(bare in title for title in titles):
                    break
                line.kind = LineKind.PAGE
            place += step
