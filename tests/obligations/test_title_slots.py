"""Slots of titles, clauses, bearers and flags of items, from whole paragraphs; every sentence is made up."""

from datetime import date

import pytest

from app.documents.parser import read_text
from app.i18n import title
from app.model import Event, Kind
from app.schedule.pipeline import derive

TITLE = "90/77. Keeping of lighthouses"


def items(paragraph: str, heading: str = TITLE) -> tuple[Event, ...]:
    text = f"{heading}\n\nThe General Assembly,\n\nRecalling its resolutions,\n\n1. {paragraph}\n"
    resolution = read_text(text, "en", name="A-RES-90-77.txt", adopted=date(2035, 12, 10))
    return derive(resolution).events


@pytest.mark.parametrize(
    ("paragraph", "kind", "said"),
    [
        ("Requests the Secretary-General to submit to the General Assembly at its ninety-first session a report on"
         " the implementation of the present resolution;", Kind.REPORT, "Keeping of lighthouses: SG report (GA91)"),
        ("Requests the Secretary-General to submit to the General Assembly at its ninety-first session a report on"
         " the price of oil;", Kind.REPORT, "Keeping of lighthouses: SG report on price of oil (GA91)"),
        ("Decides to include in the provisional agenda of its ninety-first session, under the item entitled"
         " “Sustainable development”, the sub-item entitled “Lamps at sea”.", Kind.AGENDA,
         "Lamps at sea: on the GA91 agenda"),
        ("Decides to continue its consideration of the question at its ninety-first session under the item entitled"
         " “Sustainable development”.", Kind.AGENDA, "Keeping of lighthouses: considered (GA91)"),
        ("Decides to proclaim 4 May International Day of Lamps;", Kind.OBSERVANCE, "International Day of Lamps"),
        ("Urges Member States to end the drowning of sailors by 2040;", Kind.DEADLINE,
         "End the drowning of sailors (Keeping of lighthouses): target year 2040"),
    ],
)  # fmt: skip
def test_title_of_an_item_follows_its_clause(paragraph: str, kind: Kind, said: str) -> None:
    found = [event for event in items(paragraph) if event.kind is kind]
    assert [title(event, "en") for event in found] == [said]


@pytest.mark.parametrize(
    ("paragraph", "kind", "words"),
    [
        ("Decides to hold at its ninety-first session a panel discussion on the price of oil;", Kind.MEETING,
         "Keeping of lighthouses: panel discussion on price of oil (GA91)"),
        ("Decides to consider the question further at its ninety-first session;", Kind.AGENDA,
         "Keeping of lighthouses: considered (GA91)"),
        ("Requests the Keeper to make all lamps green, including old ones, and decides that each tower shall count its"
         " lamps within nine months of the adoption of the present resolution;", Kind.DEADLINE,
         "Keeping of lighthouses: count its lamps"),
        ("Calls upon all States to take steps to facilitate the 4 May 2037 elections of keepers;", Kind.DEADLINE,
         "Keeping of lighthouses: facilitate the 4 May 2037 elections"),
        ("Requests the Keeper to conclude, within 30 days of the adoption of the present resolution, an agreement on"
         " lamps;", Kind.DEADLINE, "Keeping of lighthouses: conclude an agreement on lamps"),
        ("Requests the Keeper to establish, as a matter of priority, a committee on lamps by 1 May 2037;",
         Kind.DEADLINE, "Keeping of lighthouses: establish a committee on lamps"),
        ("Urges States to commit to the elimination of darkness at sea by 2040;", Kind.DEADLINE,
         "Elimination of darkness at sea (Keeping of lighthouses): target year 2040"),
        ("Decides that the Statute on Lamps at Sea shall enter into force on 17 January 2037;", Kind.MANDATE,
         "Statute on Lamps at Sea (Keeping of lighthouses): enters into force"),
    ],
)  # fmt: skip
def test_title_names_what_happens(paragraph: str, kind: Kind, words: str) -> None:
    found = [event for event in items(paragraph) if event.kind is kind]
    assert [title(event, "en") for event in found] == [words]


def test_reports_of_one_session_are_told_apart_by_requests() -> None:
    paragraph = (
        "Requests the Secretary-General to paint the towers and to report thereon at the ninety-first session of the"
        " General Assembly;\n\n2. Requests the Secretary-General to buy lamps and to report thereon at the"
        " ninety-first session of the General Assembly;"
    )
    reports = [event for event in items(paragraph) if event.kind is Kind.REPORT]
    assert [title(event, "en") for event in reports] == [
        "Keeping of lighthouses: SG report (GA91, paint the towers)",
        "Keeping of lighthouses: SG report (GA91, buy lamps)",
    ]


@pytest.mark.parametrize(
    ("paragraph", "bearer"),
    [
        ("Resolves that the Secretary-General shall report to the General Assembly at its ninety-first session;",
         "secretary-general"),
        ("Also decides that the secretariat of the lamp index will present a report to the General Assembly at its"
         " ninety-first session;", "secretariat-of-the-lamp-index"),
        ("Requests the Secretary-General to report to the General Assembly at its ninety-first session;",
         "secretary-general"),
    ],
)  # fmt: skip
def test_bearer_is_the_one_asked_in_the_clause(paragraph: str, bearer: str) -> None:
    reports = [event for event in items(paragraph) if event.kind is Kind.REPORT]
    assert [event.bearer for event in reports] == [bearer]


def test_clause_has_its_opening_words() -> None:
    paragraph = "Requests the Secretary-General to report to the General Assembly at its ninety-first session;"
    assert items(paragraph)[0].clause == {"en": paragraph}


def test_goal_is_marked_as_target() -> None:
    found = items("Urges Member States to end the drowning of sailors by 2040;")
    assert [event.target for event in found if event.kind is Kind.DEADLINE] == [True]


@pytest.mark.parametrize(
    ("paragraph", "appeal"),
    [
        ("Urges all Member States to cooperate in the keeping of lighthouses;", True),
        ("Requests the Secretary-General to transmit the present resolution to the keepers of all lighthouses;", False),
        ("Encourages Governments to continue to support sailors;", True),
    ],
)
def test_obligation_is_task_or_appeal(paragraph: str, appeal: bool) -> None:
    found = [event for event in items(paragraph) if event.kind is Kind.OBLIGATION]
    assert [event.appeal for event in found] == [appeal]
