"""Documents as bytes of text, HTML, DOCX or PDF; the format is recognised by the first bytes."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import date

from app.documents.extracted import ExtractedText
from app.documents.sandbox import read_in_sandbox
from app.errors import DocumentError, TooLarge, message
from app.model import Language, Resolution, Symbol


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of what is read."""

    bytes: int = 20_000_000
    """Size of the document."""
    pages: int = 500
    seconds: float = 30.0
    """Wall-clock time that opening it may take."""
    memory: int = 2_000_000_000
    """Address space, in bytes, of the process that opens it."""


DEFAULT = Limits()


def read(
    source: bytes,
    language: Language,
    *,
    name: str = "",
    symbol: Symbol | None = None,
    adopted: date | None = None,
    limits: Limits = DEFAULT,
) -> Resolution:
    """Return the instrument that a document holds, in any format; see ``read_text``.

    Raises DocumentError for a document that is empty, encrypted, cut short, without text or not UTF-8, TooLarge for
    one beyond ``limits``.
    """
    from app.documents.parser import read_text  # noqa: PLC0415 (large, and not needed to parse a symbol)

    found = extract(source, name=name, limits=limits)
    return read_text(found.text, language, name=name, symbol=symbol, adopted=adopted, warnings=found.warnings)


def extract(source: bytes, *, name: str = "", limits: Limits = DEFAULT) -> ExtractedText:
    """Return the text of a document: UTF-8 as it is, or that of a PDF, DOCX or HTML file.

    Pages are parted by form feeds; footnote marks that such a file raises above the line become superscript figures.
    Raises DocumentError, TooLarge.
    """
    if len(source) > limits.bytes:
        what = message("the document has {size} bytes", size=f"{len(source):,}")
        raise TooLarge(what, where=name, hint=message("send at most {most} bytes", most=f"{limits.bytes:,}"))
    head = source.lstrip(b"\xef\xbb\xbf \t\r\n\x0b\x0c")[:1024]
    if not head:
        raise DocumentError(
            message("the document is empty"), where=name, hint=message("give the text of a resolution or decision")
        )
    if b"%PDF-" in head:
        return _apart("pdf", source, name, limits)
    if head.startswith(b"PK"):
        return _apart("docx", source, name, limits)
    if head[:200].lower().startswith((b"<!doctype", b"<html", b"<?xml")) or b"<html" in head.lower():
        return _apart("html", source, name, limits)
    return ExtractedText(plain_text(source, name=name))


_here = threading.Lock()
"""Where documents are read in this process, one at a time: pdfium is not safe in threads."""


def _apart(kind: str, source: bytes, name: str, limits: Limits) -> ExtractedText:
    """Return the text of a document, read in a sandbox process, or here if none can start."""
    found = read_in_sandbox(
        kind,
        source,
        name=name,
        size=limits.bytes,
        pages=limits.pages,
        seconds=limits.seconds,
        memory=limits.memory,
    )
    if found is not None:
        return found
    with _here:
        if kind == "pdf":
            from app.documents.pdf import read_pdf  # noqa: PLC0415 (a library of its own, only where it is needed)

            return read_pdf(source, name=name, pages=limits.pages, seconds=limits.seconds)
        if kind == "docx":
            from app.documents.docx import read_docx  # noqa: PLC0415 (a library of its own, only where it is needed)

            return read_docx(source, name=name, size=limits.bytes)
        from app.documents.html import read_html  # noqa: PLC0415 (a library of its own, only where it is needed)

        return read_html(source, name=name)


def plain_text(source: bytes, *, name: str = "") -> str:
    """Decode ``source`` as UTF-8. Raises DocumentError with the offset of the first bad byte."""
    if b"\x00" in source:
        what = message("the document has a NUL byte at byte {place}", place=source.index(0))
        raise DocumentError(what, where=name, hint=message("give text, PDF, DOCX or HTML"))
    try:
        return source.decode("utf-8")
    except UnicodeDecodeError as error:
        what = message("invalid UTF-8: byte {place} is 0x{byte}", place=error.start, byte=f"{source[error.start]:02x}")
        raise DocumentError(what, where=name, hint=message("save it as UTF-8")) from error
