"""HTTP protocol that answers polls of cached feeds while the request is parsed: no scope, no task, no application.

A subscriber's poll is a GET of a known address, and nearly always answered 304. Behind ASGI it costs uvicorn a scope, a
cycle and a task: 0.12 to 0.16 of nginx's 304s a CPU-second were measured, where 0.35 is the goal. This
class extends only the callbacks that httptools documents for parsers, and asyncio for protocols; any request that is
not such a poll goes through uvicorn. The answers are the same either way, byte for byte but for the Date:
``tests/web/server/test_request_limits.py``.
"""

from __future__ import annotations

from time import perf_counter
from typing import Any, ClassVar, Final

from app.web.feeds.asgi import FeedLayer, route_of
from app.web.feeds.response import STATUS, Variant
from app.web.server.request_limits import RequestLimitsProtocol, Stage
from app.web.server.request_log import HEADER, id_of

_PREFIX: Final = b"/feeds/"
_RESOLUTIONS: Final = b"/feeds/resolution/"
_RESOLUTION_ROUTE: Final = route_of("/feeds/resolution/")
_MAX_JOINED: Final = 65_536
"""Bytes up to which copying a body behind its head costs less than a second write."""
_MAX_VALUE: Final = 8192
"""Bytes of a header's value above which the request goes the usual way, where its head is bounded."""
_MAX_HEADERS: Final = 64
# The headers that decide an answer, and those whose requests go the usual way.
_CONDITION, _ACCEPTED, _AGENT, _SINCE, _HOST, _ID, _OTHER = range(7)
_READ: Final = {
    b"if-none-match": _CONDITION,
    b"accept-encoding": _ACCEPTED,
    b"user-agent": _AGENT,
    b"if-modified-since": _SINCE,
    b"host": _HOST,
    HEADER: _ID,
    b"content-length": _OTHER,
    b"transfer-encoding": _OTHER,
    b"expect": _OTHER,
    b"upgrade": _OTHER,
}


class FastPathProtocol(RequestLimitsProtocol):
    """The protocol with that path; keeps one idle timer a connection instead of one a request."""

    _default_headers: ClassVar[list[tuple[bytes, bytes]] | None] = None
    _default_lines: ClassVar[bytes] = b""

    def __init__(self, config: Any, server_state: Any, app_state: dict[str, Any], _loop: Any = None) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._layer = _feed_layer(config.loaded_app)
        self._answered = False
        self._active = 0.0

    def on_message_begin(self) -> None:
        """Begin a request; its scope is made only if it goes the usual way."""
        self._began = True
        self._stage = Stage.HEAD
        self.url = b""
        self.headers = []
        self._answered = False

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header."""
        self.headers.append((name.lower(), value))

    def on_headers_complete(self) -> None:
        """Answer at once where that can be done, else start the application."""
        if self.url.startswith(_PREFIX) and (self.cycle is None or self.cycle.response_complete):
            self._answered = self._answer()
        if self._answered:
            return
        url, headers = self.url, self.headers
        super().on_message_begin()
        self.url = url
        self.headers.extend(headers)
        self.expect_100_continue = any(
            name == b"expect" and value.lower() == b"100-continue" for name, value in headers
        )
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """End a request."""
        if self._answered:
            self._stage = Stage.IDLE
        else:
            super().on_message_complete()

    def _answer(self) -> bool:
        """Send a cached feed; return whether that could be done."""
        begun = perf_counter()
        parser, layer = self.parser, self._layer
        method = parser.get_method()
        if method not in (b"GET", b"HEAD") or layer is None or self.flow.write_paused or self._stopping:
            return False
        if len(self.headers) > _MAX_HEADERS:
            return False
        response = layer.feed_cache.lookup(self.url)
        if response is None or parser.get_http_version() != "1.1" or not parser.should_keep_alive():
            return False
        found = [b"", b"", b"", b"", b"", b""]
        for name, value in self.headers:
            place = _READ.get(name)
            if len(value) > _MAX_VALUE:
                return False
            if place is not None:
                # A header that is given twice is combined the usual way.
                if place == _OTHER or found[place]:
                    return False
                found[place] = value
        variant = response.negotiate(found[_CONDITION], found[_SINCE], found[_ACCEPTED], found[_AGENT])
        if not found[_HOST] or (variant is Variant.GZIP and response.gzipped is None):
            return False
        head, end = response.head(variant), self._end_of_head()
        if found[_ID]:
            end = b"x-request-id: " + id_of(found[_ID]).encode() + b"\r\n" + end
        if method == b"HEAD" or variant >= Variant.NOT_MODIFIED:
            self.transport.write(head + end)
        else:
            body = response.content(variant)
            if len(body) <= _MAX_JOINED:
                self.transport.write(b"".join((head, end, body)))
            else:
                self.transport.write(head + end)
                self.transport.write(body)
        self.server_state.total_requests += 1
        path = self.url
        route = _RESOLUTION_ROUTE if path.startswith(_RESOLUTIONS) else route_of(path.decode("latin-1"))
        layer.metrics.count("GET" if method == b"GET" else "HEAD", route, STATUS[variant], perf_counter() - begun)
        return True

    def _end_of_head(self) -> bytes:
        """Return the headers that uvicorn adds, and the empty line.

        uvicorn replaces the list of these headers once a second.
        """
        headers = self.server_state.default_headers
        if headers is not FastPathProtocol._default_headers:
            lines = b"".join(name + b": " + value + b"\r\n" for name, value in headers)
            FastPathProtocol._default_headers, FastPathProtocol._default_lines = headers, lines + b"\r\n"
        return FastPathProtocol._default_lines

    def data_received(self, data: bytes) -> None:
        """Take bytes in; after an answer of this path the idle timer goes on as it is."""
        timer, self.timeout_keep_alive_task = self.timeout_keep_alive_task, None
        super().data_received(data)
        if self._answered and not self.transport.is_closing():
            self._active = self.loop.time()
            self.timeout_keep_alive_task = timer or self.loop.call_later(
                self.timeout_keep_alive, self.timeout_keep_alive_handler
            )
        elif timer is not None:
            timer.cancel()

    def timeout_keep_alive_handler(self) -> None:
        """Close the connection, or go on waiting where it was used meanwhile."""
        left = self._active + self.timeout_keep_alive - self.loop.time()
        if left > 0 and not self.transport.is_closing():
            self.timeout_keep_alive_task = self.loop.call_later(left, self.timeout_keep_alive_handler)
        else:
            super().timeout_keep_alive_handler()


def _feed_layer(app: Any) -> FeedLayer | None:
    """Return the feed layer, wherever it is among the wrappers of the application."""
    while app is not None:
        if isinstance(app, FeedLayer):
            return app
        app = getattr(app, "app", None)
    return None
