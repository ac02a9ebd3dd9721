"""Feeds over HTTP: conditions, encodings, methods, names, and what happens when the store changes or breaks."""

from __future__ import annotations

import asyncio
import gzip
import logging
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import icalendar
import pytest
from lxml import etree

from app.errors import StoreError
from app.feeds import FORMATS, TaggedCache, lint
from app.settings import Settings
from app.store import Store
from app.web.app import create_app
from app.web.feeds import response_cache
from tests.web.standing import BASE, CONFERENCE, MOVED, POSTPONED, RESOLUTION, SCHEDULES, load

FEED = "/feeds/resolution/A-RES-72-251.ics"
Get = Callable[..., httpx.Response]


def statuses(data: bytes) -> dict[str, tuple[str, int, date]]:
    events = icalendar.Calendar.from_ical(data).walk("VEVENT")
    return {str(item["UID"]): (str(item["STATUS"]), int(item["SEQUENCE"]), item["DTSTART"].dt) for item in events}


def test_a_feed_says_what_stands(get: Get) -> None:
    answer = get(FEED)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["cache-control"] == "public, max-age=60, stale-while-revalidate=600, stale-if-error=604800"
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["content-disposition"] == 'inline; filename="A-RES-72-251.ics"'
    assert lint(answer.content) == []
    assert statuses(answer.content) == {
        "A-RES-72-251.5.meeting.1": ("CANCELLED", 1, date(2018, 5, 14)),
        "A-RES-72-251.6.meeting.1": ("CANCELLED", 2, date(2018, 5, 10)),
        "A-RES-72-251.16.meeting.1": ("CONFIRMED", 0, date(2018, 9, 26)),
        "A-RES-72-251.20.report.1": ("TENTATIVE", 0, date(2018, 9, 18)),
    }


def test_chinese_titles_by_the_address(get: Get) -> None:
    data = get(FEED + "?lang=zh").content.replace(b"\r\n ", b"").decode()
    assert "联合国核裁军问题高级别国际会议" in data


