"""One event: what, when in the reader's words, who, why it is so, what changed it; and to put it into a calendar."""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_location
from fastapi import APIRouter, Request
from starlette.responses import Response

from app.feeds import FORMATS, Feed, FeedOptions, FragmentCache
from app.model import Revision
from app.web.feeds.retired import missing_event
from app.web.pages import event_view, page_request
from app.web.pages.filter_form import past
from app.web.pages.page_cache import cached_page
from app.web.pages.page_request import PAST, PageContext
from app.web.pages.templating import page

router: Final = APIRouter(include_in_schema=False)
_LONGEST: Final = 240


def _found(context: PageContext, uid: str) -> Revision:
    revision = context.store.event(uid, context.as_of, context.known_at) if len(uid) <= _LONGEST else None
    if revision is None:
        raise missing_event(context.store, uid, "/calendar lists the events")
    return revision


@router.get("/events/{uid}.ics")
def calendar_file(request: Request, uid: str) -> Response:
    """Return the event alone as a calendar file, for a program to import once."""
    context = page_request.read(request, *PAST)
    revision = _found(context, uid)
    choice, title = FeedOptions(language=context.language), context.row(revision).title
    feed = Feed(
        name=f"events/{uid}",
        title=title,
        description=title,
        address=f"{context.base}/events/{uid}.ics",
        home=f"{context.base}/events/{uid}",
        base=context.base,
        options=choice,
        filename=uid,
    )
    data = FragmentCache(0).render(FORMATS["ics"], feed, [revision], context.renderer)
    fields = {"content-disposition": f'attachment; filename="{uid}.ics"', "cache-control": "private, no-cache"}
    return Response(data, media_type="text/calendar; charset=utf-8", headers=fields)


@router.get("/events/{uid}")
@cached_page
def event(request: Request, uid: str) -> Response:
    """One event: when, why, and what changed it."""
    context = page_request.read(request, *PAST)
    row = context.row(_found(context, uid), whole=True)
    found = context.store.instrument(row.slug)
    return page(
        request,
        "event.html",
        context.language,
        item=row,
        past=past(context),
        zone=_zone(row, context.language),
        name=context.instrument_info(row.instrument).title.get(context.language, ""),
        languages_held=found.languages if found else (),
        google=_google(row, context),
        outlook=_outlook(row, context),
        ics=f"/events/{uid}.ics" + (f"?lang={context.language}" if request.query_params.get("lang") else ""),
        here=f"{context.base}/events/{uid}",
        feed=context.feed(f"resolution/{row.slug}", FeedOptions(language=context.language)),
        webcal=context.webcal,
    )


def _zone(row: event_view.Row, language: str) -> str:
    """Return the place whose days are meant, such as "New York"."""
    if not row.days:
        return ""
    return str(get_timezone_location(ZoneInfo(row.event.timezone), locale=language, return_city=True))


def _days(row: event_view.Row) -> tuple[str, str] | None:
    """Return the first day and the day after the last, or None for an event without days.

    An event of which only the last day is known has that day.
    """
    event = row.event
    first = event.start or event.end
    if first is None or row.gone:
        return None
    return first.isoformat(), ((event.end or first) + timedelta(days=1)).isoformat()


def _google(row: event_view.Row, context: PageContext) -> str:
    """Return the address that adds the event to Google Calendar; empty without days."""
    days = _days(row)
    if days is None:
        return ""
    fields = {
        "action": "TEMPLATE",
        "text": row.title,
        "dates": "/".join(day.replace("-", "") for day in days),
        "details": f"{row.cite}\n{context.base}/events/{row.uid}",
        "location": row.place,
    }
    if row.event.recurrence:
        fields["recur"] = f"RRULE:{row.event.recurrence}"
    return f"https://calendar.google.com/calendar/render?{urlencode(fields)}"


def _outlook(row: event_view.Row, context: PageContext) -> str:
    """Return the address that adds the event to Outlook on the web, which takes no recurrence."""
    days = _days(row)
    if days is None:
        return ""
    fields = {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "subject": row.title,
        "startdt": days[0],
        "enddt": days[1],
        "allday": "true",
        "body": f"{row.cite}\n{context.base}/events/{row.uid}",
        "location": row.place,
    }
    return f"https://outlook.live.com/calendar/0/deeplink/compose?{urlencode(fields)}"
