"""Lists of events in blocks: what changes replaces its block alone, so that of the others nothing is done anew."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final

from app.model import Revision

SIZE: Final = 256
"""Revisions in a block when a list is made; it grows to twice as many before it is split."""


class Block:
    """Revisions that stand one after another. Never changed: the same block holds the same objects."""

    __slots__ = ("revisions", "uids")

    def __init__(self, revisions: Iterable[Revision]) -> None:
        self.revisions = tuple(revisions)
        self.uids = frozenset(item.event.uid for item in self.revisions)


@dataclass(frozen=True, slots=True)
class ChunkedList(Collection[Revision]):
    """An ordered list of revisions, in blocks of which none is empty; never changed.

    ``merged``: whether it holds an item that repeats an event of another instrument.
    """

    blocks: tuple[Block, ...]
    size: int
    merged: bool

    @staticmethod
    def of(revisions: Iterable[Revision]) -> ChunkedList:
        """The list of these revisions, in their order."""
        whole = tuple(revisions)
        return ChunkedList(tuple(_split(whole)), len(whole), any(item.event.same_as is not None for item in whole))

    def __len__(self) -> int:
        return self.size

    def __contains__(self, item: object) -> bool:
        return any(item in block.revisions for block in self.blocks)

    def __iter__(self) -> Iterator[Revision]:
        return chain.from_iterable(block.revisions for block in self.blocks)

    def replace_items(
        self, uids: Collection[str], fresh: Iterable[Revision], order: Callable[[Revision], Any]
    ) -> ChunkedList:
        """The list without the events of these UIDs, and with ``fresh`` in their places.

        The list is in the order of ``order``. Blocks that neither loses nor gains anything stay the same objects.
        """
        lasts = [order(block.revisions[-1]) for block in self.blocks]
        gained: dict[int, list[Revision]] = {}
        merged = self.merged
        for item in fresh:
            # What comes after everything joins the last block.
            place = min(bisect_left(lasts, order(item)), max(len(lasts) - 1, 0))
            gained.setdefault(place, []).append(item)
            merged = merged or item.event.same_as is not None
        blocks: list[Block] = []
        for place, block in enumerate(self.blocks or (Block(()),)):
            if block.uids and place not in gained and block.uids.isdisjoint(uids):
                blocks.append(block)
                continue
            items = [item for item in block.revisions if item.event.uid not in uids] + gained.get(place, [])
            # A small one joins the small one before it, or a list that lost nearly all would stay in as many blocks.
            if blocks and len(items) + len(blocks[-1].revisions) <= SIZE:
                items += blocks.pop().revisions
            blocks += _split(tuple(sorted(items, key=order)))
        return ChunkedList(tuple(blocks), sum(len(block.revisions) for block in blocks), merged)


def _split(revisions: tuple[Revision, ...]) -> Iterator[Block]:
    """Blocks of at most ``SIZE``; one of what may still be called one."""
    if len(revisions) <= 2 * SIZE:
        if revisions:
            yield Block(revisions)
        return
    for start in range(0, len(revisions), SIZE):
        yield Block(revisions[start : start + SIZE])
