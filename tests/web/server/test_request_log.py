from __future__ import annotations

import logging
from collections.abc import Callable

import httpx
import pytest

FEED = "/feeds/resolution/A-RES-72-251.ics"
Get = Callable[..., httpx.Response]


def test_an_id_that_is_fit_for_a_log_goes_in_and_comes_out(get: Get) -> None:
    for path in ("/healthz", FEED, "/feeds/none.ics", "/who/knows"):
        assert get(path, headers={"x-request-id": "proxy-7.a_B"}).headers["x-request-id"] == "proxy-7.a_B"


@pytest.mark.parametrize("given", ["a b", "a;b", "x" * 65, "", "a\tb", "é"])
def test_another_is_replaced(get: Get, given: str) -> None:
    for path in ("/healthz", FEED):
        answered = get(path, headers=[(b"x-request-id", given.encode("latin-1"))]).headers["x-request-id"]
        assert answered.isalnum()
        assert len(answered) == 16


def test_a_feed_that_caches_keep_has_no_id_of_its_own(get: Get) -> None:
    assert "x-request-id" not in get(FEED).headers


def test_a_line_says_neither_who_asked_nor_what_for(get: Get, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    get("/calendar?q=my+secret+search", headers={"user-agent": "my agent"})
    get("/events/A-RES-72-251.5.meeting.1")
    ours = [item for item in caplog.records if item.name != "httpx"]
    said = [(item.method, item.route, item.status) for item in ours]  # type: ignore[attr-defined]  # given as extra
    assert said == [("GET", "/calendar", 200), ("GET", "/events/{uid}", 200)]
    words = " ".join(str(vars(item)) for item in ours)
    for personal in ("secret", "127.0.0.1", "my agent", "A-RES-72-251.5"):
        assert personal not in words
