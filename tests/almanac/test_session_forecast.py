"""Forecasts of sessions from the published rows of a body."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import date, timedelta

import pytest

from app.almanac.body_sessions import body_session
from app.almanac.session_forecast import forecast_session, slots_of
from app.almanac.session_rows import BodySession, published_bodies


def row(number: int, start: date, days: int = 5, part: str = "") -> BodySession:
    return BodySession("a-body", "AB", number, part, start, start + timedelta(days - 1), "Geneva")


YEARLY = [row(1, date(2022, 2, 28)), row(2, date(2023, 3, 6)), row(3, date(2024, 3, 4))]

TWICE = [
    row(number, day)
    for number, day in enumerate(
        (date(2024, 2, 5), date(2024, 9, 2), date(2025, 2, 3), date(2025, 9, 1), date(2026, 2, 2), date(2026, 9, 7)), 10
    )
]


def test_forecast_session_follows_a_yearly_rule() -> None:
    found = forecast_session(YEARLY, 5)
    assert found is not None
    assert (found.expected, found.start, found.end) == (date(2026, 3, 2), date(2026, 2, 16), date(2026, 3, 20))
    assert (found.forecast, found.confirmed, found.place) == (True, False, "Geneva")


def test_forecast_session_counts_two_sessions_a_year() -> None:
    starts = [found.expected for number in (16, 17) if (found := forecast_session(TWICE, number))]
    assert starts == [date(2027, 2, 1), date(2027, 9, 6)]


def test_forecast_session_fills_a_gap_between_rows() -> None:
    rows = [item for item in TWICE if item.number != 13]
    found = forecast_session(rows, 13)
    assert found is not None
    assert found.expected in {date(2025, 9, 1), date(2025, 9, 8)}


def test_forecast_session_is_loose_where_rows_are_few() -> None:
    found = forecast_session(YEARLY[:2], 3)
    assert found is not None
    assert found.expected is not None
    assert (found.expected - found.start).days == 84


def test_forecast_session_knows_its_limits() -> None:
    assert forecast_session([], 4) is None
    assert forecast_session(YEARLY, 40) is None


def test_slots_of_groups_weeks_of_different_years() -> None:
    assert [[item.number for item in slot] for slot in slots_of(TWICE)] == [[10, 12, 14], [11, 13, 15]]


def test_forecast_of_a_biennial_body_keeps_its_interval() -> None:
    starts = [
        found.expected.year
        for number in (2, 3)
        if (found := forecast_session([row(1, date(2023, 6, 12))], number, months=24)) and found.expected
    ]
    assert starts == [2025, 2027]


def test_forecast_of_a_single_conference_is_not_continued() -> None:
    assert forecast_session([row(4, date(2025, 6, 30))], 5, months=0) is None


def test_forecast_of_alternating_years_keeps_their_weeks() -> None:
    starts = {38: date(2022, 6, 20), 40: date(2024, 6, 17), 41: date(2025, 5, 12), 42: date(2026, 6, 15)}
    found = forecast_session([row(number, day) for number, day in starts.items()], 39)
    assert found is not None
    assert found.expected == date(2023, 5, 15)


def test_forecast_of_a_working_group_follows_its_session() -> None:
    sessions = [row(28, date(2022, 3, 7), 19), row(30, date(2024, 3, 4), 19), row(31, date(2025, 3, 10), 19)]
    groups = [row(18, date(2022, 3, 28), 5, "group"), row(20, date(2024, 3, 25), 5, "group")]
    found = forecast_session([*sessions, *groups], 21, "group")
    assert found is not None
    assert found.expected == date(2025, 3, 31)


def test_forecast_of_an_unknown_part_gives_the_year_alone() -> None:
    found = forecast_session(YEARLY, 2, "resumed")
    assert found is not None
    assert (found.part, found.forecast, found.expected) == ("resumed", True, None)
    assert (found.start, found.end) == (date(2022, 9, 4), date(2023, 9, 9))


def test_forecasts_contain_held_out_sessions() -> None:
    rows = [item for found in published_bodies().values() for item in found.sessions]
    total = inside = near = 0
    for seed in range(3):
        held = set(random.Random(seed).sample(range(len(rows)), len(rows) // 5))
        kept = defaultdict(list)
        for place, item in enumerate(rows):
            if place not in held:
                kept[item.body].append(item)
        for real in (rows[place] for place in held):
            if not any(item.part == real.part for item in kept[real.body]):
                continue
            total += 1
            months = published_bodies()[real.body].months
            found = forecast_session(kept[real.body], real.number, real.part, months)
            if found is not None:
                inside += found.start <= real.start and real.end <= found.end
                near += found.expected is not None and abs((found.expected - real.start).days) <= 7
    assert total > 600
    assert inside / total >= 0.88
    assert near / total >= 0.67


@pytest.mark.parametrize("body", sorted(published_bodies()))
def test_expected_days_follow_the_order_of_numbers(body: str) -> None:
    known = published_bodies()[body]
    for part in dict.fromkeys(row.part for row in known.sessions):
        latest = max(row.number for row in known.sessions if row.part == part)
        found = (body_session(body, number, part) for number in range(latest, latest + 24))
        days = [row.expected or row.start for row in found if row is not None and (row.expected or row.confirmed)]
        assert days == sorted(set(days)), part


def test_session_beyond_the_last_year_of_forecasts_has_no_day() -> None:
    assert body_session("commission-on-the-status-of-women", 80) is None
    found = body_session("commission-on-the-status-of-women", 79)
    assert found is not None
    assert found.expected == date(2035, 3, 12)
