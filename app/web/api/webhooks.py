"""Webhooks over HTTP: who is told of changes, with a token of scope admin."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from app import services
from app.errors import NotFound, UsageError
from app.store import Token, Webhook
from app.web.api import examples, params
from app.web.api.documents import json_body
from app.web.api.events import answer, store_of
from app.web.auth import requires

router: Final = APIRouter(prefix="/api/v1/webhooks", tags=["webhooks"])
Admin = Annotated[Token, Depends(requires("admin"))]


def _plain(hook: Webhook) -> dict[str, object]:
    return {"id": hook.id, "address": hook.address, "created": hook.created.isoformat()}


@router.post(
    "",
    status_code=201,
    summary="Have an address told of changes",
    responses=examples.answers({**examples.WEBHOOK, "secret": "…"}, token=True, status=201),
    openapi_extra=examples.HOOK,
)
async def create(request: Request, token: Admin) -> Response:
    """The new webhook with its secret, which is shown this once; see ``Plenary-Signature`` in the README."""
    params.read(request)
    body = await json_body(request)
    address = body.get("address")
    if set(body) != {"address"} or not isinstance(address, str):
        raise UsageError(
            "the request does not have the form asked for", where="address", hint="/openapi.json shows the form"
        )
    hook = await asyncio.to_thread(services.create_webhook, store_of(request), address, datetime.now(UTC), by=token)
    return answer({**_plain(hook), "secret": hook.secret}, 201)


@router.get("", summary="Webhooks", responses=examples.answers({"items": [examples.WEBHOOK]}, token=True))
def listed(request: Request, _token: Admin) -> Response:
    """The webhooks that stand."""
    params.read(request)
    return answer({"items": [_plain(hook) for hook in store_of(request).hooks.all()]})


@router.get(
    "/{id_}/deliveries",
    summary="What was or is to be sent to a webhook",
    responses=examples.answers({"items": [examples.DELIVERY]}, token=True, missing=True),
)
def deliveries(request: Request, id_: str, _token: Admin) -> Response:
    """The newest hundred deliveries: waiting, delivered, or dead when they were tried too often."""
    params.read(request)
    if all(hook.id != id_ for hook in store_of(request).hooks.all()):
        raise NotFound(f"no webhook {id_[:40]!r}", where="address", hint="/api/v1/webhooks lists them")
    items = [
        {
            "id": item.id,
            "revision": item.revision,
            "state": item.state,
            "attempts": item.attempts,
            "due": item.due.isoformat(),
            "answer": item.answer,
        }
        for item in store_of(request).hooks.deliveries(id_)
    ]
    return answer({"items": items})


@router.delete("/{id_}", status_code=204, summary="End a webhook")
def end(request: Request, id_: str, token: Admin) -> Response:
    """Nothing is sent there any more."""
    params.read(request)
    services.end_webhook(store_of(request), id_, datetime.now(UTC), by=token)
    return Response(status_code=204)
