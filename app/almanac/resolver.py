"""From the notation of a time to days: ``GA73`` to a window, ``adoption+P30D`` to a day, with the arithmetic as steps.

The closed list of rules that a ``Step`` of this room names, with its facts (ISO days, numbers, slugs, symbols):

======================  ============================================================================================
text.day                start, end                    days that the text gives
text.span               start, end                    months or years that the text gives, first and last day
text.by                 end                           the last day, inclusive, that the text gives
text.from               start                         the first day that the text gives; no end
session.opening         body, session, opens, source  the day on which the session opened
session.forecast        body, session, opens, rule    the day that a rule of procedure gives for the opening
session.until-next      body, session, next, closes   ends on the day before the next session opened
session.until-forecast  body, session, next, closes   ends on the day before the next session is forecast to open
session.closing         body, session, next, closes   the day on which the session ended
session.months          body, session, start, end, source   the months in which the body meets
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
import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from app.almanac.data import Almanac, almanac
from app.almanac.recurrence import first_occurrence, read_rule
from app.almanac.sessions import Context, settle, window
from app.errors import AlmanacError
from app.model import TO_BE_DECIDED, UNDATED, Certainty, Outcome, Pending, Resolved, Step, Window

_DURATION: Final = re.compile(r"P(?:(\d{1,3})Y)?(?:(\d{1,3})M)?(?:(\d{1,3})W)?(?:(\d{1,4})D)?(?:T(\d{1,4})H)?\Z")
_DAY: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)\Z")
_MONTH: Final = re.compile(r"(\d{4})-(\d\d)\Z")
_YEAR: Final = re.compile(r"\d{4}\Z")
_TOKEN: Final = re.compile(r"([A-Za-z]{2,12})(\d{1,4})(?:/(main|resumed))?\Z")
_OFFSET: Final = re.compile(r"(.{1,24})([+-])(P[0-9YMWDTH]{2,16})\Z")
_MONTH_DAY: Final = re.compile(r"--(\d\d)(?:-(\d\d))?\Z")
_REPEAT: Final = re.compile(r"R(\d{0,4})/(.{1,200})\Z")
_LONGEST: Final = 300


def resolve(when: str, context: Context, book: Almanac | None = None) -> Outcome:
    """The days of ``when`` for an instrument that stands at ``context``.

    A day or span of days in the text is ``Resolved`` and decided; a day that arithmetic gives is ``Resolved`` and
    derived; months, years, sessions and open ends are a ``Window``; what waits for a decision or an event is
    ``Pending``. Of a recurrence the outcome is its first occurrence on or after the adoption. All days are inclusive.
    Raises AlmanacError for a notation that is none.
    """
    book = book or almanac()
    try:
        if len(when) > _LONGEST:
            raise ValueError(f"longer than {_LONGEST} characters")
        return _resolve(settle(when, context, book), context, book)
    except (ValueError, OverflowError) as error:
        raise AlmanacError(
            f"not a time in the notation: {when[:60]!r}",
            where=f"when: {error}",
            hint="as in 2018-03-28, ../2019-06-30, GA73, adoption+P60D, R/--09-26",
        ) from error


def _resolve(when: str, context: Context, book: Almanac) -> Outcome:
    if when == TO_BE_DECIDED:
        return Pending(Certainty.UNDECIDED, None, (Step("pending.tbd"),))
    if when == UNDATED:
        return Pending(Certainty.UNDATED, None, (Step("pending.undated"),))
    if _REPEAT.match(when):
        return _repeat(None, when, context)
    anchor, separator, repeat = when.partition(";R")
    if separator:
        return _repeat(_span(anchor, context, book), "R" + repeat, context)
    return _span(when, context, book)


def add(day: date, duration: str, sign: int = 1) -> date:
    """``day`` plus (``sign`` 1) or minus (-1) an ISO 8601 duration of years, months, weeks, days and hours.

    Years and months keep the day of the month, or end on the last day of a shorter month; hours count as the days
    they make, rounded up. Raises ValueError for a duration that is none, OverflowError beyond the calendar.
    """
    years, months, weeks, days, hours = _parts(duration)
    year, month = divmod(day.year * 12 + day.month - 1 + sign * (years * 12 + months), 12)
    if not 1 <= year <= 9999:
        raise OverflowError("beyond the calendar")
    moved = date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
    return moved + sign * timedelta(weeks * 7 + days + -(-hours // 24))


def _parts(duration: str) -> tuple[int, int, int, int, int]:
    match = _DURATION.match(duration)
    if not match or not any(match.groups()):
        raise ValueError(f"not a duration: {duration!r}")
    years, months, weeks, days, hours = (int(group or 0) for group in match.groups())
    return years, months, weeks, days, hours


# --- points and spans -----------------------------------------------------------------------------------------------


def _span(text: str, context: Context, book: Almanac) -> Outcome:
    first, last = _ends(text)
    if last is None:
        return _point(first, context, book)
    if first == "..":
        return _until(last, context, book)
    if last == "..":
        return _onwards(first, context, book)
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
    if _is_day(first) and _is_day(last):
        step = Step("text.day", {"start": start.start.isoformat(), "end": end.end.isoformat()})
        return Resolved(start.start, end.end, Certainty.DECIDED, None, (step,))
    if isinstance(start, Resolved) and isinstance(end, Resolved):
        return Resolved(start.start, end.end, Certainty.DERIVED, None, start.proof + end.proof)
    if _is_calendar(first) and _is_calendar(last):
        step = Step("text.span", {"start": start.start.isoformat(), "end": end.end.isoformat()})
        return Window(start.start, end.end, Certainty.WINDOW, None, (step,))
    certainty = Certainty.FORECAST if Certainty.FORECAST in {start.certainty, end.certainty} else Certainty.WINDOW
    return Window(start.start, end.end, certainty, None, start.proof + end.proof)


def _ends(text: str) -> tuple[str, str | None]:
    """The two sides of an interval; the part of a session (GA73/main) belongs to its side."""
    sides: list[str] = []
    for piece in text.split("/"):
        if piece in {"main", "resumed"} and sides:
            sides[-1] += f"/{piece}"
        else:
            sides.append(piece)
    if len(sides) > 2 or not all(sides) or sides == ["..", ".."]:
        raise ValueError("an interval has two sides")
    return sides[0], sides[1] if len(sides) == 2 else None


def _is_day(text: str) -> bool:
    return _DAY.match(text) is not None


def _is_calendar(text: str) -> bool:
    return any(pattern.match(text) for pattern in (_DAY, _MONTH, _YEAR))


def _until(text: str, context: Context, book: Almanac) -> Outcome:
    outcome = _point(text, context, book)
    if isinstance(outcome, Pending):
        return outcome
    token = _TOKEN.match(text)
    if token:
        # The notation does not tell "by" from "before" a session: the first day of the session serves both.
        if outcome.start is None:
            return Window(None, None, Certainty.WINDOW, None, outcome.proof)
        forecast = outcome.proof[0].rule not in {"session.opening", "session.part"}
        facts = {"body": book.body_of(token[1]) or token[1], "session": token[2], "day": outcome.start.isoformat()}
        certainty = Certainty.FORECAST if forecast else Certainty.DERIVED
        return Window(None, outcome.start, certainty, None, (outcome.proof[0], Step("session.by", facts)))
    if _is_calendar(text) and outcome.end is not None:
        return Window(None, outcome.end, Certainty.DECIDED, None, (Step("text.by", {"end": outcome.end.isoformat()}),))
    return Window(None, outcome.end, outcome.certainty, None, outcome.proof)


def _onwards(text: str, context: Context, book: Almanac) -> Outcome:
    outcome = _point(text, context, book)
    if isinstance(outcome, Pending):
        return outcome
    if _is_calendar(text) and outcome.start is not None:
        step = Step("text.from", {"start": outcome.start.isoformat()})
        return Window(outcome.start, None, Certainty.DECIDED, None, (step,))
    return Window(outcome.start, None, outcome.certainty, None, outcome.proof)


def _point(text: str, context: Context, book: Almanac) -> Outcome:
    if _is_day(text):
        day = date.fromisoformat(text)
        return Resolved(day, day, Certainty.DECIDED, None, (Step("text.day", {"start": text, "end": text}),))
    if _MONTH.match(text) or _YEAR.match(text):
        year, month = int(text[:4]), int(text[5:] or 0)
        start = date(year, month or 1, 1)
        end = date(year, month or 12, calendar.monthrange(year, month or 12)[1])
        step = Step("text.span", {"start": start.isoformat(), "end": end.isoformat()})
        return Window(start, end, Certainty.WINDOW, None, (step,))
    if match := _OFFSET.match(text):
        return _offset(match[1], -1 if match[2] == "-" else 1, match[3], context, book)
    if text in {"next", "current"} or text.startswith("session:"):
        said = text.removeprefix("session:")
        return Pending(Certainty.UNDATED, None, (Step("pending.session", {"session": said}),))
    if text == "adoption":
        return _after("adoption", context.adopted, 1, "P0D", Step("pending.adoption", {"duration": "P0D"}))
    if text == "expiry":
        return _after("expiry", context.expiry, 1, "P0D", Step("pending.expiry", {"duration": "P0D"}))
    if text == "event":
        return Pending(Certainty.UNDECIDED, None, (Step("pending.event", {"duration": "P0D"}),))
    if match := _TOKEN.match(text):
        return _session(match[1], int(match[2]), match[3] or "", book)
    raise ValueError(f"{text!r} is no time")


def _session(letters: str, number: int, part: str, book: Almanac) -> Outcome:
    body = book.body_of(letters)
    facts = {"body": body or letters, "session": str(number)}
    found = window(body, number, book) if body else None
    if found is None:
        undated = Step("session.undated", {**facts, "token": f"{letters}{number}"})
        return Window(None, None, Certainty.WINDOW, None, (undated,))
    start, end, certainty = found.start, found.end, found.certainty
    if not part:
        return Window(start, end, certainty, None, found.proof)
    if part == "main":
        end = date(start.year, 12, 31)
        opened = found.proof[0].rule == "session.opening"
        certainty = Certainty.WINDOW if opened else certainty
    else:
        start = date(end.year, 1, 1)
    step = Step("session.part", {**facts, "part": part, "start": start.isoformat(), "end": end.isoformat()})
    proof = (*(found.proof[:1] if part == "main" else found.proof[-1:]), step)
    return Window(start, end, certainty, None, proof)


def _offset(anchor: str, sign: int, duration: str, context: Context, book: Almanac) -> Outcome:
    _parts(duration)
    if anchor == "adoption":
        return _after("adoption", context.adopted, sign, duration, Step("pending.adoption", {"duration": duration}))
    if anchor == "expiry":
        return _after("expiry", context.expiry, sign, duration, Step("pending.expiry", {"duration": duration}))
    if anchor == "event":
        return Pending(Certainty.UNDECIDED, None, (Step("pending.event", {"duration": duration}),))
    outcome = _point(anchor, context, book)
    if isinstance(outcome, Pending) or outcome.start is None or outcome.end is None:
        return outcome
    if _is_calendar(anchor) and sign > 0:
        end = add(outcome.start, duration) - timedelta(1)
        if end < outcome.start:
            raise ValueError("a period of no days")
        facts = {"start": outcome.start.isoformat(), "duration": duration, "end": end.isoformat()}
        return Resolved(outcome.start, end, Certainty.DERIVED, None, (Step("period.length", facts),))
    if _TOKEN.match(anchor):
        known = outcome.proof[0].rule == "session.opening" if sign < 0 else outcome.certainty is Certainty.WINDOW
        dated = outcome.proof[0].rule != "session.months"
        certainty = Certainty.DERIVED if known and dated else Certainty.FORECAST
        base = outcome.start if sign < 0 else outcome.end
        if dated:
            moved = _after("session", base, sign, duration, Step("pending.adoption"))
            proof = (outcome.proof[0] if sign < 0 else outcome.proof[-1], *moved.proof)
            return replace(moved, certainty=certainty, proof=proof)
        start, end = add(outcome.start, duration, sign), add(outcome.end, duration, sign)
        return Window(start, end, certainty, None, outcome.proof)
    return _after("date", outcome.start if sign < 0 else outcome.end, sign, duration, Step("pending.adoption"))


def _after(anchor: str, day: date | None, sign: int, duration: str, missing: Step) -> Outcome:
    if day is None:
        return Pending(Certainty.UNDECIDED, None, (missing,))
    moved = add(day, duration, sign)
    facts = {"anchor": anchor, "from": day.isoformat(), "duration": duration, "day": moved.isoformat()}
    step = Step("offset.after" if sign > 0 else "offset.before", facts)
    return Resolved(moved, moved, Certainty.DERIVED, None, (step,))


# --- recurrences ----------------------------------------------------------------------------------------------------


def _repeat(anchor: Outcome | None, text: str, context: Context) -> Outcome:
    """``R/…`` after its anchor; without one, a day of the year begins on or after the adoption."""
    match = _REPEAT.match(text)
    if not match:
        raise ValueError(f"{text!r} is no recurrence")
    ending = f";COUNT={int(match[1])}" if match[1] else ""
    proof: tuple[Step, ...] = ()
    if isinstance(anchor, Window | Resolved) and anchor.end and (anchor.start is None or _long(anchor)):
        ending = f";UNTIL={anchor.end:%Y%m%d}"
        proof = (Step("recurrence.until", {"until": anchor.end.isoformat()}),)
    rule = match[2]
    begin = context.adopted if anchor is None else None if isinstance(anchor, Pending) else anchor.start
    if rule == "session":
        return Pending(Certainty.UNDATED, None, (Step("recurrence.session", {"body": context.body or ""}),))
    if rule.startswith("P"):
        return _every(anchor, rule, ending, proof)
    if rule.startswith("--"):
        return _yearly(rule, begin, ending, proof)
    rule += ending
    read_rule(rule)
    first = first_occurrence(begin, rule) if begin else None
    if begin is None or first is None:
        return Pending(Certainty.UNDATED, rule, (Step("recurrence.no-start", {"duration": match[2]}), *proof))
    facts = {"recurrence": rule, "from": begin.isoformat(), "start": first.isoformat()}
    return Resolved(first, first, Certainty.DECIDED, rule, (Step("recurrence.rule", facts), *proof))


def _long(anchor: Window | Resolved) -> bool:
    """Whether an anchor is a period that bounds the recurrence, not the time of its first occurrence."""
    return (
        anchor.start is not None
        and anchor.end is not None
        and anchor.proof[0].rule in {"text.day", "period.length"}
        and anchor.end > anchor.start
    )


def _yearly(rule: str, begin: date | None, ending: str, proof: tuple[Step, ...]) -> Outcome:
    first_text, slash, last_text = rule.partition("/")
    first, last = _MONTH_DAY.match(first_text), _MONTH_DAY.match(last_text or first_text)
    if not first or not last or (slash and not (first[2] and last[2])):
        raise ValueError(f"{rule!r} is no day of the year")
    month, day = int(first[1]), int(first[2] or 1)
    last_month = int(last[1])
    # 2000 was a leap year: every day of the year is one of its days.
    last_day = int(last[2] or calendar.monthrange(2000, last_month)[1])
    date(2000, month, day), date(2000, last_month, last_day)
    recurrence = f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={day}{ending}"
    start = first_occurrence(begin, recurrence) if begin else None
    if start is None or begin is None:
        return Pending(Certainty.UNDATED, recurrence, (Step("recurrence.no-start", {"duration": rule}), *proof))
    facts = {"from": begin.isoformat(), "start": start.isoformat()}
    if first[2] and not slash:
        step = Step("recurrence.yearly-day", {"monthday": first_text, **facts})
        return Resolved(start, start, Certainty.DECIDED, recurrence, (step, *proof))
    end_year = start.year + ((last_month, last_day) < (month, day))
    end = date(end_year, last_month, min(last_day, calendar.monthrange(end_year, last_month)[1]))
    step = Step(
        "recurrence.yearly-span",
        {"first": first_text, "last": last_text or first_text, **facts, "end": end.isoformat()},
    )
    if slash:
        return Resolved(start, end, Certainty.DECIDED, recurrence, (step, *proof))
    return Window(start, end, Certainty.WINDOW, recurrence, (step, *proof))


def _every(anchor: Outcome | None, duration: str, ending: str, proof: tuple[Step, ...]) -> Outcome:
    years, months, weeks, days, hours = _parts(duration)
    if ((years or months) and (weeks or days or hours)) or hours:
        raise ValueError(f"{duration!r} is no frequency of a rule")
    count = years * 12 + months or weeks * 7 + days
    if not count:
        raise ValueError("a frequency of no time")
    if years or months:
        frequency, interval = ("YEARLY", count // 12) if count % 12 == 0 else ("MONTHLY", count)
    else:
        frequency, interval = ("WEEKLY", count // 7) if not days else ("DAILY", count)
    base = f"FREQ={frequency}" + (f";INTERVAL={interval}" if interval > 1 else "")
    recurrence = base + ending
    if anchor is None or isinstance(anchor, Pending) or anchor.start is None:
        step = Step("recurrence.no-start", {"duration": duration})
        if isinstance(anchor, Pending):
            return Pending(anchor.certainty, recurrence, (*anchor.proof, step))
        return Pending(Certainty.UNDATED, recurrence, (step, *proof))
    recurrence = base + (_month_end(frequency, anchor.start) if years or months else "") + ending
    step = Step("recurrence.interval", {"duration": duration, "start": anchor.start.isoformat()})
    if isinstance(anchor, Resolved) and proof:
        return Resolved(anchor.start, anchor.start, anchor.certainty, recurrence, (step, *proof))
    return replace(anchor, recurrence=recurrence, proof=(*anchor.proof, step))


def _month_end(frequency: str, start: date) -> str:
    """Keeps a recurrence that begins on the last day of a long month on last days; RFC 5545 would skip short months."""
    last = start.day == calendar.monthrange(start.year, start.month)[1]
    if not last or start.day < 29 or (frequency == "YEARLY" and start.month != 2):
        return ""
    return ";BYMONTH=2;BYMONTHDAY=-1" if frequency == "YEARLY" else ";BYMONTHDAY=-1"
