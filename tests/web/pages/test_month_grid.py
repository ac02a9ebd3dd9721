"""A month as weeks of days."""

from datetime import date, timedelta

import pytest

from app.web.pages import month_grid
from app.web.pages.month_grid import most, touched, weeks

DAYS = [date(2018, 5, 1) + timedelta(number) for number in range(31)]


def test_a_week_begins_as_the_language_has_it() -> None:
    assert [month_grid.weekdays(language)[0][1] for language in ("en", "ar", "zh", "fr")] == [
        "Monday",
        "السبت",
        "星期一",
        "lundi",
    ]
    assert month_grid.touched(date(2018, 5, 1), "en") == (date(2018, 4, 30), date(2018, 6, 3))


def test_touched_weeks_are_whole() -> None:
    spans = {language: touched(date(2018, 2, 1), language) for language in ("en", "ar")}
    assert {language: (last - first).days + 1 for language, (first, last) in spans.items()} == {"en": 35, "ar": 35}
    assert spans["en"] == (date(2018, 1, 29), date(2018, 3, 4))


@pytest.mark.parametrize(("days", "limit"), [(0, 4), (25, 4), (31, 3)])
def test_most_is_fewer_in_a_full_month(days: int, limit: int) -> None:
    assert most(DAYS[:days]) == limit


def test_weeks_mark_today_and_count_what_is_not_listed() -> None:
    cells = [cell for week in weeks(date(2018, 5, 1), DAYS[13], "en", {}, {DAYS[0]: 3}, {}) for cell in week]
    assert len(cells) == 35
    assert [cell.day for cell in cells if cell.inside] == DAYS
    assert [cell.day for cell in cells if cell.today] == [DAYS[13]]
    assert {cell.day: cell.more for cell in cells if cell.more} == {DAYS[0]: 3}
