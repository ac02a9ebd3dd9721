"""The application: the thin feed layer ahead of FastAPI, the store behind both."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from urllib.parse import quote

from fastapi import APIRouter, Depends, FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from app import __version__
from app.errors import StoreError, message
from app.fetch import Library
from app.services import jobs as jobs_service
from app.services import source_scan, sync, workers
from app.settings import SHARED_METRICS, Settings
from app.store import Store
from app.web import auth
from app.web.api import (
    almanac,
    audit,
    changes,
    derive,
    documents,
    events,
    jobs,
    languages,
    mandates,
    openapi,
    proposals,
    registry,
    resolutions,
    resolve,
    reviews,
    sessions,
    subscriptions,
    webhooks,
)
from app.web.api.responses import describe, json_response
from app.web.api.service_schemas import Health, Readiness
from app.web.feeds import size
from app.web.feeds.asgi import FeedLayer
from app.web.feeds.cache_entry import CacheState
from app.web.feeds.renderer import FeedRenderer
from app.web.feeds.response_cache import FeedCache
from app.web.pages import docs, home, review, saved_feeds, try_it
from app.web.pages.page_cache import PageCache
from app.web.server import problems
from app.web.server.dependencies import get_store
from app.web.server.metrics import MEDIA_TYPE, Gauges, Metrics
from app.web.server.middleware import ApiMiddleware, BodyLimitMiddleware
from app.web.server.rate_limit import RateLimiter, enforce_rate_limit
from app.web.server.request_log import RequestLogMiddleware
from app.web.server.schedule_watcher import ScheduleWatcher

_MEBIBYTE: Final = 1024 * 1024
READY_SECONDS: Final = 2.0
"""How long the store may take to give its revision before the service is not ready."""

DESCRIPTION: Final = """Calendars and deadlines from United Nations resolutions, each date with the words and the
arithmetic it comes from, in six languages.

