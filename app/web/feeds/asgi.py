"""Feeds over HTTP: a thin ASGI layer ahead of the application, so that a 304 costs a few dictionary look-ups."""

from __future__ import annotations

import logging
from asyncio import to_thread
from http import HTTPStatus
from time import perf_counter
from typing import Final
from urllib.parse import quote
from xml.sax.saxutils import escape

from starlette.types import ASGIApp, Receive, Scope, Send

from app.errors import NotFound, PlenaryError
from app.feeds import FORMATS
from app.logging_config import REQUEST
from app.web.feeds.renderer import FeedRenderer
from app.web.feeds.response import STATUS, Answer, Fields, Form
from app.web.feeds.response_cache import FeedCache
from app.web.server import problems
from app.web.server.http_headers import preferred
from app.web.server.metrics import Metrics
from app.web.server.request_log import HEADER, id_of, method_of

PREFIX: Final = "/feeds/"
ALLOW: Final = b"GET, HEAD, OPTIONS, PROPFIND"
_MOST_BODY: Final = 65_536
# A client that takes anything, or says nothing, is given the first: iCalendar.
_OFFERED: Final = tuple((extension, format_.media_type) for extension, format_ in FORMATS.items())
_log = logging.getLogger(__name__)


class FeedLayer:
    """Answers everything below ``/feeds/``; hands the rest to ``app``."""

    def __init__(self, app: ASGIApp, feed_cache: FeedCache, renderer: FeedRenderer, metrics: Metrics) -> None:
        self.app = app
        self.feed_cache = feed_cache
        self.metrics = metrics
        self._renderer = renderer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        if scope["type"] != "http" or not scope["path"].startswith(PREFIX):
            await self.app(scope, receive, send)
            return
        begun = perf_counter()
        try:
            status = await self._answer(scope, receive, send)
        except PlenaryError as error:
            status = error.http_status
            asked = id_of(next((value for field, value in scope["headers"] if field == HEADER), None))
            if status >= 500:
                REQUEST.set(asked)  # of this request's task, which ends with it
                _log.error("a feed cannot be given: %s", error.line())
            accept = next((value for field, value in scope["headers"] if field == b"accept-language"), b"")
            query = scope["query_string"].decode("latin-1")
            language = problems.language_of(query, accept.decode("latin-1"), self.feed_cache.language)
            body = problems.encode(problems.of_error(error, scope["path"], language))
            fields = [
                (b"content-type", problems.MEDIA_TYPE.encode()),
                (b"access-control-allow-origin", b"*"),
                (b"cache-control", b"no-store"),
                (HEADER, asked.encode()),
            ]
            await _send(send, scope["method"], status, fields, body)
        self.metrics.count(method_of(scope["method"]), route_of(scope["path"]), status, perf_counter() - begun)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> int:
        """Answers a request; returns the status it was answered with."""
        method, name = scope["method"], scope["path"][len(PREFIX) :]
        if method == "OPTIONS":
            await _options(send)
            return 204
        if method not in ("GET", "HEAD", "PROPFIND"):
            said = problems.problem(405, HTTPStatus(405).phrase, where=method, hint="see the Allow header")
            fields = [(b"allow", ALLOW), (b"content-type", problems.MEDIA_TYPE.encode())]
            await _send(send, method, 405, fields, problems.encode(said))
            return 405
        condition = accepted = agent = since = b""
        extra: Fields = []
        accept = None
        for field, value in scope["headers"]:
            if field == b"if-none-match":
                condition = condition + b", " + value if condition else value
            elif field == b"accept-encoding":
                accepted = value
            elif field == b"user-agent":
                agent = value
            elif field == b"if-modified-since":
                since = value
            elif field == b"accept":
                accept = value
            elif field == HEADER:
                # Answers are kept by caches between here and the reader: an id comes out only where one came in.
                extra = [(HEADER, id_of(value).encode())]
        vary = None
        if "." not in name.rpartition("/")[2]:
            name = f"{name}.{preferred(accept or b'', _OFFERED)}"
            vary = (b"vary", b"Accept, Accept-Encoding")
        try:
            answer = await self.feed_cache.get(name, scope["query_string"])
        except NotFound:
            stem, _, extension = name.rpartition(".")
            if (home := await to_thread(self._renderer.moved, stem)) is None:
                raise
            await _redirect(send, method, f"{PREFIX}{quote(home)}.{extension}", scope["query_string"])
            return 301
        if method == "PROPFIND":
            await self._properties(scope, receive, send, answer, name)
            return 207
        form = answer.form(condition, since, accepted, agent)
        if form is Form.ZIPPED and answer.zipped is None:
            await self.feed_cache.zipped(answer)
        if vary is None:
            self.feed_cache.remember(raw_address(scope), name, scope["query_string"])
        body = b"" if method == "HEAD" else answer.part(form)
        fields = _varied(answer.fields[form], vary, extra)
        await send({"type": "http.response.start", "status": STATUS[form], "headers": fields})
        await send({"type": "http.response.body", "body": body})
        return STATUS[form]

    async def _properties(self, scope: Scope, receive: Receive, send: Send, answer: Answer, name: str) -> None:
        """Answers PROPFIND with what Thunderbird asks when it looks whether an address is a calendar."""
        read, more = 0, True
        while more and read <= _MOST_BODY:
            part = await receive()
            if part["type"] == "http.disconnect":
                return
            read += len(part.get("body", b""))
            more = part.get("more_body", False)
        stem, _, extension = name.rpartition(".")
        query = scope["query_string"].decode("latin-1")
        title = await to_thread(self._renderer.title, stem)
        href = quote(scope["path"]) + (f"?{query}" if query else "")
        body = (
            '<?xml version="1.0" encoding="utf-8"?>\n'
            '<d:multistatus xmlns:d="DAV:" xmlns:a="http://apple.com/ns/ical/"><d:response>'
            f"<d:href>{escape(href)}</d:href><d:propstat><d:prop><d:resourcetype/>"
            f"<d:displayname>{escape(title)}</d:displayname>"
            f"<d:getcontenttype>{FORMATS[extension].media_type}</d:getcontenttype>"
            f"<d:getcontentlength>{len(answer.body)}</d:getcontentlength>"
            f"<d:getetag>{escape(answer.tag.decode())}</d:getetag>"
            f"<d:getlastmodified>{answer.modified.decode()}</d:getlastmodified>"
            "<d:current-user-privilege-set><d:privilege><d:read/></d:privilege></d:current-user-privilege-set>"
            "<a:calendar-color>#1f5fa8</a:calendar-color>"
            "</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response></d:multistatus>\n"
        ).encode()
        fields = [(b"content-type", b"application/xml; charset=utf-8"), (b"access-control-allow-origin", b"*")]
        await _send(send, "PROPFIND", 207, fields, body)


