"""One expression of time over the API: what days it comes to, and how they are worked out."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from app.almanac import Context, resolve, session_on
from app.documents import parse_symbol
from app.errors import AlmanacError, DataError, UnknownParameter, message
from app.feeds.options import unknown_value
from app.i18n import explain_proof
from app.model import Event, Language
from app.services import derive
from app.web.api.almanac_schemas import ResolvedTime
from app.web.api.params import ResolveParameters, reject_repeated_parameters
from app.web.api.responses import describe, json_response
from app.web.server.dependencies import get_default_language

router: Final = APIRouter(prefix="/api/v1", tags=["derive"], dependencies=[Depends(reject_repeated_parameters)])
MAX_EXPRESSION: Final = 300
"""The most characters of an expression."""
_CARRIERS: Final[dict[Language, str]] = {
    "ar": "1 - تطلب إلى الأمين العام أن يقدم إلى الجمعية العامة تقريرا {text}.",
    "en": "1. Requests the Secretary-General to submit a report to the General Assembly {text}.",
    "es": "1. Solicita al Secretario General que presente un informe a la Asamblea General {text}.",
    "fr": "1. Prie le Secrétaire général de présenter un rapport à l’Assemblée générale {text}.",
    "ru": "1. просит Генерального секретаря представить доклад Генеральной Ассамблее {text}.",
    "zh": "大会，\n\n1. 请秘书长{text}向大会提出报告。",
}
"""A paragraph in which an expression is read: times mean something only beside a verb that schedules."""
_SYMBOLS: Final = {
    "general-assembly": "A/RES/{session}/1",
    "human-rights-council": "A/HRC/RES/{session}/1",
    "economic-and-social-council": "E/RES/{year}/1",
    "security-council": "S/RES/1 ({year})",
}
"""Symbols of a paragraph's instrument by adopting body."""


@router.get("/resolve", summary="Resolve a time expression", responses=describe(ResolvedTime, body=True))
async def resolve_time(request: Request, query: Annotated[ResolveParameters, Query()]) -> Response:
    """Return the days of one expression, read in a resolution adopted by `body` on `adopted`.

    Give `text` with `lang` ("no later than ninety days before its eighty-third session"), or `when` in Plenary's
    notation (`GA83-P90D`).
    """
    if (query.text is None) == (query.when is None):
        raise UnknownParameter(message("no document was given"), where="text", hint=message("send a file, or its text"))
    adopted = query.adopted or request.app.state.clock().date()
    body = query.body[0] if query.body else "general-assembly"
    language = query.lang or get_default_language(request)
    if query.when is not None:
        return json_response(_resolve_notation(query.when, adopted, body, language))
    text = (query.text or "").strip()[:MAX_EXPRESSION]
    return json_response(await asyncio.to_thread(_resolve_text, text, adopted, body, language))


def _resolve_notation(when: str, adopted: date, body: str, language: str) -> dict[str, object]:
    context = Context(adopted, body, session_on(body, adopted))
    try:
        found = resolve(when, context)
    except AlmanacError as error:
        raise unknown_value("when", when, ("GA83", "2018-05-14")) from error
    start, end = getattr(found, "start", None), getattr(found, "end", None)
    return {
        "text": None,
        "when": when,
        "start": start.isoformat() if start else None,
        "end": end.isoformat() if end else None,
        "certainty": found.certainty.value,
        "recurrence": found.recurrence,
        "rule": found.proof[0].rule if found.proof else "",
        "arithmetic": explain_proof(found.proof, language),
        "alternatives": [],
        "adopted": adopted.isoformat(),
        "body": body,
    }


def _resolve_text(text: str, adopted: date, body: str, language: str) -> dict[str, object]:
    """Return what the derivation makes of the expression.

    Raises DataError where it is no time.
    """
    pattern = _SYMBOLS.get(body)
    if pattern is None:
        raise unknown_value("body", body, _SYMBOLS)
    of = derive.language_of(language)
    symbol = parse_symbol(pattern.format(session=session_on(body, adopted), year=adopted.year))
    carrier = _CARRIERS[of].format(text=text).encode()
    derivation = derive.derive_bytes(carrier, of, name="expression.txt", symbol=symbol, adopted=adopted)
    timed = [event for event in derivation.schedule.events if event.when != "undated"]
    if not timed:
        raise DataError(
            message("invalid date {text}", text=repr(text[:60])),
            where="text",
            hint=message("write a day as 2018-05-14, a month as 2018-05 or a year as 2018"),
        )
    return {"text": text, **_event_time(timed[0], language), "adopted": adopted.isoformat(), "body": body}


def _event_time(event: Event, language: str) -> dict[str, object]:
    return {
        "when": event.when,
        "start": event.start.isoformat() if event.start else None,
        "end": event.end.isoformat() if event.end else None,
        "certainty": event.certainty.value,
        "recurrence": event.recurrence,
        "rule": event.rule,
        "arithmetic": explain_proof(event.proof, language) if event.proof else event.arithmetic,
        "alternatives": list(event.alternatives),
    }
