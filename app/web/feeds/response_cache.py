"""In-memory cache of rendered feeds: stale while revalidate, and stale while the store is unavailable.

The path of a request: the ASGI layer (``asgi``) looks its address up here; a fresh response is sent at once. A stale
one starts a rendering (``renderer``) in the background and is still sent while it is younger than ``STALE_TTL``; an
absent one waits for its rendering. The renderer in turn joins cached fragments and cached query results.

Invalidation: ``_poll`` asks the store for its revision every ``POLL_INTERVAL``; where it changed, the store names the
tags that changed, and the entries that carry one are marked stale. Feeds say what is running, overdue or past on the
day, so all entries are marked stale at midnight UTC; one whose bytes stay the same keeps its ETag. A request reads no
database and renders nothing while neither store nor day change. Both intervals together stay below a second. Lives on
one event loop.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from time import monotonic, time
from typing import Final, NamedTuple
from urllib.parse import parse_qsl, urlencode

from cachetools import LRUCache

from app.errors import Gone, Moved, NotFound, Overloaded, PlenaryError, UnknownParameter, message
from app.feeds import FORMATS, FeedOptions, TaggedCache, format_of, parse
from app.web.feeds.cache_entry import CacheEntry, CacheState, FeedKey, Renderer
from app.web.feeds.response import FeedResponse, build_response, digest_of
from app.web.server.bounded_pool import RETRY_AFTER, BoundedPool, Checkpoint, Job, WorkCancelledError

POLL_INTERVAL: Final = 0.4
"""Seconds between two questions for the store's revision."""
STALE_TTL: Final = 0.4
"""Seconds for which a response is sent after the store changed, while the new one is rendered."""
POLL_TIMEOUT: Final = 0.2
"""Seconds a reader waits for the revision: a store that does not answer must not hold up cached feeds."""
STALE_TIMEOUT: Final = 3.0
"""Seconds a reader waits for a new rendering before the stale response is sent after all."""
RENDER_TIMEOUT: Final = 30.0
"""Seconds a reader waits for a feed of which nothing is held."""
RENDER_SECONDS: Final = 60.0
"""Seconds after which a rendering is given up."""
RENDER_THREADS: Final = 2
"""Renderings at once; they share the GIL, so more would only take longer each."""
RENDER_QUEUE: Final = 32
"""Renderings of absent feeds that may wait: some seconds of work. Revalidations are not counted among them."""
RETRY: Final = 5.0
"""Seconds between two tries to render a feed that failed; its last response is sent meanwhile."""
TOUCH_INTERVAL: Final = 1.0
"""Seconds between two marks of an entry as used: the order of eviction need not be finer."""
_MAX_QUERY: Final = 2048
_MAX_ADDRESSES: Final = 16_384
"""Addresses whose feed is remembered; several may mean the same feed."""
_log = logging.getLogger(__name__)


class _StoreState(NamedTuple):
    """Day in UTC, store revision, and the tags changed since the previous poll.

    Unknown ``tags`` (None) make every entry stale.
    """

    day: date
    revision: int
    changed: float
    tags: frozenset[str] | None = frozenset()


class _Rendering(NamedTuple):
    """A finished rendering, and the day and the state of the store before it began."""

    day: date
    revision: int
    changed: float
    body: bytes
    filename: str
    tags: frozenset[str]
    digest: bytes

    @property
    def modified(self) -> float:
        """Last-Modified in seconds since 1970.

        The later of the store's change and the beginning of the day of the statuses.
        """
        midnight = datetime.combine(self.day, datetime.min.time(), tzinfo=UTC).timestamp()
        return max(self.changed, midnight)


def _admit_all() -> None:
    """Admit every rendering: the default."""


