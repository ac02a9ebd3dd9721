"""Events over the API: as they stand or stood, and every state they went through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from difflib import get_close_matches
from typing import Annotated, Final
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from app.documents import slug_of
from app.errors import NotFound, UnknownParameter, message
from app.feeds.options import unknown_value
from app.model import Event, Revision
from app.schedule.json_format import plain_event, plain_revision
from app.schedule.time_status import event_on
from app.services.filters import check_filters, event_query
from app.store import EventQuery, Page, Store
from app.store.facet_queries import Facets
from app.web.api.params import EventParameters, HistoryParameters, StateParameters, reject_repeated_parameters
from app.web.api.responses import describe, json_response, list_response
from app.web.api.schemas import EventList, ListedEvent, RevisionList
from app.web.feeds.retired import missing_event
from app.web.server.dependencies import get_base_url, get_default_language, get_store, refresh_instruments
from app.web.server.query_string import MAX_PAGE_SIZE

router: Final = APIRouter(
    prefix="/api/v1",
    tags=["events"],
    dependencies=[Depends(refresh_instruments), Depends(reject_repeated_parameters)],
)
MAX_UID_LENGTH: Final = 240
"""The longest UID that the store keeps."""


def event_to_json(
    request: Request, event: Event, language: str, titles: Mapping[str, str] | None = None
) -> dict[str, object]:
    """Return an event with its addresses.

    ``titles`` are those of its instrument by language; None looks them up.
    """
    if titles is None:
        titles = request.app.state.feed_renderer.about(event.instrument).title
    page = f"{get_base_url(request)}/events/{quote(event.uid)}"
    links = {"slug": slug_of(event.instrument), "address": page, "ics": f"{page}.ics"}
    return {**plain_event(event, language, titles), **links}


def asked_day(request: Request, as_of: date | None, known_at: datetime | None) -> date:
    """Return the day on which the status of events is computed.

    It is the day asked about, else today, in UTC.
    """
    today: date = request.app.state.clock().date()
    return as_of or (known_at.astimezone(UTC).date() if known_at else today)


def _unknown_event(request: Request, uid: str) -> NotFound:
    return missing_event(get_store(request), uid, "uids are those that /api/v1/events gives")


@router.get("/events", summary="List events", responses=describe(EventList))
def list_events(request: Request, query: Annotated[EventParameters, Query()]) -> Response:
    """List events in order of day, those without a day last."""
    store = get_store(request)
    choice = query.to_choice(get_default_language(request))
    check_filters(store, choice)
    day = asked_day(request, query.as_of, query.known_at)
    question = event_query(
        choice, as_of=query.as_of, known_at=query.known_at, on=day, limit=query.size, cursor=query.next
    )
    page = _latest_first(store, question) if query.sort == "-day" else store.events(question)
    items = [event_to_json(request, event_on(item.event, day), choice.language) for item in page.items]
    counts = {"counts": _counts_to_json(store.facets(question))} if query.counts == "yes" else {}
    return list_response(request, _only_fields(items, query.fields), page.next, **counts)


def _latest_first(store: Store, question: EventQuery) -> Page[Revision]:
    """Return the last events of the list, the latest first.

    Raises UnknownParameter where the list has more than MAX_PAGE_SIZE events.
    """
    whole = store.events(replace(question, cursor=None, limit=MAX_PAGE_SIZE))
    if whole.next is not None or question.cursor is not None:
        raise UnknownParameter(
            message("too many events to sort"), where="sort", hint=message("use one of {known}", known="from, to, day")
        )
    return Page(whole.items[::-1][: question.limit])


def _only_fields(items: list[dict[str, object]], fields: str | None) -> list[dict[str, object]]:
    """Return the items with the members that ``fields`` names, separated by commas.

    Raises UnknownParameter for a member that items do not have.
    """
    if fields is None:
        return items
    names = [name.strip() for name in fields.split(",") if name.strip()]
    known = ListedEvent.model_fields
    for name in names:
        if name not in known:
            raise unknown_value("fields", name, get_close_matches(name, known) or sorted(known))
    return [{name: item[name] for name in names if name in item} for item in items]


def _counts_to_json(found: Facets) -> dict[str, object]:
    return {
        "total": found.total,
        "kind": dict(sorted(found.kinds.items())),
        "body": dict(sorted(found.bodies.items())),
        "year": dict(sorted(found.years.items())),
    }


@router.get("/events/{uid}", summary="Get an event", responses=describe(ListedEvent, missing=True))
def get_event(request: Request, uid: str, query: Annotated[StateParameters, Query()]) -> Response:
    """Return the event as it stands, or as it stood on `as_of`.

    The answer is 404 where nothing had been decided by then.
    """
    store = get_store(request)
    found = store.event(uid, query.as_of, query.known_at) if len(uid) <= MAX_UID_LENGTH else None
    if found is None:
        raise _unknown_event(request, uid)
    seen = event_on(found.event, asked_day(request, query.as_of, query.known_at))
    return json_response(event_to_json(request, seen, query.lang or get_default_language(request)))


@router.get("/events/{uid}/history", summary="Get an event's history", responses=describe(RevisionList, missing=True))
def get_event_history(request: Request, uid: str, query: Annotated[HistoryParameters, Query()]) -> Response:
    """Return every state of the event, oldest first, with the instrument that decided it."""
    found = get_store(request).history(uid, query.known_at) if len(uid) <= MAX_UID_LENGTH else ()
    if not found:
        raise _unknown_event(request, uid)
    language = query.lang or get_default_language(request)
    return json_response({"items": [plain_revision(item, language) for item in found]})
