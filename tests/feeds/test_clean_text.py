"""Text without characters that break a file."""

import pytest

from app.feeds.clean_text import clean


@pytest.mark.parametrize("text", ["", "one\ntwo\tthree", "裁军谈判会议", "مؤتمر نزع السلاح"])
def test_clean_plain_text_is_unchanged(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize("ends", ["\r\n", "\r", "\n"])
def test_clean_line_ends_become_line_feeds(ends: str) -> None:
    assert clean(f"one{ends}two") == "one\ntwo"


@pytest.mark.parametrize(
    "mark", ["\x00", "\x0b", "\x1f", "\x7f", "\x85", "\u2028", "\u2029", "\ud800", "\ufeff", "\uffff"]
)
def test_clean_unprintable_becomes_a_space(mark: str) -> None:
    assert clean(f"a{mark}b") == "a b"


@pytest.mark.parametrize("control", ["\u202a", "\u202e", "\u2066", "\u2069"])
def test_clean_direction_control_is_removed(control: str) -> None:
    assert clean(f"a{control}b") == "ab"