@pytest.mark.parametrize("path", ["/feeds/all", "/feeds/resolution/A-RES-72-251"])
@pytest.mark.parametrize("extension", FORMATS)
def test_every_feed_in_every_format(get: Get, path: str, extension: str) -> None:
    answer = get(f"{path}.{extension}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, FORMATS[extension].media_type)


def test_layer_address_without_format_follows_accept(get: Get) -> None:
    media = {name: format_.media_type for name, format_ in FORMATS.items()}
    asked = {
        "": "ics",
        "*/*": "ics",
        "text/calendar": "ics",
        "application/calendar+json": "jcal",
        "application/atom+xml, text/calendar;q=0.5": "atom",
        "text/html, */*;q=0.1": "ics",
    }
    for accept, expected in asked.items():
        answer = get("/feeds/all", headers={"accept": accept})
        assert (answer.headers["content-type"], answer.headers["vary"]) == (media[expected], "Accept, Accept-Encoding")
    assert get(FEED, headers={"accept": "application/calendar+json"}).headers["content-type"] == media["ics"]


def test_a_matching_tag_is_answered_304_with_its_headers(get: Get) -> None:
    first = get(FEED)
    tag = first.headers["etag"]
    assert tag.startswith('"')
    kept = ("etag", "cache-control", "vary")
    for condition in (tag, f"W/{tag}", f'"other", {tag}', "*", f'"a,b",W/"c" , {tag}'):
        answer = get(FEED, headers={"if-none-match": condition})
        assert (answer.status_code, answer.content) == (304, b"")
        assert [answer.headers[name] for name in kept] == [first.headers[name] for name in kept]
    assert get(FEED, headers={"if-none-match": '"other"'}).status_code == 200


@pytest.fixture(autouse=True)
def _identity(monkeypatch: pytest.MonkeyPatch) -> None:
    # httpx asks for gzip by itself; most tests here look at the bytes as they are.
    monkeypatch.setattr(httpx._client, "ACCEPT_ENCODING", "identity")


def test_gzip_has_a_tag_of_its_own_and_the_same_body(get: Get) -> None:
    plain, zipped = get(FEED), get(FEED, headers={"accept-encoding": "gzip, br"})
    assert zipped.headers["content-encoding"] == "gzip"
    assert zipped.content == plain.content
    assert zipped.headers["etag"] != plain.headers["etag"]
    assert int(zipped.headers["content-length"]) == len(gzip.compress(plain.content, 6, mtime=0))
    for tag, encoding, expected in (
        (zipped.headers["etag"], "gzip", 304),
        (zipped.headers["etag"], "identity", 200),
        (plain.headers["etag"], "gzip", 200),
    ):
        assert get(FEED, headers={"if-none-match": tag, "accept-encoding": encoding}).status_code == expected


def test_outlook_is_never_given_gzip(get: Get) -> None:
    agent = "Microsoft Exchange/15.20 (Windows NT 10.0; Win64; x64)"
    answer = get(FEED, headers={"accept-encoding": "gzip", "user-agent": agent})
    assert "content-encoding" not in answer.headers


def test_a_date_is_a_condition_only_without_a_tag(visit: Callable[..., Any]) -> None:
    async def steps(client: httpx.AsyncClient) -> list[int]:
        first = await client.get(FEED)
        since = {"if-modified-since": first.headers["last-modified"]}
        return [
            (await client.get(FEED, headers=since)).status_code,
            (await client.get(FEED, headers={**since, "if-none-match": '"other"'})).status_code,
            (await client.get(FEED, headers={"if-modified-since": "Thu, 01 Jan 1970 00:00:00 GMT"})).status_code,
            (await client.get(FEED, headers={"if-modified-since": "yesterday"})).status_code,
        ]

    assert visit(steps) == [304, 200, 200, 200]


def test_head_is_get_without_its_body(get: Get) -> None:
    head, whole = get(FEED, "HEAD"), get(FEED)
    assert (head.status_code, head.content) == (200, b"")
    drop = {"last-modified"}
    assert {k: v for k, v in head.headers.items() if k not in drop} == {
        k: v for k, v in whole.headers.items() if k not in drop
    }


def test_options_says_what_may_be_done(get: Get) -> None:
    answer = get(FEED, "OPTIONS", headers={"origin": "https://elsewhere.example"})
    assert (answer.status_code, answer.headers["allow"]) == (204, "GET, HEAD, OPTIONS, PROPFIND")
    assert answer.headers["access-control-allow-origin"] == "*"


def test_propfind_tells_thunderbird_that_this_is_a_calendar(get: Get) -> None:
    body = b'<propfind xmlns="DAV:"><prop><getcontenttype/><displayname/></prop></propfind>'
    answer = get(FEED, "PROPFIND", content=body, headers={"depth": "0"})
    assert answer.status_code == 207
    tree = etree.fromstring(answer.content)
    space = {"d": "DAV:"}
    assert tree.xpath("string(//d:href)", namespaces=space) == FEED
    assert tree.xpath("string(//d:getcontenttype)", namespaces=space) == "text/calendar; charset=utf-8"
    assert (
        tree.xpath("string(//d:displayname)", namespaces=space) == "72/251 Nuclear disarmament: 2013 high-level meeting"
    )
    assert get("/feeds/nothing.ics", "PROPFIND").status_code == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "REPORT", "MKCALENDAR"])
def test_nothing_can_be_written(get: Get, method: str) -> None:
    answer = get(FEED, method)
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD, OPTIONS, PROPFIND")
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("path", "status", "where"),
    [
        ("/feeds/nothing.ics", 404, "address"),
        ("/feeds/all.xls", 404, "address"),
        ("/feeds/resolution/A-RES-1-1.ics", 404, "address"),
        ("/feeds/resolution/%2e%2e%2f%2e%2e%2fetc%2fpasswd.ics", 404, "address"),
        ("/feeds/resolution/" + "A" * 5000 + ".ics", 404, "address"),
        ("/feeds/.ics", 404, "address"),
        ("/feeds/all.ics?colour=red", 400, "query"),
        ("/feeds/all.ics?from=2018-02-30", 400, "from"),
        ("/feeds/all.ics?lang=tlh", 400, "lang"),
        ("/feeds/all.ics?q=" + "a" * 3000, 400, "query"),
        ("/feeds/all.ics?kind=%ff%fe", 400, "kind"),
    ],
)
def test_what_is_wrong_is_a_problem_with_where_and_hint(get: Get, path: str, status: int, where: str) -> None:
    answer = get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    said = answer.json()
    assert (said["status"], said["where"]) == (status, where)
    assert said["hint"]
    assert said["type"].startswith("tag:plenary,2026:")


@pytest.mark.parametrize("path", ["/feeds/resolution/a-res-72-251.ics", "/feeds/resolution/A/RES/72/251.ics?lang=zh"])
def test_another_writing_of_the_name_redirects_for_ever(get: Get, path: str) -> None:
    answer = get(path)
    query = path.partition("?")[2]
    assert (answer.status_code, answer.headers["location"]) == (301, FEED + (f"?{query}" if query else ""))


