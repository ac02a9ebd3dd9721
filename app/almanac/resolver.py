"""Resolve a time to days: ``GA73`` to a window, ``adoption+P30D`` to a day, with the arithmetic as steps.

The closed list of rules that a ``Step`` of this package names, with its facts (ISO days, numbers, slugs, symbols):

======================  ============================================================================================
text.day                start, end                    days that the text gives
text.span               start, end                    months or years that the text gives, first and last day
text.by                 end                           the last day, inclusive, that the text gives
text.from               start                         the first day that the text gives; no end
session.opening         body, session, opens, source  the day on which the session opened
session.forecast        body, session, opens, rule    the day that a rule of procedure gives for the opening
session.until-next      body, session, next, closes   ends on the day before the next session opened
session.until-opening   body, session, next, closes   ends on the day on which the next session opened
session.until-forecast  body, session, next, closes   ends on the day on which the next session is forecast to open
session.closing         body, session, next, closes   the day on which the session ended
session.months          body, session, start, end, source   the months in which the body meets
session.published       body, session, start, end     the days that the calendar of conferences has
session.weekday         body, session, opens, start, end   the weekday and week of earlier sessions
session.undated         body, session, token          no dates of that body's sessions are kept
session.part            body, session, part, start, end     main (to 31 December) or resumed (from 1 January) part
session.by              body, session, day            "by" a session is taken as by its first day
offset.after            anchor, from, duration, day   counted from the day after ``from``; anchor: adoption, expiry,
                                                      session
offset.before           anchor, from, duration, day   counted back from ``from``
period.length           start, duration, end          a period's last day, its first day counted
recurrence.yearly-day   monthday, from, start         every year on --09-26, first on or after ``from``
recurrence.yearly-span  first, last, from, start, end every year from first to last
recurrence.rule         recurrence, from, start       an RRULE, first on or after ``from``
recurrence.interval     duration, start               every ``duration`` from ``start`` on
recurrence.until        until                         the recurrence's last day
recurrence.no-start     duration                      a frequency of which the text does not say when it begins
recurrence.session      body                          at each session
pending.tbd             (none)                        to be decided
pending.undated         (none)                        the text fixes no time
pending.adoption        duration                      counted from an adoption whose day is not known
pending.expiry          duration                      counted from the end of a mandate
pending.event           duration                      counted from an event that has no day yet
pending.session         session                       the session is not known
milestone.before        name, from, duration, day, rule, body, session   see ``app.almanac.milestones``
======================  ============================================================================================
"""

from __future__ import annotations

import calendar
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from app.almanac.data import Almanac, almanac
from app.almanac.recurrence import first_occurrence, read_rule
from app.almanac.sessions import Context, settle, window
from app.errors import AlmanacError
from app.model import (
    TO_BE_DECIDED,
    Anchor,
    CalendarDate,
    Certainty,
    Duration,
    Outcome,
    Pending,
    Point,
    Recurrence,
    Resolved,
    SessionName,
    Step,
    When,
    Window,
)

_DATED_OPENINGS: Final = frozenset({"session.opening", "session.part"})
"""Steps after which the first day of a session is known, not forecast."""


def resolve(when: When | str, context: Context, book: Almanac | None = None) -> Outcome:
    """Return the days of ``when`` for an instrument that stands at ``context``.

    A day or span of days in the text is ``Resolved`` and decided; a day that arithmetic gives is ``Resolved`` and
    derived; months, years, sessions and open ends are a ``Window``; what waits for a decision or an event is
    ``Pending``. Of a recurrence the outcome is its first occurrence on or after the adoption. All days are inclusive.
    Raises AlmanacError for any other notation.

    >>> resolve("adoption+P60D", Context(adopted=date(2025, 12, 15))).end
    datetime.date(2026, 2, 13)
    """
    book = book or almanac()
    try:
        time = When.parse(when) if isinstance(when, str) else when
        return _resolve(settle(time, context, book), context, book)
    except (ValueError, OverflowError) as error:
        raise AlmanacError(
            f"not a time in the notation: {str(when)[:60]!r}",
            where=f"when: {error}",
            hint="as in 2018-03-28, ../2019-06-30, GA73, adoption+P60D, R/--09-26",
        ) from error


def _resolve(when: When, context: Context, book: Almanac) -> Outcome:
    if when.state:
        if when.state == TO_BE_DECIDED:
            return Pending(Certainty.UNDECIDED, None, (Step("pending.tbd"),))
        return Pending(Certainty.UNDATED, None, (Step("pending.undated"),))
    if when.length is not None:
        raise ValueError(f"{str(when)!r} is counted from nothing")
    if when.recurrence is None:
        return _span(when, context, book)
    anchor = _span(replace(when, recurrence=None), context, book) if when.points else None
    return _repeat(anchor, when.recurrence, context)


