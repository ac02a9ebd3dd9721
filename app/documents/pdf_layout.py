"""The lines of a PDF page as it is shown: turned upright, columns in reading order, Arabic words the right way round.

Libraries give the characters in the order in which they were drawn. Their places on the page say how they are read.
All lengths are in points (1/72 inch); ``y`` grows upwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import pypdfium2

from app.model import WarningCode

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_FIGURES = re.compile(r"(?<![/.-])[0-9]{1,3}")
_ARABIC = re.compile(r"[\u0621-\u064a\u066e-\u06d3\ufb50-\ufdff\ufe70-\ufefc]{2,40}")
_LEADING_NUMBER = re.compile(r"^\s*\(?([0-9]{1,3})[.)]?\s", re.MULTILINE)
_SMALL = 0.82
"""A figure less high than this share of its line's letters is raised: a footnote mark."""
_GUTTER = 12.0
"""The least width of the blank between two columns."""
_WIDE = 1.6
"""The blank between two columns in heights of the letters; between words of a justified line it is less."""
_COLUMN_SHARE = 0.25
"""The least width of a column's usual line, as a share of the page's text: narrower ones are numbers or tables."""
_LEAST_LINES = 3
"""So many lines with a blank at the same place make columns."""
_SWITCHES = 4
"""Columns drawn one after the other change sides at most so often (head, left, right, foot)."""

Box = tuple[float, float, float, float]
"""Left, bottom, right and top edge."""


@dataclass(frozen=True, slots=True)
class PageRow:
    """A line of a page: its words, where its letters stand, and how high they are."""

    text: str
    bottom: float
    left: float
    height: float
    column_start: bool = False
    """The first line of a column that does not stand below the line before."""


@dataclass(frozen=True, slots=True)
class PageText:
    """The text of a page, and what gave its order where it is not the order of drawing."""

    text: str
    warning: WarningCode | None = None


class PageGeometry:
    """The characters of a page with their boxes, turned so that lines run horizontally."""

    def __init__(self, page: pypdfium2.PdfTextPage, text: str, rotation: int = 0) -> None:
        self._page = page
        self.text = text
        self.turn = self._direction(rotation)

    def box(self, index: int, *, loose: bool = True) -> Box:
        """Return the box of a character; a ``loose`` one has the height of the font."""
        return self._turned(self._page.get_charbox(index, loose=loose))

    def runs(self) -> list[Box]:
        """Return the boxes of the runs of text, in the order of drawing."""
        count = self._page.count_rects()
        return [self._turned(self._page.get_rect(number)) for number in range(count)]

    def rows(self) -> Iterator[tuple[int, str]]:
        """Yield the lines as they were drawn: the index of the first character, and the words."""
        offset = 0
        for row in self.text.split("\r\n"):
            yield offset, row
            offset += len(row) + 2

    def _turned(self, box: Box) -> Box:
        left, bottom, right, top = box
        match self.turn:
            case 90:
                return bottom, -right, top, -left
            case 180:
                return -right, -top, -left, -bottom
            case 270:
                return -top, left, -bottom, right
            case _:
                return box

    def _direction(self, rotation: int) -> int:
        """Return the rotation of the lines in degrees: the page's own, else its characters'."""
        across = down = forward = 0.0
        for offset, row in self.rows():
            bare = row.strip()
            if len(bare) < 4 or _ARABIC.search(bare):
                continue
            first = self._page.get_charbox(offset + row.index(bare[0]))
            last = self._page.get_charbox(offset + len(row.rstrip()) - 1)
            across += abs(last[0] - first[0])
            down += abs(last[1] - first[1])
            forward += (last[0] - first[0]) + (last[1] - first[1])
        if down > 3 * across:
            return rotation if rotation in (90, 270) else 90 if forward > 0 else 270
        return 180 if forward < 0 and across > 3 * down else 0


def read_page(page: pypdfium2.PdfTextPage, text: str, rotation: int = 0) -> PageText:
    """Return a page's lines in reading order, with blank lines, indents and raised figures.

    ``text`` is what the library gives, one character an index; ``rotation`` what the page says of itself, in degrees.
    """
    geometry = PageGeometry(page, text, rotation)
    rows, mended = _drawn_rows(geometry)
    warning = WarningCode.WORD_ORDER if mended else None
    drawn = _set_rows(rows)
    gutter = _find_gutter(geometry.runs())
    if gutter is None:
        return PageText(drawn, warning)
    columns = _set_rows(_column_rows(geometry, gutter))
    counted, as_drawn = _ascents(columns), _ascents(drawn)
    if counted < as_drawn:
        return PageText(drawn, WarningCode.READING_ORDER)
    return PageText(columns, WarningCode.COLUMNS if counted > as_drawn else WarningCode.READING_ORDER)


