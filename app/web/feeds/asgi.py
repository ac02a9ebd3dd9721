"""Feeds over HTTP: a thin ASGI layer ahead of the application, so that a 304 costs a few dictionary look-ups.

It answers ``/feeds/`` by itself because a framework's routing, dependency injection and response objects cost several
times what the answer does; calendar programs poll, and nearly every answer is a 304.
"""

from __future__ import annotations

import asyncio
import logging
import re
from asyncio import to_thread
from collections.abc import Coroutine
from http import HTTPStatus
from time import perf_counter
from typing import Any, Final, TypeVar
from urllib.parse import quote, quote_from_bytes, unquote
from xml.sax.saxutils import escape

from starlette.types import ASGIApp, Receive, Scope, Send

from app.errors import NotFound, PlenaryError
from app.feeds import FORMATS, format_of
from app.logging_config import REQUEST
from app.web.feeds.renderer import FeedRenderer
from app.web.feeds.response import STATUS, FeedResponse, Headers, Variant
from app.web.feeds.response_cache import FeedCache
from app.web.server import problems
from app.web.server.http_headers import preferred
from app.web.server.metrics import Metrics
from app.web.server.rate_limit import RateLimiter
from app.web.server.request_log import HEADER, id_of, method_of

PREFIX: Final = "/feeds/"
ALLOW: Final = b"GET, HEAD, OPTIONS, PROPFIND"
REDIRECT_SECONDS: Final = 3600
_MAX_BODY: Final = 65_536
_PATH_SAFE: Final = "/:@.-~()"
_QUERY_SAFE: Final = "=&%+,.:-_~"
# A client that accepts anything, or says nothing, is given the first: iCalendar.
_OFFERED: Final = tuple((extension, format_.media_type) for extension, format_ in FORMATS.items())
_CORS: Final = (b"access-control-allow-origin", b"*")
_log = logging.getLogger(__name__)
T = TypeVar("T")


class _ClientClosedError(Exception):
    """The client left before its answer was ready."""


