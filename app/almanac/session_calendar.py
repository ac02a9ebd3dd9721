"""Sessions of all bodies on one calendar, each once: as held, as published, else by forecast or window.

Five sources are merged by UID, the surer one first: openings of the sessions as they happened or were decided, the
published rows of the calendar of conferences, forecasts from these rows, special sessions, and the windows that rules
of the bodies give.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Final

from app.almanac.body_sessions import sessions_between
from app.almanac.data import almanac
from app.almanac.session_rows import BodySession, published_bodies
from app.almanac.sessions import parts, sessions, special_sessions, window
from app.model import Certainty

SOURCE: Final = "United Nations calendar of conferences and meetings"
_ASSEMBLY: Final = "general-assembly"
_LAST_FORECAST: Final = 100
"""The last session of the Assembly that is listed (2045); a rule cannot promise more."""
_YEARS: Final = (2014, 2031)
"""The years, the last exclusive, whose parts are given: since the Council's cycle has had segments (A/RES/68/1)."""
_PERIOD: Final = (date(2022, 1, 1), date(2027, 12, 31))
"""Published rows begin in 2022; the next year's is forecast: all in one feed, it stays under 1 MB."""
_WHOLE: Final = {"", "main", "substantive"}
"""Parts of a row that are the session itself where a rule of the almanac gives that session, too."""
_NO_PLACE: Final = "to be determined"
_NOT_SESSIONS: Final = ("commemoration", "observance")
"""Beginnings of parts that keep an international day, which is an observance already."""


@dataclass(frozen=True, slots=True)
class CalendarSession:
    """A session, or a part of one, on the calendar; all days are inclusive.

    ``opens`` and ``closes`` are its days or, of a forecast, those on which it is expected; ``first`` and ``last`` the
    days between which it lies. ``token`` is absent where no notation names it, ``part`` is empty for a whole session;
    ``rule`` says in English how a forecast was made; ``subject`` is that of a special session.
    """

    uid: str
    body: str
    number: int
    opens: date
    closes: date
    first: date
    last: date
    certainty: Certainty
    source: str
    token: str | None = None
    part: str = ""
    place: str = ""
    rule: str = ""
    subject: str = ""
    confirmed: bool = True


@functools.cache
def session_calendar() -> tuple[CalendarSession, ...]:
    """Return the sessions of all bodies in order of days, each once.

    >>> [item.certainty.value for item in session_calendar() if item.uid in ("session.CND69", "session.CND70")]
    ['decided', 'forecast']
    """
    rows = sessions_between(*_PERIOD)
    published = (item for row in rows if not row.forecast if (item := _of_row(row)))
    forecast = (item for row in rows if row.forecast if (item := _of_row(row)))
    found: dict[str, CalendarSession] = {}
    for item in chain(_numbered(held=True), published, _special(), forecast, _numbered(held=False), _windows()):
        found.setdefault(item.uid, item)
    return tuple(sorted(found.values(), key=lambda item: (item.opens, item.uid)))


def calendar_between(first: date | None, last: date | None, bodies: Iterable[str] = ()) -> tuple[CalendarSession, ...]:
    """Return the sessions that touch ``first`` to ``last``, of ``bodies`` or of all.

    Both days are inclusive, and None without limit.

    >>> found = calendar_between(date(2027, 3, 1), date(2027, 3, 31), ["commission-on-narcotic-drugs"])
    >>> [(item.token, str(item.opens), item.rule) for item in found]
    [('CND70', '2027-03-15', 'first Monday on or after 9 March')]
    """
    wanted = frozenset(bodies)
    return tuple(
        item
        for item in session_calendar()
        if (not wanted or item.body in wanted)
        and (last is None or item.opens <= last)
        and (first is None or item.closes >= first)
    )


def body_with_sessions(name: str) -> str | None:
    """Return the slug of the body of which ``name`` is the slug or the token.

    None for an unknown one.

    >>> body_with_sessions("CAT"), body_with_sessions("GA"), body_with_sessions("XYZ")
    ('committee-against-torture', 'general-assembly', None)
    """
    known = (known.slug for known in almanac().bodies.values() if name in (known.slug, known.token))
    named = (body for body, rows in published_bodies().items() if name in (body, rows.sessions[0].token))
    return next(chain(known, named), None)


def bodies_with_sessions() -> frozenset[str]:
    """Return the slugs of the bodies whose sessions are known in some way.

    >>> "committee-against-torture" in bodies_with_sessions()
    True
    """
    return frozenset({*almanac().bodies, *published_bodies()})


