"""Feeds: rebuilding after one change, and the price of a 304, beside what one would write without them."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from statistics import median
from typing import Any

import fastapi
import icalendar
import pytest

from app.almanac import almanac
from app.documents import parse_symbol
from app.feeds import FORMATS, ChunkedList, Feed, FeedOptions, FragmentCache, InstrumentInfo
from app.model import Certainty, Event, Kind, Revision, Schedule
from app.schedule.history import histories
from app.settings import Settings
from app.store import Store
from app.web.app import create_app

pytestmark = pytest.mark.bench
ROUNDS = 5


def event(number: int) -> Event:
    day = date(2018, 1, 1) + timedelta(days=number % 3000)
    return Event(
        uid=f"A-RES-72-251.{number}.report.1",
        kind=Kind.REPORT,
        when=day.isoformat(),
        certainty=Certainty.DECIDED,
        instrument="A/RES/72/251",
        decided=date(2017, 12, 24),
        paragraph=str(number),
        start=day,
        end=day,
        bearer="secretary-general",
        addressees=("general-assembly",),
        quote={"zh": "请秘书长就本决议执行情况向大会第七十三届会议提出报告" * 2},
    )


class Records:
    def __init__(self, revisions: list[Revision]) -> None:
        self._revisions = {revision.event.uid: revision for revision in revisions}

    def history(self, uid: str) -> tuple[Revision, ...]:
        return (self._revisions[uid],)

    def about(self, instrument: str) -> InstrumentInfo:
        return InstrumentInfo({"en": "Follow-up"})


def order(item: Revision) -> tuple[date | None, str]:
    return item.event.start, item.event.uid


def seconds(work: Callable[[], object]) -> float:
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def test_a_feed_of_ten_thousand_is_rebuilt_after_one_change(capsys: pytest.CaptureFixture[str]) -> None:
    revisions = [Revision(event(number), 0, date(2017, 12, 24), "A/RES/72/251", None) for number in range(10_000)]
    feed = Feed(
        "all", "All", "All", "https://a.example/feeds/all.ics", "https://a.example/", "https://a.example", FeedOptions()
    )
    fragments, ics, records = FragmentCache(1 << 30), FORMATS["ics"], Records(revisions)
    listed = ChunkedList.of(sorted(revisions, key=order))
    first = seconds(lambda: fragments.render(ics, feed, listed, records))
    data = fragments.render(ics, feed, listed, records)
    kept, equal, whole = [], [], []
    for turn in range(ROUNDS):
        fresh = replace(revisions[turn], number=turn + 1)
        changed = listed.replace_items({fresh.event.uid}, [fresh], order)
        kept.append(seconds(lambda changed=changed: fragments.render(ics, feed, changed, records)))
        # The store gives new objects for what did not change: then they are compared, field by field.
        again = [replace(item, event=replace(item.event)) for item in changed]
        again[turn + 100] = replace(again[turn + 100], number=turn + 1)
        equal.append(seconds(lambda again=again: fragments.render(ics, feed, again, records)))
        parsed = icalendar.Calendar.from_ical(data)
        whole.append(seconds(parsed.to_ical))
    base = median(whole)
    rows = {
        "written for the first time": first,
        "icalendar writing the same components": base,
        "one changed, the other chunks the same": median(kept),
        "one changed, the others equal objects": median(equal),
    }
    with capsys.disabled():
        print(f"\n10,000 events, {len(data) / 1e6:.1f} MB, medians of {ROUNDS}")
        for name, spent in rows.items():
            print(f"  {name:<42} {spent * 1e3:9.1f} ms  {base / spent:6.1f} x")
    assert median(whole) / median(kept) >= 200


def scope(path: str, tag: bytes) -> dict[str, Any]:
    return {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http",
        "path": path, "raw_path": path.encode(), "query_string": b"", "root_path": "", "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
        "headers": [(b"host", b"a"), (b"user-agent", b"bench"), (b"accept", b"*/*"), (b"if-none-match", tag)],
    }  # fmt: skip


async def rate(application: Any, asked: dict[str, Any], count: int) -> float:
    statuses = set()

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            statuses.add(message["status"])

    start = time.process_time()
    for _ in range(count):
        await application(dict(asked), receive, send)
    spent = time.process_time() - start
    assert statuses == {304}
    return count / spent


def test_a_304_costs_the_same_for_ten_and_for_ten_thousand(tmp_path: Any, capsys: pytest.CaptureFixture[str]) -> None:
    plain = fastapi.FastAPI()

    @plain.get("/feeds/all.ics")
    async def answer(request: fastapi.Request) -> fastapi.Response:
        if request.headers.get("if-none-match") == '"x"':
            return fastapi.Response(status_code=304, headers={"etag": '"x"'})
        return fastapi.Response(b"")

    async def measure() -> dict[str, list[float]]:
        found: dict[str, list[float]] = {"plain FastAPI route": []}
        ours: dict[str, tuple[Any, bytes]] = {}
        for size in (10, 10_000):
            store = Store(f"sqlite:///{tmp_path / str(size)}.sqlite")
            store.migrate()
            schedule = Schedule(
                symbol=parse_symbol("A/RES/72/251"), adopted=date(2017, 12, 24), events=tuple(map(event, range(size)))
            )
            store.load(
                [schedule], histories([schedule], almanac()), fingerprint="x", recorded=datetime(2026, 1, 1, tzinfo=UTC)
            )
            application: Any = create_app(Settings(base_url="https://a.example"), store)
            tag = (await application.feed_cache.get("all.ics", b"")).etag
            ours[f"thin layer, {size:,} events"] = (application, tag)
            found[f"thin layer, {size:,} events"] = []
        for _ in range(ROUNDS):
            found["plain FastAPI route"].append(await rate(plain, scope("/feeds/all.ics", b'"x"'), 3000))
            for name, (application, tag) in ours.items():
                found[name].append(await rate(application, scope("/feeds/all.ics", tag), 20_000))
        return found

    found = {name: median(rates) for name, rates in asyncio.run(measure()).items()}
    base = found["plain FastAPI route"]
    with capsys.disabled():
        print(f"\n304 in process (ASGI calls a processor-second, medians of {ROUNDS} interleaved rounds)")
        for name, value in found.items():
            print(f"  {name:<28} {value:10,.0f}  {value / base:6.1f} x")
    assert found["thin layer, 10,000 events"] > 0.8 * found["thin layer, 10 events"]
    assert found["thin layer, 10 events"] > 4 * base
