"""Saved choices on a page: a choice gets a short address, and is renamed, exchanged or ended by who saved it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Final
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from app.errors import NotAllowed, PlenaryError, UsageError, message
from app.feeds import FILTERS, RESOLUTION, SHOWS
from app.i18n import LANGUAGE_NAMES, format_day, gettext, gettext_noop, translate_error
from app.services import subscriptions
from app.store import Subscription
from app.web import auth
from app.web.auth import MARK
from app.web.pages import page_request
from app.web.pages.filter_form import describe_choice
from app.web.pages.page_request import PageContext
from app.web.pages.subscribe import qr
from app.web.pages.templating import page

router: Final = APIRouter(include_in_schema=False)
_LISTED: Final = 12
"""The saved choices of a page; each has its code."""
_ACTS: Final = ("save", "exchange", "rename", "end")


@router.get("/saved")
def saved(request: Request) -> Response:
    """Return the saved feeds of the signed-in reader, and the choice of the address to save."""
    return _page(_read(request))


@router.post("/saved")
async def keep(request: Request) -> Response:
    """Save a choice, or rename, exchange or end a saved one."""
    context = await asyncio.to_thread(_read, request)
    async with request.form(max_files=0, max_fields=8, max_part_size=16 * 1024) as form:
        fields = {name: value for name, value in form.items() if isinstance(value, str)}
    return await asyncio.to_thread(_work, context, fields)


def _read(request: Request) -> PageContext:
    return page_request.read(request, *FILTERS, *SHOWS, "next", "choose")


def _work(context: PageContext, fields: Mapping[str, str]) -> Response:
    token = auth.writer(context.request, fields.get(MARK, ""))
    store, now, name = context.store, context.now, fields.get("name", "")
    try:
        act, address = fields.get("act", ""), fields.get("address", "")
        if act not in _ACTS:
            raise UsageError(
                message("unknown value {value}", value=repr(act[:60])),
                where="act",
                hint=message("use one of {known}", known=", ".join(_ACTS)),
            )
        if act == "end":
            subscriptions.end_subscription(store, address, now, by=token)
        elif act == "save":
            chosen = fields.get("feed", "all"), fields.get("choice", "")
            address = subscriptions.subscribe(store, *chosen, now, name=name, by=token).address
        else:
            before = subscriptions.owned(store, address, token)
            chosen = (fields.get("feed", ""), fields.get("choice", "")) if act == "exchange" else (
                before.feed, before.choice
            )  # fmt: skip
            name = before.name if act == "exchange" else name
            subscriptions.change_subscription(store, address, *chosen, now, name=name, by=token)
    except NotAllowed:
        raise
    except PlenaryError as error:
        return _page(context, error, name)
    lang = context.request.query_params.get("lang", "")
    where = (f"?{urlencode({'lang': lang})}" if lang else "") + (f"#s-{address}" if act != "end" else "")
    return RedirectResponse(f"/saved{where}", 303, headers={"cache-control": "no-store"})


def _page(context: PageContext, error: PlenaryError | None = None, name: str = "") -> Response:
    request, language = context.request, context.language
    token = auth.reader(request)
    feed, choice = _chosen(context)
    problem = None
    if error is not None:
        what, hint = translate_error(error, language)
        problem = {"what": what, "hint": hint}
    status = error.http_status if error else 200
    back = urlencode({"back": f"{request.url.path}?{request.url.query}".rstrip("?")})
    lang = urlencode({"lang": language}) if request.query_params.get("lang") else ""
    found = context.store.saved.of(token.id, _LISTED, context.rest.get("next")) if token else None
    answer = page(
        request,
        "saved.html",
        language,
        status,
        token=token,
        mark=auth.csrf_token(request),
        signin=f"/signin?{back}" + (f"&{lang}" if lang else ""),
        problem=problem,
        name=name,
        feed=feed,
        choice=choice,
        summary=_words(feed, choice, language) if choice else "",
        items=[_item(context, item) for item in found.items] if found else [],
        next=found.next if found else None,
    )
    answer.headers["cache-control"] = "no-store"
    return answer


def _chosen(context: PageContext) -> tuple[str, str]:
    """Return the feed and the choice of the address; an empty choice where it has none."""
    slug = context.resolution
    if "choose" not in context.rest:
        return "all", ""
    # The feed of one resolution is named after it.
    choice = replace(context.choice, resolutions=()) if slug else context.choice
    return f"{RESOLUTION}{slug}" if slug else "all", choice.query(language="")


def _words(feed: str, choice: str, language: str) -> str:
    """Return a saved choice in words, with the language of its calendar."""
    chosen = subscriptions.choice_of(choice)
    words = describe_choice(chosen, language, feed.removeprefix(RESOLUTION) if feed.startswith(RESOLUTION) else "")
    return f"{words or gettext(gettext_noop('everything'), language)} · {LANGUAGE_NAMES[chosen.language]}"


def _item(context: PageContext, item: Subscription) -> dict[str, object]:
    """One saved choice as the page shows it."""
    path = f"/feeds/{subscriptions.SAVED}{item.address}.ics"
    words = _words(item.feed, item.choice, context.language)
    return {
        "address": item.address,
        "name": item.name,
        "title": item.name or words,
        "summary": words,
        "day": format_day(item.created.date(), context.language),
        "feed": path,
        "webcal": context.webcal + path,
        "qr": qr(context.webcal + path),
        "choose": _choose(item, context),
    }


def _choose(item: Subscription, context: PageContext) -> str:
    """Return the address at which the choice can be seen and changed."""
    slug = item.feed.removeprefix(RESOLUTION) if item.feed.startswith(RESOLUTION) else ""
    more = urlencode({"resolution": slug}) if slug else ""
    chosen = subscriptions.choice_of(item.choice).query(language=context.language)
    return "/subscribe?" + "&".join(part for part in (more, chosen) if part)
