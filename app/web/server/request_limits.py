"""HTTP/1.1 protocol with bounds that uvicorn lacks, and a stop that loses no request.

uvicorn bounds the size of a request's head and the idle time between requests. It does not bound how long a head or a
body takes to arrive, how long a client takes to read its answer, or how many connections one address holds: a client
that sends or reads a byte a minute would keep its connection for ever.

Only the interfaces that asyncio documents for protocols (``connection_made``, ``data_received``, ``pause_writing`` …),
httptools for parsers (``on_message_begin``, ``on_headers_complete``, ``on_message_complete``) and uvicorn for its
protocols (``shutdown``, ``send_400_response``) are extended.
"""

from __future__ import annotations

import asyncio
import ipaddress
import json
import logging
from collections import Counter
from collections.abc import Sequence
from enum import IntEnum
from math import inf
from typing import Any, ClassVar, Final
from weakref import WeakSet

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from app.web.server.rate_limit import network_of

HEAD_SECONDS: Final = 10.0
"""From a connection, or a request's first byte, to the end of its head."""
BODY_SECONDS: Final = 120.0
"""From the end of the head to the end of the body."""
WRITE_SECONDS: Final = 30.0
"""How often a client that makes the service wait is looked at."""
MIN_WRITE_RATE: Final = 1024
"""Bytes a second that such a client must have read by then: slower than any network that carries calendars."""
LINGER_SECONDS: Final = 1.0
"""While stopping: how long a connection without a request may still bring one, which is then answered."""
SWEEP_SECONDS: Final = 0.5
"""How often deadlines are checked; one timer for all connections costs requests less than one each."""
MAX_HEAD: Final = 65_536
"""Bytes of a request's head."""
MAX_CONNECTIONS: Final = 128
"""Connections that one address may hold to one worker; proxies that are trusted have no bound."""
_SECONDS: Final = (inf, HEAD_SECONDS, BODY_SECONDS)
"""The time of each stage."""
_log = logging.getLogger(__name__)


class Stage(IntEnum):
    """What of a request is still to come."""

    IDLE = 0
    HEAD = 1
    BODY = 2


