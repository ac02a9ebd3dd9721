"""Moved occurrences and days off in feeds, as calendar programs see them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import icalendar
import pytest
import recurring_ical_events
from ical.calendar_stream import IcsCalendarStream

from app.feeds import lint
from app.feeds.render import render_schedule
from app.model import LANGUAGES
from app.schedule.files import read_file

PLENARY = "A-RES-72-251.16.meeting.1"
FILE = Path(__file__).parents[2] / "schedules/ga/72/A-RES-72-251.yaml"
HELD = [date(2018, 9, 26), date(2019, 9, 26), date(2020, 10, 2), date(2021, 9, 28), date(2022, 9, 26)]


def test_moved_occurrence_has_a_recurrence_id() -> None:
    data = render_schedule(read_file(FILE), "en")
    found = [item for item in icalendar.Calendar.from_ical(data).walk("VEVENT") if item["UID"] == PLENARY]
    days = [(item["RECURRENCE-ID"].dt, item["DTSTART"].dt, item["DTEND"].dt, "RRULE" in item) for item in found[:-1]]
    assert days == [
        (date(2020, 9, 26), date(2020, 10, 2), date(2020, 10, 3), False),
        (date(2021, 9, 26), date(2021, 9, 28), date(2021, 9, 29), False),
    ]
    assert "held on 28 September 2021 instead of 26 September 2021 (source: press reports" in found[-1]["DESCRIPTION"]
    assert lint(data) == []


def test_programs_see_a_moved_occurrence_on_its_day() -> None:
    data = render_schedule(read_file(FILE), "en")
    recurring = recurring_ical_events.of(icalendar.Calendar.from_ical(data))
    seen = [
        item["DTSTART"].dt for item in recurring.between(date(2018, 1, 1), date(2023, 1, 1)) if item["UID"] == PLENARY
    ]
    assert sorted(seen) == HELD
    timeline = IcsCalendarStream.calendar_from_ics(data.decode()).timeline
    assert sorted(
        item.start for item in timeline.overlapping(date(2018, 1, 1), date(2023, 1, 1)) if item.uid == PLENARY
    ) == HELD  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_weekend_is_said_beforehand_in_six_languages(language: str) -> None:
    words = {
        "ar": "26 أيلول/سبتمبر 2027",
        "en": "falls on a weekend: Saturday, 26 September 2026; Sunday, 26 September 2027",
        "es": "domingo, 26 de septiembre de 2027",
        "fr": "dimanche 26 septembre 2027",
        "ru": "26 сентября 2027",
        "zh": "2027年9月26日",
    }
    data = render_schedule(read_file(FILE), language)
    found = [item for item in icalendar.Calendar.from_ical(data).walk("VEVENT") if item["UID"] == PLENARY]
    assert words[language] in str(found[-1]["DESCRIPTION"])
