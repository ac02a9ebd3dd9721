from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.documents.parser import read_text
from app.errors import DocumentError, UnknownLanguage
from app.model import Language, Resolution, Symbol
from tests.documents import samples

SEED = Path(__file__).parents[2] / "schedules/ga/72/A-RES-72-251.zh.txt"


def labels(resolution: Resolution) -> list[str]:
    return [paragraph.label for paragraph in resolution.operative]


def assert_spans(resolution: Resolution) -> None:
    """Every character of every reading stands in the stored text where its place says."""
    text = resolution.text
    for paragraph in (*resolution.preamble, *resolution.operative, *resolution.annexes):
        reading = paragraph.reading
        assert reading.text == " ".join(reading.text.split())
        assert [text[reading.place(n)] for n, c in enumerate(reading.text) if c != " "] == [
            *reading.text.replace(" ", "")
        ]
        for mark in paragraph.marks:
            assert mark.span.of(text).translate(str.maketrans("¹²³⁴⁵⁶⁷⁸⁹⁰", "1234567890")) == mark.number
    for note in resolution.footnotes:
        assert note.span.of(text).endswith(note.reading.text[-8:])


def test_the_seed_whole() -> None:
    text = SEED.read_text(encoding="utf-8")
    seed = read_text(text, "zh", name=SEED.name)
    assert seed.text == text
    assert replace(seed, text="", preamble=(), operative=(), footnotes=(), furniture=()) == Resolution(
        text="",
        language="zh",
        symbol=Symbol("A/RES/72/251", "general-assembly", session=72),
        title="2013 年核裁军问题大会高级别会议的后续行动",
        body="general-assembly",
        session=72,
        adopted=date(2017, 12, 24),
        meeting=76,
    )
    assert [paragraph.reading.text[:4] for paragraph in seed.preamble] == [
        *(
            "回顾其 ",
            "欢迎 2",
            "强调亟需",
            "重申如大",
            "深信核裁",
            "承认通过",
            "回顾如《",
            "重申联合",
            "承认民间",
            "同样深为",
        ),
        *("表示注意", "注意到谈", "意识到缔", "表示深为", "决心为实"),
    ]
    assert labels(seed) == [str(number) for number in range(1, 23)]
    assert seed.operative[4].reading.text == (
        "决定于 2018 年 5 月 14 日至 16 日在纽约召开一次核裁军问题联合国高级别国际会议，以审查这方面取得的进展；"
    )
    assert seed.operative[5].reading.text.startswith(
        "又决定联合国高级别国际会议将包括 2018 年 3 月 28 日在纽约举行的为期一天的"
    )
    assert seed.operative[12].reading.text.startswith(
        "表示注意到秘书长根据第 71/71 号决议提出的报告所反映的会员国就实现"
    )
    assert seed.operative[21].reading.text == (
        "决定在大会第七十三届会议临时议程题为“全面彻底裁军”的项目下列入题为"
        "“2013 年核裁军问题大会高级别会议的后续行动”的分项。"
    )
    assert [(note.number, note.reading.text) for note in seed.footnotes] == [
        ("1", "第 55/2 号决议。"),
        ("2", "A/72/339。"),
        ("3", "A/CONF.229/2017/8。"),
        ("4", "联合国，《条约汇编》，第 729 卷，第 10485 号。"),
    ]
    marked = [
        (p.reading.text[:6], m.number, text[m.span.start - 4 : m.span.end])
        for p in (*seed.preamble, *seed.operative)
        for m in p.marks
    ]
    assert marked == [
        ("回顾如《联合", "1", "年宣言》1"),
        ("表示注意到秘", "2", "的报告，2"),
        ("注意到谈判一", "3", "条约》，3"),
        ("意识到缔约国", "4", "器条约》4"),
        ("表示注意到秘", "2", "的报告 2"),
    ]
    assert_spans(seed)


def test_the_seed_by_its_own_title_alone() -> None:
    seed = read_text(SEED.read_text(encoding="utf-8"), "zh")
    assert seed.symbol == Symbol("A/RES/72/251", "general-assembly", session=72)


OURS: list[tuple[Language, str]] = [
    ("ar", samples.ARABIC),
    ("en", samples.ENGLISH),
    ("es", samples.SPANISH),
    ("fr", samples.FRENCH),
    ("ru", samples.RUSSIAN),
    ("zh", samples.CHINESE),
]


@pytest.mark.parametrize(("language", "text"), OURS)
def test_one_resolution_in_six_languages_has_one_head(language: Language, text: str) -> None:
    read = read_text(text, language)
    head = (read.symbol, read.body, read.session, read.adopted, read.meeting)
    symbol = Symbol("A/RES/91/17", "general-assembly", session=91)
    assert head == (symbol, "general-assembly", 91, date(2036, 12, 1), 48)
    assert read.agenda_item.startswith("12")
    assert "A/91/411" in read.committee_report
    assert len(read.preamble) == 2
    assert read.preamble[0].marks[0].number == "1"
    assert_spans(read)


@pytest.mark.parametrize(
    ("language", "text"), [(language, text) for language, text in OURS if language not in ("en", "fr")]
)
def test_its_paragraphs_have_the_same_labels(language: Language, text: str) -> None:
    assert labels(read_text(text, language)) == ["1", "2", "2 (a)", "2 (b)", "3"]


