"""A year as lanes of months, ticks and bars."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.model import Kind, Revision
from app.web.pages import year_chart
from tests.web.standing import CONFERENCE, ORGANIZATIONAL, PLENARY, REPORT

BY = replace(REPORT, when="../2018-06-30", start=None, end=date(2018, 6, 30))


def test_a_year_draws_days_and_windows_or_counts() -> None:
    found = [Revision(item, 0, date(2017, 12, 24), "A/RES/72/251", None) for item in (CONFERENCE, PLENARY, REPORT, BY)]
    today = date(2018, 2, 3)
    drawn = year_chart.year_of(2018, found, {}, "en", today, drawn=True, left=[ORGANIZATIONAL])
    assert [(lane.kind, lane.total) for lane in drawn.lanes] == [(Kind.MEETING, 3)]
    meetings = {month.month: month.ticks for month in drawn.lanes[0].months if month.ticks}
    assert meetings == {
        "2018-03": (year_chart.Tick(27, "gone"),),
        "2018-05": (year_chart.Tick(13, "decided"),),
        "2018-09": (year_chart.Tick(25, "decided"),),
    }
    bars = [(bar.words, bar.x, bar.width, bar.before, bar.after) for bar in drawn.bars]
    assert bars == [
        ("… – 30 June 2018", 0, 181, True, False),
        ("73rd session of the General Assembly", 260, 105, False, True),
    ]
    assert (drawn.today, year_chart.year_of(2019, [], {}, "en", today, drawn=True).today) == (33, None)
    counts = {("report", "2018-01"): 40, ("report", "2018-02"): 10, ("meeting", "2019-01"): 7}
    bulk = year_chart.year_of(2018, found, counts, "en", today, drawn=False)
    assert [(m.count, m.height) for m in bulk.lanes[0].months[:3]] == [(40, 20), (10, 5), (0, 0)]
    assert [(c.year, c.count, c.height, c.chosen) for c in year_chart.years({2018: 50, 2019: 7}, 2017)] == [
        (2017, 0, 0, True),
        (2018, 50, 20, False),
        (2019, 7, 3, False),
    ]


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2018, 2, 1), date(2018, 2, 28)),
        (date(2020, 2, 1), date(2020, 2, 29)),
        (date(2018, 12, 1), date(2018, 12, 31)),
    ],
)
def test_month_end_is_the_last_day(first: date, last: date) -> None:
    assert year_chart.month_end(first) == last
