"""Real answers to every operation of the API, made stable: the examples of the OpenAPI description."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import httpx

from app.services import tokens
from app.store import Store
from tests.jobs import run_jobs

ROOT: Final = Path(__file__).parents[3]
TEXT: Final = (ROOT / "tests" / "corpus" / "A-RES-90-301.en.txt").read_text("utf-8")
AMENDING: Final = (ROOT / "tests" / "corpus" / "amend" / "A-DEC-72-556.en.txt").read_text("utf-8")
_STABLE: Final = {
    "created": "2026-12-01T00:00:00+00:00",
    "changed": "2026-12-01T00:00:01+00:00",
    "finished": "2026-12-01T00:00:01+00:00",
    "recorded": "2026-11-24T00:00:00+00:00",
    "moment": "2026-12-01T00:00:00+00:00",
    "due": "2026-12-01T00:00:00+00:00",
    "secret": "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD",
    "etag": '"a4508d65184687608582caddb55389ef"',
    "version": "1.0.0",
    "token": "0123456789ab",
    "bytes": 12041,
    "sync": "MTI",
}
"""What differs from run to run, by key, and what an example shows instead."""
_ID: Final = re.compile(r"\b[0-9a-f]{12,32}\b|(?<=feeds/s/)[\w-]{16,}(?=\.)|(?<=webhooks/)[\w-]{8,}")
_LONG_TEXT: Final = 400
_MOST_ITEMS: Final = 2


def stable(value: Any, key: str = "") -> Any:
    """Return an answer with what differs from run to run replaced, and long lists and texts shortened."""
    if isinstance(value, dict):
        return {name: stable(item, name) for name, item in value.items()}
    if isinstance(value, list):
        return [stable(item) for item in (value[:_MOST_ITEMS] if value and isinstance(value[0], dict) else value)]
    if value is not None and key in _STABLE and not re.fullmatch(r"[A-Z]+[\d]+", str(value)):
        return _STABLE[key]
    if isinstance(value, str):
        if key == "id":
            return "0123456789abcdef"
        shown = _ID.sub("0123456789abcdef", value)
        return shown if key != "text" or len(shown) <= _LONG_TEXT else shown[:_LONG_TEXT]
    return value


async def collect(client: httpx.AsyncClient, store: Store) -> dict[str, Any]:
    """Return the answer of every operation with a JSON answer, by operation id, and a problem."""
    _, token = tokens.create_token(store, "reviewer in Geneva", ["admin"], datetime.now(UTC))
    found: dict[str, Any] = {}

    async def call(id_: str, method: str, path: str, **more: Any) -> Any:
        headers = {"authorization": f"Bearer {token}"}
        response = await client.request(method, path, headers=headers, **more)
        assert response.is_success, (path, response.text)
        found[id_] = response.json()
        return found[id_]

    await _collect_public(call)
    await _collect_protected(call, store)
    problem = await client.get("/api/v1/events?from=2018-02-30")
    found["problem"] = problem.json()
    return {name: stable(found[name]) for name in sorted(found)}


async def _collect_public(call: Any) -> None:
    uid = "A-RES-72-251.6.meeting.1"
    for id_, path in {
        "listEvents": "/api/v1/events?kind=report&counts=yes",
        "getEvent": f"/api/v1/events/{uid}",
        "getEventHistory": f"/api/v1/events/{uid}/history",
        "listResolutions": "/api/v1/resolutions?limit=1&q=nuclear",
        "getResolution": "/api/v1/resolutions/A-DEC-72-556",
        "listChanges": "/api/v1/changes?limit=1",
        "listMandates": "/api/v1/mandates?as_of=2026-12-01",
        "listSessions": "/api/v1/sessions?from=2027&to=2027",
        "getSession": "/api/v1/sessions/GA/79",
        "listHolidays": "/api/v1/holidays?from=2024&to=2024",
        "listObservances": "/api/v1/observances?from=2027-12-10&to=2027-12-10",
        "getWorkdays": "/api/v1/workdays?from=2027-09-24&to=2027-09-28",
        "resolveTime": "/api/v1/resolve?text=at+its+eighty-third+session&adopted=2026-12-01",
        "listActors": "/api/v1/actors?limit=2",
        "listBodies": "/api/v1/bodies?limit=2",
        "listTopics": "/api/v1/topics?limit=2",
        "listLanguages": "/api/v1/languages",
        "getFeedSize": "/api/v1/feeds",
        "getHealth": "/healthz",
        "getReadiness": "/readyz",
    }.items():
        await call(id_, "GET", path)
    await call("derive", "POST", "/api/v1/derive", json={"text": AMENDING, "lang": "en", "symbol": "A/DEC/72/556"})


async def _collect_protected(call: Any, store: Store) -> None:
    job = await call("submitDocument", "POST", "/api/v1/documents", data={"text": TEXT, "lang": "en"})
    run_jobs(store)
    done = await call("getJob", "GET", f"/api/v1/jobs/{job['id']}")
    number = done["proposal"]
    await call("listProposals", "GET", "/api/v1/proposals")
    item = (await call("getProposal", "GET", f"/api/v1/proposals/{number}"))["schedule"]["items"][0]
    decision = {"uid": item["uid"], "status": "corrected", "changes": {"place": "Nairobi"}}
    await call("createReview", "POST", "/api/v1/reviews", json={"proposal": number, "items": [decision]})
    choice = {"kind": ["report", "meeting"], "lang": "zh"}
    saved = await call(
        "createSubscription", "POST", "/api/v1/subscriptions", json={"choice": choice, "name": "Reports"}
    )
    await call("listSubscriptions", "GET", "/api/v1/subscriptions")
    await call("getSubscription", "GET", f"/api/v1/subscriptions/{saved['id']}")
    await call(
        "replaceSubscription", "PUT", f"/api/v1/subscriptions/{saved['id']}", json={"choice": choice, "name": "All"}
    )
    hook = await call("createWebhook", "POST", "/api/v1/webhooks", json={"address": "https://93.184.216.34/changed"})
    await call("listWebhooks", "GET", "/api/v1/webhooks")
    await call("createReview", "POST", "/api/v1/reviews", json={"proposal": number, "publish": True})
    await call("listDeliveries", "GET", f"/api/v1/webhooks/{hook['id']}/deliveries")
    await call("listAudit", "GET", "/api/v1/audit?limit=2")


def to_text(examples: dict[str, Any]) -> str:
    """Return the examples as the file that the description reads."""
    return json.dumps(examples, ensure_ascii=False, indent=1) + "\n"
