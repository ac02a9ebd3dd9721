"""Webhooks over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import httpx

from app.services import tokens
from app.store import Store

Visit = Callable[..., Any]


def bearer(store: Store, *scopes: str) -> dict[str, str]:
    return {"authorization": f"Bearer {tokens.create_token(store, 'someone', scopes, datetime.now(UTC))[1]}"}


def test_webhook_is_created_listed_and_deleted(visit: Visit, store: Store) -> None:
    admin, reviewer = bearer(store, "admin"), bearer(store, "review")

    async def steps(client: httpx.AsyncClient) -> None:
        body = {"address": "https://calendar.example/changed"}
        assert (await client.post("/api/v1/webhooks", json=body)).status_code == 401
        assert (await client.post("/api/v1/webhooks", json=body, headers=reviewer)).status_code == 403
        made = await client.post("/api/v1/webhooks", json=body, headers=admin)
        assert (made.status_code, made.json()["address"], len(made.json()["secret"])) == (201, body["address"], 50)
        listed = (await client.get("/api/v1/webhooks", headers=admin)).json()["items"]
        assert listed == [{name: value for name, value in made.json().items() if name != "secret"}]
        path = f"/api/v1/webhooks/{made.json()['id']}"
        assert (await client.get(f"{path}/deliveries", headers=admin)).json() == {"items": []}
        assert (await client.delete(path, headers=admin)).status_code == 204
        assert (await client.delete(path, headers=admin)).status_code == 404
        assert (await client.get(f"{path}/deliveries", headers=admin)).status_code == 404

    visit(steps)


def test_webhook_rejects_malformed_body_or_address(visit: Visit, store: Store) -> None:
    admin = bearer(store, "admin")

    async def steps(client: httpx.AsyncClient) -> None:
        for body in ({}, {"address": 1}, {"address": "https://a.example", "x": 1}, {"address": "http://127.0.0.1/"}):
            assert (await client.post("/api/v1/webhooks", json=body, headers=admin)).status_code == 400

    visit(steps)
