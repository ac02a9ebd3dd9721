"""What a feed amounts to: its size and count, whether that is near what programs read, and the feeds it splits into."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Final

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from app.feeds import FeedOptions, parse
from app.i18n import gettext, gettext_noop
from app.web.api.params import FeedParameters
from app.web.api.responses import describe, json_response
from app.web.api.service_schemas import FeedSize
from app.web.feeds.renderer import ALL, FeedRenderer
from app.web.feeds.response import LARGE_FEED
from app.web.feeds.response_cache import FeedCache

router: Final = APIRouter(prefix="/api/v1", tags=["feeds"])
_WARNING: Final = gettext_noop("This feed has {size} MB, some programs read 1 MB: subscribe to one feed a year.")


@dataclass(frozen=True, slots=True)
class Measure:
    """The size of a feed: bytes of its iCalendar form, events in it, and parts.

    ``parts`` are choices of a year each, the first and the last open to their side, with the first year of each: of a
    large feed, and of the feed of everything, whose past years stand in them alone.
    """

    name: str
    choice: FeedOptions
    bytes: int
    events: int
    tag: str
    parts: Sequence[tuple[int, FeedOptions]] = ()

    @property
    def large(self) -> bool:
        """Whether it is near or above what calendar programs read."""
        return self.bytes >= LARGE_FEED

    def warning(self, language: str) -> str:
        """Return the warning of a large feed; empty for any other."""
        return gettext(_WARNING, language, size=f"{self.bytes / 1e6:.1f}") if self.large else ""


async def measure(feed_cache: FeedCache, renderer: FeedRenderer, name: str, choice: FeedOptions) -> Measure:
    """Return the size of the feed ``name`` (without extension).

    Raises NotFound, Gone, UnknownParameter, StoreError.
    """
    found = await feed_cache.get(f"{name}.ics", choice.query(feed_cache.language).encode())
    body = found.body
    components = body.count(b"\r\nBEGIN:VEVENT\r\n") + body.count(b"\r\nBEGIN:VTODO\r\n")
    events = components - body.count(b"\r\nRECURRENCE-ID")  # a moved occurrence is no event of its own
    parts: Sequence[tuple[int, FeedOptions]] = ()
    # The feed of everything leaves past years to their parts.
    if len(body) >= LARGE_FEED or name == ALL:
        parts = split(choice, await asyncio.to_thread(renderer.years, name, choice))
    return Measure(name, choice, len(body), events, found.etag.decode(), parts)


def split(choice: FeedOptions, years: Sequence[int]) -> list[tuple[int, FeedOptions]]:
    """Return the choice in parts of a year each, which together choose the same events.

    Empty for fewer than two years.
    """
    if len(years) < 2:
        return []
    parts = []
    for place, year in enumerate(years):
        first = choice.start if place == 0 else date(year, 1, 1)
        last = choice.end if place == len(years) - 1 else date(years[place + 1] - 1, 12, 31)
        parts.append((year, replace(choice, start=first, end=last)))
    return parts


def address_of(base: str, name: str, choice: FeedOptions, language: str, extension: str = "ics") -> str:
    """Return the address of a feed; ``language`` is the default, left out of it."""
    query = choice.query(language)
    return f"{base.rstrip('/')}/feeds/{name}.{extension}" + (f"?{query}" if query else "")


@router.get("/feeds", summary="Get feed size", responses=describe(FeedSize, missing=True))
async def get_feed_size(request: Request, _query: Annotated[FeedParameters, Query()]) -> Response:
    """Return the size and count of a feed; near 1 MB with a warning and a feed for each year."""
    state = request.app.state
    base, language = str(state.settings.base_url), str(state.settings.language)
    pairs = request.query_params.multi_items()
    name = dict(pairs).get("feed", "") or "all"
    choice = parse(pairs, language=language, known=("feed",))
    found = await measure(state.feed_cache, state.feed_renderer, name, choice)
    address = address_of(base, name, choice, language)
    size = {
        "feed": name,
        "address": address,
        "webcal": f"webcal://{address.partition('://')[2]}",
        "bytes": found.bytes,
        "events": found.events,
        "etag": found.tag,
        "warning": found.warning(choice.language) or None,
        "parts": [{"year": year, "address": address_of(base, name, part, language)} for year, part in found.parts],
    }
    return json_response(size)
