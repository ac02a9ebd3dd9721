"""The service as it is served, with the schedules of the house, and a browser to look at it."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import uvicorn
from playwright.sync_api import Browser, sync_playwright

from app.services import derive, ingest, tokens
from app.settings import Settings
from app.store import Store
from app.web.app import create_app
from tests.jobs import RecordedQueue, run_jobs

ROOT = Path(__file__).parents[2]
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
AXE = ROOT / "var" / "axe" / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = shutil.which("chromium") or ""
OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)


@contextmanager
def serving(folder: Path, schedules: Path = ROOT / "schedules") -> Iterator[str]:
    """The address of a service over a store of its own in ``folder``; the day is that of ``NOON``."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    base = f"http://127.0.0.1:{port}"
    settings = Settings(base_url=base, schedules=schedules, database_url=f"sqlite:///{folder / 'plenary.sqlite'}")
    config = uvicorn.Config(
        create_app(settings, clock=lambda: NOON), host="127.0.0.1", port=port, log_level="warning", lifespan="on"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 20
    while not server.started:
        assert time.monotonic() < until, "the service did not start"
        time.sleep(0.02)
    try:
        yield base
    finally:
        server.should_exit = True
        thread.join(10)


@dataclass(frozen=True)
class Desk:
    """The store behind the service, for what operators do: tokens, documents sent in."""

    store: Store

    def token(self, *scopes: str) -> str:
        return tokens.create_token(self.store, "m.k.", scopes, datetime.now(UTC))[1]

    def proposed(self, sample: str, language: str) -> int:
        text = (ROOT / "tests" / "corpus" / sample).read_text("utf-8")
        upload = ingest.build_upload(
            text.encode(), derive.language_of(language), name=sample, symbol=None, adopted=None
        )
        job = ingest.submit(self.store, upload, datetime.now(UTC), RecordedQueue())
        run_jobs(self.store)
        assert self.store.jobs.get(job.id).state == "done"
        return self.store.proposals.list(limit=1).items[0].id


@contextmanager
def browsing() -> Iterator[Browser]:
    """Debian's Chromium, without its own traffic."""
    os.environ.setdefault("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(OPTIONS))
        try:
            yield browser
        finally:
            browser.close()
