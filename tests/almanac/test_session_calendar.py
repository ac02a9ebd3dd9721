"""The sessions of all bodies on one calendar."""

from __future__ import annotations

from collections import Counter
from datetime import date

from app.almanac.body_sessions import sessions_between
from app.almanac.session_calendar import body_with_sessions, calendar_between, session_calendar
from app.almanac.session_rows import published_bodies
from app.model import Certainty

SESSIONS = {item.uid: item for item in session_calendar()}


def days(uid: str) -> tuple[str, str, Certainty, str]:
    at = SESSIONS[uid]
    return at.opens.isoformat(), at.closes.isoformat(), at.certainty, at.place


def test_session_calendar_has_every_published_row() -> None:
    shown = {(item.body, item.opens, item.closes) for item in SESSIONS.values()}
    missing = [
        (row.token, row.number, row.part)
        for body in published_bodies().values()
        for row in body.sessions
        if (row.body, row.start, row.end) not in shown and not row.part.startswith(("commemoration", "observance"))
    ]
    # As held, the Council closed its session two days after the plan of the calendar.
    assert missing == [("HRC", 57, "")]


def test_session_calendar_has_no_session_twice() -> None:
    assert len(SESSIONS) == len(session_calendar())
    whole = Counter((item.body, item.number) for item in SESSIONS.values() if not item.part)
    assert [key for key, count in whole.items() if count > 1] == []


def test_published_days_precede_windows_and_forecasts() -> None:
    assert days("session.HRC61") == ("2026-02-23", "2026-03-31", Certainty.DECIDED, "Geneva")
    assert days("session.ECOSOC2026.high-level-segment") == ("2026-07-13", "2026-07-16", Certainty.DECIDED, "New York")
    assert days("session.UNDC2025") == ("2025-04-07", "2025-04-25", Certainty.DECIDED, "New York")
    assert days("session.CD2026.second-part") == ("2026-05-11", "2026-06-26", Certainty.DECIDED, "Geneva")


def test_forecast_has_its_rule_and_its_window() -> None:
    at = SESSIONS["session.HRC64"]
    assert days(at.uid) == ("2027-03-01", "2027-04-09", Certainty.FORECAST, "Geneva")
    assert (at.first, at.last) == (date(2027, 2, 15), date(2027, 4, 23))
    assert at.rule == "first Monday on or after 23 February"


def test_unconfirmed_row_is_no_decision() -> None:
    assert days("session.FC2026.session") == ("2026-10-01", "2026-11-06", Certainty.FORECAST, "New York")
    assert days("session.UNCITRAL-WG-V.69") == ("2026-12-07", "2026-12-11", Certainty.FORECAST, "Vienna")


def test_part_seen_once_is_not_continued() -> None:
    later = {row.part for row in sessions_between(date(2027, 1, 1), date(2035, 12, 31)) if row.token == "GA"}
    assert later.isdisjoint({"Summit of the Future", "high-level meeting, tuberculosis"})


def test_part_is_continued_in_the_step_of_its_numbers() -> None:
    found = [
        row.number
        for row in sessions_between(date(2026, 9, 1), date(2035, 12, 31))
        if (row.token, row.part) == ("ECOSOC", "development cooperation forum")
    ]
    assert found == [2027, 2029, 2031, 2033, 2035]


def test_concluded_committee_is_not_continued() -> None:
    found = sessions_between(date(2025, 1, 1), date(2035, 12, 31))
    assert [row for row in found if row.token in {"AHC-ICT", "AHC-Tax"}] == []


def test_calendar_between_chooses_days_and_bodies() -> None:
    found = calendar_between(date(2026, 3, 9), date(2026, 3, 9), ["commission-on-narcotic-drugs"])
    assert [item.uid for item in found] == ["session.CND69"]


def test_body_with_sessions_by_slug_and_token() -> None:
    assert body_with_sessions("CAT") == body_with_sessions("committee-against-torture") == "committee-against-torture"
    assert body_with_sessions("no-such-body") is None
