"""Events and schedules to JSON and back, exactly; fields that have their default are left out."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Final

from pydantic import TypeAdapter, ValidationError

from app.errors import StoreError, message
from app.model import Event, Schedule

_DAMAGED: Final = message("restore the database from its backup, or delete it and load it again")


# Adapters compile on first use.
@cache
def _event() -> TypeAdapter[Event]:
    return TypeAdapter(Event)


@cache
def _schedule() -> TypeAdapter[Schedule]:
    return TypeAdapter(Schedule)


def event_to_json(event: Event) -> str:
    """Return the event as JSON text; equal events give equal text."""
    return _event().dump_json(event, exclude_defaults=True).decode()


def event_from_json(text: str) -> Event:
    """Return the event that ``event_to_json`` wrote. Raises StoreError for what is damaged."""
    try:
        return _event().validate_json(text)
    except ValidationError as error:
        raise StoreError(message("an event in the store cannot be read"), where=text[:80], hint=_DAMAGED) from error


def schedule_to_json(schedule: Schedule) -> str:
    """Return the schedule as JSON text, without its events, which are kept one by one."""
    return _schedule().dump_json(replace(schedule, events=(), time_counts={}), exclude_defaults=True).decode()


def schedule_from_json(text: str) -> Schedule:
    """Return the schedule that ``schedule_to_json`` wrote, without events.

    Raises StoreError for damaged data.
    """
    try:
        return _schedule().validate_json(text)
    except ValidationError as error:
        raise StoreError(message("a schedule in the store cannot be read"), where=text[:80], hint=_DAMAGED) from error


def whole_to_json(schedule: Schedule) -> str:
    """Return the schedule with its events as JSON text."""
    return _schedule().dump_json(replace(schedule, time_counts={}), exclude_defaults=True).decode()


def whole_from_json(text: str) -> Schedule:
    """Return the schedule that ``whole_to_json`` wrote. Raises StoreError for what is damaged."""
    try:
        return _schedule().validate_json(text)
    except ValidationError as error:
        raise StoreError(message("a schedule in the store cannot be read"), where=text[:80], hint=_DAMAGED) from error
