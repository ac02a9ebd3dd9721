"""Deriving the schedule of a document over the API; nothing is stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request
from starlette.datastructures import UploadFile
from starlette.responses import Response

from app.documents import parse_symbol
from app.errors import DataError, TooLarge, UsageError, message
from app.feeds import parse_day
from app.model import LANGUAGES
from app.schedule.json_format import plain_schedule
from app.services import derive as derive_service
from app.services import history_source
from app.web.api.bodies import media_type_of, read_json_object
from app.web.api.derive_schemas import DerivedSchedule
from app.web.api.params import NoParameters
from app.web.api.responses import describe, json_response
from app.web.server.bounded_pool import BoundedPool
from app.web.server.dependencies import get_store
from app.web.server.rate_limit import client_network

router: Final = APIRouter(prefix="/api/v1", tags=["derive"])
MAX_DOCUMENT_BYTES: Final = 20 * 1024 * 1024
"""The largest document that is read."""
DERIVE_SECONDS: Final = 60.0
"""Seconds after which deriving a document is given up."""
DERIVE_POOL: Final = BoundedPool("derive", threads=2, queue_limit=8, seconds=DERIVE_SECONDS, per_client=2)
"""Where documents of strangers are derived: never on the event loop, and no more at once than there are processors."""
_FIELDS: Final = ("file", "text", "lang", "symbol", "adopted")
_MAX_FIELDS: Final = 8
_FORMS: Final = ("multipart/form-data", "application/x-www-form-urlencoded")

_TEXT_FIELDS: Final[dict[str, Any]] = {
    "text": {"type": "string", "description": "The text itself, instead of a file."},
    "lang": {"type": "string", "enum": list(LANGUAGES), "description": "Language of the document."},
    "symbol": {"type": "string", "examples": ["A/RES/72/251"], "description": "Symbol, where the text gives none."},
    "adopted": {"type": "string", "format": "date", "examples": ["2017-12-24"], "description": "Day of adoption."},
}
DOCUMENT_BODY: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "title": "DocumentForm",
                    "type": "object",
                    "required": ["lang"],
                    "properties": {
                        "file": {"type": "string", "format": "binary", "description": "A txt, html, docx or pdf file."},
                        **_TEXT_FIELDS,
                    },
                }
            },
            "application/json": {
                "schema": {
                    "title": "DocumentText",
                    "type": "object",
                    "required": ["lang"],
                    "properties": _TEXT_FIELDS,
                }
            },
        },
    }
}
"""The body of requests that bring a document, for OpenAPI."""


@dataclass(frozen=True, slots=True)
class Submission:
    """A document as a request brings it: its bytes and file name, and the other fields."""

    data: bytes
    name: str
    fields: Mapping[str, str]


async def read_submission(request: Request) -> Submission:
    """Return the document of a form or a JSON object. Raises UsageError, DataError, TooLarge."""
    media_type = media_type_of(request)
    if media_type == "application/json":
        return await _read_json(request)
    if media_type not in _FORMS:
        raise UsageError(
            message("unsupported content type {kind}", kind=repr(media_type[:40])),
            where="content-type",
            hint=message("send multipart/form-data"),
        )
    async with request.form(max_files=1, max_fields=_MAX_FIELDS, max_part_size=MAX_DOCUMENT_BYTES) as form:
        _reject_unknown_fields(set(form))
        fields = {name: value for name, value in form.items() if isinstance(value, str)}
        upload = form.get("file")
        data, name = fields.get("text", "").encode("utf-8", "replace"), ""
        if isinstance(upload, UploadFile) and upload.filename:
            data, name = await upload.read(), upload.filename
    return _bounded(Submission(data, name, fields))


async def _read_json(request: Request) -> Submission:
    body = await read_json_object(request, max_bytes=MAX_DOCUMENT_BYTES)
    _reject_unknown_fields(set(body), _FIELDS[1:])
    fields: dict[str, str] = {}
    for name, value in body.items():
        if value is not None and not isinstance(value, str):
            raise UsageError(message("invalid request"), where=name, hint=message("see /openapi.json"))
        fields[name] = value or ""
    return _bounded(Submission(fields.get("text", "").encode("utf-8", "replace"), "", fields))


def _reject_unknown_fields(names: set[str], known: tuple[str, ...] = _FIELDS) -> None:
    if unknown := sorted(names - set(known)):
        raise UsageError(
            message("unknown field {unknown}", unknown=repr(unknown[0][:40])),
            where="form",
            hint=message("use one of {known}", known=", ".join(known)),
        )


def _bounded(submission: Submission) -> Submission:
    if len(submission.data) > MAX_DOCUMENT_BYTES:
        raise TooLarge(
            message("the file has {size} bytes", size=f"{len(submission.data):,}"),
            where="file",
            hint=message("use at most {value}", value=f"{MAX_DOCUMENT_BYTES:,}"),
        )
    return submission


async def derive_submission(
    submission: Submission, against: derive_service.HistorySource | None = None, client: str = ""
) -> derive_service.Derivation:
    """Derive the schedule of a document, and what it would do to the events ``against``.

    ``client`` is the network of who sent it. Raises UsageError, DataError, Overloaded, TooMany.
    """
    return await DERIVE_POOL.run(lambda _: derive_bytes(submission, against), client)


def derive_bytes(
    submission: Submission, against: derive_service.HistorySource | None = None
) -> derive_service.Derivation:
    """Derive the schedule of a document in this thread. Raises UsageError, DataError."""
    if not submission.data.strip():
        raise DataError(message("no document was given"), where="file", hint=message("send a file, or its text"))
    given = {name: value.strip() for name, value in submission.fields.items()}
    language = derive_service.language_of(given.get("lang", ""))
    symbol = parse_symbol(given["symbol"]) if given.get("symbol") else None
    adopted = parse_day(given["adopted"], "adopted") if given.get("adopted") else None
    return derive_service.derive_bytes(
        submission.data, language, name=submission.name, symbol=symbol, adopted=adopted, against=against
    )


@router.post(
    "/derive",
    summary="Derive a schedule",
    responses=describe(DerivedSchedule, body=True),
    openapi_extra=DOCUMENT_BODY,
)
async def derive(request: Request, _query: Annotated[NoParameters, Query()]) -> Response:
    """Derive the schedule of a document of at most 20 MB, sent as a form or as JSON."""
    submission = await read_submission(request)
    derivation = await derive_submission(
        submission, history_source.StoreHistorySource(get_store(request)), client_network(request)
    )
    today = request.app.state.clock().date()
    return json_response(plain_schedule(derivation.schedule, derivation.resolution.language, today))
