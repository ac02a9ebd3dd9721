"""Middleware of every route but feeds: HEAD, bounds of bodies, security headers; CORS, tags and gzip for the API."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable
from typing import Final
from urllib.parse import parse_qsl, urlencode

from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.feeds.options import strip_tracking
from app.web.feeds.response import digest_of
from app.web.server.bodies import SpooledBody
from app.web.server.http_headers import matches
from app.web.server.rate_limit import RATE_LIMIT, network_of

_API_PATHS: Final = ("/api/", "/openapi.json")
_DAY_SECONDS: Final = 86_400
_MIN_GZIP_BYTES: Final = 1000
"""Shorter bodies gain nothing from compression."""
_TRACKED: Final = (
    b"utm_",
    b"clid",
    b"amp;",
    b"_ga",
    b"_gl",
    b"gbraid",
    b"wbraid",
    b"mc_",
    b"_hs",
    b"mkt_",
    b"igsh",
    b"ref_src",
)
"""What a query string holds that may have a tracking parameter; others are not parsed here."""

# Pages take nothing from elsewhere and run our own files alone.
_SECURITY_POLICY: Final = (
    b"default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'%s; "
    b"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
SECURITY: Final = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)
STRICT_TRANSPORT: Final = (b"strict-transport-security", b"max-age=31536000")
"""Sent where the service's address is https; without subdomains, which may not be ours."""
_DOCS: Final = "/docs"
"""The page whose style sheet draws its icons from data: addresses."""


class BodyLimitMiddleware:
    """Middleware for HEAD, bounds of request bodies, tracking parameters, security headers."""

    def __init__(self, app: ASGIApp, max_bytes: int, *, https: bool = False) -> None:
        self.app = app
        self._max_bytes = max_bytes
        self._headers = (*SECURITY, STRICT_TRANSPORT) if https else SECURITY
        self._uploads: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope["query_string"] = clean_query(scope["query_string"])
        images = b" data:" if scope["path"] == _DOCS else b""
        headers = ((b"content-security-policy", _SECURITY_POLICY % images), *self._headers)
        if scope["method"] == "HEAD":
            asked = {**scope, "method": "GET"}
            answered = asyncio.Event()
            await self.app(asked, _until(answered, receive), _with_headers(asked, send, headers, answered))
            scope["route"] = asked.get("route")
        else:
            client = scope.get("client")
            body = SpooledBody(receive, self._max_bytes, self._uploads, network_of(client[0]) if client else "")
            try:
                await self.app(scope, body.receive, _with_headers(scope, send, headers))
            finally:
                body.close()


def clean_query(query: bytes) -> bytes:
    """Return a query string without tracking parameters; one that has none stays as it is.

    >>> clean_query(b"kind=report&utm_source=x&fbclid=y")
    b'kind=report'
    """
    if not any(mark in query for mark in _TRACKED):
        return query
    pairs = parse_qsl(query.decode("latin-1"), keep_blank_values=True, encoding="utf-8", errors="surrogateescape")
    kept = strip_tracking(pairs)
    return query if kept == pairs else urlencode(kept, errors="surrogateescape").encode("ascii")


def _with_headers(
    scope: Scope, send: Send, headers: Iterable[tuple[bytes, bytes]], answered: asyncio.Event | None = None
) -> Send:
    """Return ``send`` with further headers: the given ones, and those of the rate limit.

    With ``answered`` the response ends at its first part of a body, which is sent empty, and the event is set.
    """

    async def sent(event: Message) -> None:
        if event["type"] == "http.response.start":
            event = {**event, "headers": [*event.get("headers", ()), *headers, *scope.get(RATE_LIMIT, ())]}
        elif answered is not None:
            if answered.is_set():
                return
            answered.set()
            event = {"type": "http.response.body", "body": b""}
        await send(event)

    return sent


def _until(answered: asyncio.Event, receive: Receive) -> Receive:
    """Return ``receive`` for HEAD: it reports a disconnect once the request is answered.

    A stream would otherwise go on for a client that wanted its headers alone.
    """
    begun = False

    async def received() -> Message:
        nonlocal begun
        if not begun:
            begun = True
            return await receive()
        await answered.wait()
        return {"type": "http.disconnect"}

    return received


class ApiMiddleware:
    """Entity tags, compression and CORS (Starlette's) for the API; other paths pass through."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        tagged: ASGIApp = EntityTagMiddleware(app)
        self._api = CORSMiddleware(
            GZipMiddleware(tagged, minimum_size=_MIN_GZIP_BYTES),
            allow_origins=("*",),
            allow_methods=("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"),
            allow_headers=("authorization", "content-type", "if-none-match", "x-request-id"),
            expose_headers=(
                "etag",
                "link",
                "location",
                "ratelimit",
                "ratelimit-policy",
                "retry-after",
                "x-request-id",
            ),
            max_age=_DAY_SECONDS,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        api = scope["type"] == "http" and scope["path"].startswith(_API_PATHS)
        await (self._api if api else self.app)(scope, receive, send)


class EntityTagMiddleware:
    """Middleware that gives JSON answers an entity tag and answers 304 (RFC 9110, 13.1.2).

    Starlette has none, and a handler cannot do it: the tag is a digest of the bytes it prepares.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["method"] not in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        condition = next((value for name, value in scope["headers"] if name == b"if-none-match"), b"")
        private = any(name == b"authorization" for name, _ in scope["headers"])
        start: Message | None = None

        async def tagged(event: Message) -> None:
            nonlocal start
            if event["type"] == "http.response.start" and _is_whole_json(event):
                start = event
                return
            if start is None:
                await send(event)
                return
            # JSON answers are prepared bytes: the first part of the body is all of it.
            tag = b'"' + digest_of(event.get("body", b"")) + b'"'
            control = b"private, no-cache" if private else b"public, no-cache"
            headers = [*start["headers"], (b"etag", b"W/" + tag), (b"cache-control", control)]
            begun, start = start, None
            if condition and matches(condition, tag):
                kept = [(name, value) for name, value in headers if name not in (b"content-length", b"content-type")]
                await send({**begun, "status": 304, "headers": kept})
                await send({"type": "http.response.body", "body": b""})
                return
            await send({**begun, "headers": headers})
            await send(event)

        await self.app(scope, receive, tagged)


def _is_whole_json(event: Message) -> bool:
    fields = dict(event.get("headers", ()))
    whole = event["status"] == 200 and b"content-length" in fields
    return whole and fields.get(b"content-type", b"").startswith(b"application/json")
