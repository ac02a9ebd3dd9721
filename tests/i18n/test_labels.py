"""Words for kinds, certainties, statuses and warnings: each has one, in every language."""

from enum import Enum
from typing import Any

import pytest

from app.i18n import labels
from app.model import LANGUAGES, Action, Certainty, DocumentWarning, Kind, Status, WarningCode


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("translate", "values"),
    [
        (labels.translate_kind, Kind),
        (labels.translate_certainty, Certainty),
        (labels.explain_certainty, Certainty),
        (labels.translate_status, Status),
        (labels.translate_action, Action),
    ],
    ids=lambda value: value.__name__,
)
def test_every_value_has_a_word_of_its_own(translate: Any, values: type[Enum], language: str) -> None:
    words = [translate(value, language) for value in values]
    assert all(words)
    assert len(set(words)) == len(words)


def test_warning_has_its_detail_after_a_colon() -> None:
    text = labels.translate_warning(DocumentWarning(WarningCode.WORD_ORDER, "3, 4"), "en")
    assert text == "letters in reverse were put right by their places on the page; pages: 3, 4"
    assert labels.translate_warning(DocumentWarning(WarningCode.LEFT_OUT), "en") == (
        "struck, moved or hidden words were left out"
    )


def test_reason_and_milestone_without_words_stay_as_they_are() -> None:
    assert labels.translate_reason("no-arithmetic", "en") == "it is a time, and no arithmetic gives its day"
    assert labels.translate_reason("day.impossible", "fr") == "day.impossible"
    assert labels.translate_milestone("document-issue", "en") == "Document issue due"
    assert labels.translate_milestone("my-own", "fr") == "my-own"


@pytest.mark.parametrize(("number", "text"), [(1, "1st"), (2, "2nd"), (11, "11th"), (73, "73rd"), (112, "112th")])
def test_ordinal_in_english_has_its_ending(number: int, text: str) -> None:
    assert labels.ordinal(number, "en") == text