def test_filters_choose(get: Get) -> None:
    chosen = {
        "kind=report": {"A-RES-72-251.20.report.1"},
        "actor=president-of-the-general-assembly": {"A-RES-72-251.16.meeting.1"},
        "kind=meeting&cancelled=drop": {"A-RES-72-251.16.meeting.1"},
        "q=nuclear+disarmament": {"A-RES-72-251.5.meeting.1"},
        "from=2018-09-01&to=2018-09-20": {"A-RES-72-251.20.report.1"},
        "windows=none&kind=report": set(),
        "topic=nuclear-disarmament&kind=report": {"A-RES-72-251.20.report.1"},
        "body=security-council": set(),
    }
    for query, uids in chosen.items():
        assert set(statuses(get(f"/feeds/all.ics?{query}").content)) == uids, query


def test_addresses_inside_are_those_of_the_service(get: Get) -> None:
    data = get(FEED).content.replace(b"\r\n ", b"")
    assert f"SOURCE;VALUE=URI:{BASE}{FEED}\r\n".encode() in data
    assert b"test/" not in data


def test_two_applications_give_the_same_bytes(get: Get) -> None:
    assert get("/feeds/all.ics?lang=ar").content == get("/feeds/all.ics?lang=ar").content


def test_a_change_of_the_store_is_seen(store: Store, settings: Settings) -> None:
    application = create_app(settings, store)
    application.feed_cache.poll_interval = application.feed_cache.stale_ttl = 0.0  # type: ignore[attr-defined]  # no waiting in tests

    async def steps() -> list[object]:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(application), base_url="http://test") as client:
            before = await client.get(FEED)
            moved = replace(CONFERENCE, title={"en": "Renamed"})
            changed = replace(RESOLUTION, events=(moved, *RESOLUTION.events[1:]))
            load(store, (changed, MOVED, POSTPONED), "changed")
            after = await client.get(FEED, headers={"if-none-match": before.headers["etag"]})
            return [before.status_code, after.status_code, b"Renamed" in after.content,
                    before.headers["last-modified"] != after.headers["last-modified"]]  # fmt: skip

    assert asyncio.run(steps()) == [200, 200, True, True]


def test_a_store_that_broke_leaves_the_last_good_bytes(
    store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    application = create_app(settings, store)
    application.feed_cache.poll_interval = application.feed_cache.stale_ttl = 0.0  # type: ignore[attr-defined]  # no waiting in tests

    def broken(*_: object, **__: object) -> None:
        raise StoreError("the disk is gone", where="store")

    async def steps() -> tuple[httpx.Response, httpx.Response, httpx.Response]:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(application), base_url="http://test") as client:
            before = await client.get(FEED)
            load(store, (replace(RESOLUTION, events=()),), "emptied")
            monkeypatch.setattr(Store, "events", broken)
            after = await client.get(FEED)
            fresh = await client.get("/feeds/all.ics")
            return before, after, fresh

    with caplog.at_level(logging.ERROR):
        before, after, fresh = asyncio.run(steps())
    assert (after.status_code, after.content) == (200, before.content)
    assert (fresh.status_code, fresh.json()["where"]) == (503, "store")
    assert "its last response is served" in caplog.text


def test_a_feed_whose_instrument_went_goes_on_cancelled(
    store: Store, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    application = create_app(settings, store)
    application.feed_cache.poll_interval = application.feed_cache.stale_ttl = 0.0  # type: ignore[attr-defined]  # no waiting in tests

    async def steps() -> tuple[httpx.Response, httpx.Response]:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(application), base_url="http://test") as client:
            before = await client.get(FEED)
            load(store, (), "withdrawn")
            return before, await client.get(FEED)

    before, after = asyncio.run(steps())
    events = before.content.count(b"BEGIN:VEVENT") - before.content.count(b"RECURRENCE-ID")
    assert (before.status_code, after.status_code, events) == (200, 200, 4)
    assert after.content.count(b"BEGIN:VEVENT") == after.content.count(b"STATUS:CANCELLED") == 4
    assert caplog.text == ""


def test_many_readers_of_a_new_feed_wait_for_one_rendering(
    store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    application = create_app(settings, store)
    renderer = application.feed_renderer  # type: ignore[attr-defined]  # to count what it does
    rendered = []
    real = renderer.render
    monkeypatch.setattr(renderer, "render", lambda *asked: rendered.append(asked) or real(*asked))

    async def steps() -> set[bytes]:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(application), base_url="http://test") as client:
            answers = await asyncio.gather(*(client.get(FEED) for _ in range(20)))
            await client.get(FEED, headers={"if-none-match": answers[0].headers["etag"]})
            return {answer.content for answer in answers}

    assert len(asyncio.run(steps())) == 1
    assert len(rendered) == 1


