"""The page on which anybody may try a document and correct what was derived; nothing is stored."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from fastapi import APIRouter, Request
from starlette.datastructures import UploadFile
from starlette.responses import Response

from app.errors import DataError, PlenaryError, TooLarge, UsageError, message
from app.feeds import InstrumentInfo, render_schedule
from app.i18n import (
    format_time,
    name_of,
    title,
    translate_action,
    translate_error,
    translate_kind,
    translate_reason,
    translate_warning,
)
from app.i18n.labels import MISSED
from app.i18n.names import slugs
from app.model import Kind, Proposal, Schedule
from app.schedule.dating import context_of, date_event
from app.schedule.json_format import plain_schedule
from app.schedule.review import published
from app.schedule.yaml_writer import write
from app.services import derive as derive_service
from app.services import history_source
from app.web.api.derive import DERIVE_POOL, MAX_DOCUMENT_BYTES, Submission, derive_bytes
from app.web.pages import annotated_text, corrections, event_view
from app.web.pages.corrections import Corrected, Draft
from app.web.pages.page_request import PageContext, read
from app.web.pages.templating import page
from app.web.server.problems import headers_of
from app.web.server.rate_limit import client_network

router: Final = APIRouter(include_in_schema=False)
_FIRST: Final = ("file", "text", "lang", "symbol", "adopted")
_ITEM: Final = ("kind", "when", "bearer", "reject", "paragraph", "quote")
_TYPES: Final = {
    "ics": "text/calendar; charset=utf-8",
    "yaml": "application/yaml; charset=utf-8",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
}
_MOST_FIELDS: Final = 8 + corrections.MOST_ITEMS * 6


@router.get("/try")
def ask(request: Request) -> Response:
    """Return the empty form."""
    return _page(read(request))


@router.post("/try")
async def derive(request: Request) -> Response:
    """Derive a document, apply corrections, and show the result or return it as a file."""
    context = read(request)
    given: Mapping[str, str] = {}
    try:
        submission = await _submitted(request)
        given = submission.fields
        # Reading, deriving, correcting and rendering all take time that strangers choose: none of it on the loop.
        return await DERIVE_POOL.run(lambda _: _answer(context, submission), client_network(request))
    except PlenaryError as error:
        return _page(context, error, given)


def _answer(context: PageContext, submission: Submission) -> Response:
    """Return the page or the file of a submission. Raises PlenaryError."""
    given = submission.fields
    draft = (
        corrections.unpack(given["state"])
        if "state" in given
        else _draft(submission, history_source.StoreHistorySource(context.store))
    )
    made = corrections.correct(draft, given, context.today, context.language)
    if given.get("format") and not made.errors:
        return _file(draft, made, given["format"], context.base)
    return _result(context, draft, made)


async def _submitted(request: Request) -> Submission:
    """Read the form of a request. Raises UsageError, TooLarge."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in ("multipart/form-data", "application/x-www-form-urlencoded"):
        raise UsageError(
            message("unsupported content type {kind}", kind=repr(kind[:40])),
            where="content-type",
            hint=message("send multipart/form-data"),
        )
    async with request.form(max_files=1, max_fields=_MOST_FIELDS, max_part_size=MAX_DOCUMENT_BYTES) as form:
        known = (*_FIRST, "state", "format", "by", *_ITEM)
        if unknown := sorted(name for name in form if name.partition("-")[0] not in known):
            raise UsageError(
                message("unknown field {unknown}", unknown=repr(unknown[0][:40])),
                where="form",
                hint=message("use one of {known}", known=", ".join(_FIRST)),
            )
        fields = {name: value for name, value in form.items() if isinstance(value, str)}
        upload = form.get("file")
        data, name = fields.get("text", "").encode("utf-8", "replace"), ""
        if isinstance(upload, UploadFile) and upload.filename:
            data, name = await upload.read(), upload.filename
    if len(data) > MAX_DOCUMENT_BYTES:
        raise TooLarge(
            message("the file has {size} bytes", size=f"{len(data):,}"),
            where="file",
            hint=message("use at most {value}", value=f"{MAX_DOCUMENT_BYTES:,}"),
        )
    return Submission(data, name, fields)


def _draft(submission: Submission, against: derive_service.HistorySource) -> Draft:
    """Derive a document and its changes to the events of ``against``.

    Raises UsageError, DataError.
    """
    if not submission.data.strip():
        raise DataError(message("no document was given"), where="file", hint=message("send a file, or its text"))
    if not submission.fields.get("lang", "").strip():
        raise UsageError(
            message("no language was given"), where="lang", hint=message("choose the language of the document")
        )
    found = derive_bytes(submission, against)
    text, language = corrections.beginning(found.resolution), found.resolution.language
    if len(found.schedule.events) > corrections.MOST_ITEMS:
        raise TooLarge(
            message("{count} items are too many", count=len(found.schedule.events)),
            where="file",
            hint=message("use at most {value}", value=corrections.MOST_ITEMS),
        )
    return Draft(found.schedule, text, language, whole=len(text) == len(found.resolution.text))


