"""What the tagger promises whatever the words: spans, order, no overlaps, linear time; and what words around do."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import UnknownLanguage
from app.languages import languages
from app.model import TimexType
from app.timex import tag

PIECES = [
    *("from 14 to 16 May 2018", " session", "seventy-third ", "2014-", "14 ", " mai 2018", "du 14 au ", "период с "),
    *(
        "第七十三届会议",
        "2018 年 5 月",
        "年",
        "一二三四",
        "٢٦ أيلول/",
        "سبتمبر ",
        "الثالثة و",
        "السبعين",
        "\u200f",
        "ـ",
    ),
    *(" ", "\u00a0", "\n", "(", "/", "-", "—", "\ud800", "0", "\U0001f4c5", "each ", "every 90 days", " of "),
]


@settings(deadline=None)  # the first text of a language compiles its rules
@given(st.sampled_from(languages()), st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_spans_lie_in_the_text_in_order_and_apart(language: str, text: str) -> None:
    found = tag(text, language)
    assert [x.text for x in found] == [text[x.start : x.end] for x in found]
    bounds = [offset for x in found for offset in (x.start, x.end)]
    assert bounds == sorted(bounds)
    assert all(x.start < x.end for x in found)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(
    "unit",
    [
        "1",
        "1 ",
        "one hundred and ",
        "seventy-",
        "2014-",
        "14 May, ",
        " ",
        "二十",
        "第",
        "من ",
        "с ",
        "the first ",
        "1 et ",
    ],
)
def test_a_hostile_text_takes_no_longer_than_its_length(language: str, unit: str) -> None:
    tag(unit * 50, language)
    started = time.process_time()
    tag(unit * (200_000 // len(unit)), language)
    assert time.process_time() - started < 4


def test_an_unknown_language() -> None:
    with pytest.raises(UnknownLanguage):
        tag("in May 2018", "xx")


@pytest.mark.parametrize(
    ("text", "value", "modifier"),
    [
        ("by 30 June 2019", "2019-06-30", "by"),
        ("no later than 30 June 2019", "2019-06-30", "by"),
        ("30 June 2019 at the latest", "2019-06-30", "by"),
        ("before 30 June 2019", "2019-06-30", "before"),
        ("before the end of 2019", "2019-12-31", "by"),
        ("at the end of 2019", "2019-12-31", "end"),
        ("until 30 June 2025", "2025-06-30", "until"),
        ("as from 1 January 2020", "2020-01-01", "from"),
        ("starting in 2020", "2020", "from"),
        ("since 1945", "1945", "since"),
        ("for a period of three years", "P3Y", "for"),
        ("within 60 days", "P60D", "within"),
        ("by mid-2019", "2019-06", "by"),
        ("on 28 March 2018", "2018-03-28", ""),
        ("annually, starting at its forty-fifth session", "session:45", "from"),
        ("by its seventy-third session", "session:73", "by"),
    ],
)
def test_modifiers(text: str, value: str, modifier: str) -> None:
    assert [(x.value, x.modifier) for x in tag(text, "en")][-1] == (value, modifier)


@pytest.mark.parametrize(
    ("language", "text", "value", "modifier", "anchor"),
    [
        ("en", "within 60 days of the adoption of the present resolution", "P60D", "within", "adoption"),
        ("en", "no later than 30 days before the mandate expires", "P30D", "before", "expiry"),
        ("en", "at least six weeks before its seventy-third session", "P6W", "before", ""),
        ("fr", "dans les 60 jours suivant l’adoption de la présente résolution", "P60D", "within", "adoption"),
        ("fr", "30 jours au plus tard avant l'expiration du mandat", "P30D", "before", "expiry"),
        (
            "es",
            "en un plazo de 60 días a partir de la aprobación de la presente resolución",
            "P60D",
            "within",
            "adoption",
        ),
        ("ru", "в течение 60 дней после принятия настоящей резолюции", "P60D", "within", "adoption"),
        ("ru", "за 30 дней до истечения срока действия мандата", "P30D", "before", "expiry"),
        ("ar", "في غضون 60 يوما من اتخاذ هذا القرار", "P60D", "within", "adoption"),
        ("zh", "在本决议通过后 60 天内", "P60D", "within", "adoption"),
        ("zh", "至迟在任务到期前30天", "P30D", "before", "expiry"),
    ],
)
def test_durations_and_what_they_are_counted_from(
    language: str, text: str, value: str, modifier: str, anchor: str
) -> None:
    found = tag(text, language)[0]
    assert (found.type, found.value, found.modifier, found.anchor) == (TimexType.DURATION, value, modifier, anchor)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "its resolution 67/39 of 3 December 2012"),
        ("en", "resolutions 1325 (2000) of 31 October 2000"),
        ("en", "the letter dated 5 May 2015"),
        ("en", "the statement by its President of 6 October 2006"),
        ("en", "adopted at its seventy-first session"),
        ("en", "the Sendai Framework for Disaster Risk Reduction 2015–2030"),
        ("fr", "sa résolution 67/39 du 3 décembre 2012"),
        ("es", "su resolución 67/39, de 3 de diciembre de 2012"),
        ("ru", "своей резолюции 67/39 от 3 декабря 2012 года"),
        ("ar", "قرارها 67/39 المؤرخ 3 كانون الأول/ديسمبر 2012"),
        ("zh", "2012年12月3日第 67/39 号决议"),
    ],
)
def test_citations(language: str, text: str) -> None:
    assert [x.cited for x in tag(text, language)] == [True]


@pytest.mark.parametrize(
    ("language", "text", "body", "part"),
    [
        ("en", "at the main part of the seventy-third session of the General Assembly", "general-assembly", "main"),
        ("en", "at its resumed sixty-ninth session", None, "resumed"),
        (
            "fr",
            "à la soixantième session de la Commission de la condition de la femme",
            "commission-on-the-status-of-women",
            "",
        ),
        ("zh", "大会第六十九届会议续会", "general-assembly", "resumed"),
    ],
)
def test_sessions_say_their_body_and_part(language: str, text: str, body: str | None, part: str) -> None:
    assert [(x.body, x.part) for x in tag(text, language)] == [(body, part)]


def test_conjoined_times_share_their_words_without_overlap() -> None:
    found = tag("at its seventy-third and seventy-fourth sessions, on 5 and 12 May 2015", "en")
    assert [(x.text, x.value) for x in found] == [
        ("seventy-third", "session:73"),
        ("seventy-fourth sessions", "session:74"),
        ("5", "2015-05-05"),
        ("12 May 2015", "2015-05-12"),
    ]


def test_marks_without_width_do_not_move_the_spans() -> None:
    text = "في \u200f26 أيـلول\u200e/سبتمبر من كل عام"
    assert [(x.text, x.value) for x in tag(text, "ar")] == [("26 أيـلول\u200e/سبتمبر من كل عام", "R/--09-26")]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "resolution 2178 (2014), resolution 1973 (2011) and document A/72/2015",
        "the 7453rd meeting, at 10.30 a.m., in Room 2015",
        "paragraph 10 may be read with 12 others",
        "$2,014,000 and 2015.5 per cent",
        "the 2030 Agenda for Sustainable Development",
    ],
)
def test_what_is_no_time(text: str) -> None:
    assert tag(text, "en") == ()
