"""What the act of a time makes of the time."""

import pytest

from app.model import Kind
from app.obligations.classification import Classification
from app.obligations.polarity import denied_stretches
from app.obligations.structure import structure_scanner
from app.obligations.time_adjustments import (
    in_next_year,
    is_held_session,
    on_last_day,
    polarity_of,
    with_last_day,
)
from app.obligations.time_reference import TimeKind, TimeReference
from tests.obligations.sample import resolved, timed


def act(kind: Kind, action: str) -> Classification:
    return Classification(kind, action, "rule", "high", None)


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("Decides to convene the forum on 3 May 2037;", "affirmed"),
        ("Decides not to convene the forum on 3 May 2037;", "denied"),
        ("Decides to cancel the forum scheduled for 3 May 2037;", "cancelled"),
    ],
)
def test_polarity_of_act(text: str, polarity: str) -> None:
    view, time = timed(text, "3 May 2037", "2037-05-03", TimeKind.DATE)
    markers = structure_scanner("en").scan(text)
    assert polarity_of(view, time, denied_stretches(view, markers), markers) == polarity


@pytest.mark.parametrize(
    ("value", "relation", "kind", "when"),
    [
        ("2037-07-31", "before", Kind.MANDATE, "../2037-07-31"),
        ("2037-07-31", "before", Kind.REPORT, "../2037-07-30"),
        ("2037-07-31", "by", Kind.MANDATE, "../2037-07-30"),
        ("2037-07", "before", Kind.MANDATE, "../2037-07-30"),
    ],
)
def test_with_last_day_of_what_lasts(value: str, relation: str, kind: Kind, when: str) -> None:
    time = TimeReference(0, 1, "../2037-07-30", TimeKind.BY, "date", value, relation=relation)
    assert with_last_day(time, act(kind, "extend")).when == when


@pytest.mark.parametrize(
    ("text", "kind", "when"),
    [
        ("Requests him to report by 31 August;", Kind.REPORT, "../2036-08-31"),
        ("Requests him to report every year by 31 August, each year;", Kind.REPORT, "R/--08-31"),
        ("Decides to observe 31 August;", Kind.OBSERVANCE, "R/--08-31"),
        ("Notes the day of 31 August;", Kind.REPORT, "R/--08-31"),
    ],
)
def test_in_next_year_of_a_day(text: str, kind: Kind, when: str) -> None:
    context = resolved(text)
    time = context.times[0]
    assert in_next_year(context.view, time, act(kind, "report"), context.times).when == when


@pytest.mark.parametrize(
    ("text", "action", "when"),
    [
        ("Decides that it shall end on 31 January 2037;", "end", "2037-01-31"),
        ("Decides to extend it, and that it shall end on 31 January 2037;", "end", None),
        ("Decides that it shall begin on 31 January 2037;", "begin", None),
    ],
)
def test_on_last_day_of_what_ends(text: str, action: str, when: str | None) -> None:
    view, time = timed(text, "31 January 2037", "../2037-01-31", TimeKind.BY, until=True)
    day = on_last_day(view, time, act(Kind.MANDATE, action))
    assert (day.when if day else None) == when


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("Decides that the ninety-first session shall be held by 31 January 2037;", True),
        ("Decides that the ninety-first session shall be useful by 31 January 2037;", False),
    ],
)
def test_is_held_session_before_its_date(text: str, held: bool) -> None:
    view, day = timed(text, "31 January 2037", "../2037-01-31", TimeKind.BY)
    _, session = timed(text, "ninety-first session", "GA91", TimeKind.SESSION)
    assert is_held_session(view, session, act(Kind.MEETING, "hold"), [session, day]) is held