def _ascents(text: str) -> int:
    """Return how often a paragraph's number is followed by the next one."""
    numbers = [int(match[1]) for match in _LEADING_NUMBER.finditer(text)]
    return sum(two == one + 1 for one, two in pairwise(numbers))


# --- lines as drawn -------------------------------------------------------------------------------------------------


def _drawn_rows(geometry: PageGeometry) -> tuple[list[PageRow], bool]:
    """Return the lines in the order of drawing, and whether reversed words were put right."""
    rows: list[PageRow] = []
    mended = False
    for offset, row in geometry.rows():
        bare = row.strip()
        if not bare:
            continue
        first = offset + row.index(bare[0])
        left, bottom, _, top = geometry.box(first)
        raised, height = _raise(geometry, row, offset, top - bottom)
        righted = _right_words(geometry, row, raised, offset)
        mended = mended or righted != raised
        before = rows[-1] if rows else None
        if before and height and abs(bottom - before.bottom) < height * 0.6 and left > before.left:
            gap = "" if row[0].isspace() or before.text[-1:].isspace() else " "
            rows[-1] = PageRow(before.text + gap + righted, before.bottom, before.left, before.height)
        else:
            rows.append(PageRow(righted, bottom, left, height))
    return rows, mended


def _raise(geometry: PageGeometry, row: str, offset: int, height: float) -> tuple[str, float]:
    """Return ``row`` with its small figures raised, and the height of its letters."""
    letter = next((n for n, c in enumerate(row) if c.isalpha()), None)
    if letter is not None:
        _, bottom, _, top = geometry.box(offset + letter)
        height = top - bottom
    if height <= 0:
        return row, height

    def small(place: int) -> bool:
        _, bottom, _, top = geometry.box(offset + place)
        return top - bottom < height * _SMALL

    parts: list[str] = []
    at = 0
    for match in _FIGURES.finditer(row):
        if small(match.start()):
            parts += [row[at : match.start()], match[0].translate(_RAISED)]
            at = match.end()
        elif match.end() - 1 > match.start() and small(match.end() - 1):
            # A mark that sticks to a number: 1968 and its footnote 3.
            begins = next(n for n in range(match.start(), match.end()) if small(n))
            parts += [row[at:begins], row[begins : match.end()].translate(_RAISED)]
            at = match.end()
    return "".join([*parts, row[at:]]), height


def _right_words(geometry: PageGeometry, row: str, raised: str, offset: int) -> str:
    """Return ``raised`` with the Arabic words that were drawn from left to right turned round."""
    if len(raised) != len(row):
        return raised
    out = raised
    for word in _ARABIC.finditer(row):
        centres = [sum(geometry.box(offset + n, loose=False)[::2]) for n in range(*word.span())]
        rising = sum(two > one for one, two in pairwise(centres))
        falling = sum(two < one for one, two in pairwise(centres))
        if rising > falling:
            out = out[: word.start()] + word[0][::-1] + out[word.end() :]
    return out


# --- columns --------------------------------------------------------------------------------------------------------


def _find_gutter(runs: list[Box]) -> float | None:
    """Return the middle of the blank between two columns drawn row by row, or None."""
    lines: list[list[Box]] = []
    for run in sorted((one for one in runs if one[2] > one[0]), key=lambda box: -(box[1] + box[3])):
        if lines and abs((lines[-1][0][1] + lines[-1][0][3]) - (run[1] + run[3])) < (run[3] - run[1]):
            lines[-1].append(run)
        else:
            lines.append([run])
    blanks: list[tuple[float, float]] = []
    for line in lines:
        line.sort()
        wide = max(_GUTTER, _WIDE * max(top - bottom for _, bottom, _, top in line))
        blanks += [(one[2], two[0]) for one, two in pairwise(line) if two[0] - one[2] > wide]
    if len(blanks) < _LEAST_LINES:
        return None
    # The place that most of the blanks share.
    candidates = {(left + right) / 2 for left, right in blanks} | {right - 1 for _, right in blanks}
    gutter = max(sorted(candidates), key=lambda x: sum(left < x < right for left, right in blanks))
    spanning = sum(left < gutter < right for left, right in blanks)
    if spanning < _LEAST_LINES:
        return None
    text_width = max(run[2] for run in runs) - min(run[0] for run in runs)
    sides = [[run for run in runs if run[2] <= gutter], [run for run in runs if run[0] >= gutter]]
    if any(_usual_width(side) < _COLUMN_SHARE * text_width for side in sides):
        return None
    order = [run[0] >= gutter for run in runs if not run[0] < gutter < run[2]]
    switches = sum(one != two for one, two in pairwise(order))
    return gutter if switches > _SWITCHES else None


