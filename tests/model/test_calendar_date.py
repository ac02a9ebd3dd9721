"""Dates of the calendar to the precision of a text: day, month, year, with or without the year."""

from datetime import date

import pytest

from app.model.calendar_date import CalendarDate


@pytest.mark.parametrize(
    ("text", "parts", "first", "last"),
    [
        ("2028-02-29", (2028, 2, 29), date(2028, 2, 29), date(2028, 2, 29)),
        ("2028-02", (2028, 2, None), date(2028, 2, 1), date(2028, 2, 29)),
        ("2018", (2018, None, None), date(2018, 1, 1), date(2018, 12, 31)),
        ("XXXX-09-26", (None, 9, 26), None, None),
        ("XXXX-02-29", (None, 2, 29), None, None),
        ("XXXX-05", (None, 5, None), None, None),
    ],
)
def test_parse_of_a_date_gives_parts_and_days(
    text: str, parts: tuple[int | None, int | None, int | None], first: date | None, last: date | None
) -> None:
    parsed = CalendarDate.parse(text)
    assert parsed == CalendarDate(*parts)
    assert (str(parsed), parsed.first_day, parsed.last_day) == (text, first, last)


@pytest.mark.parametrize("text", ["", "XXXX", "GA73", "18-01-01", "2018-1-1", "2018-01-01 ", "٢٠١٨", "2018-01-01\n"])
def test_parse_refuses_what_try_parse_leaves_out(text: str) -> None:
    assert CalendarDate.try_parse(text) is None
    with pytest.raises(ValueError, match="not a date"):
        CalendarDate.parse(text)


@pytest.mark.parametrize("text", ["2018-02-30", "2018-13", "XXXX-02-30", "2027-02-29", "0000"])
def test_parse_of_a_day_that_does_not_exist_raises(text: str) -> None:
    for parse in (CalendarDate.parse, CalendarDate.try_parse):
        with pytest.raises(ValueError, match=r"."):
            parse(text)


def test_of_figures_and_of_a_day_are_the_same() -> None:
    assert CalendarDate.of("2018", "03", "28") == CalendarDate.of_day(date(2018, 3, 28)) == CalendarDate(2018, 3, 28)
    assert CalendarDate.of(None, "3", None) == CalendarDate(None, 3)


def test_month_day_is_zero_where_it_has_none() -> None:
    assert [CalendarDate.parse(text).month_day for text in ("2018", "2018-03", "XXXX-03-28")] == [
        (0, 0),
        (3, 0),
        (3, 28),
    ]


def test_in_year_keeps_month_and_day() -> None:
    assert CalendarDate(None, 9, 26).in_year(2027) == CalendarDate(2027, 9, 26)
    assert CalendarDate(2018, 5).in_year(2019) == CalendarDate(2019, 5)
    with pytest.raises(ValueError, match="day"):
        CalendarDate(None, 2, 29).in_year(2027)
