"""The phrases of the lexicon in a text: longest first, within words' edges, linear in time."""

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from app.model import LANGUAGES
from app.obligations.phrase_matcher import phrase_matcher


def said(text: str, language: str = "en") -> list[tuple[str, tuple[tuple[str, str], ...]]]:
    return [(text[m.start : m.end], m.concepts) for m in phrase_matcher(language).find(text)]


def test_the_longest_phrase_is_taken() -> None:
    assert said("the President of the General Assembly, the General Assembly") == [
        ("President of the General Assembly", (("actors", "president-of-the-general-assembly"),)),
        ("General Assembly", (("bodies", "general-assembly"),)),
    ]


def test_a_phrase_ends_at_a_word_s_edge() -> None:
    assert said("the Councils of Genevan towns") == []


def test_some_action_gives_way_to_a_named_one() -> None:
    assert [key for _, concepts in said("to submit, to polish") for _, key in concepts] == ["submit", "act"]


def test_those_named_within_a_phrase_with_a_gap_are_found() -> None:
    assert [key for _, concepts in said("keep the Security Council informed") for _, key in concepts] == [
        "report",
        "security-council",
    ]


def test_words_before_and_after_a_place() -> None:
    text = "before the Assembly, of the adoption"
    assert phrase_matcher("en").before("to", text, text.index("Assembly"), 1)
    assert not phrase_matcher("en").before("to", text, text.index("adoption"), 1)
    assert phrase_matcher("en").after("counted", text, text.index("of the"))


def test_arabic_chinese_and_russian_are_found_by_the_same_walk() -> None:
    assert said("请秘书长", "zh") == [("请", (("verbs", "request"),)), ("秘书长", (("actors", "secretary-general"),))]
    assert [key for _, concepts in said("просит Генерального секретаря", "ru") for _, key in concepts] == [
        "request",
        "secretary-general",
    ]
    assert [key for _, concepts in said("تطلب إلى الأمين العام", "ar") for _, key in concepts] == [
        "request",
        "secretary-general",
    ]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400), st.sampled_from(LANGUAGES))
def test_mentions_are_in_order_and_within_the_text(text: str, language: str) -> None:
    found = phrase_matcher(language).find(text)
    assert found == phrase_matcher(language).find(text)
    assert all(0 <= m.start < m.end <= len(text) for m in found)
    assert [m.start for m in found] == sorted(m.start for m in found)


def test_hostile_repetition_takes_linear_time() -> None:
    phrase_matcher("en").find("include the report in the provisional agenda")
    start = time.perf_counter()
    phrase_matcher("en").find("include in include the " * 4000)
    assert time.perf_counter() - start < 5
