"""Buckets of requests, and what who asks too much is told."""

from __future__ import annotations

import asyncio
import hashlib
import http.client
import time
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from app.services import tokens
from app.settings import Settings
from app.store import Store
from app.web.app import create_app
from app.web.server.rate_limit import TokenBuckets, network_of
from tests.serving import running


def test_a_bucket_empties_and_fills() -> None:
    now = 0.0
    buckets = TokenBuckets(60, lambda: now)
    assert [buckets.take("a", 20) for _ in range(4)] == [0, 0, 0, 20]
    assert buckets.take("b", 1) == 0
    now = 19.5
    assert buckets.take("a", 20) == 1
    now = 20.0
    assert [buckets.take("a", 20), buckets.take("a", 1)] == [0, 1]
    now = 10_000.0
    assert [buckets.take("a", 60), buckets.take("a", 1)] == [0, 1]


def test_take_cost_over_rate_allowed_once_a_minute() -> None:
    now = 0.0
    buckets = TokenBuckets(10, lambda: now)
    assert [buckets.take("a", 50), buckets.take("a", 50) > 0] == [0, True]


@pytest.mark.parametrize(
    ("host", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8::1", "2001:db8::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("fe80::1%eth0", "fe80::/64"),
        ("x", "x"),
        ("", ""),
    ],
)  # fmt: skip
def test_network_of_address(host: str, network: str) -> None:
    assert network_of(host) == network


def ask(store: Store, settings: Settings, rate: int, *requests: tuple[str, dict[str, str]]) -> list[httpx.Response]:
    async def steps() -> list[httpx.Response]:
        app = create_app(settings.model_copy(update={"rate": rate}), store)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
            return [await client.get(path, headers=headers) for path, headers in requests]

    return asyncio.run(steps())


def test_check_over_the_rate_answers_429_with_retry_after(store: Store, settings: Settings) -> None:
    answers = ask(store, settings, 2, *[("/api/v1/languages", {})] * 3)
    assert [item.status_code for item in answers] == [200, 200, 429]
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 30
    assert answers[-1].json()["type"] == "tag:plenary,2026:too-many"
    page = ask(store, settings, 1, ("/calendar", {}), ("/calendar", {"accept": "text/html", "accept-language": "fr"}))
    assert (page[1].status_code, "plus de requêtes qu’il n’est permis" in page[1].text) == (429, True)


def test_feeds_and_probes_are_not_counted(store: Store, settings: Settings) -> None:
    paths = [("/feeds/all.ics", {}), ("/healthz", {}), ("/readyz", {})] * 3
    assert {item.status_code for item in ask(store, settings, 1, *paths)} == {200}


def test_check_valid_token_has_its_own_bucket(store: Store, settings: Settings) -> None:
    text = tokens.create_token(store, "a", ["admin"], datetime.now(UTC))[1]
    ours = {"authorization": f"Bearer {text}"}
    asked = [("/api/v1/languages", {}), ("/api/v1/languages", ours), ("/api/v1/languages", ours), ("/api/v1/audit", {})]
    assert [item.status_code for item in ask(store, settings, 2, *asked)] == [200, 200, 200, 429]
    made_up = [
        ("/api/v1/languages", {"authorization": f"Bearer {hashlib.sha256(bytes([number])).hexdigest()}"})
        for number in range(30)
    ]
    assert [item.status_code for item in ask(store, settings, 2, *made_up)].count(429) == 28


def statuses(port: int, count: int, more: dict[str, str] | None = None, *, kept: bool) -> list[int]:
    """The statuses of so many requests, over one connection or over one each."""
    found = []
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    for _ in range(count):
        connection.request("GET", "/api/v1/languages", headers=more or {})
        answer = connection.getresponse()
        answer.read()
        found.append(answer.status)
        if not kept:
            connection.close()
    connection.close()
    return found


def test_workers_count_together_however_they_are_met(tmp_path: Path) -> None:
    began = time.monotonic()
    with running(tmp_path, ["--workers", "2"], {"PLENARY_RATE": "60"}) as service:
        limit = time.monotonic() + 60
        while len(service.workers()) < 2 and time.monotonic() < limit:
            time.sleep(0.05)
        # One connection has the whole, not a worker's share of it; then nobody of that address has anything.
        kept = statuses(service.port, 40, kept=True)
        fresh = statuses(service.port, 60, kept=False)
        # Each second fills in one; two workers that count at the same moment may count one request for two.
        assert kept == [200] * 40
        assert 20 <= fresh.count(200) <= 21 + (time.monotonic() - began)
        # A proxy on this machine is believed whom it asks for: that is another address.
        assert statuses(service.port, 3, {"x-forwarded-for": "192.0.2.7"}, kept=False) == [200] * 3


def test_a_proxy_that_is_not_named_is_not_believed(tmp_path: Path) -> None:
    with running(tmp_path, (), {"PLENARY_RATE": "3", "PLENARY_PROXIES": "192.0.2.1"}) as service:
        said = [statuses(service.port, 1, {"x-forwarded-for": f"192.0.2.{number}"}, kept=False) for number in range(5)]
    assert said == [[200], [200], [200], [429], [429]]


def test_buckets_of_one_file_shared_and_eight_to_a_set(tmp_path: Path) -> None:
    now = 5.0
    first, second = (TokenBuckets(2, lambda: now, tmp_path / "limits") for _ in range(2))
    assert [first.take("a", 1), second.take("a", 1), first.take("a", 1), second.take("a", 1)] == [0, 0, 30, 30]
    # More keys than there is room for: those that asked last keep their bucket.
    for number in range(200_000):
        now = 6.0 + number / 1e6
        first.take(f"key {number}", 2)
    assert [first.take(f"key {number}", 2) > 0 for number in range(199_990, 200_000)] == [True] * 10


def test_any_number_where_there_is_no_limit(store: Store, settings: Settings) -> None:
    assert {item.status_code for item in ask(store, settings, 0, *[("/api/v1/languages", {})] * 20)} == {200}
