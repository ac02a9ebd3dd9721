"""What an item is about, as its paragraph names it."""

from app.model import Kind
from app.obligations.classification import Classification
from app.obligations.clauses import analyze
from app.obligations.phrase_matcher import phrase_matcher
from app.obligations.subject import subject
from app.obligations.time_reference import TimeKind, TimeReference

AGENDA = Classification(Kind.AGENDA, "", "", "high", None)
TIME = TimeReference(36, 48, "GA91", TimeKind.SESSION, "session", "session:next")


def test_subject_of_an_agenda_item_is_its_quoted_title() -> None:
    text = "Decides to put on the agenda of its next session the item entitled “Lamps at sea”"
    found = subject(analyze(text, phrase_matcher("en")), TIME, AGENDA)
    assert found is not None
    assert text[slice(*found)] == "Lamps at sea"


def test_subject_that_nothing_names_is_none() -> None:
    text = "Decides to put on the agenda of its next session this item"
    assert subject(analyze(text, phrase_matcher("en")), TIME, AGENDA) is None
