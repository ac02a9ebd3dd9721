"""Values that filters take: actors, bodies and topics, with the number of events that each finds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from app.i18n import name_of
from app.services.filters import known_actors, known_bodies
from app.web.api.params import NameParameters, reject_repeated_parameters
from app.web.api.responses import describe, json_response
from app.web.api.service_schemas import NamedCountList
from app.web.server.dependencies import get_default_language, get_store

router: Final = APIRouter(prefix="/api/v1", tags=["registry"], dependencies=[Depends(reject_repeated_parameters)])


def _named(request: Request, query: NameParameters, counts: Mapping[str, int], *, topics: bool = False) -> Response:
    """Return the values whose slug or name holds all words of the search.

    The most frequent come first.
    """
    language = query.lang or get_default_language(request)
    words = (query.q or "").casefold().split()
    items = []
    for slug, count in counts.items():
        name = slug.replace("-", " ") if topics else name_of(slug, language).name
        if all(word in f"{slug} {name}".casefold() for word in words):
            items.append({"slug": slug, "name": name, "count": count})
    items.sort(key=lambda item: (-counts[str(item["slug"])], str(item["slug"])))
    return json_response({"items": items[: query.limit]})


@router.get("/actors", summary="List actors", responses=describe(NamedCountList))
def list_actors(request: Request, query: Annotated[NameParameters, Query()]) -> Response:
    """List the actors that `actor`, `bearer` and `addressee` take.

    Each has the number of its current events.
    """
    store = get_store(request)
    counts = store.actor_counts()
    return _named(request, query, {slug: counts.get(slug, 0) for slug in known_actors(store)})


@router.get("/bodies", summary="List bodies", responses=describe(NamedCountList))
def list_bodies(request: Request, query: Annotated[NameParameters, Query()]) -> Response:
    """List the bodies that `body` takes, with the number of current events that each decided."""
    store = get_store(request)
    counts = store.body_counts()
    return _named(request, query, {slug: counts.get(slug, 0) for slug in known_bodies(store)})


@router.get("/topics", summary="List topics", responses=describe(NamedCountList))
def list_topics(request: Request, query: Annotated[NameParameters, Query()]) -> Response:
    """List the series of yearly instruments that `topic` takes.

    Each has the number of its current events.
    """
    return _named(request, query, get_store(request).topic_counts(), topics=True)