def _usual_width(side: list[Box]) -> float:
    """Return the usual width of the lines of a column."""
    lines: dict[int, tuple[float, float]] = {}
    for left, bottom, right, _ in side:
        begins, ends = lines.get(round(bottom), (left, right))
        lines[round(bottom)] = (min(begins, left), max(ends, right))
    return median([ends - begins for begins, ends in lines.values()]) if lines else 0.0


def _column_rows(geometry: PageGeometry, gutter: float) -> list[PageRow]:
    """Return the left column's lines above the right one's; lines across both divide the page."""
    marks = [(geometry.box(n), c) for n, c in enumerate(geometry.text) if not c.isspace() and c != "\x00"]
    lines: list[list[tuple[Box, str]]] = []
    for box, char in sorted(marks, key=lambda mark: -(mark[0][1] + mark[0][3])):
        if lines:
            first = lines[-1][0][0]
            if abs((first[1] + first[3]) - (box[1] + box[3])) < first[3] - first[1]:
                lines[-1].append((box, char))
                continue
        lines.append([(box, char)])
    rows: list[PageRow] = []
    left_side: list[PageRow] = []
    right_side: list[PageRow] = []

    def flush() -> None:
        for side in (left_side, right_side):
            rows.extend(
                PageRow(row.text, row.bottom, row.left, row.height, column_start=not n and bool(rows))
                for n, row in enumerate(side)
            )
            side.clear()

    for line in lines:
        line.sort(key=lambda mark: mark[0][0])
        before = [mark for mark in line if (mark[0][0] + mark[0][2]) / 2 < gutter]
        after = line[len(before) :]
        if before and after and after[0][0][0] - before[-1][0][2] < _GUTTER:
            flush()
            rows.append(_joined(line))
            continue
        if before:
            left_side.append(_joined(before))
        if after:
            right_side.append(_joined(after))
    flush()
    return rows


def _joined(line: list[tuple[Box, str]]) -> PageRow:
    """Return the characters of a line, from left to right, as words."""
    height = median([top - bottom for (_, bottom, _, top), _ in line])
    parts: list[str] = []
    edge: float | None = None
    for (left, bottom, right, top), char in line:
        # The blank of a font is a quarter of its height, kerning less than a tenth.
        if edge is not None and left - edge > height * 0.15:
            parts.append(" ")
        parts.append(char.translate(_RAISED) if char.isdigit() and top - bottom < height * _SMALL else char)
        edge = right
    first = line[0][0]
    return PageRow("".join(parts), first[1], first[0], height)


# --- lines to text --------------------------------------------------------------------------------------------------


def _set_rows(rows: list[PageRow]) -> str:
    """Return the lines as text: blank lines at wider distances, a space before indented lines."""
    if not rows:
        return ""
    steps = sorted(one.bottom - two.bottom for one, two in pairwise(rows) if one.bottom - two.bottom > 1)
    step = steps[len(steps) // 4] if steps else 0.0
    lefts = sorted(round(row.left) for row in rows)
    usual = max(set(lefts), key=lefts.count) if lefts else 0
    out: list[str] = []
    for place, row in enumerate(rows):
        apart = place and not 0 < rows[place - 1].bottom - row.bottom < step * 1.3
        # A paragraph runs on into the next column unless the last line ends a clause.
        if apart and not (row.column_start and rows[place - 1].text.rstrip()[-1:] not in ".;:,"):
            out.append("")
        out.append((" " if row.left > usual + 8 else "") + row.text.strip())
    return "\n".join(out)
