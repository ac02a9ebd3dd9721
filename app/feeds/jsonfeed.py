"""JSON Feed 1.1; each item carries the event as the API gives it under ``_plenary``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

from app.feeds.clean_text import clean
from app.feeds.entry import Entry, Feed
from app.feeds.items import Item, item_of

EXTENSION: Final = "json"
MEDIA_TYPE: Final = "application/feed+json; charset=utf-8"
SEPARATOR: Final = b",\n"


def head(feed: Feed) -> bytes:
    """Return everything before the first item.

    >>> from app.feeds.sample import sample_feed
    >>> head(sample_feed())[:51]
    b'{"version": "https://jsonfeed.org/version/1.1", "ti'
    """
    members = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": clean(feed.title),
        "description": clean(feed.description),
        "home_page_url": feed.home,
        "feed_url": feed.address,
        "language": feed.options.language,
        "authors": [{"name": "Plenary", "url": feed.base}],
    }
    return (json.dumps(members, ensure_ascii=False)[:-1] + ', "items": [\n').encode()


def fragment(entry: Entry) -> bytes:
    """Return the item of an event; an event without a date is included.

    >>> from app.feeds.sample import sample_entry
    >>> json.loads(fragment(sample_entry()))["date_published"]
    '2017-12-24T00:00:00+00:00'
    """
    return write_item(item_of(entry), entry.feed.options.language)


def write_item(item: Item, language: str) -> bytes:
    """Return one item; members without a value are left out.

    >>> from app.feeds.sample import sample_entry
    >>> json.loads(write_item(item_of(sample_entry()), "en"))["tags"]
    ['Meeting', 'A/RES/72/251']
    """
    members = {
        "id": item.id,
        "url": item.page,
        "external_url": item.document,
        "title": clean(item.title),
        "summary": clean(item.summary) if item.summary else None,
        "content_text": clean(item.text),
        "date_published": item.published.isoformat(),
        "date_modified": item.updated.isoformat(),
        "tags": [item.kind_label, item.instrument],
        "language": language,
        "_plenary": _cleaned(item.event),
    }
    present = {key: value for key, value in members.items() if value is not None}
    return json.dumps(present, ensure_ascii=False).encode("utf-8", "backslashreplace")


def _cleaned(value: object) -> object:
    """Return a value of JSON with every text in it cleaned."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        return {key: _cleaned(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_cleaned(item) for item in value]
    return value


def tail(feed: Feed) -> bytes:  # noqa: ARG001  # the interface of a format
    """Return everything after the last item.

    >>> from app.feeds.sample import sample_feed
    >>> tail(sample_feed())
    b'\\n]}\\n'
    """
    return b"\n]}\n"
