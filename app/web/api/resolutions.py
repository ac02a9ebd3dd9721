"""Resolutions, decisions and statements over the API."""

from __future__ import annotations

from typing import Annotated, Final
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import RedirectResponse, Response

from app.errors import NotFound, SymbolError, UsageError, message
from app.feeds import symbol_address
from app.model import Amendment
from app.model.symbols import parse_symbol
from app.store import Instrument, Store, StoredInstrument
from app.web.api.events import event_to_json
from app.web.api.params import InstrumentParameters, StateParameters, reject_repeated_parameters
from app.web.api.responses import describe, json_response, list_response
from app.web.api.schemas import InstrumentDetail, InstrumentList
from app.web.feeds.retired import missing
from app.web.server.dependencies import get_base_url, get_default_language, get_store, refresh_instruments

router: Final = APIRouter(
    prefix="/api/v1",
    tags=["resolutions"],
    dependencies=[Depends(refresh_instruments), Depends(reject_repeated_parameters)],
)
MAX_SLUG_LENGTH: Final = 200
"""Longer slugs are not looked up."""


def instrument_to_json(item: Instrument, base: str, language: str) -> dict[str, object]:
    """Return an instrument with its addresses; ``base`` is that of the service."""
    return {
        "symbol": item.symbol,
        "slug": item.slug,
        "title": dict(item.title),
        "body": item.body,
        "session": item.session,
        "adopted": item.adopted.isoformat() if item.adopted else None,
        "family": item.family or None,
        "languages": list(item.languages),
        "counts": dict(item.counts),
        "address": f"{base}/resolutions/{item.slug}",
        "feed": f"{base}/feeds/resolution/{item.slug}.ics",
        "document": symbol_address(item.symbol, language),
    }


def _amendment_to_json(amendment: Amendment) -> dict[str, object]:
    return {
        "target": amendment.target,
        "action": amendment.action.value,
        "when": amendment.when,
        "paragraph": amendment.paragraph,
        "decided": amendment.decided.isoformat(),
        "note": amendment.note,
        "evidence": list(amendment.evidence),
    }


def symbol_redirect(request: Request, prefix: str, symbol: str) -> Response:
    """Return a redirect from an address with a symbol to the one with its slug.

    An empty symbol leads to the list. Raises NotFound where the address holds no symbol.
    """
    query = f"?{request.url.query}" if request.url.query else ""
    if not symbol:
        return RedirectResponse(f"{prefix.rstrip('/')}{query}", 308)
    try:
        slug = parse_symbol(symbol.rstrip("/")).slug
    except SymbolError as error:
        raise NotFound(
            message("unknown instrument {slug}", slug=repr(symbol[:80])),
            where="address",
            hint=message("write the slug as A-RES-72-251; see /resolutions"),
        ) from error
    return RedirectResponse(f"{prefix}{quote(slug)}{query}", 308)


def find_instrument(store: Store, slug: str) -> StoredInstrument:
    """Return the instrument with that slug.

    Raises NotFound; Moved for an earlier slug, Gone for a withdrawn instrument.
    """
    if len(slug) > MAX_SLUG_LENGTH or (found := store.instrument(slug)) is None:
        raise missing(store, slug)
    return found


@router.get("/resolutions", summary="List resolutions", responses=describe(InstrumentList))
def list_resolutions(request: Request, query: Annotated[InstrumentParameters, Query()]) -> Response:
    """List resolutions, decisions and statements in order of symbol."""
    if len(query.body) > 1:
        raise UsageError(message("more than one body was given"), where="body", hint=message("name one body"))
    page = get_store(request).instruments(
        body=query.body[0] if query.body else None, q=query.q or "", limit=query.size, cursor=query.next
    )
    base, language = get_base_url(request), query.lang or get_default_language(request)
    return list_response(request, [instrument_to_json(item, base, language) for item in page.items], page.next)


@router.get("/resolutions/{slug}", summary="Get a resolution", responses=describe(InstrumentDetail, missing=True))
def get_resolution(request: Request, slug: str, query: Annotated[StateParameters, Query()]) -> Response:
    """Return the instrument with its items and its amendments of others' events.

    Items are as they stand, or stood on `as_of`.
    """
    store, language = get_store(request), query.lang or get_default_language(request)
    found = find_instrument(store, slug)
    uids = [event.uid for event in found.schedule.events]
    standing = store.current_revisions(uids, query.as_of, query.known_at)
    items = [standing[uid].event for uid in uids if uid in standing]
    return json_response(
        {
            **instrument_to_json(found, get_base_url(request), language),
            "meeting": found.schedule.meeting,
            "evidence": list(found.schedule.evidence),
            "formerly": list(found.schedule.formerly),
            "items": [event_to_json(request, event, language, found.title) for event in items],
            "amendments": [_amendment_to_json(amendment) for amendment in found.schedule.amendments],
        }
    )


@router.get("/resolutions/{symbol:path}", include_in_schema=False)
def redirect_symbol(request: Request, symbol: str) -> Response:
    """Redirect a symbol with slashes, such as A/RES/72/251, to the instrument's slug."""
    return symbol_redirect(request, "/api/v1/resolutions/", symbol)
