"""What a reader asks of a feed in its address: filters and ways of showing; parsed, bounded, put in one order.

Filters combine by AND across parameters and by OR within one (repeated, or separated by commas). Two addresses that
ask the same thing have one ``FeedOptions`` and one ``query()``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final
from urllib.parse import urlencode

from app.almanac import body_of
from app.errors import SymbolError, UnknownLanguage, UnknownParameter, message
from app.model import FIRST_YEAR, LANGUAGES, LAST_YEAR, Event, Kind, Status
from app.model.calendar_date import CalendarDate
from app.model.symbols import parse_symbol

FILTERS: Final = (
    "kind", "actor", "bearer", "addressee", "body", "session", "topic", "resolution", "status", "q", "from", "to",
)  # fmt: skip
"""The parameters that choose events; pages and the events API take the same."""
SHOWS: Final = ("lang", "cancelled", "windows", "milestones", "targets", "budget", "alarm", "as", "timed")
"""The parameters that say how a feed shows its events."""
FEEDS: Final = ("all", "sessions", "observances", "holidays")
"""The names of feeds, beside those of single instruments."""
RESOLUTION: Final = "resolution/"
"""What the name of an instrument's feed begins with; its slug follows."""
RESET: Final = "v"
"""A parameter without meaning: a new value makes a program that caches by address read the feed again."""

TRACKING: Final = frozenset({
    "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "ttclid", "twclid", "igshid",
    "li_fat_id", "mc_cid", "mc_eid", "mkt_tok", "_ga", "_gl", "_hsenc", "_hsmi", "ref_src", "si",
})  # fmt: skip
"""Parameters that social networks, mail services and search engines add to the links that they show."""

_SLUG: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,119}\Z")
_INSTRUMENT_SLUG: Final = re.compile(r"[A-Z][A-Za-z0-9.-]{0,158}[A-Za-z0-9]\Z")
_SESSION: Final = re.compile(r"[A-Z][A-Za-z]{0,11}\d{1,4}\Z")
_ALARM: Final = re.compile(r"P(?:(\d{1,3})D|(\d{1,2})W|T(\d{1,3})H)\Z")


@dataclass(frozen=True, slots=True)
class FeedOptions:
    """Which events a feed shows, and how.

    ``statuses`` are those of the day of asking. ``start`` and ``end`` are inclusive days; an empty tuple or string
    selects everything.

    ``cancelled``: ``keep`` shows STATUS:CANCELLED, ``mark`` shows the event with a marked title (for programs that
    hide cancelled events), ``drop`` leaves it out. ``windows``: ``start`` shows a session or span on its first day,
    ``span`` on all its days, ``none`` not at all. ``alarm`` is the time of a reminder before the start.
    ``shape``: ``todo`` writes reports, deadlines and agenda items as to-dos. ``timed`` shows events whose time of day
    is known at that time, else on the whole day. ``targets`` and ``budget`` (``yes`` or ``no``) show or leave out goals
    such as "by 2030" and budget periods; where they are empty the feed decides.
    """

    kinds: tuple[Kind, ...] = ()
    actors: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    bearers: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    sessions: tuple[str, ...] = ()
    resolutions: tuple[str, ...] = ()
    statuses: tuple[Status, ...] = ()
    text: str = ""
    start: date | None = None
    end: date | None = None
    language: str = "en"
    cancelled: str = "keep"
    windows: str = "start"
    milestones: bool = False
    alarm: timedelta | None = None
    shape: str = "event"
    timed: bool = True
    targets: str = ""
    budget: str = ""

    def leaves_out(self, event: Event, *, by_default: bool) -> bool:
        """Return whether an event is a goal or a budget period that the reader does not want.

        ``by_default`` says whether the feed leaves them out where the reader says nothing.
        """
        wishes = ((event.target, self.targets), (event.budget, self.budget))
        return any(flag and (wish == "no" or (not wish and by_default)) for flag, wish in wishes)

    def render_key(self) -> tuple[object, ...]:
        """Return the options that change an event's bytes, as opposed to which events are chosen."""
        shown = (self.language, self.cancelled, self.windows, self.milestones, self.alarm, self.shape, self.timed)
        return (*shown, self.targets, self.budget)

    def pairs(self, language: str = "en") -> tuple[tuple[str, str], ...]:
        """Return the parameters in canonical order, without defaults.

        ``language`` is the default language.
        """
        pairs: list[tuple[str, str]] = [("kind", kind.value) for kind in self.kinds]
        pairs += [("actor", slug) for slug in self.actors]
        pairs += [("bearer", slug) for slug in self.bearers]
        pairs += [("addressee", slug) for slug in self.addressees]
        pairs += [("body", slug) for slug in self.bodies]
        pairs += [("session", token) for token in self.sessions]
        pairs += [("topic", slug) for slug in self.topics]
        pairs += [("resolution", slug) for slug in self.resolutions]
        pairs += [("status", status.value) for status in self.statuses]
        pairs += [("q", self.text)] if self.text else []
        pairs += [("from", self.start.isoformat())] if self.start else []
        pairs += [("to", self.end.isoformat())] if self.end else []
        pairs += [("lang", self.language)] if self.language != language else []
        pairs += [("cancelled", self.cancelled)] if self.cancelled != "keep" else []
        pairs += [("windows", self.windows)] if self.windows != "start" else []
        pairs += [("milestones", "yes")] if self.milestones else []
        pairs += [("alarm", format_alarm(self.alarm))] if self.alarm is not None else []
        pairs += [("as", self.shape)] if self.shape != "event" else []
        pairs += [] if self.timed else [("timed", "no")]
        pairs += [("targets", self.targets)] if self.targets else []
        pairs += [("budget", self.budget)] if self.budget else []
        return tuple(pairs)

    def query(self, language: str = "en") -> str:
        """Return the parameters as a query string, without the question mark.

        >>> FeedOptions(kinds=(Kind.REPORT,), alarm=timedelta(days=7)).query()
        'kind=report&alarm=P7D'
        """
        return urlencode(self.pairs(language))


