"""The published sessions of bodies: the rows of body_sessions.yaml, from the official calendar of conferences."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib import resources
from typing import Any, Final, NamedTuple

from app.errors import AlmanacError
from app.yaml_document import load_yaml

_EVERY_YEAR: Final = "12"


@dataclass(frozen=True, slots=True)
class BodySession:
    """A session or meeting of a body: ``start`` and ``end`` are inclusive days.

    ``confirmed`` is whether the organization has confirmed a published row. Of a forecast ``rule`` says how it was
    found and ``expected`` is the day on which the session opens by that rule, None where only its year is known; both
    are empty for a published row. ``part`` is empty for a session as a whole.
    """

    body: str
    token: str
    number: int
    part: str
    start: date
    end: date
    place: str
    confirmed: bool = True
    expected: date | None = None
    rule: str = ""

    @property
    def forecast(self) -> bool:
        """Whether a rule gives the days, not the official calendar."""
        return bool(self.rule)


class PublishedBody(NamedTuple):
    """The published sessions of a body in order of days, and its interval in months.

    The interval is 0 for a body that meets once.
    """

    sessions: tuple[BodySession, ...]
    months: int


@functools.cache
def published_bodies() -> Mapping[str, PublishedBody]:
    """Return the bodies of the calendar of conferences by slug.

    Raises AlmanacError for a bad file.

    >>> published_bodies()["united-nations-environment-assembly"].months
    24
    """
    source = resources.files("app.almanac").joinpath("body_sessions.yaml")
    data = load_yaml(source.read_bytes(), str(source), AlmanacError)
    return {body: _read_body(body, entry) for body, entry in data.items()}


def _read_body(body: str, entry: Mapping[str, Any]) -> PublishedBody:
    where = f"body_sessions.yaml: {body}"
    rows = []
    for row in entry["sessions"]:
        try:
            number, part, start, end, place, status = row
            days = date.fromisoformat(start), date.fromisoformat(end)
            rows.append(
                BodySession(body, entry["token"], int(number), part, *days, place or entry["place"], not status)
            )
        except ValueError as error:
            raise AlmanacError(f"a row that cannot be read: {row}", where=where, hint=str(error)) from error
    months = str(entry.get("months", _EVERY_YEAR))
    if not months.isascii() or not months.isdigit():
        raise AlmanacError(f"months: {months!r} is not a number", where=where, hint="months between two sessions")
    return PublishedBody(tuple(sorted(rows, key=lambda item: (item.start, item.part, item.number))), int(months))
