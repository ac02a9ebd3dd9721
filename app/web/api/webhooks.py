"""Webhooks over the API; with a token of scope admin."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from app.errors import NotFound, message
from app.services import webhook_delivery
from app.store import Token, Webhook
from app.web.api.access_schemas import DeliveryList, NewWebhook, WebhookList, WebhookRequest
from app.web.api.bodies import body_schema, parse_body, read_json_object
from app.web.api.params import NoParameters
from app.web.api.responses import describe, json_response
from app.web.auth import requires
from app.web.server.dependencies import get_store

router: Final = APIRouter(prefix="/api/v1/webhooks", tags=["webhooks"])
Admin = Annotated[Token, Depends(requires("admin"))]
NoQuery = Annotated[NoParameters, Query()]


def _webhook_to_json(webhook: Webhook) -> dict[str, object]:
    return {"id": webhook.id, "address": webhook.address, "created": webhook.created.isoformat()}


@router.post(
    "",
    status_code=201,
    summary="Create a webhook",
    responses=describe(NewWebhook, token=True, status=201, body=True),
    openapi_extra=body_schema(WebhookRequest),
)
async def create_webhook(request: Request, _query: NoQuery, token: Admin) -> Response:
    """Create a webhook and return its signing secret, which is shown this once."""
    address = parse_body(WebhookRequest, await read_json_object(request)).address
    store, now = get_store(request), datetime.now(UTC)
    webhook = await asyncio.to_thread(webhook_delivery.create_webhook, store, address, now, by=token)
    return json_response({**_webhook_to_json(webhook), "secret": webhook.secret}, 201)


@router.get("", summary="List webhooks", responses=describe(WebhookList, token=True))
def list_webhooks(request: Request, _query: NoQuery, _token: Admin) -> Response:
    """List the active webhooks."""
    return json_response({"items": [_webhook_to_json(webhook) for webhook in get_store(request).webhooks.all()]})


@router.get(
    "/{id}/deliveries",
    summary="List a webhook's deliveries",
    responses=describe(DeliveryList, token=True, missing=True),
)
def list_deliveries(request: Request, id: str, _query: NoQuery, _token: Admin) -> Response:  # noqa: A002  # the path's
    """List the newest hundred deliveries: waiting, delivered, or dead after too many attempts."""
    store = get_store(request)
    if all(webhook.id != id for webhook in store.webhooks.all()):
        raise NotFound(
            message("unknown webhook {id}", id=repr(id[:40])), where="address", hint=message("see /api/v1/webhooks")
        )
    items = [
        {
            "id": item.id,
            "revision": item.revision,
            "state": item.state,
            "attempts": item.attempts,
            "due": item.due.isoformat(),
            "answer": item.answer,
        }
        for item in store.webhooks.deliveries(id)
    ]
    return json_response({"items": items})


@router.delete(
    "/{id}",
    status_code=204,
    summary="Delete a webhook",
    responses=describe(None, status=204, token=True, missing=True),
)
def delete_webhook(request: Request, id: str, _query: NoQuery, token: Admin) -> Response:  # noqa: A002  # the path's
    """Delete the webhook; nothing more is sent to it."""
    webhook_delivery.end_webhook(get_store(request), id, datetime.now(UTC), by=token)
    return Response(status_code=204)
