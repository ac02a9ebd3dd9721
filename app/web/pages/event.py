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
from app.web.pages.page_cache import printed
from app.web.pages.page_request import PAST, Reader
from app.web.pages.templating import page

router: Final = APIRouter(include_in_schema=False)
_LONGEST: Final = 240


def _found(asking: Reader, uid: str) -> Revision:
    revision = asking.store.event(uid, asking.as_of, asking.known_at) if len(uid) <= _LONGEST else None
    if revision is None:
        raise missing_event(asking.store, uid, "/calendar lists the events")
    return revision


@router.get("/events/{uid}.ics")
def calendar_file(request: Request, uid: str) -> Response:
    """The event alone as a calendar file, to be put into a calendar once."""
    asking = page_request.read(request, *PAST)
    revision = _found(asking, uid)
    choice, title = FeedOptions(language=asking.language), asking.row(revision).title
    feed = Feed(
        name=f"events/{uid}",
        title=title,
        description=title,
        address=f"{asking.base}/events/{uid}.ics",
        home=f"{asking.base}/events/{uid}",
        base=asking.base,
        options=choice,
        filename=uid,
    )
    data = FragmentCache(0).render(FORMATS["ics"], feed, [revision], asking.renderer)
    fields = {"content-disposition": f'attachment; filename="{uid}.ics"', "cache-control": "private, no-cache"}
    return Response(data, media_type="text/calendar; charset=utf-8", headers=fields)


@router.get("/events/{uid}")
@printed
def event(request: Request, uid: str) -> Response:
    """One event: when, why, and what changed it."""
    asking = page_request.read(request, *PAST)
    row = asking.row(_found(asking, uid), whole=True)
    found = asking.store.instrument(row.slug)
    return page(
        request,
        "event.html",
        asking.language,
        item=row,
        past=past(asking),
        zone=_zone(row, asking.language),
        name=asking.titled(row.instrument).title.get(asking.language, ""),
        languages_held=found.languages if found else (),
        google=_google(row, asking),
        outlook=_outlook(row, asking),
        ics=f"/events/{uid}.ics" + (f"?lang={asking.language}" if request.query_params.get("lang") else ""),
        here=f"{asking.base}/events/{uid}",
        feed=asking.feed(f"resolution/{row.slug}", FeedOptions(language=asking.language)),
        webcal=asking.webcal,
    )


def _zone(row: event_view.Row, language: str) -> str:
    """The place whose days are meant: "New York"."""
    if not row.days:
        return ""
    return str(get_timezone_location(ZoneInfo(row.event.timezone), locale=language, return_city=True))


def _days(row: event_view.Row) -> tuple[str, str] | None:
    """The first day, and the day after the last, of an event that stands on days; a last day stands for itself."""
    event = row.event
    first = event.start or event.end
    if first is None or row.gone:
        return None
    return first.isoformat(), ((event.end or first) + timedelta(days=1)).isoformat()


def _google(row: event_view.Row, asking: Reader) -> str:
    """The address at which Google Calendar offers to take the event in; empty where it stands on no day."""
    days = _days(row)
    if days is None:
        return ""
    said = {
        "action": "TEMPLATE",
        "text": row.title,
        "dates": "/".join(day.replace("-", "") for day in days),
        "details": f"{row.cite}\n{asking.base}/events/{row.uid}",
        "location": row.place,
    }
    if row.event.recurrence:
        said["recur"] = f"RRULE:{row.event.recurrence}"
    return f"https://calendar.google.com/calendar/render?{urlencode(said)}"


def _outlook(row: event_view.Row, asking: Reader) -> str:
    """The same for Outlook on the web, which takes no recurrence."""
    days = _days(row)
    if days is None:
        return ""
    said = {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "subject": row.title,
        "startdt": days[0],
        "enddt": days[1],
        "allday": "true",
        "body": f"{row.cite}\n{asking.base}/events/{row.uid}",
        "location": row.place,
    }
    return f"https://outlook.live.com/calendar/0/deeplink/compose?{urlencode(said)}"
