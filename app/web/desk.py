"""The feed desk: finished feeds in memory, renewed when the store changes, given from memory when it cannot be read.

A request reads no database and renders nothing while the store stands still. The store's revision is looked at once in
``LOOK`` seconds at most; a feed whose revision is old is rendered anew in a thread, and for ``PATIENCE`` seconds
readers are still given the old bytes instead of waiting. Both together stay below a second from when the store was last
seen unchanged; who comes later waits.
"""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import logging
from collections import OrderedDict
from dataclasses import dataclass, field
from email.utils import formatdate
from enum import IntEnum
from time import monotonic
from typing import Final, NamedTuple, Protocol
from urllib.parse import parse_qsl, urlencode

from app.errors import Gone, NotFound, PlenaryError, StoreError, UnknownParameter
from app.feeds import FORMATS, Choice, Format, format_of, parse
from app.web.headers import matches, takes_gzip

LOOK: Final = 0.4
PATIENCE: Final = 0.4
# A store that does not answer must not hold up readers of what is in memory.
SOON: Final = 0.2
STALL: Final = 3.0
LONGEST: Final = 30.0
# After a render that broke, the next try waits this long; readers have the last good bytes meanwhile.
RETRY: Final = 5.0
CACHE_CONTROL: Final = "public, max-age=60, stale-while-revalidate=600, stale-if-error=604800"
NEAR: Final = 900_000
"""From this many bytes on a feed is near the 1 MB that some programs read (Google's), and says so."""
_LONGEST_QUERY: Final = 2048
_MOST_ALIASES: Final = 8
SAVED: Final = "s/"
"""What the names of saved feeds begin with."""
_log = logging.getLogger(__name__)

Fields = list[tuple[bytes, bytes]]


class Kitchen(Protocol):
    """What renders feeds; called in threads."""

    def revision(self) -> int:
        """The store's revision."""
        ...

    def version(self) -> tuple[int, float]:
        """The store's revision, and when its contents last changed, in seconds since 1970; both of one moment."""
        ...

    def render(self, name: str, format_: Format, choice: Choice) -> tuple[bytes, str]:
        """The bytes of a feed and its file name without extension. Raises NotFound for an unknown feed."""
        ...


@dataclass(frozen=True, slots=True)
class Key:
    """What makes two feeds the same: name, format and normalised choice."""

    name: str
    extension: str
    choice: Choice


class Form(IntEnum):
    """What is sent of a feed: its bytes, its gzip form, or only that either is unchanged."""

    PLAIN = 0
    ZIPPED = 1
    SAME = 2
    SAME_ZIPPED = 3


