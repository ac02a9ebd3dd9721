"""Sessions of bodies: published rows, and forecasts from them."""

from __future__ import annotations

from datetime import date

from app.almanac import window
from app.almanac.body_sessions import body_session, sessions_between
from app.almanac.session_rows import BodySession
from app.model import Certainty

CND = "commission-on-narcotic-drugs"


def test_body_session_prefers_the_published_row() -> None:
    assert body_session(CND, 69) == BodySession(CND, "CND", 69, "", date(2026, 3, 9), date(2026, 3, 13), "Vienna")


def test_sessions_between_gives_published_and_forecast() -> None:
    found = {(item.token, item.number): item.forecast for item in sessions_between(date(2026, 3, 1), date(2027, 3, 31))}
    assert found["CND", 69] is False
    assert found["CND", 70] is True
    assert found["HRC", 64] is True


def test_window_has_days_for_numbered_sessions() -> None:
    published, forecast = window(CND, 69), window(CND, 70)
    assert published is not None
    assert forecast is not None
    assert (published.start, published.certainty) == (date(2026, 3, 9), Certainty.WINDOW)
    assert forecast.certainty is Certainty.FORECAST
    assert (forecast.start, forecast.opening, forecast.end) == (date(2027, 3, 1), date(2027, 3, 15), date(2027, 4, 2))


def test_window_of_a_year_alone_says_the_months() -> None:
    found = window("commission-on-crime-prevention-and-criminal-justice", 35)
    assert found is not None
    assert found.start < date(2026, 5, 18) < found.end
    assert found.proof[0].rule == "session.weekday"