def test_feed_cache_stays_within_its_limit(store: Store, settings: Settings) -> None:
    application = create_app(settings, store)
    held = application.feed_cache  # type: ignore[attr-defined]  # to set its bound
    held._entries = TaggedCache(40_000, lambda entry: min(entry.size, 40_000))

    async def steps() -> list[int]:
        sizes = []
        async with httpx.AsyncClient(transport=httpx.ASGITransport(application), base_url="http://test") as client:
            for day in range(1, 29):
                answer = await client.get(f"/feeds/all.ics?from=2017-01-{day:02}", headers={"accept-encoding": "gzip"})
                assert answer.status_code == 200
                sizes.append(held.state.size)
        return sizes

    sizes = asyncio.run(steps())
    assert max(sizes) <= 40_000
    assert held.state.size == held._entries.size
    assert held.counts["evictions"] > 0


def test_who_follows_a_decision_sees_what_it_did(get: Get) -> None:
    followed = statuses(get("/feeds/resolution/A-DEC-72-556.ics").content)
    assert set(followed) == {"A-RES-72-251.5.meeting.1", "A-RES-72-251.6.meeting.1"}
    assert get("/feeds/resolution/A-DEC-72-556.ics?kind=report").status_code == 200


def test_who_polls_after_quiet_gets_what_another_process_changed(store: Store, settings: Settings) -> None:
    """No reader keeps a feed warm: the first poll after the change has it, not the one after that."""
    application: Any = create_app(settings, store)
    code = (
        "import sys; from app.store import Store; from tests.web.standing import *; from dataclasses import replace\n"
        "changed = replace(RESOLUTION, events=(replace(CONFERENCE, title={'en': 'Renamed'}), *RESOLUTION.events[1:]))\n"
        "assert load(Store(sys.argv[1]), (changed, MOVED, POSTPONED), 'elsewhere')\n"
    )

    async def steps() -> tuple[bytes, bytes, list[bool]]:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(application), base_url="http://test") as client:
            before = (await client.get(FEED)).content
            other = await asyncio.create_subprocess_exec(
                sys.executable, "-c", code, str(settings.database_url), cwd=Path(__file__).parents[3]
            )
            # Readers all the while: none may be given the old bytes a second after the change.
            seen: list[tuple[float, bool]] = []
            while other.returncode is None:
                seen.append((time.monotonic(), b"Renamed" in (await client.get(FEED)).content))
                await asyncio.sleep(0.02)
            done = time.monotonic()
            while time.monotonic() < done + 1.2:
                seen.append((time.monotonic(), b"Renamed" in (await client.get(FEED)).content))
                await asyncio.sleep(0.02)
            first = (await client.get("/feeds/all.ics")).content
            load(store, SCHEDULES, "back")
            await asyncio.sleep(1.0)
            assert b"Renamed" in first
            after = (await client.get("/feeds/all.ics")).content
            return before, after, [new for moment, new in seen if moment >= done + 1]

    before, after, late = asyncio.run(steps())
    assert b"Renamed" not in before
    assert b"Renamed" not in after
    assert len(late) > 3
    assert all(late)


def test_the_organizational_meeting_points_to_its_conference(get: Get) -> None:
    events = icalendar.Calendar.from_ical(get(FEED).content).walk("VEVENT")
    related = {str(item["UID"]): (str(item["RELATED-TO"]), item["RELATED-TO"].params["RELTYPE"])
               for item in events if "RELATED-TO" in item}  # fmt: skip
    assert related == {"A-RES-72-251.6.meeting.1": ("A-RES-72-251.5.meeting.1", "PARENT")}


@pytest.mark.parametrize(
    "path",
    [
        "/feeds/resolution//A-RES-72-251.ics",
        "/feeds//resolution/A-RES-72-251.ics",
        "/feeds/resolution/a//res/72/251.ics",
        "/feeds/resolution/%2FA-RES-72-251.ics",
        "/feeds/resolution/a/res/72/251.i%0d%0acs",
        "/feeds/resolution/a/res/72/251.ics%0d%0aX-Evil:1",
        "/feeds/resolution/a/res/72/251.%ff",
    ],
)
def test_feed_under_no_canonical_name_is_no_redirect(get: Get, path: str) -> None:
    answer = get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("name", ["a/res/72/251", "A/RES/72/251", "a-res-72-251", "A-RES-72-251."])
