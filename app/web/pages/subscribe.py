"""A feed by choosing: its address, what stands in it, and how each program takes it."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Final
from urllib.parse import urlencode

import segno
from fastapi import APIRouter, Request
from markupsafe import Markup
from starlette.responses import Response

from app.feeds import FILTERS, SHOWS
from app.i18n import gettext, gettext_noop
from app.web.pages import page_request
from app.web.pages.filter_form import said, sentence
from app.web.pages.page_cache import printed
from app.web.pages.templating import page

router: Final = APIRouter(include_in_schema=False)
_MOST: Final = 1000
_PREVIEWED: Final = 6
_GOOGLE_ADDRESS: Final = 256
"""Longer addresses are cut by Google Calendar."""


@router.get("/subscribe")
@printed
def subscribe(request: Request) -> Response:
    """The address of a choice as a feed."""
    asking = page_request.read(request, *FILTERS, *SHOWS)
    language, choice, today = asking.language, asking.choice, asking.today
    slug = asking.resolution
    query = asking.asked()
    # The feed of one resolution is named after it.
    choice = replace(choice, resolutions=()) if slug else choice
    ahead = replace(query, start=max(choice.start or today, today), limit=100)
    coming = sorted(asking.rows(asking.store.events(ahead).items, today), key=lambda row: (row.placed, row.uid))
    coming = [row for row in coming if row.days][:_PREVIEWED]
    if not coming:
        coming = asking.rows(asking.store.events(replace(query, limit=_PREVIEWED)).items)
    count = asking.store.count(query, _MOST)
    name = f"resolution/{slug}" if slug else "all"
    feed = asking.feed(name, choice)
    address = asking.base + feed
    title = said(choice, language, slug) or gettext(gettext_noop("United Nations resolutions"), language)
    return page(
        request,
        "subscribe.html",
        language,
        choice=choice,
        sentence=sentence(asking, "/subscribe"),
        title=title,
        alarm=request.query_params.get("alarm", ""),
        feed=feed,
        address=address,
        webcal=asking.webcal + feed,
        formats=[(extension, asking.feed(name, choice, extension)) for extension in ("csv", "json", "atom", "jcal")],
        count=count,
        most=_MOST,
        rows=coming,
        google=f"https://calendar.google.com/calendar/r?{urlencode({'cid': asking.webcal + feed})}",
        outlook=f"https://outlook.live.com/calendar/0/addfromweb?{urlencode({'url': address, 'name': title})}",
        office=f"https://outlook.office.com/calendar/0/addfromweb?{urlencode({'url': address, 'name': title})}",
        too_long=len(address) > _GOOGLE_ADDRESS,
        qr=qr(asking.webcal + feed),
        keep=_keep(asking, slug),
    )


def _keep(asking: page_request.Reader, slug: str) -> str:
    """The page on which the choice is saved under a short address."""
    more = [("choose", "yes"), *([("resolution", slug)] if slug else [])]
    more += [("lang", asking.language)] if asking.request.query_params.get("lang") else []
    chosen = replace(
        asking.choice,
        resolutions=() if slug else asking.choice.resolutions,
        language=str(asking.request.app.state.settings.language),
    )
    query = chosen.query(chosen.language)
    return f"/saved?{urlencode(more)}" + (f"&{query}" if query else "")


def qr(address: str) -> Markup:
    """The QR code of an address as an SVG element: dark on white whatever the page's colours, without style."""
    out = io.BytesIO()
    code = segno.make(address, error="m", boost_error=False)
    code.save(
        out, kind="svg", border=4, dark="#000", light="#fff", xmldecl=False, svgns=False, omitsize=True, nl=False,
        svgclass="qr", lineclass=None,
    )  # fmt: skip
    return Markup(out.getvalue().decode("ascii"))  # noqa: S704  # made by segno of numbers alone
