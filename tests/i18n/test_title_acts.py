"""The words of titles: every language has every act, session and frequency that it prints."""

from string import Formatter

import pytest

from app.i18n.title_acts import format_act, frequency_of, session_of, title_words
from app.model import LANGUAGES


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_acts_of_a_language_have_known_slots(language: str) -> None:
    acts = title_words(language).acts
    assert acts.keys() == title_words("en").acts.keys()
    assert all(fields(text) <= {"actor", "session", "year", "ordinal"} for text in acts.values())


@pytest.mark.parametrize(
    ("when", "language", "said"),
    [
        ("GA73", "en", "GA73"),
        ("GA80/main", "en", "GA80, main part"),
        ("../GA79", "fr", "AG79"),
        ("HRC54", "ru", "СПЧ-54"),
        ("UNEA7", "en", "UNEA7"),
        ("2030-05-01", "en", ""),
        ("adoption+P60D", "en", ""),
    ],
)
def test_session_of_reads_the_notation(when: str, language: str, said: str) -> None:
    assert session_of(when, language) == said


@pytest.mark.parametrize(
    ("when", "said"), [("R/P1Y", "annual"), ("GA80;R/P3Y", "triennial"), ("R/P60D", "every 60 days"), ("R/--09-26", "")]
)
def test_frequency_of_reads_the_notation(when: str, said: str) -> None:
    assert frequency_of(when, "en") == said


def test_say_act_without_actor_is_plain() -> None:
    assert format_act("report", "en", None) == "report due"
    assert format_act("agenda", "en", None, session="GA80") == "on the GA80 agenda"
