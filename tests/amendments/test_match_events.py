"""Events that a clause may mean: numbers of instruments, and times that are those of an event."""

from datetime import date

import pytest

from app.amendments.match_events import is_dated, normalize_number, same_time
from app.model import Certainty, Event, Kind

DAY = date(2035, 10, 3)


def test_number_is_compared_without_blanks() -> None:
    assert [normalize_number(text) for text in ("2334 (2016)", "72/251")] == ["2334(2016)", "72/251"]


@pytest.mark.parametrize(
    ("value", "dated"), [("2018-05-14/2018-05-16", True), ("2018", True), ("XXXX-05-14", False), ("GA73", False)]
)
def test_dated_values_have_known_years(value: str, dated: bool) -> None:
    assert is_dated(value) is dated


@pytest.mark.parametrize(
    ("value", "same"),
    [
        ("2036-06-02/2036-06-06", True),
        ("XXXX-06-02/XXXX-06-06", True),
        ("2036-06-02", False),
        ("2036-06", False),
        ("nonsense", False),
    ],
)
def test_same_time_is_that_of_the_days_of_an_event(value: str, same: bool) -> None:
    first, last = date(2036, 6, 2), date(2036, 6, 6)
    event = Event(
        "u", Kind.MEETING, "2036-06-02/2036-06-06", Certainty.DECIDED, "A/RES/90/7", DAY, start=first, end=last
    )
    assert same_time(value, event) is same
