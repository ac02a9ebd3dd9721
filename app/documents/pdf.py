"""The text of a PDF, with what its geometry says: blank lines between paragraphs, indents, raised footnote marks."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from itertools import pairwise

import pypdfium2

from app.errors import DocumentError, TooLarge

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_FIGURES = re.compile(r"(?<![/.-])[0-9]{1,3}")
_HINT = "save it again as a PDF with text, or give its text"


def pdf_text(
    source: bytes,
    *,
    name: str = "",
    pages: int = 500,
    seconds: float = 30.0,
    progress: Callable[[int], None] | None = None,
) -> str:
    """The text of a PDF's pages, parted by form feeds.

    Lines stay lines; a wider gap between two becomes a blank line, an indented line begins with a space, and small
    figures become superscript ones. Raises DocumentError for a PDF that is encrypted, broken or without text,
    TooLarge for more than ``pages`` pages or more than ``seconds`` of reading. ``progress`` is told the number of
    each page before it is read. Not safe in threads, and a single page cannot be interrupted
    (see ``app.documents.sandbox``).
    """
    until = time.monotonic() + seconds
    try:
        document = pypdfium2.PdfDocument(source)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise DocumentError("the PDF is encrypted", where=name, hint="give it without its password") from error
        raise DocumentError("the PDF cannot be opened: broken or cut short", where=name, hint=_HINT) from error
    try:
        count = len(document)
        if count > pages:
            raise TooLarge(f"the PDF has {count} pages", where=name, hint=f"at most {pages} are read")
        texts = []
        for number in range(count):
            if time.monotonic() > until:
                what = f"reading the document took more than {seconds:g} seconds"
                raise TooLarge(what, where=f"{name}: page {number + 1}" if name else f"page {number + 1}", hint=_HINT)
            if progress is not None:
                progress(number + 1)
            texts.append(_page(document, number, name))
    finally:
        document.close()
    text = "\n\f".join(texts)
    if not text.strip():
        raise DocumentError("the PDF holds no text, only pictures", where=name, hint=_HINT)
    return text


def _page(document: pypdfium2.PdfDocument, number: int, name: str) -> str:
    try:
        page = document[number]
        words = page.get_textpage()
        try:
            text = str(words.get_text_range())
            if len(text) != words.count_chars():
                return text.replace("\r\n", "\n").replace("\x00", "").replace("\r", "\n")
            return _set(words, text)
        finally:
            words.close()
            page.close()
    except pypdfium2.PdfiumError as error:
        where = f"{name}: page {number + 1}" if name else f"page {number + 1}"
        raise DocumentError("a page of the PDF is broken", where=where, hint=_HINT) from error


def _set(words: pypdfium2.PdfTextPage, text: str) -> str:
    """The page's lines with blank lines, indents and raised figures as their places on the page give them."""
    rows: list[tuple[str, float, float, float]] = []
    offset = 0
    for row in text.split("\r\n"):
        bare = row.strip()
        if bare:
            first = offset + row.index(bare[0])
            left, bottom, _, top = words.get_charbox(first, loose=True)
            raised, height = _raise(words, row, offset, top - bottom)
            if rows and height and abs(bottom - rows[-1][1]) < height * 0.6 and left > rows[-1][2]:
                before = rows.pop()
                gap = "" if row[0].isspace() or before[0][-1:].isspace() else " "
                rows.append((before[0] + gap + raised, before[1], before[2], before[3]))
            else:
                rows.append((raised, bottom, left, height))
        offset += len(row) + 2
    if not rows:
        return ""
    steps = sorted(one[1] - two[1] for one, two in pairwise(rows) if one[1] - two[1] > 1)
    step = steps[len(steps) // 4] if steps else 0.0
    margin = min(row[2] for row in rows)
    lefts = sorted(round(row[2]) for row in rows)
    usual = max(set(lefts), key=lefts.count) if lefts else margin
    out: list[str] = []
    for place, (row, bottom, left, _) in enumerate(rows):
        if place and not 0 < rows[place - 1][1] - bottom < step * 1.3:
            out.append("")
        out.append((" " if left > usual + 8 else "") + row.strip())
    return "\n".join(out).replace("\x00", "").replace("\ufffe", "-")


def _raise(words: pypdfium2.PdfTextPage, row: str, offset: int, height: float) -> tuple[str, float]:
    """``row`` with its small figures raised, and the height of its letters."""
    letter = next((n for n, c in enumerate(row) if c.isalpha()), None)
    if letter is not None:
        _, bottom, _, top = words.get_charbox(offset + letter, loose=True)
        height = top - bottom
    if height <= 0:
        return row, height
    parts: list[str] = []
    at = 0
    for match in _FIGURES.finditer(row):
        _, bottom, _, top = words.get_charbox(offset + match.start(), loose=True)
        if top - bottom < height * 0.82:
            parts += [row[at : match.start()], match[0].translate(_RAISED)]
            at = match.end()
            continue
        last = match.end() - 1
        if last > match.start():  # a mark that sticks to a number: 1968 and its footnote 3
            _, bottom, _, top = words.get_charbox(offset + last, loose=True)
            if top - bottom < height * 0.82:
                small = next(n for n in range(match.start(), match.end()) if _small(words, offset + n, height))
                parts += [row[at:small], row[small : match.end()].translate(_RAISED)]
                at = match.end()
    return "".join([*parts, row[at:]]), height


def _small(words: pypdfium2.PdfTextPage, place: int, height: float) -> bool:
    _, bottom, _, top = words.get_charbox(place, loose=True)
    return bool(top - bottom < height * 0.82)
