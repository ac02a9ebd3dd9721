"""Bounded cache with tags: the one way in which feed serving memoizes.

Every value is stored with the tags that it was computed from (surrogate keys: slugs of instruments, UIDs of events).
A change names the tags that it touched; ``tagged`` finds the values to discard or to recompute. The size of a value is
what ``size_of`` measures when the value is stored; a value that grew is stored again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable
from threading import RLock
from typing import Generic, TypeVar

from cachetools import Cache, LRUCache

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class _Evicting(LRUCache[Key, Value]):
    """LRU cache that reports what it evicts.

    ``popitem`` is the hook that cachetools documents for it.
    """

    def __init__(self, limit: int, size_of: Callable[[Value], int], on_evict: Callable[[Key], None]) -> None:
        super().__init__(limit, getsizeof=size_of)
        self._on_evict = on_evict

    def popitem(self) -> tuple[Key, Value]:
        key, value = super().popitem()
        self._on_evict(key)
        return key, value


class TaggedCache(Generic[Key, Value]):
    """Least recently used cache of at most ``limit`` units, with an index from tags.

    Thread-safe.

    >>> cache = TaggedCache[str, bytes](10, len)
    >>> cache.put("a.ics", b"12345", ["A-RES-72-251"])
    True
    >>> sorted(cache.tagged(["A-RES-72-251", "A-RES-70-1"]))
    ['a.ics']
    >>> cache.put("b.ics", b"1234567")  # evicts the other
    True
    >>> cache.get("a.ics"), cache.size, sorted(cache.tagged(["A-RES-72-251"]))
    (None, 7, [])
    """

    def __init__(self, limit: int, size_of: Callable[[Value], int]) -> None:
        self.evictions = 0
        self._values: _Evicting[Key, Value] = _Evicting(limit, size_of, self._evicted)
        self._tags: dict[Key, frozenset[str]] = {}
        self._keys: dict[str, set[Key]] = {}
        self._lock = RLock()

    def __len__(self) -> int:
        return len(self._values)

    @property
    def size(self) -> int:
        """The sum of the sizes of the values held."""
        return int(self._values.currsize)

    def get(self, key: Key) -> Value | None:
        """Return the value and mark it as used, or return None."""
        with self._lock:
            try:
                return self._values[key]
            except KeyError:
                return None

    def values(self, keys: Collection[Key] | None = None) -> list[Value]:
        """Return the values held (of ``keys``, or all), without marking them as used."""
        return [value for key, value in self.items() if keys is None or key in keys]

    def items(self) -> list[tuple[Key, Value]]:
        """Return the pairs held, without marking them as used."""
        with self._lock:
            # The mapping's own items() looks each key up as a reader would, which marks it as used.
            return [(key, Cache.__getitem__(self._values, key)) for key in self._values]

    def put(self, key: Key, value: Value, tags: Iterable[str] = ()) -> bool:
        """Store or replace a value; return whether it fits. One larger than the limit is not kept."""
        with self._lock:
            try:
                self._values[key] = value
            except ValueError:  # cachetools: "value too large"
                self.discard(key)
                return False
            self._tag(key, frozenset(tags))
            return True

    def discard(self, key: Key) -> Value | None:
        """Remove and return a value; return None for an unknown key."""
        with self._lock:
            self._tag(key, frozenset())
            return self._values.pop(key, None)

    def tagged(self, tags: Collection[str]) -> set[Key]:
        """Return the keys of the values that carry any of ``tags``."""
        with self._lock:
            return {key for tag in tags for key in self._keys.get(tag, ())}

    def invalidate(self, tags: Collection[str]) -> None:
        """Remove every value that carries any of ``tags``."""
        with self._lock:
            for key in self.tagged(tags):
                self.discard(key)

    def clear(self) -> None:
        """Remove everything."""
        with self._lock:
            self._values.clear()
            self._tags.clear()
            self._keys.clear()

    def _tag(self, key: Key, tags: frozenset[str]) -> None:
        before = self._tags.pop(key, frozenset())
        for tag in before - tags:
            keys = self._keys[tag]
            keys.discard(key)
            if not keys:
                del self._keys[tag]
        for tag in tags - before:
            self._keys.setdefault(tag, set()).add(key)
        if tags:
            self._tags[key] = tags

    def _evicted(self, key: Key) -> None:
        self.evictions += 1
        self._tag(key, frozenset())
