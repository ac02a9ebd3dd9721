"""What has become of a mandate on a day."""

from __future__ import annotations

from datetime import date
from typing import Final, Literal, TypeAlias

from app.model import Event, Status

MandateStatus: TypeAlias = Literal["scheduled", "running", "ended", "lapsed", "cancelled"]

_ENDING: Final = frozenset({"end", "terminate", "cancel", "lift", "discontinue"})
"""Actions after which a mandate has ended for good."""


def mandate_status(event: Event, day: date) -> MandateStatus:
    """Return what the mandate ``event`` is on ``day``.

    ``lapsed`` is ended unless a text that is not held here extends it; ``ended`` is ended by a decision.
    """
    if event.status in {Status.CANCELLED, Status.SUPERSEDED}:
        return "cancelled" if event.status is Status.CANCELLED else "ended"
    if event.end is not None and event.end < day:
        return "ended" if event.action in _ENDING else "lapsed"
    if event.start is not None and event.start > day and event.start != event.end:
        return "scheduled"
    return "running"
