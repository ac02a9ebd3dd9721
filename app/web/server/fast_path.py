"""Feeds answered as their request is read: no scope, no task, no application, where a fresh feed is at hand.

A subscriber's poll is a GET of a known address. uvicorn makes of it a scope, a cycle and a task, which together cost
several times what the answer does. This protocol looks at the headers first; whatever is not such a poll goes the
usual way. The answers are the same either way, byte for byte but for the Date: ``tests/web/test_wire.py``.
"""

from __future__ import annotations

from time import perf_counter
from typing import Any, ClassVar, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from app.web.feeds.asgi import FeedLayer, route_of
from app.web.feeds.response import STATUS, Form
from app.web.server.request_limits import BODY, HEAD, WHOLE, Edge, refuse_doubtful
from app.web.server.request_log import HEADER, id_of

_PREFIX: Final = b"/feeds/"
_RESOLUTIONS: Final = b"/feeds/resolution/"
_RESOLUTION: Final = route_of("/feeds/resolution/")
# Up to this many bytes, copying a body behind its headers costs less than a second buffer.
_JOINED: Final = 65_536
# A head that needs looking at goes the usual way, where its size is bounded.
_LONGEST: Final = 8192
_MOST_HEADERS: Final = 64
# What decides an answer, and what makes a request one for the usual way.
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


class Wire(Edge, HttpToolsProtocol):
    """uvicorn's HTTP protocol with that short way; keeps one timer a connection instead of one a request."""

    _said: ClassVar[list[tuple[bytes, bytes]] | None] = None
    _line: ClassVar[bytes] = b""

    def __init__(self, config: Any, server_state: Any, app_state: dict[str, Any], _loop: Any = None) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._layer = _layer_of(config.loaded_app)
        self._short = False
        self._active = 0.0

    # Callbacks of the parser, in their order.

    def on_message_begin(self) -> None:
        """A request begins; its scope is made only if it goes the usual way."""
        self.awaited, self.begun = HEAD, True
        self.url = b""
        self.headers = []
        self._short = False

    def on_header(self, name: bytes, value: bytes) -> None:
        """A header."""
        self.headers.append((name.lower(), value))

    def on_headers_complete(self) -> None:
        """Answers at once where that can be done. Raises ValueError: the parser takes that for no request at all."""
        self.awaited = BODY
        if self.url.startswith(_PREFIX) and (self.cycle is None or self.cycle.response_complete):
            self._short = self._answered()
        if not self._short:
            url, headers = self.url, self.headers
            refuse_doubtful(headers, self.parser.get_http_version())
            super().on_message_begin()
            self.url = url
            self.headers.extend(headers)
            self.expect_100_continue = any(
                name == b"expect" and value.lower() == b"100-continue" for name, value in headers
            )
            super().on_headers_complete()

    def on_message_complete(self) -> None:
        """The request has been read."""
        self.awaited = WHOLE
        if not self._short:
            super().on_message_complete()

    def _answered(self) -> bool:
        begun = perf_counter()
        parser, layer = self.parser, self._layer
        method = parser.get_method()
        if (method not in (b"GET", b"HEAD")) or layer is None or self.flow.write_paused or self.stopping:
            return False
        if len(self.headers) > _MOST_HEADERS:
            return False
        answer = layer.feed_cache.at(self.url)
        if answer is None or parser.get_http_version() != "1.1" or not parser.should_keep_alive():
            return False
        found = [b"", b"", b"", b"", b"", b""]
        for name, value in self.headers:
            place = _READ.get(name)
            if len(value) > _LONGEST:
                return False
            if place is not None:
                # What is said twice is put together the usual way.
                if place == _OTHER or found[place]:
                    return False
                found[place] = value
        form = answer.form(found[_CONDITION], found[_SINCE], found[_ACCEPTED], found[_AGENT])
        if form is Form.ZIPPED and answer.zipped is None:
            return False
        if not found[_HOST]:
            return False
        head, dated = answer.heads[form], self._dated()
        if found[_ID]:
            dated = b"x-request-id: " + id_of(found[_ID]).encode() + b"\r\n" + dated
        if method == b"HEAD" or form >= Form.SAME:
            self.transport.write(head + dated)
        else:
            body = answer.part(form)
            if len(body) <= _JOINED:
                self.transport.write(b"".join((head, dated, body)))
            else:
                self.transport.write(head + dated)
                self.transport.write(body)
        self.server_state.total_requests += 1
        route = _RESOLUTION if self.url.startswith(_RESOLUTIONS) else route_of(self.url.decode("latin-1"))
        layer.metrics.count("GET" if method == b"GET" else "HEAD", route, STATUS[form], perf_counter() - begun)
        return True

    def _dated(self) -> bytes:
        """The headers that uvicorn adds (it makes their list anew once a second), and the empty line after all."""
        said = self.server_state.default_headers
        if said is not Wire._said:
            line = b"".join(name + b": " + value + b"\r\n" for name, value in said)
            Wire._said, Wire._line = said, line + b"\r\n"
        return Wire._line

    # The connection's one timer: looked at when it ends, not set anew with every poll.

    def data_received(self, data: bytes) -> None:
        """Bytes came."""
        timer, self.timeout_keep_alive_task = self.timeout_keep_alive_task, None
        super().data_received(data)
        if self._short and not self.transport.is_closing():
            self._active = self.loop.time()
            self.timeout_keep_alive_task = timer or self.loop.call_later(
                self.timeout_keep_alive, self.timeout_keep_alive_handler
            )
        elif timer is not None:
            timer.cancel()

    def timeout_keep_alive_handler(self) -> None:
        """The timer ended: the connection is closed, or waited for on where it was used meanwhile."""
        left = self._active + self.timeout_keep_alive - self.loop.time()
        if left > 0 and not self.transport.is_closing():
            self.timeout_keep_alive_task = self.loop.call_later(left, self.timeout_keep_alive_handler)
        else:
            super().timeout_keep_alive_handler()


def _layer_of(app: Any) -> FeedLayer | None:
    """The feed layer, wherever among what was put around the application it stands."""
    while app is not None:
        if isinstance(app, FeedLayer):
            return app
        app = getattr(app, "app", None)
    return None
