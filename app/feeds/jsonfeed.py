"""JSON Feed 1.1, each item with the event as the API gives it under ``_plenary``."""

from __future__ import annotations

import json
from typing import Final

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
from app.schedule.json_format import plain_event

EXTENSION: Final = "json"
MEDIA_TYPE: Final = "application/feed+json; charset=utf-8"
SEPARATOR: Final = b",\n"


def head(feed: Feed) -> bytes:
    """Everything before the first item."""
    said = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": clean(feed.title),
        "description": clean(feed.description),
        "home_page_url": feed.home,
        "feed_url": feed.address,
        "language": feed.choice.language,
        "authors": [{"name": "Plenary", "url": feed.base}],
    }
    return (json.dumps(said, ensure_ascii=False)[:-1] + ', "items": [\n').encode()


def piece(entry: Entry) -> bytes:
    """One item; an item without a date is among them."""
    language = entry.feed.choice.language
    item = {
        "id": entry.event.uid,
        "url": event_address(entry),
        "external_url": document_address(entry),
        "title": clean(say_summary(entry)),
        "summary": clean(say_long_title(entry)),
        "content_text": clean(say_description(entry)),
        "date_published": entry.created.isoformat(),
        "date_modified": entry.modified.isoformat(),
        "tags": [say_kind(entry.event.kind, language), entry.event.instrument],
        "language": language,
        "_plenary": plain_event(entry.event, language, entry.about.title),
    }
    return json.dumps({key: value for key, value in item.items() if value is not None}, ensure_ascii=False).encode()


def tail(feed: Feed) -> bytes:  # noqa: ARG001  # every format is asked for its tail in the same way
    """Everything after the last item."""
    return b"\n]}\n"
