"""iCalendar: the parts of a file are one calendar."""

from dataclasses import replace

import icalendar

from app.feeds import ics, lint
from app.feeds.sample import sample_entry, sample_feed


def test_head_fragment_and_tail_are_a_sound_calendar() -> None:
    data = ics.head(sample_feed()) + ics.fragment(sample_entry()) + ics.tail(sample_feed())
    assert lint(data) == []
    (event,) = icalendar.Calendar.from_ical(data).walk("VEVENT")
    assert str(event["SUMMARY"]) == "Conference on nuclear disarmament (New York)"


def test_fragment_of_entry_without_day_is_empty() -> None:
    assert ics.fragment(replace(sample_entry(), placed=None)) == b""


def test_fragment_milestones_are_events_of_their_own() -> None:
    assert [ics.fragment(sample_entry(milestones=chosen)).count(b"BEGIN:VEVENT\r\n") for chosen in (False, True)] == [
        1,
        2,
    ]
