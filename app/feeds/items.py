"""Items of the formats that syndicate (Atom, JSON Feed): an event, or a change of one, as their writers take it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.feeds.entry import (
    Entry,
    document_address,
    event_address,
    format_description,
    format_long_title,
    format_summary,
)
from app.i18n import translate_kind
from app.schedule.json_format import plain_event


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a feed that syndicates.

    ``page`` is its page here, ``document`` the official document; moments are in UTC. ``summary`` is the long title,
    empty where ``title`` says all. ``event`` is what JSON Feed carries for programs: the event as the API gives it.
    """

    id: str
    page: str
    document: str | None
    title: str
    text: str
    published: datetime
    updated: datetime
    kind: str
    kind_label: str
    instrument: str
    event: Mapping[str, object]
    summary: str = ""


def item_of(entry: Entry) -> Item:
    """Return the item of an event's present state.

    >>> from app.feeds.sample import sample_entry
    >>> item_of(sample_entry()).page
    'https://localhost/events/A-RES-72-251.5.meeting.1'
    """
    event, language = entry.event, entry.feed.options.language
    return Item(
        id=entry.uid,
        page=event_address(entry),
        document=document_address(entry),
        title=format_summary(entry),
        text=format_description(entry),
        published=entry.created,
        updated=entry.modified,
        kind=event.kind.value,
        kind_label=translate_kind(event.kind, language),
        instrument=event.instrument,
        event=plain_event(event, language, entry.about.title),
        summary=format_long_title(entry),
    )
