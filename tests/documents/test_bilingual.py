"""Pages that print English and French side by side, as scans of the first years give them."""

from app.documents.parser import read_text

PAGE = """37 (IV). Lighthouses

The Economic and Social Council,

Establishes a commission for lighthouses with terms of reference as follows:

1. The Commission shall invite representatives of the agencies to participate in its work, following the practice;

37 (IV). Les phares

Le Conseil économique et social,

Crée une commission des phares avec le mandat suivant :

1. La Commission invitera les représentants des institutions à participer à ses travaux, en suivant la procédure;

<!-- Page 2 -->

2. The Commission shall submit to the Council a report once a year on the lighthouses of the coast;

2. La Commission présentera au Conseil un rapport sur les phares de la côte une fois par an, avant 1951;

4. The Council shall make a review of the work of the Commission not later than in 1951.
"""


def test_only_paragraphs_in_document_language_are_read() -> None:
    read = read_text(PAGE, "en", name="E_RES_37(IV).txt")
    assert [(p.number, p.reading.text[:22]) for p in read.operative] == [
        (None, "Establishes a commissi"),
        ("1", "The Commission shall i"),
        ("2", "The Commission shall s"),
        ("4", "The Council shall make"),
    ]


def test_a_text_in_one_language_is_left_as_it_is() -> None:
    text = PAGE.replace("Le Conseil économique et social,", "Le Conseil,")
    assert any(
        p.reading.text.startswith("La Commission") for p in read_text(text, "en", name="E_RES_37(IV).txt").operative
    )
