"""One spelling for what writers interchange, and the offsets of what is left out."""

import re

from hypothesis import given
from hypothesis import strategies as st

from app.languages.normalize import SCRIPTS, loosen, plain, strip


def test_plain_keeps_the_length() -> None:
    assert plain("٢٦ أيلول\u00a0إلى سنة", "arabic") == "26 ايلول الي سنه"
    assert plain("четвёртой", "cyrillic") == "четвертой"
    assert plain("（２０１８）", "han") == "(2018)"
    assert plain("vingt\u2011et\u202fun l’an", "latin") == "vingt-et un l'an"


def test_marks_without_width_are_left_out() -> None:
    given_text = "\u200fأيـلول\u202c، ويَرِد"
    stripped, data = strip(given_text)
    assert stripped.text == "أيلول، ويرد"
    assert data == stripped.text.encode()
    assert "".join(given_text[stripped.place(i)] for i in range(len(stripped.text))) == stripped.text


@given(st.text(alphabet="ab\u0640\u200fé\u064b", max_size=30))
def test_every_character_left_stands_where_place_says(text: str) -> None:
    stripped, _ = strip(text)
    assert [text[stripped.place(i)] for i in range(len(stripped.text))] == list(stripped.text)


def test_blanks_and_hyphens_are_evened() -> None:
    assert strip("30\u00a0juin\u202f2019, vingt\u2011et un, l’an")[0].text == "30 juin 2019, vingt-et un, l'an"


@given(st.sampled_from(SCRIPTS), st.text(alphabet="2٢２-\u2011 \u00a0ёе(（أ", max_size=8))
def test_loosened_pattern_finds_what_it_finds_in_plain_text(script: str, text: str) -> None:
    pattern = r"[0-9]{1,4}(?:[-–]|\s)е?\(?ا?"
    found = [match.span() for match in re.finditer(pattern, plain(text, script))]
    assert [match.span() for match in re.finditer(loosen(pattern, script), strip(text)[0].text)] == found
