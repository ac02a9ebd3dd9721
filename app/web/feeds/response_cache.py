"""The feed desk: finished feeds in memory, renewed when the store changes, given from memory when it cannot be read.

A request reads no database and renders nothing while the store stands still. The store's revision is looked at once in
``LOOK`` seconds at most; a feed whose revision is old is rendered anew in a thread, and for ``PATIENCE`` seconds
readers are still given the old bytes instead of waiting. Both together stay below a second from when the store was last
seen unchanged; who comes later waits.
"""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from time import monotonic, time
from typing import Final, NamedTuple, Protocol
from urllib.parse import parse_qsl, urlencode

from app.errors import Gone, Moved, NotFound, PlenaryError, StoreError, UnknownParameter, message
from app.feeds import FORMATS, FeedOptions, Format, format_of, parse
from app.web.feeds.response import Answer, digest_of, make_answer

LOOK: Final = 0.4
PATIENCE: Final = 0.4
# A store that does not answer must not hold up readers of what is in memory.
SOON: Final = 0.2
STALL: Final = 3.0
LONGEST: Final = 30.0
# After a render that broke, the next try waits this long; readers have the last good bytes meanwhile.
RETRY: Final = 5.0
_LONGEST_QUERY: Final = 2048
_MOST_ALIASES: Final = 8
_log = logging.getLogger(__name__)


class FeedRenderer(Protocol):
    """What renders feeds; called in threads."""

    def revision(self) -> int:
        """The store's revision."""
        ...

    def version(self) -> tuple[int, float]:
        """The store's revision, and when its contents last changed, in seconds since 1970; both of one moment."""
        ...

    def stirred(self, since: float, moment: float) -> frozenset[str] | None:
        """What feeds can be made of and changed between two moments of the contents; None: too much to name.

        Asked by one thread at a time.
        """
        ...

    def render(self, name: str, format_: Format, choice: FeedOptions) -> tuple[bytes, str, frozenset[str]]:
        """The bytes of a feed, its file name without extension, and what it is made of.

        Raises NotFound for an unknown feed.
        """
        ...


@dataclass(frozen=True, slots=True)
class Key:
    """What makes two feeds the same: name, format and normalised choice."""

    name: str
    extension: str
    choice: FeedOptions


class _Rendered(NamedTuple):
    revision: int
    changed: float
    body: bytes
    filename: str
    made_of: frozenset[str]
    digest: bytes


class _Seen(NamedTuple):
    """How the store stands, and what changed since it was last seen: None for anything."""

    revision: int
    changed: float
    stirred: frozenset[str] | None = frozenset()


@dataclass(slots=True, eq=False)
class Slot:
    """A feed that somebody asked for; ``revision`` is the last of which it is known to be what the store says.

    Where it is ``fresh``, that is the revision that the desk knows, whatever is written here.
    """

    key: Key
    answer: Answer | None = None
    made: float = 0.0
    fresh: bool = False
    revision: int = -1
    made_of: frozenset[str] = frozenset()
    stale_since: float = 0.0
    retry_at: float = 0.0
    task: asyncio.Task[_Rendered] | None = None
    aliases: list[tuple[str, bytes]] = field(default_factory=list)
    addresses: list[bytes] = field(default_factory=list)


class State(NamedTuple):
    """How many feeds are held, how many of them are given as they last were because making them anew broke, and since
    when the first is (seconds since 1970); the bytes of all."""

    held: int
    stale: int
    since: float | None
    size: int


