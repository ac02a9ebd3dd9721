"""Grammars: one for each language, made once, refused for other languages."""

import pytest

from app.errors import UnknownLanguage
from app.model import LANGUAGES
from app.timex.grammar import grammar


@pytest.mark.parametrize("language", LANGUAGES)
def test_grammar_is_made_once_of_its_language(language: str) -> None:
    assert grammar(language) is grammar(language)
    assert grammar(language).lexicon.language == language
    assert len(grammar(language).anchors) > 0


def test_grammar_of_an_unknown_language_is_refused() -> None:
    with pytest.raises(UnknownLanguage):
        grammar("xx")
