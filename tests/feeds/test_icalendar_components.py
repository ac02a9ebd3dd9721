"""Events whose time of day is known: at that time in every format, or on the whole day; zones as RRULEs say them."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
import vobject
from ical.calendar_stream import IcsCalendarStream

from app.feeds import FORMATS, FeedOptions, FragmentCache, lint
from app.feeds.icalendar_components import components, head
from app.feeds.sample import sample_entry, sample_feed
from app.model import Event, Revision
from tests.feeds import made
from tests.feeds.test_timezones import ZONES

NEW_YORK = ZoneInfo("America/New_York")
AT_TEN = replace(made.CONFERENCE, hours="10:00/18:00")
YEARLY = replace(made.PLENARY, hours="10:00")


def feed(*events: Event, extension: str = "ics", timed: bool = True) -> bytes:
    revisions = [Revision(event, 0, made.ADOPTED, made.SYMBOL, None) for event in events]
    choice = FeedOptions(timed=timed)
    return FragmentCache(1 << 20).render(FORMATS[extension], made.feed(extension, choice), revisions, made.Made())


def times(data: bytes) -> dict[str, tuple[object, object]]:
    events = icalendar.Calendar.from_ical(data).walk("VEVENT")
    return {str(item["UID"]): (item["DTSTART"].dt, item["DTEND"].dt if "DTEND" in item else None) for item in events}


def test_an_event_stands_at_its_time_in_its_zone() -> None:
    data = feed(AT_TEN, made.PLENARY)
    assert lint(data) == []
    assert vobject.readOne(data.decode()).validate(raiseException=True)
    assert times(data) == {
        AT_TEN.uid: (datetime(2018, 5, 14, 10, tzinfo=NEW_YORK), datetime(2018, 5, 16, 18, tzinfo=NEW_YORK)),
        made.PLENARY.uid: (date(2018, 9, 26), date(2018, 9, 27)),
    }
    assert data.count(b"BEGIN:VTIMEZONE\r\n") == 1
    assert b"DTSTART;TZID=America/New_York:20180514T100000\r\n" in data
    assert b"RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3\r\n" in data
    assert b"RDATE" not in data


def test_whole_days_where_that_is_chosen() -> None:
    assert times(feed(AT_TEN, YEARLY, timed=False)) == times(feed(made.CONFERENCE, made.PLENARY))
    assert b"VTIMEZONE" not in feed(AT_TEN, timed=False)


def test_a_series_keeps_its_hour_across_the_change_of_the_clock() -> None:
    weekly = replace(YEARLY, recurrence="FREQ=WEEKLY;COUNT=4", start=date(2018, 10, 25), end=date(2018, 10, 25))
    data = feed(weekly)
    assert lint(data) == []
    calendar = icalendar.Calendar.from_ical(data)
    found = recurring_ical_events.of(calendar).between(date(2018, 10, 1), date(2018, 12, 1))
    moments = sorted(item["DTSTART"].dt for item in found)
    assert [(moment.strftime("%m-%d %H:%M"), moment.utcoffset()) for moment in moments] == [
        ("10-25 10:00", timedelta(hours=-4)),
        ("11-01 10:00", timedelta(hours=-4)),
        ("11-08 10:00", timedelta(hours=-5)),
        ("11-15 10:00", timedelta(hours=-5)),
    ]
    with_ical = IcsCalendarStream.calendar_from_ics(data.decode()).timeline
    assert [item.start for item in with_ical.overlapping(date(2018, 10, 1), date(2018, 12, 1))] == moments


def test_until_is_in_utc_and_takes_the_last_day_in() -> None:
    until = replace(YEARLY, recurrence="FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=26;UNTIL=20200926")
    data = feed(until)
    assert lint(data) == []
    assert b"UNTIL=20200927T035959Z" in data
    found = recurring_ical_events.of(icalendar.Calendar.from_ical(data)).between(date(2018, 1, 1), date(2030, 1, 1))
    assert [item["DTSTART"].dt.year for item in found] == [2018, 2019, 2020]


def test_a_time_before_the_rules_of_today_is_in_utc() -> None:
    old = replace(AT_TEN, start=date(1996, 4, 2), end=date(1996, 4, 2))
    assert times(feed(old)) == {old.uid: (datetime(1996, 4, 2, 15, tzinfo=UTC), datetime(1996, 4, 2, 23, tzinfo=UTC))}
    assert lint(feed(old)) == []
    assert b"VTIMEZONE" not in feed(old)


def test_other_formats_say_the_time_too() -> None:
    whole = json.loads(feed(AT_TEN, extension="jcal"))
    assert [part[0] for part in whole[2]] == ["vtimezone", "vevent"]
    item = json.loads(feed(AT_TEN, extension="json"))["items"][0]["_plenary"]
    assert (item["start"], item["end"], item["timezone"]) == (
        "2018-05-14T10:00:00-04:00",
        "2018-05-16T18:00:00-04:00",
        "America/New_York",
    )
    assert item["time"] == "14–16 May 2018, 10:00–18:00 (New York time)"
    row = io.StringIO(feed(AT_TEN, extension="csv").decode("utf-8-sig")).readlines()[1]
    assert row.startswith("2018-05-14T10:00:00-04:00,2018-05-16T18:00:00-04:00,")


@pytest.mark.parametrize("zone", ZONES)
def test_jcal_names_every_zone(zone: str) -> None:
    placed = replace(AT_TEN, timezone=zone)
    whole = json.loads(feed(placed, extension="jcal"))
    written = icalendar.Calendar.from_jcal(whole)
    assert [str(item["TZID"]) for item in written.walk("VTIMEZONE")] == [zone]
    assert times(written.to_ical()) == times(feed(placed))


def test_without_an_end_there_is_none() -> None:
    assert times(feed(YEARLY)) == {YEARLY.uid: (datetime(2018, 9, 26, 10, tzinfo=NEW_YORK), None)}


def test_head_title_of_two_lines_is_written_on_one() -> None:
    calendar = head(replace(sample_feed(), title="Nuclear\r\ndisarmament"))
    assert [str(calendar[name]) for name in ("NAME", "X-WR-CALNAME")] == ["Nuclear disarmament"] * 2


def test_components_milestones_follow_only_when_selected() -> None:
    listed = [[str(part["UID"]) for part in components(sample_entry(milestones=chosen))] for chosen in (False, True)]
    meeting = "A-RES-72-251.5.meeting.1"
    assert listed == [[meeting], [meeting, f"{meeting}.documents"]]
