"""The arithmetic of a date as sentences: each step of a proof worded in the reader's language."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from app.i18n.catalog import gettext, gettext_noop, ngettext
from app.i18n.dates import format_day, format_days, format_month_day
from app.i18n.labels import ordinal, translate_milestone
from app.i18n.names import name_of
from app.i18n.profile import profile
from app.model import Step, When

SENTENCES: Final[Mapping[str, str]] = {
    "text.day": gettext_noop("the text gives {days}"),
    "text.span": gettext_noop("the text gives the span {days}"),
    "text.by": gettext_noop("the text gives {end} as the last day"),
    "text.from": gettext_noop("the text gives {start} as the first day"),
    "session.opening": gettext_noop("the {ordinal} session {of} opened on {opens}"),
    "session.forecast": gettext_noop("the {ordinal} session {of} is forecast to open on {opens} ({rule})"),
    "session.until-next": gettext_noop("it ends on {closes}, the day before the next session opens"),
    "session.until-opening": gettext_noop("it ends on {closes}, the day on which the next session opens"),
    "session.until-forecast": gettext_noop(
        "it ends on {closes}, the day on which the next session is forecast to open"
    ),
    "session.closing": gettext_noop("it ended on {closes}"),
    "session.months": gettext_noop("session {session} {of} meets within {days}"),
    "session.published": gettext_noop("the calendar of conferences has session {session} {of} on {days}"),
    "session.weekday": gettext_noop(
        "session {session} {of} is expected to open on {opens}, "
        "by the weekday and week of earlier sessions: within {days}"
    ),
    "session.undated": gettext_noop("no dates are kept for session {session} {of}"),
    "session.part": gettext_noop("the {part} part of the session runs {days}"),
    "session.by": gettext_noop("by the session means by its first day, {day}"),
    "offset.after": gettext_noop("{length} counted from the day after {from}: {day}"),
    "offset.before": gettext_noop("{length} before {from}: {day}"),
    "period.length": gettext_noop("{length} from {start} on: until {end}"),
    "recurrence.yearly-day": gettext_noop("every {monthday}; the first on or after {from} is {start}"),
    "recurrence.yearly-span": gettext_noop("every year from {first} to {last}; the first on or after {from}: {days}"),
    "recurrence.rule": gettext_noop("repeated by the rule {recurrence}; the first on or after {from} is {start}"),
    "recurrence.interval": gettext_noop("repeated after {length}, from {start} on"),
    "recurrence.until": gettext_noop("until {until}"),
    "recurrence.no-start": gettext_noop("repeated after {length}; the text does not say from when"),
    "recurrence.session": gettext_noop("at each session"),
    "pending.tbd": gettext_noop("the date is left to a later decision"),
    "pending.undated": gettext_noop("the text fixes no time"),
    "pending.adoption": gettext_noop("{length} from the adoption, whose day is not known"),
    "pending.expiry": gettext_noop("{length} from the end of a mandate that has no date yet"),
    "pending.event": gettext_noop("{length} from an event that has no date yet"),
    "pending.session": gettext_noop("the session is not known"),
    "milestone.before": gettext_noop("{milestone}: {length} before {from}, {day} ({rule})"),
}
"""One sentence for each rule of ``app.almanac``; the facts are ISO days, numbers, durations and slugs."""

PARTS: Final = {"main": gettext_noop("main"), "resumed": gettext_noop("resumed")}


def format_duration(duration: str, language: str) -> str:
    """Return an ISO 8601 duration of one unit in words; any other notation unchanged.

    >>> format_duration("P60D", "en"), format_duration("P20WD", "en"), format_duration("P1Y6M", "en")
    ('60 days', '20 working days', 'P1Y6M')
    """
    when = When.try_parse(duration)
    length = when.length if when is not None else None
    match length.single_unit if length is not None else None:
        case ("days", count):
            return ngettext("{count} day", "{count} days", count, language)
        case ("working_days", count):
            return ngettext("{count} working day", "{count} working days", count, language)
        case ("weeks", count):
            return ngettext("{count} week", "{count} weeks", count, language)
        case ("months", count):
            return ngettext("{count} month", "{count} months", count, language)
        case ("years", count):
            return ngettext("{count} year", "{count} years", count, language)
    return duration


def _facts(step: Step, language: str) -> dict[str, str]:
    """Return the facts of a step in ``language``, with those that follow from them."""
    worded: dict[str, str] = {}
    for name, fact in step.facts.items():
        when = When.try_parse(f"R/{fact}" if fact.startswith("--") else fact)
        if when is not None and when.is_day and when.first_day is not None:
            worded[name] = format_day(when.first_day, language)
        elif when is not None and when.recurrence is not None and when.recurrence.yearly is not None:
            # 2000 is a leap year, so that 29 February has a name.
            first = when.recurrence.yearly[0]
            worded[name] = format_month_day(date(2000, first.month or 1, first.day), language) if first.day else fact
        else:
            worded[name] = fact
    start, end = (When.try_parse(step.facts.get(side, "")) for side in ("start", "end"))
    if start is not None and end is not None and start.is_day and end.is_day and start.first_day and end.last_day:
        worded["days"] = format_days(start.first_day, end.last_day, language)
    if step.facts.get("body"):
        worded["of"] = name_of(step.facts["body"], language).of
    if step.facts.get("session", "").isdigit():
        worded["ordinal"] = ordinal(int(step.facts["session"]), language)
    if "duration" in step.facts:
        worded["length"] = format_duration(step.facts["duration"], language)
    if (rule := re.fullmatch(r"rule (\d{1,3})", step.facts.get("rule", ""))) is not None:
        worded["rule"] = gettext(gettext_noop("rule {number}"), language, number=rule[1])
    if "name" in step.facts:
        worded["milestone"] = translate_milestone(step.facts["name"], language)
    if step.facts.get("part") in PARTS:
        worded["part"] = gettext(PARTS[step.facts["part"]], language)
    return worded


def explain_step(step: Step, language: str) -> str:
    """Return a step of a proof as a sentence; its rule and facts where one is missing."""
    return _cached_explanation(step.rule, tuple(step.facts.items()), language)


@functools.lru_cache(maxsize=4096)
def _cached_explanation(rule: str, given: tuple[tuple[str, str], ...], language: str) -> str:
    step = Step(rule, dict(given))
    sentence = SENTENCES.get(step.rule)
    facts = _facts(step, language)
    if sentence is None or not set(re.findall(r"\{(\w+)\}", sentence)) <= facts.keys():
        return " ".join([step.rule, *(f"{name}={fact}" for name, fact in step.facts.items() if fact)])
    return gettext(sentence, language, **facts) if facts else gettext(sentence, language)


def explain_proof(proof: Iterable[Step], language: str) -> str:
    """Return the sentences of a proof, separated by semicolons."""
    return profile(language).semicolon.join(explain_step(step, language) for step in proof)
