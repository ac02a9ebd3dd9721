"""Feeds of the almanac over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import httpx
import icalendar
import pytest

from app.feeds import FORMATS, lint

Get = Callable[..., httpx.Response]


def events(data: bytes) -> dict[str, icalendar.Event]:
    return {str(item["UID"]): item for item in icalendar.Calendar.from_ical(data).walk("VEVENT")}


def days(item: icalendar.Event) -> tuple[str, date, date, str]:
    return str(item["SUMMARY"]), item["DTSTART"].dt, item["DTEND"].dt, str(item["STATUS"])


@pytest.mark.parametrize("name", ["sessions", "observances", "holidays"])
@pytest.mark.parametrize("extension", FORMATS)
def test_every_almanac_feed_in_every_format(get: Get, name: str, extension: str) -> None:
    answer = get(f"/feeds/{name}.{extension}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, FORMATS[extension].media_type)
    again = get(f"/feeds/{name}.{extension}", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304
    if extension == "ics":
        assert lint(answer.content) == []


def test_sessions_are_dated_or_forecast(get: Get) -> None:
    found = events(get("/feeds/sessions.ics").content)
    title = "73rd session of the General Assembly"
    assert days(found["session.GA73"]) == (title, date(2018, 9, 18), date(2019, 9, 17), "CONFIRMED")
    assert str(found["session.GA100"]["STATUS"]) == "TENTATIVE"


def test_a_fixed_observance_is_one_series(get: Get) -> None:
    found = events(get("/feeds/observances.ics").content)
    day = found["observance.world-braille-day"]
    assert day["RRULE"].to_ical() == b"FREQ=YEARLY;BYMONTHDAY=4;BYMONTH=1"
    assert "A/RES/73/161" in str(day["DESCRIPTION"])
    # Proclaimed in the course of the 73rd session, which opened in 2018.
    assert day["DTSTART"].to_ical() == b"20190104"


def test_a_holiday_says_how_it_is_known(get: Get) -> None:
    found = events(get("/feeds/holidays.ics?from=2024&to=2024").content)
    assert "official" in str(found["holiday.2024-03-29.good-friday"]["DESCRIPTION"])
