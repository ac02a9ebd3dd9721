"""Feeds of the almanac over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import httpx
import icalendar
import pytest
import recurring_ical_events
import vobject

from app.feeds import FORMATS, FeedOptions, lint
from app.model import LANGUAGES
from app.web.feeds.almanac_feeds import entries

Get = Callable[..., httpx.Response]


def events(data: bytes) -> dict[str, icalendar.Event]:
    return {str(item["UID"]): item for item in icalendar.Calendar.from_ical(data).walk("VEVENT")}


def days(item: icalendar.Event) -> tuple[str, date, date, str]:
    return str(item["SUMMARY"]), item["DTSTART"].dt, item["DTEND"].dt, str(item["STATUS"])


@pytest.mark.parametrize("name", ["sessions", "observances", "holidays"])
@pytest.mark.parametrize("extension", FORMATS)
def test_every_almanac_feed_in_every_format(get: Get, name: str, extension: str) -> None:
    answer = get(f"/feeds/{name}.{extension}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, FORMATS[extension].media_type)
    again = get(f"/feeds/{name}.{extension}", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304
    if extension == "ics":
        assert lint(answer.content) == []


def test_sessions_are_dated_or_forecast(get: Get) -> None:
    found = events(get("/feeds/sessions.ics").content)
    title = "73rd session of the General Assembly"
    assert days(found["session.GA73"]) == (title, date(2018, 9, 18), date(2019, 9, 17), "CONFIRMED")
    assert str(found["session.GA100"]["STATUS"]) == "TENTATIVE"


def test_a_fixed_observance_is_one_series(get: Get) -> None:
    found = events(get("/feeds/observances.ics").content)
    day = found["observance.world-braille-day"]
    assert day["RRULE"].to_ical() == b"FREQ=YEARLY;BYMONTHDAY=4;BYMONTH=1"
    assert "A/RES/73/161" in str(day["DESCRIPTION"])
    # Proclaimed in the course of the 73rd session, which opened in 2018.
    assert day["DTSTART"].to_ical() == b"20190104"


def test_a_holiday_says_how_it_is_known(get: Get) -> None:
    found = events(get("/feeds/holidays.ics?from=2024&to=2024").content)
    assert "official" in str(found["holiday.2024-03-29.good-friday"]["DESCRIPTION"])


def test_sessions_of_small_bodies_are_listed_with_their_place(get: Get) -> None:
    found = events(get("/feeds/sessions.ics?from=2026-12&to=2027-03&lang=fr").content)
    published, forecast, wide = (found[f"session.{name}"] for name in ("BWC-MSP.2026", "CERD.119", "UNVFVT.65"))
    assert days(published)[1:] == (date(2026, 12, 14), date(2026, 12, 17), "CONFIRMED")
    assert str(published["LOCATION"]) == "Genève"
    assert days(forecast)[1:] == (date(2026, 11, 16), date(2026, 12, 5), "TENTATIVE")
    assert str(forecast["SUMMARY"]).endswith("[prévision]")
    assert "dans la période 2 novembre – 18 décembre 2026" in str(forecast["DESCRIPTION"])
    assert str(wide["SUMMARY"]).endswith("[prévision, dans la période 14 décembre 2026 – 4 juin 2027]")


def test_old_sessions_of_the_calendar_need_a_first_day(get: Get) -> None:
    recent, whole = (events(get(f"/feeds/sessions.ics{query}").content) for query in ("", "?from=2022"))
    assert {"session.CND65", "session.CERD.106"} <= set(whole)
    assert {"session.CND65", "session.CERD.106"}.isdisjoint(recent)
    assert {"session.GA73", "session.HRC57", "session.BWC-MSP.2026"} <= set(recent)


def seen_by_vobject(data: bytes, year: int) -> set[tuple[str, date]]:
    """First days of a year's instances as vobject, another reader with an expansion of its own, has them."""
    found = set()
    for item in vobject.readOne(data.decode()).vevent_list:
        begins = item.dtstart.value
        series = item.getrruleset(addRDate=True) if hasattr(item, "rrule") else None
        first, last = datetime(year, 1, 1), datetime(year, 12, 31)  # noqa: DTZ001  # whole days have no zone
        starts = [begins] if series is None else [day.date() for day in series.between(first, last, inc=True)]
        found |= {(item.summary.value, day) for day in starts if day.year == year}
    return found


