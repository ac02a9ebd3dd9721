"""One instrument: its text where it is held, every time in it marked, and beside it what it schedules."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.feeds import FeedOptions, symbol_address
from app.i18n import LANGUAGE_NAMES, format_day, format_time, name_of, title, translate_action
from app.model import Amendment, Kind
from app.services.derive import language_of
from app.services.filters import event_query
from app.store import StoredInstrument
from app.web.api.resolutions import find_instrument, symbol_redirect
from app.web.pages import annotated_text, page_request
from app.web.pages.filter_form import past
from app.web.pages.page_cache import cached_page
from app.web.pages.page_request import PAST, PageContext
from app.web.pages.templating import page

router: Final = APIRouter(include_in_schema=False)


@router.get("/resolutions/{slug}")
@cached_page
def resolution(request: Request, slug: str) -> Response:
    """One instrument, with its text in one language or in two side by side."""
    context = page_request.read(request, *PAST, "text", "with")
    store, language = context.store, context.language
    found = find_instrument(store, slug)
    uids = [own.same_as or own.uid for own in found.schedule.events]
    stood = store.current_revisions(uids, context.as_of, context.known_at)
    standing = [stood[uid] for uid in uids if uid in stood]
    rows = [context.row(revision, whole=True) for revision in standing]
    texts = store.texts(slug)
    shown = next((code for code in (context.rest.get("text", ""), language, "en", *sorted(texts)) if code in texts), "")
    second = context.rest.get("with", "")
    second = second if second in texts and second != shown else ""
    paragraphs = _shown(found, texts, shown) if shown else []
    feed = context.feed(f"resolution/{slug}", FeedOptions(language=language))
    return page(
        request,
        "resolution.html",
        language,
        item=found,
        name=found.title.get(language) or found.title.get("en", ""),
        name_language=language if language in found.title else "en",
        day=format_day(found.adopted, language) if found.adopted else "",
        body=name_of(found.body, language).name if found.body else "",
        document=_document(found, language),
        past=past(context),
        asked_day=context.rest.get("as_of", ""),
        feed=feed,
        webcal=context.webcal,
        feed_has_events=_feed_has_events(context, found),
        rows=[row for row in rows if row.kind is not Kind.OBLIGATION],
        tasks=[row for row in rows if row.kind is Kind.OBLIGATION and not row.event.appeal],
        appeals=[row for row in rows if row.kind is Kind.OBLIGATION and row.event.appeal],
        texts=[(code, LANGUAGE_NAMES[code]) for code in sorted(texts)],
        text_language=shown,
        second_language=second,
        paragraphs=paragraphs,
        passages=annotated_text.passages(paragraphs),
        contents=annotated_text.contents(paragraphs),
        pairs=annotated_text.aligned(paragraphs, _shown(found, texts, second)) if second else [],
        names=LANGUAGE_NAMES,
        amendments=_amendments(context, found),
    )


def _document(found: StoredInstrument, language: str) -> str:
    """Return the address of the official document; of a decision, the record of its adoption."""
    if "/DEC/" not in found.symbol:
        return symbol_address(found.symbol, language)
    return symbol_address(found.schedule.evidence[0], language) if found.schedule.evidence else ""


def _shown(found: StoredInstrument, texts: dict[str, str], code: str) -> list[annotated_text.Shown]:
    tongue = language_of(code)
    return annotated_text.marked(
        annotated_text.paragraphs(texts[code], tongue, found.slug), found.schedule.events, tongue
    )


def _amendments(context: PageContext, found: StoredInstrument) -> list[tuple[str, str, str, str]]:
    """Return the amendments of other instruments' events: UID, title, action, new time."""
    listed = []
    targets = context.store.current_revisions([amendment.target for amendment in found.schedule.amendments])
    for amendment in found.schedule.amendments:
        target = targets.get(amendment.target)
        about = context.instrument_info(target.event.instrument) if target else None
        language = context.language
        words = title(target.event, language, about.title.get(language, "")) if target and about else amendment.target
        listed.append(
            (amendment.target, words, translate_action(amendment.action, language), _new_time(context, amendment))
        )
    return listed


def _feed_has_events(context: PageContext, found: StoredInstrument) -> bool:
    """Return whether the calendar holds events of the instrument, or those that it changed."""
    if found.schedule.amendments or any(event.same_as for event in found.schedule.events):
        return True
    choice = FeedOptions(language=context.language)
    query = event_query(replace(choice, resolutions=(found.slug,)))
    return context.feed_events(f"resolution/{found.slug}", choice, query) > 0


def _new_time(context: PageContext, amendment: Amendment) -> str:
    """Return the time that an amendment gave its target, in words; empty where it gave none."""
    history = context.store.history(amendment.target) if amendment.when else ()
    given = [item for item in history if item.instrument == amendment.instrument and item.action is amendment.action]
    return format_time(given[-1].event, context.language) if given else ""


@router.get("/resolutions/{symbol:path}")
def redirect_symbol(request: Request, symbol: str) -> Response:
    """Redirect a symbol with slashes, such as A/RES/72/251, to the resolution's page."""
    return symbol_redirect(request, "/resolutions/", symbol)