def test_an_english_page_with_furniture_footnotes_and_an_annex() -> None:
    read = read_text(samples.ENGLISH, "en")
    assert read.title == "International Year of Lighthouses"
    assert [paragraph.reading.text for paragraph in read.preamble] == [
        "Recalling its resolution 89/200 of 20 December 2034 on light and navigation along coasts,"
        " and the navigation of small vessels,",
        "Noting with appreciation the report of the Secretary-General on lighthouses, and the wish of coastal States"
        " to keep them lit until 2040,",
    ]
    assert [(paragraph.label, paragraph.reading.text) for paragraph in read.operative] == [
        ("1", "Decides to proclaim 2038 the International Year of Lighthouses;"),
        ("2", "Requests the Secretary-General:"),
        ("2 (a)", "To convene a meeting on lighthouses in Valletta from 4 to 6 May 2038;"),
        ("2 (b)", "To inform States of it, in particular:"),
        ("2 (b) (i)", "Coastal States;"),
        ("2 (b) (ii)", "Land-locked States that ask for it;"),
        (
            "3",
            "Also requests the Secretary-General to report to the General Assembly at its ninety-third session on the"
            " implementation of the present resolution.",
        ),
    ]
    assert [mark.number for paragraph in (*read.preamble, *read.operative) for mark in paragraph.marks] == [
        "1",
        "2",
        "2",
    ]
    assert [note.reading.text for note in read.footnotes] == ["See A/CONF.77/12, chap. I.", "A/91/55."]
    assert [paragraph.reading.text for paragraph in read.annexes] == ["1. Lighthouses are towers with a light."]


def test_a_french_text_parsed_from_a_pdf() -> None:
    read = read_text(samples.FRENCH, "fr")
    assert [paragraph.reading.text for paragraph in (*read.preamble, *read.operative)] == [
        "Rappelant sa résolution 89/200 du 20 décembre 2034 sur la lumière et la navigation,",
        "Consciente de l'importance des phares pour les États côtiers et pour ceux qui naviguent la nuit,",
        "Décide de proclamer 2038 Année internationale des phares ;",
        "Prie le Secrétaire général de lui rendre compte à sa quatre-vingt-treizième session.",
    ]


def test_a_council_resolution_in_two_parts() -> None:
    read = read_text(samples.COUNCIL, "en")
    assert read.symbol == Symbol("S/RES/2991 (2036)", "security-council", year=2036)
    assert (read.adopted, read.meeting) == (date(2036, 6, 30), 9990)
    assert (read.title, read.title_derived) == (
        "Decides to extend the mandate of the Light Mission until 30 June 2037",
        True,
    )
    assert labels(read) == ["A.1", "A.2", "B.1", "B.2"]
    assert [paragraph.reading.text[:22] for paragraph in read.preamble] == [
        "Recalling its resoluti",
        "Deeply concerned by th",
        "Acting under Chapter V",
        "Noting the wish of the",
    ]


def test_a_decision_is_one_operative_paragraph() -> None:
    read = read_text(samples.DECISION, "en", name="A_DEC_91_502.txt")
    assert (read.title, read.adopted, read.meeting) == ("Meeting on lighthouses", date(2037, 4, 26), 61)
    assert [paragraph.number for paragraph in read.operative] == [None]
    assert read.operative[0].reading.text.startswith("At its 61st plenary meeting, on 26 April, the General Assembly,")


def test_a_statement_is_operative_as_a_whole() -> None:
    text = (
        "Statement by the President of the Security Council\n\nAt the 7016th meeting of the Security Council, held on"
        " 14 August 2036, the President of the Security Council made the following statement:\n\n“The Security Council"
        " welcomes light.\n\n“The Security Council requests a report by May 2037.”\n"
    )
    read = read_text(text, "en", name="S_PRST_2036_13.txt")
    assert (read.symbol and read.symbol.text, read.adopted, read.meeting) == ("S/PRST/2036/13", date(2036, 8, 14), 7016)
    assert {paragraph.number for paragraph in read.operative} == {None}
    assert read.operative[-1].reading.text == "“The Security Council requests a report by May 2037.”"


def test_the_day_given_beats_the_text() -> None:
    assert read_text(samples.COUNCIL, "en", adopted=date(2036, 7, 1)).adopted == date(2036, 7, 1)


def test_pages_are_counted_by_form_feeds() -> None:
    text = "91/17. Light\n\nThe General Assembly,\n\n1. Decides to\n\fwait;\n\n2. Decides to go."
    read = read_text(text, "en")
    assert read.pages == (0, text.index("\f") + 1)
    assert [(p.reading.text, p.page) for p in read.operative] == [("Decides to wait;", 1), ("Decides to go.", 2)]


@pytest.mark.parametrize("text", ["", " \n\t\n", "The General Assembly,\n\nRecalling light,\n"])
def test_a_text_without_operative_paragraphs_is_refused(text: str) -> None:
    with pytest.raises(DocumentError) as caught:
        read_text(text, "en", name="light.txt")
    assert caught.value.where == "light.txt"
    assert caught.value.hint


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(UnknownLanguage):
        read_text("1. Decides.", "xx")  # type: ignore[arg-type]  # what a caller without types may give
