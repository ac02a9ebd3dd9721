"""The text of a PDF, with what its geometry says: blank lines between paragraphs, indents, raised footnote marks."""

from __future__ import annotations

import re
import time
import unicodedata
from collections.abc import Callable

import pypdfium2

from app.documents.extracted import ExtractedText
from app.documents.pdf_layout import PageText, read_page
from app.errors import DocumentError, TooLarge, message
from app.model import DocumentWarning, WarningCode

_HINT = message("save it again as a PDF with text, or give its text")
_LIGATURES = re.compile(r"[\ufb00-\ufb06\ufb1d-\ufdfb\ufe70-\ufefc]")
"""Signs that stand for several letters, or for a letter in one of its shapes (Unicode: presentation forms)."""
_LOST = re.compile(r"(?<=[^\W\d_])[\ufffd\ue000-\uf8ff\x01-\x08]|[\ufffd\ue000-\uf8ff\x01-\x08](?=[^\W\d_])")
"""Characters within words that stand for no letter: of a font that does not say what its signs mean."""


def read_pdf(
    source: bytes,
    *,
    name: str = "",
    pages: int = 500,
    seconds: float = 30.0,
    progress: Callable[[int], None] | None = None,
) -> ExtractedText:
    """Return the text of a PDF's pages, parted by form feeds.

    Lines stay lines; a wider gap between two becomes a blank line, an indented line begins with a space, and small
    figures become superscript ones. Raises DocumentError for a PDF that is encrypted, broken or without text,
    TooLarge for more than ``pages`` pages or more than ``seconds`` of reading. ``progress`` is called with the number
    of each page before it is read. Not safe in threads, and a single page cannot be interrupted
    (see ``app.documents.sandbox``).
    """
    until = time.monotonic() + seconds
    try:
        document = pypdfium2.PdfDocument(source)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise DocumentError(
                message("the PDF is encrypted"), where=name, hint=message("give it without its password")
            ) from error
        raise DocumentError(message("the PDF is damaged or truncated"), where=name, hint=_HINT) from error
    try:
        count = len(document)
        if count > pages:
            raise TooLarge(
                message("the PDF has {count} pages", count=count),
                where=name,
                hint=message("split it into parts of at most {count} pages", count=pages),
            )
        found: list[PageText] = []
        for number in range(count):
            if time.monotonic() > until:
                what = message("reading the document took more than {seconds} seconds", seconds=f"{seconds:g}")
                raise TooLarge(what, where=f"{name}: page {number + 1}" if name else f"page {number + 1}", hint=_HINT)
            if progress is not None:
                progress(number + 1)
            found.append(_page(document, number, name))
    finally:
        document.close()
    text = "\n\f".join(page.text for page in found)
    if not text.strip():
        raise DocumentError(message("the PDF contains images but no text"), where=name, hint=_HINT)
    return ExtractedText(text, _warnings(found))


def _page(document: pypdfium2.PdfDocument, number: int, name: str) -> PageText:
    try:
        page = document[number]
        words = page.get_textpage()
        try:
            text = str(words.get_text_range())
            if len(text) != words.count_chars():
                # Characters beyond the basic plane: the places of the others are not known by their index.
                found = PageText(text.replace("\r\n", "\n").replace("\r", "\n"))
            else:
                found = read_page(words, text, page.get_rotation())
        finally:
            words.close()
            page.close()
    except pypdfium2.PdfiumError as error:
        where = f"{name}: page {number + 1}" if name else f"page {number + 1}"
        raise DocumentError(message("a page of the PDF cannot be read"), where=where, hint=_HINT) from error
    plain = found.text.replace("\x00", "").replace("\ufffe", "-")
    return PageText(_LIGATURES.sub(lambda sign: unicodedata.normalize("NFKC", sign[0]), plain), found.warning)


def _warnings(pages: list[PageText]) -> tuple[DocumentWarning, ...]:
    """Return one warning a kind, with the numbers of its pages."""
    held: dict[WarningCode, list[str]] = {}
    for number, page in enumerate(pages, 1):
        if page.warning:
            held.setdefault(page.warning, []).append(str(number))
        if _LOST.search(page.text):
            held.setdefault(WarningCode.LOST_CHARACTERS, []).append(str(number))
    return tuple(DocumentWarning(code, ", ".join(numbers)) for code, numbers in held.items())
