"""Enumerations of an item (kind, certainty of its days, status), and the six languages."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

_FOLDERS = (Path(__file__).parents[1] / "languages").glob("*/profile.yaml")

if TYPE_CHECKING:
    # Type checkers know the six official languages; at run time every language folder counts.
    Language: TypeAlias = Literal["ar", "en", "es", "fr", "ru", "zh"]
    LANGUAGES: tuple[Language, ...] = ("ar", "en", "es", "fr", "ru", "zh")
else:
    LANGUAGES = tuple(sorted(path.parent.name for path in _FOLDERS))
    """The languages that have a folder below ``app/languages``."""
    Language = Literal[LANGUAGES]

UNDATED = "undated"
"""The ``when`` of an obligation that the text gives no time for."""
TO_BE_DECIDED = "TBD"
"""The ``when`` of an event whose date the text leaves to a later decision."""


class Kind(StrEnum):
    """What an item of a schedule is."""

    MEETING = "meeting"
    OBSERVANCE = "observance"
    REPORT = "report"
    AGENDA = "agenda"
    MANDATE = "mandate"
    REVIEW = "review"
    DEADLINE = "deadline"
    PERIOD = "period"
    OBLIGATION = "obligation"


class Certainty(StrEnum):
    """How a date is known; always stated, never implied."""

    DECIDED = "decided"
    DERIVED = "derived"
    WINDOW = "window"
    FORECAST = "forecast"
    UNDECIDED = "undecided"
    UNDATED = "undated"


class Status(StrEnum):
    """The status of an event: decided, or (from RUNNING on) computed for a day."""

    SCHEDULED = "scheduled"
    MOVED = "moved"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    HELD = "held"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"
    RUNNING = "running"
    ENDED = "ended"
    LAPSED = "lapsed"
    DUE = "due"
    OVERDUE = "overdue"
    PAST = "past"


DECIDED_STATUSES = (
    Status.SCHEDULED,
    Status.MOVED,
    Status.POSTPONED,
    Status.CANCELLED,
    Status.HELD,
    Status.EXPIRED,
    Status.SUPERSEDED,
)
"""Statuses that an instrument or a record decides; the others follow from the day (``app.schedule.time_status``)."""
INACTIVE_STATUSES = frozenset({Status.POSTPONED, Status.CANCELLED, Status.SUPERSEDED})
"""Statuses of an event that will not take place on the days it shows."""
