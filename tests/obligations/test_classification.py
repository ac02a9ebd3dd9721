"""Which actions of a clause may govern a time."""

import pytest

from app.obligations.classification import act_name, candidate_actions, has_verb_last, is_title_word
from app.obligations.clauses import analyze
from app.obligations.phrase_matcher import PhraseMatch, phrase_matcher
from app.obligations.time_reference import TimeKind
from tests.obligations.sample import timed


@pytest.mark.parametrize(("key", "name"), [("the-meeting", "hold"), ("submit", "submit")])
def test_act_name_of_noun_is_what_is_done_to_it(key: str, name: str) -> None:
    assert act_name(PhraseMatch(0, 6, (("actions", key),))) == name


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("Welcomes the Pact to Review Lamps;", [True]),
        ("Decides to review the lamps;", [False]),
        ("DECIDES TO REVIEW LAMPS;", [False]),
    ],
)
def test_is_title_word_asks_for_capital_in_sentence(text: str, titles: list[bool]) -> None:
    view = analyze(text, phrase_matcher("en"))
    assert [is_title_word(view, m) for m in view.mentions if m.key("actions") == "review"] == titles


@pytest.mark.parametrize(
    ("text", "actions"),
    [
        ("Requests him to review the lamps by 3 May 2037;", ["review"]),
        ("Requests him to convene a forum; decides to review the lamps by 3 May 2037;", ["review"]),
        ("Requests him to review the lamps; and by 3 May 2037;", ["review"]),
    ],
)
def test_candidate_actions_are_those_of_the_clause(text: str, actions: list[str]) -> None:
    view, time = timed(text, "3 May 2037", "../2037-05-03", TimeKind.BY)
    assert [m.key("actions") for m in candidate_actions(view, time)] == actions


@pytest.mark.parametrize(
    ("text", "language", "last"), [("2037年举行会议", "zh", True), ("2037 conference", "en", False)]
)
def test_has_verb_last_only_in_chinese(text: str, language: str, last: bool) -> None:
    view, time = timed(text, "2037", "2037", TimeKind.DATE, language=language)  # type: ignore[arg-type]  # one of six
    assert has_verb_last(view, time) is last