# --- points and spans -----------------------------------------------------------------------------------------------


def _span(when: When, context: Context, book: Almanac) -> Outcome:
    first, last = when.start, when.end
    if first is None and last is not None:
        return _until(last, context, book)
    if first is not None and last is None:
        return _onwards(first, context, book)
    if first is None or last is None:
        raise ValueError("no time")
    if first == last:
        return _point(first, context, book)
    start, end = _point(first, context, book), _point(last, context, book)
    if isinstance(start, Pending):
        return start
    if isinstance(end, Pending):
        return end
    if start.start is None or end.end is None:
        certainty = Certainty.FORECAST if Certainty.FORECAST in {start.certainty, end.certainty} else Certainty.WINDOW
        return Window(start.start, end.end, certainty, None, start.proof + end.proof)
    if end.end < start.start:
        raise ValueError("it ends before it begins")
    facts = {"start": start.start.isoformat(), "end": end.end.isoformat()}
    if when.loose:
        return Window(start.start, end.end, Certainty.WINDOW, None, (Step("text.span", facts),))
    if _is_day(first) and _is_day(last):
        return Resolved(start.start, end.end, Certainty.DECIDED, None, (Step("text.day", facts),))
    if isinstance(start, Resolved) and isinstance(end, Resolved):
        return Resolved(start.start, end.end, Certainty.DERIVED, None, start.proof + end.proof)
    if _is_calendar(first) and _is_calendar(last):
        return Window(start.start, end.end, Certainty.WINDOW, None, (Step("text.span", facts),))
    certainty = Certainty.FORECAST if Certainty.FORECAST in {start.certainty, end.certainty} else Certainty.WINDOW
    return Window(start.start, end.end, certainty, None, start.proof + end.proof)


def _is_calendar(point: Point) -> bool:
    return point.shift is None and isinstance(point.base, CalendarDate)


def _is_day(point: Point) -> bool:
    return point.shift is None and isinstance(point.base, CalendarDate) and point.base.day is not None


def _until(point: Point, context: Context, book: Almanac) -> Outcome:
    outcome = _point(point, context, book)
    if isinstance(outcome, Pending):
        return outcome
    name = point.base
    if isinstance(name, SessionName) and point.shift is None and name.part != "end":
        # "By" and "before" a session are the same: the first day of the session serves both.
        if outcome.start is None:
            return Window(None, None, Certainty.WINDOW, None, outcome.proof)
        forecast = outcome.proof[0].rule not in _DATED_OPENINGS
        facts = {"body": book.body_of(name.body) or name.body, "session": str(name.number)}
        weekday = outcome.proof[0].rule == "session.weekday"
        # The window of a forecast begins before the day on which the session is expected to open.
        day = date.fromisoformat(outcome.proof[0].facts["opens"]) if weekday else outcome.start
        step = Step("session.by", {**facts, "day": day.isoformat()})
        certainty = Certainty.FORECAST if forecast else Certainty.DERIVED
        return Window(None, day, certainty, None, (outcome.proof[0], step))
    if _is_calendar(point) and outcome.end is not None:
        return Window(None, outcome.end, Certainty.DECIDED, None, (Step("text.by", {"end": outcome.end.isoformat()}),))
    return Window(None, outcome.end, outcome.certainty, None, outcome.proof)


def _onwards(point: Point, context: Context, book: Almanac) -> Outcome:
    outcome = _point(point, context, book)
    if isinstance(outcome, Pending):
        return outcome
    if _is_calendar(point) and outcome.start is not None:
        step = Step("text.from", {"start": outcome.start.isoformat()})
        return Window(outcome.start, None, Certainty.DECIDED, None, (step,))
    return Window(outcome.start, None, outcome.certainty, None, outcome.proof)


def _point(point: Point, context: Context, book: Almanac) -> Outcome:
    if point.shift is not None:
        return _offset(point, point.shift, context, book)
    base = point.base
    if isinstance(base, CalendarDate):
        start, end = base.first_day, base.last_day
        if start is None or end is None:
            raise ValueError(f"{base} has no year")
        facts = {"start": start.isoformat(), "end": end.isoformat()}
        if base.day:
            return Resolved(start, end, Certainty.DECIDED, None, (Step("text.day", facts),))
        return Window(start, end, Certainty.WINDOW, None, (Step("text.span", facts),))
    if isinstance(base, SessionName):
        if not base.body or base.number is None:
            mention = base.relative or str(base.number)
            return Pending(Certainty.UNDATED, None, (Step("pending.session", {"session": mention}),))
        return _session(base, base.number, book)
    return _from_anchor(base, Duration(), 1, context, book)


