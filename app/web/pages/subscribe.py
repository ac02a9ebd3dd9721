"""A feed of the chosen events: its address, a preview, how to add it to each program."""

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
from app.web.pages.filter_form import build_form, describe_choice
from app.web.pages.page_cache import cached_page
from app.web.pages.templating import page

router: Final = APIRouter(include_in_schema=False)
_PREVIEWED: Final = 6
_GOOGLE_ADDRESS: Final = 256
"""Longer addresses are cut by Google Calendar."""


@router.get("/subscribe")
@cached_page
def subscribe(request: Request) -> Response:
    """Return the page of a choice as a feed: addresses, programs, preview."""
    context = page_request.read(request, *FILTERS, *SHOWS)
    language, choice, today = context.language, context.choice, context.today
    slug = context.resolution
    query = context.event_query()
    # The feed of one resolution is named after it.
    choice = replace(choice, resolutions=()) if slug else choice
    ahead = replace(query, start=max(choice.start or today, today), limit=100)
    coming = sorted(context.rows(context.store.events(ahead).items, today), key=lambda row: (row.sort_day, row.uid))
    coming = [row for row in coming if row.days][:_PREVIEWED]
    if not coming:
        coming = context.rows(context.store.events(replace(query, limit=_PREVIEWED)).items)
    name = f"resolution/{slug}" if slug else "all"
    feed = context.feed(name, choice)
    count = context.feed_events(name, choice, query)
    address = context.base + feed
    title = describe_choice(choice, language, slug) or gettext(gettext_noop("United Nations resolutions"), language)
    return page(
        request,
        "subscribe.html",
        language,
        choice=choice,
        form=build_form(context, "/subscribe"),
        title=title,
        alarm=request.query_params.get("alarm", ""),
        feed=feed,
        address=address,
        webcal=context.webcal + feed,
        formats=[(extension, context.feed(name, choice, extension)) for extension in ("csv", "json", "atom", "jcal")],
        count=count,
        most=page_request.MOST_COUNTED,
        rows=coming,
        google=f"https://calendar.google.com/calendar/r?{urlencode({'cid': context.webcal + feed})}",
        outlook=f"https://outlook.live.com/calendar/0/addfromweb?{urlencode({'url': address, 'name': title})}",
        office=f"https://outlook.office.com/calendar/0/addfromweb?{urlencode({'url': address, 'name': title})}",
        too_long=len(address) > _GOOGLE_ADDRESS,
        qr=qr(context.webcal + feed),
        keep=_keep(context, slug),
    )


def _keep(context: page_request.PageContext, slug: str) -> str:
    """Return the address at which the choice is saved under a short address."""
    more = [("choose", "yes"), *([("resolution", slug)] if slug else [])]
    more += [("lang", context.language)] if context.request.query_params.get("lang") else []
    chosen = replace(
        context.choice,
        resolutions=() if slug else context.choice.resolutions,
        language=str(context.request.app.state.settings.language),
    )
    query = chosen.query(chosen.language)
    return f"/saved?{urlencode(more)}" + (f"&{query}" if query else "")


def qr(address: str) -> Markup:
    """Return the QR code of an address as SVG, dark on white in every colour scheme."""
    out = io.BytesIO()
    code = segno.make(address, error="m", boost_error=False)
    code.save(
        out, kind="svg", border=4, dark="#000", light="#fff", xmldecl=False, svgns=False, omitsize=True, nl=False,
        svgclass="qr", lineclass=None,
    )  # fmt: skip
    return Markup(out.getvalue().decode("ascii"))  # noqa: S704  # made by segno of numbers alone
