"""Changes as Atom and as JSON Feed: one item a revision, with the states before and after it.

Unlike the feeds of events, which show the present state, these are dated by when the service learned of a change. The
writers are those of the event feeds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from urllib.parse import quote

from app.feeds import atom, jsonfeed
from app.feeds.clean_text import clean
from app.feeds.entry import EARLIEST, Feed, midnight, symbol_address
from app.feeds.items import Item
from app.i18n import (
    format_revision,
    format_time,
    gettext,
    gettext_noop,
    title,
    translate_action,
    translate_kind,
    translate_place,
    translate_status,
)
from app.model import Revision
from app.schedule.json_format import plain_event, plain_revision

CHANGE_FORMATS: Final = (atom.EXTENSION, jsonfeed.EXTENSION)
"""Extensions of the formats in which changes are given."""


@dataclass(frozen=True, slots=True)
class Change:
    """A revision, the one it replaced, and its instrument's title by language.

    ``before`` is absent (None) for the first revision of an event.
    """

    revision: Revision
    before: Revision | None
    about: Mapping[str, str]


def render_changes(extension: str, feed: Feed, changes: Sequence[Change]) -> bytes:
    """Return the feed of ``changes``, in their order.

    Raises KeyError for an extension not in ``CHANGE_FORMATS``.

    >>> from app.feeds.sample import SAMPLE_REVISION, sample_feed
    >>> lines = render_changes("atom", sample_feed(), [Change(SAMPLE_REVISION, None, {})]).decode().splitlines()
    >>> lines[-3]
    'Now: 14–16 May 2018 · scheduled · New York</content>'
    """
    items = [_item(change, feed) for change in changes]
    if extension == atom.EXTENSION:
        newest = max((item.updated for item in items), default=midnight(EARLIEST))
        return b"".join((atom.head(feed, newest), *map(atom.write_item, items), atom.tail(feed)))
    if extension == jsonfeed.EXTENSION:
        written = [jsonfeed.write_item(item, feed.options.language) for item in items]
        return jsonfeed.head(feed) + jsonfeed.SEPARATOR.join(written) + jsonfeed.tail(feed)
    raise KeyError(extension)


def _item(change: Change, feed: Feed) -> Item:
    revision, language = change.revision, feed.options.language
    page = f"{feed.base}/events/{quote(revision.event.uid, safe='@:.-')}#revision-{revision.number}"
    before = plain_event(change.before.event, language, change.about) if change.before else None
    return Item(
        id=page,
        page=page,
        document=symbol_address(revision.instrument, language),
        title=_title(change, language),
        text=_text(change, language),
        published=midnight(revision.decided),
        updated=_learned(revision),
        kind=revision.event.kind.value,
        kind_label=translate_kind(revision.event.kind, language),
        instrument=revision.instrument,
        event={**plain_revision(revision, language), "before": before},
    )


def _learned(revision: Revision) -> datetime:
    """Return the moment at which the service learned of the revision, to the second."""
    moment = revision.recorded or midnight(EARLIEST)
    return moment.astimezone(UTC).replace(microsecond=0)


def _title(change: Change, language: str) -> str:
    revision = change.revision
    action = (
        translate_action(revision.action, language) if revision.action else gettext(gettext_noop("decided"), language)
    )
    name = title(revision.event, language, change.about.get(language, ""))
    return " ".join(clean(f"{name} ({revision.instrument}: {action})").split())


def _state(revision: Revision, language: str) -> str:
    event = revision.event
    parts = [format_time(event, language), translate_status(event.status, language)]
    parts += [translate_place(event.place, language)] if event.place else []
    return " · ".join(parts)


def _text(change: Change, language: str) -> str:
    lines = [format_revision(change.revision, language)]
    if change.before is not None:
        lines.append(gettext(gettext_noop("Before: {state}"), language, state=_state(change.before, language)))
    lines.append(gettext(gettext_noop("Now: {state}"), language, state=_state(change.revision, language)))
    if change.revision.note:
        lines.append(change.revision.note)
    return clean("\n".join(lines))
