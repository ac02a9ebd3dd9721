"""The act of a time: whole paragraphs, and what the operative verb makes of an act."""

import pytest

from app.obligations.acts import classify_event
from app.obligations.time_reference import TimeKind
from tests.obligations.sample import dated, timed

KINDS = [
    # what is decided lasts until, or begins, whatever is named beside it
    (
        "Decides that the authorized ceiling will comprise 500 keepers until 30 June 2036, and be reduced to 200 from "
        "1 July 2036;",
        [("mandate", "../2036-06-30"), ("mandate", "2036-07-01/..")],
    ),
    ("Approves, with effect from 1 May 2036, as recommended in the report, the scale;", [("mandate", "2036-05-01/..")]),
    # a meeting that is held, whatever is named after
    (
        "Invites States to include this in reviews for the forum during its meeting to be held in 2037 and in reviews;",
        [("meeting", "2037")],
    ),
    # what is provided stands far from the verb
    (
        "Requests the Mission to provide by 30 June 2036, in coordination with stakeholders, including in liaison with "
        "civil society, an update on the withdrawal;",
        [("report", "../2036-06-30")],
    ),
    ("Decides to continue giving priority consideration to it at its ninety-second session;", [("agenda", "GA92")]),
    ("Welcomes the Global Promise to End the Darkness of the Coasts by 2040;", []),
    ("Requests the Director to finance, as of 2037, annual meetings of the keepers;", [("meeting", "2037;R/P1Y")]),
]


@pytest.mark.parametrize(("paragraph", "items"), KINDS, ids=[case[0][:60] for case in KINDS])
def test_dated_paragraph_gives_kind(paragraph: str, items: list[tuple[str, str]]) -> None:
    assert dated(paragraph) == items


@pytest.mark.parametrize(
    ("text", "words", "when", "kind", "until", "act"),
    [
        (
            "Appoints the members for a period of three years;",
            "a period of three years",
            "adoption+P3Y",
            TimeKind.LENGTH,
            False,
            ("period", "serve", "lasting.term"),
        ),
        (
            "Elects the members for the term that ends on 31 December 2038;",
            "31 December 2038",
            "2038-12-31",
            TimeKind.DATE,
            False,
            ("period", "serve", "action.nearest"),
        ),
        (
            "Authorizes the keepers to act within six months;",
            "within six months",
            "adoption+P6M",
            TimeKind.OFFSET,
            False,
            ("mandate", "authorize", "lasting.until"),
        ),
        (
            "Lamps on 30 June 2036;",
            "30 June 2036",
            "2036-06-30",
            TimeKind.DATE,
            False,
            ("deadline", "", "kind.default"),
        ),
    ],
)
def test_classify_event_of_operative_verb(
    text: str, words: str, when: str, kind: TimeKind, until: bool, act: tuple[str, str, str]
) -> None:
    view, time = timed(text, words, when, kind, until=until)
    found = classify_event(view, time, [time])
    assert (found.kind.value, found.action, found.rule) == act


def test_classify_event_of_year_label_is_programme() -> None:
    assert dated(
        "Decides that the themes of its programme of work shall be:",
        "(a) For 2037: the lamps;",
        "(b) For 2038: the keepers;",
    ) == [("period", "2037"), ("period", "2038")]
