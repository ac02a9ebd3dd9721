"""Saved feeds over the API: a choice of events gets a short address; its token reads, changes and deletes it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Final
from urllib.parse import parse_qs, urlencode

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from app.feeds import FORMATS
from app.services import subscriptions
from app.store import Subscription, Token
from app.web.api.access_schemas import SavedFeed, SavedFeedList
from app.web.api.params import NoParameters, PageParameters
from app.web.api.responses import describe, json_response, list_response
from app.web.auth import requires
from app.web.server.dependencies import get_base_url, get_store

router: Final = APIRouter(prefix="/api/v1/subscriptions", tags=["subscriptions"])
Holder = Annotated[Token, Depends(requires())]
NoQuery = Annotated[NoParameters, Query()]


class SavedFeedRequest(BaseModel):
    """A choice to be saved: a feed, its parameters, and a name."""

    model_config = ConfigDict(extra="forbid")

    feed: Annotated[str, Field(max_length=200, examples=["all", "resolution/A-RES-72-251"])] = "all"
    choice: Annotated[
        dict[str, str | list[str]] | str,
        Field(examples=[{"kind": ["report", "meeting"], "lang": "zh"}], description="Parameters, or a query string."),
    ] = ""
    name: Annotated[str, Field(max_length=120, examples=["Disarmament"])] = ""

    @property
    def query(self) -> str:
        """Return the choice as a query string."""
        return self.choice if isinstance(self.choice, str) else urlencode(self.choice, doseq=True)


def subscription_to_json(request: Request, saved: Subscription) -> dict[str, object]:
    """Return a saved feed with its addresses."""
    stem = f"{get_base_url(request)}/feeds/{subscriptions.SAVED}{saved.address}"
    return {
        "id": saved.address,
        "address": f"{stem}.ics",
        "webcal": f"webcal://{stem.partition('://')[2]}.ics",
        "formats": {extension: f"{stem}.{extension}" for extension in FORMATS},
        "name": saved.name,
        "feed": saved.feed,
        "choice": parse_qs(saved.choice),
        "created": saved.created.isoformat(),
        "changed": saved.changed.isoformat(),
    }


@router.post(
    "",
    status_code=201,
    summary="Create a saved feed",
    responses=describe(SavedFeed, status=201, token=True, body=True),
)
def create_subscription(request: Request, body: SavedFeedRequest, _query: NoQuery, token: Holder) -> Response:
    """Save a choice of events under a short address that stays the same."""
    store, now = get_store(request), datetime.now(UTC)
    made = subscriptions.subscribe(store, body.feed, body.query, now, name=body.name, by=token)
    response = json_response(subscription_to_json(request, made), 201)
    response.headers["location"] = f"/api/v1/subscriptions/{made.address}"
    return response


@router.get("", summary="List saved feeds", responses=describe(SavedFeedList, token=True))
def list_subscriptions(request: Request, query: Annotated[PageParameters, Query()], token: Holder) -> Response:
    """List the token's saved feeds, oldest first."""
    page = get_store(request).saved.of(token.id, query.size, query.next)
    return list_response(request, [subscription_to_json(request, item) for item in page.items], page.next)


@router.get("/{id}", summary="Get a saved feed", responses=describe(SavedFeed, token=True, missing=True))
def get_subscription(request: Request, id: str, _query: NoQuery, token: Holder) -> Response:  # noqa: A002  # the path's
    """Return the choice that is saved under the address."""
    return json_response(subscription_to_json(request, subscriptions.owned(get_store(request), id, token)))


@router.put("/{id}", summary="Replace a saved feed", responses=describe(SavedFeed, token=True, missing=True, body=True))
def replace_subscription(
    request: Request,
    id: str,  # noqa: A002  # the name is the path's
    body: SavedFeedRequest,
    _query: NoQuery,
    token: Holder,
) -> Response:
    """Replace the choice; subscribers get the other events within a second."""
    now = datetime.now(UTC)
    after = subscriptions.change_subscription(
        get_store(request), id, body.feed, body.query, now, name=body.name, by=token
    )
    return json_response(subscription_to_json(request, after))


@router.delete(
    "/{id}",
    status_code=204,
    summary="Delete a saved feed",
    responses=describe(None, status=204, token=True, missing=True),
)
def delete_subscription(request: Request, id: str, _query: NoQuery, token: Holder) -> Response:  # noqa: A002  # the path's
    """Delete the saved feed for good: calendar programs get 410, at which they stop."""
    subscriptions.end_subscription(get_store(request), id, datetime.now(UTC), by=token)
    return Response(status_code=204)
