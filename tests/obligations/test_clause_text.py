"""Clauses: sentence or sub-paragraph with opening words, bounded."""

from app.obligations.clause_text import CLAUSE_LENGTH, sentence_bounds, shorten_clause


def test_sentence_bounds_hold_the_words() -> None:
    text = "The Council met on 3 May. It requests a report. It adjourned."
    first, last = sentence_bounds(text, text.index("report"), text.index("report") + 6)
    assert text[first:last].strip() == "It requests a report."


def test_shorten_clause_keeps_opening_and_words() -> None:
    text = "Requests the keeper " + "of the lamp " * 120 + "to report in 2040;"
    said = shorten_clause(text, text.index("to report"))
    assert len(said) <= CLAUSE_LENGTH
    assert said.startswith("Requests the keeper of the lamp")
    assert said.endswith("to report in 2040;")
    assert " … " in said


def test_shorten_clause_leaves_a_short_one() -> None:
    assert shorten_clause("Requests  a\nreport", 0) == "Requests a report"


def test_shorten_clause_drops_links() -> None:
    assert shorten_clause("as in [2428 (2018)](https://undocs.org/x) said", 0) == "as in 2428 (2018) said"
