"""Patterns of titles, compiled."""

import pytest

from app.languages.title_patterns import title_patterns


@pytest.mark.parametrize(
    ("language", "text", "verb"),
    [
        ("en", "Requests the keepers", True),
        ("en", "requestsx", False),
        ("fr", "Décide de réunir", True),
        ("fr", "décidée par le Conseil", False),
        ("es", "Decide reunirse", True),
        ("ru", "Призывает государства", True),
        ("ru", "призывающий", False),
        ("ru", "призывает", True),
        ("ar", "تقرر عقد مؤتمر", True),
        ("zh", "请秘书长", True),
    ],
)
def test_operative_verb_ends_at_word_in_any_script(language: str, text: str, verb: bool) -> None:
    assert (title_patterns(language).one("operative").match(text) is not None) is verb
