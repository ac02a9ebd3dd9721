"""What the feed renderer takes and gives: a resolved feed, and a rendered one."""

from __future__ import annotations

from typing import NamedTuple

from app.feeds import Feed
from app.store import EventQuery
from app.web.feeds.retired import WithdrawnFeed


class RenderedFeed(NamedTuple):
    """A rendered feed: its bytes, its file name without extension, and its tags.

    Tags are slugs of instruments, ``renderer.ANY_INSTRUMENT``, and the names of saved feeds. While none of them
    changes, the feed renders to the same bytes.
    """

    body: bytes
    filename: str
    tags: frozenset[str]


class FeedRequest(NamedTuple):
    """A resolved feed: metadata, store query and the UIDs of amended events.

    ``withdrawn`` is the feed of the instrument if it was withdrawn.
    """

    feed: Feed
    query: EventQuery
    amended: tuple[str, ...]
    withdrawn: WithdrawnFeed | None
