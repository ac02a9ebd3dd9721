"""A schedule as a file, without a store."""

import json
from dataclasses import replace
from datetime import date

import icalendar

from app.feeds import lint
from app.feeds.render import render_schedule
from app.feeds.sample import SAMPLE_EVENT
from app.model import Schedule
from app.model.symbols import parse_symbol

SCHEDULE = Schedule(parse_symbol("A/RES/72/251"), date(2017, 12, 24), events=(SAMPLE_EVENT,))


def test_render_schedule_is_a_sound_calendar() -> None:
    data = render_schedule(SCHEDULE, "en")
    assert lint(data) == []
    (event,) = icalendar.Calendar.from_ical(data).walk("VEVENT")
    assert (str(event["UID"]), event["DTSTART"].dt) == ("A-RES-72-251.5.meeting.1", date(2018, 5, 14))


def test_render_schedule_links_to_the_service_given() -> None:
    feed = json.loads(render_schedule(SCHEDULE, "fr", "json", "https://calendar.example"))
    assert feed["feed_url"] == "https://calendar.example/feeds/resolution/A-RES-72-251.json"
    assert [item["url"] for item in feed["items"]] == ["https://calendar.example/events/A-RES-72-251.5.meeting.1"]


def test_render_schedule_of_unknown_day_is_dated_by_charter() -> None:
    undated = replace(SCHEDULE, adopted=None, events=(replace(SAMPLE_EVENT, decided=None),))
    (item,) = json.loads(render_schedule(undated, "en", "json"))["items"]
    assert item["date_published"] == "1945-10-24T00:00:00+00:00"
