"""The edge: uvicorn's HTTP/1.1 with bounds on how long a request may take to arrive, and a stop that loses none.

uvicorn bounds the size of a request's head and the idle time between requests, not the time that a head or a body
takes to arrive: a client that sends a byte a minute would hold its connection for ever.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

HEAD_SECONDS: Final = 10.0
"""From a connection, or a request's first byte, to the end of its head."""
BODY_SECONDS: Final = 120.0
"""From the end of the head to the end of the body."""
LINGER_SECONDS: Final = 1.0
"""While stopping: how long a connection without a request may still bring one, which is then answered."""
MOST_HEAD: Final = 65_536
"""Bytes of a request's head."""
HEAD, BODY, WHOLE = range(3)
_SECONDS: Final = {HEAD: HEAD_SECONDS, BODY: BODY_SECONDS}
_log = logging.getLogger(__name__)


class Edge:
    """What uvicorn's protocol lacks; stands before it among the bases of a class, which says what is ``awaited``."""

    loop: asyncio.AbstractEventLoop
    transport: asyncio.Transport
    headers: list[tuple[bytes, bytes]]
    cycle: Any  # uvicorn's RequestResponseCycle: each of its protocols has its own
    _deadline: asyncio.TimerHandle | None = None
    _timed: int = WHOLE
    awaited: int = HEAD
    """What of a request is still to come: its ``HEAD``, its ``BODY``, or nothing of it (``WHOLE``)."""
    stopping: bool = False
    """Whether the service ends: what is answered now is the last on its connection."""
    begun: bool = False
    """Whether a request began with what was received last."""
    _held: int = 0

    def send_400_response(self, msg: str) -> None:
        """Refuses what cannot be read, and ends the connection."""
        super().send_400_response(msg)  # type: ignore[misc]  # of the protocol

    def connection_made(self, transport: Any) -> None:
        """Takes the connection; its first request is awaited from here on."""
        super().connection_made(transport)  # type: ignore[misc]  # of the protocol
        self._await(HEAD)

    def data_received(self, data: bytes) -> None:
        """Takes bytes in; bytes that do not finish a head or a body do not prolong its time."""
        if self.transport.is_closing():
            return
        super().data_received(data)  # type: ignore[misc]  # of the protocol
        self._await(self.awaited, anew=self.begun)
        # A chunk in which a head begins may hold many requests before it: it is bounded by itself, and not counted.
        self._held = self._held + len(data) if self.awaited == HEAD and not self.begun else 0
        self.begun = False
        if self._held > MOST_HEAD and not self.transport.is_closing():
            self.send_400_response("The head of the request is too large.")
        if self.stopping:
            self._say_close()

    def connection_lost(self, error: Exception | None) -> None:
        """Ends the connection."""
        self._await(WHOLE)
        super().connection_lost(error)  # type: ignore[misc]  # of the protocol

    def shutdown(self) -> None:
        """Stops the connection: what is under way, or arrives within ``LINGER_SECONDS``, is answered before."""
        self.stopping = True
        if self.cycle is None or self.cycle.response_complete:
            self.loop.call_later(LINGER_SECONDS, self._close)
        else:
            self._say_close()
            super().shutdown()  # type: ignore[misc]  # of the protocol

    def _close(self) -> None:
        if not self.transport.is_closing():
            super().shutdown()  # type: ignore[misc]  # of the protocol

    def _say_close(self) -> None:
        """Has the response under way tell the client that the connection ends with it."""
        if self.cycle is not None and not self.cycle.response_complete:
            self.cycle.keep_alive = False

    def _await(self, part: int, *, anew: bool = False) -> None:
        if part == self._timed and not (anew and part != WHOLE):
            return
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
        self._timed = part
        if part in _SECONDS:
            self._deadline = self.loop.call_later(_SECONDS[part], self._late)

    def _late(self) -> None:
        self._deadline = None
        if not self.transport.is_closing():
            _log.info("a request took too long to arrive, its connection was closed")
            self.transport.close()


def refuse_doubtful(headers: Sequence[tuple[bytes, bytes]], version: str) -> None:
    """Raises ValueError for a head that a proxy in front could read in another way than what stands behind it."""
    names = Counter(name for name, _ in headers)
    # RFC 9112, sections 3.2, 5.2 and 6.1: one host; no folded lines; not both a length and an encoding.
    if names[b"host"] > 1 or (version == "1.1" and not names[b"host"]):
        raise ValueError("not one host")
    if names[b"content-length"] > 1 or (names[b"content-length"] and names[b"transfer-encoding"]):
        raise ValueError("more than one way to end the body")
    if names[b"transfer-encoding"] and [v for n, v in headers if n == b"transfer-encoding"] != [b"chunked"]:
        raise ValueError("an encoding that is not known")
    if any(character in value for _, value in headers for character in (b"\r", b"\n", b"\0")):
        raise ValueError("a header over several lines")
    if sum(len(name) + len(value) for name, value in headers) > MOST_HEAD:
        raise ValueError("a head too large")
