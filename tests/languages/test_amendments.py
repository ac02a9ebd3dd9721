"""Words that change what was decided before: each language's own examples and rejects."""

from pathlib import Path

import pytest

from app.errors import LexiconError
from app.languages.amendments import KEYS, amending
from app.model import LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_action(language: str) -> None:
    assert tuple(amending(language).patterns) == KEYS


CASES = [(language, key) for language in LANGUAGES for key in KEYS]


@pytest.mark.parametrize(("language", "key"), CASES)
def test_examples_are_found_and_rejects_are_not(language: str, key: str) -> None:
    words = amending(language)
    found = {text: {name for _, _, name in words.find(text)} for text in words.examples[key]}
    assert [text for text, names in found.items() if key not in names] == []
    assert [text for text in words.rejects[key] if any(name == key for _, _, name in words.find(text))] == []


def test_the_place_is_that_of_the_words() -> None:
    text = "decides to  postpone the conference"
    assert [(text[start:end], key) for start, end, key in amending("en").find(text)] == [("postpone", "postpone")]


@pytest.mark.parametrize(
    "section",
    [
        "amendments: [x]",
        "amendments: {retract: {phrases: [a], examples: [a], rejects: [b]}}",
        "amendments: {cancel: {phrases: [a], examples: [a]}}",
        "amendments: {cancel: {phrases: ['(a'], examples: [a], rejects: [b]}}",
        "amendments: {cancel: {phrases: [], examples: [a], rejects: [b]}}",
    ],
)
def test_a_section_that_cannot_be_read_names_its_place(tmp_path: Path, section: str) -> None:
    (tmp_path / "xx").mkdir()
    (tmp_path / "xx/profile.yaml").write_text(f"language: xx\n{section}\n", encoding="utf-8")
    with pytest.raises(LexiconError) as caught:
        amending("xx", tmp_path)
    assert caught.value.where.startswith(f"{tmp_path / 'xx/profile.yaml'}: amendments")
