"""Days outside 1900 to 2199 are refused wherever they are entered."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.errors import ScheduleError, UnknownParameter
from app.feeds import parse, parse_day
from app.schedule.day_bounds import day_fault, when_fault
from app.schedule.yaml_format import read

ROOT = Path(__file__).parents[2]
OUTSIDE = ("0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31")
ITEM = """symbol: A/RES/72/251
adopted: {adopted}
items:
  - uid: A-RES-72-251.5.meeting.1
    kind: meeting
    when: {when}
    certainty: decided
    start: {start}
    end: {end}
"""
FINE = {"adopted": "2017-12-24", "when": "2018-05-14", "start": "2018-05-14", "end": "2018-05-14"}


def test_read_schedule_within_the_bounds() -> None:
    assert read(ITEM.format(**FINE), "a.yaml").events[0].start == date(2018, 5, 14)


@pytest.mark.parametrize("day", OUTSIDE)
@pytest.mark.parametrize("field", FINE)
def test_read_schedule_outside_the_bounds_is_refused(field: str, day: str) -> None:
    with pytest.raises(ScheduleError, match="outside 1900 to 2199"):
        read(ITEM.format(**{**FINE, field: day}), "a.yaml")


@pytest.mark.parametrize("day", OUTSIDE)
def test_parse_day_outside_the_bounds_is_refused(day: str) -> None:
    with pytest.raises(UnknownParameter):
        parse_day(day, "month")
    for name in ("from", "to"):
        with pytest.raises(UnknownParameter):
            parse([(name, day)])


@pytest.mark.parametrize("when", ["9999-12-31", "2018-05-14/9999-12-31", "../9999", "9999-01-01/..", "2199-12-31+P9Y"])
def test_when_fault_outside_the_bounds(when: str) -> None:
    assert when_fault(when) is not None


@pytest.mark.parametrize("when", ["2199-12-31", "1900-01-01/..", "GA73", "R/--09-26", "TBD", "adoption+P60D", "soon"])
def test_when_fault_within_the_bounds_is_none(when: str) -> None:
    assert when_fault(when) is None


def test_day_fault_edges() -> None:
    assert [day_fault(date(year, 1, 1)) is None for year in (1899, 1900, 2199, 2200)] == [False, True, True, False]
