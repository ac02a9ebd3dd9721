"""The phrases of the lexicons, their small language, and what is refused."""

from pathlib import Path

import pytest

from app.errors import LexiconError
from app.languages import languages
from app.languages.phrases import SECTIONS, deontic, phrases


def test_every_language_has_every_section() -> None:
    for language in languages():
        assert {name for name in SECTIONS if deontic(language).sections[name]} == set(SECTIONS), language


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("requests?", ("requests", "request")),
        ("(also )?asks", ("also asks", "asks")),
        ("organi[sz]e", ("organise", "organize")),
        ("(a|b(c|d))", ("a", "bc", "bd")),
        ("keep … informed", ("keep … informed",)),
        ("доклад*", ("доклад*",)),
    ],
)
def test_a_pattern_stands_for_phrases(pattern: str, said: tuple[str, ...]) -> None:
    assert phrases(pattern) == said


@pytest.mark.parametrize("pattern", ["(a", "a)", "a+", "a{2}", "^a", "a\\b", "(a|b)?(c|d)?" * 6 + "[abcdefgh]"])
def test_a_pattern_that_cannot_be_read_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        phrases(pattern)


@pytest.mark.parametrize(
    ("yaml", "what"),
    [
        ("verbs: [a]", "is no mapping"),
        ("verbs: {plead: [pleads]}", "unknown key 'plead'"),
        ("actions: {submit: pleads}", "is no list of patterns"),
        ("cues: {to: ['(to']}", "cannot be read"),
    ],
)
def test_a_wrong_section_is_refused_with_its_file(tmp_path: Path, yaml: str, what: str) -> None:
    (tmp_path / "xx").mkdir()
    (tmp_path / "xx/profile.yaml").write_text(f"language: xx\n{yaml}\n", "utf-8")
    with pytest.raises(LexiconError, match=r"xx/\w+\.yaml|xx: ") as caught:
        deontic("xx", tmp_path)
    assert what in caught.value.what
