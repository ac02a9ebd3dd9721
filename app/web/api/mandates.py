"""Mandates over the API: each as one event through its texts, as of a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Final
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from app.documents import slug_of
from app.i18n import title
from app.mandates import mandate_subject
from app.model import LANGUAGES, Event, Kind, Revision
from app.schedule.time_status import status_on
from app.store import EventQuery, Store
from app.web.api.params import MandateParameters, reject_repeated_parameters
from app.web.api.responses import describe, list_response
from app.web.api.schemas import MandateList
from app.web.server.dependencies import get_base_url, get_store, refresh_instruments

router: Final = APIRouter(
    prefix="/api/v1",
    tags=["mandates"],
    dependencies=[Depends(refresh_instruments), Depends(reject_repeated_parameters)],
)
_DEFAULT_LIMIT: Final = 100
_PAGE: Final = 500
"""Events that are read from the store at a time."""
_MAX_PAGES: Final = 20


@router.get("/mandates", summary="List mandates", responses=describe(MandateList))
def list_mandates(request: Request, query: Annotated[MandateParameters, Query()]) -> Response:
    """List the mandates decided by `as_of` (by default today), in order of their ends.

    Each is one item through its texts, with the chain of instruments that began, extended, changed or ended it.
    """
    day = query.as_of or request.app.state.clock().date()
    store = get_store(request)
    found = sorted(_mandates(store, day), key=lambda event: (event.end or date.max, event.uid))
    items = [_mandate_to_json(request, store, event, day) for event in found[: query.limit or _DEFAULT_LIMIT]]
    return list_response(request, items, None)


def _mandates(store: Store, day: date) -> Iterator[Event]:
    cursor = None
    for _ in range(_MAX_PAGES):
        page = store.events(EventQuery(kinds=(Kind.MANDATE,), as_of=day, limit=_PAGE, cursor=cursor))
        # What fixes neither a first nor a last day ("within five working days of a notice") is no mandate of its own.
        yield from (item.event for item in page.items if item.event.identity and (item.event.start or item.event.end))
        cursor = page.next
        if cursor is None:
            return


def _mandate_to_json(request: Request, store: Store, event: Event, day: date) -> dict[str, object]:
    titles = request.app.state.feed_renderer.about(event.instrument).title
    history = [item for item in store.history(event.uid) if item.decided <= day]
    subject = {language: mandate_subject(event.identity, language) for language in LANGUAGES}
    return {
        "uid": event.uid,
        "title": {language: title(event, language, titles.get(language, "")) for language in LANGUAGES},
        "subject": {language: text for language, text in subject.items() if text},
        "instrument": event.instrument,
        "start": event.start.isoformat() if event.start and event.start != event.end else None,
        "end": event.end.isoformat() if event.end else None,
        "status": status_on(event, day).value,
        "revised_by": event.revised_by,
        "chain": [_link_to_json(item, event) for item in history],
        "address": f"{get_base_url(request)}/events/{quote(event.uid)}",
    }


def _link_to_json(revision: Revision, event: Event) -> dict[str, object]:
    return {
        "instrument": revision.instrument,
        "slug": slug_of(revision.instrument),
        "decided": revision.decided.isoformat(),
        "paragraph": event.paragraph if revision.instrument == event.instrument else None,
        "action": revision.action.value if revision.action else None,
        "end": revision.event.end.isoformat() if revision.event.end else None,
    }
