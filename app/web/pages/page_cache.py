"""Cache of rendered pages, valid while the contents of the store stay the same; answers carry an entity tag."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Final

from fastapi import Request
from starlette.responses import Response

from app.feeds.tagged_cache import TaggedCache
from app.store import Store
from app.web.feeds.response import digest_of
from app.web.server.http_headers import matches

CACHE_CONTROL: Final = "private, no-cache"
_LONGEST_KEY: Final = 4096
"""Characters of an address; pages of longer ones are not kept."""
_LONGEST_ACCEPT: Final = 400
"""Characters of Accept-Language that tell pages apart."""
Key = tuple[str, str, datetime | None, str]
"""Address, Accept-Language where the address names no language, moment of the contents, day."""


@dataclass(frozen=True, slots=True)
class CachedPage:
    """A rendered page: its body, its entity tag, its headers without length and type."""

    body: bytes
    tag: bytes
    headers: dict[str, str]


class PageCache:
    """Least recently used cache of at most ``limit`` bytes of page bodies. Thread-safe.

    Pages carry no tags: nearly every page lists what any instrument may change, so that a change of the contents makes
    other keys, and the pages of the old ones are evicted as they fall out of use.
    """

    def __init__(self, limit: int) -> None:
        self._pages: TaggedCache[Key, CachedPage] = TaggedCache(limit, lambda page: len(page.body))
        self._version: tuple[int, datetime | None] = (-1, None)

    def contents_changed(self, store: Store) -> datetime | None:
        """Return when the contents of the store last changed, in UTC.

        Reads it only where the store's revision is another. Saving a feed makes a revision, too, which no page shows.
        """
        if store.revision() != self._version[0]:
            self._version = store.version()
        return self._version[1]

    def get(self, key: Key) -> CachedPage | None:
        """Return the page of ``key``, or None."""
        return self._pages.get(key)

    def put(self, key: Key, page: CachedPage) -> None:
        """Store a page; evict the least recently used ones beyond the limit.

        A page larger than the limit is not kept.
        """
        self._pages.put(key, page)


def cached_page(render: Callable[..., Response]) -> Callable[..., Response]:
    """Cache the pages of a route.

    They may depend on the address, the language, the contents of the store and the day alone.
    """

    @wraps(render)
    def route(request: Request, **names: str) -> Response:
        state = request.app.state
        cache: PageCache = state.page_cache
        accepted = request.headers.get("accept-language", "") if not request.query_params.get("lang") else ""
        address = f"{request.url.path}?{request.url.query}"
        day = state.clock().date().isoformat()
        key = (address, accepted[:_LONGEST_ACCEPT], cache.contents_changed(state.store), day)
        page = cache.get(key)
        if page is None:
            answer = render(request, **names)
            if answer.status_code != 200:
                return answer
            page = _page_of(answer)
            if len(address) < _LONGEST_KEY:
                cache.put(key, page)
        headers = {**page.headers, "etag": page.tag.decode(), "cache-control": CACHE_CONTROL}
        if matches(request.headers.get("if-none-match", "").encode("latin-1"), page.tag):
            return Response(status_code=304, headers=headers)
        return Response(page.body, headers=headers, media_type="text/html; charset=utf-8")

    return route


def _page_of(answer: Response) -> CachedPage:
    """Return an answer as a page to keep."""
    body = bytes(answer.body)
    kept = {name: value for name, value in answer.headers.items() if name not in ("content-length", "content-type")}
    return CachedPage(body, b'"' + digest_of(body) + b'"', kept)
