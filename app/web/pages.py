"""Pages for people; each is whole without script, and its address says everything that it shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Final
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.errors import NotFound
from app.feeds import FILTERS, Choice, symbol_address
from app.model import Kind, Paragraph, Revision, Role
from app.store import Filed
from app.text import read
from app.web import grid, parameters, views
from app.web.api import filed, store_of
from app.web.kitchen import Kitchen, asked
from app.web.render import language_of, page
from app.wording import LANGUAGE_NAMES, gettext, message, name_of, say_action, say_day, say_kind, say_month, title

router: Final = APIRouter(include_in_schema=False)
_ACTORS: Final = (
    "secretary-general",
    "general-assembly",
    "president-of-the-general-assembly",
    "security-council",
    "human-rights-council",
    "economic-and-social-council",
    "conference-on-disarmament",
    "member-states",
)
_EARLIEST: Final = datetime(1945, 10, 24, tzinfo=UTC)
_LISTED: Final = 100


def _kitchen(request: Request) -> Kitchen:
    found: Kitchen = request.app.state.kitchen
    return found


def _rows(request: Request, revisions: Sequence[Revision], language: str, ahead: date | None = None) -> list[views.Row]:
    """Events as a page shows them; the history of those that lost their days is read for the days they had."""
    kitchen, store = _kitchen(request), store_of(request)
    found = []
    for revision in revisions:
        dateless = revision.number and not (revision.event.start or revision.event.end)
        history = store.history(revision.event.uid) if dateless else ()
        about = kitchen.about(revision.event.instrument)
        past = [item for item in history if item.number <= revision.number]
        found.append(views.row(revision, language, about, past, ahead=ahead))
    return found


def _webcal(request: Request) -> str:
    base = str(request.app.state.settings.base_url).rstrip("/")
    return f"webcal://{base.partition('://')[2]}"


def _feed(request: Request, name: str, choice: Choice) -> str:
    """The address of a feed, without the service's."""
    query = choice.query(str(request.app.state.settings.language))
    return f"/feeds/{quote(name)}.ics" + (f"?{query}" if query else "")


def _today() -> date:
    return datetime.now(UTC).date()


def _words(language: str) -> dict[str, list[tuple[str, str]]]:
    """The choices that the sentence of filters offers."""
    return {
        "kinds": [(kind.value, say_kind(kind, language)) for kind in Kind],
        "actors": [(slug, name_of(slug, language).name) for slug in _ACTORS],
    }


@router.get("/")
def home(request: Request) -> Response:
    """What this is, what comes next, the calendars."""
    language = language_of(request)
    parameters.read(request, "lang", language=language)
    _kitchen(request).refresh()
    store = store_of(request)
    upcoming = store.events(asked(Choice(start=_today()), limit=8)).items
    instruments = store.instruments(limit=50).items
    choice = Choice(language=language)
    query = choice.query(str(request.app.state.settings.language))
    return page(
        request,
        "home.html",
        language,
        upcoming=_rows(request, upcoming, language, _today()),
        instruments=[item for item in instruments if item.counts],
        all_feed=_feed(request, "all", choice),
        webcal=_webcal(request),
        feed_query=f"?{query}" if query else "",
    )


@router.get("/resolutions")
def resolutions(request: Request) -> Response:
    """Every instrument, or those that a search finds."""
    language = language_of(request)
    choice, rest = parameters.read(request, "q", "next", "lang", language=language)
    found = store_of(request).instruments(q=choice.text, limit=_LISTED, cursor=rest.get("next"))
    items = [
        {
            "symbol": item.symbol,
            "slug": item.slug,
            "title": item.title,
            "counted": sum(item.counts.values()),
            "day": say_day(item.adopted, language) if item.adopted else "",
        }
        for item in found.items
    ]
    return page(request, "resolutions.html", language, items=items, next=found.next, q=choice.text)


