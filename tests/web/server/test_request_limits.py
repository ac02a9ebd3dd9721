"""The protocol answers as uvicorn's does, and ends what takes too long, over real sockets."""

from __future__ import annotations

import asyncio
import json
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
from app.web.feeds.response import build_response
from app.web.server import fast_path, request_limits
from app.web.server.fast_path import FastPathProtocol
from app.web.server.request_limits import RequestLimitsProtocol

FEED = "/feeds/resolution/A-RES-72-251.ics"
KEPT = 0.4


@dataclass
class Served:
    """One application behind uvicorn's protocol (``plain``) and behind ours (``limited``), by port."""

    feed_cache: Any
    plain: int
    limited: int


@pytest.fixture
def served(store: Store, settings: Settings) -> Iterator[Served]:
    application: Any = create_app(settings, store)
    application.feed_cache.poll_interval = 60.0
    servers, ports = [], []
    for protocol in (HttpToolsProtocol, FastPathProtocol):
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
    yield Served(application.feed_cache, *ports)
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
    return re.sub(rb"(?mi)^(date|x-request-id|ratelimit): [^\r]*\r\n", b"", said)


def ask(target: str = FEED, *headers: str, method: str = "GET", version: str = "1.1", body: bytes = b"") -> bytes:
    lines = [f"{method} {target} HTTP/{version}", "Host: calendar.example", *headers]
    return "\r\n".join([*lines, "", ""]).encode() + body


LAST = ask("/healthz", "Connection: close")


def tags(served: Served) -> tuple[str, str, str]:
    """The two tags of the feed and its Last-Modified."""
    plain, zipped = (
        talk(served.plain, ask(FEED, f"Accept-Encoding: {one}", "Connection: close")) for one in ("identity", "gzip")
    )
    find: Callable[[str, bytes], str] = lambda name, data: re.search(  # noqa: E731  # one line, used here
        rf"(?mi)^{name}: ([^\r]*)".encode(), data
    )[1].decode()  # type: ignore[index]  # every answer has it
    return find("etag", plain), find("etag", zipped), find("last-modified", plain)


