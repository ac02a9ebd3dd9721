"""Values composed of captures: days of months, weekdays, and weekdays that contradict their day."""

from datetime import date

import pytest

from app.model import When
from app.timex.constructors import Capture, days_of_month, nth_weekday, weekday_doubt


@pytest.mark.parametrize(
    ("year", "month", "days"), [(2028, 2, 29), (2027, 2, 28), (2027, 4, 30), (None, 2, 28), (None, 12, 31)]
)
def test_days_of_month_without_a_year_are_common(year: int | None, month: int, days: int) -> None:
    captures = {} if year is None else {"y1": Capture("year", year, 0, 4)}
    assert days_of_month(captures, month) == days


@pytest.mark.parametrize(
    ("place", "day"),
    [(1, date(2027, 9, 6)), (4, date(2027, 9, 27)), (5, None), (-1, date(2027, 9, 27)), (-5, None)],
)
def test_nth_weekday_counts_from_either_end(place: int, day: date | None) -> None:
    assert nth_weekday(2027, 9, place, 0) == day


@pytest.mark.parametrize(
    ("name", "weekday", "doubt"),
    [("wd", "TU", ""), ("wd", "MO", "weekday.contradicts"), ("wd2", "FR", ""), ("wd2", "TU", "weekday.contradicts")],
)
def test_weekday_doubt_holds_weekdays_against_their_days(name: str, weekday: str, doubt: str) -> None:
    times = [When.parse("2027-05-04/2027-05-07")]
    assert weekday_doubt({name: Capture("weekday", weekday, 0, 6)}, times) == doubt


def test_weekday_doubt_without_a_day_is_none() -> None:
    assert weekday_doubt({"wd": Capture("weekday", "MO", 0, 6)}, [None]) == ""
    assert weekday_doubt({}, [When.parse("2027-05-04")]) == ""
