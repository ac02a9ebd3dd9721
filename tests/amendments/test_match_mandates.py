"""Mandates named in a text: stems of words, and the holder that a phrase names."""

import pytest

from app.amendments.match_mandates import count_informative, find_holder, word_stems


def test_word_stems_have_their_offsets() -> None:
    assert word_stems("the Panel of Experts") == [("the", 0), ("panel", 4), ("of", 10), ("exper", 13)]
    assert word_stems(" ,. ") == []


@pytest.mark.parametrize(("words", "count"), [(["panel", "of", "exper"], 2), (["the", "panel"], 0), ([], 0)])
def test_count_of_too_few_informative_words_is_zero(words: list[str], count: int) -> None:
    assert count_informative(words) == count


def test_find_holder_takes_the_short_name_of_a_mission() -> None:
    holder = find_holder("the mandate of UNIFIL", "en")
    assert holder is not None
    assert set(holder.short) == {"UNIFIL"}


@pytest.mark.parametrize("text", ["", "to meet on 3 May 2027", "the harbour"])
def test_find_holder_of_no_mandate_is_none(text: str) -> None:
    assert find_holder(text, "en") is None
