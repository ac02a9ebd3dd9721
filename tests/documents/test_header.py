from datetime import date

import pytest

from app.documents.header import DocumentHeader, parse_header
from app.documents.vocabulary import fold_name, load_vocabulary
from app.model.symbols import parse_symbol


def head_of(text: str, language: str = "en", *, symbol: str = "", named: str = "") -> DocumentHeader:
    vocabulary = load_vocabulary(language)
    formulas = [(m.start(1), vocabulary.bodies.get(fold_name(m[1]), "")) for m in vocabulary.formula.finditer(text)]
    return parse_header(
        text, vocabulary, parse_symbol(symbol) if symbol else None, parse_symbol(named) if named else None, formulas
    )


TWO = """292 General Assembly—Forty-fifth Session

45/179. Enhancement of lighthouses

The General Assembly,

1. Decides to wait.

71st plenary meeting

21 December 1990

45/180. Developments on beacons

The General Assembly,

1. Requests a report.

72nd plenary meeting

22 December 1990
"""


def test_of_two_resolutions_on_a_page_the_one_asked_for_is_read() -> None:
    first, second = TWO.index("45/179"), TWO.index("45/180")
    named = head_of(TWO, named="A/RES/45/180")
    assert (named.title, named.adopted, named.meeting) == ("Developments on beacons", date(1990, 12, 22), 72)
    assert (named.start, named.end) == (second, len(TWO))
    unnamed = head_of(TWO)
    assert (unnamed.symbol, unnamed.adopted, unnamed.meeting) == (parse_symbol("A/RES/45/179"), date(1990, 12, 21), 71)
    assert (unnamed.start, unnamed.end) == (first, second)


@pytest.mark.parametrize(
    ("lines", "symbol", "adopted", "meeting"),
    [
        (
            "Resolution 816 (1993)\n\nAdopted by the Security Council at its 3191st meeting,\non 31 March 1993\n\n"
            "The Security Council,\n",
            "S/RES/816 (1993)",
            date(1993, 3, 31),
            3191,
        ),
        (
            "RESOLUTION 598 (1987)\nof 20 July 1987\n\nThe Security Council,\n",
            "S/RES/598 (1987)",
            date(1987, 7, 20),
            None,
        ),
        (
            "47 (1948). Resolution of 21 April 1948\n\nThe Security Council,\n",
            "S/RES/47 (1948)",
            date(1948, 4, 21),
            None,
        ),
        (
            "1541 (XV). Principles\n\nThe General Assembly,\n\n1. Decides.\n\n"
            "948th plenary meeting,\n\n15 December 1960.\n",
            "A/RES/1541(XV)",
            date(1960, 12, 15),
            948,
        ),
        (
            "Resolution adopted by the Human Rights Council \non 22 March 2019\n\n40/15. Rights\n\n"
            "The Human Rights Council,\n\n"
            "1. Decides.\n\n53rd meeting\n22 March 2019\n",
            "A/HRC/RES/40/15",
            date(2019, 3, 22),
            53,
        ),
        ("2017/4. Plan\n\nThe Economic and Social Council,\n\n1. Decides.\n", "E/RES/2017/4", None, None),
    ],
)
def test_the_shapes_of_heads(lines: str, symbol: str, adopted: date | None, meeting: int | None) -> None:
    head = head_of(lines)
    assert (head.symbol, head.adopted, head.meeting) == (parse_symbol(symbol), adopted, meeting)


@pytest.mark.parametrize(
    ("language", "line", "adopted", "meeting"),
    [
        ("fr", "Adoptée par le Conseil de sécurité à sa 9539 e séance, le 30 janvier 2024", date(2024, 1, 30), 9539),
        (
            "es",
            "Aprobada por el Consejo de Seguridad en su 9539ª sesión,\ncelebrada el 30 de enero de 2024",
            date(2024, 1, 30),
            9539,
        ),
        ("ru", "принятая Советом Безопасности на его 9539-м заседании 30 января 2024 года", date(2024, 1, 30), 9539),
        ("ar", "الذي اتخذه مجلس الأمن في جلسته 9539، المعقودة في 30 كانون الثاني/يناير 2024", date(2024, 1, 30), 9539),
        ("zh", "安全理事会 2024 年 1 月 30 日第 9539 次会议通过", date(2024, 1, 30), 9539),
    ],
)
def test_the_council_s_line_of_adoption_in_five_languages(
    language: str, line: str, adopted: date, meeting: int
) -> None:
    head = head_of(f"S/RES/2723 (2024)\n\n{line}\n\n1. X\n", language)
    assert (head.symbol, head.adopted, head.meeting) == (parse_symbol("S/RES/2723 (2024)"), adopted, meeting)


@pytest.mark.parametrize(
    ("day", "symbol", "adopted"),
    [
        ("26 April", "A/DEC/72/556", date(2018, 4, 26)),
        ("24 December", "A/DEC/72/540", date(2017, 12, 24)),
        ("12 September", "A/DEC/72/560", None),
        ("26 April", "A/DEC/S-13/1", None),
    ],
)
def test_day_without_year_is_dated_by_a_certain_session(day: str, symbol: str, adopted: date | None) -> None:
    text = f"A conference\n\nAt its 87th meeting, on {day}, the General Assembly decided to postpone the conference.\n"
    assert head_of(text, symbol=symbol).adopted == adopted


def test_dates_of_what_is_cited_are_no_days_of_adoption() -> None:
    text = (
        "49/176. Fund\n\nThe General Assembly,\n\nRecalling the Declaration adopted by the World Conference on"
        " 25 June 1993 and resolution 48/1 of 20 December 1993,\n\n1. Decides.\n"
    )
    assert head_of(text).adopted is None


def test_given_symbol_precedes_text_and_text_precedes_name() -> None:
    text = "45/179. Lighthouses\n\nThe General Assembly,\n\n1. Decides.\n"
    assert head_of(text, symbol="A/RES/9/9").symbol == parse_symbol("A/RES/9/9")
    assert head_of(text, named="A/RES/9/9").symbol == parse_symbol("A/RES/45/179")
    assert head_of("The General Assembly,\n\n1. Decides.\n", named="A/RES/9/9").symbol == parse_symbol("A/RES/9/9")
    assert head_of("The General Assembly,\n\n1. Decides.\n").symbol is None
