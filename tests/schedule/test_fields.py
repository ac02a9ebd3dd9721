"""Fields of schedule files: read by type, and written without empty ones."""

import pytest

from app.errors import ScheduleError
from app.schedule.fields import confidence_of, filled, ordered, strings_of, text_of, texts_of
from app.yaml_document import Node


def fields(text: str) -> dict[str, Node]:
    return Node.parse(text, "a.yaml").mapping()


def test_fields_are_read_by_their_type() -> None:
    found = fields("{note: moved, title: {en: Report, fr: Rapport}, letters: [a, ii], confidence: medium}")
    assert (text_of(found, "note"), texts_of(found, "title")) == ("moved", {"en": "Report", "fr": "Rapport"})
    assert (strings_of(found, "letters"), confidence_of(found)) == (("a", "ii"), "medium")


def test_fields_that_are_absent_have_defaults() -> None:
    assert (text_of({}, "note", "none"), texts_of({}, "title"), strings_of({}, "letters"), confidence_of({})) == (
        "none",
        {},
        (),
        "high",
    )


def test_fields_of_other_values_are_refused_with_their_place() -> None:
    with pytest.raises(ScheduleError) as caught:
        confidence_of(fields("\nconfidence: sure"))
    assert str(caught.value) == "unexpected value 'sure': a.yaml:2 (confidence): use one of high, medium, low"
    with pytest.raises(ScheduleError, match="unknown key 'de'"):
        texts_of(fields("title: {de: Bericht}"), "title")
    with pytest.raises(ScheduleError, match="expected a list"):
        strings_of(fields("letters: a"), "letters")


def test_filled_leaves_out_what_is_empty() -> None:
    given = {"a": "", "b": None, "c": [], "d": {}, "e": 0, "f": ["x"], "g": "text"}
    assert filled(**given) == {"e": "0", "f": ["x"], "g": "text"}


def test_ordered_sorts_by_language() -> None:
    assert list(ordered({"zh": 1, "en": 2, "fr": 3}, str).items()) == [("en", "2"), ("fr", "3"), ("zh", "1")]
