import pytest

from app.documents.layout import mark_page_lines, measure_layout, split_lines
from app.documents.paragraphs import ParagraphParser
from app.documents.vocabulary import load_vocabulary


def parts_of(text: str, language: str = "en") -> list[tuple[str, str, str]]:
    """Of each part its role's letter, its label and its words on one line."""
    vocabulary, lines = load_vocabulary(language), split_lines(text)
    mark_page_lines(lines, vocabulary, ())
    parts = ParagraphParser(vocabulary, measure_layout(lines, vocabulary)).read(lines)
    return [
        (
            part.role[0],
            part.section + (part.number or "") + "".join(f"({letter})" for letter in part.letters),
            " ".join(" ".join(text[start:end] for start, end in part.pieces).split()),
        )
        for part in parts
    ]


def test_numbers_count_up_and_what_only_looks_like_one_does_not() -> None:
    text = """The General Assembly,

Recalling article 1,

1. Decides to meet in
2018. It will also

2. Requests a report of
3. July and of

5.2 million people;

3. Decides to remain seized."""
    assert parts_of(text) == [
        ("p", "", "Recalling article 1,"),
        ("o", "1", "Decides to meet in 2018. It will also"),
        ("o", "2", "Requests a report of 3. July and of"),
        ("o", "2", "5.2 million people;"),
        ("o", "3", "Decides to remain seized."),
    ]


def test_letters_and_numerals_nest_and_paragraph_continues() -> None:
    text = """1. Requests the Secretary-General:

(a) To report:

(i) In May;

(ii) In June;

(b) To meet;

(h) To stay;

and to thank the hosts;

2. Decides:

(a) To close."""
    assert parts_of(text) == [
        ("o", "1", "Requests the Secretary-General:"),
        ("o", "1(a)", "To report:"),
        ("o", "1(a)(i)", "In May;"),
        ("o", "1(a)(ii)", "In June;"),
        ("o", "1(b)", "To meet;"),
        ("o", "1", "(h) To stay; and to thank the hosts;"),
        ("o", "2", "Decides:"),
        ("o", "2(a)", "To close."),
    ]


def test_sections_restart_the_numbers() -> None:
    text = """The General Assembly,

A

Recalling light,

1. Decides to meet.

B

Recalling dark,

1. Decides to part."""
    assert parts_of(text) == [
        ("p", "A", "Recalling light,"),
        ("o", "A1", "Decides to meet."),
        ("p", "B", "Recalling dark,"),
        ("o", "B1", "Decides to part."),
    ]


def test_a_section_without_a_preamble_restarts_the_numbers_too() -> None:
    text = "A\n\n1. Decides to meet.\n\n2. Decides to eat.\n\nB. Costs\n\n1. Decides to pay."
    assert [label for _, label, _ in parts_of(text)] == ["A1", "A2", "B1"]


def test_sections_through_which_the_numbers_run_are_none() -> None:
    text = "1. Decides to meet.\n\nII. Costs\n\n2. Decides to pay."
    assert parts_of(text) == [("o", "1", "Decides to meet."), ("o", "2", "Decides to pay.")]


def test_part_without_numbers_stays_between_numbered_parts() -> None:
    text = (
        "A\n\n1. Decides to meet.\n\n2. Decides to eat.\n\nB\n\nDanger pay\n\nExpresses appreciation for the work.\n\n"
    )
    text += "C\n\n1. Decides to pay."
    assert [(role, label) for role, label, _ in parts_of(text)] == [("o", "A1"), ("o", "A2"), ("o", "B"), ("o", "C1")]


def test_part_begins_under_label_despite_misread_formula() -> None:
    text = "A\n\n1. Decides to meet.\n\nB\n\nThe Gen eral Assem b ly,\n\nRecalling dark,\n\n1. Decides to part."
    assert [(role, label) for role, label, _ in parts_of(text)] == [
        ("o", "A1"),
        ("p", "B"),
        ("p", "B"),
        ("o", "B1"),
    ]


@pytest.mark.parametrize(
    ("printed", "following"), [("2 0. Considers", "21. Invites"), ("2O. Considers", "21. Invites")]
)
def test_a_number_whose_figures_stand_apart_is_the_next_one(printed: str, following: str) -> None:
    text = "\n\n".join(f"{n}. Decides to meet." for n in range(1, 20)) + f"\n\n{printed} light.\n\n{following} all."
    assert [label for _, label, _ in parts_of(text)] == [str(n) for n in range(1, 22)]


