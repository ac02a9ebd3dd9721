import pytest

from app.errors import SymbolError
from app.model import Symbol
from app.model.symbols import numeral, parse_symbol, roman, symbol_from_name

ASSEMBLY = "general-assembly"
COUNCIL = "security-council"
RIGHTS = "human-rights-council"
ECOSOC = "economic-and-social-council"


@pytest.mark.parametrize(
    ("text", "symbol", "slug"),
    [
        ("A/RES/72/251", Symbol("A/RES/72/251", ASSEMBLY, session=72), "A-RES-72-251"),
        ("A-RES-72-251", Symbol("A/RES/72/251", ASSEMBLY, session=72), "A-RES-72-251"),
        ("A_RES_72_251", Symbol("A/RES/72/251", ASSEMBLY, session=72), "A-RES-72-251"),
        ("a/res/72/251", Symbol("A/RES/72/251", ASSEMBLY, session=72), "A-RES-72-251"),
        ("resolution 72/251", Symbol("A/RES/72/251", ASSEMBLY, session=72), "A-RES-72-251"),
        ("A/DEC/72/553", Symbol("A/DEC/72/553", ASSEMBLY, session=72), "A-DEC-72-553"),
        ("decision 72/553", Symbol("A/DEC/72/553", ASSEMBLY, session=72), "A-DEC-72-553"),
        ("A/RES/31/16 A", Symbol("A/RES/31/16 A", ASSEMBLY, session=31), "A-RES-31-16-A"),
        ("A-RES-31-16-A", Symbol("A/RES/31/16 A", ASSEMBLY, session=31), "A-RES-31-16-A"),
        ("A_RES_68_86 A B", Symbol("A/RES/68/86 A-B", ASSEMBLY, session=68), "A-RES-68-86-A-B"),
        ("A/RES/3379(XXX)", Symbol("A/RES/3379(XXX)", ASSEMBLY, session=30), "A-RES-3379-XXX"),
        ("A-RES-3379-XXX", Symbol("A/RES/3379(XXX)", ASSEMBLY, session=30), "A-RES-3379-XXX"),
        ("A/RES/3201(S-VI)", Symbol("A/RES/3201(S-VI)", ASSEMBLY, session=6, special="S"), "A-RES-3201-S-VI"),
        ("A/RES/S-13/2", Symbol("A/RES/S-13/2", ASSEMBLY, session=13, special="S"), "A-RES-S-13-2"),
        ("A-RES-ES-8-2", Symbol("A/RES/ES-8/2", ASSEMBLY, session=8, special="ES"), "A-RES-ES-8-2"),
        ("S/RES/2334(2016)", Symbol("S/RES/2334 (2016)", COUNCIL, year=2016), "S-RES-2334-2016"),
        ("S-RES-2334-2016", Symbol("S/RES/2334 (2016)", COUNCIL, year=2016), "S-RES-2334-2016"),
        ("resolution 2334 (2016)", Symbol("S/RES/2334 (2016)", COUNCIL, year=2016), "S-RES-2334-2016"),
        ("S/PRST/2023/1", Symbol("S/PRST/2023/1", COUNCIL, year=2023), "S-PRST-2023-1"),
        ("E/RES/2017/4", Symbol("E/RES/2017/4", ECOSOC, year=2017), "E-RES-2017-4"),
        ("E/RES/1895(LVII)", Symbol("E/RES/1895(LVII)", ECOSOC, session=57), "E-RES-1895-LVII"),
        ("A/HRC/RES/54/27", Symbol("A/HRC/RES/54/27", RIGHTS, session=54), "A-HRC-RES-54-27"),
        ("A/HRC/RES/S-37/1", Symbol("A/HRC/RES/S-37/1", RIGHTS, session=37, special="S"), "A-HRC-RES-S-37-1"),
        ("UNEP/EA.5/RES.14", Symbol("UNEP/EA.5/RES.14", ""), "UNEP-EA-5-RES-14"),
    ],
)
def test_a_symbol_is_read_and_written_officially(text: str, symbol: Symbol, slug: str) -> None:
    assert parse_symbol(text) == symbol
    assert parse_symbol(symbol.text) == symbol
    assert symbol.slug == slug


@pytest.mark.parametrize(
    "text", ["", "nonsense", "72/251", "A/72/339", "A/RES/", "A/RES/72/251/9/9", "S/RES/2334", "E/RES/4"]
)
def test_what_is_no_symbol_is_refused_with_a_hint(text: str) -> None:
    with pytest.raises(SymbolError) as caught:
        parse_symbol(text)
    assert caught.value.where == "symbol"
    assert caught.value.hint.startswith("write it as A/RES/72/251")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("A_RES_72_251.txt", "A/RES/72/251"),
        ("A-RES-72-251.zh.txt", "A/RES/72/251"),
        ("some/where/A_RES_72_251.pdf", "A/RES/72/251"),
        ("S_RES_1718(2006).txt", "S/RES/1718 (2006)"),
        ("A_RES_2222(XXI).txt", "A/RES/2222(XXI)"),
        ("A_HRC_RES_S-33_1.html", "A/HRC/RES/S-33/1"),
        ("UNEP_EA.2_RES.13.txt", "UNEP/EA.2/RES.13"),
        ("notes.txt", None),
        ("resolution.txt", None),
        ("report-2018.txt", None),
        ("", None),
    ],
)
def test_a_file_name_gives_its_symbol(name: str, text: str | None) -> None:
    found = symbol_from_name(name)
    assert (found.text if found else None) == text


def test_roman_numerals_go_both_ways() -> None:
    assert [roman(numeral(n)) for n in range(1, 120)] == list(range(1, 120))
    assert [roman(text) for text in ("iiii", "vx", "", "abc")] == [None, None, None, None]
