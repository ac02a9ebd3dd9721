"""The short way gives what the usual way gives, byte for byte, over real sockets."""

from __future__ import annotations

import asyncio
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from app.settings import Settings
from app.store import Store
from app.web.app import create_app
from app.web.server import fast_path

FEED = "/feeds/resolution/A-RES-72-251.ics"
KEPT = 0.4


@dataclass
class Served:
    """One application behind both protocols; ``short`` counts the answers given the short way."""

    feed_cache: Any
    usual: int
    short: int
    answered: list[bytes]


@pytest.fixture
def served(store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    application: Any = create_app(settings, store)
    application.feed_cache._look_after = 60.0  # the usual way looks at the store, and would be taken for it
    answered: list[bytes] = []
    real = fast_path.Wire._answered

    def counted(self: fast_path.Wire) -> bool:
        found = real(self)
        if found:
            answered.append(self.url)
        return found

    monkeypatch.setattr(fast_path.Wire, "_answered", counted)
    servers, ports = [], []
    for protocol in (HttpToolsProtocol, fast_path.Wire):
        listener = socket.socket()
        listener.bind(("127.0.0.1", 0))
        ports.append(listener.getsockname()[1])
        config = uvicorn.Config(
            application, http=protocol, lifespan="off", log_level="critical", timeout_keep_alive=KEPT, access_log=False,
            server_header=False,
        )  # fmt: skip
        servers.append((uvicorn.Server(config), listener))

    async def serve() -> None:
        await asyncio.gather(*(server._serve([listener]) for server, listener in servers))

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    while not all(server.started for server, _ in servers):
        time.sleep(0.01)
    yield Served(application.feed_cache, *ports, answered)
    for server, _ in servers:
        server.should_exit = True
    thread.join(10)
    assert not thread.is_alive()


def talk(port: int, *pieces: bytes, pause: float = 0.0) -> bytes:
    """Everything that the server says to the pieces, until it closes the connection."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as client:
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for piece in pieces:
            client.sendall(piece)
            time.sleep(pause)
        said = b""
        while part := client.recv(1 << 16):
            said += part
    return re.sub(rb"(?mi)^(date|x-request-id): [^\r]*\r\n", b"", said)


def ask(target: str = FEED, *headers: str, method: str = "GET", version: str = "1.1", body: bytes = b"") -> bytes:
    lines = [f"{method} {target} HTTP/{version}", "Host: calendar.example", *headers]
    return "\r\n".join([*lines, "", ""]).encode() + body


LAST = ask("/healthz", "Connection: close")


def tags(served: Served) -> tuple[str, str, str]:
    """The two tags of the feed and its Last-Modified."""
    plain, zipped = (
        talk(served.usual, ask(FEED, f"Accept-Encoding: {one}", "Connection: close")) for one in ("identity", "gzip")
    )
    find: Callable[[str, bytes], str] = lambda name, data: re.search(  # noqa: E731  # one line, used here
        rf"(?mi)^{name}: ([^\r]*)".encode(), data
    )[1].decode()  # type: ignore[index]  # every answer has it
    return find("etag", plain), find("etag", zipped), find("last-modified", plain)


def test_both_ways_give_the_same_bytes(served: Served) -> None:
    tag, zipped, modified = tags(served)
    outlook = "User-Agent: Microsoft Exchange/15.20 (Windows NT 10.0; Win64; x64)"
    short = [
        ask(),
        ask(method="HEAD"),
        ask(FEED, "Accept: */*", "User-Agent: calendar"),
        ask(FEED, f"If-None-Match: {tag}"),
        ask(FEED, f"If-None-Match: W/{tag}"),
        ask(FEED, f'If-None-Match: "other", {tag}'),
        ask(FEED, "If-None-Match: *"),
        ask(FEED, 'If-None-Match: "other"'),
        ask(FEED, f"IF-NONE-MATCH: {tag}", method="HEAD"),
        ask(FEED, "Accept-Encoding: gzip"),
        ask(FEED, "Accept-Encoding: gzip;q=0, *"),
        ask(FEED, "Accept-Encoding: gzip", f"If-None-Match: {zipped}"),
        ask(FEED, "Accept-Encoding: gzip", f"If-None-Match: {tag}"),
        ask(FEED, "Accept-Encoding: gzip", outlook),
        ask(FEED, f"If-Modified-Since: {modified}"),
        ask(FEED, f"If-Modified-Since: {modified}", 'If-None-Match: "other"'),
        ask(FEED, "If-Modified-Since: Thu, 01 Jan 1970 00:00:00 GMT"),
        ask(FEED, "Range: bytes=0-9"),
        ask(FEED + "?lang=zh&kind=report"),
        ask("/feeds/resolution%2FA-RES-72-251.ics"),
    ]
    usual = [
        ask(version="1.0"),
        ask(FEED, "Connection: close"),
        ask(FEED, f"If-None-Match: {tag}", 'If-None-Match: "more"'),
        ask(FEED, "Content-Length: 3", body=b"abc"),
        ask(FEED, "Expect: 100-continue", "Content-Length: 2", body=b"ab"),
        ask(FEED, method="OPTIONS"),
        ask(FEED, "Depth: 0", "Content-Length: 0", method="PROPFIND"),
        ask(FEED, "Content-Length: 2", method="POST", body=b"ab"),
        ask("/feeds/resolution/A-RES-72-251", "Accept: application/atom+xml"),
        ask("/feeds/nothing.ics"),
        ask("/feeds/all.ics?colour=red"),
        ask("/feeds/resolution/a-res-72-251.ics"),
        ask("/healthz"),
    ]
    for group, counted in ((short, True), (usual, False)):
        for request in group:
            talk(served.usual, request + LAST)
            served.answered.clear()
            answers = [talk(port, request + LAST) for port in (served.usual, served.short)]
            assert answers[0] == answers[1], request
            assert bool(served.answered) is counted, request


def test_requests_in_pieces_and_in_one_piece(served: Served) -> None:
    tag, _, _ = tags(served)
    poll, whole, slow = ask(FEED, f"If-None-Match: {tag}"), ask(), ask("/api/v1/languages")
    mixed = poll + whole + slow + poll + whole + ask(FEED, "Connection: close")
    talk(served.usual, whole)
    assert talk(served.short, mixed) == talk(served.usual, mixed)
    pieces = [mixed[place : place + 7] for place in range(0, len(mixed), 7)]
    assert talk(served.short, *pieces) == talk(served.usual, mixed)
    assert len(served.answered) >= 3


def test_an_upgrade_is_left_to_the_usual_way(served: Served) -> None:
    request = ask(FEED, "Upgrade: h2c", "Connection: Upgrade")
    assert talk(served.short, request) == talk(served.usual, request)
    assert served.answered == []


def test_what_is_no_http_is_refused_on_both_ways(served: Served) -> None:
    for junk in (b"\x16\x03\x01\x00\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n"):
        assert talk(served.short, junk) == talk(served.usual, junk)


def test_an_idle_connection_is_closed_and_one_that_polls_is_kept(served: Served) -> None:
    talk(served.usual, ask())
    began = time.monotonic()
    said = talk(served.short, *[ask(method="HEAD")] * 8, pause=KEPT / 4)
    assert said.count(b"HTTP/1.1 200 OK") == 8
    assert 2 * KEPT < time.monotonic() - began < 6 * KEPT
    began = time.monotonic()
    talk(served.short, ask("/healthz"), ask(), pause=KEPT / 2)
    assert time.monotonic() - began > 1.2 * KEPT


def test_a_reader_who_does_not_read_is_waited_for(served: Served) -> None:
    """Thousands of answers asked for at once: none is lost, none is cut."""
    count = 2000
    talk(served.usual, ask())
    one = talk(served.short, ask())
    with socket.create_connection(("127.0.0.1", served.short), timeout=30) as client:
        writer = threading.Thread(target=lambda: client.sendall(ask() * count))
        writer.start()
        time.sleep(0.3)
        said = b""
        while said.count(b"END:VCALENDAR\r\n") < count and (part := client.recv(1 << 20)):
            said += part
        writer.join()
    assert re.sub(rb"(?mi)^date: [^\r]*\r\n", b"", said) == one * count
