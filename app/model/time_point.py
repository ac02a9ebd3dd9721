"""What a ``When`` is made of: relations, anchors, sessions, points, recurrences."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeAlias

from app.model.calendar_date import CalendarDate
from app.model.duration import Duration


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

    def __str__(self) -> str:
        name = f"{self.body}{self.number}" if self.number is not None else self.relative
        return ("session:" if self.prefixed else "") + name + (f"/{self.part}" if self.part else "")

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

    def __str__(self) -> str:
        moved = f"{'+' if self.sign > 0 else '-'}{self.shift}" if self.shift is not None else ""
        return f"{self.base}{moved}"

    @property
    def is_period(self) -> bool:
        """Whether it is a length of time that begins on a day: ``2019-07-01+P3Y``."""
        counted = self.shift is not None and self.sign > 0 and not self.shift.working_days
        return counted and isinstance(self.base, CalendarDate)

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
