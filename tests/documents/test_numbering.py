from datetime import date

import pytest

from app.documents.numbering import DOTTED, LETTER, section_label, subparagraph_path
from app.documents.parser import read_text
from app.schedule.pipeline import derive

HEAD = "91/17. Lights\n\nThe General Assembly,\n\nRecalling its resolution 90/1,\n\n"


def labels(operative: str) -> list[str]:
    return [part.label for part in read_text(HEAD + operative, "en").operative]


def test_letters_with_stops_are_subparagraphs() -> None:
    text = (
        "1. Expresses concern;\n\na. demands all parties to:\n\ni. end violations;\n\nii. report them;\n\n"
        "b. calls upon States to act;\n\n2. Strongly condemns theft;\n\n3. Requests:\n\na. an update;\n\nb. a report."
    )
    assert labels(text) == ["1", "1 (a)", "1 (a) (i)", "1 (a) (ii)", "1 (b)", "2", "3", "3 (a)", "3 (b)"]


def test_printed_number_beats_inferred_ones() -> None:
    text = "1. Decides;\n\nx. Requests help;\n\ny. Urges haste;\n\n2. Invites States;\n\n3. Notes it."
    assert [label for label in labels(text) if label not in ("1",)] == ["2", "3"]


def test_printed_number_after_gap_holds_if_next_confirms_it() -> None:
    assert labels("1. Decides;\n\n2. Notes it;\n\n9. Requests help;\n\n10. Urges haste.") == ["1", "2", "9", "10"]


def test_misprinted_number_gives_way_to_its_neighbours() -> None:
    assert labels("1. Decides;\n\n2. Notes it;\n\n31. Requests help;\n\n4. Urges haste.") == ["1", "2", "3", "4"]


def test_number_on_a_line_of_its_own_counts() -> None:
    text = "1. Decides to meet;\n\n2 \nAlso decides to\nact with haste;\n\n3 \nRequests a report;\n\n4. Notes it."
    assert labels(text) == ["1", "2", "3", "4"]


PARTS = """91/79. Lights and beacons

A

The General Assembly,

1. Requests the Secretary-General to report within thirty days of the adoption of the present resolution.

98th plenary meeting
15 December 2036

B

The General Assembly,

1. Requests the Secretary-General to report within sixty days of the adoption of the present resolution.

112th plenary meeting
3 April 2037
"""


def test_parts_have_labels_and_days_of_their_own() -> None:
    read = read_text(PARTS, "en", name="A_RES_91_79.txt")
    assert [part.label for part in read.operative] == ["A.1", "B.1"]
    assert (read.adopted, read.part_adopted) == (date(2036, 12, 15), {"B": date(2037, 4, 3)})
    assert [(event.section, event.end) for event in derive(read).events] == [
        ("A", date(2037, 1, 14)),
        ("B", date(2037, 6, 2)),
    ]


@pytest.mark.parametrize(
    ("name", "adopted", "words"),
    [("A_RES_91_79_A.txt", date(2036, 12, 15), "thirty"), ("A_RES_91_79_B.txt", date(2037, 4, 3), "sixty")],
)
def test_part_asked_for_is_read_alone(name: str, adopted: date, words: str) -> None:
    read = read_text(PARTS, "en", name=name)
    assert (read.adopted, len(read.operative)) == (adopted, 1)
    assert words in read.operative[0].reading.text


@pytest.mark.parametrize(("label", "latin"), [("B", "B"), ("باء", "B"), ("Б", "B"), ("二", "II"), ("十二", "XII")])
def test_section_label_is_latin(label: str, latin: str) -> None:
    assert section_label(label) == latin


@pytest.mark.parametrize(
    ("text", "path", "found"),
    [
        ("(b) x", ("a",), ("b",)),
        ("(i) x", ("b",), ("b", "i")),
        ("(ii) x", ("b", "i"), ("b", "ii")),
        ("(c) x", (), None),
        ("㈡ x", ("i",), ("ii",)),
    ],
)
def test_subparagraph_path_follows_the_last(text: str, path: tuple[str, ...], found: tuple[str, ...] | None) -> None:
    match = LETTER.match(text)
    assert match
    assert subparagraph_path(match, path, "abcdefghijklmnopqrstuvwxyz") == found


def test_dotted_letters_need_a_word_after_them() -> None:
    assert DOTTED.match("a. demands")
    assert not DOTTED.match("a.m. meeting")
