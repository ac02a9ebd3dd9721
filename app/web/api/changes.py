"""Changes over the API: what the service learned since a moment."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from app.schedule.json_format import plain_event, plain_revision
from app.web.api.params import ChangeParameters, reject_repeated_parameters
from app.web.api.responses import describe, list_response
from app.web.api.schemas import ChangeList
from app.web.server.dependencies import get_default_language, get_store

router: Final = APIRouter(prefix="/api/v1", tags=["changes"], dependencies=[Depends(reject_repeated_parameters)])
_CHARTER_DAY: Final = datetime(1945, 10, 24, tzinfo=UTC)
"""The Charter came into force; nothing can have been learned before."""


@router.get("/changes", summary="List changes", responses=describe(ChangeList))
def list_changes(request: Request, query: Annotated[ChangeParameters, Query()]) -> Response:
    """List revisions in the order in which the service learned of them.

    Each comes with the state before it.
    """
    store, language = get_store(request), query.lang or get_default_language(request)
    page = store.changes(query.since or _CHARTER_DAY, query.size, query.next)
    items: list[dict[str, object]] = []
    for revision in page.items:
        earlier = [item for item in store.history(revision.event.uid) if item.number < revision.number]
        before = plain_event(earlier[-1].event, language) if earlier else None
        items.append({**plain_revision(revision, language), "before": before})
    return list_response(request, items, page.next)
