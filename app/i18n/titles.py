"""Titles, times and descriptions of events in six languages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Final

from app.i18n.catalog import gettext
from app.i18n.catalog import gettext_noop as message
from app.i18n.dates import (
    format_day,
    format_days,
    format_month,
    format_month_day,
    format_month_name,
    format_weekday,
    translate_city,
)
from app.i18n.explanations import explain_proof
from app.i18n.labels import (
    explain_certainty,
    ordinal,
    translate_action,
    translate_certainty,
    translate_milestone,
    translate_status,
)
from app.i18n.names import name_of
from app.i18n.title_composer import TITLE_LENGTH, title
from app.model import (
    TO_BE_DECIDED,
    Action,
    CalendarDate,
    Certainty,
    Event,
    Kind,
    Recurrence,
    Revision,
    Status,
    When,
)
from app.registry import registry


def summary(event: Event, language: str, about: str = "", limit: int = TITLE_LENGTH) -> str:
    """Return the short title, for a line in a calendar; symbol and date stand elsewhere."""
    return title(event, language, about, limit)


def cite(event: Event) -> str:
    """Return where the event is decided: ``A/RES/72/251 ¶5``."""
    label = event.paragraph or ""
    if event.section:
        label = f"{event.section}.{label}" if label else event.section
    label = " ".join([label, *(f"({letter})" for letter in event.letters)]).strip()
    return f"{event.instrument} ¶{label}" if label else event.instrument


def format_session(token: str, language: str) -> str | None:
    """Return a session token in words, None for other notation.

    ``GA73`` is "73rd session of the General Assembly".
    """
    when = When.try_parse(token)
    named = when.session if when is not None and when.end is not None and when.recurrence is None else None
    if when is None or named is None or not named.body or named.number is None:
        return None
    body, number = registry().body_of_token(named.body), named.number
    if body is None or not body.names:
        session = gettext(message("session {number} of {body}"), language, number=number, body=named.body)
    else:
        name = name_of(body.slug, language)
        if number > 1900:
            session = gettext(message("{year} session {of}"), language, year=number, of=name.of, name=name.name)
        else:
            session = gettext(
                message("{ordinal} session {of}"),
                language,
                ordinal=ordinal(number, language),
                of=name.of,
                name=name.name,
            )
    if named.part == "end":
        end = message("by the end of the {session}") if when.is_open else message("end of the {session}")
        return gettext(end, language, session=session)
    if named.part == "main":
        session = gettext(message("{session}, main part"), language, session=session)
    elif named.part == "resumed":
        session = gettext(message("{session}, resumed part"), language, session=session)
    return gettext(message("by the {session}"), language, session=session) if when.is_open else session


def format_time(event: Event, language: str) -> str:
    """Return the time of the event in words: days, a session with its window, or no date.

    A known time of day follows, with the city whose local time it is.
    """
    days = _format_days(event, language)
    if not event.hours or event.start is None:
        return days
    hours, city = event.hours.replace("/", "–"), translate_city(event.timezone, language)
    return gettext(message("{days}, {hours} ({city} time)"), language, days=days, hours=hours, city=city)


def _format_days(event: Event, language: str) -> str:
    if event.when == TO_BE_DECIDED or event.certainty is Certainty.UNDECIDED:
        return gettext(message("on a date to be decided"), language)
    when = When.try_parse(event.when)
    if when is not None and when.recurrence is not None:
        return _format_recurrence(event, when, when.recurrence, language)
    session = format_session(event.when, language)
    span = ""
    if event.start and event.end:
        span = _format_span(event.start, event.end, when, language)
    elif event.end:
        span = gettext(message("no later than {day}"), language, day=format_day(event.end, language))
    elif event.start:
        span = gettext(message("from {day}"), language, day=format_day(event.start, language))
    if session and span:
        return gettext(message("{session} ({days})"), language, session=session, days=span)
    return session or span or gettext(message("no date"), language)


def _format_span(start: date, end: date, when: When | None, language: str) -> str:
    dated = when.single.base if when is not None and when.single is not None else None
    if isinstance(dated, CalendarDate) and dated.day is None:
        return format_month(start, language) if dated.month else str(dated)
    if when is not None and when.is_open and when.start is None:
        return gettext(message("no later than {day}"), language, day=format_day(end, language))
    return format_days(start, end, language)


_WEEKDAY_OF_MONTH: Final = re.compile(r"FREQ=YEARLY;BYMONTH=(\d{1,2});BYDAY=(-?[1-4])(MO|TU|WE|TH|FR|SA|SU)")
_WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_NTH: Final = {
    "1": message("every year on the first {weekday} of {month}"),
    "2": message("every year on the second {weekday} of {month}"),
    "3": message("every year on the third {weekday} of {month}"),
    "4": message("every year on the fourth {weekday} of {month}"),
    "-1": message("every year on the last {weekday} of {month}"),
}

_CYCLES: Final = {
    "P1Y": message("every year"),
    "P2Y": message("every two years"),
    "P3Y": message("every three years"),
    "P4Y": message("every four years"),
    "P5Y": message("every five years"),
    "P1M": message("every month"),
    "P2M": message("every two months"),
    "P3M": message("every three months"),
    "P4M": message("every four months"),
    "P6M": message("every six months"),
    "session": message("at each session"),
}
_INTERVALS: Final = {
    "days": message("every {count} days"),
    "months": message("every {count} months"),
    "years": message("every {count} years"),
}


def _format_recurrence(event: Event, when: When, repeat: Recurrence, language: str) -> str:
    rule = repeat.notation
    interval = repeat.every.single_unit if repeat.every is not None else None
    anchor = str(replace(when, recurrence=None))
    weekday = _WEEKDAY_OF_MONTH.fullmatch(rule)
    yearly = dict.fromkeys(repeat.yearly or ())
    # 2000 is a leap year, so that 29 February is valid.
    days = [format_month_day(date(2000, side.month or 1, side.day), language) for side in yearly if side.day]
    months = [format_month_name(side.month, language) for side in yearly if side.month and not side.day]
    if days:
        cycle = gettext(message("every year on {day}"), language, day=" – ".join(days))
    elif months:
        cycle = gettext(message("every year in {month}"), language, month=" – ".join(months))
    elif weekday and weekday[2] in _NTH:
        named = format_weekday(_WEEKDAYS.index(weekday[3]), language)
        cycle = gettext(_NTH[weekday[2]], language, weekday=named, month=format_month_name(int(weekday[1]), language))
    elif rule in _CYCLES:
        cycle = gettext(_CYCLES[rule], language)
    elif interval is not None and interval[0] in _INTERVALS:
        cycle = gettext(_INTERVALS[interval[0]], language, count=interval[1])
    else:
        cycle = gettext(message("at recurring times"), language)
    if anchor and (session := format_session(anchor, language)):
        return gettext(message("{cycle}, beginning at the {session}"), language, cycle=cycle, session=session)
    if event.start and (anchor or days or weekday):
        return gettext(message("{cycle}, from {day}"), language, cycle=cycle, day=format_day(event.start, language))
    return cycle


def describe(event: Event, language: str, history: Iterable[Revision] = ()) -> str:
    """Return the event in lines of plain text: source, words, certainty, arithmetic, changes.

    ``history`` is every revision of the event, oldest first; the first is not repeated.
    """
    lines = [gettext(message("Source: {citation}"), language, citation=cite(event))]
    quote = event.clause.get(language) or event.quote.get(language)
    quote = quote or next(iter((event.clause or event.quote).values()), "")
    if quote:
        lines.append(f"“{' '.join(quote.split())}”")
    lines.append(gettext(message("When: {time}"), language, time=format_time(event, language)))
    if event.status is not Status.SCHEDULED:
        lines.append(gettext(message("Status: {status}"), language, status=translate_status(event.status, language)))
    lines.append(
        gettext(
            message("Certainty: {certainty}. {meaning}"),
            language,
            certainty=translate_certainty(event.certainty, language),
            meaning=explain_certainty(event.certainty, language),
        )
    )
    if event.proof:
        lines.append(gettext(message("Arithmetic: {proof}"), language, proof=explain_proof(event.proof, language)))
    lines.extend(
        gettext(
            message("{milestone}: {day} ({certainty}). {proof}"),
            language,
            milestone=translate_milestone(milestone.name, language),
            day=format_day(milestone.day, language),
            certainty=translate_certainty(milestone.certainty, language),
            proof=explain_proof(milestone.proof, language),
        ).rstrip()
        for milestone in event.milestones
        if event.kind is Kind.AGENDA
    )
    lines.extend(format_revision(revision, language) for revision in history if revision.number)
    return "\n".join(lines)


def format_revision(revision: Revision, language: str) -> str:
    """Return one line on what an instrument did to an event, with the new time."""
    done = (
        gettext(message("decided"), language)
        if revision.action is None
        else translate_action(revision.action, language)
    )
    facts = {"day": format_day(revision.decided, language), "instrument": revision.instrument, "done": done}
    if revision.action is Action.POSTPONE and revision.event.when == TO_BE_DECIDED:
        return gettext(message("{day}, {instrument}: {done}"), language, **facts)
    return gettext(
        message("{day}, {instrument}: {done}: {time}"), language, time=format_time(revision.event, language), **facts
    )