def test_feed_redirect_leads_to_another_address(get: Get, name: str) -> None:
    answer = get(f"/feeds/resolution/{name}.ics?lang=fr&q=a%0d%0ab")
    if answer.status_code == 301:
        location = answer.headers["location"]
        assert location == "/feeds/resolution/A-RES-72-251.ics?lang=fr&q=a%0d%0ab"
        assert get(location).status_code == 200
    else:
        assert answer.status_code == 404


def test_feed_unexpected_fault_is_a_counted_problem(
    store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    application: Any = create_app(settings, store)

    def broken(*_: object) -> None:
        raise RuntimeError("a fault of any kind")

    monkeypatch.setattr(application.feed_renderer, "render", broken)

    async def steps() -> tuple[httpx.Response, str]:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(application), base_url="http://test") as client:
            answer = await client.get(FEED)
            return answer, (await client.get("/metrics")).text

    answer, metrics = asyncio.run(steps())
    assert (answer.status_code, answer.headers["content-type"]) == (500, "application/problem+json")
    assert "fault of any kind" not in answer.text
    assert 'plenary_requests_total{method="GET",route="/feeds/resolution/{slug}",status="500"} 1.0' in metrics


def test_feed_renderings_are_rate_limited_and_polls_are_not(store: Store, settings: Settings) -> None:
    application = create_app(settings.model_copy(update={"rate": 50}), store)

    async def steps() -> tuple[list[int], list[int], httpx.Response]:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(application), base_url="http://test") as client:
            made = [await client.get(f"/feeds/all.ics?from=2017-01-{day:02}") for day in range(1, 5)]
            polls = [(await client.get("/feeds/all.ics?from=2017-01-01")).status_code for _ in range(30)]
            return [answer.status_code for answer in made], polls, made[-1]

    made, polls, refused = asyncio.run(steps())
    assert made == [200, 200, 429, 429]
    assert polls == [200] * 30
    assert int(refused.headers["retry-after"]) > 0
    assert refused.json()["status"] == 429


def test_feed_abandoned_renderings_stop_and_free_their_places(
    store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    application: Any = create_app(settings.model_copy(update={"rate": 0}), store)
    cache = application.feed_cache
    stopped = []

    def endless(name: str, format_: object, options: object, checkpoint: Callable[[], None]) -> None:
        try:
            while True:
                checkpoint()
                time.sleep(0.005)
        finally:
            stopped.append(name)

    async def steps() -> tuple[list[int], int, float]:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(application), base_url="http://test") as client:
            await client.get(FEED)
            with monkeypatch.context() as patch:
                patch.setattr(application.feed_renderer, "render", endless)
                waiting = [
                    asyncio.create_task(client.get(f"/feeds/all.ics?from=2017-{day // 28 + 1:02}-{day % 28 + 1:02}"))
                    for day in range(80)
                ]
                await asyncio.sleep(0.3)
                begun = time.monotonic()
                assert (await client.get(FEED)).status_code == 200
                assert (await client.get("/healthz")).status_code == 200
                took = time.monotonic() - begun
                refused = [task.result().status_code for task in waiting if task.done()]
                for task in waiting:
                    task.cancel()
                await asyncio.gather(*waiting, return_exceptions=True)
                until = time.monotonic() + 5
                while cache.queued and time.monotonic() < until:
                    await asyncio.sleep(0.01)
            return refused, cache.queued, took

    refused, queued, took = asyncio.run(steps())
    assert refused == [503] * (80 - response_cache.RENDER_THREADS - response_cache.RENDER_QUEUE)
    assert queued == 0
    # A thread may take up one that is about to be abandoned.
    assert response_cache.RENDER_THREADS <= len(stopped) < response_cache.RENDER_QUEUE
    # On a loaded machine; a hundredth of it on a quiet one.
    assert took < 1


def test_cache_size_concurrent_gzip_readers_is_what_is_held(store: Store, settings: Settings) -> None:
    application: Any = create_app(settings, store)
    cache = application.feed_cache

    async def steps() -> None:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(application), base_url="http://test") as client:
            paths = [f"/feeds/all.ics?from=2017-01-{day:02}" for day in (1, 2, 3)] * 20
            answers = await asyncio.gather(*(client.get(path, headers={"accept-encoding": "gzip"}) for path in paths))
            assert {answer.headers["content-encoding"] for answer in answers} == {"gzip"}
            assert cache._entries.size == sum(entry.size for entry in cache._entries.values())
            assert cache._entries.size == cache.state.size

    asyncio.run(steps())
