"""Markers of sentence structure in six languages: negators with their look-alikes."""

import pytest

from app.obligations.clauses import analyze
from app.obligations.phrase_matcher import phrase_matcher
from app.obligations.polarity import denied_stretches
from app.obligations.structure import structure_scanner

NEGATING = frozenset({"negator", "denial"})
LOOK_ALIKES = [
    ("en", "to report not later than 1 May 2037"),
    ("en", "to submit not only a report but also a note"),
    ("fr", "de présenter non seulement un rapport"),
    ("es", "que presente no solo un informe"),
    ("ru", "представить доклад не позднее 1 мая 2037 года"),
    ("ar", "في موعد لا يتجاوز 1 أيار/مايو 2037"),
    ("zh", "不迟于2037年5月1日提交报告"),
]
DENIED = [
    ("en", "Decides not to convene the conference scheduled for May 2037;", "scheduled"),
    ("en", "Decides that the session planned for May 2037 shall not be held;", "planned"),
    ("fr", "Décide de ne pas convoquer la conférence prévue en mai 2037 ;", "prévue"),
    ("es", "Decide no convocar la conferencia prevista para mayo de 2037;", "prevista"),
    ("ru", "постановляет не созывать конференцию, намеченную на май 2037 года;", "намеченную"),
    ("ar", "تقرر عدم عقد المؤتمر المقرر عقده في أيار/مايو 2037؛", "المقرر"),
    ("zh", "决定不召开原定于2037年5月举行的会议；", "原定"),
]
AFFIRMED = [
    ("en", "Decides not to postpone the conference, which shall be held in May 2037;", "2037"),
    ("en", "Decides that the meeting, which shall not exceed one day, shall be held in May 2037;", "2037"),
    ("fr", "Décide de ne pas reporter la conférence, qui se tiendra en mai 2037 ;", "2037"),
    ("zh", "决定不推迟会议，会议于2037年5月举行；", "2037"),
]


@pytest.mark.parametrize(("language", "text"), LOOK_ALIKES)
def test_scanner_leaves_out_look_alike_of_negator(language: str, text: str) -> None:
    assert structure_scanner(language).scan(text, NEGATING) == ()


def is_denied(language: str, text: str, word: str) -> bool:
    paragraph = analyze(text, phrase_matcher(language))
    stretches = denied_stretches(paragraph, structure_scanner(language).scan(text))
    return any(stretch.holds(text.index(word)) for stretch in stretches)


@pytest.mark.parametrize(("language", "text", "word"), DENIED)
def test_negation_covers_object_and_subject(language: str, text: str, word: str) -> None:
    assert is_denied(language, text, word)


@pytest.mark.parametrize(("language", "text", "word"), AFFIRMED)
def test_negation_ends_at_next_statement(language: str, text: str, word: str) -> None:
    assert not is_denied(language, text, word)
