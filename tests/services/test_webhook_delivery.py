"""Webhooks: told of every change once, signed, tried again, given up, never inside a network."""

import asyncio
import base64
import hashlib
import hmac
import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import httpx
import pytest
import standardwebhooks

from app.errors import NotFound, UsageError
from app.fetch.ssrf_transport import AsyncPublicOnlyTransport
from app.services import webhook_delivery
from app.services.webhook_delivery import WAITS
from app.store import Store
from app.store.webhooks import LOST_AFTER
from tests.store.samples import ALL, load

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
ADDRESS = "https://calendar.example/changed"


class Clock:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


class Receiver(httpx.AsyncBaseTransport):
    def __init__(self, *statuses: int) -> None:
        self.statuses = list(statuses)
        self.got: list[httpx.Request] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await request.aread()
        self.got.append(request)
        return httpx.Response(self.statuses.pop(0) if self.statuses else 204)


def deliver(store: Store, clock: Clock, transport: httpx.AsyncBaseTransport) -> int:
    """Hand over what is due and make the attempts, as the engine does; return how many."""
    due: list[int] = []
    store.webhooks.hand_over(clock(), lambda _connection, _key, id_: due.append(id_))
    for id_ in due:
        asyncio.run(webhook_delivery.deliver_webhook(store, id_, clock, transport))
    return len(due)


def test_a_change_is_told_once_and_signed(store: Store) -> None:
    load(store, ALL[:1])
    hook = webhook_delivery.create_webhook(store, ADDRESS, NOON, by=None)
    load(store, ALL[:2], NOON + timedelta(minutes=1))
    load(store, ALL[:2], NOON + timedelta(minutes=2))
    clock, receiver = Clock(), Receiver()
    clock.now += timedelta(hours=1)
    assert deliver(store, clock, receiver) == 1
    assert deliver(store, clock, receiver) == 0
    (request,) = receiver.got
    assert (request.method, str(request.url)) == ("POST", ADDRESS)
    assert json.loads(request.content) == {
        "event": "change",
        "revision": 2,
        "recorded": (NOON + timedelta(minutes=1)).isoformat(),
    }
    assert request.headers["webhook-timestamp"] == str(int(clock.now.timestamp()))
    key = base64.b64decode(hook.secret.removeprefix("whsec_"))
    signed = f"{request.headers['webhook-id']}.{request.headers['webhook-timestamp']}.".encode() + request.content
    mark = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert request.headers["webhook-signature"] == f"v1,{mark}"
    (delivery,) = store.webhooks.deliveries(hook.id)
    assert (delivery.state, delivery.attempts, delivery.answer) == ("delivered", 1, "answered 204")


def test_a_failure_is_tried_again_later_and_later_and_given_up(store: Store) -> None:
    hook = webhook_delivery.create_webhook(store, ADDRESS, NOON, by=None)
    load(store, ALL[:1])
    clock, receiver = Clock(), Receiver(*[503] * 20)
    for wait in WAITS:
        assert deliver(store, clock, receiver) == 1
        clock.now += wait - timedelta(seconds=1)
        assert deliver(store, clock, receiver) == 0
        clock.now += timedelta(seconds=1)
    assert [item.state for item in store.webhooks.deliveries(hook.id)] == ["waiting"]
    assert deliver(store, clock, receiver) == 1
    clock.now += timedelta(days=30)
    assert deliver(store, clock, receiver) == 0
    (dead,) = store.webhooks.deliveries(hook.id)
    assert (dead.state, dead.attempts, dead.answer) == ("dead", len(WAITS) + 1, "answered 503")


def test_who_died_while_sending_leaves_it_to_another(store: Store) -> None:
    webhook_delivery.create_webhook(store, ADDRESS, NOON, by=None)
    load(store, ALL[:1])
    assert store.webhooks.hand_over(NOON, lambda *_: None) == 1
    assert store.webhooks.hand_over(NOON, lambda *_: None) == 0
    clock = Clock()
    clock.now += LOST_AFTER - timedelta(seconds=1)
    assert deliver(store, clock, Receiver()) == 0
    clock.now += timedelta(seconds=1)
    assert deliver(store, clock, Receiver()) == 1


def test_redirect_is_not_followed_and_ended_webhook_is_silent(store: Store) -> None:
    hook = webhook_delivery.create_webhook(store, ADDRESS, NOON, by=None)
    load(store, ALL[:1])
    receiver = Receiver(302)
    deliver(store, Clock(), receiver)
    assert len(receiver.got) == 1
    webhook_delivery.end_webhook(store, hook.id, NOON, by=None)
    load(store, ALL[:2], NOON + timedelta(1))
    clock = Clock()
    clock.now += timedelta(days=2)
    assert deliver(store, clock, receiver) == 0
    assert (store.webhooks.all(), [item.state for item in store.webhooks.deliveries(hook.id)]) == ((), ["dead"])
    with pytest.raises(NotFound):
        webhook_delivery.end_webhook(store, hook.id, NOON, by=None)


