"""The vocabulary of mandates: patterns of each language, and files that do not follow their form."""

import pytest

from app.errors import UnknownLanguage
from app.mandates.vocabulary import mandate_vocabulary
from app.model import LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_vocabulary_has_patterns_in_every_language(language: str) -> None:
    words = mandate_vocabulary(language)
    assert (bool(words.organs), bool(words.measures)) == (True, True)
    assert [slug for slug, _ in words.organs] == [slug for slug, _ in mandate_vocabulary("en").organs]


def test_citation_finds_paragraphs_number_and_year() -> None:
    found = mandate_vocabulary("en").citation.search("pursuant to paragraphs 11 and 15 of resolution 2140 (2014)")
    assert found is not None
    assert found.group("paragraphs", "number", "year") == ("11 and 15", "2140", "2014")
    bare = mandate_vocabulary("en").citation.search("recalling resolution 1973 (2011)")
    assert bare is not None
    assert bare.group("paragraphs", "number", "year") == (None, "1973", "2011")


@pytest.mark.parametrize("text", ["2140", "2140 (1914)", "A/2140 (2014)", "12140 (2014)"])
def test_citation_of_another_form_is_not_found(text: str) -> None:
    assert mandate_vocabulary("en").citation.search(text) is None


def test_vocabulary_of_an_unknown_language_is_refused() -> None:
    with pytest.raises(UnknownLanguage):
        mandate_vocabulary("xx")