def _session(name: SessionName, number: int, book: Almanac) -> Outcome:
    body = book.body_of(name.body)
    facts = {"body": body or name.body, "session": str(number)}
    found = window(body, number, book) if body else None
    if found is None:
        undated = Step("session.undated", {**facts, "token": name.token})
        return Window(None, None, Certainty.WINDOW, None, (undated,))
    start, end, certainty = found.start, found.end, found.certainty
    if not name.part:
        return Window(start, end, certainty, None, found.proof)
    if name.part == "end":
        dated = certainty is Certainty.WINDOW and found.proof[-1].rule != "session.months"
        return Resolved(end, end, Certainty.DERIVED if dated else Certainty.FORECAST, None, found.proof[-1:])
    if name.part == "main":
        end = date(start.year, 12, 31)
        opened = found.proof[0].rule == "session.opening"
        certainty = Certainty.WINDOW if opened else certainty
    else:
        start = date(end.year, 1, 1)
    step = Step("session.part", {**facts, "part": name.part, "start": start.isoformat(), "end": end.isoformat()})
    proof = (*(found.proof[:1] if name.part == "main" else found.proof[-1:]), step)
    return Window(start, end, certainty, None, proof)


def _from_anchor(anchor: Anchor, length: Duration, sign: int, context: Context, book: Almanac) -> Outcome:
    """Return the day ``length`` from an anchor; an event as anchor has none yet."""
    missing = Step(f"pending.{anchor}", {"duration": str(length)})
    if anchor is Anchor.EVENT:
        return Pending(Certainty.UNDECIDED, None, (missing,))
    day = context.adopted if anchor is Anchor.ADOPTION else context.expiry
    return _after(str(anchor), day, length, sign, missing, book)


def _offset(point: Point, length: Duration, context: Context, book: Almanac) -> Outcome:
    base, sign = point.base, point.sign
    if isinstance(base, Anchor):
        return _from_anchor(base, length, sign, context, book)
    outcome = _point(Point(base), context, book)
    if isinstance(outcome, Pending) or outcome.start is None or outcome.end is None:
        return outcome
    near = outcome.start if sign < 0 else outcome.end
    missing = Step("pending.adoption")
    if point.is_period:
        end = length.add_to(outcome.start) - timedelta(1)
        if end < outcome.start:
            raise ValueError("a period of no days")
        facts = {"start": outcome.start.isoformat(), "duration": str(length), "end": end.isoformat()}
        return Resolved(outcome.start, end, Certainty.DERIVED, None, (Step("period.length", facts),))
    if not isinstance(base, SessionName):
        return _after("date", near, length, sign, missing, book)
    opened = outcome.proof[0].rule in {"session.opening", "session.published"}
    known = opened if sign < 0 else outcome.certainty is Certainty.WINDOW
    dated = outcome.proof[0].rule not in {"session.months", "session.weekday"}
    certainty = Certainty.DERIVED if known and dated else Certainty.FORECAST
    if dated:
        moved = _after("session", near, length, sign, missing, book)
        proof = (outcome.proof[0] if sign < 0 else outcome.proof[-1], *moved.proof)
        return replace(moved, certainty=certainty, proof=proof)
    start, end = (length.add_to(day, sign, book.holidays.is_working_day) for day in (outcome.start, outcome.end))
    return Window(start, end, certainty, None, outcome.proof)


def _after(anchor: str, day: date | None, length: Duration, sign: int, missing: Step, book: Almanac) -> Outcome:
    if day is None:
        return Pending(Certainty.UNDECIDED, None, (missing,))
    moved = length.add_to(day, sign, book.holidays.is_working_day)
    facts = {"anchor": anchor, "from": day.isoformat(), "duration": str(length), "day": moved.isoformat()}
    step = Step("offset.after" if sign > 0 else "offset.before", facts)
    return Resolved(moved, moved, Certainty.DERIVED, None, (step,))


# --- recurrences ----------------------------------------------------------------------------------------------------


