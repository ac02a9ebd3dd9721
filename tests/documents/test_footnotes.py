from app.documents.footnotes import FootnoteMarks, find_footnotes
from app.documents.layout import LineKind, mark_page_lines, measure_layout, split_lines
from app.documents.vocabulary import load_vocabulary


def notes_of(text: str, language: str = "en") -> tuple[list[tuple[str, str]], list[str]]:
    """The footnotes of ``text`` and the lines left to the body."""
    lines, vocabulary = split_lines(text), load_vocabulary(language)
    mark_page_lines(lines, vocabulary, ())
    found = find_footnotes(lines, vocabulary, measure_layout(lines, vocabulary))
    notes = [(note.number, " ".join(text[start:end] for start, end in note.pieces)) for note in found]
    return notes, [line.text for line in lines if line.kind is LineKind.BODY]


def marks_of(text: str, known: str = "", language: str = "en") -> list[tuple[str, str]]:
    """The marks in ``text``, each with the five characters before it, where footnotes ``known`` stand below."""
    vocabulary = load_vocabulary(language)
    lines = split_lines("____\n\n" + "\n\n".join(f"{number} A/90/{number}." for number in known.split()))
    mark_page_lines(lines, vocabulary, ())
    marks = FootnoteMarks(vocabulary, find_footnotes(lines, vocabulary, measure_layout(lines, vocabulary)))
    return [(number, text[max(0, start - 5) : start]) for number, (start, _) in marks.find(text, [(0, len(text))])]


def test_a_block_below_a_rule_runs_to_the_end_of_the_page() -> None:
    text = "of light,\n____________\n\n"
    text += "1  See A/1.\n\n2  Report of the Congress, Malta,\n1990, chap. I.\n\nA/RES/91/17\n2/7\n\nand dark,\n"
    assert notes_of(text) == (
        [("1", "See A/1."), ("2", "Report of the Congress, Malta, 1990, chap. I.")],
        ["of light,", "and dark,"],
    )


def test_a_block_ends_where_the_numbered_paragraphs_go_on() -> None:
    text = "6. Decides;\n____________\n1 Resolution 55/2.\n2 A/72/339.\n7. Requests the Secretary-General;\n"
    assert notes_of(text) == (
        [("1", "Resolution 55/2."), ("2", "A/72/339.")],
        ["6. Decides;", "7. Requests the Secretary-General;"],
    )


def test_a_footnote_without_a_rule_is_known_by_its_words() -> None:
    text = "the secretariat of the\n\n309 A/45/652.\n\n"
    text += "310 See A/45/652/Add.1, annex.\n\n¹ Adopted later.\n\n30 States voted.\n"
    assert notes_of(text) == (
        [("309", "A/45/652."), ("310", "See A/45/652/Add.1, annex."), ("1", "Adopted later.")],
        ["the secretariat of the", "30 States voted."],
    )


def test_a_rule_without_footnotes_hides_nothing() -> None:
    text = "the Programme of\n\n\\_\\_\\_\\_\\_\n\n14-67600 (F)\n\ndevelopment and\n"
    assert notes_of(text) == ([], ["the Programme of", "development and"])


def test_marks_stick_to_words_quotes_points_and_years() -> None:
    text = "the Declaration1 and “Drugs”;2 the Convention of 19723 and its Protocol,4 recalled 5 and the report.6"
    assert marks_of(text, "1 2 3 4 5 6") == [
        ("1", "ation"),
        ("2", "ugs”;"),
        ("3", " 1972"),
        ("4", "ocol,"),
        ("5", "lled "),
        ("6", "port."),
    ]


def test_figures_that_count_are_no_marks() -> None:
    text = "article 1, at least 2 of 3 States, 4 December 2012, 10,000 or 5 per cent, A/RES/6, (7), 8/9 and 10–12 days"
    assert marks_of(text, "1 2 3 4 5 6 7 8 9 10") == []


def test_superscripts_are_marks_without_any_footnote() -> None:
    assert marks_of("the Protocol¹² and 1990³") == [("12", "tocol"), ("3", " 1990")]


def test_a_mark_that_stood_before_may_stand_again() -> None:
    assert marks_of("the report1 and, as the report,1 says", "1 2") == [("1", "eport"), ("1", "port,")]


def test_chinese_marks_stand_after_points_and_brackets_of_titles() -> None:
    text = "《宣言》1 所载，报告，2 并欢迎 3 月 1 日的报告 2\n所反映的第 1 号"
    assert marks_of(text, "1 2", "zh") == [("1", "《宣言》"), ("2", "载，报告，"), ("2", "日的报告 ")]


def test_bracketed_marks_follow_words_and_years_with_notes_below() -> None:
    assert marks_of("المعاهدة(1) لعام 1990(2) والفقرة 3 (3) والمادة (2)", "1 2 3", "ar") == [
        ("1", "عاهدة"),
        ("2", " 1990"),
    ]
