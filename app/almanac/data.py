"""The almanac's data: bodies and sessions as the YAML beside this module has them, each line with its source.

The files are read on first use and kept; ``Almanac.read`` reads another folder (tests).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from app.almanac.day_rules import DayRule
from app.almanac.entry import Entry, read_yaml
from app.almanac.holidays import HolidayBook, read_holidays
from app.almanac.observances import Observance, read_observances
from app.errors import AlmanacError
from app.model import LANGUAGES
from app.registry import registry


@dataclass(frozen=True, slots=True)
class Body:
    """A body and how it counts its sessions; ``sessions`` is a count of the registry."""

    slug: str
    token: str
    sessions: str
    source: str
    number: int = 0
    year: int = 0
    since: int = 0
    month: int = 0


@dataclass(frozen=True, slots=True)
class SessionRule:
    """The rule that holds for sessions ``first`` to ``last`` (None: and on)."""

    first: int
    last: int | None
    opens: DayRule
    debate: DayRule | None
    rule: str
    source: str


@dataclass(frozen=True, slots=True)
class Opening:
    """The days of a session that opened: the first, the general debate and the last.

    ``closes`` is absent where the next session ends it.
    """

    session: int
    opens: date
    closes: date | None
    debate: date | None
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Thirds:
    """A body with three sessions a year: ``windows`` are (month, day) pairs, first and last."""

    session: int
    year: int
    first: int
    windows: tuple[tuple[tuple[int, int], tuple[int, int]], ...]
    source: str


@dataclass(frozen=True, slots=True)
class Cycle:
    """The window of sessions named by the years ``first`` to ``last``.

    ``previous``: it begins in the year before.
    """

    first: int
    last: int | None
    start: tuple[int, int]
    end: tuple[int, int]
    previous: bool
    source: str


@dataclass(frozen=True, slots=True)
class SpecialSession:
    """A special (``S-26``) or emergency special (``ES-11``) session.

    ``closes`` is absent while the session can be resumed.
    """

    session: str
    opens: date
    closes: date | None
    about: str
    source: str


@dataclass(frozen=True, slots=True)
class PartRule:
    """A part of a body's year.

    It lasts ``weeks`` weeks from a day, or lies somewhere ``within`` two days of the year.
    """

    name: str
    first: int
    last: int | None
    opens: DayRule | None
    weeks: int
    within: tuple[tuple[int, int], tuple[int, int]] | None
    source: str


@dataclass(frozen=True, slots=True)
class Almanac:
    """The organization's year as data."""

    bodies: Mapping[str, Body]
    rules: Mapping[str, tuple[SessionRule, ...]] = field(default_factory=dict)
    openings: Mapping[str, Mapping[int, Opening]] = field(default_factory=dict)
    first_years: Mapping[str, int] = field(default_factory=dict)
    closes_with_next: Mapping[str, int] = field(default_factory=dict)
    """The first session, by body, that closes on the day on which the next one opens, not the day before."""
    thirds: Mapping[str, Thirds] = field(default_factory=dict)
    cycles: Mapping[str, tuple[Cycle, ...]] = field(default_factory=dict)
    special: Mapping[str, tuple[SpecialSession, ...]] = field(default_factory=dict)
    parts: Mapping[str, tuple[PartRule, ...]] = field(default_factory=dict)
    holidays: HolidayBook = field(default_factory=HolidayBook)
    observances: tuple[Observance, ...] = ()
    terms: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Names of holidays and subjects of special sessions by their English words, then by language."""

    @classmethod
    def read(cls, directory: Path | Traversable) -> Almanac:
        """Return the almanac of the YAML files in ``directory``.

        Raises AlmanacError naming file and key.
        """
        bodies = _bodies()
        found = _SessionData()
        for slug, value in read_yaml(directory, "sessions.yaml").items():
            entry = Entry(f"sessions.yaml: {slug}", value)
            _read_sessions(found, slug, bodies[slug].sessions if slug in bodies else None, entry)
            entry.done()
        return cls(
            bodies=bodies,
            rules=found.rules,
            openings=found.openings,
            first_years=found.first_years,
            closes_with_next=found.closes_with_next,
            thirds=found.thirds,
            cycles=found.cycles,
            special=found.special,
            parts=found.parts,
            holidays=read_holidays(directory),
            observances=read_observances(directory),
            terms={
                words: _term(Entry(f"terms.yaml: {words}", value))
                for words, value in read_yaml(directory, "terms.yaml").items()
            },
        )

    def say(self, words: str, language: str) -> str:
        """Return the name of a holiday, subject or part in ``language``.

        The English words where there is no translation.
        """
        return self.terms.get(words, {}).get(language, words)

    def body_of(self, token: str) -> str | None:
        """Return the slug of the body of a session token (``GA73`` or ``GA``).

        None for an unknown token.
        """
        letters = re.match(r"[A-Za-z]*", token)
        word = letters[0] if letters else ""
        return next((body.slug for body in self.bodies.values() if body.token == word), None)

    def token_of(self, body: str, number: int) -> str | None:
        """Return the token of session ``number`` (or year) of the body with that slug.

        None for a body without tokens.
        """
        known = self.bodies.get(body)
        return f"{known.token}{number}" if known and known.sessions not in {"none", "parts"} else None


@cache
def almanac() -> Almanac:
    """Return the almanac that comes with the package, read once.

    >>> almanac().say("Labour Day", "fr")
    'Fête du travail'
    """
    return Almanac.read(resources.files("app.almanac"))


# --- reading --------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _SessionData:
    """What sessions.yaml holds, by slug of the body."""

    rules: dict[str, tuple[SessionRule, ...]] = field(default_factory=dict)
    openings: dict[str, Mapping[int, Opening]] = field(default_factory=dict)
    first_years: dict[str, int] = field(default_factory=dict)
    closes_with_next: dict[str, int] = field(default_factory=dict)
    thirds: dict[str, Thirds] = field(default_factory=dict)
    cycles: dict[str, tuple[Cycle, ...]] = field(default_factory=dict)
    special: dict[str, tuple[SpecialSession, ...]] = field(default_factory=dict)
    parts: dict[str, tuple[PartRule, ...]] = field(default_factory=dict)


def _read_sessions(found: _SessionData, slug: str, count: str | None, entry: Entry) -> None:
    """Add the entry of a body, whose sessions are counted by ``count``, to ``found``."""
    match count:
        case "dated":
            found.first_years[slug] = entry.number("first-year")
            if since := entry.number("closes-with-next-from", 0):
                found.closes_with_next[slug] = since
            found.rules[slug] = tuple(_rule(item) for item in entry.entries("rules"))
            found.openings[slug] = _openings(entry)
        case "thirds":
            found.thirds[slug] = Thirds(
                session=entry.number("session"),
                year=entry.number("year"),
                first=entry.number("first"),
                windows=tuple(_month_days(entry.where, text) for text in entry.texts("thirds")),
                source=entry.text("source"),
            )
            found.openings[slug] = _openings(entry)
        case "years":
            found.cycles[slug] = tuple(_cycle(item) for item in entry.entries("cycles"))
        case "parts":
            pass
        case _:
            raise AlmanacError(
                f"{slug!r} has no dated sessions", where=entry.where, hint="see `sessions` in app/registry/bodies"
            )
    found.special[slug] = tuple(_special(item) for item in entry.entries("special", optional=True))
    found.parts[slug] = tuple(_part(item) for item in entry.entries("parts", optional=True))


def _openings(entry: Entry) -> Mapping[int, Opening]:
    """Return the openings of an entry by number of the session."""
    openings = [_opening(item) for item in entry.entries("openings")]
    return {opening.session: opening for opening in openings}


def _term(entry: Entry) -> Mapping[str, str]:
    term: dict[str, str] = {
        language: text for language in LANGUAGES if language != "en" and (text := entry.text(language, ""))
    }
    entry.done()
    return term


def _bodies() -> dict[str, Body]:
    return {
        slug: Body(
            slug=slug,
            token=body.token,
            sessions=count.count,
            source=count.source,
            number=count.number,
            year=count.year,
            since=count.since,
            month=count.month,
        )
        for slug, body in registry().bodies.items()
        if (count := body.sessions) is not None
    }


def _range(where: str, text: str) -> tuple[int, int | None]:
    match = re.match(r"(\d{1,4})-(\d{0,4})\Z", text)
    if not match:
        raise AlmanacError(f"not a range: {text!r}", where=where, hint="58-77, or 78- for 'and on'")
    return int(match[1]), int(match[2]) if match[2] else None


def _rule(entry: Entry) -> SessionRule:
    first, last = _range(entry.where, entry.text("sessions"))
    debate = entry.text("debate", "")
    rule = SessionRule(
        first=first,
        last=last,
        opens=DayRule(entry.text("opens")),
        debate=DayRule(debate) if debate else None,
        rule=entry.text("rule"),
        source=entry.text("source"),
    )
    entry.done()
    for part in (rule.opens, rule.debate):
        if part:
            part.day(2000, date(2000, 9, 5))  # refuses words that are no rule
    return rule


def _opening(entry: Entry) -> Opening:
    opening = Opening(
        session=entry.number("session"),
        opens=entry.must_day("opens"),
        closes=entry.day("closes"),
        debate=entry.day("debate"),
        source=entry.text("source"),
        note=entry.text("note", ""),
    )
    entry.done()
    return opening


def _month_day(where: str, text: str) -> tuple[int, int]:
    try:
        day = date.fromisoformat(f"2000-{text}")
    except ValueError as error:
        raise AlmanacError(f"not a day of the year: {text!r}", where=where, hint="as in 07-31") from error
    return day.month, day.day


def _month_days(where: str, text: str) -> tuple[tuple[int, int], tuple[int, int]]:
    first, slash, last = text.partition("/")
    if not slash:
        raise AlmanacError(f"not a window: {text!r}", where=where, hint="as in 06-01/07-31")
    return _month_day(where, first), _month_day(where, last)


def _cycle(entry: Entry) -> Cycle:
    first, last = _range(entry.where, entry.text("years"))
    window = entry.text("window", "")
    if window:
        start, end = _month_days(entry.where, window)
    else:
        start = _month_day(entry.where, entry.text("from-previous-year"))
        end = _month_day(entry.where, entry.text("until"))
    cycle = Cycle(first, last, start, end, previous=not window, source=entry.text("source"))
    entry.done()
    return cycle


def _special(entry: Entry) -> SpecialSession:
    found = SpecialSession(
        session=entry.text("session"),
        opens=entry.must_day("opens"),
        closes=entry.day("closes"),
        about=entry.text("about"),
        source=entry.text("source"),
    )
    entry.done()
    return found


def _part(entry: Entry) -> PartRule:
    opens, within = entry.text("opens", ""), entry.text("within", "")
    part = PartRule(
        name=entry.text("name"),
        first=entry.number("first"),
        last=entry.number("last", 0) or None,
        opens=DayRule(opens) if opens else None,
        weeks=entry.number("weeks", 0),
        within=_month_days(entry.where, within) if within else None,
        source=entry.text("source"),
    )
    entry.done()
    if part.opens:
        part.opens.day(2000)
    if (part.opens is None) == (part.within is None) or (part.opens is None) != (part.weeks == 0):
        raise AlmanacError("a part opens on a day for some weeks, or lies within two days", where=entry.where)
    return part
