"""The audit log over the API; with a token of scope admin."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from app.store import Token
from app.web.api.access_schemas import AuditLog
from app.web.api.params import PageParameters
from app.web.api.responses import describe, list_response
from app.web.auth import requires
from app.web.server.dependencies import get_store

router: Final = APIRouter(prefix="/api/v1", tags=["access"])


@router.get("/audit", summary="List audit entries", responses=describe(AuditLog, token=True))
def list_audit(
    request: Request,
    query: Annotated[PageParameters, Query()],
    _token: Annotated[Token, Depends(requires("admin"))],
) -> Response:
    """List every write, newest first: which token did what to what."""
    page = get_store(request).audit.entries(query.size, query.next)
    items: list[dict[str, object]] = [
        {
            "moment": item.moment.isoformat(),
            "token": item.token,
            "name": item.name,
            "action": item.action,
            "target": item.target,
            "detail": dict(item.detail),
        }
        for item in page.items
    ]
    return list_response(request, items, page.next)
