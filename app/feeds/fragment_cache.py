"""Fragment cache: each event is rendered once a revision and a way of display, then joined into feeds.

Rendering 10,000 events with icalendar takes seconds, joining their bytes takes milliseconds, and a change nearly
always touches one of them. Two levels: fragments of single events, and for large feeds the joined bytes of each chunk.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from threading import Lock
from typing import Final, NamedTuple

from app.feeds.chunked_list import Chunk, ChunkedList
from app.feeds.entry import ALL, Entry, Feed, RecordLookup, build_entry
from app.feeds.formats import Format
from app.feeds.tagged_cache import TaggedCache
from app.model import Event, Revision
from app.schedule.time_status import event_on, same_view

_log = logging.getLogger(__name__)

# How a fragment names a time zone, in iCalendar and in jCal.
_ZONE_PATTERNS: Final = (b";TZID=%b:", b'"tzid": "%b"')
_FRAGMENT_OVERHEAD: Final = 240
"""Bytes that a fragment takes beside its own: a tuple, a key, its slot in a dictionary (measured, rounded up)."""
_SET_OVERHEAD: Final = 1024
"""Bytes that an empty set counts: strangers may request any number of ways of displaying no event at all."""
_MIN_JOINED_CHUNKS: Final = 4
"""Feeds of fewer chunks are joined from their fragments fast enough."""


class _Fragment(NamedTuple):
    """The bytes of one event, and what they were rendered from.

    That is its revision, and ``seen``, the event with the status of that day.
    """

    revision: Revision
    data: bytes
    seen: Event


@dataclass(slots=True)
class _FragmentSet:
    """The fragments of one format and way of display, by UID."""

    fragments: dict[str, _Fragment] = field(default_factory=dict)
    size: int = _SET_OVERHEAD


class _JoinedChunk(NamedTuple):
    """The joined fragments of a chunk.

    ``zones`` are the time zones that they name, ``changed`` is the latest day of a decision among them.
    """

    data: bytes
    zones: frozenset[str]
    changed: date


class _JoinedFeed(NamedTuple):
    """The joined chunks of a feed, with the statuses of one day."""

    day: date | None
    chunks: Mapping[Chunk, _JoinedChunk]


def _joined_size(joined: _JoinedFeed) -> int:
    return sum(len(chunk.data) for chunk in joined.chunks.values())


def no_checkpoint() -> None:
    """Do nothing: the default checkpoint never stops a rendering.

    >>> no_checkpoint()
    """


class FragmentCache:
    """Renders feeds from cached fragments; holds at most ``limit`` bytes. Thread-safe.

    ``unwritable`` counts, by UID, events that a format could not write: such an event is left out of the feed, logged
    and reported, and costs no other event its place.
    """

    def __init__(self, limit: int) -> None:
        self._sets: TaggedCache[tuple[object, ...], _FragmentSet] = TaggedCache(limit * 2 // 3, lambda held: held.size)
        self._joined: TaggedCache[str, _JoinedFeed] = TaggedCache(limit // 3, _joined_size)
        self._lock = Lock()
        self._generation = 0
        self.unwritable: dict[str, str] = {}

    @property
    def size(self) -> int:
        """The bytes held."""
        return self._sets.size + self._joined.size

    def forget(self, *uids: str) -> None:
        """Discard what was rendered of these events, or everything where none is named."""
        with self._lock:
            self._generation += 1
            if not uids:
                self._sets.clear()
                self._joined.clear()
                self.unwritable = {}
                return
            for key, held in self._sets.items():
                for uid in uids:
                    if (found := held.fragments.pop(uid, None)) is not None:
                        held.size -= len(found.data) + _FRAGMENT_OVERHEAD
                self._sets.put(key, held)
            self.unwritable = {uid: reason for uid, reason in self.unwritable.items() if uid not in uids}
            for address, joined in self._joined.items():
                # Another dictionary: a rendering may be reading this one.
                left = {chunk: data for chunk, data in joined.chunks.items() if chunk.uids.isdisjoint(uids)}
                self._joined.put(address, _JoinedFeed(joined.day, left))

    def render(
        self,
        format_: Format,
        feed: Feed,
        revisions: Collection[Revision],
        records: RecordLookup,
        checkpoint: Callable[[], None] = no_checkpoint,
    ) -> bytes:
        """Return the feed's bytes: head, the fragments of ``revisions`` in their order, tail.

        The same arguments give the same bytes, whatever was cached before. ``checkpoint`` is called between chunks and
        may raise in order to stop the rendering.
        """
        key = (format_.extension, feed.base, feed.name == ALL, *feed.options.render_key())
        with self._lock:
            held = self._sets.get(key)
            if held is None:
                held = _FragmentSet()
                self._sets.put(key, held)
            generation = self._generation
            joined_before = self._joined.get(feed.address)
        # The next day, statuses may be others: the chunks are joined again, from the fragments that still hold.
        same_day = joined_before is not None and joined_before.day == feed.day
        reusable = joined_before.chunks if joined_before is not None and same_day else {}
        listed = revisions if isinstance(revisions, ChunkedList) else ChunkedList.of(revisions)
        joined: dict[Chunk, _JoinedChunk] = {}
        for chunk in listed.chunks:
            checkpoint()
            found = reusable.get(chunk)
            joined[chunk] = self._join(format_, feed, held, chunk, records, generation) if found is None else found
        with self._lock:
            # After a forget() in between, these bytes may say what was known before it.
            if generation == self._generation:
                self._sets.put(key, held)
                if len(joined) >= _MIN_JOINED_CHUNKS:
                    self._joined.put(feed.address, _JoinedFeed(feed.day, joined))
        return _assemble(format_, feed, list(joined.values()))

    def _join(
        self, format_: Format, feed: Feed, held: _FragmentSet, chunk: Chunk, records: RecordLookup, generation: int
    ) -> _JoinedChunk:
        parts = []
        for revision in chunk.revisions:
            uid = revision.event.uid
            found = held.fragments.get(uid)
            seen = revision.event if feed.day is None else event_on(revision.event, feed.day)
            outdated = found is None or (found.revision is not revision and found.revision != revision)
            if found is None or outdated or not same_view(found.seen, seen):
                shown = revision if seen is revision.event else replace(revision, event=seen)
                found = _Fragment(revision, self._write(format_, build_entry(shown, feed, records)), seen)
                with self._lock:
                    if generation == self._generation:
                        before = held.fragments.get(uid)
                        held.size += len(found.data) + (_FRAGMENT_OVERHEAD if before is None else -len(before.data))
                        held.fragments[uid] = found
            if found.data:
                parts.append(found.data)
        data = format_.separator.join(parts)
        zones = {item.event.timezone for item in chunk.revisions if item.event.hours} if feed.options.timed else set()
        if zones:
            unfolded = data.replace(b"\r\n ", b"")
            zones = {zone for zone in zones if any(form % zone.encode() in unfolded for form in _ZONE_PATTERNS)}
        return _JoinedChunk(data, frozenset(zones), max(item.decided for item in chunk.revisions))

    def _write(self, format_: Format, entry: Entry | None) -> bytes:
        """Return the bytes of an entry; empty where it is left out, or cannot be written."""
        if entry is None:
            return b""
        uid = entry.event.uid
        try:
            return format_.fragment(entry)
        except Exception as error:
            # Whatever the fault is, it must not cost the feed's other events; it is counted instead.
            _log.exception("event %s cannot be written as %s", uid, format_.extension)
            self.unwritable[uid] = f"{format_.extension}: {type(error).__name__}"
            return b""


def _assemble(format_: Format, feed: Feed, joined: Sequence[_JoinedChunk]) -> bytes:
    zones = frozenset[str]().union(*(item.zones for item in joined))
    changed = max((item.changed for item in joined), default=feed.changed)
    described = replace(feed, zones=tuple(sorted(zones)), changed=max(feed.changed, changed))
    head, tail = format_.head(described), format_.tail(described)
    parts = [item.data for item in joined if item.data]
    if not parts:
        return head + tail
    if not format_.separator:
        return b"".join((head, *parts, tail))
    # One join: every copy of megabytes counts.
    parts[0] = head + parts[0]
    parts[-1] += tail
    return format_.separator.join(parts)
