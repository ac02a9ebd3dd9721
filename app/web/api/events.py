"""The JSON API: what is decided, when, by which instrument, and how it came to be so."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from fastapi import APIRouter, Depends, Request
from starlette.datastructures import UploadFile
from starlette.responses import Response

from app import services
from app.almanac import almanac, sessions
from app.documents import parse_symbol
from app.errors import DataError, NotFound, TooLarge, UsageError
from app.feeds import FILTERS, parse_day, symbol_address
from app.i18n import LANGUAGE_NAMES, name_of
from app.model import LANGUAGES, Event, Session
from app.schedule.json_format import plain_event, plain_revision, plain_schedule
from app.store import Filed, Instrument, Page, Store
from app.web.api import examples, params
from app.web.feeds.renderer import asked
from app.web.feeds.retired import missing, missing_event


def refresh(request: Request) -> None:
    """Has what is known of instruments brought up to date before a request is answered."""
    request.app.state.feed_renderer.refresh()


router: Final = APIRouter(prefix="/api/v1", tags=["schedules"], dependencies=[Depends(refresh)])
MOST_BYTES: Final = 20 * 1024 * 1024
"""The largest document that ``derive`` reads."""
# Deriving is work for a processor: more at once than there are processors would only make everybody wait.
_DERIVING: Final = asyncio.Semaphore(2)
# Forecasts beyond the 100th session (2045) would promise more than a rule can.
_LAST_SESSION: Final = 100
_EVENTS: Final = (*FILTERS, "resolution", "lang", "as_of", "known_at", "limit", "next")


def answer(value: object, status: int = 200) -> Response:
    """A value as JSON, in the scripts it is written in."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace")
    return Response(body, status, media_type="application/json", headers={"access-control-allow-origin": "*"})


def store_of(request: Request) -> Store:
    """The store that the application reads."""
    found: Store = request.app.state.store
    return found


def _base(request: Request) -> str:
    return str(request.app.state.settings.base_url).rstrip("/")


def _language(request: Request) -> str:
    return str(request.app.state.settings.language)


def plain_instrument(item: Instrument, base: str, language: str) -> dict[str, object]:
    """An instrument as the API gives it."""
    return {
        "symbol": item.symbol,
        "slug": item.slug,
        "title": dict(item.title),
        "body": item.body,
        "session": item.session,
        "adopted": item.adopted.isoformat() if item.adopted else None,
        "family": item.family or None,
        "languages": list(item.languages),
        "counts": dict(item.counts),
        "address": f"{base}/resolutions/{item.slug}",
        "feed": f"{base}/feeds/resolution/{item.slug}.ics",
        "document": symbol_address(item.symbol, language),
    }


def _item(request: Request, event: Event, language: str) -> dict[str, object]:
    """An event as the API gives it, titled after its instrument where it has no subject of its own."""
    about: Mapping[str, str] = request.app.state.feed_renderer.about(event.instrument).title
    return plain_event(event, language, about)


def _page(page: Page[Any], items: list[dict[str, object]]) -> Response:
    return answer({"items": items, "next": page.next})


@router.get(
    "/resolutions",
    summary="Instruments: resolutions, decisions and statements",
    responses=examples.answers({"items": [examples.INSTRUMENT], "next": None}),
    openapi_extra=params.openapi("q", "body", "lang", "limit", "next"),
)
def resolutions(request: Request) -> Response:
    """Instruments in order of symbol."""
    names = ("q", "body", "lang", "limit", "next")
    choice, rest = params.read(request, *names, language=_language(request))
    if len(choice.bodies) > 1:
        raise UsageError("more than one body", where="body", hint="give one")
    page = store_of(request).instruments(
        body=choice.bodies[0] if choice.bodies else None,
        q=choice.text,
        limit=params.limit(rest),
        cursor=rest.get("next"),
    )
    return _page(page, [plain_instrument(item, _base(request), choice.language) for item in page.items])


def filed(store: Store, slug: str) -> Filed:
    """The instrument with that slug. Raises NotFound; Moved and Gone for one that went by it."""
    if len(slug) > 200 or (found := store.instrument(slug)) is None:
        raise missing(store, slug)
    return found


