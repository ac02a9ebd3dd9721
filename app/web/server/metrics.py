"""The metrics of ``/metrics`` (Prometheus text format), summed over all workers of a service.

With several workers each keeps its numbers in a file of the folder that ``PROMETHEUS_MULTIPROC_DIR`` names (``plenary
serve`` makes one), and whichever worker is asked adds them up. The feed layer answers hundreds of thousands of requests
a second: it counts in plain numbers, and a timer hands these over.
"""

from __future__ import annotations

import asyncio
import os
import time
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from app.errors import PlenaryError
from app.settings import SHARED_METRICS
from app.web.feeds.cache_entry import CacheState

BOUNDS: Final = (0.0005, 0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
"""Upper ends of the latency buckets, in seconds."""
FLUSH_SECONDS: Final = 1.0
JOBS_SECONDS: Final = 5.0
"""How old the counts of jobs may be."""
MEDIA_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"


class _Latency(Histogram):
    """A histogram that takes many observations at once."""

    def add(self, counts: Sequence[int], total: float) -> None:
        """Add ``counts`` observations to the buckets, ``total`` seconds together."""
        # prometheus-client has no public way to do this; a test holds it to what observe() does.
        for bucket, count in zip(self._buckets, counts, strict=True):
            if count:
                bucket.inc(count)
        self._sum.inc(total)


@dataclass(slots=True)
class _Cell:
    """Requests of one method, route and status since the last flush."""

    count: int = 0
    total: float = 0.0
    buckets: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS) + 1))


@dataclass(frozen=True, slots=True)
class Gauges:
    """Callbacks for values read at each scrape: of the store, and of the queue if any."""

    revision: Callable[[], int]
    changed: Callable[[], datetime | None]
    jobs: Callable[[], Mapping[str, int]] | None = None


class _Store(Collector):
    """The store's state at the time of a scrape; the same whichever worker answers it."""

    def __init__(self, gauges: Gauges) -> None:
        self._gauges = gauges
        self._jobs: tuple[float, Mapping[str, int]] = float("-inf"), {}

    def _counted(self) -> Mapping[str, int]:
        # Counting a table of many jobs takes time, and scrapes may be frequent.
        if self._gauges.jobs is not None and time.monotonic() - self._jobs[0] >= JOBS_SECONDS:
            self._jobs = time.monotonic(), self._gauges.jobs()
        return self._jobs[1]

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Read the store; while it is unavailable only ``plenary_store_up`` is reported."""
        try:
            revision, changed = self._gauges.revision(), self._gauges.changed()
            jobs = self._counted()
        except PlenaryError:
            yield GaugeMetricFamily("plenary_store_up", "Whether the store can be read", 0)
            return
        yield GaugeMetricFamily("plenary_store_up", "Whether the store can be read", 1)
        yield GaugeMetricFamily("plenary_store_revision", "How often the store's contents have changed", revision)
        if changed is not None:
            age = max(0.0, time.time() - changed.timestamp())
            yield GaugeMetricFamily("plenary_store_age_seconds", "Time since the contents last changed", age)
        counted = GaugeMetricFamily("plenary_jobs", "Jobs of the queue by status", labels=["status"])
        for status, count in jobs.items():
            counted.add_metric([status], count)
        if jobs:
            yield counted

    def describe(self) -> list[GaugeMetricFamily]:
        """Return nothing: reading the store in order to register would be work at start."""
        return []


class Metrics:
    """The counters of one worker; used on its event loop only."""

    def __init__(self, gauges: Gauges) -> None:
        own = self._own = CollectorRegistry()
        self._requests = Counter("plenary_requests", "Requests answered", ["method", "route", "status"], registry=own)
        self._seconds = _Latency("plenary_request_seconds", "Time to answer", ["route"], buckets=BOUNDS, registry=own)
        self._feeds = {
            name: Counter(f"plenary_feed_{name}", words, registry=own)
            for name, words in (
                ("hits", "Feeds given from memory, current"),
                ("misses", "Feeds that had to be made or renewed"),
                ("renders", "Feeds rendered"),
                ("failures", "Feeds whose rendering failed"),
                ("evictions", "Feeds dropped from memory for want of room"),
            )
        }
        self._bytes = Gauge(
            "plenary_feed_cache_bytes", "Rendered feeds in memory", registry=own, multiprocess_mode="livesum"
        )
        self._stale = Gauge(
            "plenary_feeds_stale", "Feeds given as they last were, because making them anew broke", registry=own,
            multiprocess_mode="livesum",
        )  # fmt: skip
        self._unwritable = Gauge(
            "plenary_events_unwritable", "Events left out of feeds because they cannot be written", registry=own,
            multiprocess_mode="livemax",
        )  # fmt: skip
        self._age = Gauge(
            "plenary_feeds_stale_seconds", "For how long the first of these has been", registry=own,
            multiprocess_mode="livemax",
        )  # fmt: skip
        self._state = _Store(gauges)
        self._cells: dict[tuple[str, str, int], _Cell] = {}
        self._armed = False
        self._cache: Callable[[], tuple[Mapping[str, int], CacheState]] | None = None
        self._reported: dict[str, int] = {}

    def watch(self, cache: Callable[[], tuple[Mapping[str, int], CacheState]]) -> None:
        """Read the counts and the state of the feed cache from ``cache``.

        The counts are totals so far: ``hits``, ``misses``, ``renders``, ``failures``, ``evictions``.
        """
        self._cache = cache

    def count(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count an answered request."""
        cell = self._cells.get((method, route, status))
        if cell is None:
            cell = self._cells[method, route, status] = _Cell()
        cell.count += 1
        cell.total += seconds
        cell.buckets[bisect_left(BOUNDS, seconds)] += 1
        if not self._armed:
            self._armed = True
            asyncio.get_running_loop().call_later(FLUSH_SECONDS, self.flush)

    def flush(self) -> None:
        """Hand the counts since the last flush over to the metrics."""
        self._armed = False
        cells, self._cells = self._cells, {}
        for (method, route, status), cell in cells.items():
            self._requests.labels(method, route, str(status)).inc(cell.count)
            latency: Any = self._seconds.labels(route)  # labels() is typed as the class it was declared in
            latency.add(cell.buckets, cell.total)
        if self._cache is not None:
            counts, state = self._cache()
            for name, value in counts.items():
                self._feeds[name].inc(value - self._reported.get(name, 0))
                self._reported[name] = value
            self._bytes.set(state.size)
            self._stale.set(state.stale)
            self._unwritable.set(state.unwritable)
            self._age.set(0.0 if state.since is None else max(0.0, time.time() - state.since))

    def text(self) -> bytes:
        """Return all metrics in Prometheus's text format; call ``flush`` before. Reads the store."""
        registry = CollectorRegistry() if os.environ.get(SHARED_METRICS) else self._own
        if registry is self._own:
            state = CollectorRegistry()
        else:
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # the package types some of its functions
            state = registry
        state.register(self._state)
        return generate_latest(registry) + (generate_latest(state) if state is not registry else b"")
