"""Writing conventions of languages: defaults, ordinals, and errors of a file."""

import pytest

from app.errors import LexiconError
from app.i18n.profile import LanguageProfile, is_right_to_left, profile, read_profile
from app.model import LANGUAGES


def test_profile_of_an_unknown_language_has_defaults() -> None:
    assert profile("qq") == LanguageProfile("qq", name="qq")


def test_read_profile_takes_keys_and_keeps_other_defaults() -> None:
    text = 'name: Test\ndirection: rtl\nordinals: {"=1": "{number}er", other: "{number}e"}\n'
    found = read_profile("qq", text, "labels.yaml")
    assert (found.name, found.direction, found.day) == ("Test", "rtl", "d MMMM y")
    assert [found.ordinal(number) for number in (1, 11, 73)] == ["1er", "11e", "73e"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("months: [January]", "expected 12 months, got 1: labels.yaml:1 (months): list January to December"),
        ("name: [a]", "expected a single value: labels.yaml:1 (name)"),
    ],
)
def test_read_profile_names_line_and_key(text: str, line: str) -> None:
    with pytest.raises(LexiconError) as caught:
        read_profile("qq", text, "labels.yaml")
    assert str(caught.value) == line


def test_right_to_left_is_arabic_alone() -> None:
    assert [language for language in LANGUAGES if is_right_to_left(language)] == ["ar"]
