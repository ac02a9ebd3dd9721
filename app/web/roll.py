"""What queries found, kept and brought up to date: after a change only what it touched is read again.

Reading ten thousand events from the store takes most of a second, and nearly always one of them has changed.
"""

from __future__ import annotations

from bisect import insort
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from threading import Lock
from typing import Final

from app.model import Revision
from app.store import EventQuery, Store

_FEW: Final = 500
_PAGE: Final = 5000


def revisions(store: Store, query: EventQuery) -> Iterator[Revision]:
    """Every revision that the query finds, page after page."""
    while True:
        page = store.events(query)
        yield from page.items
        if page.next is None:
            return
        query = replace(query, cursor=page.next)


@dataclass(slots=True)
class _Roll:
    """What a query found, in the store's order, as of ``moment``: the store's last change when it was read."""

    moment: datetime
    found: list[Revision]


class Rolls:
    """The results of queries, at most ``limit`` revisions of them; those unused for longest are given up first.

    Kept are queries whose result depends on nothing but each event itself: none by topic, which looks at instruments,
    and none that found an item which stands for an event of another instrument.
    """

    def __init__(self, store: Store, limit: int = 50_000) -> None:
        self._store = store
        self._limit = limit
        self._kept: OrderedDict[EventQuery, _Roll] = OrderedDict()
        self._lock = Lock()

    def find(self, query: EventQuery) -> list[Revision]:
        """Every revision that the query finds; the list is the caller's."""
        # What changes between this look and the reading is read twice, never missed.
        moment = self._store.changed()
        with self._lock:
            roll = self._kept.get(query)
        found = None if roll is None or moment is None else self._renewed(query, roll, moment)
        if found is None:
            found = list(revisions(self._store, query))
        with self._lock:
            self._kept.pop(query, None)
            if moment is not None and not query.topics and not [item for item in found if item.event.same_as]:
                self._kept[query] = _Roll(moment, found)
            while self._kept and sum(len(roll.found) for roll in self._kept.values()) > self._limit:
                self._kept.popitem(last=False)
        return list(found)

    def _renewed(self, query: EventQuery, roll: _Roll, moment: datetime) -> list[Revision] | None:
        """The roll with what was touched since read anew; None where that is too much."""
        if roll.moment == moment:
            return roll.found
        touched = self._store.touched(roll.moment, _FEW + 1)
        if len(touched) > _FEW:
            return None
        found = roll.found
        if touched:
            found = [item for item in found if item.event.uid not in touched]
            fresh = replace(query, uids=tuple(sorted(touched)), limit=_PAGE)
            for item in revisions(self._store, fresh):
                insort(found, item, key=_order)
        return found


def _order(item: Revision) -> tuple[date, str]:
    return item.event.start or item.event.end or date.max, item.event.uid
