"""Documents as they are read: spans, paragraphs, symbols, warnings."""

from app.model import Paragraph, Reading, Role, Span, Symbol
from app.model.document import DocumentWarning, WarningCode


def test_a_reading_knows_where_its_characters_stand() -> None:
    text = "1. Decides\n[page 2]\nto meet"
    reading = Reading("Decides to meet", (0, 8), (3, 20))
    assert reading.span(0, 7).of(text) == "Decides"
    assert reading.span(8, 15) == Span(20, 27)
    assert Span(20, 27).of(text) == "to meet"
    paragraph = Paragraph(Role.OPERATIVE, reading, "7", ("a", "ii"), section="B")
    assert (paragraph.label, paragraph.span) == ("B.7 (a) (ii)", Span(3, 27))


def test_a_symbol_is_an_address_too() -> None:
    assert [Symbol(text, "").slug for text in ("A/RES/72/251", "S/RES/2334 (2016)", "A/C.3/72/L.9")] == [
        "A-RES-72-251",
        "S-RES-2334-2016",
        "A-C-3-72-L-9",
    ]


def test_label_without_number_is_of_its_section_and_letters() -> None:
    reading = Reading("To meet", (0,), (5,))
    labels = [
        Paragraph(Role.OPERATIVE, reading, number, letters, section).label
        for number, letters, section in ((None, (), ""), (None, ("a",), "II"), ("3", (), ""), ("3", ("b",), ""))
    ]
    assert labels == ["", "II (a)", "3", "3 (b)"]


def test_warning_is_doubtful_where_letters_or_order_are() -> None:
    doubtful = {code for code in WarningCode if DocumentWarning(code).doubtful}
    assert doubtful == {WarningCode.READING_ORDER, WarningCode.REVERSED_WORDS, WarningCode.LOST_CHARACTERS}
