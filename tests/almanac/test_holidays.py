"""Holidays at Headquarters and working days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.almanac import almanac
from app.model import Holiday

BOOK = almanac().holidays


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2017, "01-02 04-14 05-29 06-26 07-04 09-01 09-04 11-23 12-25"),
        (2018, "01-01 03-30 05-28 06-15 07-04 08-21 09-03 11-22 12-25"),
        (2020, "01-01 04-10 05-25 05-26 07-03 07-31 09-07 11-26 12-25"),
        (2021, "01-01 04-02 05-13 05-31 07-05 07-20 09-06 11-25 12-24"),
        (2023, "01-02 04-07 04-21 05-29 06-28 07-04 09-04 11-23 12-25"),
        (2027, "01-01 03-09 03-26 05-17 05-31 07-05 09-06 11-25 12-24"),
    ],
)
def test_holidays_of_a_year(year: int, days: str) -> None:
    assert " ".join(f"{holiday.day:%m-%d}" for holiday in BOOK.of_year(year)) == days


def test_circulars_beat_the_rules_and_say_so() -> None:
    assert all(holiday.official for year in (2017, 2020, 2024) for holiday in BOOK.of_year(year))
    assert not any(holiday.official for holiday in BOOK.of_year(2025))


def test_the_rules_give_what_the_circulars_gave() -> None:
    """But for the lunar days, which no rule here gives."""
    for year, holidays in BOOK.official.items():
        ruled = {(rule.name, rule.day(year)) for rule in BOOK.rules}
        assert ruled == {(item.name, item.day) for item in holidays if not item.name.startswith("Eid")}


def test_a_new_year_kept_in_the_old_one() -> None:
    assert [holiday.day for holiday in BOOK.between(date(2021, 12, 25), date(2022, 1, 31))] == [date(2021, 12, 31)]
    assert BOOK.off(date(2021, 12, 31)) == "New Year's Day"


def test_what_is_not_known_is_not_said_to_be() -> None:
    assert [BOOK.knows(year) for year in (1990, 2018, 2024, 2027, 2040)] == [False, True, True, True, False]


def test_why_nobody_works() -> None:
    days = (date(2024, 3, 29), date(2024, 3, 30), date(2024, 5, 3))
    assert [BOOK.off(day) for day in days] == ["Good Friday", "weekend", None]
    assert [item.name for item in BOOK.without_meetings(date(2024, 5, 1), date(2024, 5, 31))] == [
        "Orthodox Good Friday"
    ]
    assert BOOK.floating[0] == Holiday(date(2017, 1, 6), "Orthodox Christmas (observed)", True, "ST/IC via docsbay.net")


@given(st.dates(date(2016, 12, 20), date(2028, 1, 10)), st.integers(0, 400))
def test_working_days_are_counted(first: date, length: int) -> None:
    last = first + timedelta(length)
    one_by_one = sum(BOOK.is_working_day(first + timedelta(n)) for n in range(length + 1))
    assert BOOK.working_days(first, last) == one_by_one
    assert BOOK.working_days(last, first - timedelta(1)) == 0
