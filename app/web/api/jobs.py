"""Jobs over the API: how far they are, and a stream of their progress."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Query, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent
from starlette.responses import Response

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
_RETRY_SECONDS: Final = 15
"""After how many seconds a client with too many streams should try again."""
_MAX_STREAM_SECONDS: Final = 600.0
_MAX_STREAMS: Final = 10
"""How many streams a token may hold at once: each is a connection, and polls the store."""
_STREAM: Final[dict[str, Any]] = {
    "description": "Events named progress, each with the job as JSON",
    "content": {"text/event-stream": {"schema": {"type": "string"}, "example": "event: progress\ndata: {…}\n\n"}},
}


def job_to_json(store: Store, job: Job, base: str, language: str = "en") -> dict[str, object]:
    """Return a job as the API gives it.

    Its error is worded in ``language``; ``base`` is the address of the service.
    """
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


@dataclass(frozen=True, slots=True)
class JobState:
    """A job as the API gives it, and whether it is over."""

    job: dict[str, object]
    over: bool


@dataclass(frozen=True, slots=True)
class JobStream:
    """A stream of a job's states for a token; ``base`` is the address of the service."""

    store: Store
    first: Job
    base: str
    token: Token

    def poll(self) -> JobState | None:
        """Return the state of the job, None once the token is invalid; reads the store."""
        known = self.store.tokens.find(self.token.id)
        if known is None or not known[0].valid(datetime.now(UTC)):
            return None
        job = self.store.jobs.get(self.first.id)
        return JobState(job_to_json(self.store, job or self.first, self.base), job is None or job.over)


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


async def open_stream(
    request: Request,
    id: str,  # noqa: A002  # the name is the path's
    token: Annotated[Token, Depends(requires())],
) -> AsyncIterator[JobStream]:
    """Yield the job of a stream, and count the stream of its token until the answer has ended.

    This is a dependency, so that errors are answered before the stream begins. Raises NotFound, and TooMany for more
    than _MAX_STREAMS of a token.
    """
    job = await asyncio.to_thread(_find_job, request, id)
    streams: Counter[str] = request.app.state.streams
    if streams[token.id] >= _MAX_STREAMS:
        after = _RETRY_SECONDS
        raise TooMany(
            message("too many requests"),
            where="token",
            hint=message("retry in {wait} seconds", wait=after),
            after=after,
        )
    streams[token.id] += 1
    try:
        yield JobStream(get_store(request), job, get_base_url(request), token)
    finally:
        streams[token.id] -= 1
        if not streams[token.id]:
            del streams[token.id]


@router.get(
    "/jobs/{id}/events",
    summary="Stream a job's progress",
    responses={**describe(None, token=True, missing=True), 200: _STREAM},
    response_class=EventSourceResponse,
)
async def stream_job(
    stream: Annotated[JobStream, Depends(open_stream)], _query: Annotated[NoParameters, Query()]
) -> AsyncIterator[ServerSentEvent]:
    """Send an event `progress` at every change of the job until it is over.

    The stream ends after ten minutes, or when the token is no longer valid. Each event is a whole state of the job,
    so a client that reconnects needs no `Last-Event-ID`.
    """
    last, begun = "", monotonic()
    while monotonic() - begun < _MAX_STREAM_SECONDS:
        state = await asyncio.to_thread(stream.poll)
        if state is None:
            return
        data = json.dumps(state.job, ensure_ascii=False)
        if data != last:
            last = data
            yield ServerSentEvent(event="progress", raw_data=data)
        if state.over:
            return
        await asyncio.sleep(_POLL_SECONDS)
