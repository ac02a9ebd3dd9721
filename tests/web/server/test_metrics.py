from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import httpx
import pytest
from prometheus_client import CollectorRegistry, Histogram
from prometheus_client.parser import text_string_to_metric_families

from app.errors import StoreError
from app.settings import Settings
from app.store import Store
from app.web.app import create_app
from app.web.feeds import response_cache
from app.web.feeds.feed_request import RenderedFeed
from app.web.server.metrics import BOUNDS, Gauges, Metrics
from tests.web.standing import RESOLUTION, load

FEED = "/feeds/resolution/A-RES-72-251.ics"
Visit = Callable[..., object]


def samples(text: bytes) -> dict[str, float]:
    """Every sample by name and labels; creation times left out."""
    return {
        " ".join([item.name, *(f"{name}={value}" for name, value in sorted(item.labels.items()))]): item.value
        for family in text_string_to_metric_families(text.decode())
        for item in family.samples
        if not item.name.endswith("_created")
    }


def quiet() -> Gauges:
    return Gauges(lambda: 3, lambda: None)


def test_requests_are_counted_by_route_and_status(visit: Visit) -> None:
    async def steps(client: httpx.AsyncClient) -> bytes:
        first = await client.get(FEED)
        await client.get(FEED, headers={"if-none-match": first.headers["etag"]})
        await client.get("/feeds/resolution/none.ics")
        await client.get("/feeds/s/secret-token.ics")
        await client.get("/events/A-RES-72-251.5.meeting.1")
        await client.get("/events/no-such-event")
        await client.head("/healthz")
        await client.request("BREW", "/healthz")
        await client.get("/who/knows")
        return (await client.get("/metrics")).content

    said = samples(visit(steps))  # type: ignore[arg-type]  # what the steps return
    counted = {name: value for name, value in said.items() if name.startswith("plenary_requests_total")}
    assert counted == {
        "plenary_requests_total method=GET route=/feeds/resolution/{slug} status=200": 1,
        "plenary_requests_total method=GET route=/feeds/resolution/{slug} status=304": 1,
        "plenary_requests_total method=GET route=/feeds/resolution/{slug} status=404": 1,
        "plenary_requests_total method=GET route=/feeds/s/{token} status=404": 1,
        "plenary_requests_total method=GET route=/events/{uid} status=200": 1,
        "plenary_requests_total method=GET route=/events/{uid} status=404": 1,
        "plenary_requests_total method=HEAD route=/healthz status=200": 1,
        "plenary_requests_total method=other route=/healthz status=405": 1,
        "plenary_requests_total method=GET route=(none) status=404": 1,
    }
    assert said["plenary_request_seconds_count route=/feeds/resolution/{slug}"] == 3
    assert (said["plenary_feed_hits_total"], said["plenary_feed_failures_total"]) == (1, 0)
    assert said["plenary_feed_cache_bytes"] > 1000
    assert (said["plenary_store_up"], said["plenary_store_revision"]) == (1, 1)
    assert said["plenary_store_age_seconds"] > 0
    assert b"secret-token" not in repr(said).encode()


def test_latency_add_equals_single_observations() -> None:
    observed = [0.0001, 0.0005, 0.003, 0.3, 99.0]

    async def counted() -> bytes:
        made = Metrics(quiet())
        for seconds in observed:
            made.count("GET", "/r", 200, seconds)
        made.flush()
        return made.text()

    registry = CollectorRegistry()
    histogram = Histogram("h", "h", buckets=BOUNDS, registry=registry)
    for seconds in observed:
        histogram.observe(seconds)
    wanted = {item.labels.get("le", item.name[1:]): item.value for item in next(iter(registry.collect())).samples}
    found = {
        name.partition("le=")[2].split(" ")[0] or name.split(" ")[0].removeprefix("plenary_request_seconds"): value
        for name, value in samples(asyncio.run(counted())).items()
        if name.startswith("plenary_request_seconds")
    }
    assert found == {name: value for name, value in wanted.items() if name != "_created"}


def test_metrics_unreadable_store_reports_only_that() -> None:
    def broken() -> int:
        raise StoreError("gone")

    said = samples(Metrics(Gauges(broken, lambda: datetime(2026, 1, 1, tzinfo=UTC))).text())
    assert said["plenary_store_up"] == 0
    assert "plenary_store_revision" not in said
    assert said["plenary_feed_hits_total"] == 0


