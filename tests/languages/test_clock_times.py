"""Times of day: each language's own examples and rejects."""

from pathlib import Path

import pytest

from app.errors import LexiconError
from app.languages.clock_times import clock
from app.model import LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_examples_say_their_hours_and_rejects_say_none(language: str) -> None:
    words = clock(language)
    assert {text: [hours for _, _, hours in words.find(text)] for text in words.examples} == {
        text: [hours] for text, hours in words.examples.items()
    }
    assert {text: words.find(text) for text in words.rejects} == {text: [] for text in words.rejects}
    assert len(words.examples) >= 5
    assert len(words.rejects) >= 3


def test_the_place_is_that_of_the_words() -> None:
    text = "held  from 10\u00a0a.m. to 6 p.m., and from 7 p.m. to 8 p.m."
    assert [(text[start:end], hours) for start, end, hours in clock("en").find(text)] == [
        ("from 10\u00a0a.m. to 6 p.m.", "10:00/18:00"),
        ("from 7 p.m. to 8 p.m.", "19:00/20:00"),
    ]


def test_a_language_without_the_section_finds_nothing(tmp_path: Path) -> None:
    (tmp_path / "xx").mkdir()
    (tmp_path / "xx/profile.yaml").write_text("language: xx\n", encoding="utf-8")
    assert clock("xx", tmp_path).find("from 10 a.m. to 6 p.m.") == []


WHOLE = (
    "time: '{hour}', bare: '{hour}', phrases: ['at {time}'], before-noon: [], after-noon: [], noon: [x], "
    "halves: said, examples: {}, rejects: []"
)


@pytest.mark.parametrize(
    "section",
    [
        "[x]",
        "{time: '{hour}'}",
        f"{{{WHOLE.replace('halves: said', 'halves: often')}}}",
        f"{{{WHOLE.replace('[x]', 'x')}}}",
        f"{{{WHOLE.replace('at {time}', '(at {time}')}}}",
        f"{{{WHOLE.replace('examples: {}', 'examples: []')}}}",
    ],
)
def test_a_section_that_cannot_be_read_names_its_place(tmp_path: Path, section: str) -> None:
    (tmp_path / "xx").mkdir()
    (tmp_path / "xx/profile.yaml").write_text(f"language: xx\nclock: {section}\n", encoding="utf-8")
    with pytest.raises(LexiconError) as caught:
        clock("xx", tmp_path)
    assert caught.value.where.startswith(f"{tmp_path / 'xx/profile.yaml'}: clock")
