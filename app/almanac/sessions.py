"""Sessions of the bodies: their days, their windows, and the session that stands on a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from app.almanac.body_sessions import body_session
from app.almanac.data import Almanac, Cycle, SessionRule, SpecialSession, almanac
from app.almanac.session_rows import BodySession, published_bodies
from app.model import Certainty, Session, SessionName, Step, When

_WHOLE: Final = "session"
"""Name of the part that is a committee's whole session of a year."""
_MAIN_PART: Final = "main"
_CALENDAR: Final = "United Nations calendar of conferences and meetings"
LAST_FORECAST: Final = 9000
"""No session is forecast beyond this year."""


@dataclass(frozen=True, slots=True)
class Context:
    """The position of an instrument: day of adoption, adopting body and its session.

    ``session`` of a body that names its sessions by year is the year. ``expiry`` is the day on which the mandate that
    the instrument speaks of ends, where its text says so.
    """

    adopted: date | None = None
    body: str | None = None
    session: int | None = None
    expiry: date | None = None


@dataclass(frozen=True, slots=True)
class SessionWindow:
    """The days within which a session lies, inclusive.

    ``opening`` is its first day where it is known or forecast.
    """

    start: date
    end: date
    certainty: Certainty
    opening: date | None
    proof: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a body's year.

    ``dated``: a rule or the calendar gives its days; otherwise it lies somewhere within them.
    """

    body: str
    name: str
    start: date
    end: date
    dated: bool
    source: str

    @property
    def words(self) -> str:
        """The English name."""
        return self.name.replace("-", " ").replace("high level", "high-level")


def session(body: str, number: int, book: Almanac | None = None) -> Session | None:
    """Return session ``number`` (or year) of a body; None where it has no such session.

    ``opens`` and ``closes`` are None where no day is known and no rule gives one. A regular session of the General
    Assembly closes on the day on which the next one opens; until the seventy-third on the day before.

    >>> session("general-assembly", 80).closes
    datetime.date(2026, 9, 8)
    """
    book = book or almanac()
    known = book.bodies.get(body)
    token = book.token_of(body, number)
    if known is None or token is None:
        return None
    real = book.openings.get(body, {}).get(number)
    rule = _rule(book, body, number)
    opens, source = (real.opens, real.source) if real else (None, rule.source if rule else known.source)
    closes = real.closes if real else None
    debate = real.debate if real else None
    if rule:
        year = _year(book, body, number)
        opens = opens or rule.opens.day(year)
        if debate is None and rule.debate:
            debate = rule.debate.day(year, opens)
        closes = closes or _closes_by_next(book, body, number)
    return Session(
        body=body,
        number=number,
        token=token,
        opens=opens,
        closes=closes,
        forecast=real is None,
        source=source,
        general_debate=debate,
        general_debate_forecast=debate is not None and (real is None or real.debate is None),
    )


def window(body: str, number: int, book: Almanac | None = None) -> SessionWindow | None:
    """Return the days within which session ``number`` (or year) of the body lies.

    None where no rule gives any.

    >>> window("general-assembly", 80).opening
    datetime.date(2025, 9, 9)
    """
    book = book or almanac()
    facts = {"body": body, "session": str(number)}
    at = session(body, number, book)
    if at and at.opens and at.closes:
        ended = _opens_real(book, body, number + 1) or _closes_real(book, body, number)
        rule = _rule(book, body, number)
        opening = (
            Step("session.forecast", {**facts, "opens": at.opens.isoformat(), "rule": rule.rule})
            if at.forecast and rule
            else Step("session.opening", {**facts, "opens": at.opens.isoformat(), "source": at.source})
        )
        closing = Step(
            _closing_rule(book, body, number), {**facts, "next": str(number + 1), "closes": at.closes.isoformat()}
        )
        certainty = Certainty.WINDOW if ended and not at.forecast else Certainty.FORECAST
        return SessionWindow(at.opens, at.closes, certainty, at.opens, (opening, closing))
    if at and body not in book.cycles and (dated := body_session(body, number)):
        return _calendar_window(dated, facts)
    span = _months(book, body, number)
    if span is None:
        return None
    start, end, source, certainty = span
    step = Step("session.months", {**facts, "start": start.isoformat(), "end": end.isoformat(), "source": source})
    return SessionWindow(start, end, certainty, None, (step,))


def _calendar_window(dated: BodySession, facts: Mapping[str, str]) -> SessionWindow:
    """Return the window of a session by the calendar of conferences.

    The calendar has its days, or its earlier rows give a rule.
    """
    days = {**facts, "start": dated.start.isoformat(), "end": dated.end.isoformat()}
    if dated.forecast and dated.expected is None:
        step = Step("session.months", {**days, "source": _CALENDAR})
        return SessionWindow(dated.start, dated.end, Certainty.FORECAST, None, (step,))
    if dated.expected is None:
        certainty = Certainty.WINDOW if dated.confirmed else Certainty.FORECAST
        return SessionWindow(dated.start, dated.end, certainty, dated.start, (Step("session.published", days),))
    step = Step("session.weekday", {**days, "opens": dated.expected.isoformat()})
    return SessionWindow(dated.start, dated.end, Certainty.FORECAST, dated.expected, (step,))


def session_on(body: str, day: date, book: Almanac | None = None) -> int | None:
    """Return the number (or year) of the session that runs on ``day``, or the last before.

    A body that meets for some weeks of the year stays in its last session until the next one opens. None if unknown.

    >>> session_on("general-assembly", date(2017, 12, 24))
    72
    """
    book = book or almanac()
    known = book.bodies.get(body)
    if known is None:
        return None
    match known.sessions:
        case "dated":
            number = day.year - book.first_years[body] + 1
            opens = _opens(book, body, number)
            # Without a known day in September, the month before October belongs to the session before.
            began = opens <= day if opens else day.month >= 10
            return number if began else (number - 1 or None)
        case "thirds":
            thirds = book.thirds[body]
            starts = [
                (date(day.year, *first), thirds.session + 3 * (day.year - thirds.year) + index)
                for index, (first, _) in enumerate(thirds.windows)
            ]
            begun = [number for start, number in starts if start <= day]
            number = begun[-1] if begun else starts[0][1] - 1
            return number if number > 0 else None
        case "years":
            # July closes a session; from August on the next one stands.
            cycle = _cycle(book, body, day.year + 1)
            return day.year + 1 if cycle and cycle.previous and day.month > cycle.end[0] else day.year
        case "numbered" if known.since <= day.year:
            number = known.number + day.year - known.year
            return number if day.month > known.month else number - 1
        case _:
            return None


def settle(when: When, context: Context, book: Almanac | None = None, body: str | None = None) -> When:
    """Return ``when`` with relative and bare session names replaced by tokens.

    ``session:73``, ``session:next`` and ``session:current`` become tokens such as ``GA73``. ``body`` is the slug of the
    body whose session is meant; without it, the adopting body's. The adopting session is that of ``context.session``,
    else the one that ran on the day of adoption. What cannot be resolved stays as it is.

    >>> str(settle(When.parse("../session:next"), Context(body="general-assembly", session=72)))
    '../GA73'
    """
    book = book or almanac()
    whose = body or context.body

    def name(mentioned: SessionName) -> SessionName:
        if mentioned.body:
            return mentioned
        number = mentioned.number
        if number is None and whose is not None:
            current = _current(whose, context, book)
            number = None if current is None else current + (mentioned.relative == "next")
        token = book.token_of(whose, number) if whose is not None and number is not None else None
        if token is not None:
            return replace(mentioned, body=token.removesuffix(str(number)), number=number, relative="", prefixed=False)
        return replace(mentioned, prefixed=mentioned.number is not None)

    return when.map_sessions(name)


def _current(body: str, context: Context, book: Almanac) -> int | None:
    if body == context.body and context.session is not None:
        return context.session
    return session_on(body, context.adopted, book) if context.adopted else None


def sessions(body: str, first: int, last: int, book: Almanac | None = None) -> Iterator[Session]:
    """Yield sessions ``first`` to ``last`` (inclusive) of the body, those it has.

    >>> [item.token for item in sessions("general-assembly", 72, 73)]
    ['GA72', 'GA73']
    """
    for number in range(first, last + 1):
        found = session(body, number, book)
        if found:
            yield found


def _year(book: Almanac, body: str, number: int) -> int:
    return book.first_years[body] + number - 1


def _rule(book: Almanac, body: str, number: int) -> SessionRule | None:
    if body in book.first_years and not 0 < number <= LAST_FORECAST - book.first_years[body]:
        return None
    rules = book.rules.get(body, ())
    return next((rule for rule in rules if rule.first <= number and (rule.last is None or number <= rule.last)), None)


def _opens(book: Almanac, body: str, number: int) -> date | None:
    real = _opens_real(book, body, number)
    rule = _rule(book, body, number)
    return real or (rule.opens.day(_year(book, body, number)) if rule else None)


def _opens_real(book: Almanac, body: str, number: int) -> date | None:
    real = book.openings.get(body, {}).get(number)
    return real.opens if real else None


def _closes_real(book: Almanac, body: str, number: int) -> date | None:
    real = book.openings.get(body, {}).get(number)
    return real.closes if real else None


def _closes_by_next(book: Almanac, body: str, number: int) -> date | None:
    """Return the last day of a session that the opening of the next one ends.

    None where that has no day.
    """
    following = _opens(book, body, number + 1)
    if following is None:
        return None
    return following if _closes_with_next(book, body, number) else following - timedelta(1)


def _closes_with_next(book: Almanac, body: str, number: int) -> bool:
    since = book.closes_with_next.get(body)
    return since is not None and number >= since


def _closing_rule(book: Almanac, body: str, number: int) -> str:
    """Return the rule of the step that says when a session with known or forecast days ends."""
    if _rule(book, body, number) is None or _closes_real(book, body, number):
        return "session.closing"
    if not _opens_real(book, body, number + 1):
        return "session.until-forecast"
    return "session.until-opening" if _closes_with_next(book, body, number) else "session.until-next"


def _cycle(book: Almanac, body: str, year: int) -> Cycle | None:
    cycles = book.cycles.get(body, ())
    return next((c for c in cycles if c.first <= year and (c.last is None or year <= c.last)), None)


def _months(book: Almanac, body: str, number: int) -> tuple[date, date, str, Certainty] | None:
    """Return the window of a session of which only the months are known."""
    rule = _rule(book, body, number)
    if rule and rule.opens.month:
        year = _year(book, body, number)
        # Between some day of September and the day before some day of the next.
        end = _opens(book, body, number + 1) or date(year + 1, rule.opens.month + 1, 1)
        return date(year, rule.opens.month, 1), end - timedelta(1), rule.source, Certainty.FORECAST
    thirds = book.thirds.get(body)
    if thirds and thirds.first <= number < (LAST_FORECAST - thirds.year) * 3:
        years, third = divmod(number - thirds.session, 3)
        first, last = thirds.windows[third]
        year = thirds.year + years
        return date(year, *first), date(year, *last), thirds.source, Certainty.FORECAST
    cycle = _cycle(book, body, number)
    if cycle and number <= LAST_FORECAST:
        return date(number - cycle.previous, *cycle.start), date(number, *cycle.end), cycle.source, Certainty.WINDOW
    return None


def parts(body: str, year: int, book: Almanac | None = None) -> tuple[Part, ...]:
    """Return the parts of a body's year, in order.

    They are segments, parts of an annual session, or the weeks of a committee. A committee's session is as published.
    All else is a forecast: a rule gives the opening, or only the months.

    >>> [(part.name, part.start.isoformat()) for part in parts("first-committee", 2026)]
    [('session', '2026-10-01')]
    """
    found = []
    for rule in (book or almanac()).parts.get(body, ()):
        if year < rule.first or (rule.last is not None and year > rule.last):
            continue
        opens = rule.opens.day(year) if rule.opens else None
        if rule.name == _WHOLE and (met := _met(body, year)):
            found.append(Part(body, rule.name, met.start, met.end, True, _CALENDAR))
            continue
        if opens:
            # Weeks end on their Friday.
            found.append(Part(body, rule.name, opens, opens + timedelta(rule.weeks * 7 - 3), True, rule.source))
        elif rule.within:
            first, last = rule.within
            found.append(Part(body, rule.name, date(year, *first), date(year, *last), False, rule.source))
    return tuple(found)


def _met(body: str, year: int) -> BodySession | None:
    """Return the published session of a committee that opens in ``year``.

    None where none is published.
    """
    known = published_bodies().get(body)
    rows = known.sessions if known is not None else ()
    return next((row for row in rows if row.start.year == year and row.part in {"", _MAIN_PART}), None)


def special_sessions(body: str = "general-assembly", book: Almanac | None = None) -> tuple[SpecialSession, ...]:
    """Return the special and emergency special sessions of a body.

    >>> special_sessions()[0].session
    'S-1'
    """
    return (book or almanac()).special.get(body, ())