@router.get("/resolutions/{slug}")
def resolution(request: Request, slug: str) -> Response:
    """One instrument: its text where it is held, and beside it what it schedules."""
    language = language_of(request)
    _, rest = parameters.read(request, "as_of", "text", "lang", language=language)
    _kitchen(request).refresh()
    store = store_of(request)
    found, day = filed(store, slug), parameters.day(rest, "as_of")
    standing = [
        revision
        for event in found.schedule.events
        if (revision := store.event(event.same_as or event.uid, day)) is not None
    ]
    rows = _rows(request, standing, language)
    texts = store.texts(slug)
    text_language = next((code for code in (rest.get("text", ""), language, "en", *sorted(texts)) if code in texts), "")
    return page(
        request,
        "resolution.html",
        language,
        item=found,
        name=found.title.get(language) or found.title.get("en", ""),
        day=say_day(found.adopted, language) if found.adopted else "",
        body=name_of(found.body, language).name if found.body else "",
        document=_document(found, language),
        as_of=say_day(day, language) if day else "",
        asked_day=rest.get("as_of", ""),
        feed=_feed(request, f"resolution/{slug}", Choice(language=language)),
        rows=[row for row in rows if row.kind != Kind.OBLIGATION.value],
        undated=[row for row in rows if row.kind == Kind.OBLIGATION.value],
        texts=[(code, LANGUAGE_NAMES[code]) for code in sorted(texts)],
        text_language=text_language,
        paragraphs=_paragraphs(found, texts[text_language], text_language) if text_language else [],
        amendments=_amendments(request, found, language),
    )


def _document(found: Filed, language: str) -> str:
    """The official address; a decision has no document of its own, the record of its adoption stands for it."""
    if "/DEC/" not in found.symbol:
        return symbol_address(found.symbol, language)
    return symbol_address(found.schedule.evidence[0], language) if found.schedule.evidence else ""


