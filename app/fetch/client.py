"""Documents over HTTP, with bounds: what an operator names is fetched, nothing that a stranger chose.

``fetch`` gets an address that the operator typed. ``Library`` gets a document by its symbol from the servers that the
operator configured, and nothing from anywhere else: redirects stay among them. ``app.fetch.ssrf_transport`` is the
transport for addresses that others chose. httpx is large, and most processes never fetch:
it is imported where it is used.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from app.errors import DocumentError, Message, TooLarge, UsageError, message
from app.fetch.ip_filter import Lookup, lookup

if TYPE_CHECKING:
    import httpx

CONNECT: Final = 10.0
"""Seconds to wait for a connection."""
PIECE: Final = 20.0
"""Seconds to wait for each piece of an answer."""
REDIRECTS = 5
LARGEST = 20_000_000
"""Bytes of an answer, at most."""
WHOLE: Final = 60.0
"""Seconds that a document may take in all."""
TRIES: Final = 4
PAUSE: Final = 1.0
"""Seconds between two requests to one server, and the first wait before another try; it doubles."""
_LONGEST_WAIT: Final = 30.0
_BUSY: Final = frozenset({429, 500, 502, 503, 504})
_MOVED: Final = frozenset({301, 302, 303, 307, 308})


def fetch(address: str, *, largest: int = LARGEST, transport: httpx.BaseTransport | None = None) -> bytes:
    """Return the bytes at an ``http``, ``https`` or ``webcal`` address.

    ``transport`` stands in for the network in tests. Raises UsageError for another kind of address, DocumentError
    where nothing could be had, TooLarge beyond ``largest`` bytes.
    """
    import httpx  # noqa: PLC0415  # see above

    if address.startswith("webcal://"):
        address = "https://" + address.removeprefix("webcal://")
    if not address.startswith(("http://", "https://")):
        raise UsageError(
            message("invalid web address"), where=address, hint=message("use an address that begins with https://")
        )
    try:
        with (
            httpx.Client(
                timeout=httpx.Timeout(PIECE, connect=CONNECT),
                follow_redirects=True,
                max_redirects=REDIRECTS,
                transport=transport,
            ) as client,
            client.stream("GET", address) as answer,
        ):
            if answer.status_code != httpx.codes.OK:
                raise DocumentError(
                    message("the server answered {status_code}", status_code=answer.status_code),
                    where=address,
                    hint=message("check the address"),
                )
            return _body(answer, address, largest, time.monotonic() + WHOLE)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise DocumentError(
            message("cannot be fetched ({error})", error=error), where=address, hint=message("check the address")
        ) from error


def _body(
    answer: httpx.Response, address: str, largest: int, until: float, clock: Callable[[], float] = time.monotonic
) -> bytes:
    data = bytearray()
    for piece in answer.iter_bytes():
        data += piece
        if len(data) > largest:
            raise TooLarge(message("the document exceeds {bytes} bytes", bytes=largest), where=address)
        if clock() > until:
            raise DocumentError(
                message("the server did not answer in time"), where=address, hint=message("try again later")
            )
    return bytes(data)


# --- documents by symbol --------------------------------------------------------------------------------------------


@dataclass
class Library:
    """Configured document servers: names, or origins such as ``http://127.0.0.1:8080``.

    A name has to stand for public addresses; an origin is the operator's word, whatever it stands for. Each is asked
    for ``/LANGUAGE/SYMBOL``, as docs.un.org has it, in turn; requests to one server keep a distance.
    """

    servers: Sequence[str]
    transport: httpx.BaseTransport | None = None
    find: Lookup = lookup
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    largest: int = LARGEST
    _asked: dict[str, float] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def get(self, symbol: str, language: str) -> bytes:
        """Return the document with that symbol in that language.

        Raises UsageError where no server is configured, DocumentError where none has it, TooLarge.
        """
        if not self.servers:
            raise UsageError(
                message("no document server is configured"),
                where="symbol",
                hint=message("send the document, or set PLENARY_FETCH_HOSTS"),
            )
        until = self.clock() + WHOLE
        failed: DocumentError | None = None
        for origin in self.servers:
            try:
                return self._get(f"{_origin(origin)}/{language}/{quote(symbol, safe='/()')}", until)
            except TooLarge:
                raise
            except DocumentError as error:
                failed = error
        raise failed or DocumentError(
            message("not found on any document server"), where=symbol, hint=message("send the document itself")
        )

    def _get(self, address: str, until: float) -> bytes:
        wait = PAUSE
        for turn in range(1, TRIES + 1):
            try:
                return self._once(address, until)
            except _Busy as error:
                if turn == TRIES or self.clock() + max(wait, error.wait) > until:
                    raise DocumentError(error.message, where=address, hint=message("try again later")) from error
                self.sleep(max(wait, error.wait))
                wait *= 2
        raise AssertionError

    def _once(self, address: str, until: float) -> bytes:
        import httpx  # noqa: PLC0415  # see above

        for _ in range(REDIRECTS + 1):
            transport = self._transport(address)
            try:
                with (
                    httpx.Client(timeout=httpx.Timeout(PIECE, connect=CONNECT), transport=transport) as client,
                    client.stream("GET", address, headers={"user-agent": "plenary"}) as answer,
                ):
                    if answer.status_code in _MOVED:
                        address = str(answer.url.join(answer.headers.get("location", "")))
                        continue
                    if answer.status_code in _BUSY:
                        raise _Busy(
                            message("the server answered {status_code}", status_code=answer.status_code),
                            _seconds(answer.headers.get("retry-after", "")),
                        )
                    if answer.status_code != httpx.codes.OK:
                        raise DocumentError(
                            message("the server answered {status_code}", status_code=answer.status_code),
                            where=address,
                            hint=message("check the symbol"),
                        )
                    return _body(answer, address, self.largest, until, self.clock)
            except httpx.TransportError as error:
                raise _Busy(message("cannot be fetched ({error})", error=error)) from error
            except httpx.InvalidURL as error:
                raise DocumentError(message("redirected to an invalid address"), where=address) from error
        raise DocumentError(message("too many redirects"), where=address, hint=message("try again later"))

    def _transport(self, address: str) -> httpx.BaseTransport:
        """Return the transport for an address after the politeness delay.

        Raises DocumentError for an address outside the configured servers.
        """
        import httpx  # noqa: PLC0415  # see above

        from app.fetch.ssrf_transport import PublicOnlyTransport  # noqa: PLC0415  # see above

        url = httpx.URL(address)
        origin = f"{url.scheme}://{url.netloc.decode()}"
        configured = {_origin(server): server for server in self.servers}
        if origin not in configured:
            raise DocumentError(
                message("redirected to a host that is not allowed"),
                where=origin,
                hint=message("see PLENARY_FETCH_HOSTS"),
            )
        with self._lock:
            now = self.clock()
            wait = self._asked.get(origin, now - PAUSE) + PAUSE - now
            self._asked[origin] = now + max(0.0, wait)
        if wait > 0:
            self.sleep(wait)
        inner = self.transport or httpx.HTTPTransport()
        # A new client closes its transport; the stand-in for the network in tests may be used again all the same.
        return inner if "://" in configured[origin] else PublicOnlyTransport(find=self.find, inner=inner)


class _Busy(Exception):
    def __init__(self, what: Message, wait: float = 0.0) -> None:
        super().__init__(str(what))
        self.message = what
        self.wait = wait


def _origin(server: str) -> str:
    return server.rstrip("/") if "://" in server else f"https://{server}"


def _seconds(text: str) -> float:
    return min(float(text), _LONGEST_WAIT) if text.isascii() and text.isdigit() else 0.0
