"""Query cache: the results of store queries, updated after a change by reading again only what it touched.

Reading 10,000 events from the store takes most of a second, and a change nearly always touches one of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from threading import Lock
from typing import Final

from cachetools import LRUCache

from app.feeds import ChunkedList, TaggedCache
from app.model import Revision
from app.store import ChangeSet, EventQuery, Store

_MAX_UPDATES: Final = 500
"""Changed events above which a result is read again instead of updated."""
MAX_CHANGES: Final = 5000
"""Changes above which the store names none of them one by one."""
_PAGE_SIZE: Final = 5000
_CHANGE_SETS: Final = 8
"""Change sets kept: results brought up to date at the same time share one query."""


def no_checkpoint() -> None:
    """Do nothing: the default checkpoint never stops a query."""


def revisions(store: Store, query: EventQuery, checkpoint: Callable[[], None] = no_checkpoint) -> Iterator[Revision]:
    """Yield every revision that the query finds, page by page.

    ``checkpoint`` may raise between pages.
    """
    while True:
        checkpoint()
        page = store.events(query)
        yield from page.items
        if page.next is None:
            return
        query = replace(query, cursor=page.next)


@dataclass(frozen=True, slots=True)
class _Result:
    """The result of a query in the store's order.

    ``moment`` is that of the store's last change when the result was read.
    """

    moment: datetime
    found: ChunkedList


class QueryCache:
    """Caches the results of queries, at most ``limit`` revisions of them. Thread-safe.

    Only caches queries whose result depends on events alone. Queries by topic (they join instruments) and results with
    merged items are not cached.
    """

    def __init__(self, store: Store, limit: int = 50_000) -> None:
        self._store = store
        # A result counts one beside its revisions, or strangers could have any number of empty ones cached.
        self._results: TaggedCache[EventQuery, _Result] = TaggedCache(limit, lambda result: len(result.found) + 1)
        self._changes: LRUCache[tuple[datetime, datetime], ChangeSet | None] = LRUCache(_CHANGE_SETS)
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._results)

    @property
    def size(self) -> int:
        """The revisions held, and one for each result."""
        return self._results.size

    def find(
        self, query: EventQuery, moment: datetime | None, checkpoint: Callable[[], None] = no_checkpoint
    ) -> ChunkedList:
        """Return every revision that the query finds, as of ``moment`` or later.

        ``moment`` is that of the store's last change, None for an empty store.
        """
        cached = self._results.get(query)
        found = None if cached is None or moment is None else self._updated(query, cached, moment)
        if found is None:
            found = ChunkedList.of(revisions(self._store, query, checkpoint))
        if moment is not None and not query.topics and not found.merged:
            self._results.put(query, _Result(moment, found))
        else:
            self._results.discard(query)
        return found

    def changes_between(self, since: datetime, moment: datetime) -> ChangeSet | None:
        """Return the store's changes from ``since`` (exclusive) to ``moment`` at least.

        None where they are too many.
        """
        with self._lock:
            if (since, moment) in self._changes:
                return self._changes[since, moment]
        changes = self._store.changes_since(since, MAX_CHANGES)
        with self._lock:
            self._changes[since, moment] = changes
        return changes

    def _updated(self, query: EventQuery, cached: _Result, moment: datetime) -> ChunkedList | None:
        """Return the cached result with changed events read again; None where too many changed."""
        if cached.moment >= moment:
            return cached.found
        changes = self.changes_between(cached.moment, moment)
        if changes is None or len(changes.uids) > _MAX_UPDATES:
            return None
        if not changes.uids:
            return cached.found
        touched = replace(query, uids=tuple(sorted(changes.uids)), limit=_PAGE_SIZE)
        return cached.found.replace_items(changes.uids, revisions(self._store, touched), _sort_key)


def _sort_key(item: Revision) -> tuple[date, str]:
    return item.event.start or item.event.end or date.max, item.event.uid
