"""Lengths and spans of time: terms, meetings, mandates, periods."""

import pytest

from app.obligations.lasting_acts import classify_duration, classify_period
from app.obligations.time_reference import TimeKind
from tests.obligations.sample import timed


@pytest.mark.parametrize(
    ("text", "words", "when", "act"),
    [
        ("Decides on a term of three years;", "three years", "adoption+P3Y", ("period", "serve", "lasting.term")),
        (
            "Decides to convene a conference of three days from 3 May 2037;",
            "three days from 3 May 2037",
            "2037-05-03+P3D",
            ("meeting", "hold", "lasting.meeting"),
        ),
        (
            "Decides to convene a conference of ninety days from 3 May 2037;",
            "ninety days from 3 May 2037",
            "2037-05-03+P90D",
            ("mandate", "decide", "lasting.mandate"),
        ),
        (
            "Decides to extend the mandate for a period of one year;",
            "a period of one year",
            "adoption+P1Y",
            ("mandate", "authorize", "lasting.mandate"),
        ),
        ("Notes the lamps of one year;", "one year", "adoption+P1Y", ("period", "", "lasting.period")),
    ],
)  # fmt: skip
def test_classify_duration_of_a_length(text: str, words: str, when: str, act: tuple[str, str, str]) -> None:
    view, time = timed(text, words, when, TimeKind.LENGTH)
    found = classify_duration(view, time)
    assert found is not None
    assert (found.kind.value, found.action, found.rule) == act


def test_classify_duration_of_a_date_is_none() -> None:
    view, time = timed("Decides to meet on 3 May 2037;", "3 May 2037", "2037-05-03", TimeKind.DATE)
    assert classify_duration(view, time) is None


@pytest.mark.parametrize(
    ("text", "when", "rule"),
    [
        ("Decides to appropriate funds from 1 July 2036 to 30 June 2037;", "2036-07-01/2037-06-30", "span.period"),
        ("Decides to appropriate funds from 1 July 2036 to 30 June 2037;", "2036-07-01/2036-07-03", None),
        ("Decides to convene a forum from 1 July 2036 to 30 June 2037;", "2036-07-01/2037-06-30", None),
        ("Decides on the financial period from 1 July 2036 to 30 June 2037;", "2036-07-01/2037-06-30", "span.period"),
    ],
)
def test_classify_period_asks_for_money_or_the_word(text: str, when: str, rule: str | None) -> None:
    view, time = timed(text, "from 1 July 2036 to 30 June 2037", when, TimeKind.DATE)
    found = classify_period(view, time)
    assert (found.rule if found else None) == rule
