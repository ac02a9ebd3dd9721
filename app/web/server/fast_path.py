"""HTTP protocol that answers polls of cached feeds while the request is parsed: no scope, no task, no application.

A subscriber's poll is a GET of a known address, and nearly always answered 304. Behind ASGI it costs uvicorn a scope, a
cycle and a task: 0.12 to 0.16 of nginx's 304s a CPU-second were measured, where 0.35 is the goal. This
class extends only the callbacks that httptools documents for parsers, and asyncio for protocols; any request that is
not such a poll goes through uvicorn. The answers are the same either way, byte for byte but for the Date:
``tests/web/server/test_request_limits.py``.

A program sends the same bytes at each poll until the feed changes, and so do other programs of its kind. The same bytes
parse the same: where a chunk is exactly one poll that was parsed before, and the parser is between two messages, the
parser does not see it (``_POLLS``). Of nginx's 304s a CPU-second, polls whose bytes are new reach 0.24 to 0.28,
those that are repeated 0.64 to 0.68 (``make bench-http`` repeats them).
"""

from __future__ import annotations

from time import perf_counter
from typing import Any, ClassVar, Final, NamedTuple

from app.web.feeds.asgi import FeedLayer, route_of
from app.web.feeds.response import STATUS, Variant
from app.web.server.request_limits import RequestLimitsProtocol, Stage
from app.web.server.request_log import HEADER, id_of

_PREFIX: Final = b"/feeds/"
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
_PRIVATE: Final = frozenset({b"authorization", b"cookie", b"proxy-authorization"})
"""Headers whose requests are parsed each time: credentials are not kept in memory."""


class _Poll(NamedTuple):
    """A GET or HEAD of a feed as it was parsed: everything that decides its answer."""

    address: bytes
    route: str
    condition: bytes
    since: bytes
    accepted: bytes
    agent: bytes
    request_id: bytes
    is_head: bool


_POLLS: Final[dict[bytes, _Poll]] = {}
"""Polls by their bytes: each key is one whole request without a body, which keeps its connection open."""
_MAX_POLLS: Final = 4096
_MAX_POLL: Final = 1024
"""Bytes of a request that is remembered; with the bound above, some 8 MB of memory with what was parsed of them."""


