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
from app.web.pages.page_cache import printed
from app.web.pages.templating import page

router: Final = APIRouter(include_in_schema=False)
_LISTED: Final = 60
_NEXT: Final = 6


@router.get("/")
@printed
def home(request: Request) -> Response:
    """What this is, what comes next, what changed, the calendars."""
    asking = page_request.read(request)
    store, language, today = asking.store, asking.language, asking.today
    instruments = store.instruments(limit=200).items
    choice = FeedOptions(language=language)
    query = choice.query(str(request.app.state.settings.language))
    return page(
        request,
        "home.html",
        language,
        upcoming=_next(asking, today),
        changed=changes.listed(asking, store.latest(3).items),
        instruments=[item for item in instruments if item.counts][:20],
        all_feed=asking.feed("all", choice),
        webcal=asking.webcal,
        feed_query=f"?{query}" if query else "",
    )


def _next(asking: page_request.Reader, today: date) -> list[event_view.Row]:
    """What is on today, then what begins from today on; what began long ago and is still open where little does."""
    store = asking.store
    now = [slot for slot in store.slots(asking.asked(FeedOptions(start=today, end=today)), LONGEST) if slot.day < today]
    running = store.revisions_of([slot.id for slot in now if not slot.recurrence][:_NEXT])
    query = asking.asked(FeedOptions(start=today), limit=_NEXT)
    coming = store.upcoming_events(replace(query, cursor=cursor_of(today.isoformat(), ""))).items
    found = [*running.values(), *(revision for _, revision in coming)][:_NEXT]
    if len(found) < _NEXT:
        known = {revision.event.uid for revision in found}
        open_ = [revision for _, revision in store.upcoming_events(query).items if revision.event.uid not in known]
        found = [*found, *open_][:_NEXT]
    return sorted(asking.rows(found, today), key=lambda row: (max(row.placed, today), row.placed, row.uid))


@router.get("/resolutions")
@printed
def resolutions(request: Request) -> Response:
    """Every instrument, or those that a search finds."""
    asking = page_request.read(request, "q", "body", "next")
    body = asking.choice.bodies[0] if asking.choice.bodies else None
    found = asking.store.instruments(body=body, q=asking.choice.text, limit=_LISTED, cursor=asking.rest.get("next"))
    items = [
        {
            "symbol": item.symbol,
            "slug": item.slug,
            "title": item.title,
            "counted": sum(item.counts.values()),
            "day": format_day(item.adopted, asking.language) if item.adopted else "",
            "languages": item.languages,
        }
        for item in found.items
    ]
    return page(request, "resolutions.html", asking.language, items=items, next=found.next, q=asking.choice.text)


for _room in (calendar, resolution, event, subscribe, changes):
    router.include_router(_room.router)
