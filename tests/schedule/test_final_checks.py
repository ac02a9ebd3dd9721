"""What no dated item passes over, and what the account of times says of it."""

from dataclasses import replace
from datetime import date

import pytest

from app.model import Certainty, Event, Kind
from app.schedule.final_checks import time_fault
from app.schedule.pipeline import derive
from tests.schedule.test_pipeline import instrument

ADOPTED = date(2035, 12, 20)


@pytest.mark.parametrize(
    ("start", "end", "recurrence", "adopted", "fault"),
    [
        (date(2036, 1, 1), date(2036, 1, 3), None, ADOPTED, ""),
        (date(2035, 9, 12), date(2036, 9, 8), None, ADOPTED, ""),
        (date(2035, 12, 20), None, None, ADOPTED, ""),
        (date(2035, 12, 19), None, None, ADOPTED, "time.before-adoption"),
        (None, date(2035, 1, 31), None, ADOPTED, "time.before-adoption"),
        (date(2030, 9, 26), date(2030, 9, 26), "FREQ=YEARLY", ADOPTED, ""),
        (date(2030, 1, 1), date(2030, 1, 2), None, None, ""),
        (date(2036, 3, 2), date(2036, 3, 1), None, ADOPTED, "time.reversed"),
        (None, None, None, ADOPTED, ""),
    ],
)
def test_time_fault_names_what_is_over_or_reversed(
    start: date | None, end: date | None, recurrence: str | None, adopted: date | None, fault: str
) -> None:
    event = Event(
        "A-RES-90-1.1.meeting.1", Kind.MEETING, "2036", Certainty.DECIDED, "A/RES/90/1", None, "1", start=start, end=end
    )
    assert time_fault(replace(event, recurrence=recurrence), adopted) == fault


def test_derive_of_a_past_session_is_unread_and_counted() -> None:
    text = instrument(
        "Requests the Committee to report on the discussion held at the annual session of 2034 of the Council;",
        "Decides to convene a meeting on 12 March 2020;",
        "Decides to convene a meeting on 12 March 2037;",
    )
    found = derive(replace(text, adopted=date(2035, 12, 20)))
    assert [(event.paragraph, event.when) for event in found.events if event.when != "undated"] == [("3", "2037-03-12")]
    assert found.time_counts["expressions"] == sum(
        found.time_counts[outcome] for outcome in ("item", "attribute", "name", "unread")
    )
    assert found.time_counts["item"] == 1
