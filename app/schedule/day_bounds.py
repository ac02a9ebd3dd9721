"""Bounds on the days that schedules and readers may enter: what lies outside them no calendar can be written for."""

from __future__ import annotations

from datetime import date

from app.errors import Message, message
from app.model import FIRST_YEAR, LAST_YEAR, When
from app.yaml_document import Node


def day_fault(day: date) -> Message | None:
    """Return what is wrong with a day outside the bounds; None for one within.

    >>> str(day_fault(date(9999, 12, 31)))
    'the date 9999-12-31 is outside 1900 to 2199'
    """
    if FIRST_YEAR <= day.year <= LAST_YEAR:
        return None
    text = "the date {text} is outside {first} to {last}"
    return message(text, text=day.isoformat(), first=FIRST_YEAR, last=LAST_YEAR)


def when_fault(text: str) -> Message | None:
    """Return what is wrong with the days of a ``when``; None where they are within the bounds or not known.

    >>> str(when_fault("2018-05-14/9999-12-31")), when_fault("GA73")
    ('the date 9999-12-31 is outside 1900 to 2199', None)
    """
    try:
        when = When.try_parse(text)
        days = (when.first_day, when.last_day) if when else ()
    except (ValueError, OverflowError):
        return message("invalid date {text}", text=repr(text[:60]))
    return next((fault for day in days if day and (fault := day_fault(day))), None)


def read_day(node: Node) -> date:
    """Return the day of a node. Raises ScheduleError outside the bounds."""
    day = node.day()
    if (fault := day_fault(day)) is not None:
        raise node.fail(fault, message("give a day in these years"))
    return day


def read_when(node: Node) -> str:
    """Return the ``when`` of a node. Raises ScheduleError where its days are outside the bounds."""
    text = node.text()
    if (fault := when_fault(text)) is not None:
        raise node.fail(fault, message("give a day in these years"))
    return text
