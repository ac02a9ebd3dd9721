"""Saved feeds: one short address, whatever is saved under it; ended for good when it is ended."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import httpx
import icalendar
import pytest

from app.feeds import FEEDS
from app.services import subscriptions, tokens
from app.settings import Settings
from app.store import Store
from app.web.app import create_app
from app.web.feeds import almanac_feeds
from tests.web.standing import BASE, RESOLUTION, SCHEDULES, load

SAVED = "/api/v1/subscriptions"
REPORT, CONFERENCE = "A-RES-72-251.20.report.1", "A-RES-72-251.5.meeting.1"
Visit = Callable[..., Any]


def bearer(store: Store, *scopes: str) -> dict[str, str]:
    _, text = tokens.create_token(store, "someone", scopes or ("derive",), datetime.now(UTC))
    return {"authorization": f"Bearer {text}"}


def uids(data: bytes) -> set[str]:
    return {str(item["UID"]) for item in icalendar.Calendar.from_ical(data).walk("VEVENT")}


def run(store: Store, settings: Settings, steps: Visit) -> Any:
    application: Any = create_app(settings, store)
    application.feed_cache.poll_interval = application.feed_cache.stale_ttl = 0.0

    async def whole() -> Any:
        transport = httpx.ASGITransport(application, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return await steps(client)

    return asyncio.run(whole())


def test_saved_feed_is_created_replaced_and_deleted(store: Store, settings: Settings) -> None:
    token = bearer(store)

    async def steps(client: httpx.AsyncClient) -> None:
        body = {"feed": "all", "choice": {"kind": ["report"], "lang": "zh"}, "name": "裁军"}
        made = await client.post(SAVED, json=body, headers=token)
        assert made.status_code == 201
        said = made.json()
        path = f"{SAVED}/{said['id']}"
        assert made.headers["location"] == path
        assert said["address"] == f"{BASE}/feeds/s/{said['id']}.ics"
        assert said["webcal"] == said["address"].replace("https://", "webcal://")
        assert len(said["address"]) < 100
        assert (said["feed"], said["choice"]) == ("all", {"kind": ["report"], "lang": ["zh"]})

        feed = f"/feeds/s/{said['id']}.ics"
        before = await client.get(feed)
        assert (before.status_code, uids(before.content)) == (200, {REPORT})
        calendar = icalendar.Calendar.from_ical(before.content)
        assert (str(calendar["X-WR-CALNAME"]), str(calendar["SOURCE"])) == ("裁军", said["address"])
        assert (await client.get(feed, headers={"if-none-match": before.headers["etag"]})).status_code == 304
        found = await client.request("PROPFIND", feed)
        assert "<d:displayname>裁军</d:displayname>" in found.text

        changed = await client.put(path, json={"feed": "resolution/A-RES-72-251", "choice": "kind=meeting&lang=en"},
                                   headers=token)  # fmt: skip
        assert (changed.status_code, changed.json()["choice"]) == (200, {"kind": ["meeting"], "lang": ["en"]})
        after = await client.get(feed, headers={"if-none-match": before.headers["etag"]})
        assert after.status_code == 200
        assert CONFERENCE in uids(after.content)
        assert REPORT not in uids(after.content)
        assert (await client.get(path, headers=token)).json() == changed.json()
        assert (await client.get(SAVED, headers=token)).json() == {"items": [changed.json()], "next": None}

        assert (await client.delete(path, headers=token)).status_code == 204
        gone = await client.get(feed)
        assert (gone.status_code, gone.headers["content-type"]) == (410, "application/problem+json")
        assert (await client.head(feed)).status_code == 410
        assert (await client.request("PROPFIND", feed)).status_code == 410
        for method in ("GET", "PUT", "DELETE"):
            more: dict[str, Any] = {"json": {}} if method == "PUT" else {}
            assert (await client.request(method, path, headers=token, **more)).status_code == 410
        assert (await client.get(SAVED, headers=token)).json() == {"items": [], "next": None}

    run(store, settings, steps)


def test_saved_feed_is_its_owners_and_the_admins(store: Store, settings: Settings) -> None:
    mine, other, admin = bearer(store), bearer(store, "review"), bearer(store, "admin")

    async def steps(client: httpx.AsyncClient) -> list[int]:
        path = (await client.post(SAVED, json={}, headers=mine)).headers["location"]
        return [
            (await client.get(path)).status_code,
            (await client.get(path, headers=other)).status_code,
            (await client.delete(path, headers=other)).status_code,
            (await client.get(path, headers=admin)).status_code,
            (await client.get(path, headers=mine)).status_code,
        ]

    assert run(store, settings, steps) == [401, 404, 404, 200, 200]


@pytest.mark.parametrize(
    ("body", "status", "where"),
    [
        ({"feed": "nothing"}, 404, "feed"),
        ({"feed": "resolution/A-RES-1-1"}, 404, "feed"),
        ({"feed": "s/aaaaaaaaaaaaaaaaaaaaaa"}, 404, "feed"),
        ({"choice": {"colour": "red"}}, 400, "query"),
        ({"choice": "kind=party"}, 400, "kind"),
        ({"choice": {"lang": "tlh"}}, 400, "lang"),
        ({"name": "a\u202eb"}, 400, "name"),
        ({"name": "a" * 121}, 422, "name"),
        ({"owner": "somebody"}, 422, "owner"),
    ],
)
def test_saved_feed_rejects_invalid_choice(
    store: Store, settings: Settings, body: dict[str, Any], status: int, where: str
) -> None:
    token = bearer(store)
    answer = run(store, settings, lambda client: client.post(SAVED, json=body, headers=token))
    assert (answer.status_code, answer.json()["where"]) == (status, where)


def test_saved_feed_takes_no_parameters(store: Store, settings: Settings) -> None:
    token = bearer(store)

    async def steps(client: httpx.AsyncClient) -> list[int]:
        made = (await client.post(SAVED, json={"choice": {"lang": "ar"}}, headers=token)).json()["id"]
        paths = (f"s/{made}.ics?kind=report", f"s/{made}.ics?v=2", f"s/{made}.json", f"s/{made[:-1]}x.ics", "s/.ics")
        return [(await client.get(f"/feeds/{path}")).status_code for path in paths]

    assert run(store, settings, steps) == [400, 200, 200, 404, 404]


def test_saved_feeds_per_token_are_bounded(store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    token = bearer(store)
    monkeypatch.setitem(subscriptions.subscribe.__globals__, "_MOST", 2)

    async def steps(client: httpx.AsyncClient) -> list[int]:
        return [(await client.post(SAVED, json={}, headers=token)).status_code for _ in range(3)]

    assert run(store, settings, steps) == [201, 201, 409]


def test_feed_names_match_the_feeds() -> None:
    assert set(FEEDS) == {"all", *almanac_feeds.TITLES}


def test_replacing_a_choice_leaves_other_feeds_cached(store: Store, settings: Settings) -> None:
    token = bearer(store)
    application: Any = create_app(settings, store)
    held = application.feed_cache
    held.poll_interval = held.stale_ttl = 0.0

    async def steps() -> tuple[list[int], list[bool]]:
        transport = httpx.ASGITransport(application)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            made = (await client.post(SAVED, json={"feed": "all", "name": "First"}, headers=token)).json()
            others = ("/feeds/all.ics", "/feeds/resolution/A-RES-72-251.ics")
            paths = (*others, f"/feeds/s/{made['id']}.ics")
            before = [(await client.get(path)).content for path in paths]
            renders = [held.counts["renders"]]
            await client.put(f"{SAVED}/{made['id']}", json={"feed": "all", "name": "Second"}, headers=token)
            after = [(await client.get(path)).content for path in paths]
            renders.append(held.counts["renders"])
            # A change of the contents is another matter: then each is made anew.
            load(store, [replace(RESOLUTION, title={"en": "Rivers"}), *SCHEDULES[1:]], "changed")
            for path in paths:
                await client.get(path)
            return [*renders, held.counts["renders"]], [a == b for a, b in zip(before, after, strict=True)]

    assert asyncio.run(steps()) == ([3, 4, 7], [True, True, False])
