"""Pages for people; each is whole without script, and its address says everything that it shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.feeds import FeedOptions
from app.i18n import format_day
from app.store.query import cursor_of
from app.web.pages import calendar, changes, event, event_view, page_request, resolution, subscribe
from app.web.pages.month_grid import LONGEST
from app.web.pages.page_cache import cached_page
from app.web.pages.templating import page

router: Final = APIRouter(include_in_schema=False)
_LISTED: Final = 60
_NEXT: Final = 6


@router.get("/")
@cached_page
def home(request: Request) -> Response:
    """Return the start page: upcoming events, latest changes, calendars."""
    context = page_request.read(request)
    store, language, today = context.store, context.language, context.today
    instruments = store.instruments(limit=200).items
    choice = FeedOptions(language=language)
    query = choice.query(str(request.app.state.settings.language))
    return page(
        request,
        "home.html",
        language,
        upcoming=_next(context, today),
        changed=changes.listed(context, store.latest(3).items),
        instruments=[item for item in instruments if item.counts][:20],
        all_feed=context.feed("all", choice),
        webcal=context.webcal,
        feed_query=f"?{query}" if query else "",
    )


def _next(context: page_request.PageContext, today: date) -> list[event_view.Row]:
    """Return the events of today, then the next ones, then open windows to fill the list."""
    store = context.store
    now = [
        slot
        for slot in store.slots(context.event_query(FeedOptions(start=today, end=today)), LONGEST)
        if slot.day < today
    ]
    running = store.revisions_of([slot.id for slot in now if not slot.recurrence][:_NEXT])
    query = context.event_query(FeedOptions(start=today), limit=_NEXT)
    coming = store.upcoming_events(replace(query, cursor=cursor_of(today.isoformat(), ""))).items
    found = [*running.values(), *(revision for _, revision in coming)][:_NEXT]
    if len(found) < _NEXT:
        known = {revision.event.uid for revision in found}
        open_ = [revision for _, revision in store.upcoming_events(query).items if revision.event.uid not in known]
        found = [*found, *open_][:_NEXT]
    return sorted(context.rows(found, today), key=lambda row: (max(row.sort_day, today), row.sort_day, row.uid))


@router.get("/resolutions")
@cached_page
def resolutions(request: Request) -> Response:
    """Every instrument, or those that a search finds."""
    context = page_request.read(request, "q", "body", "next")
    body = context.choice.bodies[0] if context.choice.bodies else None
    found = context.store.instruments(body=body, q=context.choice.text, limit=_LISTED, cursor=context.rest.get("next"))
    items = [
        {
            "symbol": item.symbol,
            "slug": item.slug,
            "title": item.title,
            "counted": sum(item.counts.values()),
            "day": format_day(item.adopted, context.language) if item.adopted else "",
            "languages": item.languages,
        }
        for item in found.items
    ]
    return page(request, "resolutions.html", context.language, items=items, next=found.next, q=context.choice.text)


for _module in (calendar, resolution, event, subscribe, changes):
    router.include_router(_module.router)