Lists carry `items` and `next`; pass `next` back to get the following page. Filters combine by AND across parameters
and by OR within one, repeated or separated by commas. `start` and `end` are inclusive days, or RFC 3339 times where a
text gives a time of day. Errors are `application/problem+json` (RFC 9457) with `where` and `hint`.
"""
API_ROUTERS: Final = (
    events.router,
    resolutions.router,
    changes.router,
    mandates.router,
    sessions.router,
    almanac.router,
    resolve.router,
    registry.router,
    languages.router,
    derive.router,
    subscriptions.router,
    size.router,
    documents.router,
    jobs.router,
    proposals.router,
    reviews.router,
    webhooks.router,
    audit.router,
)
_PAGE_ROUTERS: Final = (home.router, docs.router, try_it.router, auth.router, review.router, saved_feeds.router)


def _now() -> datetime:
    return datetime.now(UTC)


def create_app(
    settings: Settings, store: Store | None = None, *, clock: Callable[[], datetime] = _now, loaded: bool = False
) -> ASGIApp:
    """Return the ASGI application.

    Without ``store`` it opens that of the settings and, unless ``loaded`` says that this was done, brings its tables up
    to date and loads the schedules where they changed; a schedule that cannot be read is logged, and what the store
    held is served on. ``clock`` tells pages what day it is. Raises StoreError, and ScheduleError or AmendmentError
    where the store holds nothing yet.
    """
    chosen = store
    if chosen is None:
        chosen = Store(settings.database_url) if loaded else sync.open_store(settings, datetime.now(UTC))
    chosen.watch()

    engine = workers.JobEngine(
        chosen, jobs_service.JobRunner(chosen, Library(settings.servers), settings.schedules, _now)
    )

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        if chosen.sqlite:
            engine.start_when_needed()
        watcher = _watch_schedules(settings, chosen) if store is None else None
        yield
        if watcher is not None:
            await asyncio.to_thread(watcher.stop)
        await asyncio.to_thread(engine.stop)
        if store is None:
            chosen.close()

    app = _create_framework(lifespan)
    app.state.store = chosen
    app.state.settings = settings
    app.state.clock = clock
    app.state.engine = engine
    app.state.streams = Counter[str]()
    _add_routes(app)
    return _wrap(app, settings, chosen)


def _create_framework(lifespan: Callable[[FastAPI], AbstractAsyncContextManager[None]]) -> FastAPI:
    """Return the FastAPI application without its routes."""
    return FastAPI(
        title="Plenary",
        version=__version__,
        description=DESCRIPTION,
        lifespan=lifespan,
        dependencies=[Depends(enforce_rate_limit)],
        docs_url=None,
        redoc_url=None,
        # The framework would redirect to the host of the request, whoever that is: see redirect_slash.
        redirect_slashes=False,
        generate_unique_id_function=openapi.operation_id,
        license_info={"name": "MIT", "identifier": "MIT"},
    )


def _add_routes(app: FastAPI) -> None:
    """Add error handlers, routes of the API and of pages, static files and probes."""
    problems.install(app)
    openapi.install(app)
    for router in (*API_ROUTERS, *_PAGE_ROUTERS):
        app.include_router(router)
    app.mount("/static", StaticFiles(packages=[("app.web", "static")]), name="static")
    operations = APIRouter(tags=["operations"])
    operations.add_api_route("/healthz", get_health, summary="Liveness probe", responses=describe(Health))
    operations.add_api_route("/readyz", get_readiness, summary="Readiness probe", responses=describe(Readiness))
    operations.add_api_route(
        "/metrics", get_metrics, summary="Get Prometheus metrics", response_class=PlainTextResponse
    )
    app.include_router(operations)
    app.add_api_route("/{path:path}/", redirect_slash, include_in_schema=False)


def _wrap(app: FastAPI, settings: Settings, store: Store) -> ASGIApp:
    """Return the application behind its caches, limits, metrics and the feed layer.

    Its state gets a reference to each of them.
    """
    quarter = settings.cache_mb * _MEBIBYTE // 4
    app.state.page_cache = PageCache(quarter)
    folder = os.environ.get(SHARED_METRICS)
    app.state.limits = limiter = RateLimiter(
        settings.rate,
        Path(folder) / "limits" if folder else None,
        is_valid_token=lambda field: auth.is_valid_token(store, field),
    )
    clock = app.state.clock
    renderer = FeedRenderer(store, base=settings.base_url, language=settings.language, limit=2 * quarter, clock=clock)
    app.state.feed_renderer = renderer
    feed_cache = FeedCache(renderer, language=settings.language, limit=2 * quarter, clock=clock)
    app.state.feed_cache = feed_cache
    app.state.metrics = metrics = Metrics(Gauges(store.revision, store.changed, store.jobs.counts))
    metrics.watch(lambda: (feed_cache.counts, feed_cache.state))
    limited = BodyLimitMiddleware(
        ApiMiddleware(app), derive.MAX_DOCUMENT_BYTES + _MEBIBYTE, https=settings.base_url.startswith("https://")
    )
    return FeedLayer(RequestLogMiddleware(limited, metrics), feed_cache, renderer, metrics, limiter)


def _watch_schedules(settings: Settings, store: Store) -> ScheduleWatcher:
    """Start watching the folder of schedules; SIGHUP loads it at once.

    Call it on the event loop.
    """
    folder, url = settings.schedules, settings.database_url
    watcher = ScheduleWatcher(
        lambda: source_scan.stat_snapshot(folder, time.time())[0],
        lambda: sync.load(store, folder, datetime.now(UTC), apart=lambda: sync.load_apart(url, folder)),
    )
    watcher.start()
    # Not on Windows, and not where the loop is not in the main thread, as in tests.
    with suppress(NotImplementedError, RuntimeError, ValueError):
        asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, watcher.trigger)
    return watcher


def redirect_slash(request: Request, path: str) -> Response:
    """Redirect a path with a trailing slash to the one without, with its query.

    The redirect stays on the host of the request.
    """
    if not {"", ".", ".."}.isdisjoint(path.split("/")):
        raise HTTPException(404)
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"/{quote(path, safe='/:@.-')}{query}", 308)


def get_health() -> Response:
    """Return 200 as long as the process answers."""
    return json_response({"status": "ok", "version": __version__})


async def get_readiness(request: Request) -> Response:
    """Return 200 while the store can be read, else 503; feeds are then served from memory.

    `feeds` counts the feeds that this worker holds, and those that are `stale`: rendering them again failed.
    """
    try:
        revision = await asyncio.wait_for(asyncio.to_thread(get_store(request).revision), READY_SECONDS)
    except TimeoutError as error:
        raise StoreError(
            message("the store does not answer"), where="readyz", hint=message("run `plenary doctor`")
        ) from error
    state: CacheState = request.app.state.feed_cache.state
    since = None if state.since is None else datetime.fromtimestamp(state.since, UTC).isoformat(timespec="seconds")
    feeds = {"held": state.held, "stale": state.stale, "since": since, "unwritable": state.unwritable}
    return json_response({"status": "ready", "revision": revision, "feeds": feeds})


async def get_metrics(request: Request) -> Response:
    """Return the counters of all workers together, and the state of the store."""
    metrics: Metrics = request.app.state.metrics
    metrics.flush()
    return Response(await asyncio.to_thread(metrics.text), media_type=MEDIA_TYPE)
