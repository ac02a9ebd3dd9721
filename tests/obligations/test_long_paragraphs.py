"""Long paragraphs are read in parts, and deriving is linear in the length of a text."""

import time
from collections.abc import Callable

import pytest

from app.model import Paragraph, Reading, Role, Span
from app.obligations.long_paragraphs import LONGEST, opening_of, slice_reading, split_long
from app.services.derive import derive_bytes

HEAD = "Resolution 90/1\nTitle\nThe General Assembly,\nRecalling its resolutions,\n"


def paragraph(text: str) -> Paragraph:
    return Paragraph(Role.OPERATIVE, Reading(text, (0, 10), (5, 20)), number="7", letters=("a",))


def test_short_paragraph_is_not_split() -> None:
    short = paragraph("x" * LONGEST)
    assert split_long(short) == [short]


@pytest.mark.parametrize("text", ["no break" * 2000, "word " * 2000, "A sentence. " * 900, "句子。" * 3000])
def test_parts_of_a_long_paragraph_hold_every_character(text: str) -> None:
    parts = split_long(paragraph(text))
    assert "".join(part.reading.text for part in parts) == text
    assert max(len(part.reading.text) for part in parts) <= LONGEST
    assert {(part.number, part.letters) for part in parts} == {("7", ("a",))}
    places = [part.reading.place(at) for part in parts for at in range(len(part.reading.text))]
    assert places == [paragraph(text).reading.place(at) for at in range(len(text))]


def test_slice_of_a_reading_keeps_places_over_runs() -> None:
    reading = Reading("abcdefghij", (0, 3, 6), (0, 10, 20))
    assert slice_reading(reading, 4, 9) == Reading("efghi", (0, 2), (11, 20))
    assert slice_reading(reading, 3, 6).span(0, 3) == Span(10, 13)


def test_opening_ends_at_a_word() -> None:
    assert opening_of(paragraph("Decides to convene " + "a meeting " * 400)).reading.text.endswith(" a meeting")


def test_late_time_of_a_long_paragraph_keeps_its_verb_and_number() -> None:
    days = ", ".join(f"on {day} May {year}" for year in range(2031, 2050) for day in range(1, 29))
    text = f"{HEAD}1. Takes note of the report.\n2. Requests the Secretary-General to report {days}.\n"
    last = derive_bytes(text.encode(), "en").schedule.events[-1]
    assert (last.paragraph, last.kind.value, last.when, last.bearer) == (
        "2",
        "report",
        "2049-05-28",
        "secretary-general",
    )


def days(size: int) -> str:
    words = "".join(f"on {n % 28 + 1} May {2040 + n // 28 % 150} in Geneva, " for n in range(size // 26))
    return f"{HEAD}1. Decides to convene meetings {words}and to report.\n"


def sessions(size: int) -> str:
    words = "".join(f"to report at its {100 + n}th session and " for n in range(size // 36))
    return f"{HEAD}1. Requests the Secretary-General {words}to inform it.\n"


def paragraphs(size: int) -> str:
    lines = (f"{n}. Requests the Secretary-General to report by {n % 28 + 1} May 2031.\n" for n in range(1, size // 62))
    return HEAD + "".join(lines)


@pytest.mark.parametrize("make", [days, sessions, paragraphs])
def test_deriving_is_linear_in_the_size_of_a_text(make: Callable[[int], str]) -> None:
    derive_bytes(make(2_000).encode(), "en")
    seconds = []
    for size in (10_000, 40_000):
        text = make(size).encode()
        begun = time.process_time()
        derive_bytes(text, "en")
        seconds.append(time.process_time() - begun)
    # Four times the text in less than 2.5 times for each doubling, which quadratic work would exceed.
    assert seconds[1] < 2.5**2 * seconds[0]
