"""Pages over a store of 10,000 resolutions: size, time when made anew, time from the cache, beside a bare answer."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import httpx
import pytest
from fastapi import FastAPI

from app.schedule.dating import dated
from app.schedule.history import histories
from app.settings import Settings
from app.store import Store
from app.web.app import create_app
from app.web.pages.page_cache import PageCache
from tests.bench.test_store import NOON, generate

pytestmark = pytest.mark.bench
NOW = datetime(2025, 3, 1, 12, tzinfo=UTC)
TONGUES = ("en", "ar", "ru", "zh")
PAGES = (
    "/",
    "/calendar",
    "/calendar?month=2018-05",
    "/calendar?kind=report&actor=secretary-general&from=2018&to=2018",
    "/calendar?as_of=2018-04-01&month=2018-05&beside=sessions,observances,holidays",
    "/calendar?q=water",
    "/calendar?kind=observance&actor=secretariat",
    "/calendar?from=2018-05&to=2018-05",
    "/resolutions",
    "/resolutions?q=water",
    "/resolutions/{slug}",
    "/events/{uid}",
    "/subscribe",
    "/subscribe?kind=report&actor=secretary-general",
    "/changes",
    "/try",
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, str, str, str]]:
    url = f"sqlite:///{tmp_path_factory.mktemp('pages')}/plenary.sqlite"
    made = Store(url)
    made.migrate()
    ready = [dated(schedule) for schedule in generate()]
    made.load(ready, histories(ready), fingerprint="bench", recorded=NOON)
    yield made, url, ready[7000].symbol.slug, ready[7000].events[0].uid
    made.close()


def inner(application: object) -> FastAPI:
    """The application below the layers that stand before it."""
    while not isinstance(application, FastAPI):
        application = getattr(application, "app", None) or application._app  # type: ignore[attr-defined]  # either name
    return application


def test_pages(store: tuple[Store, str, str, str], tmp_path_factory: pytest.TempPathFactory) -> None:
    held, url, slug, uid = store
    empty = tmp_path_factory.mktemp("schedules")
    settings = Settings(base_url="https://calendar.example", schedules=empty, database_url=url)
    application = create_app(settings, held, clock=lambda: NOW)
    state = inner(application).state

    async def took(client: httpx.AsyncClient, path: str) -> tuple[float, int]:
        # On a machine that others use the processor time is what would be seen without them.
        start, work = time.perf_counter(), time.process_time()
        answer = await client.get(path)
        seconds = min(time.perf_counter() - start, time.process_time() - work)
        assert answer.status_code == 200, path
        return seconds * 1000, len(answer.content)

    async def measured() -> list[tuple[str, int, float, float, float]]:
        rows = []
        transport = httpx.ASGITransport(application)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            first, _ = await took(client, "/?lang=fr")
            print(f"\nfirst answer of a process: {first:.0f} ms")
            bare = sorted([(await took(client, "/healthz"))[0] for _ in range(50)])[25]
            for path, language in ((path, language) for language in TONGUES for path in PAGES):
                address = f"{path.format(slug=slug, uid=uid)}{'&' if '?' in path else '?'}lang={language}"
                cold = []
                for _ in range(5):
                    state.page_cache = PageCache(1 << 24)
                    milliseconds, size = await took(client, address)
                    cold.append(milliseconds)
                warm = sorted([(await took(client, address))[0] for _ in range(20)])[10]
                rows.append((f"{language} {path}", size, sorted(cold)[2], max(cold), warm))
        print(f"{'page':78} {'bytes':>7} {'anew ms':>8} {'worst':>7} {'kept ms':>8} {'÷ bare answer':>14}")
        for path, size, middle, worst, warm in rows:
            print(f"{path:78} {size:7} {middle:8.1f} {worst:7.1f} {warm:8.2f} {warm / bare:14.1f}")
        return rows

    rows = asyncio.run(measured())
    assert [path for path, size, *_ in rows if size >= 100_000] == []
    assert [path for path, _, middle, _, _ in rows if middle >= 150] == []
    assert [path for path, *_, warm in rows if warm >= 20] == []
