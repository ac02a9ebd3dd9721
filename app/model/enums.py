"""What is said of an item in one word: its kind, how certain its days are, how it stands; the six languages."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal, TypeAlias

Language: TypeAlias = Literal["ar", "en", "es", "fr", "ru", "zh"]
LANGUAGES: tuple[Language, ...] = ("ar", "en", "es", "fr", "ru", "zh")
"""The six official languages."""

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
    """How a date is known; always said, never implied."""

    DECIDED = "decided"
    DERIVED = "derived"
    WINDOW = "window"
    FORECAST = "forecast"
    UNDECIDED = "undecided"
    UNDATED = "undated"


class Status(StrEnum):
    """What has become of an event."""

    SCHEDULED = "scheduled"
    MOVED = "moved"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    HELD = "held"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"
