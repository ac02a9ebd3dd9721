"""Checks that no dated item passes over: what fails is unread, with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from app.model import Event
from app.obligations import TimeOutcome, TimeReading

BEFORE_ADOPTION: Final = "time.before-adoption"
"""It was over before the text was adopted: the text recalls it."""
REVERSED: Final = "time.reversed"
"""Its end lies before its start."""


def time_fault(event: Event, adopted: date | None) -> str:
    """Return the reason why a dated event cannot be scheduled, else an empty string.

    ``adopted`` is the day on which the part of the text was adopted, None where it is not known.

    >>> from app.model import Certainty, Event, Kind
    >>> event = Event("A-RES-90-1.1.report.1", Kind.REPORT, "GA88", Certainty.DECIDED, "A/RES/90/1", None,
    ...     start=date(2033, 9, 13), end=date(2034, 9, 11))
    >>> time_fault(event, date(2035, 12, 20)), time_fault(event, date(2033, 12, 20))
    ('time.before-adoption', '')
    """
    if event.start is not None and event.end is not None and event.end < event.start:
        return REVERSED
    last = event.end or event.start
    if adopted is not None and last is not None and last < adopted and not event.recurrence:
        return BEFORE_ADOPTION
    return ""


def with_outcomes(
    readings: Iterable[TimeReading], kept: Sequence[Event], dropped: Sequence[tuple[Event, str]], language: str
) -> list[TimeReading]:
    """Return the readings, those of dropped events alone as unread.

    Their reason is that of the event. The spans of events in ``language`` and those of the readings index the same
    stored text.

    >>> with_outcomes([], [], [], "en")
    []
    """
    out = []
    for reading in readings:
        if reading.outcome is TimeOutcome.ITEM and not _any_over(reading, kept, language):
            reason = next((reason for event, reason in dropped if _over(reading, event, language)), "")
            if reason:
                reading = replace(reading, outcome=TimeOutcome.UNREAD, reason=reason)  # noqa: PLW2901  # one reading
        out.append(reading)
    return out


def _over(reading: TimeReading, event: Event, language: str) -> bool:
    span = event.span.get(language)
    return span is not None and reading.span.start < span.end and span.start < reading.span.end


def _any_over(reading: TimeReading, events: Sequence[Event], language: str) -> bool:
    return any(_over(reading, event, language) for event in events)
