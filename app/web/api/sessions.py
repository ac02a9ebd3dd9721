"""Sessions of United Nations bodies over the API: their days, how certain they are, and why."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from app.almanac import almanac, session, sessions, window
from app.errors import NotFound, UsageError, message
from app.i18n import explain_proof, format_session, name_of
from app.model import Session
from app.web.api.almanac_schemas import SessionDetail, SessionList
from app.web.api.params import LanguageParameters, SessionParameters, reject_repeated_parameters
from app.web.api.responses import describe, json_response
from app.web.server.dependencies import get_default_language

router: Final = APIRouter(prefix="/api/v1", tags=["almanac"], dependencies=[Depends(reject_repeated_parameters)])
_DEFAULT_BODY: Final = "general-assembly"
_LAST_LISTED: Final = 100
"""The last session that lists give (of the Assembly: 2045); a rule cannot promise more."""
_MAX_DIGITS: Final = 4


def _session_to_json(at: Session, language: str) -> dict[str, object]:
    return {
        "token": at.token,
        "body": at.body,
        "number": at.number,
        "name": name_of(at.body, language).name,
        "opens": at.opens.isoformat() if at.opens else None,
        "closes": at.closes.isoformat() if at.closes else None,
        "forecast": at.forecast,
        "source": at.source,
        "general_debate": at.general_debate.isoformat() if at.general_debate else None,
        "general_debate_forecast": at.general_debate_forecast,
    }


@router.get("/sessions", summary="List sessions of a body", responses=describe(SessionList))
def list_sessions(request: Request, query: Annotated[SessionParameters, Query()]) -> Response:
    """List the sessions of a body whose days are known or forecast.

    The body is the General Assembly by default.
    """
    body = query.body[0] if query.body else _DEFAULT_BODY
    if len(query.body) > 1 or body not in almanac().bodies:
        known = ", ".join(sorted(almanac().bodies))
        raise UsageError(
            message("expected exactly one body, got {bodies}", bodies=repr(", ".join(query.body)[:80])),
            where="body",
            hint=message("use one of {known}", known=known),
        )
    found = [
        at
        for at in sessions(body, 1, _LAST_LISTED)
        if at.opens
        and (query.last is None or at.opens <= query.last)
        and (query.first is None or (at.closes or at.opens) >= query.first)
    ]
    language = query.lang or get_default_language(request)
    return json_response({"items": [_session_to_json(at, language) for at in found]})


@router.get(
    "/sessions/{body}/{number}", summary="Get a session of a body", responses=describe(SessionDetail, missing=True)
)
def get_session(request: Request, body: str, number: str, query: Annotated[LanguageParameters, Query()]) -> Response:
    """Return when session `number` of the body is, with its certainty.

    `body` is a slug or the body's letters (general-assembly or GA); `number` is the year for bodies that name their
    sessions by year.
    """
    book = almanac()
    slug = next((known.slug for known in book.bodies.values() if body in (known.slug, known.token)), None)
    at = session(slug, int(number)) if slug and number.isascii() and number.isdigit() and (
        len(number) <= _MAX_DIGITS
    ) else None  # fmt: skip
    if slug is None or at is None:
        known = message("use one of {known}", known=", ".join(sorted(book.bodies)))
        raise NotFound(
            message("unknown session {number} of {body}", number=number[:20], body=body[:40]),
            where="address",
            hint=known if slug is None else message("see /api/v1/sessions"),
        )
    language = query.lang or get_default_language(request)
    days = window(slug, at.number)
    certainty = None if days is None else days.certainty.value
    if at.opens and not at.forecast:
        certainty = "decided"
    return json_response(
        {
            **_session_to_json(at, language),
            "title": format_session(at.token, language) or at.token,
            "start": days.start.isoformat() if days else None,
            "end": days.end.isoformat() if days else None,
            "certainty": certainty,
            "arithmetic": explain_proof(days.proof, language) if days else "",
        }
    )
