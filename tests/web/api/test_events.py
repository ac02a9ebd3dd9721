"""Events over the API: as they stand, stood, and were known."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest

Get = Callable[..., httpx.Response]
KEYS = (
    *("uid", "paragraph", "kind", "when", "certainty", "status", "start", "end", "recurrence", "timezone", "place"),
    *("bearer", "addressees", "force", "action", "title", "quote", "span", "rule", "arithmetic", "alternatives"),
    *("decided", "instrument", "revision"),
)


def whens(answer: httpx.Response) -> dict[str, str]:
    return {item["paragraph"]: item["when"] for item in answer.json()["items"]}


def test_event_has_every_key_of_the_contract(get: Get) -> None:
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
def test_as_of_gives_the_state_of_that_day(get: Get, day: str, conference: str, organizational: str) -> None:
    for path in ("/api/v1/events?resolution=A-RES-72-251&", "/api/v1/resolutions/A-RES-72-251?"):
        found = whens(get(f"{path}as_of={day}"))
        assert (found["5"], found["6"]) == (conference, organizational)


def test_as_of_before_adoption_gives_nothing(get: Get) -> None:
    assert get("/api/v1/events?as_of=2017-12-23").json()["items"] == []
    assert get("/api/v1/events/A-RES-72-251.5.meeting.1?as_of=2017-12-23").status_code == 404


def test_known_at_before_loading_gives_nothing(get: Get) -> None:
    assert get("/api/v1/events?known_at=2026-11-23T23:59:59Z").json()["items"] == []
    assert len(get("/api/v1/events?known_at=2026-11-24T02:00:00%2b01:00").json()["items"]) == 5


def test_pages_join_to_the_whole_list(get: Get) -> None:
    found, cursor = [], ""
    for _ in range(5):
        page = get("/api/v1/events", params={"limit": "2", "next": cursor}).json()
        found += [item["uid"] for item in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert found == [item["uid"] for item in get("/api/v1/events").json()["items"]]
    assert len(found) == 5


def test_filters_choose_events(get: Get) -> None:
    assert set(whens(get("/api/v1/events?kind=report,obligation"))) == {"7", "20"}
    assert set(whens(get("/api/v1/events?actor=conference-on-disarmament"))) == {"20"}
    assert set(whens(get("/api/v1/events?from=2030&to=2030"))) == {"16"}
    assert set(whens(get("/api/v1/events?kind="))) == {"5", "6", "7", "16", "20"}