def test_segments_and_parts_are_windows(get: Get) -> None:
    found = events(get("/feeds/sessions.ics?from=2026&to=2026").content)
    council, segment = found["session.ECOSOC2026"], found["session.ECOSOC2026.high-level-segment"]
    assert days(council) == ("Economic and Social Council, 2026", date(2025, 7, 1), date(2026, 8, 1), "TENTATIVE")
    assert days(segment)[1:] == (date(2026, 7, 13), date(2026, 7, 17), "CONFIRMED")
    assert str(segment["SUMMARY"]) == "Economic and Social Council, 2026: high-level segment"
    assert str(segment["LOCATION"]) == "New York"
    earlier = events(get("/feeds/sessions.ics?from=2021&to=2021").content)["session.ECOSOC2021.high-level-segment"]
    assert days(earlier)[1:] == (date(2021, 7, 1), date(2021, 8, 1), "TENTATIVE")
    assert "A/RES/72/305" in str(earlier["DESCRIPTION"])
    parts = {uid: days(item)[1:3] for uid, item in found.items() if uid.startswith(("session.CD2", "session.FC2"))}
    assert parts["session.CD2026.first-part"] == (date(2026, 1, 19), date(2026, 3, 28))
    assert set(parts) == {
        *("session.CD2026", "session.CD2026.first-part", "session.CD2026.second-part", "session.CD2026.third-part"),
        "session.FC2026.session",
    }


@pytest.mark.parametrize("name", ["sessions", "observances", "holidays"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_two_readers_see_the_same_days(get: Get, name: str, language: str) -> None:
    data = get(f"/feeds/{name}.ics?lang={language}").content
    instances = recurring_ical_events.of(icalendar.Calendar.from_ical(data)).between(date(2026, 1, 1), date(2027, 1, 1))
    begun = {(str(item["SUMMARY"]), item["DTSTART"].dt) for item in instances if item["DTSTART"].dt.year == 2026}
    assert begun == seen_by_vobject(data, 2026)
    least = {"sessions": 1, "observances": 230, "holidays": 9}
    assert len(begun) >= least[name]


def test_the_almanac_speaks_six_languages() -> None:
    said = {}
    for language in LANGUAGES:
        found = {
            item.event.uid: item.event.title[language]
            for name in ("observances", "holidays", "sessions")
            for item in entries(name, FeedOptions(language=language), date(2026, 12, 1))
        }
        said[language] = (
            found["observance.world-braille-day"],
            found["holiday.2024-11-28.thanksgiving-day"],
            found["session.S-26"].rpartition(": ")[2],
        )
    assert said == {
        "ar": ("اليوم العالمي للغة بريل", "عيد الشكر", "فيروس نقص المناعة البشرية/الإيدز"),
        "en": ("World Braille Day", "Thanksgiving Day", "HIV/AIDS"),
        "es": ("Día Mundial del Braille", "Día de Acción de Gracias", "el VIH/sida"),
        "fr": ("Journée mondiale du braille", "Jour de Thanksgiving", "VIH/sida"),
        "ru": ("Всемирный день азбуки Брайля", "День благодарения", "ВИЧ/СПИД"),
        "zh": ("世界盲文日", "感恩节", "艾滋病毒/艾滋病"),
    }


def test_a_source_that_was_not_verified_says_so(get: Get) -> None:
    french = events(get("/feeds/observances.ics?lang=fr").content)
    unverified = "La source n’a pas été vérifiée dans l’instrument."
    assert unverified in str(french["observance.united-nations-decade-of-healthy-ageing"]["DESCRIPTION"])
    assert unverified not in str(french["observance.decade-of-action-for-cryospheric-sciences"]["DESCRIPTION"])
