"""Sessions and languages over the API."""

from __future__ import annotations

from collections.abc import Callable

import httpx

Get = Callable[..., httpx.Response]


def test_sessions_overlap_the_period(get: Get) -> None:
    items = get("/api/v1/sessions?from=2018-09-18&to=2019-01-01").json()["items"]
    assert [(item["token"], item["opens"], item["closes"]) for item in items] == [("GA73", "2018-09-18", "2019-09-16")]
    names = {item["language"]: item["name"] for item in get("/api/v1/languages").json()["items"]}
    assert (names["ar"], names["zh"], len(names)) == ("العربية", "中文", 6)
