"""Occurrences held on another day, and days that are no working days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.almanac.moved_days import days_off, moved_days
from app.model import Certainty, Event, Kind

PLENARY = Event(
    "A-RES-72-251.16.meeting.1", Kind.MEETING, "R/--09-26", Certainty.DECIDED, "A/RES/72/251", None,
    start=date(2018, 9, 26), end=date(2018, 9, 26), recurrence="FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=26",
)  # fmt: skip


def test_moved_days_are_occurrences_of_the_series() -> None:
    assert [(item.day, item.held) for item in moved_days(PLENARY)] == [
        (date(2020, 9, 26), date(2020, 10, 2)),
        (date(2021, 9, 26), date(2021, 9, 28)),
    ]
    older = replace(PLENARY, start=date(2014, 9, 26), end=date(2014, 9, 26))
    assert [item.held for item in moved_days(older)] == [date(2015, 9, 30), date(2020, 10, 2), date(2021, 9, 28)]


def test_moved_days_need_the_series_and_its_rule() -> None:
    assert moved_days(replace(PLENARY, uid="A-RES-90-1.1.meeting.1")) == ()
    assert moved_days(replace(PLENARY, recurrence="FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=27")) == ()
    assert moved_days(replace(PLENARY, recurrence=None)) == ()


def test_days_off_of_a_series_are_said_beforehand() -> None:
    assert days_off(PLENARY) == ((date(2026, 9, 26), "weekend"), (date(2027, 9, 26), "weekend"))


def test_days_off_name_the_holiday() -> None:
    one = replace(PLENARY, recurrence=None, start=date(2024, 3, 29), end=date(2024, 3, 29))
    assert days_off(one) == ((date(2024, 3, 29), "Good Friday"),)


def test_days_off_need_one_firm_day() -> None:
    weekend = replace(PLENARY, recurrence=None, start=date(2026, 9, 26), end=date(2026, 9, 26))
    assert days_off(weekend) == ((date(2026, 9, 26), "weekend"),)
    assert days_off(replace(weekend, end=date(2026, 9, 27))) == ()
    assert days_off(replace(weekend, certainty=Certainty.WINDOW)) == ()
    assert days_off(replace(weekend, kind=Kind.PERIOD)) == ()
