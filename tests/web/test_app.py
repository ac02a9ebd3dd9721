"""Errors, HEAD and probes of the whole application."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest

from app.store import Store

Get = Callable[..., httpx.Response]


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
def test_error_is_problem_json(get: Get, method: str, path: str, status: int, where: str) -> None:
    answer = get(path, method)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    said = answer.json()
    assert (said["status"], said["where"]) == (status, where)
    assert said["hint"]


def test_unforeseen_error_hides_its_cause(get: Get, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(Store, "events", broken)
    answer = get("/api/v1/events")
    assert (answer.status_code, answer.headers["content-type"]) == (500, "application/problem+json")
    assert "secret" not in answer.text


def test_head_answers_as_get_without_body(get: Get) -> None:
    head, whole = get("/api/v1/events", "HEAD"), get("/api/v1/events")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == whole.headers["content-length"]


def test_probes_report_health_and_readiness(get: Get) -> None:
    assert get("/healthz").json()["status"] == "ok"
    assert get("/readyz").json() == {
        "status": "ready",
        "revision": 1,
        "feeds": {"held": 0, "stale": 0, "since": None, "unwritable": 0},
    }


@pytest.mark.parametrize("language", ["en", "ar", "zh"])
def test_missing_page_offers_search_in_the_language(get: Get, language: str) -> None:
    answer = get(f"/resolutions/none?lang={language}", headers={"accept": "text/html"})
    assert (answer.status_code, answer.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert 'action="/resolutions' in answer.text
    assert 'name="q"' in answer.text
    assert f'lang="{language}"' in answer.text