class FastPathProtocol(RequestLimitsProtocol):
    """The protocol with that path; keeps one idle timer a connection instead of one a request."""

    _default_headers: ClassVar[list[tuple[bytes, bytes]] | None] = None
    _default_lines: ClassVar[bytes] = b""

    def __init__(self, config: Any, server_state: Any, app_state: dict[str, Any], _loop: Any = None) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._layer = _feed_layer(config.loaded_app)
        self._answered = False
        self._active = 0.0
        self._between_messages = True
        """Whether the parser has seen whole messages only, or nothing yet."""
        self._messages = 0
        """Requests that began in the present chunk."""
        self._poll: _Poll | None = None
        """The request whose head was parsed last, where it is a poll."""

    # --- parser callbacks -------------------------------------------------------------------------------------------

    def on_message_begin(self) -> None:
        """Begin a request; its scope is made only if it goes the usual way."""
        self._began = True
        self._stage = Stage.HEAD
        self.url = b""
        self.headers = []
        self._answered = False
        self._messages += 1

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header."""
        self.headers.append((name.lower(), value))

    def on_headers_complete(self) -> None:
        """Answer at once where that can be done, else start the application."""
        self._poll = poll = self._parsed_poll() if self.url.startswith(_PREFIX) else None
        self._answered = poll is not None and self._answer(poll)
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

    # --- polls ------------------------------------------------------------------------------------------------------

    def _parsed_poll(self) -> _Poll | None:
        """Return the request at hand as a poll, or None where it must go the usual way."""
        parser = self.parser
        method = parser.get_method()
        if method not in (b"GET", b"HEAD") or len(self.headers) > _MAX_HEADERS:
            return None
        if parser.get_http_version() != "1.1" or not parser.should_keep_alive():
            return None
        found = [b"", b"", b"", b"", b"", b""]
        for name, value in self.headers:
            place = _READ.get(name)
            if len(value) > _MAX_VALUE:
                return None
            if place is not None:
                # A header that is given twice is combined the usual way.
                if place == _OTHER or found[place]:
                    return None
                found[place] = value
        if not found[_HOST]:
            return None
        route = route_of(self.url.decode("latin-1"))
        return _Poll(
            self.url,
            route,
            found[_CONDITION],
            found[_SINCE],
            found[_ACCEPTED],
            found[_AGENT],
            found[_ID],
            method == b"HEAD",
        )

    def _answer(self, poll: _Poll) -> bool:
        """Send a cached feed; return whether that could be done."""
        layer, cycle = self._layer, self.cycle
        if layer is None or self._stopping or self.flow.write_paused or not (cycle is None or cycle.response_complete):
            return False
        begun = perf_counter()
        response = layer.feed_cache.lookup(poll.address)
        if response is None:
            return False
        variant = response.negotiate(poll.condition, poll.since, poll.accepted, poll.agent)
        if variant is Variant.GZIP and response.gzipped is None:
            return False
        # uvicorn replaces the list of its headers once a second.
        if self.server_state.default_headers is not FastPathProtocol._default_headers:
            self._renew_default_lines()
        head, end = response.head(variant), FastPathProtocol._default_lines
        if poll.request_id:
            end = b"x-request-id: " + id_of(poll.request_id).encode() + b"\r\n" + end
        if poll.is_head or variant >= Variant.NOT_MODIFIED:
            self.transport.write(head + end)
        else:
            body = response.content(variant)
            if len(body) <= _MAX_JOINED:
                self.transport.write(b"".join((head, end, body)))
            else:
                self.transport.write(head + end)
                self.transport.write(body)
        self.server_state.total_requests += 1
        layer.metrics.count("HEAD" if poll.is_head else "GET", poll.route, STATUS[variant], perf_counter() - begun)
        return True

    def _renew_default_lines(self) -> None:
        """Prepare the headers that uvicorn adds to every answer, and the empty line."""
        headers = self.server_state.default_headers
        lines = b"".join(name + b": " + value + b"\r\n" for name, value in headers)
        FastPathProtocol._default_headers, FastPathProtocol._default_lines = headers, lines + b"\r\n"

    def _remember(self, data: bytes, poll: _Poll) -> None:
        """Remember a chunk that was exactly one conditional request.

        A request with an id or with credentials is not kept.
        """
        if len(data) > _MAX_POLL or poll.request_id or not (poll.condition or poll.since):
            return
        if any(name in _PRIVATE for name, _ in self.headers):
            return
        if len(_POLLS) >= _MAX_POLLS:
            _POLLS.clear()
        _POLLS[data] = poll

    # --- connection -------------------------------------------------------------------------------------------------

    def data_received(self, data: bytes) -> None:
        """Take bytes in; after an answer of this path the idle timer goes on as it is."""
        between = self._between_messages
        poll = _POLLS.get(data) if between and len(data) <= _MAX_POLL else None
        if poll is not None and not self.transport.is_closing() and self._answer(poll):
            if self._stage is not Stage.IDLE:  # the first request of the connection
                self._stage = Stage.IDLE
                self._set_deadline()
            self._keep_alive(self.timeout_keep_alive_task)
            return
        timer, self.timeout_keep_alive_task = self.timeout_keep_alive_task, None
        self._messages = 0
        super().data_received(data)
        self._between_messages = self._stage is Stage.IDLE
        if self._answered and not self.transport.is_closing():
            self._keep_alive(timer)
            if between and self._between_messages and self._messages == 1 and self._poll is not None:
                self._remember(data, self._poll)
        elif timer is not None:
            timer.cancel()

    def _keep_alive(self, timer: Any) -> None:
        """Keep the connection open for another ``timeout_keep_alive`` seconds.

        ``timer`` is the timer that runs already, or None.
        """
        self._active = self.loop.time()
        self.timeout_keep_alive_task = timer or self.loop.call_later(
            self.timeout_keep_alive, self.timeout_keep_alive_handler
        )

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