@lru_cache(maxsize=32)
def _read(text: str, language: str, symbol: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a stored text."""
    resolution = read(text.encode("utf-8"), language, name=symbol)  # type: ignore[arg-type]  # one of the six, as stored
    return (*resolution.preamble, *resolution.operative, *resolution.annexes)


def _paragraphs(found: Filed, text: str, language: str) -> list[tuple[str, str, list[views.Mark]]]:
    """Each paragraph with the name of its place on the page, its label, and its words, those of events marked."""
    spans = {event.uid: event.span[language] for event in found.schedule.events if language in event.span}
    seen: set[str] = set()
    shown = []
    for paragraph in _read(text, language, found.slug):
        operative = paragraph.role is Role.OPERATIVE
        name = paragraph.number if operative and paragraph.number and paragraph.number not in seen else ""
        seen.add(name or "")
        label = "" if not operative else paragraph.label
        marks = views.marked(paragraph, {uid: span for uid, span in spans.items() if _touch(paragraph, span.start)})
        shown.append((name or "", label, marks))
    return shown


def _touch(paragraph: Paragraph, offset: int) -> bool:
    span = paragraph.span
    return span.start <= offset < span.end


def _amendments(request: Request, found: Filed, language: str) -> list[tuple[str, str, str, str]]:
    """What the instrument does to events of others: UID, title, what is done, the new time."""
    listed = []
    for amendment in found.schedule.amendments:
        target = store_of(request).event(amendment.target)
        about = _kitchen(request).about(target.event.instrument) if target else None
        words = title(target.event, language, about.title.get(language, "")) if target and about else amendment.target
        done = say_action(amendment.action, language)
        listed.append((amendment.target, words, done, amendment.when or ""))
    return listed


@router.get("/events/{uid}")
def event(request: Request, uid: str) -> Response:
    """One event: when, why, and what changed it."""
    language = language_of(request)
    _, rest = parameters.read(request, "as_of", "lang", language=language)
    _kitchen(request).refresh()
    day = parameters.day(rest, "as_of")
    history = store_of(request).history(uid) if len(uid) <= 240 else ()
    revision = store_of(request).event(uid, day) if history else None
    if revision is None:
        raise NotFound(f"no event {uid[:80]!r}", where="address", hint="/calendar lists the events")
    past = [item for item in history if item.number <= revision.number]
    row = views.row(revision, language, _kitchen(request).about(revision.event.instrument), past)
    return page(
        request,
        "event.html",
        language,
        item=row,
        steps=views.steps(past, language),
        changed_slug=views.slug_of(row.changed_by),
        as_of=say_day(day, language) if day else "",
        calendar=f"{_webcal(request)}{_feed(request, f'resolution/{row.slug}', Choice(language=language))}",
    )


@router.get("/calendar")
def calendar(request: Request) -> Response:
    """Everything, or what a sentence of filters chooses: as a month and as a list."""
    language = language_of(request)
    known = (*FILTERS, "lang", "as_of", "month", "next")
    choice, rest = parameters.read(request, *known, language=language)
    _kitchen(request).refresh()
    store, today, day = store_of(request), _today(), parameters.day(rest, "as_of")
    first = (parameters.day(rest, "month") or choice.start or day or today).replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    whole = replace(choice, start=first - timedelta(days=7), end=last + timedelta(days=7))
    in_month = store.events(asked(whole, as_of=day, limit=500)).items
    ahead = not (choice.start or choice.end or day)
    listed = replace(choice, start=today) if ahead else choice
    found = store.events(asked(listed, as_of=day, limit=_LISTED, cursor=rest.get("next")))
    kept = [(name, value) for name, value in request.query_params.multi_items() if value and name != "next"]
    unmonthed = [pair for pair in kept if pair[0] != "month"]
    return page(
        request,
        "calendar.html",
        language,
        choice=choice,
        offered=_words(language),
        asked_day=rest.get("as_of", ""),
        as_of=say_day(day, language) if day else "",
        month=say_month(first, language),
        before=_turned(unmonthed, first - timedelta(days=1)),
        after=_turned(unmonthed, last + timedelta(days=1)),
        weekdays=grid.weekdays(language),
        weeks=grid.weeks(first, today, language, zip(in_month, _rows(request, in_month, language), strict=True)),
        heading=gettext(message("From today"), language) if ahead else gettext(message("In order of day"), language),
        rows=_rows(request, found.items, language, listed.start),
        next=f"/calendar?{urlencode([*kept, ('next', found.next)])}" if found.next else "",
        all_address=f"/calendar?{urlencode([*kept, ('from', '1945')])}" if ahead else "",
        subscribe="/subscribe"
        + (f"?{said}" if (said := urlencode([p for p in kept if p[0] in (*FILTERS, "lang")])) else ""),
    )


def _turned(pairs: Sequence[tuple[str, str]], month: date) -> str:
    return f"/calendar?{urlencode([*pairs, ('month', month.strftime('%Y-%m'))])}"


@router.get("/subscribe")
def subscribe(request: Request) -> Response:
    """A feed by choosing: its address, what stands in it, and how programs take it."""
    language = language_of(request)
    known = (*FILTERS, "lang", "cancelled", "windows", "milestones", "alarm", "as")
    choice = parameters.shown(request, *known, language=language)
    _kitchen(request).refresh()
    found = store_of(request).events(asked(choice, limit=_LISTED))
    feed = _feed(request, "all", choice)
    base = str(request.app.state.settings.base_url).rstrip("/")
    name = gettext(message("United Nations resolutions"), language)
    return page(
        request,
        "subscribe.html",
        language,
        choice=choice,
        offered=_words(language),
        alarm=request.query_params.get("alarm", ""),
        feed=feed,
        count=len(found.items),
        more=found.next is not None,
        rows=_rows(request, found.items[:10], language),
        google=f"https://calendar.google.com/calendar/r?{urlencode({'cid': _webcal(request) + feed})}",
        outlook=f"https://outlook.live.com/calendar/0/addfromweb?{urlencode({'url': base + feed, 'name': name})}",
    )


@router.get("/changes")
def changes(request: Request) -> Response:
    """What later instruments did to earlier dates."""
    language = language_of(request)
    parameters.read(request, "lang", language=language)
    _kitchen(request).refresh()
    store, cursor = store_of(request), None
    changed: list[Revision] = []
    while True:
        found = store.changes(_EARLIEST, 1000, cursor)
        changed += [item for item in found.items if item.number and not item.note.startswith("reaffirmed")]
        if (cursor := found.next) is None:
            break
    changed.sort(key=lambda item: (item.decided, item.instrument, item.event.uid), reverse=True)
    items = []
    for revision in changed[:_LISTED]:
        before = [item for item in store.history(revision.event.uid) if item.number < revision.number]
        row = views.row(revision, language, _kitchen(request).about(revision.event.instrument))
        items.append(
            {
                "uid": row.uid,
                "title": row.title,
                "instrument": revision.instrument,
                "slug": views.slug_of(revision.instrument),
                "day": say_day(revision.decided, language),
                "done": say_action(revision.action, language) if revision.action else "",
                "before": views.steps(before[-1:], language)[0].time if before else "",
                "after": row.time,
            }
        )
    return page(request, "changes.html", language, items=items)
