import pytest

from app.documents.identity import own_symbol, same_instrument, symbol_of_label
from app.documents.parser import read_text
from app.documents.vocabulary import load_vocabulary
from app.model import WarningCode
from app.model.symbols import parse_symbol

STATEMENT = """Statement by the President of the Security Council

At the 9911th meeting of the Security Council, held on 3 June 2036, in connection with the Council’s consideration of
the item entitled “The situation on the Lantern Coast”, the President made the following statement on behalf of the
Council:

“The Security Council recalls its statement S/PRST/2035/2, its resolution 2990 (2035) and, as set out in
A/RES/90/304, the role of lights.

“The Security Council requests the Secretary-General to report by 1 September 2036.”
"""
PARTIES = """The Conference of the Parties,

Recalling General Assembly resolution 85/213 and decision A/DEC/85/401,

1. Decides to convene a workshop on 5 May 2037;
"""


@pytest.mark.parametrize(
    ("language", "head", "symbol"),
    [
        ("en", "United Nations  A/RES/91/17\n\nGeneral Assembly\n", "A/RES/91/17"),
        ("en", "United Nations S /RES/2991 (2036)\n", "S/RES/2991 (2036)"),
        ("en", "S/PRST/2036/4\nDistr.: General\n3 June 2036\n", "S/PRST/2036/4"),
        ("en", "CBD/COP/DEC/15/4\n19 December 2022\n", "CBD/COP/DEC/15/4"),
        ("en", "UNEP/EA.2/RES.25\n", "UNEP/EA.2/RES.25"),
        ("en", "HSP/HA.2/Res.1\n", "HSP/HA.2/Res.1"),
        ("fr", "Nations Unies A/HRC/RES/55/2\n", "A/HRC/RES/55/2"),
        ("es", "Naciones Unidas S/PRST/2031/11\n", "S/PRST/2031/11"),
        ("ru", "Организация Объединенных Наций S/RES/2871 (2027)\n", "S/RES/2871 (2027)"),
        ("zh", "联合国 S/RES/3102 (2031)\n", "S/RES/3102 (2031)"),
        ("ar", "الأمم المتحدة A/RES/87/119\n", "A/RES/87/119"),
    ],
)
def test_own_symbol_on_a_line_of_the_head_is_read(language: str, head: str, symbol: str) -> None:
    assert own_symbol(head, load_vocabulary(language)) == parse_symbol(symbol)


@pytest.mark.parametrize(
    "head",
    [
        "as set out in A/RES/70/304\n",
        "(S/PRST/2017/2)\n",
        "[on the report of the Fifth Committee (A/78/933)]\n",
        f"{'The Council recalls many things at length, and more than a head holds, in ' * 2}\nA/RES/70/304\n",
        "A/72/PV.76\n",
    ],
)
def test_own_symbol_amid_words_is_a_citation(head: str) -> None:
    assert own_symbol(head, load_vocabulary("en")) is None


@pytest.mark.parametrize(
    ("label", "body", "decision", "symbol"),
    [
        ("91/17", "general-assembly", False, "A/RES/91/17"),
        ("91/540", "general-assembly", True, "A/DEC/91/540"),
        ("2199(六十二)", "economic-and-social-council", False, "E/RES/2199(LXII)"),
        ("4/5", "united-nations-environment-assembly", False, "UNEP/EA.4/RES.5"),
        ("21 (1947)", "", False, "S/RES/21 (1947)"),
        ("1/CP.27", "", False, "1/CP.27"),
    ],
)
def test_symbol_of_label_by_body(label: str, body: str, decision: bool, symbol: str) -> None:
    found = symbol_of_label(label, body, decision=decision)
    assert found is not None
    assert found.text == symbol
    assert same_instrument(label if "六" not in label else "2199(LXII)", found)


def test_symbol_of_label_without_body_is_none() -> None:
    assert symbol_of_label("4/5", "") is None


@pytest.mark.parametrize("text", [STATEMENT, PARTIES, STATEMENT.replace("Statement by", "Note by")])
def test_document_without_symbol_is_not_filed_under_a_citation(text: str) -> None:
    read = read_text(text, "en")
    assert read.symbol is None
    assert WarningCode.UNKNOWN_SYMBOL in {warning.code for warning in read.warnings}
    assert read.operative


def test_document_with_a_wrapped_citation_keeps_its_symbol() -> None:
    text = (
        "United Nations\nA/RES/91/309\n\nFinancing of the activities arising from Security Council\n"
        "resolution 1863 (2009)\n\nResolution adopted by the General Assembly\non 28 June 2037\n\n"
        "91/309. Financing of the activities arising from Security Council resolution\n1863 (2009)\n\n"
        "The General Assembly,\n\nRecalling resolution 1863 (2009),\n\n1. Decides to meet on 5 May 2038.\n"
    )
    read = read_text(text, "en")
    assert read.symbol == parse_symbol("A/RES/91/309")
    assert [part.number for part in read.operative] == ["1"]
    assert read.title == "Financing of the activities arising from Security Council resolution 1863 (2009)"
