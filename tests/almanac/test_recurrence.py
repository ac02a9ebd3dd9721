"""Recurrences beside python-dateutil, and far from their start."""

from datetime import date, datetime, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from app.almanac import first_occurrence, occurrences
from app.errors import AlmanacError

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@st.composite
def rules(draw: st.DrawFn) -> str:
    """Rules that python-dateutil reads right: yearly ones name their months, BYSETPOS has one value."""
    frequency = draw(st.sampled_from(("DAILY", "WEEKLY", "MONTHLY", "YEARLY")))
    parts = [f"FREQ={frequency}", f"INTERVAL={draw(st.integers(1, 5))}"]
    shape = draw(st.integers(0, 2)) if frequency in {"MONTHLY", "YEARLY"} else 0
    if frequency == "YEARLY" and (shape or draw(st.booleans())):
        parts.append(f"BYMONTH={draw(st.integers(1, 12))}")
    if shape == 1:
        # Days that a month may lack are for monthly rules: python-dateutil seeks 31 February to the year 9999.
        lacking = (29, 31) if frequency == "MONTHLY" else ()
        parts.append(f"BYMONTHDAY={draw(st.sampled_from((1, 15, 26, -1, -5, *lacking)))}")
    if shape == 2:
        ordinal = draw(st.sampled_from(("", "1", "2", "3", "4", "-1")))
        parts.append(f"BYDAY={ordinal}{draw(st.sampled_from(DAYS))}")
    if frequency == "WEEKLY" and draw(st.booleans()):
        parts.append("BYDAY=" + ",".join(draw(st.lists(st.sampled_from(DAYS), min_size=1, max_size=3, unique=True))))
    ending = draw(st.integers(1, 2))
    if ending == 1:
        parts.append(f"COUNT={draw(st.integers(1, 40))}")
    if ending != 1:
        parts.append(f"UNTIL={draw(st.dates(date(2018, 1, 1), date(2040, 1, 1))):%Y%m%d}")
    return ";".join(parts)


@given(rules(), st.dates(date(2015, 1, 1), date(2025, 12, 31)), st.integers(0, 4000), st.integers(0, 900))
def test_the_same_days_as_dateutil(rule: str, start: date, gone: int, length: int) -> None:
    first = start + timedelta(gone)
    last = first + timedelta(length)
    theirs = rrulestr(rule, dtstart=datetime(start.year, start.month, start.day))  # noqa: DTZ001  # days have no zone
    begin, end = (datetime(day.year, day.month, day.day) for day in (first, last))  # noqa: DTZ001  # as above
    assert list(occurrences(start, rule, first, last)) == [day.date() for day in theirs.between(begin, end, inc=True)]


@pytest.mark.parametrize(
    ("rule", "start", "first", "last", "days"),
    [
        ("FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=26", "2018-09-26", "2118-01-01", "2119-12-31", ["2118-09-26", "2119-09-26"]),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "2020-02-29", "2096-01-01", "2105-12-31", ["2096-02-29", "2104-02-29"]),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1", "2020-02-29", "2023-01-01", "2024-12-31", ["2023-02-28", "2024-02-29"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "2019-01-31", "2019-02-01", "2019-03-31", ["2019-02-28", "2019-03-31"]),
        ("FREQ=MONTHLY;BYDAY=TU,WE,TH,FR;BYSETPOS=-1", "2024-01-31", "2024-03-01", "2024-03-31", ["2024-03-29"]),
        ("FREQ=YEARLY;BYDAY=1MO", "2024-01-01", "2025-01-01", "2026-12-31", ["2025-01-06", "2026-01-05"]),
        ("FREQ=DAILY;INTERVAL=90", "2024-01-01", "2024-03-01", "2024-07-01", ["2024-03-31", "2024-06-29"]),
        ("FREQ=YEARLY;COUNT=2", "2024-05-01", "2024-01-01", "2030-01-01", ["2024-05-01", "2025-05-01"]),
        ("FREQ=WEEKLY;WKST=SU;INTERVAL=2;BYDAY=SU,MO", "2024-01-07", "2024-01-08", "2024-01-20", ["2024-01-08"]),
        ("FREQ=YEARLY", "9998-05-01", "9998-01-01", "9999-12-31", ["9998-05-01", "9999-05-01"]),
    ],
)  # fmt: skip
def test_days(rule: str, start: str, first: str, last: str, days: list[str]) -> None:
    found = occurrences(date.fromisoformat(start), rule, date.fromisoformat(first), date.fromisoformat(last))
    assert [day.isoformat() for day in found] == days


def test_first_occurrence() -> None:
    assert first_occurrence(date(2017, 12, 24), "FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=26") == date(2018, 9, 26)
    assert first_occurrence(date(2017, 12, 24), "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30") is None


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "FREQ=HOURLY",
        "FREQ=YEARLY;BYWEEKNO=3",
        "FREQ=YEARLY;INTERVAL=0",
        "FREQ=YEARLY;COUNT=100000",
        "FREQ=YEARLY;BYMONTH=13",
        "FREQ=YEARLY;BYMONTHDAY=0",
        "FREQ=YEARLY;BYDAY=XX",
        "FREQ=WEEKLY;BYDAY=2SU",
        "FREQ=YEARLY;FREQ=YEARLY",
        "FREQ=YEARLY;UNTIL=soon",
    ],
)
def test_what_is_no_rule(rule: str) -> None:
    with pytest.raises(AlmanacError):
        list(occurrences(date(2020, 1, 1), rule, date(2020, 1, 1), date(2021, 1, 1)))
