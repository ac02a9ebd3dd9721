"""A large feed says so, and splits into feeds of a year that together hold the same."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import httpx
import icalendar
import pytest

from app.feeds import FeedOptions
from app.settings import Settings
from app.store import Store
from app.web.app import create_app
from app.web.feeds import response, size
from tests.web.standing import BASE, CONFERENCE, RESOLUTION, load

Get = Callable[..., httpx.Response]


def uids(data: bytes) -> set[str]:
    return {str(item["UID"]) for item in icalendar.Calendar.from_ical(data).walk("VEVENT")}


def test_a_small_feed_is_measured_and_nothing_is_said(get: Get) -> None:
    response = get("/api/v1/feeds?feed=resolution/A-RES-72-251&kind=meeting&lang=fr").json()
    feed = get("/feeds/resolution/A-RES-72-251.ics?kind=meeting&lang=fr", headers={"accept-encoding": "identity"})
    assert response == {
        "feed": "resolution/A-RES-72-251",
        "address": f"{BASE}/feeds/resolution/A-RES-72-251.ics?kind=meeting&lang=fr",
        "webcal": f"webcal://{BASE.partition('://')[2]}/feeds/resolution/A-RES-72-251.ics?kind=meeting&lang=fr",
        "bytes": len(feed.content),
        "events": 3,
        "etag": feed.headers["etag"],
        "warning": None,
        "parts": [],
    }
    about = "/api/v1/feeds?feed=resolution%2FA-RES-72-251&kind=meeting&lang=fr"
    assert feed.headers["link"] == f'<{about}>; rel="describedby"; type="application/json"'
    assert "plenary-notice" not in feed.headers
    assert get(about).json() == response


@pytest.mark.parametrize(("query", "status"), [("feed=nothing", 404), ("colour=red", 400)])
def test_what_there_is_not_is_refused(get: Get, query: str, status: int) -> None:
    assert get(f"/api/v1/feeds?{query}").status_code == status


def test_a_large_feed_is_split_by_year(store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    first = date(2018, 1, 1)
    many = tuple(
        replace(CONFERENCE, uid=f"A-RES-72-251.5.meeting.{number + 2}", start=day, end=day, when=day.isoformat())
        for number in range(120)
        for day in (first + timedelta(days=number * 10),)
    )
    load(store, (replace(RESOLUTION, events=(*RESOLUTION.events, *many)),), "many")
    for module in (response, size):
        monkeypatch.setattr(module, "LARGE_FEED", 50_000)
    application: Any = create_app(settings, store)

    async def steps() -> None:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(application), base_url="http://test") as client:
            whole = await client.get("/feeds/all.ics")
            assert "large" in whole.headers["plenary-notice"]
            said = (await client.get("/api/v1/feeds?lang=zh")).json()
            assert said["warning"].startswith("此订阅源为 0.1 MB")
            plain = (await client.get("/api/v1/feeds")).json()
            assert [part["year"] for part in plain["parts"]] == [2018, 2019, 2020, 2021]
            assert plain["parts"][1]["address"] == f"{BASE}/feeds/all.ics?from=2019-01-01&to=2019-12-31"
            parts = [await client.get(part["address"].removeprefix(BASE)) for part in plain["parts"]]
            assert {part.status_code for part in parts} == {200}
            assert max(len(part.content) for part in parts) < len(whole.content) / 2
            assert set().union(*(uids(part.content) for part in parts)) == uids(whole.content)
            assert "plenary-notice" not in parts[0].headers

    asyncio.run(steps())


def test_the_parts_choose_what_the_choice_chooses() -> None:
    choice = FeedOptions(start=date(2018, 3, 1), end=date(2021, 6, 30))
    assert [(year, part.start, part.end) for year, part in size.split(choice, [2018, 2020, 2021])] == [
        (2018, date(2018, 3, 1), date(2019, 12, 31)),
        (2020, date(2020, 1, 1), date(2020, 12, 31)),
        (2021, date(2021, 1, 1), date(2021, 6, 30)),
    ]
    assert size.split(choice, [2018]) == []
