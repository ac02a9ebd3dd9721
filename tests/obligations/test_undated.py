"""Obligations without a date."""

from app.languages.title_patterns import title_patterns
from app.model import Obligation, Reading, Role
from app.model.document import Paragraph
from app.obligations.bearers import BearerFinder
from app.obligations.phrase_matcher import phrase_matcher
from app.obligations.session_reference import BodyContext
from app.obligations.undated import asked_of


def asked(text: str) -> list[Obligation]:
    finder, context = phrase_matcher("en"), BodyContext(None, phrase_matcher("en"))
    paragraph = Paragraph(Role.OPERATIVE, Reading(text, (0,), (0,)), number="3")
    return asked_of(paragraph, finder, context, [], BearerFinder(title_patterns("en"), finder, context))


def test_asked_of_a_request_is_an_undated_obligation() -> None:
    items = asked("Requests the Secretary-General to monitor the situation;")
    assert [(item.paragraph, item.bearer, item.force, item.when) for item in items] == [
        ("3", "secretary-general", "request", "undated")
    ]


def test_asked_of_a_statement_is_nothing() -> None:
    assert asked("Welcomes the report of the Secretary-General;") == []
