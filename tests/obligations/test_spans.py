"""Times in text notation: values, spans, and years of days without one."""

from datetime import date

import pytest

from app.model import When
from app.obligations.spans import in_year_after, is_date, span_of, time_of


@pytest.mark.parametrize("value", ["soon", "", "2019-13", "2019-02-30"])
def test_time_of_other_text_is_empty(value: str) -> None:
    assert time_of(value) == When()


@pytest.mark.parametrize(
    ("value", "found"), [("2019", True), ("2019-06", True), ("2019-06-30", True), ("2019/2020", False), ("GA73", False)]
)
def test_is_date_of_one_day_month_or_year(value: str, found: bool) -> None:
    assert is_date(value) is found


def test_span_of_dates_is_inclusive() -> None:
    assert span_of("2020-02") == (date(2020, 2, 1), date(2020, 2, 29))
    assert span_of("2019-03-01/2019-04-15") == (date(2019, 3, 1), date(2019, 4, 15))


@pytest.mark.parametrize("value", ["GA73", "TBD", "soon"])
def test_span_of_other_times_is_unknown(value: str) -> None:
    assert span_of(value) == (None, None)


def test_in_year_after_is_the_first_that_has_the_day() -> None:
    adopted = date(2025, 12, 15)
    assert [in_year_after(value, adopted) for value in ("XXXX-12-15", "XXXX-12-14", "XXXX-02-29", "2026-05-03")] == [
        "2025-12-15",
        "2026-12-14",
        None,
        None,
    ]