class RequestLimitsProtocol(HttpToolsProtocol):
    """uvicorn's HTTP protocol with those bounds."""

    _open: ClassVar[WeakSet[RequestLimitsProtocol]] = WeakSet()
    _per_address: ClassVar[Counter[str]] = Counter()
    _sweeping: ClassVar[WeakSet[asyncio.AbstractEventLoop]] = WeakSet()
    max_connections: ClassVar[int] = MAX_CONNECTIONS

    def __init__(self, config: Any, server_state: Any, app_state: dict[str, Any], _loop: Any = None) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._stage: Stage = Stage.HEAD
        self._timed_stage: Stage = Stage.IDLE
        self._deadline = inf
        self._head_size = 0
        self._began = False
        self._stopping = False
        self._counted = ""
        self._unread: tuple[float, int] | None = None

    # --- connection -------------------------------------------------------------------------------------------------

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Accept a connection, unless its address holds too many already.

        The time for the head of its first request begins.
        """
        super().connection_made(transport)
        self._open.add(self)
        self._set_deadline()
        self._sweep_later()
        address = network_of(self.client[0]) if self.client else ""
        if address and not _is_trusted(address, self.config.forwarded_allow_ips):
            self._counted = address
            self._per_address[address] += 1
            if self._per_address[address] > self.max_connections:
                _log.warning("an address holds more than %d connections", self.max_connections)
                self._refuse(503, "too many connections from this address", "close some of them")

    def connection_lost(self, exc: Exception | None) -> None:
        """End the connection."""
        self._deadline = inf
        if self._counted:
            self._per_address[self._counted] -= 1
            if not self._per_address[self._counted]:
                del self._per_address[self._counted]
            self._counted = ""
        self._open.discard(self)
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """Stop writing to a client that does not read, and begin to watch it."""
        self._unread = (self.loop.time() + WRITE_SECONDS, self.transport.get_write_buffer_size())
        super().pause_writing()

    def resume_writing(self) -> None:
        """Go on writing."""
        self._unread = None
        super().resume_writing()

    # --- request ----------------------------------------------------------------------------------------------------

    def data_received(self, data: bytes) -> None:
        """Take bytes in; bytes that do not finish a head or a body do not prolong its time."""
        if self.transport.is_closing():
            return
        super().data_received(data)
        # A chunk in which a head begins may hold whole requests before it: it is bounded itself, and not counted.
        self._head_size = self._head_size + len(data) if self._stage is Stage.HEAD and not self._began else 0
        # Set once a chunk, not at each step of a request: most chunks hold a whole one, and need no deadline.
        if self._stage is not self._timed_stage or (self._began and self._stage is not Stage.IDLE):
            self._set_deadline()
        self._began = False
        if self._head_size > MAX_HEAD and not self.transport.is_closing():
            self.send_400_response("The head of the request is too large.")
        if self._stopping:
            self._announce_close()

    def on_message_begin(self) -> None:
        """Begin a request."""
        self._began = True
        self._stage = Stage.HEAD
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Start the application, unless the head is ambiguous.

        The ValueError for an ambiguous head makes the parser refuse the request.
        """
        self._stage = Stage.BODY
        reject_ambiguous_request(self.headers, self.parser.get_http_version())
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """End a request."""
        self._stage = Stage.IDLE
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        """Refuse what cannot be read, and end the connection."""
        self._refuse(400, msg, "send a request as RFC 9112 has it")

    def _refuse(self, status: int, title: str, hint: str) -> None:
        """Answer a request that no application has seen, and end the connection.

        The body has the form of every other error (RFC 9457).
        """
        problem = {"type": "about:blank", "title": title, "status": status, "detail": f"{title}: {hint}", "hint": hint}
        body = json.dumps(problem).encode()
        phrase = b"Bad Request" if status == 400 else b"Service Unavailable"
        retry = b"retry-after: 5\r\n" if status == 503 else b""
        self.transport.write(
            b"HTTP/1.1 %d %s\r\ncontent-type: application/problem+json\r\ncontent-length: %d\r\n%sconnection: close\r\n"
            b"\r\n%s" % (status, phrase, len(body), retry, body)
        )
        self.transport.close()
        count_refused(self.config.loaded_app, status)

    # --- shutdown ---------------------------------------------------------------------------------------------------

    def shutdown(self) -> None:
        """Stop the connection after its last request.

        A request under way, or one that arrives within ``LINGER_SECONDS``, is answered before.
        """
        self._stopping = True
        if self.cycle is None or self.cycle.response_complete:
            self.loop.call_later(LINGER_SECONDS, self._close)
        else:
            self._announce_close()
            super().shutdown()

    def _close(self) -> None:
        if not self.transport.is_closing():
            super().shutdown()

    def _announce_close(self) -> None:
        """Let the response under way tell the client that the connection ends with it."""
        if self.cycle is not None and not self.cycle.response_complete:
            self.cycle.keep_alive = False

    # --- deadlines --------------------------------------------------------------------------------------------------

    def _set_deadline(self) -> None:
        """Give the stage that a request has reached its time."""
        self._timed_stage = self._stage
        # The loop's clock is read once a turn: cheaper than the system's, and exact enough.
        self._deadline = self.loop.time() + _SECONDS[self._stage]

    def _sweep_later(self) -> None:
        if self.loop not in self._sweeping:
            self._sweeping.add(self.loop)
            self.loop.call_later(SWEEP_SECONDS, self._sweep, self.loop)

    @classmethod
    def _sweep(cls, loop: asyncio.AbstractEventLoop) -> None:
        """Close the connections of this loop whose time is over."""
        now = loop.time()
        held = [protocol for protocol in cls._open if protocol.loop is loop]
        for protocol in held:
            protocol._check_deadlines(now)
        if held:
            loop.call_later(SWEEP_SECONDS, cls._sweep, loop)
        else:
            cls._sweeping.discard(loop)

    def _check_deadlines(self, now: float) -> None:
        if now > self._deadline and not self.transport.is_closing():
            _log.info("a request took too long to arrive, its connection was closed")
            self.transport.close()
        if self._unread is not None and now > self._unread[0]:
            size = self.transport.get_write_buffer_size()
            if self._unread[1] - size < WRITE_SECONDS * MIN_WRITE_RATE:
                _log.info("a client does not read its answer, its connection was ended")
                # Not close(): that would wait until everything is written.
                self.transport.abort()
            self._unread = (now + WRITE_SECONDS, size)


def count_refused(app: Any, status: int) -> None:
    """Count an answer of the protocol in the metrics of the application."""
    while app is not None:
        metrics = getattr(app, "metrics", None)
        if metrics is not None:
            metrics.count("other", "(none)", status, 0.0)
            return
        app = getattr(app, "app", None)


def _is_trusted(address: str, proxies: Sequence[str] | str | None) -> bool:
    """Return whether an address is that of a proxy that the operator named."""
    names = [part.strip() for part in proxies.split(",")] if isinstance(proxies, str) else list(proxies or ())
    if "*" in names:
        return True
    try:
        client = ipaddress.ip_network(address)
    except ValueError:
        return False
    for name in names:
        try:
            network = ipaddress.ip_network(name, strict=False)
        except ValueError:
            continue
        if client.version == network.version and client.overlaps(network):
            return True
    return False


def reject_ambiguous_request(headers: Sequence[tuple[bytes, bytes]], version: str) -> None:
    """Raise ValueError for a head that a proxy in front could parse differently.

    RFC 9112, sections 3.2, 5.2 and 6.1: one host; no folded lines; not both a length and an encoding.

    >>> reject_ambiguous_request([(b"host", b"a"), (b"host", b"b")], "1.1")
    Traceback (most recent call last):
    ValueError: not exactly one host
    """
    hosts = lengths = size = 0
    encodings = []
    for name, value in headers:
        size += len(name) + len(value)
        if name == b"host":
            hosts += 1
        elif name == b"content-length":
            lengths += 1
        elif name == b"transfer-encoding":
            encodings.append(value)
        if b"\r" in value or b"\n" in value or b"\0" in value:
            raise ValueError("a header over several lines")
    if hosts > 1 or (version == "1.1" and not hosts):
        raise ValueError("not exactly one host")
    if lengths > 1 or (lengths and encodings):
        raise ValueError("more than one way to end the body")
    if encodings and encodings != [b"chunked"]:
        raise ValueError("unknown transfer encoding")
    if size > MAX_HEAD:
        raise ValueError("the head is too large")
