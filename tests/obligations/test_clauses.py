"""Paragraphs cut into clauses under their operative verbs."""

from app.obligations.clauses import analyze
from app.obligations.phrase_matcher import phrase_matcher


def test_analyze_two_verbs_are_two_clauses() -> None:
    text = "Decides to meet in May; requests a report by July"
    view = analyze(text, phrase_matcher("en"))
    assert [view.clause(text.index(word)).force for word in ("May", "July")] == ["decide", "request"]


def test_analyze_verbless_item_takes_the_force_of_its_chapeau() -> None:
    view = analyze("to submit a report by July;", phrase_matcher("en"), ["Requests the Secretary-General:"])
    assert view.clause(5).force == "request"


def test_analyze_without_verb_or_chapeau_has_no_force() -> None:
    assert not analyze("to submit a report by July;", phrase_matcher("en")).clause(5).force
