"""jCal: iCalendar as JSON (RFC 7265)."""

from __future__ import annotations

import json
from typing import Final

from app.feeds import icalendar_components
from app.feeds.entry import Entry, Feed

EXTENSION: Final = "jcal"
MEDIA_TYPE: Final = "application/calendar+json; charset=utf-8"
SEPARATOR: Final = b",\n"


def head(feed: Feed) -> bytes:
    """Return everything before the first event.

    >>> from app.feeds.sample import sample_feed
    >>> head(sample_feed())[:45]
    b'["vcalendar", [["version", {}, "text", "2.0"]'
    """
    _, properties, zones = icalendar_components.head(feed).to_jcal()
    # Zones are named only where events that need them follow.
    parts = "".join(f"{_dump(_plain(zone))},\n" for zone in zones)
    return f'["vcalendar", {_dump(_plain(properties))}, [\n{parts}'.encode()


def fragment(entry: Entry) -> bytes:
    """Return the entry's components; empty where it has no day.

    >>> from app.feeds.sample import sample_entry
    >>> json.loads(fragment(sample_entry()))[1][0]
    ['uid', {}, 'text', 'A-RES-72-251.5.meeting.1']
    """
    return SEPARATOR.join(_dump(_plain(part.to_jcal())).encode() for part in icalendar_components.components(entry))


def tail(feed: Feed) -> bytes:  # noqa: ARG001  # every format is asked for its tail in the same way
    """Return everything after the last event.

    >>> from app.feeds.sample import sample_feed
    >>> tail(sample_feed())
    b'\\n]]\\n'
    """
    return b"\n]]\n"


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


# Properties of RFC 7986 that icalendar writes with the type "unknown".
_TEXTS: Final = frozenset({"name", "color"})


def _plain(value: object) -> object:
    """Return the value in plain JSON types.

    icalendar leaves the numbers of a rule as a kind of integer of its own.
    """
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        if len(value) == 4 and isinstance(value[0], str) and value[0] in _TEXTS and value[2] == "unknown":
            return [value[0], _plain(value[1]), "text", _plain(value[3])]
        return [_plain(item) for item in value]
    if isinstance(value, int) and not isinstance(value, bool):
        return int(value)
    return value
