"""The page on which anybody may try a document; nothing is stored."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from app import jobs
from app.errors import PlenaryError, UsageError
from app.feeds import About, render_schedule
from app.model import Revision
from app.web import parameters, views
from app.web.api import derived, submitted
from app.web.render import language_of, page

router: Final = APIRouter(include_in_schema=False)
_TYPES: Final = {
    "ics": "text/calendar; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "yaml": "application/yaml; charset=utf-8",
}


@router.get("/try")
def ask(request: Request) -> Response:
    """The form."""
    language = language_of(request)
    parameters.read(request, "lang", language=language)
    return page(request, "try.html", language, problem=None, given={}, result=None, rows=[])


@router.post("/try")
async def derive(request: Request) -> Response:
    """What the document schedules, or what is wrong with it; or the schedule as a file, where the form says so."""
    language = language_of(request)
    parameters.read(request, "lang", language=language)
    given: Mapping[str, str] = {}
    try:
        submission = await submitted(request, "format")
        given = submission.fields
        found = await derived(submission)
    except PlenaryError as error:
        return page(request, "try.html", language, error.http_status, problem=error, given=given, result=None, rows=[])
    if given.get("format"):
        return _file(found, given["format"], str(request.app.state.settings.base_url).rstrip("/"))
    schedule, resolution = found.schedule, found.resolution
    about = About(schedule.title, schedule.evidence)
    rows = [
        views.row(Revision(event, 0, schedule.adopted or date.min, schedule.symbol.text, None), language, about)
        for event in schedule.events
    ]
    result = {
        "symbol": schedule.symbol.text,
        "name": schedule.title.get(resolution.language, ""),
        "text": resolution.text,
        "language": resolution.language,
        "adopted": schedule.adopted.isoformat() if schedule.adopted else "",
    }
    return page(request, "try.html", language, problem=None, given={**given, "text": ""}, result=result, rows=rows)


def _file(found: jobs.Derivation, extension: str, base: str) -> Response:
    if extension not in _TYPES:
        raise UsageError(f"no format {extension[:20]!r}", where="format", hint=f"use one of {', '.join(_TYPES)}")
    if extension == "json":
        data = jobs.form(found, "json")
    elif extension == "yaml":
        data = jobs.form(found, "yaml")
    else:
        data = render_schedule(found.schedule, found.resolution.language, extension, base)
    name = f"{found.schedule.symbol.slug}.{extension}"
    return Response(
        data,
        media_type=_TYPES[extension],
        headers={"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"},
    )