@router.get(
    "/resolutions/{slug}",
    summary="One instrument with its items as they stand",
    responses=examples.answers({**examples.INSTRUMENT, "items": [examples.ITEM]}, missing=True),
    openapi_extra=params.openapi("lang", "as_of", "known_at"),
)
def resolution(request: Request, slug: str) -> Response:
    """The instrument, its items as they stand (or stood ``as_of``), and what it does to events of others."""
    choice, rest = params.read(request, "lang", "as_of", "known_at", language=_language(request))
    found = filed(store_of(request), slug)
    day, moment = params.day(rest, "as_of"), params.moment(rest, "known_at")
    uids = [event.uid for event in found.schedule.events]
    standing = store_of(request).standing(uids, day, moment)
    items = [standing[uid].event for uid in uids if uid in standing]
    return answer(
        {
            **plain_instrument(found, _base(request), choice.language),
            "meeting": found.schedule.meeting,
            "evidence": list(found.schedule.evidence),
            "formerly": list(found.schedule.formerly),
            "items": [plain_event(event, choice.language, found.title) for event in items],
            "amendments": [
                {
                    "target": amendment.target,
                    "action": amendment.action.value,
                    "when": amendment.when,
                    "paragraph": amendment.paragraph,
                    "decided": amendment.decided.isoformat(),
                    "note": amendment.note,
                    "evidence": list(amendment.evidence),
                }
                for amendment in found.schedule.amendments
            ],
        }
    )


@router.get(
    "/events",
    summary="Events: meetings, reports, deadlines … as they stand or stood",
    responses=examples.answers({"items": [examples.ITEM], "next": None}),
    openapi_extra=params.openapi(*_EVENTS),
)
def events(request: Request) -> Response:
    """Events in order of day, those without any last; filters combine by AND, the values of one by OR."""
    choice, rest = params.read(request, *_EVENTS, language=_language(request))
    page = store_of(request).events(
        asked(
            choice,
            resolution=rest.get("resolution"),
            as_of=params.day(rest, "as_of"),
            known_at=params.moment(rest, "known_at"),
            limit=params.limit(rest),
            cursor=rest.get("next"),
        )
    )
    return _page(page, [_item(request, item.event, choice.language) for item in page.items])


def _unknown(request: Request, uid: str) -> NotFound:
    return missing_event(store_of(request), uid, "uids are those that /api/v1/events gives")


@router.get(
    "/events/{uid}",
    summary="One event as it stands or stood",
    responses=examples.answers(examples.ITEM, missing=True),
    openapi_extra=params.openapi("lang", "as_of", "known_at"),
)
def event(request: Request, uid: str) -> Response:
    """The event; 404 too where nothing had been decided ``as_of`` the day asked for."""
    choice, rest = params.read(request, "lang", "as_of", "known_at", language=_language(request))
    day, moment = params.day(rest, "as_of"), params.moment(rest, "known_at")
    found = store_of(request).event(uid, day, moment) if len(uid) <= 240 else None
    if found is None:
        raise _unknown(request, uid)
    return answer(_item(request, found.event, choice.language))


@router.get(
    "/events/{uid}/history",
    summary="Every state of an event, with the instrument that decided it",
    responses=examples.answers({"items": [examples.REVISION]}, missing=True),
    openapi_extra=params.openapi("lang", "known_at"),
)
def history(request: Request, uid: str) -> Response:
    """The revisions of an event, oldest first."""
    choice, rest = params.read(request, "lang", "known_at", language=_language(request))
    found = store_of(request).history(uid, params.moment(rest, "known_at")) if len(uid) <= 240 else ()
    if not found:
        raise _unknown(request, uid)
    return answer({"items": [plain_revision(item, choice.language) for item in found]})


@router.get(
    "/changes",
    summary="What the service learned since a moment",
    responses=examples.answers({"items": [examples.REVISION], "next": None}),
    openapi_extra=params.openapi("since", "lang", "limit", "next"),
)
def changes(request: Request) -> Response:
    """Revisions in the order in which the service learned of them, each with the state before it."""
    choice, rest = params.read(request, "since", "lang", "limit", "next", language=_language(request))
    store = store_of(request)
    since = params.moment(rest, "since") or datetime(1945, 10, 24, tzinfo=UTC)
    page = store.changes(since, params.limit(rest), rest.get("next"))
    items = []
    for revision in page.items:
        before = [item for item in store.history(revision.event.uid) if item.number < revision.number]
        items.append(
            {
                **plain_revision(revision, choice.language),
                "before": plain_event(before[-1].event, choice.language) if before else None,
            }
        )
    return _page(page, items)


