"""HEAD, tracking parameters, entity tags, compression and CORS of the whole application."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest

from app.web.server.middleware import clean_query

Get = Callable[..., httpx.Response]
EVENTS = "/api/v1/events"


@pytest.mark.parametrize(
    ("query", "cleaned"),
    [
        (b"", b""),
        (b"kind=report&from=2018", b"kind=report&from=2018"),
        (b"fbclid=x", b""),
        (b"kind=report&utm_source=a&utm_medium=b", b"kind=report"),
        (b"kind=report&amp;lang=fr", b"kind=report&lang=fr"),
        (b"kind=report&amp;", b"kind=report"),
        (b"q=utm_x", b"q=utm_x"),
        (b"q=%E6%A0%B8&gclid=1", b"q=%E6%A0%B8"),
        (b"q=%ff&gclid=1", b"q=%FF"),
    ],
)
def test_clean_query_drops_tracking_parameters(query: bytes, cleaned: bytes) -> None:
    assert clean_query(query) == cleaned


@pytest.mark.parametrize("path", ["/", "/calendar", "/resolutions", "/subscribe", EVENTS, "/feeds/all.ics"])
def test_shared_link_answers_as_the_plain_one(get: Get, path: str) -> None:
    shared = get(f"{path}?utm_source=a&fbclid=b&gclid=c&amp;")
    plain = get(path)
    assert (shared.status_code, shared.content) == (200, plain.content)


def test_api_answers_304_to_its_own_tag(get: Get) -> None:
    whole = get(EVENTS)
    again = get(EVENTS, headers={"if-none-match": whole.headers["etag"]})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", whole.headers["etag"])
    assert whole.headers["cache-control"] == "public, no-cache"
    assert get(f"{EVENTS}?kind=report", headers={"if-none-match": whole.headers["etag"]}).status_code == 200


def test_api_compresses_long_answers(get: Get) -> None:
    packed = get(EVENTS, headers={"accept-encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.json() == get(EVENTS, headers={"accept-encoding": "identity"}).json()


def test_api_allows_other_origins_and_preflight(get: Get) -> None:
    origin = {"origin": "https://other.example"}
    assert get(EVENTS, headers=origin).headers["access-control-allow-origin"] == "*"
    assert get(f"{EVENTS}?x=1", headers=origin).headers["access-control-allow-origin"] == "*"
    asked = {**origin, "access-control-request-method": "POST", "access-control-request-headers": "authorization"}
    preflight = get("/api/v1/derive", "OPTIONS", headers=asked)
    assert preflight.status_code == 200
    assert "POST" in preflight.headers["access-control-allow-methods"]
    assert "authorization" in preflight.headers["access-control-allow-headers"].lower()
    assert "access-control-allow-origin" not in get("/calendar", headers=origin).headers


def test_list_links_to_its_next_page(get: Get) -> None:
    first = get(f"{EVENTS}?limit=2&kind=meeting")
    target = first.headers["link"].partition(">")[0].lstrip("<")
    second = get(target)
    assert first.headers["link"].endswith('; rel="next"')
    assert len(second.json()["items"]) == 1
    assert "link" not in second.headers


@pytest.mark.parametrize("path", ["/calendar", "/subscribe", "/feeds/all.ics", EVENTS])
def test_unknown_actor_is_refused_everywhere(get: Get, path: str) -> None:
    assert get(f"{path}?actor=secretary-generl").status_code == 400
    assert get(f"{path}?from=2019&to=2018").status_code == 400
