"""The dated items of one paragraph."""

import pytest

from tests.obligations.sample import dated, schedule


@pytest.mark.parametrize(
    ("paragraph", "items"),
    [
        (
            "Requests him to submit an update at its ninety-first session, to be followed by an interactive dialogue;",
            [("report", "GA91"), ("meeting", "GA91")],
        ),
        (
            "Requests reports at its ninety-first and ninety-second sessions;",
            [("report", "GA91"), ("report", "GA92")],
        ),
        (
            "Decides to postpone the forum scheduled for 3 May 2036 to a date to be determined;",
            [("meeting", "TBD")],
        ),
        ("Decides not to convene the forum scheduled for 3 May 2036;", []),
    ],
)
def test_items_of_a_paragraph(paragraph: str, items: list[tuple[str, str]]) -> None:
    assert dated(paragraph) == items


def test_outcomes_add_up_to_expressions() -> None:
    found = schedule("Recalls the forum of 3 May 2034, and requests a report by 4 May 2036;")
    assert {name: count for name, count in found.time_counts.items() if count} == {
        "expressions": 2,
        "item": 1,
        "attribute": 1,
    }
