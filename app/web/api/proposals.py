"""Proposals over the API: schedules derived from documents, and the decisions about them; with a token."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from app.errors import NotFound, message
from app.schedule.json_format import plain_event, plain_schedule
from app.services import amendment_review, review
from app.store import ProposalSummary, Token
from app.web.api.access_schemas import ProposalDetail, ProposalList
from app.web.api.params import NoParameters, ProposalParameters
from app.web.api.responses import describe, json_response, list_response
from app.web.auth import requires
from app.web.server.dependencies import get_settings, get_store

router: Final = APIRouter(prefix="/api/v1", tags=["proposals"])
MAX_DIGITS: Final = 15
"""The digits of the largest number of a proposal."""


def proposal_to_json(item: ProposalSummary) -> dict[str, object]:
    """Return a proposal as lists give it."""
    return {
        "id": item.id,
        "document": item.document,
        "symbol": item.symbol,
        "slug": item.slug,
        "language": item.language,
        "state": item.state,
        "count": item.items,
        "created": item.created.isoformat(),
        "changed": item.changed.isoformat(),
    }


def amendment_review_to_json(item: amendment_review.AmendmentRuling, language: str) -> dict[str, object]:
    """Return a proposed amendment with its last decision and its effect."""
    made, effect, problem = item.amendment, item.effect, item.problem
    return {
        "target": item.proposal.amendment.target,
        "status": item.status,
        "changes": dict(item.verdict.changes) if item.verdict else {},
        "note": item.verdict.note if item.verdict else "",
        "amendment": {"target": made.target, "action": made.action.value, "when": made.when},
        "before": plain_event(effect.before, language) if effect else None,
        "after": plain_event(effect.after.event, language) if effect else None,
        "problem": {"what": problem.what, "where": problem.where, "hint": problem.hint} if problem else None,
        "paragraph": made.paragraph,
        "quote": dict(item.proposal.quote),
        "because": list(item.proposal.because),
        "covers": list(item.proposal.covers),
        "confidence": item.proposal.confidence,
    }


def proposal_detail(request: Request, number: int) -> dict[str, object]:
    """Return a proposal with its text, its reviews and its schedule after them."""
    store = get_store(request)
    found = review.get_proposal(store, number)
    reviews = [
        {
            "uid": item.uid,
            "status": item.status,
            "changes": dict(item.changes),
            "note": item.note,
            "by": item.reviewer,
            "moment": item.moment.isoformat(),
        }
        for item in store.proposals.decisions(number)
    ]
    decided = amendment_review.rulings(store, get_settings(request).schedules, found)
    return {
        **proposal_to_json(found),
        "schedule": plain_schedule(review.proposed_schedule(found), found.language),
        "text": found.text,
        "amendments": [amendment_review_to_json(item, found.language) for item in decided],
        "reviews": reviews,
    }


@router.get("/proposals", summary="List proposals", responses=describe(ProposalList, token=True))
def list_proposals(
    request: Request,
    query: Annotated[ProposalParameters, Query()],
    _token: Annotated[Token, Depends(requires())],
) -> Response:
    """List schedules derived from documents, newest first."""
    page = get_store(request).proposals.list(
        state=query.state, slug=query.resolution, limit=query.size, cursor=query.next
    )
    return list_response(request, [proposal_to_json(item) for item in page.items], page.next)


@router.get(
    "/proposals/{number}", summary="Get a proposal", responses=describe(ProposalDetail, token=True, missing=True)
)
def get_proposal(
    request: Request,
    number: str,
    _query: Annotated[NoParameters, Query()],
    _token: Annotated[Token, Depends(requires())],
) -> Response:
    """Return the proposal with its schedule after the decisions so far."""
    if not (number.isascii() and number.isdigit() and len(number) <= MAX_DIGITS):
        raise NotFound(
            message("unknown proposal {id}", id=repr(number[:40])),
            where="address",
            hint=message("see /api/v1/proposals"),
        )
    return json_response(proposal_detail(request, int(number)))
