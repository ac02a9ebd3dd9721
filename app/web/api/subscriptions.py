"""The API of saved feeds: a choice gets a short address; who made it reads, changes and ends it with the same token."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Final
from urllib.parse import parse_qs, urlencode

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from app import services
from app.feeds import FORMATS
from app.store import Subscription, Token
from app.web.api import examples, params
from app.web.api.events import answer, store_of
from app.web.auth import requires

router: Final = APIRouter(prefix="/api/v1/subscriptions", tags=["subscriptions"])
Holder = Annotated[Token, Depends(requires())]


class Saved(BaseModel):
    """A choice to be saved: from which feed, which parameters of feeds, and what people call it."""

    model_config = ConfigDict(extra="forbid")

    feed: Annotated[str, Field(max_length=200, examples=["all", "resolution/A-RES-72-251"])] = "all"
    choice: Annotated[
        dict[str, str | list[str]] | str,
        Field(examples=[{"kind": ["report", "meeting"], "lang": "zh"}], description="parameters, or a query string"),
    ] = ""
    name: Annotated[str, Field(max_length=120, examples=["Disarmament"])] = ""

    @property
    def query(self) -> str:
        """The choice as a query string."""
        return self.choice if isinstance(self.choice, str) else urlencode(self.choice, doseq=True)


def plain(request: Request, saved: Subscription) -> dict[str, object]:
    """A saved feed as the API gives it."""
    base = str(request.app.state.settings.base_url).rstrip("/")
    stem = f"{base}/feeds/{services.SAVED}{saved.address}"
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


@router.post("", status_code=201, summary="Save a choice under a short address", responses=examples.answers(
    examples.SUBSCRIPTION, status=201, token=True
))  # fmt: skip
def save(request: Request, body: Saved, token: Holder) -> Response:
    """Saves the choice; its address stays the same for good."""
    params.read(request)
    made = services.subscribe(store_of(request), body.feed, body.query, datetime.now(UTC), name=body.name, by=token)
    said = answer(plain(request, made), 201)
    said.headers["location"] = f"/api/v1/subscriptions/{made.address}"
    return said


@router.get("", summary="The saved feeds of a token", openapi_extra=params.openapi("limit", "next"),
    responses=examples.answers({"items": [examples.SUBSCRIPTION], "next": None}, token=True),
)  # fmt: skip
def listed(request: Request, token: Holder) -> Response:
    """Those that stand, oldest first."""
    _, rest = params.read(request, "limit", "next")
    page = store_of(request).saved.of(token.id, params.limit(rest), rest.get("next"))
    return answer({"items": [plain(request, item) for item in page.items], "next": page.next})


@router.get("/{id}", summary="A saved feed", responses=examples.answers(examples.SUBSCRIPTION, token=True))
def read(request: Request, id: str, token: Holder) -> Response:  # noqa: A002  # the name is the path's
    """What is saved under the address."""
    params.read(request)
    return answer(plain(request, services.owned(store_of(request), id, token)))


@router.put("/{id}", summary="Another choice under the same address", responses=examples.answers(
    examples.SUBSCRIPTION, token=True
))  # fmt: skip
def change(request: Request, id: str, body: Saved, token: Holder) -> Response:  # noqa: A002  # the name is the path's
    """Replaces the choice; who subscribed gets the other events within a second, without doing anything."""
    params.read(request)
    after = services.change_subscription(
        store_of(request), id, body.feed, body.query, datetime.now(UTC), name=body.name, by=token
    )
    return answer(plain(request, after))


@router.delete(
    "/{id}", status_code=204, summary="End a saved feed", responses=examples.answers(None, status=204, token=True)
)
def end(request: Request, id: str, token: Holder) -> Response:  # noqa: A002  # the name is the path's
    """Ends it for good: calendar programs are answered 410, which has them stop."""
    params.read(request)
    services.end_subscription(store_of(request), id, datetime.now(UTC), by=token)
    return Response(status_code=204)
