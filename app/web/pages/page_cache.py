"""Pages that have been made, kept while the contents of the store stand still; given with an entity tag."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from threading import Lock
from typing import Final

from fastapi import Request
from starlette.responses import Response

from app.store import Store
from app.web.feeds.response import digest_of
from app.web.server.http_headers import matches

CACHE_CONTROL: Final = "private, no-cache"
_LONGEST_KEY: Final = 4096
Key = tuple[str, str, datetime | None, str]


class Printed:
    """Finished pages by what makes them differ; at most ``limit`` bytes of them. Safe to share between threads."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._size = 0
        self._pages: OrderedDict[Key, tuple[bytes, bytes, dict[str, str]]] = OrderedDict()
        self._lock = Lock()
        self._seen: tuple[int, datetime | None] = (-1, None)

    def moment(self, store: Store) -> datetime | None:
        """When the contents of the store last changed, in UTC; asked for only where its revision is another.

        Saving a feed makes a revision, too, which no page tells of.
        """
        if store.revision() != self._seen[0]:
            self._seen = store.version()
        return self._seen[1]

    def get(self, key: Key) -> tuple[bytes, bytes, dict[str, str]] | None:
        """The body, the entity tag and the headers of a page that is held."""
        with self._lock:
            found = self._pages.get(key)
            if found is not None:
                self._pages.move_to_end(key)
            return found

    def put(self, key: Key, body: bytes, tag: bytes, fields: dict[str, str]) -> None:
        """Takes a page in, and lets the oldest go where there are too many."""
        with self._lock:
            held = self._pages.pop(key, None)
            self._size += len(body) - (len(held[0]) if held else 0)
            self._pages[key] = (body, tag, fields)
            while self._size > self._limit and len(self._pages) > 1:
                _, (gone, _, _) = self._pages.popitem(last=False)
                self._size -= len(gone)


def printed(make: Callable[..., Response]) -> Callable[..., Response]:
    """Has a route's pages kept: they depend on address, language, the store's contents and the day alone."""

    @wraps(make)
    def route(request: Request, **names: str) -> Response:
        state = request.app.state
        asked = request.headers.get("accept-language", "") if not request.query_params.get("lang") else ""
        where = f"{request.url.path}?{request.url.query}"
        key = (where, asked[:400], state.printed.moment(state.store), state.clock().date().isoformat())
        held = state.printed.get(key)
        if held is None:
            answer = make(request, **names)
            body = bytes(answer.body)
            tag = b'"' + digest_of(body) + b'"'
            fields = {
                name: value for name, value in answer.headers.items() if name not in ("content-length", "content-type")
            }
            if answer.status_code != 200:
                return answer
            if len(where) < _LONGEST_KEY:
                state.printed.put(key, body, tag, fields)
        else:
            body, tag, fields = held
        headers = {**fields, "etag": tag.decode(), "cache-control": CACHE_CONTROL}
        if matches(request.headers.get("if-none-match", "").encode("latin-1"), tag):
            return Response(status_code=304, headers=headers)
        return Response(body, headers=headers, media_type="text/html; charset=utf-8")

    return route
