"""Feeds put together from kept pieces: each event is written once a revision and a way of showing, then joined.

Writing ten thousand events with icalendar takes seconds, joining their bytes takes milliseconds, and nearly always
only one of them has changed.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from threading import Lock
from typing import Final, NamedTuple

from app.errors import NotFound, message
from app.feeds import atom, csv, ics, jcal, jsonfeed
from app.feeds.chunked_list import Block, ChunkedList
from app.feeds.entry import ALL, Entry, Feed, RecordLookup, enter
from app.model import Revision


@dataclass(frozen=True, slots=True)
class Format:
    """A form in which a feed is given: its extension, its media type, and how its parts are written."""

    extension: str
    media_type: str
    separator: bytes
    head: Callable[[Feed], bytes]
    piece: Callable[[Entry], bytes]
    tail: Callable[[Feed], bytes]


FORMATS: Final[Mapping[str, Format]] = {
    module.EXTENSION: Format(
        module.EXTENSION, module.MEDIA_TYPE, module.SEPARATOR, module.head, module.piece, module.tail
    )
    for module in (ics, jcal, jsonfeed, atom, csv)
}
"""The formats by extension; the first is the one for those who ask for none."""


# How a piece names a time zone, in the formats that carry components.
_NAMED: Final = (b";TZID=%b:", b'"tzid": "%b"')


def format_of(extension: str) -> Format:
    """The format with that extension. Raises NotFound."""
    if extension not in FORMATS:
        known = ", ".join(f".{name}" for name in FORMATS)
        raise NotFound(
            message("unknown format .{extension}", extension=extension[:20]),
            where="address",
            hint=message("use one of the formats {known}", known=known),
        )
    return FORMATS[extension]


@dataclass(slots=True)
class _Board:
    """The pieces of one format and way of showing, by UID, each with the revision that it was written from."""

    pieces: dict[str, tuple[Revision, bytes]] = field(default_factory=dict)
    # Not nothing: strangers may ask for any number of ways of showing no event at all.
    size: int = 1024


class _Joined(NamedTuple):
    """The pieces of a block: their bytes, the time zones that they name, the latest day of a decision among them."""

    data: bytes
    zones: frozenset[str]
    changed: date


@dataclass(slots=True)
class _Sheet:
    """The blocks of one large feed, joined."""

    blocks: dict[Block, _Joined] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """The bytes held."""
        return sum(len(joined.data) for joined in self.blocks.values())


class FragmentCache:
    """Pieces kept in memory, and of large feeds their joined blocks, at most ``limit`` bytes of them.

    Those unused for longest are given up first, blocks before pieces. One fragments may serve several threads.
    """

    # What a kept piece costs beside its bytes: a tuple, a key, its place in a dictionary (measured, rounded up).
    _OVERHEAD: Final = 240
    # Feeds of fewer blocks are joined from their pieces fast enough.
    _LARGE: Final = 4

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._boards: OrderedDict[tuple[object, ...], _Board] = OrderedDict()
        self._sheets: OrderedDict[str, _Sheet] = OrderedDict()
        self._lock = Lock()
        self._turn = 0

    @property
    def size(self) -> int:
        """The bytes held."""
        held = sum(board.size for board in list(self._boards.values()))
        return held + sum(sheet.size for sheet in list(self._sheets.values()))

    def forget(self, *uids: str) -> None:
        """Gives up what is written of these events, or everything: what is known beside their state has changed."""
        with self._lock:
            self._turn += 1
            if not uids:
                self._boards.clear()
                self._sheets.clear()
            for board in self._boards.values():
                for uid in uids:
                    if (kept := board.pieces.pop(uid, None)) is not None:
                        board.size -= len(kept[1]) + self._OVERHEAD
            for sheet in self._sheets.values():
                # Another dictionary: a rendering may be reading this one.
                sheet.blocks = {block: joined for block, joined in sheet.blocks.items() if block.uids.isdisjoint(uids)}

    def render(self, format_: Format, feed: Feed, revisions: Collection[Revision], records: RecordLookup) -> bytes:
        """The feed's bytes: head, the pieces of ``revisions`` in their order, tail.

        The same arguments give the same bytes, whatever was kept before.
        """
        key = (format_.extension, feed.base, feed.name == ALL, *feed.choice.show())
        with self._lock:
            board = self._boards.get(key)
            if board is None:
                board = self._boards[key] = _Board()
            self._boards.move_to_end(key)
            turn = self._turn
            sheet = self._sheets.get(feed.address)
            kept = sheet.blocks if sheet else {}
        listed = revisions if isinstance(revisions, ChunkedList) else ChunkedList.of(revisions)
        joined: dict[Block, _Joined] = {}
        for block in listed.blocks:
            done = kept.get(block)
            joined[block] = self._join(format_, feed, board, block, records, turn) if done is None else done
        with self._lock:
            if len(joined) >= self._LARGE and turn == self._turn:
                self._sheets[feed.address] = _Sheet(joined)
                self._sheets.move_to_end(feed.address)
        self._trim()
        return _whole(format_, feed, list(joined.values()))

    def _join(
        self, format_: Format, feed: Feed, board: _Board, block: Block, records: RecordLookup, turn: int
    ) -> _Joined:
        kept, parts = board.pieces, []
        for revision in block.revisions:
            uid = revision.event.uid
            found = kept.get(uid)
            if found is None or (found[0] is not revision and found[0] != revision):
                entry = enter(revision, feed, records)
                found = (revision, format_.piece(entry) if entry else b"")
                with self._lock:
                    # What was forgotten meanwhile may have been written from what was known before: it is not kept.
                    if turn == self._turn:
                        before = kept.get(uid)
                        board.size += len(found[1]) + (self._OVERHEAD if before is None else -len(before[1]))
                        kept[uid] = found
            if found[1]:
                parts.append(found[1])
        data = format_.separator.join(parts)
        zones = {item.event.timezone for item in block.revisions if item.event.hours} if feed.choice.timed else set()
        if zones:
            plain = data.replace(b"\r\n ", b"")
            zones = {zone for zone in zones if any(form % zone.encode() in plain for form in _NAMED)}
        return _Joined(data, frozenset(zones), max(item.decided for item in block.revisions))

    def _trim(self) -> None:
        with self._lock:
            while self._sheets and self.size > self.limit:
                self._sheets.popitem(last=False)
            while self._boards and self.size > self.limit:
                self._boards.popitem(last=False)


def _whole(format_: Format, feed: Feed, joined: Sequence[_Joined]) -> bytes:
    zones = frozenset[str]().union(*(item.zones for item in joined))
    changed = max((item.changed for item in joined), default=feed.changed)
    said = replace(feed, zones=tuple(sorted(zones)), changed=max(feed.changed, changed))
    head, tail = format_.head(said), format_.tail(said)
    parts = [item.data for item in joined if item.data]
    if not parts:
        return head + tail
    if not format_.separator:
        return b"".join((head, *parts, tail))
    # Joined once: of megabytes every copy counts.
    parts[0] = head + parts[0]
    parts[-1] += tail
    return format_.separator.join(parts)
