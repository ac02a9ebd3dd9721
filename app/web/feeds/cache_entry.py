"""Entries of the feed cache: their keys and state, and the renderer that fills them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Protocol

from app.feeds import FeedOptions, Format
from app.web.feeds.response import FeedResponse


class Renderer(Protocol):
    """Renders feeds; called in threads."""

    @property
    def unwritable(self) -> Mapping[str, str]:
        """The events that could not be written, by UID."""
        ...

    def revision(self) -> int:
        """Return the store's revision."""
        ...

    def version(self) -> tuple[int, float]:
        """Return revision and time of the last change (seconds since 1970), read at once."""
        ...

    def changed_tags(self, since: float, moment: float) -> frozenset[str] | None:
        """Return the tags that changed between two times; None where they are too many to name."""
        ...

    def render(
        self, name: str, format_: Format, options: FeedOptions, checkpoint: Callable[[], None]
    ) -> tuple[bytes, str, frozenset[str]]:
        """Return body, file name without extension, and tags. Raises NotFound."""
        ...


@dataclass(frozen=True, slots=True)
class FeedKey:
    """Identity of a feed: name, format and options. Equal feeds share ``canonical``."""

    name: str
    extension: str
    options: FeedOptions
    canonical: str


@dataclass(slots=True, eq=False)
class CacheEntry:
    """A rendered feed with the state of its freshness.

    ``revision`` is the last at which it was known current; ignored while it is ``fresh``.
    ``day`` is that of its statuses, in UTC. ``modified`` is its Last-Modified in seconds since 1970; the other times
    are monotonic.
    """

    key: FeedKey
    response: FeedResponse
    tags: frozenset[str]
    day: date
    revision: int
    modified: float
    fresh: bool = True
    stale_since: float = 0.0
    retry_at: float = 0.0
    failed_at: float | None = None
    used_at: float = 0.0

    @property
    def size(self) -> int:
        """Return the bytes held."""
        return self.response.size


class CacheState(NamedTuple):
    """Feeds held, and those that are stale because their rendering failed.

    ``since`` is when the first of them failed, in seconds since 1970; ``size`` is in bytes;
    ``unwritable`` are events that are left out of feeds because they cannot be written.
    """

    held: int
    stale: int
    since: float | None
    size: int
    unwritable: int = 0