def test_jobs_are_counted_by_status() -> None:
    said = samples(Metrics(Gauges(lambda: 1, lambda: None, lambda: {"doing": 2, "failed": 1})).text())
    assert (said["plenary_jobs status=doing"], said["plenary_jobs status=failed"]) == (2, 1)


def test_jobs_are_counted_once_in_a_while() -> None:
    asked: list[int] = []

    def jobs() -> dict[str, int]:
        asked.append(1)
        return {"queued": len(asked)}

    metrics = Metrics(Gauges(lambda: 1, lambda: None, jobs))
    assert [samples(metrics.text())["plenary_jobs status=queued"] for _ in range(3)] == [1, 1, 1]


def test_workers_are_summed(tmp_path: object) -> None:
    code = (
        "import asyncio, time\nfrom app.web.feeds.cache_entry import CacheState\n"
        "from app.web.server.metrics import Gauges, Metrics\n"
        "async def work():\n"
        "    made = Metrics(Gauges(lambda: 3, lambda: None))\n"
        "    made.watch(lambda: ({'hits': 2}, CacheState(4, 2, time.time() - 60, 10)))\n"
        "    made.count('GET', '/r', 200, 0.001); made.flush(); print(made.text().decode())\n"
        "asyncio.run(work())"
    )
    environment = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}
    said: dict[str, float] = {}
    for _ in range(3):
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env=environment)
        said = samples(done.stdout)
    assert said["plenary_requests_total method=GET route=/r status=200"] == 3
    assert said["plenary_request_seconds_bucket le=0.001 route=/r"] == 3
    assert said["plenary_feed_hits_total"] == 6
    assert said["plenary_store_revision"] == 3
    assert (said["plenary_feeds_stale"], said["plenary_feed_cache_bytes"]) == (6, 30)
    assert 60 <= said["plenary_feeds_stale_seconds"] < 120


def test_readiness_unreadable_store_503_feeds_go_on(
    visit: Visit, store: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> int:
        raise StoreError("the store is unavailable (disk I/O error)", where="sqlite", hint="run `plenary doctor`")

    async def steps(client: httpx.AsyncClient) -> list[tuple[int, str]]:
        first = await client.get(FEED)
        ready = [await client.get("/readyz")]
        with monkeypatch.context() as patch:
            patch.setattr(store, "revision", broken)
            await asyncio.sleep(0.5)  # until the desk looks at the store again
            again = await client.get(FEED)
            ready += [await client.get("/readyz"), await client.get("/healthz")]
        assert again.content == first.content
        return [(answer.status_code, answer.headers["content-type"]) for answer in ready]

    assert visit(steps) == [
        (200, "application/json"), (503, "application/problem+json"), (200, "application/json"),
    ]  # fmt: skip


def test_metrics_stale_feeds_counted_until_rendered_again(
    store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(response_cache, "RETRY", 0.0)
    application = create_app(settings, store)
    application.feed_cache.poll_interval = application.feed_cache.stale_ttl = 0.0  # type: ignore[attr-defined]  # no waiting in tests
    begun = datetime.now(UTC).replace(microsecond=0)

    def broken(*_: object) -> RenderedFeed:
        raise RuntimeError("a renderer with a fault")

    async def steps() -> list[tuple[int, bool, dict[str, object], float, bool]]:
        found = []
        async with httpx.AsyncClient(transport=httpx.ASGITransport(application), base_url="http://test") as client:
            first = (await client.get(FEED)).content

            async def look() -> None:
                feed = await client.get(FEED)
                ready = await client.get("/readyz")
                counted = samples((await client.get("/metrics")).content)
                assert ready.status_code == 200
                told = ready.json()["feeds"]
                aged = counted["plenary_feeds_stale_seconds"] > 0
                found.append((feed.status_code, feed.content == first, told, counted["plenary_feeds_stale"], aged))

            await look()
            with monkeypatch.context() as patch:
                patch.setattr(application.feed_renderer, "render", broken)  # type: ignore[attr-defined]
                load(store, (replace(RESOLUTION, events=()),), "changed")
                await look()
                await look()
            await look()
        return found

    before, stale, still, after = asyncio.run(steps())
    since = stale[2]["since"]
    assert begun <= datetime.fromisoformat(str(since)) <= datetime.now(UTC)
    assert before == (200, True, {"held": 1, "stale": 0, "since": None, "unwritable": 0}, 0, False)
    assert stale == still == (200, True, {"held": 1, "stale": 1, "since": since, "unwritable": 0}, 1, True)
    assert after == (200, False, {"held": 1, "stale": 0, "since": None, "unwritable": 0}, 0, False)
