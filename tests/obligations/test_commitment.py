"""Why a time is no item."""

from app.model import Kind
from app.obligations.classification import Classification
from app.obligations.clauses import analyze
from app.obligations.commitment import commitment_rejection
from app.obligations.phrase_matcher import phrase_matcher
from app.obligations.time_reference import TimeKind, TimeReference


def rejection(text: str, words: str, when: str, kind: Kind, action: str = "") -> str | None:
    start = text.index(words)
    time = TimeReference(start, start + len(words), when, TimeKind.DATE, "date", when)
    act = Classification(kind, action, "kind.default", "low", None)
    return commitment_rejection(analyze(text, phrase_matcher("en")), time, act, [time], None)


def test_commitment_rejection_of_a_year_in_a_name() -> None:
    assert rejection("Welcomes the “Lamps 2037” programme", "2037", "2037", Kind.DEADLINE) == "year.in-a-name"


def test_commitment_rejection_of_a_decided_day_is_none() -> None:
    text = "Decides to hold a conference on 4 May 2037"
    assert rejection(text, "4 May 2037", "2037-05-04", Kind.MEETING) is None