def is_tracking_parameter(name: str) -> bool:
    """Return whether a parameter only tracks the reader of a link.

    That includes what is left over from a badly escaped ``&``.

    >>> [is_tracking_parameter(name) for name in ("utm_source", "fbclid", "amp;", "kind")]
    [True, True, True, False]
    """
    return name in TRACKING or name.startswith("utm_") or name in ("", "amp;", "amp")


def strip_tracking(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the parameters without tracking ones.

    ``amp;lang`` (an ``&`` escaped twice) becomes ``lang``.

    >>> strip_tracking([("kind", "report"), ("amp;lang", "fr"), ("utm_source", "x"), ("amp;", "")])
    [('kind', 'report'), ('lang', 'fr')]
    """
    named = [(name.removeprefix("amp;"), value) for name, value in pairs]
    return [(name, value) for name, value in named if not is_tracking_parameter(name)]


def format_alarm(alarm: timedelta) -> str:
    """Return a duration of whole hours as RFC 5545 writes it.

    >>> format_alarm(timedelta(days=7)), format_alarm(timedelta(hours=12))
    ('P7D', 'PT12H')
    """
    hours = int(alarm.total_seconds()) // 3600
    return f"P{hours // 24}D" if hours % 24 == 0 else f"PT{hours}H"


def parse(pairs: Iterable[tuple[str, str]], *, language: str = "en", known: Iterable[str] = ()) -> FeedOptions:
    """Return the options that the parameters of a query select.

    An empty value selects nothing. ``language`` is the default for ``lang``; ``known`` are further parameters, ignored
    here. Raises UnknownParameter with the list of known ones, UnknownLanguage.

    >>> parse([("kind", "report"), ("from", "2018-05")]).start
    datetime.date(2018, 5, 1)
    """
    options = FeedOptions(language=language)
    passed = {*known, RESET}
    lists: dict[str, dict[str, None]] = {}
    for name, raw in strip_tracking(pairs):
        if name in passed:
            continue
        if name not in _READERS and name not in _LISTS:
            names = ", ".join((*FILTERS, *SHOWS, *known))
            raise UnknownParameter(
                message("unknown parameter {name}", name=repr(name[:60])),
                where="query",
                hint=message("use one of {known}", known=names),
            )
        value = raw.strip()
        if not value:
            continue
        if name in _LISTS:
            lists.setdefault(name, {}).update(dict.fromkeys(_values(name, value)))
        else:
            options = _READERS[name](options, value)
    chosen = replace(
        options,
        kinds=tuple(kind for kind in Kind if kind.value in lists.get("kind", {})),
        actors=tuple(sorted(lists.get("actor", {}))),
        bodies=tuple(sorted(lists.get("body", {}))),
        topics=tuple(sorted(lists.get("topic", {}))),
        bearers=tuple(sorted(lists.get("bearer", {}))),
        addressees=tuple(sorted(lists.get("addressee", {}))),
        sessions=tuple(sorted(lists.get("session", {}))),
        resolutions=tuple(sorted(lists.get("resolution", {}))),
        statuses=tuple(status for status in Status if status.value in lists.get("status", {})),
    )
    if chosen.start and chosen.end and chosen.end < chosen.start:
        raise reversed_range()
    return chosen


_LISTS: Final = frozenset(FILTERS) - {"q", "from", "to"}


def _values(name: str, value: str) -> list[str]:
    values = [part.strip() for part in value.split(",") if part.strip()]
    if len(values) > 50:
        raise UnknownParameter(
            message("{count} values are too many", count=len(values)),
            where=name,
            hint=message("give at most 50 values"),
        )
    if name == "resolution":
        return [_resolution_slug(part) for part in values]
    for part in values:
        if name == "kind":
            _one_of("kind", part, tuple(Kind))
        elif name == "status":
            _one_of("status", part, tuple(Status))
        elif name == "session":
            _check_session(part)
        elif not _SLUG.match(part):
            raise UnknownParameter(
                message("invalid slug {text}", text=repr(part[:60])),
                where=name,
                hint=message("write lower-case words joined by hyphens, as in secretary-general"),
            )
    return values


def _resolution_slug(value: str) -> str:
    """Return the slug of an instrument given by its slug or its symbol.

    Raises UnknownParameter for other text.
    """
    if _INSTRUMENT_SLUG.match(value):
        return value
    try:
        return parse_symbol(value).slug
    except SymbolError as error:
        raise UnknownParameter(
            message("invalid slug {text}", text=repr(value[:60])),
            where="resolution",
            hint=message("write the slug as A-RES-72-251; see /resolutions"),
        ) from error


def _check_session(token: str) -> None:
    """Raise UnknownParameter for what is no token of a session of a known body."""
    if not _SESSION.match(token) or body_of(token) is None:
        raise unknown_value("session", token, ("GA82", "HRC64", "CSW71"))


def _one_of(name: str, value: str, known: tuple[str, ...]) -> str:
    if value not in known:
        raise unknown_value(name, value, known)
    return value


def unknown_value(name: str, value: str, known: Iterable[str]) -> UnknownParameter:
    """Return the error of a parameter's value that is not among ``known``.

    >>> raise unknown_value("as", "table", ("event", "todo"))
    Traceback (most recent call last):
    app.errors.UnknownParameter: unknown value 'table': as: use one of event, todo
    """
    return UnknownParameter(
        message("unknown value {value}", value=repr(value[:60])),
        where=name,
        hint=message("use one of {known}", known=", ".join(known)),
    )


def reversed_range() -> UnknownParameter:
    """Return the error of a range whose last day lies before its first.

    >>> raise reversed_range()
    Traceback (most recent call last):
    app.errors.UnknownParameter: the span ends before it begins: to: use a last day after the first
    """
    return UnknownParameter(
        message("the span ends before it begins"),
        where="to",
        hint=message("use a last day after the first"),
    )


def parse_day(value: str, name: str, *, last: bool = False) -> date:
    """Return the day that ``value`` names: ``2018-05-14``, ``2018-05``, ``2018``.

    Of a month or a year, that is the first day, or the ``last``. Days outside 1900 to 2199 are refused: no instrument
    names one, and libraries fail at the ends of the calendar. Raises UnknownParameter.

    >>> parse_day("2018-02", "to", last=True)
    datetime.date(2018, 2, 28)
    """
    invalid = UnknownParameter(
        message("invalid date {text}", text=repr(value[:40])),
        where=name,
        hint=message("write a day as 2018-05-14, a month as 2018-05 or a year as 2018"),
    )
    try:
        written = CalendarDate.parse(value)
    except ValueError as error:
        raise invalid from error
    day = written.last_day if last else written.first_day
    if day is None:
        raise invalid
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise UnknownParameter(
            message(
                "the date {text} is outside {first} to {last}", text=repr(value[:40]), first=FIRST_YEAR, last=LAST_YEAR
            ),
            where=name,
            hint=message("give a day in these years"),
        )
    return day


def _language(options: FeedOptions, value: str) -> FeedOptions:
    if value not in LANGUAGES:
        raise UnknownLanguage(
            message("unknown language {asked}", asked=repr(value[:20])),
            where="lang",
            hint=message("use one of {known}", known=", ".join(LANGUAGES)),
        )
    return replace(options, language=value)


def _text(options: FeedOptions, value: str) -> FeedOptions:
    if len(value) > 200:
        raise UnknownParameter(
            message("the search text exceeds 200 characters"), where="q", hint=message("shorten the search text")
        )
    return replace(options, text=" ".join(value.split()))


def _alarm(options: FeedOptions, value: str) -> FeedOptions:
    match = _ALARM.match(value)
    if not match:
        raise UnknownParameter(
            message("invalid alarm time {value}", value=repr(value[:20])),
            where="alarm",
            hint=message("write P7D, P2W or PT12H"),
        )
    days, weeks, hours = (int(part or 0) for part in match.groups())
    return replace(options, alarm=timedelta(days=days, weeks=weeks, hours=hours))


_READERS: Final[dict[str, Callable[[FeedOptions, str], FeedOptions]]] = {
    "q": _text,
    "from": lambda options, value: replace(options, start=parse_day(value, "from")),
    "to": lambda options, value: replace(options, end=parse_day(value, "to", last=True)),
    "lang": _language,
    "cancelled": lambda options, value: replace(
        options, cancelled=_one_of("cancelled", value, ("keep", "mark", "drop"))
    ),
    "windows": lambda options, value: replace(options, windows=_one_of("windows", value, ("start", "span", "none"))),
    "milestones": lambda options, value: replace(
        options, milestones=_one_of("milestones", value, ("yes", "no")) == "yes"
    ),
    "alarm": _alarm,
    "targets": lambda options, value: replace(options, targets=_one_of("targets", value, ("yes", "no"))),
    "budget": lambda options, value: replace(options, budget=_one_of("budget", value, ("yes", "no"))),
    "as": lambda options, value: replace(options, shape=_one_of("as", value, ("event", "todo"))),
    "timed": lambda options, value: replace(options, timed=_one_of("timed", value, ("yes", "no")) == "yes"),
}
