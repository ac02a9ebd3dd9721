"""CSV (RFC 4180) for spreadsheets: one row an event."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from app.feeds.clean_text import clean
from app.feeds.entry import Entry, Feed, document_address, format_long_title, format_place
from app.i18n import explain_proof, format_time, name_of, title, translate_certainty, translate_kind, translate_status
from app.schedule.json_format import moments

EXTENSION: Final = "csv"
MEDIA_TYPE: Final = "text/csv; charset=utf-8; header=present"
SEPARATOR: Final = b""
# Spreadsheets tell UTF-8 from an old code page by this mark alone; without it Chinese and Arabic come out garbled.
_MARK: Final = "\ufeff"


def _quote(entry: Entry) -> str:
    event = entry.event
    quote = event.quote.get(entry.feed.options.language) or next(iter(event.quote.values()), "")
    return " ".join(quote.split())


def _title(entry: Entry) -> str:
    language = entry.feed.options.language
    return " ".join(title(entry.event, language, entry.about.title.get(language, "")).split())


def _clause(entry: Entry) -> str:
    clause = entry.event.clause
    return clause.get(entry.feed.options.language) or next(iter(clause.values()), "")


def _arithmetic(entry: Entry) -> str:
    event = entry.event
    return explain_proof(event.proof, entry.feed.options.language) if event.proof else event.arithmetic


def _bearer(entry: Entry) -> str:
    event = entry.event
    return name_of(event.bearer, entry.feed.options.language).name if event.bearer else ""


def _addressees(entry: Entry) -> str:
    return "; ".join(name_of(slug, entry.feed.options.language).name for slug in entry.event.addressees)


COLUMNS: Final[Mapping[str, Callable[[Entry], str | None]]] = {
    "start": lambda entry: moments(entry.event)[0],
    "end": lambda entry: moments(entry.event)[1],
    "time": lambda entry: format_time(entry.event, entry.feed.options.language),
    "title": _title,
    "kind": lambda entry: translate_kind(entry.event.kind, entry.feed.options.language),
    "certainty": lambda entry: translate_certainty(entry.event.certainty, entry.feed.options.language),
    "status": lambda entry: translate_status(entry.event.status, entry.feed.options.language),
    "bearer": _bearer,
    "addressees": _addressees,
    "place": lambda entry: format_place(entry.event, entry.feed.options.language),
    "instrument": lambda entry: entry.event.instrument,
    "paragraph": lambda entry: entry.event.paragraph,
    "when": lambda entry: entry.event.when,
    "recurrence": lambda entry: entry.event.recurrence,
    "quote": _quote,
    "arithmetic": _arithmetic,
    "decided": lambda entry: entry.revision.decided.isoformat(),
    "revision": lambda entry: str(entry.revision.number),
    "revised_by": lambda entry: entry.event.revised_by,
    "document": document_address,
    "uid": lambda entry: entry.uid,
    "long_title": format_long_title,
    "clause": _clause,
}
"""The columns in their order, each with what it shows of an entry; None is an empty cell."""


def head(feed: Feed) -> bytes:  # noqa: ARG001  # every format is asked for its head in the same way
    """Return the byte order mark and the row of column names.

    >>> from app.feeds.sample import sample_feed
    >>> head(sample_feed()).decode("utf-8-sig").split(",")[:4]
    ['start', 'end', 'time', 'title']
    """
    return (_MARK + _row(COLUMNS)).encode()


def fragment(entry: Entry) -> bytes:
    """Return the row of an event; an event without a date is included.

    >>> from app.feeds.sample import sample_entry
    >>> fragment(sample_entry()).decode().split(",")[:4]
    ['2018-05-14', '2018-05-16', '14–16 May 2018', 'Conference on nuclear disarmament (New York)']
    """
    return _row(value(entry) or "" for value in COLUMNS.values()).encode()


def tail(feed: Feed) -> bytes:  # noqa: ARG001  # every format is asked for its tail in the same way
    """Return nothing: nothing follows the last row.

    >>> from app.feeds.sample import sample_feed
    >>> tail(sample_feed())
    b''
    """
    return b""


def _row(cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([_inert(clean(cell)) for cell in cells])
    return out.getvalue()


def _inert(cell: str) -> str:
    """Return the cell with an apostrophe before what a spreadsheet would run as a formula."""
    return f"'{cell}" if cell.lstrip(" \n").startswith(("=", "+", "-", "@", "\t")) else cell
