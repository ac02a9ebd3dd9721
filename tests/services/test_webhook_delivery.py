"""Webhooks: told of every change once, signed, tried again, given up, never inside a network."""

import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from app import services
from app.errors import NotFound, UsageError
from app.fetch.ssrf_transport import Guarded
from app.services.webhook_delivery import WAITS
from app.store import Store
from tests.store.test_store import ALL, load

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
ADDRESS = "https://calendar.example/changed"


class Clock:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


class Receiver(httpx.BaseTransport):
    def __init__(self, *statuses: int) -> None:
        self.statuses = list(statuses)
        self.got: list[httpx.Request] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.read()
        self.got.append(request)
        return httpx.Response(self.statuses.pop(0) if self.statuses else 204)


def test_a_change_is_told_once_and_signed(store: Store) -> None:
    load(store, ALL[:1])
    hook = services.create_webhook(store, ADDRESS, NOON, by=None)
    load(store, ALL[:2], NOON + timedelta(minutes=1))
    load(store, ALL[:2], NOON + timedelta(minutes=2))
    clock, receiver = Clock(), Receiver()
    clock.now += timedelta(hours=1)
    assert services.deliver(store, clock, receiver) == 1
    assert services.deliver(store, clock, receiver) == 0
    (request,) = receiver.got
    assert (request.method, str(request.url)) == ("POST", ADDRESS)
    assert json.loads(request.content) == {
        "event": "change",
        "revision": 2,
        "recorded": (NOON + timedelta(minutes=1)).isoformat(),
    }
    seconds = int(clock.now.timestamp())
    mark = hmac.new(hook.secret.encode(), f"{seconds}.".encode() + request.content, hashlib.sha256).hexdigest()
    assert request.headers["plenary-signature"] == f"t={seconds},v1={mark}"
    (delivery,) = store.hooks.deliveries(hook.id)
    assert (delivery.state, delivery.attempts, delivery.answer) == ("delivered", 1, "the server answered 204")


def test_a_failure_is_tried_again_later_and_later_and_given_up(store: Store) -> None:
    hook = services.create_webhook(store, ADDRESS, NOON, by=None)
    load(store, ALL[:1])
    clock, receiver = Clock(), Receiver(*[503] * 20)
    for wait in WAITS:
        assert services.deliver(store, clock, receiver) == 1
        clock.now += wait - timedelta(seconds=1)
        assert services.deliver(store, clock, receiver) == 0
        clock.now += timedelta(seconds=1)
    assert [item.state for item in store.hooks.deliveries(hook.id)] == ["waiting"]
    assert services.deliver(store, clock, receiver) == 1
    clock.now += timedelta(days=30)
    assert services.deliver(store, clock, receiver) == 0
    (dead,) = store.hooks.deliveries(hook.id)
    assert (dead.state, dead.attempts, dead.answer) == ("dead", len(WAITS) + 1, "the server answered 503")


def test_who_died_while_sending_leaves_it_to_another(store: Store) -> None:
    services.create_webhook(store, ADDRESS, NOON, by=None)
    load(store, ALL[:1])
    assert store.hooks.take(NOON) is not None
    assert store.hooks.take(NOON) is None
    clock = Clock()
    clock.now += timedelta(minutes=2)
    assert services.deliver(store, clock, Receiver()) == 1


def test_a_redirect_is_not_followed_and_an_ended_webhook_is_told_nothing(store: Store) -> None:
    hook = services.create_webhook(store, ADDRESS, NOON, by=None)
    load(store, ALL[:1])
    receiver = Receiver(302)
    services.deliver(store, Clock(), receiver)
    assert len(receiver.got) == 1
    services.end_webhook(store, hook.id, NOON, by=None)
    load(store, ALL[:2], NOON + timedelta(1))
    clock = Clock()
    clock.now += timedelta(days=2)
    assert services.deliver(store, clock, receiver) == 0
    assert (store.hooks.all(), [item.state for item in store.hooks.deliveries(hook.id)]) == ((), ["dead"])
    with pytest.raises(NotFound):
        services.end_webhook(store, hook.id, NOON, by=None)


@pytest.mark.parametrize("inside", [["127.0.0.1"], ["10.1.2.3"], ["93.184.215.14", "192.168.0.1"], ["::1"], []])
def test_nothing_is_sent_inside_a_network(store: Store, inside: list[str]) -> None:
    hook = services.create_webhook(store, ADDRESS, NOON, by=None)
    load(store, ALL[:1])
    receiver = Receiver()
    services.deliver(store, Clock(), Guarded(find=lambda host, port: inside, inner=receiver))
    (delivery,) = store.hooks.deliveries(hook.id)
    assert (receiver.got, delivery.state) == ([], "waiting")
    assert delivery.answer == "calendar.example is not a public address"


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "[::1]", "169.254.169.254", "2130706433", "0x7f.1", "[::ffff:10.0.0.1]", "10.1", "0",
     "localhost", "db", "a.localhost.", "metadata.google.internal"],
)  # fmt: skip
def test_a_host_that_is_inside_by_its_own_word_is_refused_at_once(store: Store, host: str) -> None:
    with pytest.raises(UsageError, match="not a public address"):
        services.create_webhook(store, f"https://{host}/changed", NOON, by=None)


@pytest.mark.parametrize("address", ["http://a.example/", "https://", "ftp://a.example", "https://u:p@a.example/", "x",
                                     "https://a.example/" + "x" * 2000, "https://ü.example/"])  # fmt: skip
def test_what_is_no_address_for_a_webhook(store: Store, address: str) -> None:
    with pytest.raises(UsageError):
        services.create_webhook(store, address, NOON, by=None)
    assert store.hooks.all() == ()