class FeedLayer:
    """Answers everything below ``/feeds/``; hands the rest to ``app``."""

    def __init__(
        self, app: ASGIApp, cache: FeedCache, renderer: FeedRenderer, metrics: Metrics, limiter: RateLimiter
    ) -> None:
        self.app = app
        self.feed_cache = cache
        self.feed_renderer = renderer
        self.metrics = metrics
        self._limiter = limiter

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or not scope["path"].startswith(PREFIX):
            await self.app(scope, receive, send)
            return
        begun = perf_counter()
        try:
            status = await self._answer(scope, receive, send)
        except PlenaryError as error:
            status = await self._problem(scope, send, error)
        except _ClientClosedError:
            status = problems.CLIENT_CLOSED
        except Exception as error:  # whatever the fault is, the client gets an answer
            REQUEST.set(_request_id(scope))
            _log.exception("a feed cannot be answered")
            status = await self._problem(scope, send, error)
        self.metrics.count(method_of(scope["method"]), route_of(scope["path"]), status, perf_counter() - begun)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> int:
        """Answer a request; return the status of the answer."""
        method: str = scope["method"]
        if method in ("GET", "HEAD"):
            response = self.feed_cache.lookup(raw_address(scope))
            if response is not None:
                return await self._send_feed(scope, send, response)
        elif method == "OPTIONS":
            await _send_options(send)
            return 204
        elif method != "PROPFIND":
            problem = problems.problem(405, HTTPStatus(405).phrase, where=method, hint="see the Allow header")
            await _send(send, method, 405, [(b"allow", ALLOW), *_problem_headers(scope)], problems.encode(problem))
            return 405
        return await self._answer_by_name(scope, receive, send)

    async def _answer_by_name(self, scope: Scope, receive: Receive, send: Send) -> int:
        """Answer a request whose feed is not at hand, or whose address leaves the format open."""
        method, name, query = scope["method"], scope["path"][len(PREFIX) :], scope["query_string"]
        vary: tuple[bytes, bytes] | None = None
        if "." not in name.rpartition("/")[2]:
            accept = next((value for field, value in scope["headers"] if field == b"accept"), b"")
            name = f"{name}.{preferred(accept, _OFFERED)}"
            vary = (b"vary", b"Accept, Accept-Encoding")
        finding = self.feed_cache.get(name, query, lambda: self._limiter.charge_rendering(scope))
        try:
            response = await (finding if method == "PROPFIND" else _while_connected(receive, finding))
        except NotFound:
            if (location := await self._moved(scope["path"], name)) is None:
                raise
            await _redirect(send, method, location, query)
            return 301
        if method == "PROPFIND":
            await self._send_properties(scope, receive, send, response, name)
            return 207
        variant = _negotiate(scope, response)
        if variant is Variant.GZIP and response.gzipped is None:
            await self.feed_cache.compress(name, query, response)
        if vary is None:
            self.feed_cache.remember(raw_address(scope), name, query)
        return await self._send_feed(scope, send, response, vary)

    async def _send_feed(
        self, scope: Scope, send: Send, response: FeedResponse, vary: tuple[bytes, bytes] | None = None
    ) -> int:
        variant = _negotiate(scope, response)
        if variant is Variant.GZIP and response.gzipped is None:
            # Found by its address: the name is in it.
            await self.feed_cache.compress(scope["path"][len(PREFIX) :], scope["query_string"], response)
        headers = response.headers[variant]
        if vary is not None:
            headers = [*(item for item in headers if item[0] != b"vary"), vary]
        for field, value in scope["headers"]:
            if field == HEADER:
                # Shared caches keep answers: an id is sent only to a client that sent one.
                headers = [*headers, (HEADER, id_of(value).encode())]
        await send({"type": "http.response.start", "status": STATUS[variant], "headers": headers})
        body = b"" if scope["method"] == "HEAD" else response.content(variant)
        await send({"type": "http.response.body", "body": body})
        return STATUS[variant]

    async def _moved(self, path: str, name: str) -> str | None:
        """Return the path of a feed that is requested under another name, or None.

        Never the path that was requested: a cache that keeps such a redirect would serve it for ever.
        """
        stem, _, extension = name.rpartition(".")
        format_of(extension)
        home = await to_thread(self.feed_renderer.moved, stem)
        if home is None:
            return None
        target = f"{PREFIX}{home}.{extension}"
        return None if _normalized(target) == _normalized(path) else quote(target, safe=_PATH_SAFE)

    async def _problem(self, scope: Scope, send: Send, error: Exception) -> int:
        """Send an error as problem+json; return its status."""
        accept = next((value for field, value in scope["headers"] if field == b"accept-language"), b"")
        query = scope["query_string"].decode("latin-1")
        language = problems.language_of(query, accept.decode("latin-1"), self.feed_cache.language)
        headers = _problem_headers(scope)
        if isinstance(error, PlenaryError):
            problem, status = problems.of_error(error, scope["path"], language), error.http_status
            headers += [(name.encode(), value.encode()) for name, value in problems.headers_of(error).items()]
            if status >= 500:
                REQUEST.set(_request_id(scope))
                _log.error("a feed cannot be served: %s", error.line())
        else:
            problem, status = problems.unexpected(scope["path"], language), 500
        await _send(send, scope["method"], status, headers, problems.encode(problem))
        return status

    async def _send_properties(
        self, scope: Scope, receive: Receive, send: Send, response: FeedResponse, name: str
    ) -> None:
        """Answer PROPFIND with what Thunderbird requests to see whether an address is a calendar."""
        read, more = 0, True
        while more and read <= _MAX_BODY:
            part = await receive()
            if part["type"] == "http.disconnect":
                raise _ClientClosedError
            read += len(part.get("body", b""))
            more = part.get("more_body", False)
        stem, _, extension = name.rpartition(".")
        query = scope["query_string"].decode("latin-1")
        title = await to_thread(self.feed_renderer.title, stem)
        href = quote(scope["path"]) + (f"?{query}" if query else "")
        body = (
            '<?xml version="1.0" encoding="utf-8"?>\n'
            '<d:multistatus xmlns:d="DAV:" xmlns:a="http://apple.com/ns/ical/"><d:response>'
            f"<d:href>{escape(href)}</d:href><d:propstat><d:prop><d:resourcetype/>"
            f"<d:displayname>{escape(title)}</d:displayname>"
            f"<d:getcontenttype>{FORMATS[extension].media_type}</d:getcontenttype>"
            f"<d:getcontentlength>{len(response.body)}</d:getcontentlength>"
            f"<d:getetag>{escape(response.etag.decode())}</d:getetag>"
            f"<d:getlastmodified>{response.last_modified.decode()}</d:getlastmodified>"
            "<d:current-user-privilege-set><d:privilege><d:read/></d:privilege></d:current-user-privilege-set>"
            "<a:calendar-color>#1f5fa8</a:calendar-color>"
            "</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response></d:multistatus>\n"
        ).encode()
        await _send(send, "PROPFIND", 207, [(b"content-type", b"application/xml; charset=utf-8"), _CORS], body)


