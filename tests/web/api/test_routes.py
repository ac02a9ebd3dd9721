"""What every route of the API does alike: HEAD, preflight, trailing slashes, entity tags, pages, rate limits."""

from __future__ import annotations

import re
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from fastapi.routing import APIRoute

from app.services import tokens
from app.store import Store
from app.web.app import API_ROUTERS

Visit = Callable[[Callable[[httpx.AsyncClient], Coroutine[object, object, Any]]], Any]
VALUES = {
    "uid": "A-RES-72-251.6.meeting.1",
    "slug": "A-RES-72-251",
    "symbol": "A/RES/72/251",
    "body": "GA",
    "number": "79",
    "id": "1",
}
"""A value for every parameter of a path."""
QUERIES = {"/api/v1/resolve": "?when=GA83", "/api/v1/workdays": "?from=2027-09-24"}
"""Parameters without which a route answers nothing."""
FIELDS = re.compile(r'"(?:address|token)";r=\d+;t=\d+')
ROUTES = [route for router in API_ROUTERS for route in router.routes if isinstance(route, APIRoute)]
READ = sorted({re.sub(r"\{(\w+)(?::path)?\}", lambda name: VALUES[name[1]], route.path)
               for route in ROUTES if "GET" in route.methods})  # fmt: skip


@pytest.fixture
def authorization(store: Store) -> dict[str, str]:
    return {"authorization": f"Bearer {tokens.create_token(store, 'all', ['admin'], datetime.now(UTC))[1]}"}


def test_routes_get_carries_rate_limit_and_entity_tag(visit: Visit, authorization: dict[str, str]) -> None:
    async def steps(client: httpx.AsyncClient) -> list[str]:
        wrong = []
        for path in READ:
            response = await client.get(path + QUERIES.get(path, ""), headers=authorization)
            if not FIELDS.fullmatch(response.headers.get("ratelimit", "")):
                wrong.append(f"{path}: rate limit")
            if response.headers.get("ratelimit-policy") not in ('"token";q=6000;w=60', '"address";q=6000;w=60'):
                wrong.append(f"{path}: policy {response.headers.get('ratelimit-policy')}")
            if response.status_code != 200:
                continue
            tag = response.headers.get("etag", "")
            again = await client.get(
                path + QUERIES.get(path, ""), headers={**authorization, "if-none-match": tag, "accept-encoding": "gzip"}
            )
            if not tag or (again.status_code, again.content, again.headers.get("etag")) != (304, b"", tag):
                wrong.append(f"{path}: entity tag {tag} {again.status_code}")
        return wrong

    assert visit(steps) == []


def test_routes_head_equals_get_without_body(visit: Visit, authorization: dict[str, str]) -> None:
    async def steps(client: httpx.AsyncClient) -> list[str]:
        wrong = []
        for path in READ:
            full = await client.get(path + QUERIES.get(path, ""), headers=authorization)
            head = await client.head(path + QUERIES.get(path, ""), headers=authorization)
            same = all(full.headers.get(name) == head.headers.get(name) for name in ("content-type", "etag", "link"))
            if head.content or head.status_code != full.status_code or not same:
                wrong.append(f"{path}: {head.status_code} for {full.status_code}")
        return wrong

    assert visit(steps) == []


def test_routes_preflight_is_allowed(visit: Visit) -> None:
    async def steps(client: httpx.AsyncClient) -> list[str]:
        wrong = []
        for route in ROUTES:
            path = re.sub(r"\{(\w+)(?::path)?\}", lambda name: VALUES[name[1]], route.path)
            for method in route.methods:
                asked = {"origin": "https://calendar.example", "access-control-request-method": method}
                response = await client.options(path, headers=asked)
                allowed = response.headers.get("access-control-allow-methods", "")
                if response.status_code != 200 or method not in allowed:
                    wrong.append(f"{method} {path}: {response.status_code}")
        return wrong

    assert visit(steps) == []


def test_routes_trailing_slash_redirects_with_query(visit: Visit) -> None:
    async def steps(client: httpx.AsyncClient) -> list[str]:
        wrong = []
        for path in READ:
            response = await client.get(f"{path}/?lang=fr")
            bare = path.replace("A/RES/72/251", "A-RES-72-251")  # a symbol leads to its slug at once
            if (response.status_code, response.headers.get("location")) != (308, f"{bare}?lang=fr"):
                wrong.append(f"{path}: {response.status_code} {response.headers.get('location')}")
        return wrong

    assert visit(steps) == []


def test_routes_page_with_next_links_to_it(visit: Visit, authorization: dict[str, str]) -> None:
    async def steps(client: httpx.AsyncClient) -> tuple[list[str], int]:
        wrong, seen = [], 0
        for path in READ:
            response = await client.get(path, params={"limit": "1"}, headers=authorization)
            if response.status_code != 200 or response.json().get("next") is None:
                continue
            seen += 1
            link = re.fullmatch(r'<([^>]+)>; rel="next"', response.headers.get("link", ""))
            following = await client.get(link[1], headers=authorization) if link else None
            if following is None or following.status_code != 200 or following.json() == response.json():
                wrong.append(path)
        return wrong, seen

    wrong, seen = visit(steps)
    assert wrong == []
    assert seen >= 3  # events, resolutions, changes
