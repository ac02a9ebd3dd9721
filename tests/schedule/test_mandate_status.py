"""What has become of a mandate on a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.model import Certainty, Event, Kind, Status
from app.schedule.mandate_status import mandate_status

MANDATE = Event(
    uid="S-RES-3901-2035.1.mandate.1",
    kind=Kind.MANDATE,
    when="../2036-03-31",
    certainty=Certainty.DECIDED,
    instrument="S/RES/3901 (2035)",
    decided=date(2035, 3, 14),
    end=date(2036, 3, 31),
    action="extend",
)


@pytest.mark.parametrize(
    ("event", "day", "status"),
    [
        (MANDATE, date(2035, 6, 1), "running"),
        (MANDATE, date(2036, 3, 31), "running"),
        (MANDATE, date(2036, 4, 1), "lapsed"),
        (replace(MANDATE, action="end"), date(2036, 4, 1), "ended"),
        (replace(MANDATE, action="end"), date(2036, 3, 31), "running"),
        (replace(MANDATE, start=date(2035, 10, 1)), date(2035, 9, 30), "scheduled"),
        (replace(MANDATE, status=Status.CANCELLED), date(2035, 6, 1), "cancelled"),
        (replace(MANDATE, status=Status.SUPERSEDED), date(2035, 6, 1), "ended"),
        (replace(MANDATE, end=None, start=date(2035, 4, 1)), date(2040, 1, 1), "running"),
    ],
)
def test_mandate_status_on_a_day(event: Event, day: date, status: str) -> None:
    assert mandate_status(event, day) == status
