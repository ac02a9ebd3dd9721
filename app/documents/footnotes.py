"""Footnotes: their blocks at the foot of a page or the end of a text, and their marks in the running text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from app.documents.layout import Line, LineKind, PageLayout, ends_sentence
from app.documents.offsets import Piece
from app.documents.vocabulary import Vocabulary

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_FIGURES = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹０１２３４５６７８９", "0123456789" * 3)
_START = re.compile(r"\(?(?P<number>[0-9٠-٩]{1,3}|[⁰¹²³⁴-⁹]{1,3}|\*{1,3})\)?[.]?(?:\s{1,8}|(?<=[⁰¹²³⁴-⁹*)]))(?=\S)")
_RULE = re.compile(r"[\\_‗—–=*•. -]{3,200}")
_PARAGRAPH = re.compile(r"[0-9٠-٩]{1,3}\s{0,2}[.\-–]\s")
_NUMBERED = re.compile(r"[0-9٠-٩０-９]{1,3}\s{0,2}[.．、\-–]\s{0,3}")
_FIGURE = re.compile(r"[0-9]+|[⁰¹²³⁴-⁹]+|[٠-٩]+")
_FIGURE_LATIN = re.compile(r"[0-9⁰¹²³⁴-⁹]+")
_RAISED = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹")
_NO_BEFORE = frozenset("/$£€(–-—")
_NO_AFTER = frozenset("/%)–-—°")
_YEAR = re.compile(r"\b(?:19|20)[0-9]{2}\Z")
_QUOTES = frozenset('”"»’》）)]〉」』')
_POINTS = frozenset(",.;:،؛，。；、")


@dataclass(slots=True)
class FootnoteBlock:
    """A footnote: its number, the offset of its start, and its pieces without the number."""

    number: str
    start: int
    pieces: list[Piece] = field(default_factory=list)


def find_footnotes(lines: list[Line], words: Vocabulary, layout: PageLayout) -> list[FootnoteBlock]:
    """Mark the lines of footnotes and return the footnotes in the order of the text."""
    notes: list[FootnoteBlock] = []
    ruled = block = False
    for place, line in enumerate(lines):
        if line.kind is LineKind.PAGE:
            ruled = _RULE.fullmatch(line.text) is not None
            block = ruled
            continue
        row = line.text
        first = row[0]
        start = _START.match(row) if first.isdigit() or first in _RAISED or first in "*(" else None
        if start and (block or _unruled(row, start, words)):
            number = start["number"].translate(_SUPERSCRIPTS).translate(_FIGURES)
            if block and _PARAGRAPH.match(row) and (not ruled or words.operative.match(row, start.end())):
                block = False
                continue
            if not block or _follows(number, notes) or first in _RAISED or first == "*" or _unruled(row, start, words):
                line.kind = LineKind.NOTE
                notes.append(FootnoteBlock(number, line.start, [(line.start + start.end(), line.end)]))
                block, ruled = True, False
                continue
        numbered = _NUMBERED.match(row) if block and first.isdigit() else None
        if numbered and words.operative.match(row, numbered.end()):
            block = False
        if not block:
            continue
        if ruled or not notes or _ends(lines[place - 1], line, layout):
            block = ruled = False
            continue
        line.kind = LineKind.NOTE
        notes[-1].pieces.append((line.start, line.end))
    return notes


def _unruled(row: str, start: re.Match[str], words: Vocabulary) -> bool:
    """Return whether a line is a footnote by its number and first words, without a rule above."""
    if row[0] in _RAISED:
        return True
    return "." not in start[0] and words.footnote.match(row, start.end()) is not None


def _follows(number: str, notes: list[FootnoteBlock]) -> bool:
    """Return whether ``number`` can follow the footnotes found; the first may be any number."""
    last = next((int(note.number) for note in reversed(notes) if note.number.isdigit()), None)
    return not number.isdigit() or last is None or last < int(number) <= last + 4 or int(number) == 1


def _ends(before: Line, line: Line, layout: PageLayout) -> bool:
    """Return whether a block of footnotes is over before ``line``, which begins none."""
    if layout.doubled:
        return line.gap == 0
    if layout.whole:
        return True
    return line.gap > 0 and (ends_sentence(before.text) or layout.gapped)


class FootnoteMarks:
    """Finds the marks of footnotes in running text, paragraph by paragraph."""

    def __init__(self, words: Vocabulary, notes: list[FootnoteBlock]) -> None:
        self.vocabulary = words
        self.known = {int(note.number) for note in notes if note.number.isdigit()}
        self.last = min(self.known, default=1) - 1
        self._figures = (_FIGURE if words.language == "ar" else _FIGURE_LATIN).finditer

    def find(self, text: str, pieces: list[Piece]) -> list[tuple[str, Piece]]:
        """Return the marks in ``pieces`` of ``text``: their numbers and places."""
        found: list[tuple[str, Piece]] = []
        for start, end in pieces:
            for figure in self._figures(text, start, end):
                first, last = figure.span()
                if last - first > 3:
                    if (last - first == 4 or last - first > 6) and text[last - 1] not in _RAISED:
                        continue  # a year, a number of something
                elif (text[first - 1] in _NO_BEFORE or (last < end and text[last] in _NO_AFTER)) and (
                    text[first - 1] != "(" or text[last : last + 1] != ")"
                ):
                    continue
                place = self._mark(text, figure, start, end)
                if place:
                    digits = text[place[0] : place[1]].strip("()").translate(_SUPERSCRIPTS).translate(_FIGURES)
                    if not digits.isdecimal() or len(digits) > 4:
                        continue
                    self.last = max(self.last, int(digits)) if int(digits) <= self.last + 40 else self.last
                    found.append((digits, place))
        return found

    def _mark(self, text: str, figure: re.Match[str], start: int, end: int) -> Piece | None:
        first, last = figure.span()
        digits = figure[0]
        if digits[-1] in _RAISED:
            return (first + next(n for n, digit in enumerate(digits) if digit in _RAISED), last)
        if first == start:
            return None
        if text[first - 1] == "(" and text[last : last + 1] == ")":
            return self._bracketed(text, figure, start)
        after = text[last : last + 2]
        if (after and (after[0] in _NO_AFTER or (after[0] in ".," and after[1:].isdigit()))) or after == " %":
            return None
        if len(digits) > 3:
            tail = int(digits[4:])
            year = 1900 <= int(digits[:4]) < 2100
            return (first + 4, last) if year and digits[4] != "0" and self._expected(tail) else None
        number = int(digits)
        if number == 0 or digits[0] == "0":
            return None
        before = text[first - 1]
        if last < end and text[last].isalpha() and self.vocabulary.spaced:
            # A mark whose blank went to the wrong side: "basis 1no later than".
            led = before.isspace() and text[last].islower() and number in self.known
            return (first, last) if led and self._expected(number) else None
        if before in _NO_BEFORE or after[:1].isdigit():
            return None
        if before.isalpha():
            return self._after_letter(text, figure, start, number)
        if before in _QUOTES:
            return (first, last) if self._expected(number) or (not self.known and self.vocabulary.spaced) else None
        if before in _POINTS:
            lead = text[first - 2] if first - 2 >= start else ""
            glued = not lead.isdigit() or (
                text[max(start, first - 5) : first - 1].isdigit() and not text[first - 6 : first - 5].isdigit()
            )
            stop = before in ".:" and not (self.known and lead.isalpha() and (last == end or after[0].isspace()))
            return (first, last) if glued and not stop and self._expected(number) else None
        if not before.isspace() or not self._expected(number):
            return None
        return self._apart(text, figure, start, end)

    def _bracketed(self, text: str, figure: re.Match[str], start: int) -> Piece | None:
        """Return a bracketed number directly after a word or year: the mark of Arabic documents."""
        first, last = figure.span()
        lead = first - 2
        sticks = lead >= start and not text[lead].isspace()
        if not sticks or (text[lead].isdigit() and not _YEAR.search(text, max(start, lead - 5), lead + 1)):
            return None
        number = int(figure[0].translate(_FIGURES))
        return (first - 1, last + 1) if number in self.known and self._expected(number) else None

    def _after_letter(self, text: str, figure: re.Match[str], start: int, number: int) -> Piece | None:
        """Return a number that sticks to a word."""
        first, last = figure.span()
        if self.vocabulary.cased:
            glued = first - 2 >= start and text[first - 1].islower() and text[first - 2].isalpha()
            return (first, last) if glued and (self._expected(number) or not self.known) else None
        if not self._expected(number) or self.vocabulary.counted.search(text, max(start, first - 12), first):
            return None
        return (first, last) if number in self.known and last < len(text) and not text[last].isalpha() else None

    def _apart(self, text: str, figure: re.Match[str], start: int, end: int) -> Piece | None:
        """Return a number that stands between spaces."""
        first, last = figure.span()
        lead = first - 1
        while lead > start and text[lead - 1].isspace():
            lead -= 1
        before, after = text[lead - 1], text[last : min(end, last + 200)].lstrip()[:24]
        number = int(figure[0].translate(_FIGURES))
        following = number == self.last + 1 and number in self.known
        if self.vocabulary.month.match(after) or not (before.isalnum() or before in _POINTS or before in _QUOTES):
            return None
        if before.isdigit() and not (following and _YEAR.search(text, max(start, lead - 6), lead)):
            return None
        if after[:1].isdigit() and not (following and before in _POINTS):
            return None
        if text[last : last + 1] == "." and before.isalpha() and not self.known:
            return None
        if before.isalpha():
            if self.vocabulary.counted.search(text, max(start, lead - 24), lead):
                return None
            if not self.vocabulary.spaced and after[:1] in self.vocabulary.units:
                return None
            if after[:1].isalpha() and not self.known and after[:1].isupper():
                return None
        return (first, last)

    def _expected(self, number: int) -> bool:
        """Return whether a mark with this number can stand here: the next one or an earlier one."""
        if self.known:
            return number in self.known and number <= self.last + 10
        return number == self.last + 1 or (0 < number <= self.last and number > self.last - 40)