class FeedCache:
    """Serves rendered feeds from memory; holds at most ``limit`` bytes of them.

    ``clock`` gives the moment in UTC.
    """

    def __init__(
        self,
        renderer: Renderer,
        *,
        language: str,
        limit: int,
        poll_interval: float = POLL_INTERVAL,
        stale_ttl: float = STALE_TTL,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._renderer = renderer
        self._clock = clock
        self._day = clock().date()
        self.language = language
        self.poll_interval = poll_interval
        self.stale_ttl = stale_ttl
        # A feed larger than the limit is held all the same, alone: rendering it for every poll would be worse.
        self._entries: TaggedCache[str, CacheEntry] = TaggedCache(limit, lambda entry: min(entry.size, limit))
        self._keys: LRUCache[tuple[str, bytes], FeedKey] = LRUCache(_MAX_ADDRESSES)
        # A plain dictionary: a look-up costs a tenth of that in an LRU, and each poll makes one.
        self._addresses: dict[bytes, CacheEntry] = {}
        self._known_evictions = 0
        self._jobs: dict[str, Job[_Rendering]] = {}
        self._compressions: dict[FeedResponse, asyncio.Task[None]] = {}
        self._pool = BoundedPool("render", threads=RENDER_THREADS, queue_limit=RENDER_QUEUE, seconds=RENDER_SECONDS)
        # Revalidations have threads of their own: strangers who fill the queue above must not delay them.
        self._revalidations = BoundedPool("revalidate", threads=RENDER_THREADS, queue_limit=0, seconds=RENDER_SECONDS)
        # A thread of its own: feeds that wait to be rendered must not hold up the poll.
        self._poller = ThreadPoolExecutor(1, "poll")
        self._polling: asyncio.Future[_StoreState] | None = None
        self._revision, self._changed = 0, float("-inf")
        # When the store was last asked, when its revision was last confirmed, and the revision before this one with
        # the time at which that was last confirmed.
        self._polled_at = self._confirmed_at = float("-inf")
        self._previous = (-1, float("-inf"))
        self._counts = dict.fromkeys(("hits", "misses", "renders", "failures"), 0)

    @property
    def counts(self) -> dict[str, int]:
        """Events so far, by name."""
        return {**self._counts, "evictions": self._entries.evictions}

    @property
    def state(self) -> CacheState:
        """The entries held, and those whose rendering failed."""
        entries = self._entries.values()
        failed = [entry.failed_at for entry in entries if entry.failed_at is not None]
        size = sum(entry.size for entry in entries)
        unwritable = len(self._renderer.unwritable)
        return CacheState(len(entries), len(failed), min(failed, default=None), size, unwritable)

    @property
    def queued(self) -> int:
        """Renderings of absent feeds that run or wait."""
        return self._pool.pending

    # --- reading ----------------------------------------------------------------------------------------------------

    def lookup(self, address: bytes) -> FeedResponse | None:
        """Return the response at a raw address where it is known to be fresh.

        Call ``get`` where it returns None.
        """
        entry = self._addresses.get(address)
        if entry is None or not entry.fresh:
            return None
        if self._entries.evictions != self._known_evictions:
            self._forget_addresses()
            return None
        now = monotonic()
        if now - self._polled_at > self.poll_interval:
            if self._poll_is_late(now):
                return None
            self._poll(now)
        if now - entry.used_at > TOUCH_INTERVAL:
            entry.used_at = now
            self._entries.get(entry.key.canonical)  # marks it as used
        self._counts["hits"] += 1
        return entry.response

    async def get(self, name: str, query: bytes, admit: Callable[[], None] = _admit_all) -> FeedResponse:
        """Return the feed ``name`` (with its extension) for a raw query string.

        ``admit`` is called before something absent is rendered, and may raise. Raises NotFound, UnknownParameter,
        Overloaded, and whatever rendering raises where nothing is held.
        """
        key = self._key(name, query)
        now = monotonic()
        if now - self._polled_at > self.poll_interval:
            polling = self._poll(now)
            if self._poll_is_late(now):
                await asyncio.wait({polling}, timeout=POLL_TIMEOUT)
        entry = self._entries.get(key.canonical)
        if entry is not None and entry.fresh:
            self._counts["hits"] += 1
            return entry.response
        self._counts["misses"] += 1
        return await (self._render_absent(key, admit) if entry is None else self._revalidate(entry))

    def remember(self, address: bytes, name: str, query: bytes) -> None:
        """Let ``lookup`` know the raw address of a feed that ``get`` returned."""
        entry = self._entries.get(self._key(name, query).canonical)
        if entry is not None:
            if len(self._addresses) >= _MAX_ADDRESSES or self._entries.evictions != self._known_evictions:
                self._forget_addresses()
            self._addresses[address] = entry

    def _forget_addresses(self) -> None:
        """Forget the addresses after an eviction: they must not keep what the cache has let go."""
        self._addresses.clear()
        self._known_evictions = self._entries.evictions

    async def compress(self, name: str, query: bytes, response: FeedResponse) -> None:
        """Make the gzip form of a response, once however many clients wait for it."""
        if response.gzipped is not None:
            return
        task = self._compressions.get(response)
        if task is None:
            job = self._revalidations.submit(lambda _: response.compress(), detached=True, bounded=False)
            task = asyncio.ensure_future(self._measure_again(job, name, query, response))
            self._compressions[response] = task
        await asyncio.shield(task)

    async def _measure_again(self, job: Job[None], name: str, query: bytes, response: FeedResponse) -> None:
        try:
            await job.future
        finally:
            del self._compressions[response]
        entry = self._entries.get(self._key(name, query).canonical)
        if entry is not None and entry.response is response:
            self._entries.put(entry.key.canonical, entry, entry.tags)

    def _key(self, name: str, query: bytes) -> FeedKey:
        key = self._keys.get((name, query))
        if key is None:
            stem, _, extension = name.rpartition(".")
            format_of(extension)
            options = self._options(query)
            canonical = f"{name}?{options.query(self.language)}"
            key = self._keys[name, query] = FeedKey(stem, extension, options, canonical)
        return key

    def _options(self, query: bytes) -> FeedOptions:
        if len(query) > _MAX_QUERY:
            raise UnknownParameter(
                message("the query string has {count} characters", count=len(query)),
                where="query",
                hint=message("use at most {value}", value=_MAX_QUERY),
            )
        pairs = parse_qsl(query.decode("latin-1"), keep_blank_values=True, errors="replace")
        return parse(pairs, language=self.language)

    # --- invalidation -----------------------------------------------------------------------------------------------

    def _poll_is_late(self, now: float) -> bool:
        """Return whether the revision is so old that a poll has to be waited for.

        While requests keep coming a poll is done before the next is due, and nobody waits for the database.
        """
        return now - self._confirmed_at > self.poll_interval * 1.5

    def _poll(self, now: float) -> asyncio.Future[_StoreState]:
        """Ask the store for its revision; where it cannot answer, the known one stays."""
        self._polled_at = now
        if self._polling is None:
            loop = asyncio.get_running_loop()
            self._polling = loop.run_in_executor(self._poller, self._store_state, self._revision, self._changed)
            self._polling.add_done_callback(lambda polling: self._polled(polling, now))
        return self._polling

    def _store_state(self, revision: int, changed: float) -> _StoreState:
        day = self._clock().date()
        if self._renderer.revision() == revision:
            return _StoreState(day, revision, changed)
        # The version is read before the tags: a change in between is rendered twice, never missed.
        new_revision, moment = self._renderer.version()
        tags = self._renderer.changed_tags(changed, moment) if changed >= 0 else None
        return _StoreState(day, new_revision, moment, tags)

    def _polled(self, polling: asyncio.Future[_StoreState], asked_at: float) -> None:
        self._polling = None
        if polling.cancelled():
            return
        if (error := polling.exception()) is not None:
            _log.error("the store's revision cannot be read: %s", error)
            return
        state = polling.result()
        if state.day != self._day:
            self._day = state.day
            for entry in self._entries.values():
                entry.fresh = entry.fresh and entry.day == state.day
        if state.revision != self._revision:
            self._invalidate(state)
            self._previous = (self._revision, self._confirmed_at)
            self._revision, self._changed = state.revision, state.changed
        self._confirmed_at = asked_at

    def _invalidate(self, state: _StoreState) -> None:
        """Mark entries stale whose tags changed; the others stay fresh and are not rendered again."""
        if state.tags is None or state.revision < self._revision:  # unknown, or another store
            entries = self._entries.values()
        else:
            entries = self._entries.values(self._entries.tagged(state.tags))
        for entry in entries:
            if entry.fresh and not self._revision < entry.revision == state.revision:
                entry.fresh, entry.revision = False, self._revision

    # --- rendering --------------------------------------------------------------------------------------------------

    async def _render_absent(self, key: FeedKey, admit: Callable[[], None]) -> FeedResponse:
        job = self._jobs.get(key.canonical)
        if job is None or job.cancelled:
            admit()
            job = self._start(key, self._pool, None)
        if not await job.wait(RENDER_TIMEOUT):
            raise _too_slow(key)
        try:
            rendering = job.future.result()
        except (WorkCancelledError, asyncio.CancelledError):
            raise _too_slow(key) from None
        entry = self._entries.get(key.canonical)
        return entry.response if entry is not None else self._response(key, rendering, rendering.modified)

    async def _revalidate(self, entry: CacheEntry) -> FeedResponse:
        now = monotonic()
        job = self._jobs.get(entry.key.canonical)
        if job is None and now >= entry.retry_at:
            entry.stale_since = now
            job = self._start(entry.key, self._revalidations, entry)
        # A stale response is sent only shortly after the store was seen to be unchanged, or while rendering does not
        # end. A reader who comes after hours of quiet waits, or would have the change one poll late.
        previous, confirmed_at = self._previous
        recent = entry.revision == previous and now - confirmed_at < self.poll_interval + self.stale_ttl
        waited = now - entry.stale_since
        if job is not None and not recent and waited < STALE_TIMEOUT and await job.wait(STALE_TIMEOUT - waited):
            error = None if job.future.cancelled() else job.future.exception()
            if isinstance(error, (Gone, Moved)):
                raise error
        held = self._entries.get(entry.key.canonical)
        return (held or entry).response

    def _start(self, key: FeedKey, pool: BoundedPool, entry: CacheEntry | None) -> Job[_Rendering]:
        """Start a rendering.

        One of an absent feed ends when nobody waits; a revalidation is for the next reader.
        """

        def work(checkpoint: Checkpoint) -> _Rendering:
            day = self._clock().date()
            revision, changed = self._renderer.version()
            body, filename, tags = self._renderer.render(key.name, FORMATS[key.extension], key.options, checkpoint)
            return _Rendering(day, revision, changed, body, filename, tags, digest_of(body))

        job = pool.submit(work, detached=entry is not None, bounded=entry is None)
        self._jobs[key.canonical] = job
        # Runs before the waiters of the job go on: they were added to the future later.
        job.future.add_done_callback(lambda future: self._settle(key, job, future))
        return job

    def _settle(self, key: FeedKey, job: Job[_Rendering], future: asyncio.Future[_Rendering]) -> None:
        """Store a rendering; a failed one leaves the last good response in place."""
        if self._jobs.get(key.canonical) is job:
            del self._jobs[key.canonical]
        if future.cancelled():
            return
        self._counts["renders"] += 1
        entry = self._entries.get(key.canonical)
        error = future.exception()
        if error is not None:
            self._failed(key, entry, error)
            return
        rendering = future.result()
        if rendering.revision > self._revision:
            # What else changed is not known here: the next reader polls.
            self._polled_at = float("-inf")
        modified = rendering.modified
        if entry is None:
            response = self._response(key, rendering, modified)
            entry = CacheEntry(key, response, rendering.tags, rendering.day, rendering.revision, modified)
        elif entry.response.body != rendering.body:
            # The time of the store's change or the day's beginning, so that all processes agree; yet strictly later
            # than before, since two changes within a second must not share a Last-Modified.
            entry.modified = max(modified, entry.modified + 1)
            entry.response = self._response(key, rendering, entry.modified)
        entry.tags, entry.revision, entry.failed_at = rendering.tags, rendering.revision, None
        entry.day = rendering.day
        # What the store learned meanwhile may concern this feed, and the day may have ended.
        entry.fresh = rendering.revision >= self._revision and rendering.day >= self._day
        self._entries.put(key.canonical, entry, entry.tags)

    def _failed(self, key: FeedKey, entry: CacheEntry | None, error: BaseException) -> None:
        # An unknown or withdrawn name is the reader's mistake, and abandoned work nobody's.
        self._counts["failures"] += not isinstance(error, (NotFound, WorkCancelledError))
        if entry is None:
            return
        if isinstance(error, (Gone, Moved)):
            entry.fresh = False  # its addresses must not find it either
            self._entries.discard(key.canonical)
            return
        entry.retry_at = monotonic() + RETRY
        entry.failed_at = entry.failed_at or time()
        reason = error.line() if isinstance(error, PlenaryError) else repr(error)
        _log.error("feed %s cannot be rendered, its last response is served: %s", key.name, reason)

    def _response(self, key: FeedKey, rendering: _Rendering, modified: float) -> FeedResponse:
        format_ = FORMATS[key.extension]
        described_by = "/api/v1/feeds?" + urlencode([("feed", key.name), *key.options.pairs(self.language)])
        filename = f"{rendering.filename}.{format_.extension}"
        return build_response(rendering.body, rendering.digest, format_.media_type, filename, modified, described_by)


def _too_slow(key: FeedKey) -> Overloaded:
    return Overloaded(
        message("the feed could not be rendered in time"),
        where=key.name[:80],
        hint=message("try again"),
        after=RETRY_AFTER,
    )  # fmt: skip
