"""What is written left to right keeps its direction within words that run right to left, and stays escaped."""

from __future__ import annotations

import time

import pytest
from markupsafe import escape

from app.model import LANGUAGES
from app.web.pages.templating import isolated
from tests.web.test_injection import HOSTILE


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("يسرد /openapi.json العناوين", 'يسرد <bdi dir="ltr">/openapi.json</bdi> العناوين'),
        (
            "بصيغة A-RES-72-251؛ انظر /resolutions",
            'بصيغة <bdi dir="ltr">A-RES-72-251</bdi>؛ انظر <bdi dir="ltr">/resolutions</bdi>',
        ),
        ("اليوم 2018-05-14.", 'اليوم <bdi dir="ltr">2018-05-14</bdi>.'),
        ("إحدى ar, en, zh", 'إحدى <bdi dir="ltr">ar, en, zh</bdi>'),
        ("لا شيء", "لا شيء"),
        ("", ""),
        ("<b>&", '&lt;<bdi dir="ltr">b</bdi>&gt;&amp;'),
        ("a&b {0}", '<bdi dir="ltr">a&amp;b</bdi> {<bdi dir="ltr">0</bdi>}'),
    ],
)
def test_code_keeps_its_direction_in_arabic(words: str, shown: str) -> None:
    assert str(isolated(words, "ar")) == shown


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {"ar"}))
def test_other_languages_need_no_marks(language: str) -> None:
    assert str(isolated("see /openapi.json <b>", language)) == "see /openapi.json &lt;b&gt;"


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_words_stay_escaped(name: str) -> None:
    made = str(isolated(HOSTILE[name], "ar"))
    assert made.replace('<bdi dir="ltr">', "").replace("</bdi>", "") == str(escape(HOSTILE[name]))


def test_a_long_hostile_word_takes_no_time() -> None:
    start = time.perf_counter()
    isolated("a" + "!" * 200_000 + "'" + "a!" * 100_000, "ar")
    assert time.perf_counter() - start < 1
