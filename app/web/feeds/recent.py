"""The feed of everything holds what is not long past; earlier years are read with ``from`` and ``to``."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import Final

from app.feeds import ChunkedList
from app.feeds.entry import place
from app.model import Revision
from app.schedule.time_status import is_past

RECENT: Final = timedelta(90)
"""How long past events stay in the feed of everything, unless ``from`` or ``to`` is given."""
FEW: Final = 500
"""Events up to which the feed holds its past, too: some 500 kB as iCalendar."""


def recent_events(found: Collection[Revision], day: date, few: int = FEW) -> Collection[Revision]:
    """Return the events that are not over for longer than ``RECENT`` on ``day``.

    Nor are those whose days are uncertain and whose shown day, the first, lies before. A feed of at most ``few`` events
    keeps its past; events without a day stay.

    >>> recent_events([], date(2026, 12, 1))
    []
    """
    if len(found) <= few:
        return found
    first = day - RECENT
    return ChunkedList.of(one for one in found if not (is_past(one.event, first) or _shown_before(one, first)))


def _shown_before(revision: Revision, day: date) -> bool:
    """Whether calendars show the event, which does not recur, on a day before ``day`` alone."""
    shown = place(revision, (), "start")
    return shown is not None and shown.recurrence is None and shown.last < day
