"""Times, citations and changes of events in words."""

from dataclasses import replace
from datetime import date

import pytest

from app.i18n.titles import cite, describe, format_revision, format_session, format_time
from app.model import Action, Certainty, Event, Kind, Revision, Status

EVENT = Event(
    "A-RES-90-7.3.meeting.1",
    Kind.MEETING,
    "2036-06-02/2036-06-06",
    Certainty.DECIDED,
    "A/RES/90/7",
    date(2035, 10, 3),
    "3",
    start=date(2036, 6, 2),
    end=date(2036, 6, 6),
    quote={"en": "to meet\nin June"},
)


def test_cite_names_section_paragraph_and_letters() -> None:
    assert cite(EVENT) == "A/RES/90/7 ¶3"
    assert cite(replace(EVENT, section="B", letters=("a", "ii"))) == "A/RES/90/7 ¶B.3 (a) (ii)"
    assert cite(replace(EVENT, paragraph=None)) == "A/RES/90/7"


@pytest.mark.parametrize(
    ("token", "words"),
    [("GA73", "73rd session of the General Assembly"), ("next", None), ("2018-03", None), ("nonsense", None)],
)
def test_format_session_words_numbered_sessions(token: str, words: str | None) -> None:
    assert format_session(token, "en") == words


def test_format_time_words_days_hours_and_no_date() -> None:
    assert format_time(EVENT, "en") == "2–6 June 2036"
    assert format_time(replace(EVENT, hours="10:00/13:00"), "en") == "2–6 June 2036, 10:00–13:00 (New York time)"
    undecided = replace(EVENT, when="TBD", certainty=Certainty.UNDECIDED, start=None, end=None)
    assert format_time(undecided, "en") == "on a date to be decided"
    undated = replace(EVENT, when="undated", certainty=Certainty.UNDATED, start=None, end=None)
    assert format_time(undated, "en") == "no date"


def test_describe_has_source_words_and_time() -> None:
    lines = describe(replace(EVENT, status=Status.MOVED), "en").splitlines()
    assert lines[:4] == ["Source: A/RES/90/7 ¶3", "“to meet in June”", "When: 2–6 June 2036", "Status: moved"]


def test_format_revision_has_day_instrument_and_time() -> None:
    first = Revision(EVENT, 0, date(2035, 10, 3), EVENT.instrument, None)
    assert format_revision(first, "en") == "3 October 2035, A/RES/90/7: decided: 2–6 June 2036"
    postponed = replace(EVENT, when="TBD", certainty=Certainty.UNDECIDED, start=None, end=None)
    later = Revision(postponed, 1, date(2036, 1, 9), "A/DEC/90/501", Action.POSTPONE)
    assert format_revision(later, "en") == "9 January 2036, A/DEC/90/501: postponed until a date to be decided"
