"""Immutable lists of revisions in chunks: a change replaces the chunks it touches and shares the others.

Chunks are compared by identity, so whatever is computed from a chunk stays valid while the chunk lives. A feed of
10,000 events in which one changed recomputes 256 of them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final

from app.model import Revision

CHUNK_SIZE: Final = 256
"""Revisions in a new chunk; a chunk grows to twice as many before it is split."""


class Chunk:
    """Consecutive revisions; immutable and compared by identity."""

    __slots__ = ("revisions", "uids")

    def __init__(self, revisions: Iterable[Revision]) -> None:
        self.revisions = tuple(revisions)
        self.uids = frozenset(item.event.uid for item in self.revisions)


@dataclass(frozen=True, slots=True)
class ChunkedList(Collection[Revision]):
    """An immutable ordered list of revisions in non-empty chunks.

    ``merged``: whether it holds an item that repeats an event of another instrument.

    >>> len(ChunkedList.of([]).chunks)
    0
    """

    chunks: tuple[Chunk, ...]
    size: int
    merged: bool

    @staticmethod
    def of(revisions: Iterable[Revision]) -> ChunkedList:
        """Return the list of ``revisions``, in their order.

        >>> ChunkedList.of([]).merged
        False
        """
        items = tuple(revisions)
        return ChunkedList(tuple(_split(items)), len(items), any(item.event.same_as is not None for item in items))

    def __len__(self) -> int:
        return self.size

    def __contains__(self, item: object) -> bool:
        return any(item in chunk.revisions for chunk in self.chunks)

    def __iter__(self) -> Iterator[Revision]:
        return chain.from_iterable(chunk.revisions for chunk in self.chunks)

    def replace_items(
        self, uids: Collection[str], replacements: Iterable[Revision], sort_key: Callable[[Revision], Any]
    ) -> ChunkedList:
        """Return the list without the events ``uids`` and with ``replacements`` at their places.

        The list must be sorted by ``sort_key``. Chunks that neither lose nor gain an item stay the same objects.
        """
        last_keys = [sort_key(chunk.revisions[-1]) for chunk in self.chunks]
        gained: dict[int, list[Revision]] = {}
        merged = self.merged
        for item in replacements:
            # An item that sorts after everything joins the last chunk.
            index = min(bisect_left(last_keys, sort_key(item)), max(len(last_keys) - 1, 0))
            gained.setdefault(index, []).append(item)
            merged = merged or item.event.same_as is not None
        chunks: list[Chunk] = []
        for index, chunk in enumerate(self.chunks or (Chunk(()),)):
            if chunk.uids and index not in gained and chunk.uids.isdisjoint(uids):
                chunks.append(chunk)
                continue
            items = [item for item in chunk.revisions if item.event.uid not in uids] + gained.get(index, [])
            # Small neighbours are joined, or a list that lost nearly everything would keep as many chunks.
            if chunks and len(items) + len(chunks[-1].revisions) <= CHUNK_SIZE:
                items += chunks.pop().revisions
            chunks += _split(tuple(sorted(items, key=sort_key)))
        return ChunkedList(tuple(chunks), sum(len(chunk.revisions) for chunk in chunks), merged)


def _split(revisions: tuple[Revision, ...]) -> Iterator[Chunk]:
    if len(revisions) <= 2 * CHUNK_SIZE:
        if revisions:
            yield Chunk(revisions)
        return
    for start in range(0, len(revisions), CHUNK_SIZE):
        yield Chunk(revisions[start : start + CHUNK_SIZE])
