"""Atom (RFC 4287)."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from app.feeds.clean_text import clean
from app.feeds.entry import Entry, Feed
from app.feeds.items import Item, item_of

EXTENSION: Final = "atom"
MEDIA_TYPE: Final = "application/atom+xml; charset=utf-8"
SEPARATOR: Final = b""


def head(feed: Feed, updated: datetime | None = None) -> bytes:
    """Return everything before the first entry.

    ``updated`` defaults to the day of the latest decision.

    >>> from app.feeds.sample import sample_feed
    >>> head(sample_feed()).splitlines()[1]
    b'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">'
    """
    moment = format_moment(updated) if updated else f"{feed.changed:%Y-%m-%d}T00:00:00Z"
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(feed.options.language)}>',
        f"<id>{_text(feed.address)}</id>",
        f"<title>{_text(feed.title)}</title>",
        f"<subtitle>{_text(feed.description)}</subtitle>",
        f"<updated>{moment}</updated>",
        f'<link rel="self" type="application/atom+xml" href={quoteattr(feed.address)}/>',
        f'<link rel="alternate" type="text/html" href={quoteattr(feed.home)}/>',
        f"<author><name>Plenary</name><uri>{_text(feed.base)}</uri></author>",
        f"<generator uri={quoteattr(feed.base)}>Plenary</generator>",
    ]
    return ("\n".join(lines) + "\n").encode()


def fragment(entry: Entry) -> bytes:
    """Return the entry of an event; an event without a date is included.

    >>> from app.feeds.sample import sample_entry
    >>> fragment(sample_entry()).splitlines()[2]
    b'<title>Conference on nuclear disarmament (New York)</title>'
    """
    return write_item(item_of(entry))


def write_item(item: Item) -> bytes:
    """Return one entry.

    >>> from app.feeds.sample import sample_entry
    >>> write_item(item_of(sample_entry())).splitlines()[-1]
    b'</entry>'
    """
    lines = [
        "<entry>",
        f"<id>{_text(item.page)}</id>",
        f"<title>{_text(item.title)}</title>",
        f"<published>{format_moment(item.published)}</published>",
        f"<updated>{format_moment(item.updated)}</updated>",
        f'<link rel="alternate" type="text/html" href={quoteattr(item.page)}/>',
        f'<link rel="via" href={quoteattr(item.document)}/>' if item.document else "",
        f"<category term={quoteattr(item.kind)} label={quoteattr(item.kind_label)}/>",
        f"<summary>{_text(item.summary)}</summary>" if item.summary else "",
        f'<content type="text">{_text(item.text)}</content>',
        "</entry>",
    ]
    return ("\n".join(line for line in lines if line) + "\n").encode()


def tail(feed: Feed) -> bytes:  # noqa: ARG001  # the interface of a format
    """Return everything after the last entry.

    >>> from app.feeds.sample import sample_feed
    >>> tail(sample_feed())
    b'</feed>\\n'
    """
    return b"</feed>\n"


def format_moment(moment: datetime) -> str:
    """Return a UTC moment as RFC 3339 writes it, to the second.

    >>> from datetime import UTC
    >>> format_moment(datetime(2017, 12, 24, tzinfo=UTC))
    '2017-12-24T00:00:00Z'
    """
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def _text(value: str) -> str:
    return escape(clean(value))
