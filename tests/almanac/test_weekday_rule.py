"""Rules that keep a weekday, fitted to the days of several years."""

from __future__ import annotations

from datetime import date

import pytest

from app.almanac.weekday_rule import WeekdayRule, fit_rule


@pytest.mark.parametrize(
    ("days", "year", "expected"),
    [
        ([date(2024, 3, 11), date(2025, 3, 10), date(2026, 3, 9)], 2027, date(2027, 3, 8)),
        ([date(2024, 9, 10), date(2025, 9, 9)], 2026, date(2026, 9, 8)),
        ([date(2026, 1, 1)], 2027, date(2027, 1, 7)),
    ],
)
def test_fit_rule_keeps_the_weekday(days: list[date], year: int, expected: date) -> None:
    rule = fit_rule(days)
    assert [rule.day(day.year) for day in days] == days
    assert rule.day(year) == expected


def test_fit_rule_refuses_no_days() -> None:
    with pytest.raises(ValueError, match="no days"):
        fit_rule([])


def test_weekday_rule_is_said_in_words() -> None:
    assert WeekdayRule(1, 31).text() == "first Tuesday on or after 1 February"