def raw_address(scope: Scope) -> bytes:
    """Path and query as they came over the wire."""
    path: bytes = scope.get("raw_path") or scope["path"].encode()
    return path + b"?" + scope["query_string"] if scope["query_string"] else path


def _varied(fields: Fields, vary: tuple[bytes, bytes] | None, extra: Fields) -> Fields:
    if vary is None:
        return fields + extra if extra else fields
    return [*(item for item in fields if item[0] != b"vary"), vary, *extra]


def route_of(path: str) -> str:
    """The address as it is counted: without what the reader chose, and without the secret of a subscription."""
    name = path[len(PREFIX) :]
    if name.startswith("resolution/"):
        return "/feeds/resolution/{slug}"
    return "/feeds/s/{token}" if name.startswith("s/") else "/feeds/{name}"


async def _send(send: Send, method: str, status: int, fields: Fields, body: bytes) -> None:
    length = (b"content-length", str(len(body)).encode())
    await send({"type": "http.response.start", "status": status, "headers": [*fields, length]})
    await send({"type": "http.response.body", "body": b"" if method == "HEAD" else body})


async def _options(send: Send) -> None:
    fields = [
        (b"allow", ALLOW),
        (b"access-control-allow-origin", b"*"),
        (b"access-control-allow-methods", ALLOW),
        (b"access-control-allow-headers", b"If-None-Match, If-Modified-Since, Accept"),
        (b"access-control-max-age", b"86400"),
    ]
    await send({"type": "http.response.start", "status": 204, "headers": fields})
    await send({"type": "http.response.body", "body": b""})


async def _redirect(send: Send, method: str, address: str, query: bytes) -> None:
    location = address.encode() + (b"?" + query if query else b"")
    fields = [
        (b"location", location),
        (b"access-control-allow-origin", b"*"),
        (b"cache-control", b"public, max-age=86400"),
    ]
    # Not 308, which older programs do not know; nothing but GET, HEAD and PROPFIND comes here.
    await _send(send, method, 301, fields, b"")
