"""An item of a paragraph: its words, bearer, addressees, place and hours."""

import pytest

from tests.obligations.sample import schedule


@pytest.mark.parametrize(
    ("paragraph", "quote"),
    [
        (
            "Requests the Secretary-General to report to the General Assembly at its ninety-first session;",
            "to report to the General Assembly at its ninety-first session",
        ),
        ("Decides to extend until 31 January 2036 the mandate of the Panel;", "extend until 31 January 2036"),
        (
            "Decides to convene a forum in Geneva on 3 May 2037, from 10 a.m. to 1 p.m.;",
            "convene a forum in Geneva on 3 May 2037, from 10 a.m. to 1 p.m.",
        ),
    ],
)
def test_item_quotes_act_and_time(paragraph: str, quote: str) -> None:
    assert schedule(paragraph).events[0].quote["en"].startswith(quote)


def test_item_names_bearer_addressees_place_and_hours() -> None:
    found = schedule(
        "Requests the Secretary-General to report to the General Assembly at its ninety-first session;",
        "Decides to convene a forum in Geneva on 3 May 2037, from 10 a.m. to 1 p.m.;",
    )
    assert [(e.bearer, e.addressees, e.place, e.hours) for e in found.events] == [
        ("secretary-general", ("general-assembly",), None, ""),
        ("general-assembly", (), "Geneva", "10:00/13:00"),
    ]


def test_item_in_list_has_bearer_of_its_part() -> None:
    found = schedule(
        "Requests the Secretary-General: (a) to submit a report by 3 May 2036; (b) and the President of the General "
        "Assembly to convene a forum on 4 May 2036;"
    )
    assert [(e.when, e.bearer) for e in found.events] == [
        ("../2036-05-03", "secretary-general"),
        ("2036-05-04", "president-of-the-general-assembly"),
    ]
