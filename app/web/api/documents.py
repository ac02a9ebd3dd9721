"""Documents sent in, the jobs that derive them, the proposals that come of them, what reviewers say; with tokens."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response, StreamingResponse

from app import services
from app.documents import parse_symbol
from app.errors import DataError, NotFound, TooLarge, TooMany, UsageError
from app.feeds import parse_day
from app.i18n import say_fault
from app.schedule.json_format import plain_event, plain_schedule
from app.store import Job, Proposed, Store, Token
from app.web.api import examples, params
from app.web.api.events import answer, store_of, submitted
from app.web.auth import requires

router: Final = APIRouter(prefix="/api/v1", tags=["proposals"])
STATES: Final = ("proposed", "reviewed", "published", "rejected")
_LARGEST_REVIEW: Final = 1024 * 1024
_MOST_ITEMS: Final = 1000
_LOOK: Final = 0.3
_KEEP_ALIVE: Final = 15.0
_LONGEST_WATCH: Final = 600.0
_MOST_WATCHES: Final = 10
"""How many jobs one token may watch at once: each stream is a connection, and asks the store again and again."""
_DIGITS: Final = 15


def _base(request: Request) -> str:
    return str(request.app.state.settings.base_url).rstrip("/")


def _crew(request: Request) -> services.Crew:
    found: services.Crew = request.app.state.crew
    return found


def plain_job(store: Store, job: Job, base: str, language: str = "en") -> dict[str, object]:
    """A job as the API gives it; its error is said in ``language``."""
    proposal = store.documents.proposal_of(job.document) if job.document is not None and job.over else None
    error = {
        name: say_fault(words, language) if name in {"what", "hint"} else words for name, words in job.error.items()
    }
    return {
        "id": job.id,
        "kind": job.kind,
        "state": job.state,
        "progress": job.progress,
        "stage": job.stage,
        "document": job.document,
        "proposal": proposal,
        "error": error or None,
        "created": job.created.isoformat(),
        "finished": job.finished.isoformat() if job.finished else None,
        "address": f"{base}/api/v1/jobs/{job.id}",
    }


def plain_proposal(item: Proposed) -> dict[str, object]:
    """A proposal as lists of the API give it."""
    return {
        "id": item.id,
        "document": item.document,
        "symbol": item.symbol,
        "slug": item.slug,
        "language": item.language,
        "state": item.state,
        "count": item.items,
        "created": item.created.isoformat(),
        "changed": item.changed.isoformat(),
    }


@router.post(
    "/documents",
    status_code=202,
    summary="Send a document in, or have it fetched by its symbol",
    responses=examples.answers(examples.JOB, token=True, status=202),
    openapi_extra=examples.FORM,
)
async def documents(request: Request, token: Annotated[Token, Depends(requires("propose"))]) -> Response:
    """Keeps the document and answers with the job that derives it; the same upload twice is one document.

    With ``symbol`` and neither ``file`` nor ``text`` it is fetched from the servers that the operator configured.
    """
    params.read(request)
    form = await submitted(request)
    said = {name: value.strip() for name, value in form.fields.items()}
    language = services.language_of(said.get("lang", ""))
    symbol = parse_symbol(said["symbol"]) if said.get("symbol") else None
    adopted = parse_day(said["adopted"], "adopted") if said.get("adopted") else None
    store, crew, now = store_of(request), _crew(request), datetime.now(UTC)
    if form.data.strip():
        upload = services.uploaded(form.data, language, name=form.name, symbol=symbol, adopted=adopted)
        job = await asyncio.to_thread(services.submit, store, upload, now, crew.defer, by=token)
    elif symbol is not None:
        if not request.app.state.settings.servers:
            raise UsageError("no document server is configured", where="symbol", hint="send the document itself")
        job = await asyncio.to_thread(services.submit_symbol, store, symbol, language, now, crew.defer, by=token)
    else:
        raise DataError("no document", where="file", hint="send a file, its text, or a symbol")
    plain = await asyncio.to_thread(plain_job, store, job, _base(request))
    answered = answer(plain, 202)
    answered.headers["location"] = f"/api/v1/jobs/{job.id}"
    return answered


def _job(request: Request, id_: str) -> Job:
    found = store_of(request).queue.job(id_) if len(id_) <= 32 else None
    if found is None:
        raise NotFound(f"no job {id_[:40]!r}", where="address", hint="ids are those that POST /api/v1/documents gives")
    return found


@router.get(
    "/jobs/{id_}",
    summary="How far a job is",
    responses=examples.answers(examples.JOB, token=True, missing=True),
    openapi_extra=params.openapi("lang"),
)
def job(request: Request, id_: str, _token: Annotated[Token, Depends(requires())]) -> Response:
    """The job; when it is done, the number of its proposal."""
    choice, _ = params.read(request, "lang")
    return answer(plain_job(store_of(request), _job(request, id_), _base(request), choice.language))


@router.get(
    "/jobs/{id_}/events",
    summary="A job as it goes on, as server-sent events",
    responses={**examples.answers(examples.JOB, token=True, missing=True), 200: examples.STREAM},
)
def watch(request: Request, id_: str, token: Annotated[Token, Depends(requires())]) -> Response:
    """An event ``progress`` for every change of the job, the last when it is over; ten minutes at most, and no longer
    than the token is valid."""
    params.read(request)
    first = _job(request, id_)
    watches: Counter[str] = request.app.state.watches
    if watches[token.id] >= _MOST_WATCHES:
        after = int(_KEEP_ALIVE)
        raise TooMany(
            "more requests than are allowed", where="token", hint=f"come back in {after} seconds", after=after
        )
    return StreamingResponse(
        _counted(_events(store_of(request), first, _base(request), token), watches, token.id),
        media_type="text/event-stream",
        headers={"cache-control": "no-store", "x-accel-buffering": "no"},
    )


async def _counted(events: AsyncIterator[str], watches: Counter[str], token: str) -> AsyncIterator[str]:
    watches[token] += 1
    try:
        async for event in events:
            yield event
    finally:
        watches[token] -= 1


async def _events(store: Store, first: Job, base: str, token: Token) -> AsyncIterator[str]:
    """What happens to the job, until it is over or the token is no longer valid."""

    def look() -> tuple[Job | None, dict[str, object]] | None:
        known = store.access.find(token.id)
        if known is None or not known[0].valid(datetime.now(UTC)):
            return None
        found = store.queue.job(first.id)
        return found, plain_job(store, found or first, base)

    said, spoke, begun = "", monotonic(), monotonic()
    while monotonic() - begun < _LONGEST_WATCH:
        seen = await asyncio.to_thread(look)
        if seen is None:
            return
        found, plain = seen
        words = json.dumps(plain, ensure_ascii=False)
        if words != said:
            said, spoke = words, monotonic()
            yield f"event: progress\ndata: {words}\n\n"
        elif monotonic() - spoke > _KEEP_ALIVE:
            spoke = monotonic()
            yield ": still there\n\n"
        if found is None or found.over:
            return
        await asyncio.sleep(_LOOK)


@router.get(
    "/proposals",
    summary="Schedules proposed from documents",
    responses=examples.answers({"items": [examples.PROPOSAL], "next": None}, token=True),
    openapi_extra=params.openapi("state", "resolution", "limit", "next"),
)
def proposals(request: Request, _token: Annotated[Token, Depends(requires())]) -> Response:
    """Proposals, newest first."""
    _, rest = params.read(request, "state", "resolution", "limit", "next")
    if rest.get("state", STATES[0]) not in STATES:
        raise UsageError(f"no state {rest['state'][:40]!r}", where="state", hint=f"use one of {', '.join(STATES)}")
    page = store_of(request).documents.proposals(
        state=rest.get("state"), slug=rest.get("resolution"), limit=params.limit(rest), cursor=rest.get("next")
    )
    return answer({"items": [plain_proposal(item) for item in page.items], "next": page.next})


@router.get(
    "/proposals/{number}",
    summary="One proposal: the schedule, the text, what was said of its items",
    responses=examples.answers(
        examples.PROPOSAL_WHOLE,
        token=True,
        missing=True,
    ),
)
def proposal(request: Request, number: str, _token: Annotated[Token, Depends(requires())]) -> Response:
    """The proposal with its schedule as it stands after what reviewers said so far."""
    params.read(request)
    return answer(_whole(request, _number(number)))


def _whole(request: Request, number: int) -> dict[str, object]:
    store = store_of(request)
    found = services.proposal_of(store, number)
    verdicts = [
        {
            "uid": item.uid,
            "status": item.status,
            "changes": dict(item.changes),
            "note": item.note,
            "by": item.reviewer,
            "moment": item.moment.isoformat(),
        }
        for item in store.documents.reviews(number)
    ]
    schedule = plain_schedule(services.schedule_of(found), found.language)
    ruled = services.rulings(store, request.app.state.settings.schedules, found)
    amendments = [plain_ruling(item, found.language) for item in ruled]
    return {
        **plain_proposal(found), "schedule": schedule, "text": found.text, "amendments": amendments,
        "reviews": verdicts,
    }  # fmt: skip


def plain_ruling(item: services.Ruled, language: str) -> dict[str, object]:
    """A proposed amendment with the last word on it, and what it does, as the API gives it."""
    made, effect, problem = item.amendment, item.effect, item.problem
    told = {"what": problem.what, "where": problem.where, "hint": problem.hint} if problem else None
    return {
        "target": item.proposal.amendment.target,
        "status": item.status,
        "changes": dict(item.verdict.changes) if item.verdict else {},
        "note": item.verdict.note if item.verdict else "",
        "amendment": {"target": made.target, "action": made.action.value, "when": made.when},
        "before": plain_event(effect.before, language) if effect else None,
        "after": plain_event(effect.after.event, language) if effect else None,
        "problem": told,
        "paragraph": made.paragraph,
        "quote": dict(item.proposal.quote),
        "because": list(item.proposal.because),
        "covers": list(item.proposal.covers),
        "confidence": item.proposal.confidence,
    }


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= _DIGITS):
        raise NotFound(f"no proposal {text[:40]!r}", where="address", hint="/api/v1/proposals lists them")
    return int(text)


@router.post(
    "/reviews",
    summary="Say what is right of a proposal's items; publish it or reject it",
    responses=examples.answers(
        examples.PROPOSAL_WHOLE,
        token=True,
        missing=True,
    ),
    openapi_extra=examples.REVIEW,
)
async def reviews(request: Request, token: Annotated[Token, Depends(requires("review"))]) -> Response:
    """Keeps what is said; with ``publish`` the proposal is in the calendars when this answers."""
    params.read(request)
    said = _said(await json_body(request))
    store, now, folder = store_of(request), datetime.now(UTC), request.app.state.settings.schedules

    def work() -> dict[str, object]:
        if said.items or said.amendments or said.reject:
            services.review(
                store, said.number, said.items, now, by=token, reject=said.reject, rulings=said.amendments,
                folder=folder,
            )  # fmt: skip
        if said.publish:
            services.publish(store, folder, [said.number], now, by=token)
        return _whole(request, said.number)

    return answer(await asyncio.to_thread(work))


async def json_body(request: Request) -> Mapping[str, Any]:
    """The JSON object that a request brings. Raises UsageError, DataError, TooLarge."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise UsageError(f"a body of type {kind[:40]!r}", where="content-type", hint="send application/json")
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > _LARGEST_REVIEW:
            raise TooLarge("a body too large", where="body", hint=f"at most {_LARGEST_REVIEW:,} bytes")
    try:
        found = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise DataError("the body is not JSON", where="body", hint="/openapi.json shows the form") from error
    if not isinstance(found, dict):
        raise _form("body")
    return found


