from datetime import date

import pytest

from app.documents import extract, read
from app.documents.pdf import read_pdf
from app.errors import DocumentError, TooLarge
from tests.documents import papers


def test_a_pdf_reads_like_its_text() -> None:
    found = read(papers.resolution_pdf(), "en")
    assert [paragraph.reading.text for paragraph in (*found.preamble, *found.operative)] == papers.READ
    assert (found.symbol and found.symbol.text, found.adopted, found.meeting) == ("A/RES/91/17", date(2036, 12, 1), 48)
    assert found.title == "International Year of Lighthouses"
    assert [mark.number for paragraph in found.preamble for mark in paragraph.marks] == ["1"]
    assert [(note.number, note.reading.text) for note in found.footnotes] == [("1", "See A/CONF.77/12, chap. I.")]
    assert [paragraph.page for paragraph in (*found.preamble, *found.operative)] == [1, 2, 2]


def test_gaps_become_blank_lines_and_raised_figures_superscripts() -> None:
    text = extract(papers.resolution_pdf()).text
    assert (
        " Recalling its resolution 89/200 of 20 December 2034 on light and the Convention\nof 1972 ¹ on the wish"
        in text
    )
    assert "\n\n_______________\n" in text
    assert "¹ See A/CONF.77/12, chap. I.\n" in text
    assert text.count("\f") == 1


@pytest.mark.parametrize(
    ("source", "what"),
    [
        (papers.resolution_pdf()[:300], "the PDF is damaged or truncated"),
        (b"%PDF-1.4 nothing more", "the PDF is damaged or truncated"),
        (papers.pdf([[(72, 700, 10, "1. Decides.")]], encrypted=True), "the PDF is encrypted"),
        (papers.pdf([[]]), "the PDF contains images but no text"),
    ],
)
def test_a_pdf_that_cannot_be_read_says_why(source: bytes, what: str) -> None:
    with pytest.raises(DocumentError) as caught:
        read(source, "en", name="light.pdf")
    assert (caught.value.what, caught.value.where) == (what, "light.pdf")
    assert caught.value.hint


def test_pages_and_seconds_are_bounded() -> None:
    source = papers.pdf([[(72, 700, 10, "1. Decides.")]] * 3)
    with pytest.raises(TooLarge) as caught:
        read_pdf(source, name="long.pdf", pages=2)
    assert (caught.value.what, caught.value.hint) == ("the PDF has 3 pages", "split it into parts of at most 2 pages")
    with pytest.raises(TooLarge) as caught:
        read_pdf(source, name="slow.pdf", seconds=-1)
    assert caught.value.where == "slow.pdf: page 1"


def test_paragraphs_say_their_page() -> None:
    found = read(papers.resolution_pdf(), "en")
    assert [(paragraph.number, paragraph.page) for paragraph in (*found.preamble, *found.operative)] == [
        (None, 1),
        ("1", 2),
        ("2", 2),
    ]
    assert len(found.pages) == 2
