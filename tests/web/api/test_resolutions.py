"""Resolutions over the API."""

from __future__ import annotations

from collections.abc import Callable

import httpx

Get = Callable[..., httpx.Response]


def test_resolutions_list_and_detail_agree(get: Get) -> None:
    page = get("/api/v1/resolutions").json()
    assert [item["symbol"] for item in page["items"]] == ["A/DEC/72/553", "A/DEC/72/556", "A/RES/72/251"]
    item = page["items"][2]
    assert item["document"] == "https://docs.un.org/en/A/RES/72/251"
    assert item["feed"] == "https://calendar.example/feeds/resolution/A-RES-72-251.ics"
    assert [item["symbol"] for item in get("/api/v1/resolutions?q=核裁军").json()["items"]] == ["A/RES/72/251"]
    decision = get("/api/v1/resolutions/A-DEC-72-556").json()
    assert [(item["target"], item["action"]) for item in decision["amendments"]] == [
        ("A-RES-72-251.5.meeting.1", "postpone"),
        ("A-RES-72-251.6.meeting.1", "postpone"),
    ]


def test_symbol_with_slashes_leads_to_its_slug(get: Get) -> None:
    for path in ("/api/v1/resolutions/", "/resolutions/"):
        answer = get(f"{path}A/RES/72/251?lang=fr")
        assert (answer.status_code, answer.headers["location"]) == (308, f"{path}A-RES-72-251?lang=fr")
        assert get(f"{path}some/words").status_code == 404
    feed = get("/feeds/resolution/A/RES/72/251.ics", follow_redirects=True)
    assert feed.status_code == 200
