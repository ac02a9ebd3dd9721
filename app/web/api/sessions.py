"""Sessions of United Nations bodies over the API: their days, how certain they are, and why."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from app.almanac import almanac, session, window
from app.almanac.session_calendar import (
    CalendarSession,
    bodies_with_sessions,
    body_with_sessions,
    calendar_between,
    session_calendar,
)
from app.errors import NotFound, UsageError, message
from app.feeds.session_titles import body_name, session_reason, session_title
from app.i18n import explain_proof, format_session, translate_place
from app.model import Certainty
from app.web.api.almanac_schemas import SessionDetail, SessionList
from app.web.api.params import LanguageParameters, SessionParameters, reject_repeated_parameters
from app.web.api.responses import describe, json_response
from app.web.server.dependencies import get_default_language

router: Final = APIRouter(prefix="/api/v1", tags=["almanac"], dependencies=[Depends(reject_repeated_parameters)])
_MAX_DIGITS: Final = 4


def _session_to_json(at: CalendarSession, language: str) -> dict[str, object]:
    debate = session(at.body, at.number) if at.body in almanac().bodies and not at.part else None
    dated = at.certainty is not Certainty.WINDOW
    return {
        "uid": at.uid,
        "token": at.token,
        "body": at.body,
        "number": at.number,
        "part": at.part or None,
        "name": body_name(at.body, language),
        "title": session_title(at, language),
        "opens": at.opens.isoformat() if dated else None,
        "closes": at.closes.isoformat() if dated else None,
        "start": at.first.isoformat(),
        "end": at.last.isoformat(),
        "certainty": at.certainty.value,
        "forecast": at.certainty is Certainty.FORECAST,
        "rule": at.rule or None,
        "place": translate_place(at.place, language) if at.place else None,
        "source": at.source,
        "general_debate": debate.general_debate.isoformat() if debate and debate.general_debate else None,
        "general_debate_forecast": debate is not None and debate.general_debate_forecast,
    }


def _of_number(body: str, number: int, language: str) -> dict[str, object] | None:
    """Return the whole session of that number (or year) with its arithmetic.

    None for an unknown one.

    A session that the calendar does not reach has the days of its body's rules.
    """
    listed = (at for at in session_calendar() if (at.body, at.number, at.part) == (body, number, ""))
    at, days = next(listed, None), window(body, number) if body in almanac().bodies else None
    arithmetic = explain_proof(days.proof, language) if days else ""
    if at is not None:
        return {**_session_to_json(at, language), "arithmetic": arithmetic or session_reason(at, language)}
    known = session(body, number) if body in almanac().bodies else None
    if known is None:
        return None
    certainty = None if days is None else days.certainty.value
    if known.opens and not known.forecast:
        certainty = Certainty.DECIDED.value
    return {
        "uid": f"session.{known.token}",
        "token": known.token,
        "body": known.body,
        "number": known.number,
        "part": None,
        "name": body_name(known.body, language),
        "title": format_session(known.token, language) or known.token,
        "opens": known.opens.isoformat() if known.opens else None,
        "closes": known.closes.isoformat() if known.closes else None,
        "start": days.start.isoformat() if days else None,
        "end": days.end.isoformat() if days else None,
        "certainty": certainty,
        "forecast": known.forecast,
        "rule": None,
        "place": None,
        "source": known.source,
        "general_debate": known.general_debate.isoformat() if known.general_debate else None,
        "general_debate_forecast": known.general_debate_forecast,
        "arithmetic": arithmetic,
    }


@router.get("/sessions", summary="List sessions of the bodies", responses=describe(SessionList))
def list_sessions(request: Request, query: Annotated[SessionParameters, Query()]) -> Response:
    """List the sessions of all bodies or of one, with their parts, place and certainty.

    Given are those with days: official where the calendar of conferences has them, elsewhere a forecast with its rule
    and window.
    Without `body`, they are those from `from` to `to`, by default those of this year.
    """
    if len(query.body) > 1 or (query.body and body_with_sessions(query.body[0]) != query.body[0]):
        known = ", ".join(sorted(bodies_with_sessions()))
        raise UsageError(
            message("expected exactly one body, got {bodies}", bodies=repr(", ".join(query.body)[:80])),
            where="body",
            hint=message("use one of {known}", known=known),
        )
    first, last = query.first, query.last
    if not query.body:
        today = request.app.state.clock().date()
        first = first or (last or today).replace(month=1, day=1)
        last = last or first.replace(month=12, day=31)
    language = query.lang or get_default_language(request)
    dated = [at for at in calendar_between(first, last, query.body) if at.certainty is not Certainty.WINDOW]
    return json_response({"items": [_session_to_json(at, language) for at in dated]})


@router.get(
    "/sessions/{body}/{number}", summary="Get a session of a body", responses=describe(SessionDetail, missing=True)
)
def get_session(request: Request, body: str, number: str, query: Annotated[LanguageParameters, Query()]) -> Response:
    """Return when session `number` of the body is, with its certainty.

    `body` is a slug or the body's letters (general-assembly or GA); `number` is the year for bodies that name their
    sessions by year.
    """
    slug, language = body_with_sessions(body), query.lang or get_default_language(request)
    whole = int(number) if number.isascii() and number.isdigit() and len(number) <= _MAX_DIGITS else None
    at = None if slug is None or whole is None else _of_number(slug, whole, language)
    if slug is None or at is None:
        known = message("use one of {known}", known=", ".join(sorted(bodies_with_sessions())))
        raise NotFound(
            message("unknown session {number} of {body}", number=number[:20], body=body[:40]),
            where="address",
            hint=known if slug is None else message("see /api/v1/sessions"),
        )
    return json_response(at)
