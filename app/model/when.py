"""``When``: a time as a resolution states it, before the almanac gives it days.

The notation is ISO 8601 with session tokens::

    2018-03-28   2018-03   2018                     a day, a month, a year
    2018-05-14/2018-05-16                           from the first to the last, both inclusive
    [2027-09-01..2027-09-07]                        on a day or days within (ISO 8601-2), as in a week that is named
    ../2019-06-30   2020-01-01/..                   until, from (inclusive)
    GA73   GA73/main   GA73/resumed   GA73/end      a session, a part of it, its last day
    session:73   session:next   next   current      a session of a body not yet known
    adoption+P60D   expiry-P30D   event+P2W         counted from an anchor; GA73-P6W from a session
    2019-07-01+P3Y   2027-05-04-P5WD                a period from a day; working days counted from a day
    R/P1Y   R/--09-26   R/--02-01/--02-07   R/--12  a frequency, a day, days or a month of every year
    R/session   R/FREQ=YEARLY;BYMONTH=5;BYDAY=2SU   at each session; an RFC 5545 rule
    GA73;R/P1Y                                      a recurrence and its first time
    XXXX-09-26   XXXX-05                            the text gives no year
    P60D                                            a length of time, counted from nothing yet
    TBD   undated                                   left to a later decision; the text fixes no time
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Final

from app.model.calendar_date import CalendarDate
from app.model.duration import Duration
from app.model.enums import TO_BE_DECIDED, UNDATED
from app.model.time_point import Point, Recurrence, Relation, SessionName

_LONGEST: Final = 300
"""Characters of the longest notation that is parsed."""
_OPEN: Final = ".."
_REPEAT: Final = re.compile(r"(?:(?P<anchor>[^;]{1,100});)?R(?P<count>\d{0,4})/(?P<rule>.{1,200})\Z", re.ASCII)
_WITHIN: Final = re.compile(r"\[([^\[\]/;]{4,60}?)\.\.([^\[\]/;]{4,60})\]\Z")
_PARTS: Final = frozenset({"main", "resumed", "end"})


@dataclass(frozen=True, slots=True)
class When:
    """A time in the notation of this module; ``str(When.parse(text)) == text``.

    A single time has the same ``start`` and ``end``; None marks an open side. ``recurrence`` alone has neither;
    ``length`` stands alone; ``state`` is TO_BE_DECIDED or UNDATED and stands alone. ``loose`` says that what happens
    lies within the days and need not fill them.
    """

    start: Point | None = None
    end: Point | None = None
    recurrence: Recurrence | None = None
    length: Duration | None = None
    state: str = ""
    loose: bool = False

    @classmethod
    def parse(cls, text: str) -> When:
        """Return the time that ``text`` notes. Raises ValueError, which says what is wrong.

        >>> When.parse("../GA73").end
        Point(base=SessionName(body='GA', number=73, relative='', part='', prefixed=False), shift=None, sign=1)
        >>> str(When.parse("2018-05-14/2018-05-16"))
        '2018-05-14/2018-05-16'
        """
        return _parse(text)

    @classmethod
    def try_parse(cls, text: str) -> When | None:
        """Return the time that ``text`` notes, or None.

        >>> print(When.try_parse("soon"))
        None
        """
        try:
            return _parse(text)
        except ValueError:
            return None

    @classmethod
    def of_days(cls, first: date | None, last: date | None) -> When:
        """Return the time from ``first`` to ``last``, inclusive; None leaves a side open.

        >>> str(When.of_days(date(2027, 5, 3), date(2027, 5, 5))), str(When.of_days(None, date(2027, 5, 5)))
        ('2027-05-03/2027-05-05', '../2027-05-05')
        """
        start, end = (Point(CalendarDate.of_day(day)) if day else None for day in (first, last))
        if start is None and end is None:
            raise ValueError("no day at all")
        return cls(start, end)

    def __str__(self) -> str:
        if self.state:
            return self.state
        if self.length is not None:
            return str(self.length)
        if self.loose:
            return f"[{self.start}..{self.end}]"
        span = ""
        if self.start is not None or self.end is not None:
            sides = (str(self.start) if self.start else _OPEN, str(self.end) if self.end else _OPEN)
            span = sides[0] if self.start == self.end else "/".join(sides)
        if self.recurrence is None:
            return span
        return f"{span};{self.recurrence}" if span else str(self.recurrence)

    @property
    def contract(self) -> str:
        """The published notation: days for a week, a session for its last day.

        The days published beside it distinguish both.

        >>> When.parse("[2027-09-01..2027-09-07]").contract, When.parse("../GA79/end").contract
        ('2027-09-01/2027-09-07', '../GA79')
        """
        return str(replace(self, loose=False).map_sessions(_without_end))

    # --- what it is -------------------------------------------------------------------------------------------------

    @property
    def single(self) -> Point | None:
        """The one point that it names, without recurrence; None for spans and open ends."""
        return self.start if self.start == self.end and self.recurrence is None else None

    @property
    def is_open(self) -> bool:
        """Whether one side is open: ``../2019-06-30``, ``2020-01-01/..``."""
        return (self.start is None) != (self.end is None)

    @property
    def points(self) -> tuple[Point, ...]:
        """The points of its sides; of a single time, one."""
        return tuple(point for point in dict.fromkeys((self.start, self.end)) if point is not None)

    @property
    def session(self) -> SessionName | None:
        """The session named alone or as the open side (``GA73``, ``../GA73``), or None."""
        points = self.points
        if len(points) == 1 and points[0].shift is None and isinstance(points[0].base, SessionName):
            return points[0].base
        return None

    @property
    def dates(self) -> tuple[CalendarDate | None, CalendarDate | None] | None:
        """The calendar dates of its sides where it names nothing else; None of an open side."""
        if self.recurrence is not None or not self.points:
            return None
        dates = [point.calendar_date for point in self.points]
        if None in dates:
            return None
        return (dates[0] if self.start else None), (dates[-1] if self.end else None)

    @property
    def is_calendar(self) -> bool:
        """Whether the time is a closed range of calendar dates of known years.

        A recurrence is not.

        >>> [When.parse(text).is_calendar for text in ("2019-06", "../2019-06", "GA73", "XXXX-06")]
        [True, False, False, False]
        """
        dates = self.dates
        return dates is not None and all(side is not None and side.year is not None for side in dates)

    @property
    def is_day(self) -> bool:
        """Whether it is one whole date of a known year."""
        first, last = self.dates or (None, None)
        return self.is_calendar and first == last and bool(first and first.day)

    @property
    def is_yearless(self) -> bool:
        """Whether a side is a date without a year: ``XXXX-09-26``."""
        dates = self.dates
        return dates is not None and any(side is not None and side.year is None for side in dates)

    @property
    def is_year(self) -> bool:
        """Whether it is one whole year of the calendar: ``2018``.

        >>> [When.parse(text).is_year for text in ("2018", "2018-03", "../2018", "2018/2019", "2018;R/P1Y")]
        [True, False, False, False, False]
        """
        return self.year is not None and self.single == Point(CalendarDate(self.year))

    @property
    def year(self) -> int | None:
        """The year of the one date that it names, or None.

        >>> When.parse("2018-03").year, When.parse("../2018").year, When.parse("XXXX-03").year
        (2018, None, None)
        """
        first, _ = self.dates or (None, None)
        return first.year if first is not None and self.single is not None else None

    @property
    def names_day(self) -> bool:
        """Whether a side or a yearly recurrence is precise to the day of the month.

        >>> [When.parse(text).names_day for text in ("../2018-03-28", "R/--09-26", "2018-03/2018-05", "GA73")]
        [True, True, False, False]
        """
        dates = [point.base for point in self.points if isinstance(point.base, CalendarDate)]
        if self.recurrence is not None and self.recurrence.yearly is not None:
            dates += self.recurrence.yearly
        return any(date_.day is not None for date_ in dates)

    @property
    def is_until_year_end(self) -> bool:
        """Whether it has an open start and ends with a year: ``../2030-12-31``.

        >>> When.parse("../2030-12-31").is_until_year_end, When.parse("2030-12-31").is_until_year_end
        (True, False)
        """
        _, end = self.dates or (None, None)
        return self.start is None and end is not None and end.year is not None and end.month_day == (12, 31)

    @property
    def unresolved_session(self) -> SessionName | None:
        """The session named alone whose body is not yet known, or None.

        >>> str(When.parse("session:73").unresolved_session), When.parse("GA73").unresolved_session
        ('session:73', None)
        """
        name = self.session if self.single is not None else None
        return name if name is not None and name.prefixed and not name.body and not name.part else None

    # --- its days ---------------------------------------------------------------------------------------------------

    @property
    def first_day(self) -> date | None:
        """The first day, where the calendar alone gives it.

        None for an open start, a session or an anchor.

        >>> When.parse("2019-06").first_day
        datetime.date(2019, 6, 1)
        """
        return self.start.days[0] if self.start else None

    @property
    def last_day(self) -> date | None:
        """The last day, inclusive, where the calendar alone gives it.

        >>> When.parse("../2019-06").last_day, When.parse("2019-07-01+P3Y").last_day
        (datetime.date(2019, 6, 30), datetime.date(2022, 6, 30))
        """
        return self.end.days[1] if self.end else None

    def sort_key(self) -> tuple[date, date, str]:
        """Return what orders times: first day, last day, notation; what has no day comes last.

        >>> sorted(map(When.parse, ("GA73", "2019", "../2018")), key=When.sort_key)[0].last_day
        datetime.date(2018, 12, 31)
        """
        first, last = self.first_day, self.last_day
        return first or last or date.max, last or date.max, str(self)

    def __lt__(self, other: When) -> bool:
        return self.sort_key() < other.sort_key()

    def overlaps(self, other: When) -> bool:
        """Return whether both hold a day in common; False where the calendar alone does not tell.

        >>> When.parse("2019-06").overlaps(When.parse("2019-06-30/..")), When.parse("GA73").overlaps(When.parse("2018"))
        (True, False)
        """
        mine, others = _bounds(self), _bounds(other)
        return mine is not None and others is not None and mine[0] <= others[1] and others[0] <= mine[1]

    # --- times made of it -------------------------------------------------------------------------------------------

    def related(self, relation: str) -> When:
        """Return the time that ``relation`` (a Relation) makes of this one, bounds inclusive.

        Raises ValueError for a recurrence, a length and a state, which have no bounds.

        >>> [str(When.parse(text).related(relation)) for text, relation in (
        ...     ("2028", "before"), ("2028-03", "after"), ("2028-03-01", "not-before"), ("GA79", "by"))]
        ['../2027-12-31', '2028-04-01/..', '2028-03-01/..', '../GA79']
        """
        if not self.points or self.recurrence is not None:
            raise ValueError(f"no bounds: {self}")
        first, last = self.points[0], self.points[-1]
        match relation:
            case Relation.BY | Relation.UNTIL | Relation.END:
                return When(None, last.last_day)
            case Relation.BEFORE | Relation.UNTIL_EXCLUDING:
                return When(None, first.beside(-1))
            case Relation.FROM | Relation.NOT_BEFORE | Relation.SINCE:
                return When(first, None)
            case Relation.AFTER:
                return When(last.beside(1), None)
            case Relation.WITHIN if first.days[0] is not None and last.days[1] is not None:
                return replace(self, loose=True)
        return self

    def shifted(self, duration: Duration, sign: int = 1) -> When:
        """Return the point ``duration`` after its last day, or (``sign`` -1) before its first.

        A calendar date moves at once, except by working days, which the almanac knows; a session or anchor keeps the
        shift in its notation. Raises ValueError where there is no such side, or it is shifted already.

        >>> [str(When.parse(text).shifted(Duration.parse(length), sign)) for text, length, sign in (
        ...     ("2027-01-31", "P1M", 1), ("2027-09-06/2027-09-10", "P6W", -1), ("GA73", "P6W", -1))]
        ['2027-02-28', '2027-07-26', 'GA73-P6W']
        """
        side = self.end if sign > 0 else self.start
        if side is None or side.shift is not None or self.recurrence is not None:
            raise ValueError(f"cannot be shifted: {self}")
        day = side.days[1 if sign > 0 else 0]
        if day is not None and not duration.working_days:
            side = Point(CalendarDate.of_day(duration.add_to(day, sign)))
        elif day is not None:
            side = Point(CalendarDate.of_day(day), duration, sign)
        else:
            side = Point(side.base, duration, sign)
        return When(side, side)

    def map_sessions(self, change: Callable[[SessionName], SessionName]) -> When:
        """Return this time with ``change`` applied to every session that it names.

        >>> str(When.parse("session:73;R/P1Y").map_sessions(lambda name: SessionName("GA", name.number)))
        'GA73;R/P1Y'
        """

        def changed(point: Point | None) -> Point | None:
            if point is None or not isinstance(point.base, SessionName):
                return point
            return replace(point, base=change(point.base))

        return replace(self, start=changed(self.start), end=changed(self.end))

    def every_year(self) -> When:
        """Return its days or months in every year, whatever their year; inclusive.

        Raises ValueError for an open side, and for a side without a month.

        >>> str(When.parse("XXXX-09-26").every_year()), str(When.parse("XXXX-02-01/XXXX-02-07").every_year())
        ('R/--09-26', 'R/--02-01/--02-07')
        """
        first, last = self.dates or (None, None)
        if first is None or last is None or first.month is None or last.month is None:
            raise ValueError(f"no day or month of the year: {self}")
        return When(recurrence=Recurrence(yearly=(replace(first, year=None), replace(last, year=None))))

    def in_year(self, year: int) -> When:
        """Return the time with ``year`` for the first side without a year.

        A last side that would precede it is in the next year.

        >>> str(When.parse("XXXX-12-15/XXXX-01-03").in_year(2027))
        '2027-12-15/2028-01-03'
        """

        def dated(point: Point | None, value: int) -> Point | None:
            if point is None or not isinstance(point.base, CalendarDate) or point.base.year is not None:
                return point
            return replace(point, base=point.base.in_year(value))

        first, last = self.dates or (None, None)
        turns = first is not None and last is not None and last.month_day < first.month_day
        return replace(self, start=dated(self.start, year), end=dated(self.end, year + turns))


# --- the notation ---------------------------------------------------------------------------------------------------


@lru_cache(maxsize=16384)
def _parse(text: str) -> When:
    if len(text) > _LONGEST:
        raise ValueError(f"longer than {_LONGEST} characters")
    if text in {TO_BE_DECIDED, UNDATED}:
        return When(state=text)
    if (text[:1] == "P" and not text[1:2].isalpha()) or text[:2] == "PT":
        return When(length=Duration.parse(text))
    if within := _WITHIN.match(text):
        return replace(_interval(f"{within[1]}/{within[2]}"), loose=True)
    if repeat := _REPEAT.match(text):
        anchor = _interval(repeat["anchor"]) if repeat["anchor"] else When()
        count = int(repeat["count"]) if repeat["count"] else None
        return replace(anchor, recurrence=Recurrence.parse(repeat["rule"], count))
    return _interval(text)


def _without_end(name: SessionName) -> SessionName:
    return replace(name, part="") if name.part == "end" else name


def _interval(text: str) -> When:
    """Parse one side or two; the part of a session (GA73/main) belongs to its side."""
    sides: list[str] = []
    for piece in text.split("/"):
        if piece in _PARTS and sides:
            sides[-1] += f"/{piece}"
        else:
            sides.append(piece)
    if len(sides) > 2 or not all(sides) or set(sides) == {_OPEN}:
        raise ValueError("an interval has two sides")
    first, last = (None if side == _OPEN else Point.parse(side) for side in (sides[0], sides[-1]))
    interval = When(first, last)
    begins, ends = interval.first_day, interval.last_day
    if begins is not None and ends is not None and ends < begins:
        raise ValueError("it ends before it begins")
    return interval


def _bounds(when: When) -> tuple[date, date] | None:
    """Return the first and last day, or None where a side has no day.

    Open sides are at the ends of the calendar.
    """
    if when.recurrence is not None or not when.points:
        return None
    first = when.first_day if when.start else date.min
    last = when.last_day if when.end else date.max
    return (first, last) if first is not None and last is not None else None