def _page(context: PageContext, error: PlenaryError | None = None, given: Mapping[str, str] | None = None) -> Response:
    """Return the form, with an error beside its field."""
    problem, field = None, ""
    if error is not None:
        what, hint = translate_error(error, context.language)
        field = error.where if error.where in _FIRST else "file"
        problem = {"what": what, "hint": hint, "where": "" if error.where in _FIRST else error.where, "field": field}
    status = error.http_status if error is not None else 200
    answer = page(
        context.request, "try.html", context.language, status, problem=problem, given=given or {}, result=None
    )
    answer.headers["cache-control"] = "no-store"
    if error is not None:
        answer.headers.update(headers_of(error))
    return answer


def _error_text(error: PlenaryError | None, language: str) -> str:
    """Return an error and its hint in one line; empty without an error."""
    return ". ".join(part for part in translate_error(error, language) if part) if error is not None else ""


def _result(context: PageContext, draft: Draft, made: Corrected) -> Response:
    """Return the page of the marked text and the schedule with a form for each item."""
    language, schedule = context.language, made.schedule
    shown = (
        annotated_text.marked(
            annotated_text.paragraphs(draft.text, draft.language, schedule.symbol.slug), schedule.events, draft.language
        )
        if draft.text
        else []
    )
    unread = [item for items in schedule.unread.values() for item in items if not item.is_name]
    result = {
        "symbol": schedule.symbol.text,
        "name": schedule.title.get(draft.language, ""),
        "title_derived": schedule.title_derived,
        "warnings": [translate_warning(warning, language) for warning in schedule.warnings],
        "language": draft.language,
        "state": draft.pack(),
        "lines": _item_forms(made, language, context.today),
        "paragraphs": shown,
        "whole": draft.whole,
        "as_far_as": next((item.label for item in reversed(shown) if item.label), ""),
        "changes": [_change(item, schedule, context) for item in schedule.proposals],
        "missed": [(item, translate_reason(item.reason, language)) for item in unread if item.reason in MISSED],
        "unread": [item for item in unread if item.reason not in MISSED],
        "by": made.by,
        "next": f"new-{sum(line.new for line in made.lines)}",
        "errors": [(field, _error_text(error, language)) for field, error in made.errors.items()],
        "formats": tuple(_TYPES),
        "corrected": sum(line.changed or line.rejected for line in made.lines),
    }
    answer = page(
        context.request,
        "try.html",
        language,
        422 if made.errors else 200,
        problem=None,
        given={},
        result=result,
        kinds=[(kind.value, translate_kind(kind, language)) for kind in Kind],
        actors=[(slug, name_of(slug, language).name) for slug in slugs()],
    )
    answer.headers["cache-control"] = "no-store"
    return answer


def _item_forms(made: Corrected, language: str, today: date) -> list[dict[str, object]]:
    """Return each item with its form and the errors of its fields."""
    schedule = made.schedule
    about = InstrumentInfo(schedule.title, schedule.evidence)
    standing = {event.uid: event for event in schedule.events}
    return [
        {
            "line": line,
            "row": event_view.Row(
                event_view.alone(standing.get(line.event.uid, line.event), schedule.adopted), language, about, day=today
            ),
            "errors": {field: _error_text(made.errors.get(f"{field}-{line.name}"), language) for field in _ITEM},
            "wrong": any(f"{field}-{line.name}" in made.errors for field in _ITEM),
        }
        for line in made.lines
    ]


def _change(item: Proposal, schedule: Schedule, context: PageContext) -> dict[str, object]:
    """Return a proposed amendment for the page: event, action, times before and after, quote."""
    amendment, language = item.amendment, context.language
    found = context.store.event(amendment.target)
    event = found.event if found is not None else None
    after = ""
    if event is not None and amendment.when is not None:
        moved = replace(event, when=amendment.when, decided=amendment.decided, hours="")
        after = format_time(date_event(moved, context_of(schedule)), language)
    return {
        "uid": amendment.target,
        "title": title(event, language, "") if event is not None else amendment.target,
        "known": event is not None,
        "action": translate_action(amendment.action, language),
        "stands": format_time(event, language) if event is not None else item.stands,
        "after": after or amendment.when or "",
        "paragraph": amendment.paragraph,
        "quote": next(iter(item.quote.values()), ""),
    }


def _file(draft: Draft, made: Corrected, extension: str, base: str) -> Response:
    if extension not in _TYPES:
        raise UsageError(
            message("unknown format {extension}", extension=repr(extension[:20])),
            where="format",
            hint=message("use one of {known}", known=", ".join(_TYPES)),
        )
    shown = published(made.schedule)
    if extension == "yaml":
        data = write(made.schedule).encode()
    elif extension == "json":
        data = (json.dumps(plain_schedule(shown, draft.language), ensure_ascii=False, indent=2) + "\n").encode()
    else:
        data = render_schedule(shown, draft.language, extension, base)
    return Response(
        data,
        media_type=_TYPES[extension],
        headers={
            "content-disposition": f'attachment; filename="{made.schedule.symbol.slug}.{extension}"',
            "cache-control": "no-store",
        },
    )