@dataclass(frozen=True, slots=True)
class _Said:
    """What a review says."""

    number: int
    items: tuple[services.Opinion, ...]
    amendments: tuple[services.Opinion, ...]
    publish: bool
    reject: bool


def _said(body: Mapping[str, Any]) -> _Said:
    """What a review says. Raises UsageError for another form."""
    unknown = sorted(set(body) - {"proposal", "items", "amendments", "publish", "reject"})
    number, publish, reject = body.get("proposal"), body.get("publish", False), body.get("reject", False)
    if unknown or not isinstance(number, int) or isinstance(number, bool) or number >= 10**_DIGITS or number < 0:
        raise _form(str(unknown[0])[:40] if unknown else "proposal")
    if not isinstance(publish, bool) or not isinstance(reject, bool) or (publish and reject):
        raise _form("publish")
    items, amendments = _opinions(body, "items", "uid"), _opinions(body, "amendments", "target")
    if not (items or amendments or publish or reject):
        raise _form("items")
    return _Said(number, items, amendments, publish, reject)


def _opinions(body: Mapping[str, Any], field: str, key: str) -> tuple[services.Opinion, ...]:
    """What is said of each of a list, whose members go by ``key``."""
    listed = body.get(field, [])
    if not isinstance(listed, list) or len(listed) > _MOST_ITEMS:
        raise _form(field)
    found = []
    for item in listed:
        if not isinstance(item, dict) or set(item) - {key, "status", "changes", "note"}:
            raise _form(field)
        name, status = item.get(key), item.get("status")
        changes, note = item.get("changes", {}), item.get("note", "")
        if not isinstance(name, str) or not isinstance(status, str) or not isinstance(note, str):
            raise _form(field)
        if not isinstance(changes, dict):
            raise _form("changes")
        found.append(services.Opinion(name, status, changes, note))
    return tuple(found)


def _form(where: str) -> UsageError:
    return UsageError("the request does not have the form asked for", where=where, hint="/openapi.json shows the form")
