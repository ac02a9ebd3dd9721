"""iCalendar (RFC 5545 with the properties of RFC 7986)."""

from __future__ import annotations

from typing import Final

from app.feeds import icalendar_components
from app.feeds.entry import Entry, Feed

EXTENSION: Final = "ics"
MEDIA_TYPE: Final = "text/calendar; charset=utf-8"
SEPARATOR: Final = b""
_END: Final = b"END:VCALENDAR\r\n"


def head(feed: Feed) -> bytes:
    """Return everything before the first event.

    >>> from app.feeds.sample import sample_feed
    >>> head(sample_feed()).splitlines()[:2]
    [b'BEGIN:VCALENDAR', b'VERSION:2.0']
    """
    whole: bytes = icalendar_components.head(feed).to_ical()
    return whole.removesuffix(_END)


def fragment(entry: Entry) -> bytes:
    """Return the entry's components; empty where it has no day.

    >>> from app.feeds.sample import sample_entry
    >>> fragment(sample_entry()).splitlines()[1]
    b'SUMMARY;LANGUAGE=en:Conference on nuclear disarmament (New York)'
    """
    return b"".join(bytes(part.to_ical()) for part in icalendar_components.components(entry))


def tail(feed: Feed) -> bytes:  # noqa: ARG001  # every format is asked for its tail in the same way
    """Return everything after the last event.

    >>> from app.feeds.sample import sample_feed
    >>> tail(sample_feed())
    b'END:VCALENDAR\\r\\n'
    """
    return _END
