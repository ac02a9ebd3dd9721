"""Whole documents in four languages, of our own writing: heads, paragraph structure, adoption, titles."""

import json
from datetime import date
from itertools import groupby
from pathlib import Path

import pytest

from app.documents.parser import read_text
from app.model import Language, WarningCode
from app.model.symbols import parse_symbol

WHOLE = Path(__file__).parents[1] / "corpus" / "whole"
FACTS: dict[tuple[Language, str], tuple[str, int, int, int]] = {
    ("zh", "A_HRC_RES_72_14"): ("human-rights-council", 42, 5, 12),
    ("zh", "A_RES_85_301"): ("general-assembly", 83, 5, 15),
    ("zh", "E_RES_2031_19"): ("economic-and-social-council", 37, 4, 12),
    ("zh", "E_RES_2199(LXII)"): ("economic-and-social-council", 2059, 4, 10),
    ("zh", "S_PRST_2030_8"): ("security-council", 11333, 0, 0),
    ("zh", "S_RES_3102(2031)"): ("security-council", 11618, 6, 14),
    ("ru", "A_DEC_88_541"): ("general-assembly", 69, 0, 0),
    ("ru", "A_HRC_RES_79_7"): ("human-rights-council", 54, 4, 12),
    ("ru", "A_RES_86_214"): ("general-assembly", 58, 5, 12),
    ("ru", "E_RES_2030_16"): ("economic-and-social-council", 45, 4, 11),
    ("ru", "S_PRST_2033_4"): ("security-council", 12114, 0, 0),
    ("ru", "S_RES_2871(2027)"): ("security-council", 10617, 6, 13),
    ("es", "A_HRC_RES_68_11"): ("human-rights-council", 36, 4, 12),
    ("es", "A_RES_3571(XXX)"): ("general-assembly", 2441, 3, 0),
    ("es", "A_RES_84_176"): ("general-assembly", 52, 5, 12),
    ("es", "E_RES_2029_8"): ("economic-and-social-council", 19, 3, 11),
    ("es", "S_PRST_2031_11"): ("security-council", 11672, 0, 0),
    ("es", "S_RES_3215(2033)"): ("security-council", 12298, 5, 12),
    ("ar", "A_HRC_RES_84_21"): ("human-rights-council", 40, 4, 12),
    ("ar", "A_RES_32_219"): ("general-assembly", 110, 3, 9),
    ("ar", "A_RES_87_119"): ("general-assembly", 47, 5, 12),
    ("ar", "E_DEC_2032_237"): ("economic-and-social-council", 41, 0, 0),
    ("ar", "S_PRST_2028_5"): ("security-council", 10702, 0, 0),
    ("ar", "S_RES_2990(2029)"): ("security-council", 11106, 5, 12),
}
"""Body, meeting, paragraphs of the preamble, last number (0: none), counted by hand."""
ABBREVIATED = {"A_RES_84_176", "A_DEC_88_541", "S_RES_2871(2027)"}
"""Whose gold gives a title in other words than the document does."""


@pytest.mark.parametrize(("language", "name"), FACTS, ids=str)
@pytest.mark.parametrize("named", [True, False], ids=["named", "unnamed"])
def test_whole_document_is_read_from_its_own_head(language: Language, name: str, named: bool) -> None:
    text = (WHOLE / language / f"{name}.txt").read_text("utf-8")
    gold = json.loads((WHOLE / language / f"{name}.json").read_text("utf-8"))
    body, meeting, preamble, last = FACTS[language, name]
    read = read_text(text, language, name=f"{name}.txt" if named else "")
    assert (read.symbol, read.body) == (parse_symbol(gold["symbol"]), body)
    assert (read.adopted, read.meeting) == (date.fromisoformat(gold["adopted"]), meeting)
    assert len(read.preamble) == preamble
    numbers = [number for number, _ in groupby(part.number for part in read.operative)]
    assert numbers == ([str(number) for number in range(1, last + 1)] or [None])
    assert WarningCode.UNKNOWN_SYMBOL not in {warning.code for warning in read.warnings}


@pytest.mark.parametrize(("language", "name"), [key for key in FACTS if key[1] not in ABBREVIATED])
def test_whole_document_has_its_title(language: Language, name: str) -> None:
    read = read_text((WHOLE / language / f"{name}.txt").read_text("utf-8"), language)
    title = json.loads((WHOLE / language / f"{name}.json").read_text("utf-8"))["title"]
    assert "".join(read.title.split()).startswith("".join(title.split()))
    assert read.title_derived == name.startswith("S_")


def test_whole_documents_have_spans_of_their_words() -> None:
    for language, name in FACTS:
        text = (WHOLE / language / f"{name}.txt").read_text("utf-8")
        read = read_text(text, language)
        for paragraph in (*read.preamble, *read.operative):
            place = paragraph.reading.text.find(" ") + 1
            assert paragraph.reading.text[place] == text[paragraph.reading.place(place)]
