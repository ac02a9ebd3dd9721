"""What queries found, kept and brought up to date: after a change only what it touched is read again.

Reading ten thousand events from the store takes most of a second, and nearly always one of them has changed.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from threading import Lock
from typing import Final

from app.feeds import ChunkedList
from app.model import Revision
from app.store import ChangeSet, EventQuery, Store

_FEW: Final = 500
MANY: Final = 5000
"""Of more changes than these at once nothing is told one by one."""
_PAGE: Final = 5000
_MOMENTS: Final = 8


def revisions(store: Store, query: EventQuery) -> Iterator[Revision]:
    """Every revision that the query finds, page after page."""
    while True:
        page = store.events(query)
        yield from page.items
        if page.next is None:
            return
        query = replace(query, cursor=page.next)


@dataclass(frozen=True, slots=True)
class _Roll:
    """What a query found, in the store's order, as of ``moment``: the store's last change when it was read."""

    moment: datetime
    found: ChunkedList


class QueryCache:
    """The results of queries, at most ``limit`` revisions of them; those unused for longest are given up first.

    Kept are queries whose result depends on nothing but each event itself: none by topic, which looks at instruments,
    and none that found an item which stands for an event of another instrument.
    """

    def __init__(self, store: Store, limit: int = 50_000) -> None:
        self._store = store
        self._limit = limit
        self._kept: OrderedDict[EventQuery, _Roll] = OrderedDict()
        self._size = 0
        self._lately: OrderedDict[tuple[datetime, datetime], ChangeSet | None] = OrderedDict()
        self._lock = Lock()

    def find(self, query: EventQuery, moment: datetime | None) -> ChunkedList:
        """Every revision that the query finds, as of ``moment`` or later; the store's last change, None where none."""
        with self._lock:
            roll = self._kept.get(query)
        found = None if roll is None or moment is None else self._renewed(query, roll, moment)
        if found is None:
            found = ChunkedList.of(revisions(self._store, query))
        with self._lock:
            self._size -= _size(self._kept.pop(query, None))
            if moment is not None and not query.topics and not found.merged:
                self._kept[query] = kept = _Roll(moment, found)
                self._size += _size(kept)
            while self._size > self._limit:
                self._size -= _size(self._kept.popitem(last=False)[1])
        return found

    def changes_since(self, since: datetime, moment: datetime) -> ChangeSet | None:
        """What the store has learned since then and up to ``moment`` at least; None where that is too much.

        Asked once for all that were brought up to date at the same time.
        """
        with self._lock:
            if (since, moment) in self._lately:
                return self._lately[since, moment]
        told = self._store.changes_since(since, MANY)
        with self._lock:
            self._lately[since, moment] = told
            while len(self._lately) > _MOMENTS:
                self._lately.popitem(last=False)
        return told

    def _renewed(self, query: EventQuery, roll: _Roll, moment: datetime) -> ChunkedList | None:
        """The roll with what was touched since read anew; None where that is too much."""
        if roll.moment >= moment:
            return roll.found
        told = self.changes_since(roll.moment, moment)
        if told is None or len(told.uids) > _FEW:
            return None
        if not told.uids:
            return roll.found
        fresh = replace(query, uids=tuple(sorted(told.uids)), limit=_PAGE)
        return roll.found.replace_items(told.uids, revisions(self._store, fresh), _order)


def _size(roll: _Roll | None) -> int:
    """What a roll counts: its revisions, and one for itself, or strangers could have any number of empty ones kept."""
    return 0 if roll is None else len(roll.found) + 1


def _order(item: Revision) -> tuple[date, str]:
    return item.event.start or item.event.end or date.max, item.event.uid
