import pytest

from app.documents.layout import LineKind, PageLayout, ends_sentence, mark_page_lines, measure_layout, split_lines
from app.documents.vocabulary import fold_name, load_vocabulary
from tests.documents import samples


def test_lines_keep_their_places() -> None:
    text = "\ufeff one\r\n\r\n\t two \u200f\n\nthree"
    found = [(line.text, text[line.start : line.end], line.gap, line.indent) for line in split_lines(text)]
    assert found == [("one", "one", 0, 2), ("two", "two", 1, 2), ("three", "three", 1, 0)]


@pytest.mark.parametrize(
    ("row", "end"),
    [
        ("the world,", True),
        ("the Treaty,5", True),
        ("in 2014, ³", True),
        ("peace;”", True),
        ("war; and", True),
        ("彻底消除；", True),
        ("القرار؛", True),
        ("the year 2014", False),
        ("the world", False),
        ("the Committee (2004)", False),
    ],
)
def test_where_a_clause_ends(row: str, end: bool) -> None:
    assert ends_sentence(row) is end


def test_the_furniture_of_pages_is_told_from_the_text() -> None:
    lines = split_lines(samples.ENGLISH)
    mark_page_lines(lines, load_vocabulary("en"), (fold_name("International Year of Lighthouses"),))
    furniture = [" ".join(line.text.split()) for line in lines if line.kind is LineKind.PAGE]
    assert furniture == [
        "United Nations A/RES/91/17",
        "Distr.: General",
        "_______________",
        "36-20417 1/2",
        "A/RES/91/17 International Year of Lighthouses",
        "36-20417 2/2",
    ]


def test_running_title_is_furniture_only_beside_the_symbol() -> None:
    text = "A/RES/91/17\nInternational Year\nof Lighthouses\n\n36-20417\n2/7\n\nOf lighthouses,\n\nLighthouses\n"
    lines = split_lines(text)
    mark_page_lines(lines, load_vocabulary("en"), (fold_name("International Year of Lighthouses"),))
    assert [line.text for line in lines if line.kind is LineKind.BODY] == ["Of lighthouses,", "Lighthouses"]


def test_the_layout_of_whole_paragraphs() -> None:
    vocabulary = load_vocabulary("en")
    text = "\n\n".join(["Recalling " + "word " * 60 + "end,"] * 4)
    assert measure_layout(split_lines(text), vocabulary) == PageLayout(
        whole=True, doubled=False, gapped=True, indented=False, width=314
    )


def test_the_layout_of_doubled_lines() -> None:
    rows = [
        " Recalling the many words of a line that is full",
        "and another line that is as full as the one above",
        "end,",
    ]
    found = measure_layout(split_lines("\n\n".join(rows * 4)), load_vocabulary("en"))
    assert (found.whole, found.doubled, found.gapped, found.indented) == (False, True, False, True)
