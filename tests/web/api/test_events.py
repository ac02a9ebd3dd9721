"""The JSON API: what stands, what stood, how it came about; every error a problem."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.feeds import FORMATS
from app.store import Store

Get = Callable[..., httpx.Response]
KEYS = (
    *("uid", "paragraph", "kind", "when", "certainty", "status", "start", "end", "recurrence", "timezone", "place"),
    *("bearer", "addressees", "force", "action", "title", "quote", "span", "rule", "arithmetic", "alternatives"),
    *("decided", "instrument", "revision"),
)


def whens(answer: httpx.Response) -> dict[str, str]:
    return {item["paragraph"]: item["when"] for item in answer.json()["items"]}


def test_an_item_has_every_key_of_the_contract(get: Get) -> None:
    item = get("/api/v1/events/A-RES-72-251.20.report.1").json()
    assert [key for key in KEYS if key not in item] == []
    assert {key: item[key] for key in ("kind", "when", "certainty", "start", "end", "bearer", "addressees")} == {
        "kind": "report",
        "when": "GA73",
        "certainty": "window",
        "start": "2018-09-18",
        "end": "2019-09-16",
        "bearer": "secretary-general",
        "addressees": ["general-assembly", "conference-on-disarmament"],
    }


@pytest.mark.parametrize(
    ("day", "conference", "organizational"),
    [
        ("2018-03-25", "2018-05-14/2018-05-16", "2018-03-28"),
        ("2018-03-26", "2018-05-14/2018-05-16", "2018-05-10"),
        ("2018-04-01", "2018-05-14/2018-05-16", "2018-05-10"),
        ("2018-04-27", "TBD", "TBD"),
    ],
)
def test_what_stood_on_a_day(get: Get, day: str, conference: str, organizational: str) -> None:
    for path in ("/api/v1/events?resolution=A-RES-72-251&", "/api/v1/resolutions/A-RES-72-251?"):
        found = whens(get(f"{path}as_of={day}"))
        assert (found["5"], found["6"]) == (conference, organizational)


def test_nothing_stood_before_the_resolution(get: Get) -> None:
    assert get("/api/v1/events?as_of=2017-12-23").json()["items"] == []
    assert get("/api/v1/events/A-RES-72-251.5.meeting.1?as_of=2017-12-23").status_code == 404


def test_what_was_not_yet_known(get: Get) -> None:
    assert get("/api/v1/events?known_at=2026-11-23T23:59:59Z").json()["items"] == []
    assert len(get("/api/v1/events?known_at=2026-11-24T02:00:00%2b01:00").json()["items"]) == 5


def test_pages_follow_each_other(get: Get) -> None:
    found, cursor = [], ""
    for _ in range(5):
        page = get("/api/v1/events", params={"limit": "2", "next": cursor}).json()
        found += [item["uid"] for item in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert found == [item["uid"] for item in get("/api/v1/events").json()["items"]]
    assert len(found) == 5


def test_filters(get: Get) -> None:
    assert set(whens(get("/api/v1/events?kind=report,obligation"))) == {"7", "20"}
    assert set(whens(get("/api/v1/events?actor=conference-on-disarmament"))) == {"20"}
    assert set(whens(get("/api/v1/events?from=2030&to=2030"))) == {"16"}
    assert set(whens(get("/api/v1/events?kind="))) == {"5", "6", "7", "16", "20"}


def test_instruments(get: Get) -> None:
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


def test_history_and_changes(get: Get) -> None:
    states = get("/api/v1/events/A-RES-72-251.6.meeting.1/history").json()["items"]
    assert [(item["revision"], item["instrument"], item["action"], item["event"]["when"]) for item in states] == [
        (0, "A/RES/72/251", None, "2018-03-28"),
        (1, "A/DEC/72/553", "move", "2018-05-10"),
        (2, "A/DEC/72/556", "postpone", "TBD"),
    ]
    changes = get("/api/v1/changes?since=2026-11-23").json()["items"]
    moved = next(item for item in changes if item["action"] == "move")
    assert (moved["before"]["when"], moved["event"]["when"]) == ("2018-03-28", "2018-05-10")
    assert get("/api/v1/changes?since=2026-11-25").json() == {"items": [], "next": None}


def test_sessions_and_languages(get: Get) -> None:
    items = get("/api/v1/sessions?from=2018-09-18&to=2019-01-01").json()["items"]
    assert [(item["token"], item["opens"], item["closes"]) for item in items] == [("GA73", "2018-09-18", "2019-09-16")]
    names = {item["language"]: item["name"] for item in get("/api/v1/languages").json()["items"]}
    assert (names["ar"], names["zh"], len(names)) == ("العربية", "中文", 6)


@pytest.mark.parametrize(
    ("method", "path", "status", "where"),
    [
        ("GET", "/api/v1/events?colour=red", 400, "query"),
        ("GET", "/api/v1/events?from=2018-02-30", 400, "from"),
        ("GET", "/api/v1/events?as_of=soon", 400, "as_of"),
        ("GET", "/api/v1/events?known_at=soon", 400, "known_at"),
        ("GET", "/api/v1/events?limit=0", 400, "limit"),
        ("GET", "/api/v1/events?limit=ten", 400, "limit"),
        ("GET", "/api/v1/events?next=xyz", 400, "cursor"),
        ("GET", "/api/v1/events?as_of=2018-01-01&as_of=2018-01-02", 400, "as_of"),
        ("GET", "/api/v1/events?lang=de", 400, "lang"),
        ("GET", "/api/v1/events/none", 404, "address"),
        ("GET", "/api/v1/events/none/history", 404, "address"),
        ("GET", "/api/v1/resolutions/none", 404, "address"),
        ("GET", "/api/v1/resolutions/A-RES-72-251?x=1", 400, "query"),
        ("GET", "/api/v1/sessions?body=nobody", 400, "body"),
        ("GET", "/api/v1/changes?since=soon", 400, "since"),
        ("GET", "/api/v2/events", 404, "/api/v2/events"),
        ("DELETE", "/api/v1/events", 405, "/api/v1/events"),
        ("POST", "/api/v1/derive", 400, "content-type"),
    ],
)
def test_every_error_is_a_problem(get: Get, method: str, path: str, status: int, where: str) -> None:
    answer = get(path, method)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    said = answer.json()
    assert (said["status"], said["where"]) == (status, where)
    assert said["hint"]


def test_a_failure_inside_tells_nothing_of_the_inside(get: Get, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(Store, "events", broken)
    answer = get("/api/v1/events")
    assert (answer.status_code, answer.headers["content-type"]) == (500, "application/problem+json")
    assert "secret" not in answer.text


@pytest.mark.parametrize(
    ("fields", "status", "where"),
    [
        ({"lang": "zh"}, 422, "file"),
        ({"lang": "de", "text": "1. Decides"}, 400, "lang"),
        ({"text": "1. Decides"}, 400, "lang"),
        ({"lang": "en", "text": "1. Decides", "adopted": "soon"}, 400, "adopted"),
        ({"lang": "en", "text": "1. Decides", "colour": "red"}, 400, "form"),
        ({"lang": "en", "text": "hello", "symbol": "no symbol"}, 422, ""),
    ],
)
def test_what_cannot_be_derived_is_refused(get: Get, fields: dict[str, str], status: int, where: str) -> None:
    answer = get("/api/v1/derive", "POST", data=fields)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    if where:
        assert answer.json()["where"] == where


def test_a_document_beyond_the_bound_is_refused(get: Get) -> None:
    answer = get("/api/v1/derive", "POST", files={"file": ("a.txt", b"x" * (22 * 1024 * 1024))}, data={"lang": "en"})
    assert (answer.status_code, answer.json()["type"]) == (413, "tag:plenary,2026:too-large")


def test_head_is_answered_as_get_without_a_body(get: Get) -> None:
    head, whole = get("/api/v1/events", "HEAD"), get("/api/v1/events")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == whole.headers["content-length"]


def test_operations(get: Get) -> None:
    assert get("/healthz").json()["status"] == "ok"
    assert get("/readyz").json() == {
        "status": "ready",
        "revision": 1,
        "feeds": {"held": 0, "stale": 0, "since": None},
    }


def test_openapi_describes_every_route_with_an_example(get: Get) -> None:
    described = get("/openapi.json").json()
    routes: dict[str, Any] = {
        f"{method} {path}": route for path, methods in described["paths"].items() for method, route in methods.items()
    }
    ours = {name: route for name, route in routes.items() if "/api/v1/" in name}
    assert sorted(ours) == [
        "delete /api/v1/subscriptions/{id}",
        "delete /api/v1/webhooks/{id_}",
        "get /api/v1/audit",
        "get /api/v1/changes",
        "get /api/v1/events",
        "get /api/v1/events/{uid}",
        "get /api/v1/events/{uid}/history",
        "get /api/v1/feeds",
        "get /api/v1/jobs/{id_}",
        "get /api/v1/jobs/{id_}/events",
        "get /api/v1/languages",
        "get /api/v1/proposals",
        "get /api/v1/proposals/{number}",
        "get /api/v1/resolutions",
        "get /api/v1/resolutions/{slug}",
        "get /api/v1/sessions",
        "get /api/v1/subscriptions",
        "get /api/v1/subscriptions/{id}",
        "get /api/v1/webhooks",
        "get /api/v1/webhooks/{id_}/deliveries",
        "post /api/v1/derive",
        "post /api/v1/documents",
        "post /api/v1/reviews",
        "post /api/v1/subscriptions",
        "post /api/v1/webhooks",
        "put /api/v1/subscriptions/{id}",
    ]
    for name, route in ours.items():
        good = min(route["responses"])
        # 204 is an answer without a body.
        assert (good[0], "example" in json.dumps(route["responses"][good])) == ("2", good != "204"), name
        assert route["summary"], name
    named = [parameter["name"] for parameter in ours["get /api/v1/events"]["parameters"]]
    assert {"kind", "actor", "from", "to", "as_of", "known_at", "limit", "next", "lang"} <= set(named)
    assert set(FORMATS) == {"ics", "jcal", "json", "atom", "csv"}


def test_what_a_text_does_to_events_of_the_store_is_proposed(get: Get) -> None:
    path = Path(__file__).parents[2] / "corpus" / "amend" / "A-DEC-72-556.en.txt"
    answer = get("/api/v1/derive", "POST", files={"file": (path.name, path.read_bytes())}, data={"lang": "en"})
    assert answer.status_code == 200
    found = {item["target"]: item for item in answer.json()["proposed_amendments"]}
    assert {uid: (item["action"], item["when"], item["status"]) for uid, item in found.items()} == {
        "A-RES-72-251.5.meeting.1": ("postpone", "TBD", "proposed"),
        "A-RES-72-251.6.meeting.1": ("postpone", "TBD", "proposed"),
    }