def _repeat(anchor: Outcome | None, repeat: Recurrence, context: Context) -> Outcome:
    """Return the first occurrence of a recurrence after its anchor.

    Without an anchor a day of the year begins on or after the adoption.
    """
    ending = f";COUNT={repeat.count}" if repeat.count is not None else ""
    proof: tuple[Step, ...] = ()
    if isinstance(anchor, Window | Resolved) and anchor.end and (anchor.start is None or _long(anchor)):
        ending = f";UNTIL={anchor.end:%Y%m%d}"
        proof = (Step("recurrence.until", {"until": anchor.end.isoformat()}),)
    begin = context.adopted if anchor is None else None if isinstance(anchor, Pending) else anchor.start
    if repeat.each_session:
        return Pending(Certainty.UNDATED, None, (Step("recurrence.session", {"body": context.body or ""}),))
    if repeat.every is not None:
        return _every(anchor, repeat.every, ending, proof)
    if repeat.yearly is not None:
        return _yearly(repeat, *repeat.yearly, begin, ending, proof)
    rule = repeat.rule + ending
    read_rule(rule)
    first = first_occurrence(begin, rule) if begin else None
    if begin is None or first is None:
        return Pending(Certainty.UNDATED, rule, (Step("recurrence.no-start", {"duration": repeat.rule}), *proof))
    facts = {"recurrence": rule, "from": begin.isoformat(), "start": first.isoformat()}
    return Resolved(first, first, Certainty.DECIDED, rule, (Step("recurrence.rule", facts), *proof))


def _long(anchor: Window | Resolved) -> bool:
    """Return whether an anchor is a period that bounds the recurrence.

    Otherwise it is the time of the first occurrence.
    """
    return (
        anchor.start is not None
        and anchor.end is not None
        and anchor.proof[0].rule in {"text.day", "period.length"}
        and anchor.end > anchor.start
    )


def _yearly(
    repeat: Recurrence,
    first: CalendarDate,
    last: CalendarDate,
    begin: date | None,
    ending: str,
    proof: tuple[Step, ...],
) -> Outcome:
    month, day = first.month or 1, first.day or 1
    last_month = last.month or 12
    # 2000 was a leap year: every day of the year is one of its days.
    last_day = last.day or calendar.monthrange(2000, last_month)[1]
    recurrence = f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={day}{ending}"
    start = first_occurrence(begin, recurrence) if begin else None
    if start is None or begin is None:
        step = Step("recurrence.no-start", {"duration": repeat.notation})
        return Pending(Certainty.UNDATED, recurrence, (step, *proof))
    sides = [f"--{str(side).removeprefix('XXXX-')}" for side in (first, last)]
    facts = {"from": begin.isoformat(), "start": start.isoformat()}
    if first == last and first.day:
        step = Step("recurrence.yearly-day", {"monthday": sides[0], **facts})
        return Resolved(start, start, Certainty.DECIDED, recurrence, (step, *proof))
    end_year = start.year + ((last_month, last_day) < (month, day))
    end = date(end_year, last_month, min(last_day, calendar.monthrange(end_year, last_month)[1]))
    step = Step("recurrence.yearly-span", {"first": sides[0], "last": sides[1], **facts, "end": end.isoformat()})
    if first.day and last.day:
        return Resolved(start, end, Certainty.DECIDED, recurrence, (step, *proof))
    return Window(start, end, Certainty.WINDOW, recurrence, (step, *proof))


def _every(anchor: Outcome | None, length: Duration, ending: str, proof: tuple[Step, ...]) -> Outcome:
    months = length.years * 12 + length.months
    days = length.weeks * 7 + length.days
    if (months and days) or length.hours or length.working_days or length.tenths:
        raise ValueError(f"{str(length)!r} is no frequency of a rule")
    count = months or days
    if not count:
        raise ValueError("a frequency of no time")
    if months:
        frequency, interval = ("YEARLY", count // 12) if count % 12 == 0 else ("MONTHLY", count)
    else:
        frequency, interval = ("WEEKLY", count // 7) if not length.days else ("DAILY", count)
    facts = {"duration": str(length)}
    base = f"FREQ={frequency}" + (f";INTERVAL={interval}" if interval > 1 else "")
    recurrence = base + ending
    if anchor is None or isinstance(anchor, Pending) or anchor.start is None:
        step = Step("recurrence.no-start", facts)
        if isinstance(anchor, Pending):
            return Pending(anchor.certainty, recurrence, (*anchor.proof, step))
        return Pending(Certainty.UNDATED, recurrence, (step, *proof))
    recurrence = base + (_month_end(frequency, anchor.start) if months else "") + ending
    step = Step("recurrence.interval", {**facts, "start": anchor.start.isoformat()})
    if isinstance(anchor, Resolved) and proof:
        return Resolved(anchor.start, anchor.start, anchor.certainty, recurrence, (step, *proof))
    return replace(anchor, recurrence=recurrence, proof=(*anchor.proof, step))


def _month_end(frequency: str, start: date) -> str:
    """Keep a recurrence that begins on the last day of a long month on last days.

    RFC 5545 would skip the short months.
    """
    last = start.day == calendar.monthrange(start.year, start.month)[1]
    if not last or start.day < 29 or (frequency == "YEARLY" and start.month != 2):
        return ""
    return ";BYMONTH=2;BYMONTHDAY=-1" if frequency == "YEARLY" else ";BYMONTHDAY=-1"
