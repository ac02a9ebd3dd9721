"""Dates as they stand at the edge of a page, in each language's order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.model import Certainty, Revision
from app.web.pages import date_display
from app.web.pages.date_display import DisplayDates
from tests.web.standing import CONFERENCE, ORGANIZATIONAL, PLENARY, REPORT

BY = replace(REPORT, when="../2018-06-30", start=None, end=date(2018, 6, 30))


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("ar", DisplayDates("", "14-16", "أيار/مايو 2018", text="14-16 أيار/مايو 2018")),
        ("en", DisplayDates("", "14–16", "May 2018", text="14–16 May 2018")),
        ("es", DisplayDates("", "14–16", "mayo de 2018", text="14 a 16 de mayo de 2018")),
        ("fr", DisplayDates("", "14–16", "mai 2018", text="14–16 mai 2018")),
        ("ru", DisplayDates("", "14–16", "мая 2018", text="14–16 мая 2018\u202fг.")),
        ("zh", DisplayDates("2018年5月", "14–16日", "", text="2018年5月14日至16日")),
    ],
)
def test_days_of_one_month_are_large_figures_beside_their_month(language: str, expected: DisplayDates) -> None:
    assert date_display.display_dates(CONFERENCE, language) == expected


def test_days_apart_open_sides_and_whole_years() -> None:
    assert date_display.display_dates(REPORT, "en") == DisplayDates(
        first="18 Sept 2018", last="16 Sept 2019", text="18 September 2018 – 16 September 2019"
    )
    assert date_display.display_dates(BY, "en") == DisplayDates(last="30 Jun 2018", text="by 30 June 2018")
    since = replace(REPORT, start=date(2018, 1, 1), end=None)
    assert date_display.display_dates(since, "fr") == DisplayDates(
        first="1 janv. 2018", text="à compter du 1er janvier 2018"
    )
    year = replace(REPORT, when="2018", start=date(2018, 1, 1), end=date(2018, 12, 31))
    assert date_display.display_dates(year, "ru") == DisplayDates(figures="2018", text="2018")
    month = replace(REPORT, when="2018-05", start=date(2018, 5, 1), end=date(2018, 5, 31))
    assert date_display.display_dates(month, "en") == DisplayDates("", "May", "2018", text="May 2018")
    assert date_display.display_dates(month, "zh") == DisplayDates("2018年", "5月", "", text="2018年5月")
    assert not date_display.display_dates(replace(REPORT, start=None, end=None), "en")


def test_of_a_recurrence_the_next_day_counts() -> None:
    assert date_display.display_dates(PLENARY, "en") == DisplayDates("", "26", "September", text="26 September")
    ahead = date_display.display_dates(PLENARY, "zh", date(2026, 11, 25))
    assert ahead == DisplayDates("2027年9月", "26日", "", text="2027年9月26日")
    assert date_display.sort_day(PLENARY, date(2026, 11, 25)) == date(2027, 9, 26)
    assert [date_display.sort_day(item, date(2026, 1, 1)) for item in (CONFERENCE, BY)] == [
        date(2018, 5, 14),
        date(2018, 6, 30),
    ]
    assert date_display.sort_day(replace(REPORT, start=None, end=None), date.min) == date.max


def test_the_days_that_were_lost() -> None:
    gone = replace(CONFERENCE, start=None, end=None, certainty=Certainty.UNDECIDED)
    history = [
        Revision(item, number, date(2018, 1, 1), "A/RES/72/251", None)
        for number, item in enumerate((ORGANIZATIONAL, CONFERENCE, gone))
    ]
    assert date_display.lost_dates(gone, history, "en").text == "14–16 May 2018"
    assert not date_display.lost_dates(CONFERENCE, history, "en")