def test_protocol_any_request_answers_as_uvicorn(served: Served) -> None:
    tag, zipped, modified = tags(served)
    outlook = "User-Agent: Microsoft Exchange/15.20 (Windows NT 10.0; Win64; x64)"
    requests = [
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
    for request in requests:
        talk(served.plain, request + LAST)
        answers = [talk(port, request + LAST) for port in (served.plain, served.limited)]
        assert answers[0] == answers[1], request


def test_protocol_pipelined_requests_in_pieces(served: Served) -> None:
    tag, _, _ = tags(served)
    poll, whole, slow = ask(FEED, f"If-None-Match: {tag}"), ask(), ask("/api/v1/languages")
    mixed = poll + whole + slow + poll + whole + ask(FEED, "Connection: close")
    talk(served.plain, whole)
    assert talk(served.limited, mixed) == talk(served.plain, mixed)
    pieces = [mixed[place : place + 7] for place in range(0, len(mixed), 7)]
    assert talk(served.limited, *pieces) == talk(served.plain, mixed)


def test_protocol_upgrade_is_ignored(served: Served) -> None:
    request = ask(FEED, "Upgrade: h2c", "Connection: Upgrade")
    assert talk(served.limited, request) == talk(served.plain, request)


@pytest.mark.parametrize("junk", [b"\x16\x03\x01\x00\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n"])
def test_protocol_no_http_is_answered_with_a_problem(served: Served, junk: bytes) -> None:
    head, _, body = talk(served.limited, junk).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 400 Bad Request\r\ncontent-type: application/problem+json\r\n")
    assert json.loads(body)["status"] == 400


def test_protocol_client_that_never_reads_is_ended(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(request_limits, "WRITE_SECONDS", 0.5)
    monkeypatch.setattr(request_limits, "SWEEP_SECONDS", 0.1)
    talk(served.limited, ask())
    with socket.create_connection(("127.0.0.1", served.limited), timeout=10) as client:
        client.setblocking(False)
        ended = time.monotonic() + 15
        sent = 0
        # Answers pile up unread until the service stops taking requests, and then ends the connection.
        while time.monotonic() < ended:
            try:
                sent += client.send(ask() * 200)
            except BlockingIOError:
                time.sleep(0.05)
            except OSError:
                break
        assert time.monotonic() < ended
    assert sent > 0
    assert talk(served.limited, LAST).startswith(b"HTTP/1.1 200 OK")


def test_protocol_too_many_connections_are_refused(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RequestLimitsProtocol, "max_connections", 3)
    monkeypatch.setattr(request_limits, "_is_trusted", lambda *_: False)
    held = [socket.create_connection(("127.0.0.1", served.limited), timeout=10) for _ in range(3)]
    time.sleep(0.2)
    refused = talk(served.limited)
    assert refused.startswith(b"HTTP/1.1 503 Service Unavailable\r\n")
    assert b"\r\nretry-after: 5\r\n" in refused
    for client in held:
        client.close()
    time.sleep(0.2)
    assert talk(served.limited, LAST).startswith(b"HTTP/1.1 200 OK")


@pytest.mark.parametrize(
    ("address", "proxies", "trusted"),
    [("127.0.0.1", "127.0.0.1", True), ("192.0.2.7", "10.0.0.0/8, 192.0.2.0/24", True), ("192.0.2.7", "*", True),
     ("192.0.2.7", "", False), ("2001:db8::/64", "2001:db8::1", True), ("x", "127.0.0.1", False)],
)  # fmt: skip
def test_is_trusted_proxy(address: str, proxies: str, trusted: bool) -> None:
    assert request_limits._is_trusted(address, proxies) is trusted


def test_protocol_idle_connection_is_closed_polling_one_kept(served: Served) -> None:
    talk(served.plain, ask())
    began = time.monotonic()
    said = talk(served.limited, *[ask(method="HEAD")] * 8, pause=KEPT / 4)
    assert said.count(b"HTTP/1.1 200 OK") == 8
    assert 2 * KEPT < time.monotonic() - began < 6 * KEPT
    began = time.monotonic()
    talk(served.limited, ask("/healthz"), ask(), pause=KEPT / 2)
    assert time.monotonic() - began > 1.2 * KEPT


def test_protocol_slow_reader_loses_no_answer(served: Served) -> None:
    """Thousands of answers asked for at once: none is lost, none is cut."""
    count = 2000
    talk(served.plain, ask())
    one = talk(served.limited, ask())
    with socket.create_connection(("127.0.0.1", served.limited), timeout=30) as client:
        writer = threading.Thread(target=lambda: client.sendall(ask() * count))
        writer.start()
        time.sleep(0.3)
        said = b""
        while said.count(b"END:VCALENDAR\r\n") < count and (part := client.recv(1 << 20)):
            said += part
        writer.join()
    assert re.sub(rb"(?mi)^date: [^\r]*\r\n", b"", said) == one * count


def test_protocol_same_poll_again_is_not_parsed(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    tag, _, _ = tags(served)
    poll, whole = ask(FEED, f"If-None-Match: {tag}"), ask(FEED, "If-None-Match: *", "Cookie: a=b")
    fast_path._POLLS.clear()
    parsed: list[bytes] = []
    begin = FastPathProtocol._parsed_poll
    monkeypatch.setattr(FastPathProtocol, "_parsed_poll", lambda self: parsed.append(self.url) or begin(self))  # type: ignore[func-returns-value]  # counts the calls
    answers = talk(served.limited, *[poll] * 3, *[whole] * 2, pause=0.05) + talk(served.limited, poll, pause=0.05)
    assert answers == talk(served.plain, *[poll] * 3, *[whole] * 2) + talk(served.plain, poll)
    assert len(parsed) == 3  # the first poll, and those with a cookie
    assert list(fast_path._POLLS) == [poll]


def test_protocol_body_that_looks_like_a_poll_is_a_body(served: Served) -> None:
    tag, _, _ = tags(served)
    poll = ask(FEED, f"If-None-Match: {tag}")
    head = ask(FEED, f"Content-Length: {len(poll)}", method="POST")
    pieces = (poll, poll, head, poll, poll, poll[:9], poll[9:], ask(FEED, "Connection: close"))
    assert talk(served.limited, *pieces, pause=0.05) == talk(served.plain, *pieces, pause=0.05)


def test_protocol_remembered_polls_are_bounded(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fast_path, "_MAX_POLLS", 2)
    tag, _, _ = tags(served)
    fast_path._POLLS.clear()
    polls = [ask(FEED, f"If-None-Match: {tag}", f"User-Agent: {name}") for name in ("a", "b", "c" * 2000, "d")]
    talk(served.limited, *polls, pause=0.05)
    assert list(fast_path._POLLS) == [polls[3]]


def test_protocol_remembered_poll_sees_a_changed_feed(served: Served) -> None:
    tag, _, _ = tags(served)
    poll = ask(FEED, f"If-None-Match: {tag}")
    assert talk(served.limited, poll, poll, pause=0.05).count(b"HTTP/1.1 304 ") == 2
    entry = next(entry for address, entry in served.feed_cache._addresses.items() if address == FEED.encode())
    entry.response = build_response(b"another", b"1", "text/calendar", "a.ics", 0.0)
    assert b"\r\n\r\nanother" in talk(served.limited, poll, pause=0.05)
