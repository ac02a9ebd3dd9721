"""What a ``When`` is made of: relations, anchors, sessions, points, recurrences."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, TypeAlias

from app.model.calendar_date import CalendarDate
from app.model.duration import Duration

_SESSION: Final = re.compile(
    r"(session:)?(?:([A-Za-z]{2,12}?)?(\d{1,4})|(next|current))(?:/(main|resumed|end))?\Z", re.A
)
_SHIFTED: Final = re.compile(r"(.{1,24}?)([+-])(P[0-9.YMWDTH]{2,16})\Z", re.ASCII)
_YEARLY: Final = re.compile(r"--(\d\d)(?:-(\d\d))?(?:/--(\d\d)(?:-(\d\d))?)?\Z", re.ASCII)


class Relation(StrEnum):
    """How a time expression relates to what it dates; empty is at, on, in, during."""

    AT = ""
    BY = "by"
    """On that day or sooner: by, no later than, on or before."""
    BEFORE = "before"
    """Sooner than its first day: before, prior to; of a length, counted back from its anchor."""
    NOT_BEFORE = "not-before"
    """On its first day or later: not before, no earlier than."""
    UNTIL = "until"
    """Lasts to its last day, inclusive: until, through, up to, ending on, expiring on."""
    UNTIL_EXCLUDING = "until-excluding"
    """Lasts to the day before its first day: until but not including."""
    FROM = "from"
    """Starts on its first day and goes on: from, as from, as of, beginning, with effect from."""
    AFTER = "after"
    """Later than its last day: after, following; of a length, counted on from its anchor."""
    SINCE = "since"
    """Has lasted since."""
    WITHIN = "within"
    """Within a length of time, or during a span."""
    FOR = "for"
    """Lasts so long: for, for a period of, of a duration of."""
    END = "end"
    """At the end of, towards the end of."""
    START = "start"
    """At the beginning of, early in."""
    MID = "mid"
    """In the middle of."""
    EVERY = "every"
    """Repeats: each, every."""


class Anchor(StrEnum):
    """What a length of time is counted from, where that has no day of its own."""

    ADOPTION = "adoption"
    EXPIRY = "expiry"
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class SessionName:
    """A session: ``GA73``, ``session:73``, ``next``.

    ``body`` holds the letters of the token; the last two have no body yet.

    ``number`` of a body that counts by years is the year; ``relative`` is ``next`` or ``current``, ``part`` ``main``,
    ``resumed`` or ``end`` (its last day).
    """

    body: str = ""
    number: int | None = None
    relative: str = ""
    part: str = ""
    prefixed: bool = False

    @classmethod
    def parse(cls, text: str) -> SessionName:
        """Return the session that ``text`` notes. Raises ValueError.

        >>> SessionName.parse("GA73/main").number, SessionName.parse("next").relative
        (73, 'next')
        """
        match = _SESSION.match(text)
        if match is None or (match[3] and not match[2] and not match[1]):
            raise ValueError(f"{text!r} is no time")
        number = int(match[3]) if match[3] else None
        return cls(match[2] or "", number, match[4] or "", match[5] or "", bool(match[1]))

    def __str__(self) -> str:
        name = f"{self.body}{self.number}" if self.number is not None else self.relative
        return ("session:" if self.prefixed else "") + name + (f"/{self.part}" if self.part else "")

    @property
    def is_numbered(self) -> bool:
        """Whether both the body and the number, or year, of the session are known.

        >>> [SessionName.parse(text).is_numbered for text in ("GA73", "GA79/end", "session:73", "next")]
        [True, True, False, False]
        """
        return bool(self.body) and self.number is not None

    @property
    def token(self) -> str:
        """The name without its part: ``GA73`` of ``GA73/main``."""
        return str(replace(self, part="")) if self.part else str(self)


Base: TypeAlias = CalendarDate | SessionName | Anchor


@dataclass(frozen=True, slots=True)
class Point:
    """A day, month, year, session or anchor, moved by ``shift``.

    ``sign`` is 1 for forward, -1 for back.
    """

    base: Base
    shift: Duration | None = None
    sign: int = 1

    @classmethod
    def parse(cls, text: str) -> Point:
        """Return the point that ``text`` notes. Raises ValueError.

        >>> str(Point.parse("GA73-P6W").base), Point.parse("2018-03").shift
        ('GA73', None)
        """
        if (dated := CalendarDate.try_parse(text)) is not None:
            return cls(dated)
        if (shifted := _SHIFTED.match(text)) is not None:
            return cls(_parse_base(shifted[1]), Duration.parse(shifted[3]), 1 if shifted[2] == "+" else -1)
        return cls(_parse_base(text))

    def __str__(self) -> str:
        moved = f"{'+' if self.sign > 0 else '-'}{self.shift}" if self.shift is not None else ""
        return f"{self.base}{moved}"

    @property
    def is_period(self) -> bool:
        """Whether it is a length of time that begins on a day: ``2019-07-01+P3Y``."""
        counted = self.shift is not None and self.sign > 0 and not self.shift.working_days
        return counted and isinstance(self.base, CalendarDate)

    @property
    def calendar_date(self) -> CalendarDate | None:
        """The calendar date that it is, not moved; None of any other point."""
        return self.base if self.shift is None and isinstance(self.base, CalendarDate) else None

    @property
    def days(self) -> tuple[date | None, date | None]:
        """First and last day, inclusive; None where the calendar alone does not give them."""
        if not isinstance(self.base, CalendarDate) or self.base.year is None:
            return None, None
        first, last = self.base.first_day, self.base.last_day
        if self.shift is None or first is None or last is None:
            return first, last
        if self.shift.working_days or self.shift.tenths:
            return None, None
        if self.is_period:
            return first, self.shift.add_to(first) - timedelta(1)
        moved = self.shift.add_to(first, self.sign)
        return moved, moved

    @property
    def last_day(self) -> Point:
        """A calendar date as its last day, any other point unchanged.

        >>> str(Point.parse("2018-02").last_day), str(Point.parse("GA73").last_day)
        ('2018-02-28', 'GA73')
        """
        day = self.days[1]
        return Point(CalendarDate.of_day(day)) if day is not None else self

    def beside(self, sign: int) -> Point:
        """Return the day after it, or before it where ``sign`` is -1.

        A point without days is returned unchanged.

        >>> str(Point.parse("2018-02").beside(1)), str(Point.parse("2018-02").beside(-1))
        ('2018-03-01', '2018-01-31')
        """
        day = self.days[1 if sign > 0 else 0]
        return Point(CalendarDate.of_day(day + timedelta(sign))) if day is not None else self


def _parse_base(text: str) -> Base:
    """Return the anchor, date or session that ``text`` notes."""
    if text in (Anchor.ADOPTION, Anchor.EXPIRY, Anchor.EVENT):
        return Anchor(text)
    return CalendarDate.try_parse(text) or SessionName.parse(text)


@dataclass(frozen=True, slots=True)
class Recurrence:
    """How a time recurs: exactly one of ``every``, ``yearly``, ``rule``, ``each_session``.

    It recurs ``count`` times, or without end where ``count`` has no value.
    """

    every: Duration | None = None
    yearly: tuple[CalendarDate, CalendarDate] | None = None
    """First and last day, or month, of every year, without a ``year``."""
    rule: str = ""
    """An RFC 5545 rule, as ``FREQ=YEARLY;BYMONTH=5;BYDAY=2SU``."""
    each_session: bool = False
    count: int | None = None

    @classmethod
    def parse(cls, text: str, count: int | None = None) -> Recurrence:
        """Return the recurrence of the rule ``text``, without its ``R/``. Raises ValueError.

        >>> str(Recurrence.parse("--09-26")), str(Recurrence.parse("P1Y", 3))
        ('R/--09-26', 'R3/P1Y')
        """
        if text == "session":
            return cls(each_session=True, count=count)
        if text.startswith("P"):
            return cls(every=Duration.parse(text), count=count)
        if text.startswith("FREQ="):
            return cls(rule=text, count=count)
        yearly = _YEARLY.match(text)
        if yearly is None:
            raise ValueError(f"{text!r} is no recurrence")
        first = CalendarDate.of(None, yearly[1], yearly[2])
        return cls(yearly=(first, CalendarDate.of(None, yearly[3], yearly[4]) if yearly[3] else first), count=count)

    @property
    def notation(self) -> str:
        """The rule alone: ``P1Y``, ``--09-26``, ``session`` or an RRULE value."""
        if self.every is not None:
            return str(self.every)
        if self.yearly is not None:
            days = dict.fromkeys(f"--{str(side).removeprefix('XXXX-')}" for side in self.yearly)
            return "/".join(days)
        return "session" if self.each_session else self.rule

    def __str__(self) -> str:
        return f"R{'' if self.count is None else self.count}/{self.notation}"
