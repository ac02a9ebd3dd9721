"""Time zones as recurrence rules, beside the tz database."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest

from app.feeds.timezones import matches_database, timezone

ZONES = {
    "America/New_York": (-4, -5),
    "Europe/Zurich": (2, 1),
    "Europe/Vienna": (2, 1),
    "Europe/Paris": (2, 1),
    "Africa/Nairobi": (3, 3),
    "Africa/Addis_Ababa": (3, 3),
    "Asia/Bangkok": (7, 7),
    "Asia/Beirut": (3, 2),
}
"""Hours from UTC on 1 July and 1 January."""


@pytest.mark.parametrize("zone", ZONES)
def test_zones_say_what_the_database_says(zone: str) -> None:
    component = timezone(zone)
    assert component is not None
    read = icalendar.Timezone.from_ical(component.to_ical())
    tz, real = read.to_tz(), ZoneInfo(zone)
    summer, winter = (timedelta(hours=hours) for hours in ZONES[zone])
    assert (tz.utcoffset(local(4344)), tz.utcoffset(local(0))) == (summer, winter)
    for hour in range(24 * 365):
        # In the hour that comes twice or never, programs may differ.
        if real.utcoffset(local(hour)) == real.utcoffset(local(hour).replace(fold=1)) and real.utcoffset(
            local(hour - 1)
        ) == real.utcoffset(local(hour + 1)):
            assert tz.utcoffset(local(hour)) == real.utcoffset(local(hour)), local(hour)
    assert matches_database(zone, local(4344))


def local(hours: int) -> datetime:
    """So many hours after New Year 2026, by no clock in particular."""
    return datetime(2026, 1, 1) + timedelta(hours=hours)  # noqa: DTZ001  # what is asked is a local time


def test_timezone_of_unknown_name_is_none() -> None:
    assert timezone("Europe/Atlantis") is None
    assert not matches_database("Europe/Atlantis", local(0))
