"""Titles of sessions: by number, by year, with a part, forecast."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.almanac.session_calendar import SOURCE, session_calendar
from app.feeds.session_titles import body_name, session_reason, session_title

ROWS = {item.uid: item for item in session_calendar()}
FORECAST = next(item for item in session_calendar() if item.rule and not item.subject and not item.part)


@pytest.mark.parametrize(
    ("slug", "language", "name"),
    [
        ("human-rights-council", "fr", "Conseil des droits de l'homme"),
        ("committee-against-torture", "zh", "Committee against Torture"),
        ("board-of-the-unhcr", "en", "Board of the UNHCR"),
    ],
)
def test_body_name_falls_back_to_its_slug(slug: str, language: str, name: str) -> None:
    assert body_name(slug, language) == name


def test_session_title_names_number_year_and_part() -> None:
    assert [session_title(ROWS[f"session.{name}"], "en") for name in ("CND69", "ECOSOC2026.youth-forum")] == [
        "69th session of the Commission on Narcotic Drugs",
        "Economic and Social Council, 2026: youth forum",
    ]


def test_session_title_forecast_is_marked_by_its_width() -> None:
    plain = session_title(replace(FORECAST, rule=""), "en")
    narrow, wide = (replace(FORECAST, first=FORECAST.opens - timedelta(days=days)) for days in (28, 29))
    assert session_title(narrow, "en") == f"{plain} [forecast]"
    assert session_title(wide, "en").startswith(f"{plain} [forecast, within ")


def test_session_reason_only_of_what_is_not_confirmed() -> None:
    confirmed = next(
        item
        for item in session_calendar()
        if item.source == SOURCE and item.confirmed and not (item.rule or item.subject)
    )
    tentative = replace(confirmed, confirmed=False)
    assert session_reason(confirmed, "en") == ""
    marked = "The calendar of conferences marks these days as to be confirmed."
    assert session_reason(tentative, "en") == marked
    assert session_reason(replace(tentative, source="another"), "en") == ""
