"""Lengths of time: their notation, and how they move a day."""

from datetime import date

import pytest

from app.model import Duration


@pytest.mark.parametrize(
    ("day", "length", "sign", "moved"),
    [
        (date(2028, 1, 31), "P1M", 1, date(2028, 2, 29)),
        (date(2025, 12, 15), "P15WD", 1, date(2026, 1, 5)),
        (date(2026, 1, 1), "PT25H", 1, date(2026, 1, 3)),
        (date(2026, 3, 1), "P1Y", -1, date(2025, 3, 1)),
        (date(2026, 3, 1), "P2.5Y", 1, date(2028, 9, 1)),
    ],
)
def test_duration_moves_a_day(day: date, length: str, sign: int, moved: date) -> None:
    assert Duration.parse(length).add_to(day, sign) == moved


def test_duration_of_working_days_skips_holidays() -> None:
    holidays = {date(2025, 12, 25), date(2026, 1, 1)}
    moved = Duration.parse("P15WD").add_to(date(2025, 12, 15), 1, lambda day: day.weekday() < 5 and day not in holidays)
    assert moved == date(2026, 1, 7)


def test_duration_beyond_the_calendar_raises() -> None:
    with pytest.raises(OverflowError):
        Duration.parse("P1Y").add_to(date(9999, 6, 1))


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("P60D", Duration(days=60)),
        ("P1Y6M", Duration(years=1, months=6)),
        ("P7.5M", Duration(months=7, tenths=5)),
        ("P20WD", Duration(working_days=20)),
        ("PT48H", Duration(hours=48)),
        ("P0D", Duration()),
    ],
)
def test_duration_parse_and_format_are_inverse(text: str, duration: Duration) -> None:
    assert (Duration.parse(text), str(duration)) == (duration, text)


@pytest.mark.parametrize("text", ["", "P", "60D", "P-1D", "P1.5D", "p1d", "P1D "])
def test_duration_parse_refuses_other_text(text: str) -> None:
    with pytest.raises(ValueError, match="not a duration"):
        Duration.parse(text)


def test_duration_of_tenths_of_a_month_moves_no_day() -> None:
    with pytest.raises(ValueError, match="no whole months"):
        Duration.parse("P7.5M").add_to(date(2026, 3, 1))