class FeedCache:
    """Gives finished feeds; holds at most ``limit`` bytes of them. Lives on one event loop."""

    def __init__(
        self,
        renderer: FeedRenderer,
        *,
        language: str,
        limit: int,
        look: float = LOOK,
        patience: float = PATIENCE,
    ) -> None:
        self._renderer = renderer
        self.language = language
        self._limit = limit
        self._look_after = look
        self._patience = patience
        self._slots: dict[Key, Slot] = {}
        # In the order in which they were last asked for. Slots are told apart by being themselves: a key says much,
        # and would be read through with every request.
        self._order: OrderedDict[Slot, None] = OrderedDict()
        self._aliases: dict[tuple[str, bytes], Slot] = {}
        self._addresses: dict[bytes, Slot] = {}
        self._made_of: dict[str, set[Slot]] = {}
        self._size = 0
        self._revision, self._changed = 0, float("-inf")
        self._looked = float("-inf")
        self._looking: asyncio.Future[_Seen] | None = None
        # A thread of its own: a hundred feeds that wait to be rendered must not hold up the look.
        self._lookout = ThreadPoolExecutor(1, "lookout")
        # When the store was last seen to stand, when it was asked last, and the revision before this one with the
        # moment at which that was last seen to stand.
        self._stood = self._asked = float("-inf")
        self._before = (-1, float("-inf"))
        self._broken: dict[Key, float] = {}
        self.counts = dict.fromkeys(("hits", "misses", "renders", "failures", "evictions"), 0)
        """What happened so far."""

    @property
    def state(self) -> State:
        """How the feeds held stand: a feed is stale from a rendering that broke until one that does not."""
        since = min(self._broken.values(), default=None)
        return State(len(self._slots), len(self._broken), since, self._size)

    async def get(self, name: str, query: bytes) -> Answer:
        """The feed ``name`` (with its extension) for a raw query string.

        Raises NotFound, UnknownParameter, and whatever rendering raises where no earlier bytes are held.
        """
        slot = self._aliases.get((name, query)) or self._slot(name, query)
        now = monotonic()
        if now - self._looked > self._look_after:
            looking = self._look(now)
            if self._late(now):
                await asyncio.wait({looking}, timeout=SOON)
        answer = slot.answer
        if answer is not None and slot.fresh:
            self._order.move_to_end(slot)
            self.counts["hits"] += 1
            return answer
        self.counts["misses"] += 1
        return await self._renewed(slot)

    def remember(self, address: bytes, name: str, query: bytes) -> None:
        """Has ``at`` know the raw ``address`` as that of a feed just given."""
        slot = self._aliases.get((name, query))
        if slot is not None and address not in self._addresses and len(slot.addresses) < _MOST_ALIASES:
            slot.addresses.append(address)
            self._addresses[address] = slot

    def at(self, address: bytes) -> Answer | None:
        """The feed at a raw address, where it is at hand and known to be fresh; else ``get`` must be asked."""
        slot = self._addresses.get(address)
        if slot is None or not slot.fresh:
            return None
        now = monotonic()
        if now - self._looked > self._look_after:
            if self._late(now):
                return None
            self._look(now)
        self._order.move_to_end(slot)
        self.counts["hits"] += 1
        return slot.answer

    def _slot(self, name: str, query: bytes) -> Slot:
        stem, _, extension = name.rpartition(".")
        format_of(extension)
        key = Key(stem, extension, self._choice(query))
        slot = self._slots.get(key)
        if slot is None:
            slot = self._slots[key] = Slot(key)
            self._order[slot] = None
        if len(slot.aliases) < _MOST_ALIASES:
            slot.aliases.append((name, query))
            self._aliases[name, query] = slot
        return slot

    def _choice(self, query: bytes) -> FeedOptions:
        if len(query) > _LONGEST_QUERY:
            raise UnknownParameter(
                message("the query string has {count} characters", count=len(query)),
                where="query",
                hint=message("use at most {value}", value=_LONGEST_QUERY),
            )
        pairs = parse_qsl(query.decode("latin-1"), keep_blank_values=True, errors="replace")
        return parse(pairs, language=self.language)

    def _late(self, now: float) -> bool:
        """Whether it is so long since the store was seen that a look has to be waited for.

        While readers come all the time a look is done before the next is due, and nobody waits for the database.
        """
        return now - self._stood > self._look_after * 1.5

    def _look(self, now: float) -> asyncio.Future[_Seen]:
        """Asks the store for its revision; where it cannot answer, what is known stays."""
        self._looked = now
        if self._looking is None:
            self._asked = now
            loop = asyncio.get_running_loop()
            self._looking = loop.run_in_executor(self._lookout, self._version, self._revision, self._changed)
            self._looking.add_done_callback(self._seen)
        return self._looking

    def _version(self, revision: int, changed: float) -> _Seen:
        """How the store stands, which is asked for in whole only where its revision is another."""
        if self._renderer.revision() == revision:
            return _Seen(revision, changed)
        # Before what changed is asked for: what changes in between is rendered twice, never missed.
        now, then = self._renderer.version()
        return _Seen(now, then, self._renderer.stirred(changed, then) if changed >= 0 else None)

    def _seen(self, task: asyncio.Future[_Seen]) -> None:
        self._looking = None
        if task.cancelled():
            return
        if (error := task.exception()) is not None:
            _log.error("the store's revision cannot be read: %s", error)
        else:
            self._take(task.result(), self._asked)

    def _take(self, seen: _Seen, asked: float) -> None:
        """Takes in how the store stood at the moment at which it was asked."""
        if seen.revision != self._revision:
            # A feed of which nothing changed stands as it is, and is not made anew. Few are touched of many.
            anything = seen.stirred is None or seen.revision < self._revision
            for name in self._made_of if anything else seen.stirred or ():
                for slot in self._made_of.get(name, ()):
                    if slot.fresh and not self._revision < slot.revision == seen.revision:
                        slot.fresh, slot.revision = False, self._revision
            self._before = (self._revision, self._stood)
            self._revision, self._changed = seen.revision, seen.changed
        self._stood = asked

    async def _renewed(self, slot: Slot) -> Answer:
        now = monotonic()
        if slot.task is None and now >= slot.retry_at:
            slot.stale_since = now
            slot.task = asyncio.create_task(asyncio.to_thread(self._render, slot.key))
            slot.task.add_done_callback(lambda task: self._settle(slot, task))
        task = slot.task
        # Old bytes are given only while the store was seen to stand just now, or where it does not answer. Who comes
        # after hours of quiet waits for the new ones, or would have them a poll late.
        waited = now - slot.stale_since
        known, stood = self._before
        recent = slot.revision == known and now - stood < self._look_after + self._patience
        if task is not None and (slot.answer is None or (not recent and waited < STALL)):
            # Waiting, not awaiting: a reader who goes away must not stop the rendering that others wait for. The
            # callback of _renewed was added first, so the slot is settled when this goes on.
            await asyncio.wait({task}, timeout=LONGEST if slot.answer is None else STALL - waited)
        if slot.answer is not None:
            return slot.answer
        if task is not None and task.done() and (error := task.exception()) is not None:
            raise error
        raise StoreError(message("the feed could not be rendered"), where=slot.key.name, hint=message("try again"))

    def _render(self, key: Key) -> _Rendered:
        revision, changed = self._renderer.version()
        body, filename, made_of = self._renderer.render(key.name, FORMATS[key.extension], key.choice)
        return _Rendered(revision, changed, body, filename, made_of, digest_of(body))

    def _settle(self, slot: Slot, task: asyncio.Task[_Rendered]) -> None:
        """Takes a rendering in; one that broke leaves the last good bytes where they are."""
        if task.cancelled():
            slot.task = None
            return
        self.counts["renders"] += 1
        if (error := task.exception()) is not None:
            slot.task = None
            # An unknown or ended name is the reader's mistake, not the kitchen's.
            self.counts["failures"] += not isinstance(error, NotFound)
            if isinstance(error, (Gone, Moved)):
                # Ended on purpose, or to be had elsewhere: nobody is to be given it any more.
                self._drop(slot)
                slot.answer = None
            if slot.answer is None:
                self._drop(slot)
                return
            slot.retry_at = monotonic() + RETRY
            self._broken.setdefault(slot.key, time())
            said = error.line() if isinstance(error, PlenaryError) else repr(error)
            _log.error("feed %s broke, the last good bytes are served: %s", slot.key.name, said)
            return
        slot.task = None
        self._broken.pop(slot.key, None)
        slot.revision, changed, body, filename, made_of, digest = task.result()
        self._register(slot, made_of)
        # What the store learned while this was rendered may be of this feed.
        slot.fresh = slot.revision >= self._revision
        if slot.revision > self._revision:
            # What else changed is not known here: the next reader looks.
            self._looked = float("-inf")
        before = slot.answer
        if before is not None and before.body == body:
            return
        # When the store changed, so that all processes say the same; yet strictly later than before, since two
        # changes within a second must not share a Last-Modified.
        slot.made = max(changed, slot.made + 1)
        format_ = FORMATS[slot.key.extension]
        about = "/api/v1/feeds?" + urlencode([("feed", slot.key.name), *slot.key.choice.pairs(self.language)])
        slot.answer = make_answer(body, digest, format_.media_type, f"{filename}.{format_.extension}", slot.made, about)
        if slot in self._order:
            self._size += slot.answer.size - (before.size if before else 0)
            self._trim(slot)

    def _register(self, slot: Slot, made_of: frozenset[str]) -> None:
        """Has ``_take`` find the slot by what it is made of; by nothing, once it is no longer held."""
        held = made_of if slot in self._order else frozenset[str]()
        for name in slot.made_of - held:
            self._made_of[name].discard(slot)
            if not self._made_of[name]:
                del self._made_of[name]
        for name in held - slot.made_of:
            self._made_of.setdefault(name, set()).add(slot)
        slot.made_of = held

    async def zipped(self, answer: Answer) -> None:
        """Makes the gzip form of an answer, once."""
        before = answer.size
        await asyncio.to_thread(answer.compress)
        self._size += answer.size - before

    def _drop(self, slot: Slot) -> None:
        self._broken.pop(slot.key, None)
        if slot in self._order:
            del self._slots[slot.key], self._order[slot]
            self._size -= slot.answer.size if slot.answer else 0
        self._register(slot, frozenset())
        for alias in slot.aliases:
            self._aliases.pop(alias, None)
        for address in slot.addresses:
            self._addresses.pop(address, None)

    def _trim(self, kept: Slot) -> None:
        if self._size <= self._limit:
            return
        for slot in list(self._order):
            if slot is not kept and slot.answer is not None:
                self._drop(slot)
                self.counts["evictions"] += 1
                if self._size <= self._limit:
                    return
