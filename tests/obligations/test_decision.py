"""The decision table: every row can be reached, and what it makes of a time."""

import pytest

from app.obligations.decision import TimeSense, applied, decide, decision_table
from app.obligations.time_reference import TimeKind, TimeReference


def test_decision_row_fits_its_own_conditions_first() -> None:
    for row in decision_table():
        sense = TimeSense(**{name: sorted(allowed)[0] for name, allowed in row.conditions.items()})
        assert decide(sense).number <= row.number
        assert row.fits(sense)


@pytest.mark.parametrize(
    ("sense", "when"),
    [
        (TimeSense(link="moved"), "2037-05-10"),
        (TimeSense(polarity="denied", relation="before"), "2037-05-10/.."),
        (TimeSense(polarity="denied", relation="after"), "../2037-05-10"),
        (TimeSense(action="end", kind="mandate", relation="from"), "../2037-05-10"),
        (TimeSense(), "../2037-05-09"),
    ],
)
def test_applied_row_changes_bounds(sense: TimeSense, when: str) -> None:
    time = TimeReference(0, 1, "../2037-05-09", TimeKind.BY, "date.day", "2037-05-10")
    assert applied(decide(sense), time).when == when
