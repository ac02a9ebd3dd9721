import re

import pytest

from app.documents import extract, read
from app.documents.parser import read_text
from app.documents.pdf_layout import read_page
from app.model import WarningCode
from app.model.symbols import parse_symbol
from app.schedule.pipeline import derive
from tests.documents import papers

LINES = [
    (72, 700, 11, "The General Assembly,"),
    (72, 670, 11, "1. Decides to convene a meeting on 3 May 2037;"),
    (72, 640, 11, "2. Requests a report by 1 March 2038."),
]


def turned(source: bytes, degrees: int) -> bytes:
    """The page with its text turned, and a flag that turns it back: how scanners save a landscape page."""
    matrix = {90: b"0 1 -1 0 612 0 cm", 180: b"-1 0 0 -1 612 792 cm", 270: b"0 -1 1 0 0 792 cm"}[degrees]
    start = source.index(b"stream\n") + 7
    end = source.index(b"endstream")
    content = b"q " + matrix + b"\n" + source[start:end] + b"Q\n"
    out = source[:start] + content + source[end:]
    out = re.sub(rb"/Length [0-9]+", b"/Length %d" % len(content), out, count=1)
    return out.replace(b"/MediaBox [0 0 612 792]", b"/MediaBox [0 0 792 792] /Rotate %d" % degrees)


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_read_page_turned_has_its_lines(degrees: int) -> None:
    found = extract(turned(papers.pdf([LINES]), degrees))
    assert [line.strip() for line in found.text.split("\n") if line] == [words for *_, words in LINES]


def columns(left: list[str], right: list[str]) -> bytes:
    """Two columns, drawn line by line across both."""
    rows = []
    for number, (one, two) in enumerate(zip(left, right, strict=True)):
        rows += [(72, 700 - 14 * number, 10, one), (330, 700 - 14 * number, 10, two)]
    return papers.pdf([[row for row in rows if row[3]]])


LEFT = [
    "The General Assembly,",
    "1. Decides to convene a meeting in the city of",
    "Lantern Bay, on the coast, on 3 May 2037;",
    "2. Requests the Secretary-General to give it a",
    "full report on the meeting by 1 March 2038;",
]
RIGHT = [
    "3. Decides to convene a conference of coastal",
    "States on 6 July 2037, in the same city, and to",
    "invite all observers;",
    "4. Decides that the conference shall end with a",
    "high-level meeting on 7 September 2037.",
]


def test_read_page_columns_follow_the_numbers() -> None:
    found = read(columns(LEFT, RIGHT), "en")
    assert [part.number for part in found.operative] == ["1", "2", "3", "4"]
    assert found.operative[0].reading.text == (
        "Decides to convene a meeting in the city of Lantern Bay, on the coast, on 3 May 2037;"
    )
    assert (WarningCode.COLUMNS, "1") in {(warning.code, warning.detail) for warning in found.warnings}


def test_read_page_columns_without_numbers_are_doubtful() -> None:
    plain = [re.sub(r"^[0-9]\. ", "", line) for line in LEFT], [re.sub(r"^[0-9]\. ", "", line) for line in RIGHT]
    found = extract(columns(*plain))
    assert [(warning.code, warning.doubtful) for warning in found.warnings] == [(WarningCode.READING_ORDER, True)]


def test_read_page_numbered_lists_are_no_columns() -> None:
    rows = []
    for number in range(1, 8):
        rows += [
            (72, 700 - 20 * number, 10, f"{number}."),
            (140, 700 - 20 * number, 10, f"Decides to act {number} times;"),
        ]
    found = extract(papers.pdf([rows]))
    assert found.warnings == ()
    assert "3. Decides to act 3 times;" in " ".join(found.text.split())


def test_read_pdf_ligatures_become_letters() -> None:
    source = papers.pdf([[(72, 700, 10, "1. Decides to convene the ofice of the first day;")]])
    mapped = source.replace(b"/Encoding /WinAnsiEncoding", b"/Encoding << /Differences [102 /fi] >>")
    assert "\ufb01" not in extract(mapped).text


class FakePage:
    """A page whose letters stand where ``centres`` says, as a browser prints Arabic."""

    def __init__(self, centres: list[float]) -> None:
        self.centres = centres

    def get_charbox(self, index: int, *, loose: bool = False) -> tuple[float, float, float, float]:
        centre = self.centres[index]
        return (centre - 2, 700.0, centre + 2, 710.0 + loose)

    def count_rects(self) -> int:
        return 0


def placed(words: str, reverse: set[str]) -> tuple[str, list[float]]:
    """The line as it was drawn: words from right to left, the letters of ``reverse`` in the order of their places."""
    text, centres, edge = "", [], 500.0
    for word in words.split():
        places = [edge - 6 * n for n in range(len(word))]
        drawn = word in reverse
        text += (word[::-1] if drawn else word) + " "
        centres += [*(places[::-1] if drawn else places), edge - 6 * len(word)]
        edge -= 6 * len(word) + 6
    return text, centres


def test_read_page_turns_reversed_arabic_words_round() -> None:
    words = "1 - تقرر عقد اجتماع في 3 أيار/مايو 2027؛"
    text, centres = placed(words, {"عقد", "في"})
    assert "دقع" in text
    found = read_page(FakePage(centres), text)
    assert (found.text, found.warning) == (words, WarningCode.WORD_ORDER)


def test_read_page_leaves_arabic_in_order_alone() -> None:
    words = "1 - تقرر عقد اجتماع في 3 أيار/مايو 2027؛"
    found = read_page(FakePage(placed(words, set())[1]), placed(words, set())[0])
    assert (found.text, found.warning) == (words, None)


def test_reversed_words_without_places_are_doubtful() -> None:
    text = (
        "إن ةيعمجلا ةماعلا،\n\n1 - تقرر دقع اجتماع يف 3 أيار/مايو 2027؛\n\n2 - بلطت ىلإ نيمألا العام أن يقدم تقريرا؛\n"
    )
    read = read_text(text, "ar", symbol=parse_symbol("A/RES/81/5"))
    assert any(warning.code is WarningCode.REVERSED_WORDS for warning in read.warnings)
    assert all(event.start is None and event.end is None for event in derive(read).events)
