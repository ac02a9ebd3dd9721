from app.documents.offsets import TextNormalizer
from app.model import Reading


def normalize(text: str, *marks: tuple[int, int], spaced: bool = True) -> Reading:
    return TextNormalizer(text, spaced=spaced).normalize([(0, len(text))], list(marks))


def test_one_line_is_one_run() -> None:
    assert normalize("Recalling its resolution") == Reading("Recalling its resolution", (0,), (0,))


def test_broken_lines_become_one_with_their_places() -> None:
    text = "of the \n  nuclear\nthreat"
    reading = normalize(text)
    assert reading == Reading("of the nuclear threat", (0, 7), (0, 10))
    assert reading.span(7, 14).of(text) == "nuclear"
    assert reading.span(4, 21).of(text) == "he \n  nuclear\nthreat"


def test_broken_word_is_joined_if_whole_elsewhere() -> None:
    assert normalize("navigation of naviga-\ntion").text == "navigation of navigation"
    assert normalize("seventy-\nninth").text == "seventy-ninth"
    assert normalize("Nuclear-\nTest-Ban").text == "Nuclear-Test-Ban"
    assert normalize("rap› ports").text == "rapports"
    assert normalize("« rap › ports").text == "« rap › ports"
    assert normalize("rap›\nports").text == "rapports"


def test_a_mark_is_cut_out_with_one_of_its_spaces() -> None:
    assert normalize("disarmament, 3 \ncalling", (13, 14)).text == "disarmament, calling"
    assert normalize("Treaty,8 and", (7, 8)).text == "Treaty, and"
    assert normalize("Femmes 5 , et", (7, 8)).text == "Femmes , et"
    assert normalize("of 19721 and", (7, 8)).text == "of 1972 and"


def test_lines_without_spaces_between_words_join_without() -> None:
    assert normalize("2014\n\n年 12 月", spaced=False).text == "2014年 12 月"
    assert normalize("报告 2\n 所反映", (3, 4), spaced=False).text == "报告所反映"
    assert normalize("Test\nBan", spaced=False).text == "Test Ban"


def test_marks_of_direction_are_left_out() -> None:
    text = "\u200fتقرر\u200f 1"
    reading = normalize(text)
    assert reading.text == "تقرر 1"
    assert reading.span(0, 4).of(text) == "تقرر"


def test_every_character_stands_where_its_place_says() -> None:
    text = "a  b\u00a0c-\nd e\t\tf\n\n g"
    reading = normalize(text)
    assert [text[reading.place(n)] for n, c in enumerate(reading.text) if c != " "] == [
        "a",
        "b",
        "c",
        "-",
        "d",
        "e",
        "f",
        "g",
    ]
