"""Entries: the days, the words and the links of an event in a feed."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from app.feeds.entry import (
    EARLIEST,
    DisplayDates,
    DisplayReason,
    InstrumentInfo,
    build_entry,
    calendar_name,
    coordinates,
    document_address,
    event_address,
    format_description,
    format_long_title,
    format_milestone_summary,
    format_place,
    format_summary,
    midnight,
    place,
    symbol_address,
)
from app.feeds.sample import SAMPLE_EVENT, SAMPLE_REVISION, SampleRecords, sample_entry, sample_feed
from app.model import Certainty, Event, Kind, Revision, Status
from tests.feeds import made

FIRST, LAST = date(2018, 9, 18), date(2019, 9, 16)


def revision(event: Event) -> Revision:
    return replace(SAMPLE_REVISION, event=event)


def test_midnight_is_never_before_the_charter() -> None:
    assert midnight(date(2018, 5, 14)) == datetime(2018, 5, 14, tzinfo=UTC)
    assert midnight(date(1900, 1, 1)).date() == EARLIEST


def test_build_entry_cancelled_is_kept_unless_dropped() -> None:
    cancelled = revision(replace(SAMPLE_EVENT, status=Status.CANCELLED))
    kept = build_entry(cancelled, sample_feed(), SampleRecords())
    assert kept is not None
    assert (kept.gone, format_summary(kept)) == (True, "[cancelled] Conference on nuclear disarmament (New York)")
    assert build_entry(cancelled, sample_feed(cancelled="drop"), SampleRecords()) is None


def test_build_entry_obligation_is_left_out() -> None:
    assert build_entry(revision(made.UNDATED), sample_feed(), SampleRecords()) is None


def test_build_entry_repeated_event_is_left_out() -> None:
    repeats = replace(SAMPLE_EVENT, status=Status.SUPERSEDED, same_as="A-RES-71-1.1.meeting.1")
    assert build_entry(revision(repeats), sample_feed(), SampleRecords()) is None


@pytest.mark.parametrize(
    ("windows", "shown"),
    [
        ("start", DisplayDates(FIRST, FIRST, DisplayReason.OPENS)),
        ("span", DisplayDates(FIRST, LAST, DisplayReason.WINDOW)),
        ("none", None),
    ],
)
def test_place_window_follows_the_option(windows: str, shown: DisplayDates | None) -> None:
    assert place(made.first(made.REPORT), (), windows) == shown


def test_place_open_ended_stands_on_its_known_day() -> None:
    due, begins = (place(made.first(event), (), "start") for event in (made.HOSTILE, made.FROM))
    assert due == DisplayDates(date(2019, 6, 30), date(2019, 6, 30), DisplayReason.DUE)
    assert begins == DisplayDates(date(2020, 1, 1), date(2020, 1, 1), DisplayReason.BEGINS)


def test_place_postponed_stands_on_its_last_days() -> None:
    history = made.HISTORIES[made.CONFERENCE.uid]
    shown = DisplayDates(date(2018, 5, 14), date(2018, 5, 16), DisplayReason.STOOD)
    assert place(history[-1], history, "start") == shown
    assert place(history[-1], history[-1:], "start") is None


def test_format_summary_marks_what_is_no_plain_day() -> None:
    entry = sample_entry()
    what = "Conference on nuclear disarmament (New York)"
    shown = {
        reason: format_summary(replace(entry, placed=DisplayDates(FIRST, LAST, reason)))
        for reason in (DisplayReason.ON, DisplayReason.OPENS, DisplayReason.WINDOW, DisplayReason.DUE)
    }
    assert shown == {
        DisplayReason.ON: what,
        DisplayReason.OPENS: f"{what} [window opens]",
        DisplayReason.WINDOW: f"{what} [window]",
        DisplayReason.DUE: f"{what} [due]",
    }


def test_format_description_gives_source_time_and_links() -> None:
    lines = format_description(sample_entry()).splitlines()
    assert lines[:3] == [format_long_title(sample_entry()), "Source: A/RES/72/251 ¶5", "When: 14–16 May 2018"]
    assert lines[-2:] == [
        "Document: https://docs.un.org/en/A/RES/72/251",
        "Details: https://localhost/events/A-RES-72-251.5.meeting.1",
    ]


def test_format_milestone_summary_names_the_event() -> None:
    entry = sample_entry(language="fr")
    name = format_milestone_summary(entry, SAMPLE_EVENT.milestones[0])
    assert name.endswith(format_summary(entry))
    assert name != format_summary(entry)


def test_calendar_name_is_number_and_subject() -> None:
    named = [calendar_name(*given) for given in (("A/RES/72/251", "", "en"), ("A/RES/72/251", "Oceans", "en"))]
    assert named == ["A/RES/72/251", "72/251 Oceans"]


def test_format_place_without_place_is_none() -> None:
    assert format_place(SAMPLE_EVENT, "fr") == "New York"
    assert format_place(replace(SAMPLE_EVENT, place=None), "fr") is None


def test_coordinates_of_unlisted_place_is_none() -> None:
    listed = [coordinates(replace(SAMPLE_EVENT, place=name)) for name in ("new-york", "Atlantis", None)]
    assert listed == [(40.7489, -73.968), None, None]


def test_symbol_address_drops_the_space_before_the_year() -> None:
    assert symbol_address("S/RES/2709 (2023)", "en") == "https://docs.un.org/en/S/RES/2709(2023)"
    assert symbol_address("A/RES/1?x", "en") == "https://docs.un.org/en/A/RES/1%3Fx"


def test_document_address_of_decision_is_its_evidence() -> None:
    entry = sample_entry()
    decision = replace(entry, revision=revision(replace(SAMPLE_EVENT, instrument="A/DEC/72/556")))
    assert document_address(decision) is None
    known = replace(decision, about=InstrumentInfo(evidence=("A/72/PV.87",)))
    assert document_address(known) == "https://docs.un.org/en/A/72/PV.87"


def test_event_address_of_almanac_is_an_anchor() -> None:
    entry = sample_entry()
    assert event_address(entry) == "https://localhost/events/A-RES-72-251.5.meeting.1"
    of_almanac = replace(entry, feed=replace(entry.feed, almanac=True, home="https://localhost/days"))
    assert event_address(of_almanac) == "https://localhost/days#A-RES-72-251.5.meeting.1"


def test_place_forecast_of_one_day_is_no_window() -> None:
    forecast = replace(SAMPLE_EVENT, kind=Kind.MEETING, certainty=Certainty.FORECAST, end=SAMPLE_EVENT.start)
    assert place(revision(forecast), (), "none") == DisplayDates(date(2018, 5, 14), date(2018, 5, 14), DisplayReason.ON)
