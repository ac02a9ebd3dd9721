"""Bearers: who acts, named in full, by a short name, or in a that-clause."""

import pytest

from tests.obligations.sample import schedule

HRC = "A/HRC/RES/90/2"
CASES = [
    (
        "Requests the fact-finding mission to report to the Council at its ninety-second session;",
        "fact-finding-mission",
    ),
    ("Directs the Monitoring Team to submit a report by 3 May 2037;", "monitoring-team"),
    (
        "Requests the Commission on Human Rights in South Sudan to report to the Council at its ninety-second session;",
        "commission-on-human-rights-in-south-sudan",
    ),
    (
        "Takes note of the report of the Office of the United Nations High Commissioner for Human Rights, and requests "
        "the Office to submit a report to the Council at its ninety-second session;",
        "office-of-the-united-nations-high-commissioner-for-human-rights",
    ),
    (
        "Recalls resolution 4 of the Commission on Human Rights and the Commission of Inquiry on Utopia, requests the "
        "Commission to present a report to the Council at its ninety-second session;",
        "commission-of-inquiry",
    ),
    (
        "Encourages the Chair-elect to provide, in consultation with the States concerned, information on cases to the "
        "Council at its ninety-second session;",
        "chair",
    ),
    (
        "Reaffirms its request to the Conciliation Board for Lamps to continue its work and to report by 3 May 2037;",
        "conciliation-board-for-lamps",
    ),
    (
        "Decides that the Conference on Lamps will be held in Geneva from 10 to 13 December 2036;",
        "human-rights-council",
    ),
    ("Decides that the Lamp Board shall submit a report by 3 May 2037;", "lamp-board"),
]


@pytest.mark.parametrize(("paragraph", "bearer"), CASES)
def test_bearer_is_the_one_asked(paragraph: str, bearer: str) -> None:
    assert [event.bearer for event in schedule(paragraph, symbol=HRC).events] == [bearer]


KINDS = [
    ("Decides that the contingency fund for the year 2036 shall be set at 1 per cent;", [("period", "2036")]),
    (
        "Authorizes the Secretary-General to enter into commitments in the year 2036 to meet expenses;",
        [("period", "2036")],
    ),
    ("Decides that the measures shall enter into force on 26 June 2036;", [("mandate", "2036-06-26")]),
    (
        "Decides to consider the topic “Observance of the Year of Lamps” at its ninety-second session;",
        [("agenda", "HRC92")],
    ),
    (
        "Reiterates the invitation to the Secretary-General to consider designating an agency, by July 2036, to act as "
        "a focal point;",
        [("deadline", "../2036-07-31")],
    ),
    ("Stresses the 2050 Vision and 2040 mission for lamps;", []),
    ("Decides to revisit the issue at its ninety-second session;", [("agenda", "HRC92")]),
    ("Urges the working group to complete its work before the end of 2037;", [("deadline", "../2037-12-31")]),
    (
        "Requests the Office to present an oral update at its ninety-first session and a report at its ninety-second "
        "session, to be discussed in an enhanced interactive dialogue;",
        [("report", "HRC91"), ("report", "HRC92"), ("meeting", "HRC92")],
    ),
]


@pytest.mark.parametrize(("paragraph", "items"), KINDS)
def test_kind_is_that_of_the_governing_act(paragraph: str, items: list[tuple[str, str]]) -> None:
    found = schedule(paragraph, symbol=HRC)
    assert [(event.kind.value, event.when) for event in found.events if event.when != "undated"] == items


def test_letter_that_is_cited_opens_no_clause() -> None:
    found = schedule(
        "Welcomes the decision of the Board to request its secretariat:",
        "(f) To hold a session on 17 May 2037 and the colloquium mentioned in subparagraph (e) from 19 to 21 May 2037;",
    )
    assert [(event.kind.value, event.when) for event in found.events] == [
        ("meeting", "2037-05-17"),
        ("meeting", "2037-05-19/2037-05-21"),
    ]


def test_reports_from_somebody_are_borne_by_them() -> None:
    found = schedule(
        "Requests the following reports from the Secretary-General:",
        "(a) regular updates on the situation, with the first report due by 15 February 2037;",
    )
    assert [(event.kind.value, event.when, event.bearer) for event in found.events] == [
        ("report", "../2037-02-15", "secretary-general"),
    ]
