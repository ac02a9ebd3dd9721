"""Atom (RFC 4287)."""

from __future__ import annotations

from typing import Final
from xml.sax.saxutils import escape, quoteattr

from app.feeds.entry import (
    Entry,
    Feed,
    clean,
    document_address,
    event_address,
    say_description,
    say_long_title,
    say_summary,
)
from app.i18n import say_kind

EXTENSION: Final = "atom"
MEDIA_TYPE: Final = "application/atom+xml; charset=utf-8"
SEPARATOR: Final = b""


def head(feed: Feed) -> bytes:
    """Everything before the first entry."""
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(feed.choice.language)}>',
        f"<id>{_text(feed.address)}</id>",
        f"<title>{_text(feed.title)}</title>",
        f"<subtitle>{_text(feed.description)}</subtitle>",
        f"<updated>{feed.changed:%Y-%m-%d}T00:00:00Z</updated>",
        f'<link rel="self" type="application/atom+xml" href={quoteattr(feed.address)}/>',
        f'<link rel="alternate" type="text/html" href={quoteattr(feed.home)}/>',
        f"<author><name>Plenary</name><uri>{_text(feed.base)}</uri></author>",
        f"<generator uri={quoteattr(feed.base)}>Plenary</generator>",
    ]
    return ("\n".join(lines) + "\n").encode()


def piece(entry: Entry) -> bytes:
    """One entry; an item without a date is among them."""
    document = document_address(entry)
    kind = say_kind(entry.event.kind, entry.feed.choice.language)
    lines = [
        "<entry>",
        f"<id>{_text(event_address(entry))}</id>",
        f"<title>{_text(say_summary(entry))}</title>",
        f"<published>{entry.created:%Y-%m-%dT%H:%M:%SZ}</published>",
        f"<updated>{entry.modified:%Y-%m-%dT%H:%M:%SZ}</updated>",
        f'<link rel="alternate" type="text/html" href={quoteattr(event_address(entry))}/>',
        f'<link rel="via" href={quoteattr(document)}/>' if document else "",
        f"<category term={quoteattr(entry.event.kind.value)} label={quoteattr(kind)}/>",
        f"<summary>{_text(say_long_title(entry))}</summary>",
        f'<content type="text">{_text(say_description(entry))}</content>',
        "</entry>",
    ]
    return ("\n".join(line for line in lines if line) + "\n").encode()


def tail(feed: Feed) -> bytes:  # noqa: ARG001  # every format is asked for its tail in the same way
    """Everything after the last entry."""
    return b"</feed>\n"


def _text(value: str) -> str:
    return escape(clean(value))
