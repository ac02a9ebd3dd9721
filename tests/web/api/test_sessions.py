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


def test_sessions_of_all_bodies_have_place_and_certainty(get: Get) -> None:
    items = get("/api/v1/sessions?from=2026-12-07&to=2026-12-07").json()["items"]
    facts = {item["uid"]: (item["opens"], item["closes"], item["certainty"], item["place"]) for item in items}
    assert facts["session.BWC-WG.10"] == ("2026-12-07", "2026-12-11", "decided", "Geneva")
    assert facts["session.UNCITRAL-WG-V.69"] == ("2026-12-07", "2026-12-11", "forecast", "Vienna")
    assert facts["session.GA81"] == ("2026-09-08", "2027-09-07", "decided", "New York")


def test_forecast_session_has_its_rule_and_window(get: Get) -> None:
    items = get("/api/v1/sessions?body=commission-on-narcotic-drugs&from=2027&to=2027").json()["items"]
    whole = [item for item in items if item["part"] is None]
    assert whole == [
        {
            "uid": "session.CND70",
            "token": "CND70",
            "body": "commission-on-narcotic-drugs",
            "number": 70,
            "part": None,
            "name": "Commission on Narcotic Drugs",
            "title": "70th session of the Commission on Narcotic Drugs [forecast]",
            "opens": "2027-03-15",
            "closes": "2027-03-19",
            "start": "2027-03-01",
            "end": "2027-04-02",
            "certainty": "forecast",
            "forecast": True,
            "rule": "first Monday on or after 9 March",
            "place": "Vienna",
            "source": "United Nations calendar of conferences and meetings",
            "general_debate": None,
            "general_debate_forecast": False,
        }
    ]


def test_session_of_a_body_outside_the_registry(get: Get) -> None:
    found = get("/api/v1/sessions/CAT/83").json()
    assert (found["body"], found["name"], found["token"]) == (
        "committee-against-torture",
        "Committee against Torture",
        None,
    )
    assert found["title"] == "83rd session of the Committee against Torture"
