"""Jobs over the API: how far they are, and a stream of their progress."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from time import monotonic
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response, StreamingResponse

from app.errors import NotFound, TooMany, message
from app.i18n import translate_payload
from app.store import Job, Store, Token
from app.web.api.access_schemas import Job as JobModel
from app.web.api.params import LanguageParameters, NoParameters
from app.web.api.responses import describe, json_response
from app.web.auth import requires
from app.web.server.dependencies import get_base_url, get_store

router: Final = APIRouter(prefix="/api/v1", tags=["proposals"])
_MAX_ID_LENGTH: Final = 32
_POLL_SECONDS: Final = 0.3
_KEEP_ALIVE_SECONDS: Final = 15.0
_MAX_STREAM_SECONDS: Final = 600.0
_MAX_STREAMS: Final = 10
"""How many streams a token may hold at once: each is a connection, and polls the store."""
_STREAM: Final[dict[str, Any]] = {
    "description": "Events named progress, each with the job as JSON",
    "content": {"text/event-stream": {"schema": {"type": "string"}, "example": "event: progress\ndata: {…}\n\n"}},
}


def job_to_json(store: Store, job: Job, base: str, language: str = "en") -> dict[str, object]:
    """Return a job; its error is worded in ``language``, ``base`` is the address of the service."""
    proposal = store.proposals.of_document(job.document) if job.document is not None and job.over else None
    error = translate_payload(job.error, language)
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


def _find_job(request: Request, id_: str) -> Job:
    found = get_store(request).jobs.get(id_) if len(id_) <= _MAX_ID_LENGTH else None
    if found is None:
        raise NotFound(
            message("unknown job {id}", id=repr(id_[:40])),
            where="address",
            hint=message("use the id that POST /api/v1/documents returned"),
        )
    return found


@router.get("/jobs/{id}", summary="Get a job", responses=describe(JobModel, token=True, missing=True))
def get_job(
    request: Request,
    id: str,  # noqa: A002  # the name is the path's
    query: Annotated[LanguageParameters, Query()],
    _token: Annotated[Token, Depends(requires())],
) -> Response:
    """Return the job; once it is done, with the number of its proposal."""
    job = _find_job(request, id)
    return json_response(job_to_json(get_store(request), job, get_base_url(request), query.lang or "en"))


@router.get(
    "/jobs/{id}/events",
    summary="Stream a job's progress",
    responses={**describe(None, token=True, missing=True), 200: _STREAM},
    response_class=StreamingResponse,
)
def stream_job(
    request: Request,
    id: str,  # noqa: A002  # the name is the path's
    _query: Annotated[NoParameters, Query()],
    token: Annotated[Token, Depends(requires())],
) -> Response:
    """Send an event `progress` at every change of the job until it is over.

    The stream ends after ten minutes, or when the token is no longer valid.
    """
    job = _find_job(request, id)
    streams: Counter[str] = request.app.state.watches
    if streams[token.id] >= _MAX_STREAMS:
        after = int(_KEEP_ALIVE_SECONDS)
        raise TooMany(
            message("too many requests"),
            where="token",
            hint=message("retry in {wait} seconds", wait=after),
            after=after,
        )
    return StreamingResponse(
        _counted(_progress_events(get_store(request), job, get_base_url(request), token), streams, token.id),
        media_type="text/event-stream",
        headers={"cache-control": "no-store", "x-accel-buffering": "no"},
    )


async def _counted(events: AsyncIterator[str], streams: Counter[str], token: str) -> AsyncIterator[str]:
    """Count a stream of ``token`` for as long as it runs."""
    streams[token] += 1
    try:
        async for event in events:
            yield event
    finally:
        streams[token] -= 1


async def _progress_events(store: Store, first: Job, base: str, token: Token) -> AsyncIterator[str]:
    """Yield the job's states until it is over or the token is no longer valid."""

    def poll() -> tuple[Job | None, dict[str, object]] | None:
        known = store.tokens.find(token.id)
        if known is None or not known[0].valid(datetime.now(UTC)):
            return None
        found = store.jobs.get(first.id)
        return found, job_to_json(store, found or first, base)

    last_data, last_sent, begun = "", monotonic(), monotonic()
    while monotonic() - begun < _MAX_STREAM_SECONDS:
        polled = await asyncio.to_thread(poll)
        if polled is None:
            return
        found, state = polled
        data = json.dumps(state, ensure_ascii=False)
        if data != last_data:
            last_data, last_sent = data, monotonic()
            yield f"event: progress\ndata: {data}\n\n"
        elif monotonic() - last_sent > _KEEP_ALIVE_SECONDS:
            last_sent = monotonic()
            yield ": keep-alive\n\n"
        if found is None or found.over:
            return
        await asyncio.sleep(_POLL_SECONDS)
