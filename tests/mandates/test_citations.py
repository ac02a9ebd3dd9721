"""Citations of resolutions with the paragraphs that they name."""

import pytest

from app.mandates.citations import find_citations
from app.mandates.vocabulary import mandate_vocabulary


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("as set out in paragraph 9 of resolution 1701 (2006)", [("1701", ("9",))]),
        ("paragraphs 11 to 13 of resolution 2182 (2014)", [("2182", ("11", "13", "12"))]),
        ("resolution 1325 (2000) and resolution 1325 (2000)", [("1325", ())]),
        ("no text is cited in 2026", []),
    ],
)
def test_find_citations_gives_numbers_with_paragraphs(words: str, found: list[tuple[str, tuple[str, ...]]]) -> None:
    assert find_citations(words, mandate_vocabulary("en").citation) == found
