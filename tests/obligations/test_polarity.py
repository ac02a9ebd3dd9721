"""Denied and called-off acts."""

import pytest

from app.obligations.clauses import analyze
from app.obligations.phrase_matcher import PhraseMatch, phrase_matcher
from app.obligations.polarity import denied_stretches, is_attribute, is_verb, negated_acts
from app.obligations.structure import Marker, structure_scanner


@pytest.mark.parametrize(("key", "verb"), [("convene", True), ("the-meeting", False)])
def test_is_verb_of_an_act_not_its_object(key: str, verb: bool) -> None:
    assert is_verb(PhraseMatch(0, 4, (("actions", key),))) is verb


def test_is_attribute_inside_its_marker_alone() -> None:
    markers = [Marker(35, 48, "attribute")]
    assert [is_attribute(at, at + 9, markers) for at in (35, 4)] == [True, False]


def test_denied_stretches_end_before_the_contrast() -> None:
    text = "Decides not to convene the conference in May, but to hold it in June"
    found = denied_stretches(analyze(text, phrase_matcher("en")), structure_scanner("en").scan(text))
    assert {text[one.start : one.end] for one in found} == {"Decides not to convene the conference in May"}


def test_denied_stretches_of_an_affirmed_act_are_none() -> None:
    text = "Decides to convene the conference in May"
    assert denied_stretches(analyze(text, phrase_matcher("en")), structure_scanner("en").scan(text)) == ()


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("Decides not to postpone the conference", ["postpone the conference"]),
        ("Decides to postpone the conference", []),
    ],
)
def test_negated_acts_begin_at_the_denied_verb(text: str, acts: list[str]) -> None:
    found = negated_acts(analyze(text, phrase_matcher("en")), structure_scanner("en").scan(text))
    assert [text[at:] for at in sorted(found)] == acts
