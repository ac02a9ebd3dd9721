"""What changed, as Atom and as JSON Feed: a revision an entry, with the state before it and the state after.

Unlike the feeds of events, which show what stands, these tell when the service learned of each change.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from app.feeds.entry import EARLIEST, Feed, clean, symbol_address
from app.i18n import gettext, gettext_noop, say_action, say_kind, say_place, say_revision, say_status, say_time, title
from app.model import Revision
from app.schedule.json_format import plain_event, plain_revision


@dataclass(frozen=True, slots=True)
class Change:
    """A revision, the one that it took the place of (None for an event's first), and its instrument's title."""

    revision: Revision
    before: Revision | None
    about: Mapping[str, str]


def render_changes(extension: str, feed: Feed, changes: Sequence[Change]) -> bytes:
    """The feed of ``changes``, in their order; ``extension`` is a key of ``WRITERS``. Raises KeyError."""
    return WRITERS[extension](feed, changes)


def _moment(change: Change) -> datetime:
    return change.revision.recorded or datetime(EARLIEST.year, EARLIEST.month, EARLIEST.day, tzinfo=UTC)


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _decided(change: Change) -> str:
    return f"{max(change.revision.decided, EARLIEST).isoformat()}T00:00:00Z"


def _address(change: Change, feed: Feed) -> str:
    return f"{feed.base}/events/{quote(change.revision.event.uid, safe='@:.-')}#revision-{change.revision.number}"


def _title(change: Change, language: str) -> str:
    revision = change.revision
    done = say_action(revision.action, language) if revision.action else gettext(gettext_noop("decided"), language)
    said = title(revision.event, language, change.about.get(language, ""))
    return " ".join(clean(f"{said} ({revision.instrument}: {done})").split())


def _state(revision: Revision, language: str) -> str:
    event = revision.event
    parts = [say_time(event, language), say_status(event.status, language)]
    parts += [say_place(event.place, language)] if event.place else []
    return " · ".join(parts)


def _text(change: Change, language: str) -> str:
    lines = [say_revision(change.revision, language)]
    if change.before is not None:
        lines.append(gettext(gettext_noop("Before: {state}"), language, state=_state(change.before, language)))
    lines.append(gettext(gettext_noop("Now: {state}"), language, state=_state(change.revision, language)))
    if change.revision.note:
        lines.append(change.revision.note)
    return clean("\n".join(lines))


# --- Atom (RFC 4287) ------------------------------------------------------------------------------------------------


def _atom(feed: Feed, changes: Sequence[Change]) -> bytes:
    language = feed.choice.language
    newest = max(map(_moment, changes), default=datetime(EARLIEST.year, EARLIEST.month, EARLIEST.day, tzinfo=UTC))
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(language)}>',
        f"<id>{_escaped(feed.address)}</id>",
        f"<title>{_escaped(feed.title)}</title>",
        f"<subtitle>{_escaped(feed.description)}</subtitle>",
        f"<updated>{_written(newest)}</updated>",
        f'<link rel="self" type="application/atom+xml" href={quoteattr(feed.address)}/>',
        f'<link rel="alternate" type="text/html" href={quoteattr(feed.home)}/>',
        f"<author><name>Plenary</name><uri>{_escaped(feed.base)}</uri></author>",
        f"<generator uri={quoteattr(feed.base)}>Plenary</generator>",
    ]
    for change in changes:
        kind = change.revision.event.kind
        lines += [
            "<entry>",
            f"<id>{_escaped(_address(change, feed))}</id>",
            f"<title>{_escaped(_title(change, language))}</title>",
            f"<published>{_decided(change)}</published>",
            f"<updated>{_written(_moment(change))}</updated>",
            f'<link rel="alternate" type="text/html" href={quoteattr(_address(change, feed))}/>',
            f'<link rel="via" href={quoteattr(symbol_address(change.revision.instrument, language))}/>',
            f"<category term={quoteattr(kind.value)} label={quoteattr(say_kind(kind, language))}/>",
            f'<content type="text">{_escaped(_text(change, language))}</content>',
            "</entry>",
        ]
    return ("\n".join([*lines, "</feed>"]) + "\n").encode()


def _escaped(value: str) -> str:
    return escape(clean(value))


# --- JSON Feed 1.1 --------------------------------------------------------------------------------------------------


def _json(feed: Feed, changes: Sequence[Change]) -> bytes:
    language = feed.choice.language
    said = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": clean(feed.title),
        "description": clean(feed.description),
        "home_page_url": feed.home,
        "feed_url": feed.address,
        "language": language,
        "authors": [{"name": "Plenary", "url": feed.base}],
        "items": [
            {
                "id": _address(change, feed),
                "url": _address(change, feed),
                "external_url": symbol_address(change.revision.instrument, language),
                "title": _title(change, language),
                "content_text": _text(change, language),
                "date_published": _decided(change),
                "date_modified": _written(_moment(change)),
                "tags": [say_kind(change.revision.event.kind, language), change.revision.instrument],
                "language": language,
                "_plenary": {
                    **plain_revision(change.revision, language),
                    "before": plain_event(change.before.event, language, change.about) if change.before else None,
                },
            }
            for change in changes
        ],
    }
    return (json.dumps(said, ensure_ascii=False) + "\n").encode("utf-8", "backslashreplace")


WRITERS: Final[Mapping[str, Callable[[Feed, Sequence[Change]], bytes]]] = {"atom": _atom, "json": _json}
"""The formats in which changes are given, by extension."""
