"""What titles are about: an item's place in its paragraph, and the subject that its clause names."""

import pytest

from app.documents.parser import read_text
from app.model import Kind, Obligation, Span, Topic
from app.obligations.phrase_matcher import phrase_matcher
from app.obligations.session_reference import BodyContext
from app.obligations.title_subject import ItemPlace, SubjectFinder

TEXT = "Notes the lamps, and requests the keepers to report by May"
FIRST, START = TEXT.index("requests"), TEXT.index("by May")


def place() -> ItemPlace:
    item = Obligation("1", Kind.REPORT, "../2037-05", Span(0, 1), "", bearer="secretary-general")
    return ItemPlace(item, TEXT, START, len(TEXT), FIRST, len(TEXT), TEXT, ())


@pytest.fixture(scope="module")
def subjects() -> SubjectFinder:
    resolution = read_text("90/77. Keeping of lamps\n\n1. Notes the lamps;", "en", name="A-RES-90-77.txt")
    finder = phrase_matcher("en")
    return SubjectFinder(resolution, finder, BodyContext("general-assembly", finder))


def test_item_place_is_counted_within_its_segment() -> None:
    at = place()
    assert at.segment == "requests the keepers to report by May"
    assert at.segment[at.at : at.until] == "by May"


def test_subject_without_theme_is_the_topic_of_the_text(subjects: SubjectFinder) -> None:
    assert subjects.subject(place(), "") == (subjects.topic, Topic())


def test_subject_theme_of_its_own_has_the_topic_as_context(subjects: SubjectFinder) -> None:
    subject, context = subjects.subject(place(), "drowning of sailors")
    assert ("sailors" in subject.words["en"], context) == (True, subjects.topic)


def test_subject_theme_that_repeats_the_topic_is_the_topic(subjects: SubjectFinder) -> None:
    assert subjects.subject(place(), "keeping of lamps") == (subjects.topic, Topic())
    assert subjects.overlaps("keeping of lamps", subjects.topic)
    assert not subjects.overlaps("drowning of sailors", subjects.topic)


def test_actor_is_unsaid_of_the_adopting_body(subjects: SubjectFinder) -> None:
    bearers = ("secretary-general", "general-assembly")
    items = [Obligation("1", Kind.REPORT, "2037", Span(0, 1), "", bearer=bearer) for bearer in bearers]
    assert [subjects.actor(item) for item in items] == ["secretary-general", None]


def test_in_language_of_no_words_is_empty(subjects: SubjectFinder) -> None:
    assert (subjects.in_language("lamps"), subjects.in_language("")) == ({"en": "lamps"}, {})