def raw_address(scope: Scope) -> bytes:
    """Return path and query as they came over the wire."""
    path: bytes = scope.get("raw_path") or scope["path"].encode()
    return path + b"?" + scope["query_string"] if scope["query_string"] else path


def route_of(path: str) -> str:
    """Return the route under which a request is counted.

    It holds neither filters nor the secret of a saved feed.
    """
    name = path[len(PREFIX) :]
    if name.startswith("resolution/"):
        return "/feeds/resolution/{slug}"
    return "/feeds/s/{token}" if name.startswith("s/") else "/feeds/{name}"


def _negotiate(scope: Scope, response: FeedResponse) -> Variant:
    condition = since = accepted = agent = b""
    for field, value in scope["headers"]:
        if field == b"if-none-match":
            condition = condition + b", " + value if condition else value
        elif field == b"accept-encoding":
            accepted = value
        elif field == b"user-agent":
            agent = value
        elif field == b"if-modified-since":
            since = value
    return response.negotiate(condition, since, accepted, agent)


async def _while_connected(receive: Receive, finding: Coroutine[Any, Any, T]) -> T:
    """Return what is found, or stop looking and raise once the client has left."""
    task = asyncio.ensure_future(finding)
    leaving = asyncio.ensure_future(_disconnected(receive))
    try:
        await asyncio.wait({task, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            return task.result()
        raise _ClientClosedError
    finally:
        task.cancel()
        leaving.cancel()


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _normalized(path: str) -> str:
    return re.sub("/+", "/", unquote(path))


def _request_id(scope: Scope) -> str:
    return id_of(next((value for field, value in scope["headers"] if field == HEADER), None))


def _problem_headers(scope: Scope) -> Headers:
    return [
        (b"content-type", problems.MEDIA_TYPE.encode()),
        _CORS,
        (b"cache-control", b"no-store"),
        (HEADER, _request_id(scope).encode()),
    ]


async def _send(send: Send, method: str, status: int, headers: Headers, body: bytes) -> None:
    length = (b"content-length", str(len(body)).encode())
    await send({"type": "http.response.start", "status": status, "headers": [*headers, length]})
    await send({"type": "http.response.body", "body": b"" if method == "HEAD" else body})


async def _send_options(send: Send) -> None:
    headers = [
        (b"allow", ALLOW),
        _CORS,
        (b"access-control-allow-methods", ALLOW),
        (b"access-control-allow-headers", b"If-None-Match, If-Modified-Since, Accept"),
        (b"access-control-max-age", b"86400"),
    ]
    await send({"type": "http.response.start", "status": 204, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


async def _redirect(send: Send, method: str, path: str, query: bytes) -> None:
    location = path + (f"?{quote_from_bytes(query, safe=_QUERY_SAFE)}" if query else "")
    headers = [
        (b"location", location.encode("ascii")),
        _CORS,
        (b"cache-control", f"public, max-age={REDIRECT_SECONDS}".encode()),
    ]
    # Not 308, which older programs do not know; only GET, HEAD and PROPFIND come here.
    await _send(send, method, 301, headers, b"")
