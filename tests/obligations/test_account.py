"""The account of times: what became of each expression, and lists that add up."""

from functools import partial

from app.obligations import extract_obligations
from app.schedule.pipeline import derive
from app.timex import tag
from tests.obligations.sample import instrument

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
