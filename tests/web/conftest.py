"""A real store and a client of the whole application."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import TypeVar

import httpx
import pytest

from app.settings import Settings
from app.store import Store
from app.web.app import create_app
from tests.web.standing import BASE, SCHEDULES, load

T = TypeVar("T")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store(f"sqlite:///{tmp_path / 'plenary.sqlite'}")
    made.migrate()
    load(made, SCHEDULES, "made")
    yield made
    made.close()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(base_url=BASE, schedules=tmp_path, database_url=f"sqlite:///{tmp_path / 'plenary.sqlite'}")


@pytest.fixture
def visit(
    store: Store, settings: Settings
) -> Callable[[Callable[[httpx.AsyncClient], Coroutine[object, object, T]]], T]:
    """Runs a visit of one client to one application."""

    def run(steps: Callable[[httpx.AsyncClient], Coroutine[object, object, T]]) -> T:
        async def whole() -> T:
            transport = httpx.ASGITransport(create_app(settings, store), raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
                return await steps(client)

        return asyncio.run(whole())

    return run


@pytest.fixture
def get(visit: Callable[..., httpx.Response]) -> Callable[..., httpx.Response]:
    """One request to a fresh application."""

    def ask(path: str, method: str = "GET", **more: object) -> httpx.Response:
        return visit(lambda client: client.request(method, path, **more))  # type: ignore[arg-type]  # httpx's options

    return ask