STATUS: Final = (200, 200, 304, 304)
"""The status of each form."""
_LINES: Final = (b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\n", *(2 * (b"HTTP/1.1 304 Not Modified\r\n",)))
SMALLEST_GZIP: Final = 1024
"""Bodies below this many bytes are sent as they are."""


@dataclass(slots=True)
class Answer:
    """A finished feed, with the headers of its forms as ASGI has them and as they go over the wire.

    Lists of headers are sent as they are, never changed. The gzip form is made when it is first asked for.
    """

    body: bytes
    tag: bytes
    zipped_tag: bytes
    modified: bytes
    base: Fields
    fields: list[Fields]
    heads: list[bytes]
    zipped: bytes | None = None

    @property
    def size(self) -> int:
        """The bytes held."""
        return len(self.body) + len(self.zipped or b"") + 4096

    def form(self, condition: bytes, since: bytes, accepted: bytes, agent: bytes) -> Form:
        """What a client is to be sent, by its If-None-Match, If-Modified-Since, Accept-Encoding and User-Agent."""
        zipped = bool(accepted) and len(self.body) >= SMALLEST_GZIP and takes_gzip(accepted, agent)
        if condition:
            tag = self.zipped_tag if zipped else self.tag
            if condition == tag or matches(condition, tag):
                return Form.SAME_ZIPPED if zipped else Form.SAME
        # A date is only asked where no tag is given; it must be the very date that was sent, as nginx has it.
        elif since and since == self.modified:
            return Form.SAME_ZIPPED if zipped else Form.SAME
        return Form.ZIPPED if zipped else Form.PLAIN

    def part(self, form: Form) -> bytes:
        """The body of a form."""
        if form is Form.PLAIN:
            return self.body
        return (self.zipped or b"") if form is Form.ZIPPED else b""

    def compress(self) -> None:
        """Makes the gzip form: the same bytes for the same body, whenever it is made."""
        zipped = gzip.compress(self.body, 6, mtime=0)
        said = [
            *self.base,
            (b"content-length", str(len(zipped)).encode()),
            (b"content-encoding", b"gzip"),
            (b"etag", self.zipped_tag),
        ]
        self.fields[Form.ZIPPED], self.heads[Form.ZIPPED] = said, _head(Form.ZIPPED, said)
        self.zipped = zipped


def _head(form: Form, fields: Fields) -> bytes:
    """Status line and headers; the Date and the empty line are still to come."""
    return _LINES[form] + b"".join(name + b": " + value + b"\r\n" for name, value in fields)


def make_answer(body: bytes, media_type: str, filename: str, modified: float, about: str = "") -> Answer:
    """The answer that carries ``body``.

    ``modified`` is in seconds since 1970; ``about`` is the address that tells of the feed.
    """
    digest = hashlib.sha256(body).hexdigest()[:32].encode()
    tag, zipped_tag = b'"' + digest + b'"', b'"' + digest + b'-gzip"'
    when = formatdate(modified, usegmt=True).encode()
    shared: Fields = [
        (b"cache-control", CACHE_CONTROL.encode()),
        (b"vary", b"Accept-Encoding"),
        (b"last-modified", when),
        (b"access-control-allow-origin", b"*"),
        (b"access-control-expose-headers", b"ETag, Last-Modified"),
    ]
    base: Fields = [
        *shared,
        (b"content-type", media_type.encode()),
        (b"content-disposition", f'inline; filename="{filename}"'.encode("ascii", "replace")),
        (b"x-content-type-options", b"nosniff"),
    ]
    if about:
        base.append((b"link", f'<{about}>; rel="describedby"; type="application/json"'.encode("ascii", "replace")))
    if about and len(body) >= NEAR:
        base.append((b"plenary-notice", b"large; see the link describedby for feeds of a year each"))
    fields: list[Fields] = [
        [*base, (b"content-length", str(len(body)).encode()), (b"etag", tag)],
        [],
        [*shared, (b"etag", tag)],
        [*shared, (b"etag", zipped_tag)],
    ]
    return Answer(
        body=body,
        tag=tag,
        zipped_tag=zipped_tag,
        modified=when,
        base=base,
        fields=fields,
        heads=[_head(form, fields[form]) for form in Form],
    )


class _Rendered(NamedTuple):
    revision: int
    changed: float
    body: bytes
    filename: str


@dataclass(slots=True)
class Slot:
    """A feed that somebody asked for."""

    key: Key
    answer: Answer | None = None
    made: float = 0.0
    revision: int = -1
    stale_since: float = 0.0
    retry_at: float = 0.0
    task: asyncio.Task[_Rendered] | None = None
    aliases: list[tuple[str, bytes]] = field(default_factory=list)
    addresses: list[bytes] = field(default_factory=list)


class Desk:
    """Gives finished feeds; holds at most ``limit`` bytes of them. Lives on one event loop."""

    def __init__(
        self,
        kitchen: Kitchen,
        *,
        language: str,
        limit: int,
        look: float = LOOK,
        patience: float = PATIENCE,
    ) -> None:
        self._kitchen = kitchen
        self.language = language
        self._limit = limit
        self._look_after = look
        self._patience = patience
        self._slots: OrderedDict[Key, Slot] = OrderedDict()
        self._aliases: dict[tuple[str, bytes], Slot] = {}
        self._addresses: dict[bytes, Slot] = {}
        self._size = 0
        self._revision, self._changed = 0, float("-inf")
        self._looked = float("-inf")
        self._looking: asyncio.Task[tuple[int, float]] | None = None
        # When the store was last seen to stand, when it was asked last, and the revision before this one with the
        # moment at which that was last seen to stand.
        self._stood = self._asked = float("-inf")
        self._before = (-1, float("-inf"))
        self.counts = dict.fromkeys(("hits", "misses", "renders", "failures", "evictions"), 0)
        """What happened so far."""

    @property
    def size(self) -> int:
        """The bytes of the feeds held."""
        return self._size

    async def get(self, name: str, query: bytes) -> Answer:
        """The feed ``name`` (with its extension) for a raw query string.

        Raises NotFound, UnknownParameter, and whatever rendering raises where no earlier bytes are held.
        """
        slot = self._aliases.get((name, query)) or self._slot(name, query)
        now = monotonic()
        if now - self._looked > self._look_after:
            await self._look(now)
        answer = slot.answer
        if answer is not None and slot.revision == self._revision:
            self._slots.move_to_end(slot.key)
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
        if slot is None or slot.revision != self._revision or monotonic() - self._looked > self._look_after:
            return None
        self._slots.move_to_end(slot.key)
        self.counts["hits"] += 1
        return slot.answer

    def _slot(self, name: str, query: bytes) -> Slot:
        stem, _, extension = name.rpartition(".")
        format_of(extension)
        key = Key(stem, extension, self._choice(query))
        slot = self._slots.get(key)
        if slot is None:
            slot = self._slots[key] = Slot(key)
        if len(slot.aliases) < _MOST_ALIASES:
            slot.aliases.append((name, query))
            self._aliases[name, query] = slot
        return slot

    def _choice(self, query: bytes) -> Choice:
        if len(query) > _LONGEST_QUERY:
            raise UnknownParameter(
                f"a query of {len(query)} characters", where="query", hint=f"at most {_LONGEST_QUERY}"
            )
        pairs = parse_qsl(query.decode("latin-1"), keep_blank_values=True, errors="replace")
        return parse(pairs, language=self.language)

    async def _look(self, now: float) -> None:
        """Asks the store for its revision; where it cannot answer, or not within ``SOON``, what is known stays."""
        self._looked = now
        if self._looking is None:
            self._asked = now
            self._looking = asyncio.create_task(asyncio.to_thread(self._version, self._revision, self._changed))
            self._looking.add_done_callback(self._seen)
        await asyncio.wait({self._looking}, timeout=SOON)

    def _version(self, revision: int, changed: float) -> tuple[int, float]:
        """How the store stands, which is asked for in whole only where its revision is another."""
        return (revision, changed) if self._kitchen.revision() == revision else self._kitchen.version()

    def _seen(self, task: asyncio.Task[tuple[int, float]]) -> None:
        self._looking = None
        if task.cancelled():
            return
        if (error := task.exception()) is not None:
            _log.error("the store's revision cannot be read: %s", error)
        else:
            self._take(*task.result(), self._asked)

    def _take(self, revision: int, changed: float, asked: float) -> None:
        """Takes in a revision of the store, and the moment of its contents, that were asked for at that moment."""
        if revision != self._revision:
            if changed == self._changed:
                # A saved feed was given another choice: every other feed stands as it is, and is not made anew.
                for slot in self._slots.values():
                    if slot.revision == self._revision and not slot.key.name.startswith(SAVED):
                        slot.revision = revision
            self._before = (self._revision, self._stood)
            self._revision, self._changed = revision, changed
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
        raise StoreError("the feed could not be made", where=slot.key.name, hint="try again")

    def _render(self, key: Key) -> _Rendered:
        revision, changed = self._kitchen.version()
        return _Rendered(revision, changed, *self._kitchen.render(key.name, FORMATS[key.extension], key.choice))

    def _settle(self, slot: Slot, task: asyncio.Task[_Rendered]) -> None:
        """Takes a rendering in; one that broke leaves the last good bytes where they are."""
        if task.cancelled():
            slot.task = None
            return
        self.counts["renders"] += 1
        if (error := task.exception()) is not None:
            slot.task = None
            # An unknown or ended name is the reader's mistake, not the kitchen's.
            self.counts["failures"] += not isinstance(error, (NotFound, Gone))
            if isinstance(error, Gone):
                # Ended on purpose: nobody is to be given it any more.
                self._drop(slot)
                slot.answer = None
            if slot.answer is None:
                self._drop(slot)
                return
            slot.retry_at = monotonic() + RETRY
            said = error.line() if isinstance(error, PlenaryError) else repr(error)
            _log.error("feed %s broke, the last good bytes are served: %s", slot.key.name, said)
            return
        slot.task = None
        slot.revision, changed, body, filename = task.result()
        if slot.revision > self._revision:
            self._take(slot.revision, changed, slot.stale_since)
        before = slot.answer
        if before is not None and before.body == body:
            return
        # When the store changed, so that all processes say the same; yet strictly later than before, since two
        # changes within a second must not share a Last-Modified.
        slot.made = max(changed, slot.made + 1)
        format_ = FORMATS[slot.key.extension]
        about = "/api/v1/feeds?" + urlencode([("feed", slot.key.name), *slot.key.choice.pairs(self.language)])
        slot.answer = make_answer(body, format_.media_type, f"{filename}.{format_.extension}", slot.made, about)
        if slot.key in self._slots:
            self._size += slot.answer.size - (before.size if before else 0)
            self._trim(slot)

    async def zipped(self, answer: Answer) -> None:
        """Makes the gzip form of an answer, once."""
        before = answer.size
        await asyncio.to_thread(answer.compress)
        self._size += answer.size - before

    def _drop(self, slot: Slot) -> None:
        if self._slots.pop(slot.key, None) is not None and slot.answer is not None:
            self._size -= slot.answer.size
        for alias in slot.aliases:
            self._aliases.pop(alias, None)
        for address in slot.addresses:
            self._addresses.pop(address, None)

    def _trim(self, kept: Slot) -> None:
        for slot in list(self._slots.values()):
            if self._size <= self._limit:
                return
            if slot is not kept and slot.answer is not None:
                self._drop(slot)
                self.counts["evictions"] += 1
