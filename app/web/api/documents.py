"""Documents over the API: sent in, or fetched by symbol, for a job to derive; with a token."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from app.documents import parse_symbol
from app.errors import DataError, UsageError, message
from app.feeds import parse_day
from app.services import derive, ingest
from app.store import Token
from app.web.api.access_schemas import Job
from app.web.api.derive import DOCUMENT_BODY, read_submission
from app.web.api.jobs import job_to_json
from app.web.api.params import NoParameters
from app.web.api.responses import describe, json_response
from app.web.auth import requires
from app.web.server.dependencies import get_base_url, get_settings, get_store

router: Final = APIRouter(prefix="/api/v1", tags=["proposals"])


@router.post(
    "/documents",
    status_code=202,
    summary="Submit a document",
    responses=describe(Job, token=True, status=202, body=True),
    openapi_extra=DOCUMENT_BODY,
)
async def submit_document(
    request: Request,
    _query: Annotated[NoParameters, Query()],
    token: Annotated[Token, Depends(requires("propose"))],
) -> Response:
    """Store the document and return the job that derives its schedule.

    The same upload twice is one document. With `symbol` and neither `file` nor `text` the document is
    fetched from the servers that the operator configured.
    """
    submission = await read_submission(request)
    given = {name: value.strip() for name, value in submission.fields.items()}
    language = derive.language_of(given.get("lang", ""))
    symbol = parse_symbol(given["symbol"]) if given.get("symbol") else None
    adopted = parse_day(given["adopted"], "adopted") if given.get("adopted") else None
    store, engine, now = get_store(request), request.app.state.engine, datetime.now(UTC)
    if submission.data.strip():
        upload = ingest.build_upload(submission.data, language, name=submission.name, symbol=symbol, adopted=adopted)
        job = await asyncio.to_thread(ingest.submit, store, upload, now, engine, by=token)
    elif symbol is not None:
        if not get_settings(request).servers:
            raise UsageError(
                message("no document server is configured"), where="symbol", hint=message("send the document itself")
            )
        job = await asyncio.to_thread(ingest.submit_symbol, store, symbol, language, now, engine, by=token)
    else:
        raise DataError(
            message("no document was given"), where="file", hint=message("send a file, its text, or a symbol")
        )
    response = json_response(await asyncio.to_thread(job_to_json, store, job, get_base_url(request)), 202)
    response.headers["location"] = f"/api/v1/jobs/{job.id}"
    return response
