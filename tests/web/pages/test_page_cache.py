"""Pages are kept while the contents of the store stand still."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import httpx

from app.services import subscriptions, tokens
from app.settings import Settings
from app.store import Store
from app.web.app import create_app
from tests.web.standing import RESOLUTION, SCHEDULES, load

PAGE = "/resolutions/A-RES-72-251?lang=en"


def test_page_is_rendered_again_when_contents_change(store: Store, settings: Settings) -> None:
    now = datetime.now(UTC)
    token, _ = tokens.create_token(store, "someone", ("derive",), now)
    saved = subscriptions.subscribe(store, "all", "", now, by=token)
    application: Any = create_app(settings, store)
    inner = application
    while not hasattr(inner, "state"):
        inner = inner.app
    printed, made = inner.state.page_cache, list[Any]()
    put = printed.put
    printed.put = lambda key, *page: (made.append(key), put(key, *page))

    async def steps() -> list[tuple[int, bool]]:
        transport, seen = httpx.ASGITransport(application), []
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:

            async def look() -> None:
                page = await client.get(PAGE)
                seen.append((len(made), "Rivers" in page.text))

            await look()
            subscriptions.change_subscription(store, saved.address, "all", "kind=report", now, by=token)
            await look()
            load(store, [replace(RESOLUTION, title={"en": "Rivers"}), *SCHEDULES[1:]], "changed")
            await look()
        return seen

    revision = store.revision()
    assert asyncio.run(steps()) == [(1, False), (1, False), (2, True)]
    assert store.revision() == revision + 2
