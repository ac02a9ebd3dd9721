"""The organization's year: sessions, holidays, observances, and the days that a notation of time comes to."""

from app.almanac.data import Almanac, Body, SpecialSession, almanac
from app.almanac.holidays import HolidayBook
from app.almanac.milestones import milestones
from app.almanac.observance_match import match_observance, observance_uid
from app.almanac.observances import Observance, observed
from app.almanac.recurrence import first_occurrence, occurrences
from app.almanac.resolver import resolve
from app.almanac.sessions import Context, Part, parts, session, session_on, sessions, settle, special_sessions, window

__all__ = [
    "Almanac",
    "Body",
    "Context",
    "HolidayBook",
    "Observance",
    "Part",
    "SpecialSession",
    "almanac",
    "body_of",
    "first_occurrence",
    "match_observance",
    "milestones",
    "observance_uid",
    "observed",
    "occurrences",
    "parts",
    "resolve",
    "session",
    "session_on",
    "sessions",
    "settle",
    "special_sessions",
    "token_of",
    "window",
]


def token_of(body: str, number: int) -> str | None:
    """Return the token of session ``number`` (or year) of the body with that slug.

    None for a body without tokens.

    >>> token_of("general-assembly", 73)
    'GA73'
    """
    return almanac().token_of(body, number)


def body_of(token: str) -> str | None:
    """Return the slug of the body of a session token; None for an unknown token.

    >>> body_of("GA73")
    'general-assembly'
    """
    return almanac().body_of(token)
