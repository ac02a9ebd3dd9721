"""Acts that a noun beside the time gives."""

import pytest

from app.obligations.noun_acts import classify_noun
from app.obligations.time_reference import TimeKind
from tests.obligations.sample import timed


@pytest.mark.parametrize(
    ("text", "words", "when", "passing", "act"),
    [
        ("Decides to convene the 2038 Lighthouse Conference;", "2038", "2038", True, ("meeting", "thing.named")),
        ("Welcomes the conference in 2038;", "2038", "2038", False, ("meeting", "thing.at")),
        ("Welcomes the Lighthouse Plan 2031–2040, a conference;", "2031–2040", "2031/2040", True, None),
        ("Welcomes 2038, and the conference;", "2038", "2038", True, None),
    ],
)
def test_classify_noun_of_a_year(text: str, words: str, when: str, passing: bool, act: tuple[str, str] | None) -> None:
    view, time = timed(text, words, when, TimeKind.DATE, passing=passing)
    found = classify_noun(view, time)
    assert ((found.kind.value, found.rule) if found else None) == act


def test_classify_noun_of_a_session_is_none() -> None:
    view, time = timed("Welcomes the conference of GA91;", "GA91", "GA91", TimeKind.SESSION)
    assert classify_noun(view, time) is None
