"""A real service and a real browser, once for all tests here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from app.store import Store
from tests.browser.served import CHROMIUM, Desk, browsing, serving


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All of them in one worker: a browser is slow to start, and its loop bears no other beside it."""
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="package")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("browser")


@pytest.fixture(scope="package")
def base(folder: Path) -> Iterator[str]:
    with serving(folder) as address:
        yield address


@pytest.fixture
def desk(base: str, folder: Path) -> Iterator[Desk]:
    store = Store(f"sqlite:///{folder / 'plenary.sqlite'}")
    yield Desk(store)
    store.close()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    if not CHROMIUM:
        pytest.skip("no chromium on this machine: tests/browser/install brings it on Debian")
    with browsing() as found:
        yield found


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    made.set_default_timeout(8000)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def bare(browser: Browser) -> Iterator[Page]:
    """A page on which no script runs."""
    made = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 780}, accept_downloads=True)
    made.set_default_timeout(8000)
    yield made.new_page()
    made.close()