@router.get(
    "/sessions",
    summary="Sessions of a body, with their days",
    responses=examples.answers(
        {
            "items": [
                {
                    "token": "GA73",
                    "body": "general-assembly",
                    "number": 73,
                    "name": "General Assembly",
                    "opens": "2018-09-18",
                    "closes": "2019-09-16",
                    "forecast": False,
                    "source": "res. 57/301",
                }
            ]
        }
    ),
    openapi_extra=params.openapi("body", "from", "to", "lang"),
)
def dated_sessions(request: Request) -> Response:
    """The sessions of a body (the General Assembly where none is asked for) whose days are known or forecast."""
    choice, _ = params.read(request, "body", "from", "to", "lang", language=_language(request))
    body = choice.bodies[0] if choice.bodies else "general-assembly"
    if len(choice.bodies) > 1 or body not in almanac().bodies:
        known = ", ".join(sorted(almanac().bodies))
        raise UsageError(f"no one body {', '.join(choice.bodies)[:80]!r}", where="body", hint=f"known are {known}")
    found = [
        session
        for session in sessions(body, 1, _LAST_SESSION)
        if session.opens
        and (choice.end is None or session.opens <= choice.end)
        and (choice.start is None or (session.closes or session.opens) >= choice.start)
    ]
    return answer({"items": [_plain_session(session, choice.language) for session in found]})


def _plain_session(session: Session, language: str) -> dict[str, object]:
    return {
        "token": session.token,
        "body": session.body,
        "number": session.number,
        "name": name_of(session.body, language).name,
        "opens": session.opens.isoformat() if session.opens else None,
        "closes": session.closes.isoformat() if session.closes else None,
        "forecast": session.forecast,
        "source": session.source,
        "general_debate": session.general_debate.isoformat() if session.general_debate else None,
        "general_debate_forecast": session.general_debate_forecast,
    }


@router.get(
    "/languages",
    summary="The six official languages",
    responses=examples.answers({"items": [{"language": "zh", "name": "中文"}]}),
)
def languages(request: Request) -> Response:
    """Each language with its name in itself."""
    params.read(request)
    return answer({"items": [{"language": code, "name": LANGUAGE_NAMES[code]} for code in LANGUAGES]})


# --- deriving -------------------------------------------------------------------------------------------------------


@router.post(
    "/derive",
    summary="What a document schedules; nothing is stored",
    responses=examples.answers(
        {
            "symbol": "A/RES/72/251",
            "lang": "zh",
            "adopted": "2017-12-24",
            "items": [examples.ITEM],
            "unread": [],
            **examples.PROPOSED,
        }
    ),
    openapi_extra=examples.FORM,
)
async def derive(request: Request) -> Response:
    """Derives the schedule of the document in the form; at most 20 MB."""
    params.read(request)
    derivation = await derived(await submitted(request), services.Stored(store_of(request)))
    return answer(plain_schedule(derivation.schedule, derivation.resolution.language))


@dataclass(frozen=True, slots=True)
class Submission:
    """A document as a form brings it: its bytes and file name, and the other fields."""

    data: bytes
    name: str
    fields: Mapping[str, str]


async def submitted(request: Request, *more: str) -> Submission:
    """The form of a request; ``more`` are fields known beside those of ``derive``. Raises UsageError, TooLarge."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in ("multipart/form-data", "application/x-www-form-urlencoded"):
        raise UsageError(f"a body of type {kind[:40]!r}", where="content-type", hint="send multipart/form-data")
    known = ("file", "text", "lang", "symbol", "adopted", *more)
    async with request.form(max_files=1, max_fields=8, max_part_size=MOST_BYTES) as form:
        if unknown := sorted(set(form) - set(known)):
            raise UsageError(f"unknown field {unknown[0][:40]!r}", where="form", hint=f"known are {', '.join(known)}")
        fields = {name: value for name, value in form.items() if isinstance(value, str)}
        upload = form.get("file")
        data, name = fields.get("text", "").encode("utf-8", "replace"), ""
        if isinstance(upload, UploadFile) and upload.filename:
            data, name = await upload.read(), upload.filename
    if len(data) > MOST_BYTES:
        raise TooLarge(f"{len(data):,} bytes", where="file", hint=f"at most {MOST_BYTES:,}")
    return Submission(data, name, fields)


async def derived(submission: Submission, against: services.Against | None = None) -> services.Derivation:
    """What the document schedules, and what it would do to the events ``against``. Raises UsageError, DataError."""
    if not submission.data.strip():
        raise DataError("no document", where="file", hint="send a file, or its text")
    said = {name: value.strip() for name, value in submission.fields.items()}
    language = services.language_of(said.get("lang", ""))
    symbol = parse_symbol(said["symbol"]) if said.get("symbol") else None
    adopted = parse_day(said["adopted"], "adopted") if said.get("adopted") else None
    async with _DERIVING:
        return await asyncio.to_thread(
            services.derive_bytes,
            submission.data,
            language,
            name=submission.name,
            symbol=symbol,
            adopted=adopted,
            against=against,
        )
