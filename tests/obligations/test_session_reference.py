"""Sessions that a paragraph names: whose, which, and whether they are past."""

from datetime import date

import pytest

from app.model import TemporalExpression, TimexType
from app.obligations.clauses import analyze
from app.obligations.phrase_matcher import PhraseMatch, phrase_matcher
from app.obligations.session_reference import (
    BodyContext,
    by_year,
    candidates,
    is_act,
    is_deferred_to,
    is_past_session,
    is_unknown_body,
    resolve_session,
)

NAMED = BodyContext(None, phrase_matcher("en"))
TEXT = "Requests the General Assembly to consider the question at its ninety-first session"
VIEW = analyze(TEXT, phrase_matcher("en"))


def session(text: str, words: str, value: str, relation: str = "") -> TemporalExpression:
    start = text.index(words)
    return TemporalExpression(start, start + len(words), words, TimexType.DATE, value, "session", relation)


X = session(TEXT, "ninety-first session", "session:91")


class Numbered:
    """Sessions of bodies that number them, or name them by year."""

    def __init__(self, *, years: bool = False) -> None:
        self.years = years

    def token(self, body: str, number: int) -> str:
        assert body == "general-assembly"
        return f"GA{number}"

    def standing(self, body: str) -> int:  # the same for all bodies
        return 90

    def by_year(self, body: str) -> bool:  # the same for all bodies
        return self.years


def test_candidates_names_the_body_asked() -> None:
    assert candidates(VIEW, X, NAMED) == [("general-assembly", 3)]


def test_resolve_session_is_of_the_nearest_body() -> None:
    assert resolve_session(VIEW, X, 91, NAMED, Numbered()).token == "GA91"


@pytest.mark.parametrize("years", [True, False])
def test_by_year_is_what_is_known_of_the_body(years: bool) -> None:
    assert by_year("general-assembly", Numbered(years=years)) is years


def test_is_unknown_body_of_a_committee_outside_the_names() -> None:
    text = "Requests the Lamp Bureau to take note at its tenth session"
    x = session(text, "tenth session", "session:10")
    assert is_unknown_body(analyze(text, phrase_matcher("en")), x, [(18, 24)], NAMED)
    assert not is_unknown_body(VIEW, X, [], NAMED)


@pytest.mark.parametrize(("key", "act"), [("submit", True), ("the-report", False)])
def test_is_act_of_what_is_done(key: str, act: bool) -> None:
    assert is_act(PhraseMatch(0, 6, (("actions", key),))) is act


@pytest.mark.parametrize(("adopted", "past"), [(date(2036, 1, 1), True), (date(2035, 1, 1), False)])
def test_is_past_session_held_before_the_adoption(adopted: date, past: bool) -> None:
    text = "at its tenth session, held in Paris on 1 May 2035"
    view, start = analyze(text, phrase_matcher("en")), text.index("1 May")
    day = TemporalExpression(start, len(text), "1 May 2035", TimexType.DATE, "2035-05-01", "date")
    assert is_past_session(view, session(text, "tenth session", "session:10"), day, adopted) is past


@pytest.mark.parametrize(("verb", "deferred"), [("defer", True), ("consider", False)])
def test_is_deferred_to_of_what_is_put_off(verb: str, deferred: bool) -> None:
    text = f"Decides to {verb} the question until its tenth session"
    x = session(text, "tenth session", "session:10", "until")
    assert is_deferred_to(analyze(text, phrase_matcher("en")), x) is deferred
