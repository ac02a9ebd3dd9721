"""What readers ask of the store and what they get: values only."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Generic, TypeVar

from app.errors import UnknownParameter, message
from app.model import Kind, Schedule, Status

Item = TypeVar("Item")

MOST = 10_000
"""The largest page."""


@dataclass(frozen=True, slots=True)
class EventQuery:
    """Query for events.

    Filters combine by AND, the values of one by OR; an empty or null filter matches everything.

    ``resolution`` is a slug, ``resolutions`` are several; ``actors`` are slugs of bearers or addressees,
    ``bearers`` and ``addressees`` of the one or the other; ``sessions`` are tokens (GA82) that the time of an event
    names; ``bodies`` are slugs of adopting bodies;
    ``topics`` the family of an instrument, or words of its English title joined by hyphens; ``q`` words looked for in
    titles, subjects and quotes of every language. ``start`` and ``end`` are inclusive days that an event overlaps,
    recurrences included; an event without any day overlaps none. ``as_of``: what had been decided by the end of that
    day. ``known_at``: what the store held at that moment. ``merged`` gives items that repeat an earlier event, too.
    ``statuses`` are those on the day ``on`` (None: as decided).
    ``uids`` chooses among these events alone; at most a thousand. ``recurring`` chooses what recurs, or what does not.
    """

    resolution: str | None = None
    kinds: tuple[Kind, ...] = ()
    resolutions: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    bearers: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    sessions: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    q: str = ""
    start: date | None = None
    end: date | None = None
    as_of: date | None = None
    known_at: datetime | None = None
    merged: bool = False
    uids: tuple[str, ...] = ()
    recurring: bool | None = None
    statuses: tuple[Status, ...] = ()
    on: date | None = None
    limit: int = 100
    cursor: str | None = None


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """A page of a list; ``next`` is the cursor of the following page, None on the last."""

    items: tuple[Item, ...]
    next: str | None = None


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """Changes of the store since a moment.

    ``uids`` of events; slugs of instruments: ``metadata_changed`` with another title or schedule metadata,
    ``meetings_changed`` with another meeting, ``changed`` with any change.
    """

    uids: frozenset[str]
    metadata_changed: frozenset[str]
    meetings_changed: frozenset[str]
    changed: frozenset[str]


@dataclass(frozen=True, slots=True)
class Instrument:
    """Instrument in lists, with the ``languages`` of its texts and event ``counts`` by kind."""

    symbol: str
    slug: str
    title: Mapping[str, str]
    body: str | None
    session: int | None
    adopted: date | None
    family: str = ""
    languages: tuple[str, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StoredInstrument(Instrument):
    """Instrument with its schedule.

    The schedule holds its events as its own text decided them, and its effects on other events.

    ``withdrawn`` is when its schedule was, of one that has none any more; the schedule is what it was until then.
    """

    schedule: Schedule = field(kw_only=True)
    withdrawn: datetime | None = field(default=None, kw_only=True)


def cursor_of(*parts: str) -> str:
    """Return an opaque cursor that ``read_cursor`` reads again."""
    return base64.urlsafe_b64encode("\n".join(parts).encode()).decode().rstrip("=")


def read_cursor(cursor: str, parts: int) -> list[str]:
    """Return the parts of a cursor.

    Raises UnknownParameter for a cursor of another store or format.
    """
    try:
        found = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode().split("\n")
    except (binascii.Error, ValueError) as error:
        raise _wrong() from error
    if len(found) != parts:
        raise _wrong()
    return found


def day_of_cursor(text: str) -> date:
    """Return a day that stands in a cursor. Raises UnknownParameter."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise _wrong() from error


def number_of_cursor(text: str) -> int:
    """Return a number that stands in a cursor. Raises UnknownParameter."""
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise _wrong()
    return int(text)


def bounded(limit: int) -> int:
    """Return a page's size within its bounds. Raises UnknownParameter."""
    if not 1 <= limit <= MOST:
        raise UnknownParameter(
            message("invalid page size {limit}", limit=limit),
            where="limit",
            hint=message("use 1 to {value}", value=MOST),
        )
    return limit


def _wrong() -> UnknownParameter:
    return UnknownParameter(
        message("invalid cursor"), where="cursor", hint=message("use the value of `next` unchanged")
    )
