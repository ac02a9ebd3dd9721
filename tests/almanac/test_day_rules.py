"""Rules for a day of a year, in the words of the almanac's files."""

from datetime import date

import pytest

from app.almanac.day_rules import DayRule, nth_weekday
from app.errors import AlmanacError


@pytest.mark.parametrize(
    ("rule", "year", "day"),
    [
        ("26 september", 2027, date(2027, 9, 26)),
        ("first monday of october", 2027, date(2027, 10, 4)),
        ("last thursday of september", 2027, date(2027, 9, 30)),
        ("tuesday of working week 3 of september", 2018, date(2018, 9, 18)),
        ("first tuesday after 1 november", 2028, date(2028, 11, 7)),
        ("tuesday after first monday of november", 2028, date(2028, 11, 7)),
        ("monday of penultimate week of february", 2026, date(2026, 2, 16)),
        ("-2 days from easter", 2027, date(2027, 3, 26)),
        ("-2 days from orthodox easter", 2027, date(2027, 4, 30)),
    ],
)
def test_day_of_a_rule_in_a_year(rule: str, year: int, day: date) -> None:
    assert DayRule(rule).day(year) == day


def test_day_after_opening_needs_the_opening() -> None:
    rule = DayRule("7 days after opening")
    assert (rule.day(2027, date(2027, 9, 14)), rule.day(2027)) == (date(2027, 9, 21), None)


def test_rule_of_a_month_has_no_day() -> None:
    rule = DayRule("some day of may")
    assert (rule.day(2027), rule.month, DayRule("1 may").month) == (None, 5, None)


@pytest.mark.parametrize("rule", ["", "26 septober", "sixth monday of may", "30 february", "fifth monday of february"])
def test_day_of_an_unknown_rule_is_refused(rule: str) -> None:
    with pytest.raises(AlmanacError) as caught:
        DayRule(rule).day(2027)
    assert str(caught.value) == f"not a rule for a day: {rule!r}: almanac: sessions.yaml lists the forms"


def test_nth_weekday_counts_from_either_end() -> None:
    assert [nth_weekday(2027, 12, 4, number) for number in (1, 5, -1, -5)] == [
        date(2027, 12, 3), date(2027, 12, 31), date(2027, 12, 31), date(2027, 12, 3),
    ]  # fmt: skip
    with pytest.raises(ValueError, match="2027-02 has no weekday 0 number 5"):
        nth_weekday(2027, 2, 0, 5)
