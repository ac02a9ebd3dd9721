"""The published sessions of bodies, as the calendar of conferences has them."""

from __future__ import annotations

from app.almanac.session_rows import published_bodies


def test_published_sessions_have_days_in_order() -> None:
    rows = [item for found in published_bodies().values() for item in found.sessions]
    assert len(rows) == 1153
    assert [item for item in rows if item.end < item.start or not item.place] == []
    assert {item.start.year for item in rows} == {2022, 2023, 2024, 2025, 2026}
