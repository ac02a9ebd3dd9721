"""Bounds on the days of schedules and readers: calendars cannot be written for days outside them."""

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
    """Return what is wrong with the days of a ``when``; None for nothing.

    Days that the notation does not give (a session, a duration) are within the bounds.

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
    """Return the day of a node. Raises ScheduleError outside the bounds.

    >>> read_day(Node.parse("2018-05-14", "a.yaml"))
    datetime.date(2018, 5, 14)
    """
    day = node.day()
    if (fault := day_fault(day)) is not None:
        raise node.fail(fault, message("give a day in these years"))
    return day


def read_when(node: Node) -> str:
    """Return the ``when`` of a node. Raises ScheduleError for days outside the bounds.

    >>> read_when(Node.parse("GA73", "a.yaml"))
    'GA73'
    """
    text = node.text()
    if (fault := when_fault(text)) is not None:
        raise node.fail(fault, message("give a day in these years"))
    return text
