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


@pytest.mark.parametrize(
    ("query", "paragraphs"),
    [
        ("bearer=secretary-general", {"7", "20"}),
        ("addressee=secretary-general", set()),
        ("addressee=general-assembly", {"20"}),
        ("bearer=general-assembly", {"5", "6"}),
        ("session=GA73", {"20"}),
        ("session=GA73&bearer=secretary-general&kind=report", {"20"}),
        ("session=GA7", set()),
        ("resolution=A/RES/72/251&kind=report", {"20"}),
        ("resolution=A-RES-72-251&resolution=A-DEC-72-556&kind=meeting", {"5", "6", "16"}),
        ("topic=nuclear-disarmament&kind=obligation", {"7"}),
        ("utm_source=x&fbclid=y&amp;=&kind=report", {"20"}),
    ],
)
def test_filter_chooses_events_by_role_session_and_symbol(get: Get, query: str, paragraphs: set[str]) -> None:
    assert set(whens(get(f"/api/v1/events?{query}"))) == paragraphs


@pytest.mark.parametrize(
    ("query", "where", "near"),
    [
        ("actor=secretary-generl", "actor", "secretary-general"),
        ("bearer=nobody-at-all", "bearer", "/api/v1/actors"),
        ("body=general-assembley", "body", "general-assembly"),
        ("topic=nuclear-disarmamant", "topic", "nuclear-disarmament"),
        ("session=XX82", "session", "GA82"),
        ("resolution=some%20words", "resolution", "A-RES-72-251"),
        ("from=2019&to=2018", "to", "last day"),
        ("fields=uid,strat", "fields", "start"),
        ("sort=title", "sort", "day"),
    ],
)
def test_filter_refuses_unknown_values(get: Get, query: str, where: str, near: str) -> None:
    answer = get(f"/api/v1/events?{query}")
    assert (answer.status_code, answer.json()["where"]) == (400, where)
    assert near in answer.json()["hint"]


def test_fields_limit_items_to_members(get: Get) -> None:
    items = get("/api/v1/events?fields=uid,start&kind=report").json()["items"]
    assert items == [{"uid": "A-RES-72-251.20.report.1", "start": "2018-09-18"}]


def test_sort_gives_the_latest_first(get: Get) -> None:
    days = [item["start"] for item in get("/api/v1/events?sort=-day&from=2018&to=2018").json()["items"]]
    assert days == ["2018-09-26", "2018-09-18"]


def test_counts_add_up_to_the_list(get: Get) -> None:
    answer = get("/api/v1/events?topic=nuclear-disarmament&counts=yes&limit=1").json()
    assert answer["counts"] == {
        "total": 5,
        "kind": {"meeting": 3, "obligation": 1, "report": 1},
        "body": {"general-assembly": 5},
        "year": {"": 3, "2018": 2},
    }
    assert len(answer["items"]) == 1


def test_event_carries_its_addresses(get: Get) -> None:
    item = get("/api/v1/events/A-RES-72-251.20.report.1").json()
    base = "https://calendar.example/events/A-RES-72-251.20.report.1"
    assert (item["slug"], item["address"], item["ics"]) == ("A-RES-72-251", base, f"{base}.ics")


def statuses(get: Get, query: str) -> dict[str, str]:
    items = get(f"/api/v1/events?resolution=A-RES-72-251{query}").json()["items"]
    return {item["uid"].removeprefix("A-RES-72-251."): item["status"] for item in items}


def test_events_have_the_status_of_the_day_asked(get: Get) -> None:
    before, during, now = (statuses(get, query) for query in ("&as_of=2018-03-01", "&as_of=2018-05-15", ""))
    assert (before["5.meeting.1"], during["5.meeting.1"]) == ("scheduled", "postponed")
    assert (before["20.report.1"], now["20.report.1"]) == ("scheduled", "overdue")
    assert statuses(get, "&as_of=2018-10-01")["20.report.1"] == "due"


@pytest.mark.parametrize("path", ["/api/v1/events/{uid}", "/api/v1/events"])
def test_no_past_event_is_scheduled_or_forecast(get: Get, path: str) -> None:
    items = get("/api/v1/events?limit=1000").json()["items"]
    if "{uid}" in path:
        items = [get(path.format(uid=item["uid"])).json() for item in items]
    past = [item for item in items if item["end"] and item["end"][:10] < "2026-01-01" and not item["recurrence"]]
    shown = {(item["uid"], item["status"], item["certainty"]) for item in past}
    assert shown == {("A-RES-72-251.20.report.1", "overdue", "window")}


def test_status_filter_finds_the_events_that_show_it(get: Get) -> None:
    shown = statuses(get, "&limit=1000")
    for status in sorted({*shown.values(), "running"}):
        found = get(f"/api/v1/events?resolution=A-RES-72-251&counts=yes&status={status}").json()
        wanted = {uid for uid, other in shown.items() if other == status}
        assert {item["uid"].removeprefix("A-RES-72-251.") for item in found["items"]} == wanted
        assert found["counts"]["total"] == len(wanted)
    both = statuses(get, "&status=overdue,postponed")
    assert set(both.values()) == {"overdue", "postponed"}
    assert get("/api/v1/events?status=unknown").status_code == 400