def _numbered(*, held: bool) -> Iterator[CalendarSession]:
    """Yield the sessions of bodies with openings.

    They are those dated by a decision (``held``) or those that a rule forecasts.
    """
    book = almanac()
    for body, openings in book.openings.items():
        if not openings:
            continue
        last = _LAST_FORECAST if body == _ASSEMBLY else max(openings)
        for at in sessions(body, min(openings), last):
            if at.opens is None or at.forecast is held:
                continue
            closes = max(at.closes or at.opens, at.opens)
            certainty = Certainty.FORECAST if at.forecast else Certainty.DECIDED
            yield CalendarSession(
                f"session.{at.token}", body, at.number, at.opens, closes, at.opens, closes, certainty, at.source,
                token=at.token, place=_place(body), rule=_opening_rule(body, at.number) if at.forecast else "",
            )  # fmt: skip


def _opening_rule(body: str, number: int) -> str:
    days = window(body, number)
    facts = days.proof[0].facts if days is not None and days.proof else {}
    return facts.get("rule", "")


def _of_row(row: BodySession) -> CalendarSession | None:
    """Return a published or forecast session.

    None for what is no session, or has an entry of another name.
    """
    book = almanac()
    if row.part.startswith(_NOT_SESSIONS):
        return None
    names = {part.name for part in book.parts.get(row.body, ())}
    if "session" in names and row.part in _WHOLE:
        return None  # the entry of the committee's year has the same days
    part = row.part
    if part in _WHOLE and row.body in book.cycles:
        part = ""
    elif f"{part}-part" in names:
        part = f"{part} part"
    token = book.token_of(row.body, row.number)
    stem = token or f"{re.sub(r'[^A-Za-z0-9.]+', '-', row.token)}.{row.number}"
    uid = f"session.{stem}" + (f".{_slug(part)}" if part else "")
    if row.expected is None:
        opens, closes = row.start, row.end
        certainty = Certainty.DECIDED if row.confirmed else Certainty.FORECAST
    else:
        opens, closes = row.expected, row.end - (row.expected - row.start)
        certainty = Certainty.FORECAST
    place = "" if row.place == _NO_PLACE else row.place
    return CalendarSession(
        uid, row.body, row.number, opens, closes, row.start, row.end, certainty, SOURCE,
        token=None if part else token, part=part, place=place, rule=row.rule,
        confirmed=row.confirmed and not row.forecast,
    )  # fmt: skip


def _special() -> Iterator[CalendarSession]:
    for number, special in enumerate(special_sessions(), 1):
        closes = special.closes or special.opens
        yield CalendarSession(
            f"session.{special.session}", _ASSEMBLY, number, special.opens, closes, special.opens, closes,
            Certainty.DECIDED, special.source, part=special.session, subject=special.about,
        )  # fmt: skip


def _windows() -> Iterator[CalendarSession]:
    """Yield the years of bodies that name sessions by year, and parts of these years.

    Only the months are known, or a rule gives the opening: both are windows within which they lie.
    """
    book = almanac()
    for body in sorted({*book.cycles, *book.parts}):
        for number in range(*_YEARS):
            within = window(body, number) if body in book.cycles else None
            token = book.token_of(body, number)
            if within is not None:
                days, source = (within.start, within.end), within.proof[0].facts["source"]
                yield CalendarSession(
                    f"session.{token}", body, number, *days, *days, Certainty.WINDOW, source, token=token
                )
            for part in parts(body, number):
                certainty = Certainty.FORECAST if part.dated else Certainty.WINDOW
                if part.dated and part.source == SOURCE:
                    certainty = Certainty.DECIDED if _is_confirmed(body, part.start) else Certainty.FORECAST
                days = (part.start, part.end)
                yield CalendarSession(
                    f"session.{book.bodies[body].token}{number}.{part.name}", body, number, *days, *days, certainty,
                    part.source, part=part.words, place=_place(body),
                )  # fmt: skip


def _is_confirmed(body: str, start: date) -> bool:
    known = published_bodies().get(body)
    return known is not None and any(row.start == start and row.confirmed for row in known.sessions)


def _place(body: str) -> str:
    """Return the usual place of a body's sessions; empty where its rows name several."""
    known = published_bodies().get(body)
    places = {row.place for row in known.sessions} if known is not None else set()
    if body == _ASSEMBLY:
        return "New York"
    return places.pop() if len(places) == 1 else ""


def _slug(part: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", part.lower()))