@pytest.mark.parametrize("inside", [["127.0.0.1"], ["10.1.2.3"], ["93.184.215.14", "192.168.0.1"], ["::1"], []])
def test_nothing_is_sent_inside_a_network(store: Store, inside: list[str]) -> None:
    hook = webhook_delivery.create_webhook(store, ADDRESS, NOON, by=None)
    load(store, ALL[:1])
    receiver = Receiver()
    deliver(store, Clock(), AsyncPublicOnlyTransport(find=lambda host, port: inside, inner=receiver))
    (delivery,) = store.webhooks.deliveries(hook.id)
    assert (receiver.got, delivery.state) == ([], "waiting")
    assert delivery.answer == "calendar.example is not a public address"


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "[::1]", "169.254.169.254", "2130706433", "0x7f.1", "[::ffff:10.0.0.1]", "10.1", "0",
     "localhost", "db", "a.localhost.", "metadata.google.internal"],
)  # fmt: skip
def test_private_host_name_is_refused_before_lookup(store: Store, host: str) -> None:
    with pytest.raises(UsageError, match="not a public address"):
        webhook_delivery.create_webhook(store, f"https://{host}/changed", NOON, by=None)


@pytest.mark.parametrize("address", ["http://a.example/", "https://", "ftp://a.example", "https://u:p@a.example/", "x",
                                     "https://a.example/" + "x" * 2000, "https://ü.example/"])  # fmt: skip
def test_what_is_no_address_for_a_webhook(store: Store, address: str) -> None:
    with pytest.raises(UsageError):
        webhook_delivery.create_webhook(store, address, NOON, by=None)
    assert store.webhooks.all() == ()


class DrippingServer:
    """A receiver on a port of this machine that answers one byte a time, for ever."""

    def __init__(self) -> None:
        self.requests: list[bytes] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self._ended = threading.Event()
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while not self._ended.is_set():
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._drip, args=(connection,), daemon=True).start()

    def _drip(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):
            self.requests.append(connection.recv(10_000))
            connection.sendall(b"HTTP/1.1 200 OK\r\nx-long: ")
            while not self._ended.wait(0.05):
                connection.sendall(b"a")

    def close(self) -> None:
        self._ended.set()
        self._socket.close()


@pytest.fixture
def dripping() -> Iterator[DrippingServer]:
    server = DrippingServer()
    yield server
    server.close()


class LocalTransport(httpx.AsyncBaseTransport):
    """Connects to a port of this machine, whoever is asked for."""

    def __init__(self, port: int) -> None:
        self.port = port

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        local = httpx.Request(
            request.method, f"http://127.0.0.1:{self.port}/", headers=request.headers, stream=request.stream
        )
        return await httpx.AsyncHTTPTransport().handle_async_request(local)


def test_dripping_receiver_is_cut_off_at_the_whole_bound(store: Store, dripping: DrippingServer) -> None:
    hook = webhook_delivery.create_webhook(store, ADDRESS, NOON, by=None)
    load(store, ALL[:1])
    due: list[int] = []
    store.webhooks.hand_over(NOON, lambda _connection, _key, id_: due.append(id_))
    begun = time.monotonic()
    asyncio.run(webhook_delivery.deliver_webhook(store, due[0], Clock(), LocalTransport(dripping.port), whole=0.5))
    assert time.monotonic() - begun < 5
    assert len(dripping.requests) == 1
    (delivery,) = store.webhooks.deliveries(hook.id)
    assert (delivery.state, delivery.attempts, delivery.answer) == ("waiting", 1, "no answer within 0.5 seconds")


def test_signature_verifies_with_the_standard_library(store: Store) -> None:
    hook = webhook_delivery.create_webhook(store, ADDRESS, NOON, by=None)
    load(store, ALL[:1])
    clock, receiver = Clock(), Receiver()
    clock.now = datetime.now(UTC)
    assert deliver(store, clock, receiver) == 1
    (request,) = receiver.got
    body = request.content.decode()
    verified = standardwebhooks.Webhook(hook.secret).verify(body, dict(request.headers))
    assert verified == json.loads(body)
    with pytest.raises(standardwebhooks.WebhookVerificationError):
        standardwebhooks.Webhook(hook.secret).verify(body + " ", dict(request.headers))
