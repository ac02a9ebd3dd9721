"""Bodies are bounded, spooled while they arrive, and few large ones are taken at once."""

from __future__ import annotations

import asyncio
import tracemalloc
from collections.abc import Iterable
from typing import Any

import pytest

from app.errors import Overloaded, PlenaryError, TooLarge, TooMany
from app.web.server import bodies
from app.web.server.middleware import STRICT_TRANSPORT, BodyLimitMiddleware

MEGABYTE = 1 << 20


async def read(receive: Any) -> bytes:
    data, more = b"", True
    while more:
        part = await receive()
        if part["type"] == "http.disconnect":
            raise ConnectionError
        data += part["body"]
        more = part["more_body"]
    return data


def send_body(middleware: BodyLimitMiddleware, parts: Iterable[bytes], client: str, last: bool = True) -> Any:
    """One request; without ``last`` its body never ends."""
    queue = [{"type": "http.request", "body": part, "more_body": True} for part in parts]
    if last:
        queue[-1]["more_body"] = False

    async def receive() -> Any:
        if queue:
            return queue.pop(0)
        await asyncio.sleep(3600)
        raise AssertionError

    async def send(_: Any) -> None: ...

    return middleware(
        {"type": "http", "method": "POST", "client": (client, 1), "headers": [], "path": "/", "query_string": b""},
        receive,
        send,
    )


def reader(found: list[object]) -> Any:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        try:
            found.append(await read(receive))
        except PlenaryError as error:
            found.append(type(error))

    return app


@pytest.mark.parametrize("sizes", [[0], [1], [65_536], [65_537], [40_000, 40_000, 3], [MEGABYTE]])
def test_body_of_any_size_arrives_whole(sizes: list[int]) -> None:
    found: list[object] = []
    parts = [bytes([number % 256]) * size for number, size in enumerate(sizes)]
    asyncio.run(send_body(BodyLimitMiddleware(reader(found), MEGABYTE), parts, "192.0.2.1"))
    assert found == [b"".join(parts)]


def test_body_beyond_the_limit_is_refused() -> None:
    found: list[object] = []
    asyncio.run(send_body(BodyLimitMiddleware(reader(found), MEGABYTE), [b"x" * MEGABYTE, b"y"], "192.0.2.1"))
    assert found == [TooLarge]


def test_uploads_at_once_are_few_by_client_and_in_all() -> None:
    found: list[object] = []
    middleware = BodyLimitMiddleware(reader(found), MEGABYTE)
    large = [b"x" * 100_000]

    async def steps() -> None:
        held = [
            asyncio.create_task(send_body(middleware, large, f"192.0.2.{number // 2}", last=False))
            for number in range(bodies.MAX_UPLOADS)
        ]
        await asyncio.sleep(0)
        await send_body(middleware, large, "192.0.2.0")
        await send_body(middleware, large, "192.0.2.99")
        await send_body(middleware, [b"small"], "192.0.2.0")
        for task in held:
            task.cancel()
        await asyncio.gather(*held, return_exceptions=True)
        await send_body(middleware, large, "192.0.2.0")

    asyncio.run(steps())
    assert found == [TooMany, Overloaded, b"small", large[0]]


def test_unfinished_uploads_take_no_memory() -> None:
    middleware = BodyLimitMiddleware(reader([]), 20 * MEGABYTE)

    async def steps() -> int:
        tasks = [
            asyncio.create_task(send_body(middleware, (b"x" * 65_536 for _ in range(160)), f"192.0.2.{n}", last=False))
            for n in range(4)
        ]
        await asyncio.sleep(1)
        now, _ = tracemalloc.get_traced_memory()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        return now

    tracemalloc.start()
    try:
        assert asyncio.run(steps()) < 60 * MEGABYTE  # the queued parts of this test are in it: 40 MB
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("https", [True, False])
def test_security_headers_of_https_pin_it(https: bool) -> None:
    sent: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def send(event: Any) -> None:
        sent.append(event)

    scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": []}
    asyncio.run(BodyLimitMiddleware(app, MEGABYTE, https=https)(scope, app, send))
    assert (STRICT_TRANSPORT in sent[0]["headers"]) is https
