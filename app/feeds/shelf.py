"""Feeds put together from kept pieces: each event is written once a revision and a way of showing, then joined.

Writing ten thousand events with icalendar takes seconds, joining their bytes takes milliseconds, and nearly always
only one of them has changed.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import Final

from app.errors import NotFound
from app.feeds import atom, csv, ics, jcal, jsonfeed
from app.feeds.entry import Entry, Feed, Records, enter
from app.model import Event, Revision


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
        raise NotFound(f"no format .{extension[:20]}", where="address", hint=f"formats are {known}")
    return FORMATS[extension]


@dataclass(slots=True)
class _Board:
    """The pieces of one format and way of showing, by UID, each with the revision that it was written from."""

    pieces: dict[str, tuple[Revision, bytes]] = field(default_factory=dict)
    size: int = 0


class Shelf:
    """Pieces kept in memory, at most ``limit`` bytes of them; boards unused for longest are given up first.

    One shelf may serve several threads.
    """

    # What a kept piece costs beside its bytes: a tuple, a key, its place in a dictionary (measured, rounded up).
    _OVERHEAD: Final = 240

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._boards: OrderedDict[tuple[object, ...], _Board] = OrderedDict()
        self._lock = Lock()
        self._turn = 0

    @property
    def size(self) -> int:
        """The bytes held."""
        return sum(board.size for board in self._boards.values())

    def forget(self, *uids: str) -> None:
        """Gives up the pieces of these events, or every piece: what is known beside their state has changed."""
        with self._lock:
            self._turn += 1
            if not uids:
                self._boards.clear()
            for board in self._boards.values():
                self._give_up(board, uids)

    def forget_where(self, touched: Callable[[Event], bool]) -> None:
        """Gives up the pieces of the events of which that is true."""
        with self._lock:
            self._turn += 1
            for board in self._boards.values():
                # A copy: others may be adding to it.
                kept = list(board.pieces.items())
                self._give_up(board, [uid for uid, (revision, _) in kept if touched(revision.event)])

    def _give_up(self, board: _Board, uids: Iterable[str]) -> None:
        for uid in uids:
            if (kept := board.pieces.pop(uid, None)) is not None:
                board.size -= len(kept[1]) + self._OVERHEAD

    def render(self, format_: Format, feed: Feed, revisions: Sequence[Revision], records: Records) -> bytes:
        """The feed's bytes: head, the pieces of ``revisions`` in their order, tail.

        The same arguments give the same bytes, whatever was kept before.
        """
        key = (format_.extension, feed.base, *feed.choice.show())
        with self._lock:
            board = self._boards.get(key)
            if board is None:
                board = self._boards[key] = _Board()
            self._boards.move_to_end(key)
            turn = self._turn
        kept, parts = board.pieces, []
        for revision in revisions:
            uid = revision.event.uid
            found = kept.get(uid)
            if found is None or (found[0] is not revision and found[0] != revision):
                entry = enter(revision, feed, records)
                found = (revision, format_.piece(entry) if entry else b"")
                # What was forgotten meanwhile may have been written from what was known before: it is not kept.
                if turn == self._turn:
                    before = kept.get(uid)
                    board.size += len(found[1]) + (self._OVERHEAD if before is None else -len(before[1]))
                    kept[uid] = found
            if found[1]:
                parts.append(found[1])
        self._trim()
        zones = {item.event.timezone for item in revisions if item.event.hours} if feed.choice.timed else set()
        if zones:
            whole = b"".join(parts).replace(b"\r\n ", b"")
            zones = {zone for zone in zones if any(form % zone.encode() in whole for form in _NAMED)}
        feed = replace(feed, zones=tuple(sorted(zones)))
        said = replace(feed, changed=max(feed.changed, *[item.decided for item in revisions])) if revisions else feed
        head, tail = format_.head(said), format_.tail(said)
        if not parts:
            return head + tail
        # Joined once: of megabytes every copy counts.
        parts[0] = head + parts[0]
        parts[-1] += tail
        return format_.separator.join(parts)

    def _trim(self) -> None:
        with self._lock:
            while self._boards and self.size > self.limit:
                self._boards.popitem(last=False)