def test_footnote_mark_after_number_is_not_part_of_it() -> None:
    text = "1. The Commission shall meet.\n\n2.1 (a) The Commission shall eat.\n\n3. The Commission shall rest."
    assert [label for _, label, _ in parts_of(text)] == ["1", "2(a)", "3"]


def test_annex_is_separate_and_text_after_meeting_left_out() -> None:
    text = "1. Adopts the plan.\n\n48th plenary meeting\n\n1 December 2036\n\n"
    text += "Some voted against.\n\nAnnex\n\n1. The plan is good."
    assert parts_of(text) == [("o", "1", "Adopts the plan."), ("a", "", "1. The plan is good.")]


def test_a_list_within_a_paragraph_and_its_numbers_stay_in_it() -> None:
    text = """1. Decides;

2. Approves the agenda:

1. Opening.

2. Budget.

3. Closing.

3. Requests a report."""
    assert parts_of(text) == [
        ("o", "1", "Decides;"),
        ("o", "2", "Approves the agenda:"),
        ("o", "2", "1. Opening."),
        ("o", "2", "2. Budget."),
        ("o", "2", "3. Closing."),
        ("o", "3", "Requests a report."),
    ]


def test_quoted_paragraphs_do_not_count() -> None:
    text = "1. Decides to replace it:\n\n“2. States shall meet.\n\n2. Decides to part."
    assert parts_of(text) == [
        ("o", "1", "Decides to replace it:"),
        ("o", "1", "“2. States shall meet."),
        ("o", "2", "Decides to part."),
    ]


def test_misread_numbers_of_old_scans_are_mended_before_a_verb() -> None:
    text = "l. Urges peace;\n\n2. Calls for talks;\n\n4, Requests a report;\n\nS. Decides to wait;\n\n5. Decides to go."
    assert parts_of(text) == [
        ("o", "1", "Urges peace;"),
        ("o", "2", "Calls for talks;"),
        ("o", "4", "Requests a report;"),
        ("o", "5", "Decides to wait;"),
        ("o", "6", "Decides to go."),
    ]


def test_unnumbered_text_is_operative_from_first_verb() -> None:
    text = "The Security Council,\n\nNoting with regret the dark,\n\nStrongly condemning it,\n\n"
    text += "Calls upon all to wait ;\n\nRequests a report."
    assert parts_of(text) == [
        ("p", "", "Noting with regret the dark,"),
        ("p", "", "Strongly condemning it,"),
        ("o", "", "Calls upon all to wait ;"),
        ("o", "", "Requests a report."),
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ar", "1 - تقرر ما يلي:\n\n(أ) الاجتماع؛\n\n(ب) الانصراف؛\n\n2 - تطلب تقريرا."),
        ("ar", "١ - تقرر ما يلي:\n\n(أ) الاجتماع؛\n\n(ب) الانصراف؛\n\n٢ - تطلب تقريرا."),
        ("zh", "1． 决定：\n\n（a） 开会；\n\n（b） 散会；\n\n2． 请提出报告。"),
        ("zh", "1. 决定：\n\n(一) 开会；\n\n(二) 散会；\n\n2. 请提出报告。"),
        ("ru", "1. постановляет:\n\na) собраться;\n\nb) разойтись;\n\n2. просит представить доклад."),
        ("ru", "1. постановляет:\n\nа) собраться;\n\nб) разойтись;\n\n2. просит представить доклад."),
        ("es", "1. Decide:\n\na) Reunirse;\n\nb) Separarse;\n\n2. Solicita un informe."),
        ("fr", "1. Décide :\n\na) De se réunir ;\n\nb) De se séparer ;\n\n2. Demande un rapport."),
    ],
)
def test_the_labels_are_the_same_in_every_language(language: str, text: str) -> None:
    labels = [label for _, label, _ in parts_of(text, language)]
    han = labels[1] == "1(i)"  # Chinese numerals in brackets stand for Roman ones
    assert labels == (["1", "1(i)", "1(ii)", "2"] if han else ["1", "1(a)", "1(b)", "2"])


def test_a_lost_number_is_that_between_its_neighbours() -> None:
    text = """The General Assembly,

1. Requests a report;

Decides to wait;

(a) In silence;

3. Invites all States to speak;

Decides to remain seized."""
    assert parts_of(text) == [
        ("o", "1", "Requests a report;"),
        ("o", "2", "Decides to wait;"),
        ("o", "2(a)", "In silence;"),
        ("o", "3", "Invites all States to speak;"),
        ("o", "4", "Decides to remain seized."),
    ]
    kept = text.replace("3. Invites", "2. Invites")
    assert [label for _, label, _ in parts_of(kept)] == ["1", "1", "1(a)", "2", "3"]
