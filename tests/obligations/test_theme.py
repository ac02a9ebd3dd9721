"""Phrases that titles are made of: themes, goals, requests, names."""

import re

import pytest

from app.languages.title_patterns import title_patterns
from app.obligations.theme import (
    asked_after,
    asked_phrase,
    goal_after,
    goal_before,
    noun_phrase,
    noun_theme,
    observance_name,
    proper_name,
    segment,
    theme_after,
    theme_at,
    tidy,
    words_before,
)

WORDS = title_patterns("en")


def test_segment_is_the_clause_of_one_verb() -> None:
    text = "Notes the lamps, and requests the keepers to report"
    assert text[slice(*segment(text, 45, 51, WORDS))] == "requests the keepers to report"


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("the progress made in the keeping of lamps, and to report", "keeping of lamps"),
        ("the implementation of the present resolution", ""),
    ],
)
def test_theme_at_leaves_out_what_refers_back(text: str, theme: str) -> None:
    assert theme_at(text, WORDS) == theme


def test_theme_after_needs_an_introducing_word() -> None:
    texts = ("to submit a report on the keeping of lamps by May", "to meet in May")
    assert [theme_after(text, WORDS) for text in texts] == ["keeping of lamps", ""]


@pytest.mark.parametrize(("text", "tidied"), [("the  keeping\nof lamps12", "the keeping of lamps"), ("", "")])
def test_tidy_is_one_line_without_notes(text: str, tidied: str) -> None:
    assert tidy(text) == tidied


def test_goal_stands_before_or_after_its_year() -> None:
    before, after = "Urges States to end the drowning of sailors by 2040", "and, by 2040, end the drowning of sailors;"
    assert goal_before(before, before.index("2040"), WORDS) == "end the drowning of sailors"
    assert goal_after(after, after.index("2040")) == "end the drowning of sailors"
    assert goal_after("by 2040;", 3) == ""


def test_asked_phrase_is_the_infinitive_with_its_object() -> None:
    text = "Requests the keepers to designate a focal point by 1 May"
    assert asked_phrase(text, text.index("by 1"), WORDS) == "designate a focal point"
    assert asked_phrase("In 2040", 3, WORDS) == ""


def test_words_before_are_what_shall_be_done() -> None:
    text = "Iran will increase the number of lamps within nine months"
    assert words_before(text, len(text), WORDS) == "increase the number of lamps"


def test_asked_after_is_the_object_of_the_last_request() -> None:
    text = "Requests the keepers to light the lamps, and to report by May"
    assert asked_after(text, text.index("by May"), WORDS) == "light the lamps"
    assert asked_after("The lamps are lit", 5, WORDS) == ""


def test_proper_name_is_of_a_meeting() -> None:
    assert proper_name("Decides to convene the World Conference on Lamps in 2040", 48, 56, WORDS) == (
        "World Conference on Lamps"
    )
    assert proper_name("Decides to light the lamps in 2040", 26, 34, WORDS) == ""


def test_observance_name_is_of_a_day_week_or_year() -> None:
    assert observance_name("Proclaims 4 May International Day of Lamps", 10, 15, WORDS) == "International Day of Lamps"
    assert observance_name("Decides to meet on 4 May", 19, 24, WORDS) == ""


def test_noun_phrase_and_theme_of_a_common_noun() -> None:
    text = "to hold open informal consultations on secured lamps in May"
    match = re.search("consultations", text)
    assert match is not None
    assert (noun_phrase(text, match, WORDS), noun_theme(text, match, WORDS)) == (
        "open informal consultations",
        "secured lamps",
    )
