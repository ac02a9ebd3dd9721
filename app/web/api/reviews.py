"""Reviews over the API: decisions about the items of a proposal, publication, rejection; with a token."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from app.services import publish
from app.services import review as review_service
from app.store import Token
from app.web.api.access_schemas import MAX_DECISIONS, ProposalDetail, ReviewRequest
from app.web.api.bodies import body_schema, parse_body, read_json_object, wrong_form
from app.web.api.params import NoParameters
from app.web.api.proposals import proposal_detail
from app.web.api.responses import describe, json_response
from app.web.auth import requires
from app.web.server.dependencies import get_settings, get_store

router: Final = APIRouter(prefix="/api/v1", tags=["proposals"])


@router.post(
    "/reviews",
    summary="Review a proposal",
    responses=describe(ProposalDetail, token=True, missing=True, body=True),
    openapi_extra=body_schema(ReviewRequest),
)
async def create_review(
    request: Request,
    _query: Annotated[NoParameters, Query()],
    token: Annotated[Token, Depends(requires("review"))],
) -> Response:
    """Record decisions about a proposal.

    With `publish` it is in the calendars when this answers.
    """
    review = _parse_review(await read_json_object(request))
    store, now, folder = get_store(request), datetime.now(UTC), get_settings(request).schedules
    items = tuple(
        review_service.ReviewDecision(item.uid, item.status.value, item.changes, item.note) for item in review.items
    )
    rulings = tuple(
        review_service.ReviewDecision(item.target, item.status.value, item.changes, item.note)
        for item in review.amendments
    )

    def work() -> dict[str, object]:
        if items or rulings or review.reject:
            review_service.review(
                store, review.proposal, items, now, by=token, reject=review.reject, rulings=rulings, folder=folder
            )
        if review.publish:
            publish.publish(store, folder, [review.proposal], now, by=token)
        return proposal_detail(request, review.proposal)

    return json_response(await asyncio.to_thread(work))


def _parse_review(body: Mapping[str, Any]) -> ReviewRequest:
    """Return the review of a request. Raises UsageError that names the field."""
    review = parse_body(ReviewRequest, body)
    if review.publish and review.reject:
        raise wrong_form("publish")
    if not (review.items or review.amendments or review.publish or review.reject):
        raise wrong_form("items")
    if max(len(review.items), len(review.amendments)) > MAX_DECISIONS:
        raise wrong_form("items")
    return review
