"""Titles and notes of the sessions of all bodies, in six languages."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from app.almanac import almanac
from app.almanac.session_calendar import SOURCE, CalendarSession
from app.i18n import explain_proof, format_days, format_session, gettext, gettext_noop, name_of, ordinal
from app.model import Step

_YEAR: Final = 1900
"""Numbers above it are years: the body names its sessions by year."""
_SMALL: Final = frozenset({"a", "against", "and", "by", "for", "from", "in", "of", "on", "or", "the", "to"})
"""Words that a title in English writes small."""
_CAPITALS: Final[Mapping[str, str]] = {
    word.lower(): word
    for word in (
        "CCW", "CEDAW", "COPUOS", "CTBT", "CTBTO", "I", "IAEA", "II", "III", "IV", "NPT", "UN", "UNCAC", "UNCITRAL",
        "UNCTAD", "UNDP", "UNEP", "UNFPA", "UNHCR", "UNICEF", "UNIDO", "UNOPS", "UNTOC", "V", "VI", "WFP", "WHO",
    )
}  # fmt: skip
"""Acronyms and numerals in the slugs of bodies."""
_NARROW_DAYS: Final = 28
"""Days before the expected opening from which on a window is wide: the title says so."""


@cache
def body_name(slug: str, language: str) -> str:
    """Return the name of a body.

    Of one without names in the registry, that is the name of its slug in English.

    >>> body_name("human-rights-council", "fr"), body_name("committee-against-torture", "fr")
    ("Conseil des droits de l'homme", 'Committee against Torture')
    """
    name, words = name_of(slug, language).name, slug.split("-")
    if name != " ".join(words):
        return name
    shown = [_CAPITALS.get(word) or (word if word in _SMALL else word.capitalize()) for word in words]
    return " ".join([shown[0][:1].upper() + shown[0][1:], *shown[1:]])


def session_title(at: CalendarSession, language: str) -> str:
    """Return the title of a session with its part.

    A forecast is marked, with its window where that is wide.

    >>> from app.almanac.session_calendar import session_calendar
    >>> found = {item.uid: item for item in session_calendar()}
    >>> [session_title(found[f"session.{name}"], "en") for name in ("CND69", "CERD.118", "ECOSOC2026.youth-forum")]
    ... # doctest: +NORMALIZE_WHITESPACE
    ['69th session of the Commission on Narcotic Drugs',
     '118th session of the Committee on the Elimination of Racial Discrimination',
     'Economic and Social Council, 2026: youth forum']
    """
    if at.subject:
        return f"{format_session(at.part, language) or at.part}: {almanac().say(at.subject, language)}"
    title = _whole(at, language)
    if at.part:
        title = f"{title}: {almanac().say(at.part, language)}"
    if not at.rule or at.first == at.opens:
        return title
    if (at.opens - at.first).days <= _NARROW_DAYS:
        return gettext(gettext_noop("{what} [forecast]"), language, what=title)
    days = format_days(at.first, at.last, language)
    return gettext(gettext_noop("{what} [forecast, within {days}]"), language, what=title, days=days)


def _whole(at: CalendarSession, language: str) -> str:
    if at.number > _YEAR:
        return f"{body_name(at.body, language)}, {at.number}"
    token = almanac().token_of(at.body, at.number)
    named = name_of(at.body, language)
    name = body_name(at.body, language)
    if token and name == named.name:
        return format_session(token, language) or token
    if name == named.name:
        of = named.of
    elif language == "en":
        of = f"of the {name}"
    else:
        return gettext(gettext_noop("session {number} of {body}"), language, number=at.number, body=name)
    return gettext(gettext_noop("{ordinal} session {of}"), language, ordinal=ordinal(at.number, language), of=of,
                   name=named.name)  # fmt: skip


def session_reason(at: CalendarSession, language: str) -> str:
    """Return how the days of a row of the calendar, or a forecast from its rows, are known.

    Empty for other sessions, and for a confirmed row.

    >>> from app.almanac.session_calendar import session_calendar
    >>> found = {item.uid: item for item in session_calendar()}
    >>> session_reason(found["session.CND70"], "en")[:79]
    'session 70 of the Commission on Narcotic Drugs is expected to open on 15 March '
    """
    if at.source != SOURCE or at.subject:
        return ""
    facts = {"body": at.body, "session": str(at.number), "start": at.first.isoformat(), "end": at.last.isoformat()}
    if at.rule:
        return explain_proof((Step("session.weekday", {**facts, "opens": at.opens.isoformat()}),), language)
    if at.confirmed:
        return ""
    return gettext(gettext_noop("The calendar of conferences marks these days as to be confirmed."), language)
