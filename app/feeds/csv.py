"""CSV (RFC 4180) for spreadsheets: one row an event."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Final

from app.feeds.entry import Entry, Feed, clean, document_address, say_long_title, say_place
from app.i18n import explain_proof, format_time, name_of, title, translate_certainty, translate_kind, translate_status
from app.schedule.json_format import moments

EXTENSION: Final = "csv"
MEDIA_TYPE: Final = "text/csv; charset=utf-8; header=present"
SEPARATOR: Final = b""
COLUMNS: Final = (
    "start",
    "end",
    "time",
    "title",
    "kind",
    "certainty",
    "status",
    "bearer",
    "addressees",
    "place",
    "instrument",
    "paragraph",
    "when",
    "recurrence",
    "quote",
    "arithmetic",
    "decided",
    "revision",
    "revised_by",
    "document",
    "uid",
    "long_title",
    "clause",
)
# Spreadsheets tell UTF-8 from an old code page by this mark alone; without it Chinese and Arabic come out garbled.
_MARK: Final = "\ufeff"


def head(feed: Feed) -> bytes:  # noqa: ARG001  # every format is asked for its head in the same way
    """The mark of UTF-8 and the row of column names."""
    return (_MARK + _row(COLUMNS)).encode()


def fragment(entry: Entry) -> bytes:
    """One row; an item without a date is among them."""
    event, language = entry.event, entry.feed.options.language
    start, end = moments(event)
    quote = event.quote.get(language) or next(iter(event.quote.values()), "")
    return _row(
        (
            start or "",
            end or "",
            format_time(event, language),
            " ".join(title(event, language, entry.about.title.get(language, "")).split()),
            translate_kind(event.kind, language),
            translate_certainty(event.certainty, language),
            translate_status(event.status, language),
            name_of(event.bearer, language).name if event.bearer else "",
            "; ".join(name_of(slug, language).name for slug in event.addressees),
            say_place(event, language) or "",
            event.instrument,
            event.paragraph or "",
            event.when,
            event.recurrence or "",
            " ".join(quote.split()),
            explain_proof(event.proof, language) if event.proof else event.arithmetic,
            entry.revision.decided.isoformat(),
            str(entry.revision.number),
            event.revised_by or "",
            document_address(entry) or "",
            event.uid,
            say_long_title(entry),
            event.clause.get(language) or next(iter(event.clause.values()), ""),
        )
    ).encode()


def tail(feed: Feed) -> bytes:  # noqa: ARG001  # every format is asked for its tail in the same way
    """Nothing follows the last row."""
    return b""


def _row(cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([_inert(clean(cell)) for cell in cells])
    return out.getvalue()


def _inert(cell: str) -> str:
    """The cell with an apostrophe before anything that a spreadsheet would run as a formula."""
    return f"'{cell}" if cell.lstrip(" \n").startswith(("=", "+", "-", "@", "\t")) else cell
