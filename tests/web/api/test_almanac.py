"""Holidays, observances and working days over the API."""

from __future__ import annotations

from collections.abc import Callable

import httpx

Get = Callable[..., httpx.Response]


def test_workdays_of_one_day_say_why_it_is_off(get: Get) -> None:
    answer = get("/api/v1/workdays?from=2027-09-26").json()
    assert (answer["working_days"], answer["off"]) == (0, [{"day": "2027-09-26", "reason": "weekend", "name": None}])
    assert (answer["result"], answer["result_is_working_day"]) == ("2027-09-26", False)


def test_workdays_between_two_days_skip_holidays(get: Get) -> None:
    answer = get("/api/v1/workdays?from=2018-12-24&to=2018-12-31").json()
    assert (answer["days"], answer["working_days"]) == (8, 5)
    assert [(item["day"], item["reason"]) for item in answer["off"]] == [
        ("2018-12-25", "holiday"), ("2018-12-29", "weekend"), ("2018-12-30", "weekend"),
    ]  # fmt: skip


def test_workdays_offset_moves_the_day(get: Get) -> None:
    answer = get("/api/v1/workdays?from=2027-09-14&offset=-P10W").json()
    assert (answer["result"], answer["from"], answer["to"]) == ("2027-07-06", "2027-07-06", "2027-09-14")
    assert get("/api/v1/workdays?from=2027-09-14&offset=soon").json()["where"] == "offset"


def test_observances_of_a_year_are_named_in_arabic(get: Get) -> None:
    items = get("/api/v1/observances?from=2027&to=2027&lang=ar").json()["items"]
    named = {item["slug"]: item for item in items}
    day = named["human-rights-day"]
    assert (day["start"], day["end"], day["name"], day["resolution"]) == (
        "2027-12-10", "2027-12-10", "يوم حقوق الإنسان", day["resolution"],
    )  # fmt: skip
    assert len(items) > 150
    assert [item["start"] for item in items] == sorted(item["start"] for item in items)


def test_holidays_are_official_where_a_circular_gives_them(get: Get) -> None:
    answer = get("/api/v1/holidays?from=2020&to=2020").json()
    assert answer["complete"] is True
    assert {item["official"] for item in answer["items"]} == {True}
    assert [item["name"] for item in answer["items"] if item["day"] == "2020-12-25"] == ["Christmas Day"]


def test_reversed_period_is_refused(get: Get) -> None:
    for path in ("holidays", "observances", "workdays"):
        answer = get(f"/api/v1/{path}?from=2027-02-01&to=2027-01-01")
        assert (answer.status_code, answer.json()["where"]) == (400, "to")
    assert get("/api/v1/holidays?from=1946&to=2100").status_code == 400
