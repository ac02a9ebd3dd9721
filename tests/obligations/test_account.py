"""The account of times: what became of each expression, and lists that add up."""

from functools import partial

import pytest

from app.obligations import extract_obligations
from app.schedule.pipeline import derive
from app.timex import tag
from tests.obligations.sample import FewSessions, instrument

PARAGRAPHS = (
    "Decides not to convene the conference scheduled for 5 to 9 May 2037, and requests the Secretary-General to report "
    "by 30 June 2037 and on 31 February 2038;",
    "Reaffirms the Lighthouse Framework 2036–2050, and takes note of the letter dated 4 March 2034;",
)


def test_time_counts_of_paragraphs_add_up() -> None:
    counts = derive(instrument(*PARAGRAPHS)).time_counts
    outcomes = {name: count for name, count in counts.items() if name != "expressions"}
    assert sum(outcomes.values()) == counts["expressions"]
    assert outcomes == {"item": 1, "attribute": 2, "name": 1, "unread": 1}


def test_reading_of_denied_act_names_its_reason() -> None:
    class NoSessions:
        def token(self, body: str, number: int) -> str | None:
            return None

        def standing(self, body: str) -> int | None:
            return None

        def by_year(self, body: str) -> bool:
            return False

    found = extract_obligations(instrument(PARAGRAPHS[0]), partial(tag, language="en"), NoSessions())
    assert [(reading.outcome.value, reading.reason) for reading in found.readings] == [
        ("attribute", "act.denied"),
        ("item", ""),
        ("unread", "day.impossible"),
    ]


@pytest.mark.parametrize(
    ("paragraph", "reasons"),
    [
        ("Recalls the meeting of 3 May 2034 and the report of its fifth session;", ["time.past", "time.cited"]),
        (
            "Notes posts vacant for ten years or more under the ten-year plan;",
            ["length.past", "length.mentioned"],
        ),
        ("Welcomes the debate at the eighty-ninth session of the General Assembly;", ["session.past"]),
        ("Decides to extend it for six months until 31 May 2036;", ["time.restated"]),
        ("Decides to meet in 2036 and 2037, for three sessions per year;", ["time.restated"]),
    ],
)
def test_time_without_an_item_names_its_reason(paragraph: str, reasons: list[str]) -> None:
    found = extract_obligations(instrument(paragraph), partial(tag, language="en"), FewSessions())
    assert [reading.reason for reading in found.readings if reading.outcome.value != "item"] == reasons
