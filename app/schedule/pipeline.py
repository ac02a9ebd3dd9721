"""Composes the stages: a resolution as read → its time expressions → obligations → dated items."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Final

from app.almanac import Almanac, Context, almanac, session_on
from app.errors import AlmanacError
from app.mandates import Identity, identify, identity_fields
from app.mandates.chains import PART
from app.mandates.names import place_of_country
from app.model import (
    UNKNOWN_SYMBOL,
    Certainty,
    DocumentWarning,
    Event,
    Obligation,
    Resolution,
    Schedule,
    Symbol,
    Topic,
    Unread,
    WarningCode,
)
from app.obligations import count_outcomes, extract_obligations
from app.registry import registry
from app.schedule.dating import date_event, without_doubtful_dates
from app.schedule.distinct_titles import with_distinct_titles
from app.schedule.final_checks import time_fault, with_outcomes
from app.timex import tag

_HEADQUARTERS: Final = "America/New_York"
_YEARS: Final = 1900
"""A session of a body that names its sessions by year, below this: of the time when it still numbered them."""
_FIRST_SESSION: Final = 1946
"""The year of the Assembly's first session; session n opens in 1945 + n (Charter, Article 20; rules of procedure)."""


@dataclass(frozen=True, slots=True)
class _AdoptionSessions:
    """The almanac on the day of adoption, as the obligations stage asks it."""

    book: Almanac
    context: Context

    def token(self, body: str, number: int) -> str | None:
        return self.book.token_of(body, number)

    def standing(self, body: str) -> int | None:
        session = self.context.session
        if body == self.context.body and session is not None and (session < _YEARS or not self.by_year(body)):
            return session
        return session_on(body, self.context.adopted, self.book) if self.context.adopted else None

    def by_year(self, body: str) -> bool:
        known = self.book.bodies.get(body)
        return known is not None and known.sessions == "years"


def derive(resolution: Resolution, book: Almanac | None = None) -> Schedule:
    """Return the schedule of ``resolution``, every item dated by ``book``.

    ``book`` None is the package's own almanac. The same resolution always gives the same schedule. Items stand in the
    order of the text, those of one paragraph and kind in the order of their times, so that every translation numbers
    them alike. A document without a symbol of its own is scheduled under ``UNKNOWN_SYMBOL``, with a warning; one that
    was read in doubt has no decided date.

    >>> from app.documents import parse_symbol
    >>> derive(Resolution(symbol=parse_symbol("A/RES/72/251"), language="en", text="")).events
    ()
    """
    symbol = resolution.symbol or UNKNOWN_SYMBOL
    book = book or almanac()
    context = Context(
        adopted=resolution.adopted,
        body=resolution.body or symbol.body,
        session=resolution.session or (None if symbol.special else symbol.session),
    )
    placed = replace(
        resolution, body=context.body, session=context.session, adopted=resolution.adopted or _earliest(symbol)
    )
    found = extract_obligations(placed, partial(tag, language=resolution.language), _AdoptionSessions(book, context))
    events: list[Event] = []
    unread = list(found.unread)
    dropped: list[tuple[Event, str]] = []
    for uid, item in _numbered(symbol, found.obligations):
        event = _event(uid, item, resolution, symbol)
        part = replace(context, adopted=resolution.part_adopted.get(item.section, context.adopted))
        try:
            event = date_event(event, part, book)
            fault = time_fault(event, part.adopted)
        except AlmanacError:
            # "Within three and a half months": a time that was read, but no arithmetic gives its day.
            fault = "no-arithmetic"
        if fault:
            unread.append(Unread(item.paragraph, item.span, item.span.of(resolution.text), item.when, fault))
            dropped.append((event, fault))
        else:
            events.append(event)
    readings = with_outcomes(found.readings, events, dropped, resolution.language) if dropped else found.readings
    schedule = Schedule(
        symbol=symbol,
        adopted=resolution.adopted,
        title={resolution.language: resolution.title} if resolution.title else {},
        body=context.body,
        session=context.session,
        meeting=resolution.meeting,
        events=_identified(resolution, with_distinct_titles(events, resolution.language)),
        unread={resolution.language: tuple(unread)} if unread else {},
        title_derived=resolution.title_derived,
        part_adopted=resolution.part_adopted,
        warnings=resolution.warnings,
        time_counts=count_outcomes(readings),
    )
    return without_doubtful_dates(_marked_repairs(schedule, resolution))


def _marked_repairs(schedule: Schedule, resolution: Resolution) -> Schedule:
    """Return the schedule with low confidence in items whose time was a broken word.

    A warning names the words that were joined.
    """
    words: list[str] = []
    events = []
    for event in schedule.events:
        span = event.span.get(resolution.language)
        held = [one for one in resolution.repairs if span and one.start < span.end and span.start < one.end]
        words += [one.of(resolution.text) for one in held]
        events.append(replace(event, confidence="low") if held else event)
    if not words:
        return schedule
    detail = ", ".join(dict.fromkeys("".join(word.split()) for word in words))
    warning = DocumentWarning(WarningCode.REPAIRED_WORD, detail)
    return replace(schedule, events=tuple(events), warnings=(*schedule.warnings, warning))


def _earliest(symbol: Symbol) -> date | None:
    """Return the first day on which an instrument of that symbol can have been adopted."""
    if symbol.year is not None:
        return date(symbol.year, 1, 1)
    if symbol.body == "general-assembly" and symbol.session is not None and not symbol.special:
        return date(_FIRST_SESSION - 1 + symbol.session, 9, 1)
    return None


def _numbered(symbol: Symbol, items: Sequence[Obligation]) -> list[tuple[str, Obligation]]:
    """Return every item with its UID, in order of the text.

    Within a paragraph and kind the ordinal follows the times, not the order of the words.
    """
    paragraphs = dict.fromkeys((item.section, item.paragraph) for item in items)
    places = {paragraph: index for index, paragraph in enumerate(paragraphs)}
    ordered = sorted(
        items,
        key=lambda item: (
            places[item.section, item.paragraph],
            item.span.start if item.when == "undated" else -1,
            item.kind,
            _order(item),
        ),
    )
    count: Counter[tuple[str, str | None, str]] = Counter()
    out: list[tuple[str, Obligation]] = []
    for item in ordered:
        count[item.section, item.paragraph, item.kind] += 1
        ordinal = count[item.section, item.paragraph, item.kind]
        place = ".".join(part for part in (item.section, item.paragraph or "0") if part)
        out.append((f"{symbol.slug}.{place}.{item.kind}.{ordinal}", item))
    position = {uid: index for index, (uid, _) in enumerate(sorted(out, key=lambda pair: pair[1].span))}
    return sorted(out, key=lambda pair: position[pair[0]])


def _order(item: Obligation) -> tuple[str, str]:
    return item.when.removeprefix("../").removeprefix("R/"), item.bearer or ""


def _event(uid: str, item: Obligation, resolution: Resolution, symbol: Symbol) -> Event:
    language = resolution.language
    place = registry().places.get(item.place or "")
    zone = place.timezone if place else ""
    return Event(
        uid=uid,
        kind=item.kind,
        when=item.when,
        certainty=Certainty.UNDATED,
        instrument=symbol.text,
        decided=resolution.part_adopted.get(item.section, resolution.adopted),
        paragraph=item.paragraph,
        section=item.section,
        letters=item.letters,
        # Hours of a place whose zone is not known are left out.
        timezone=zone if item.hours and zone else _HEADQUARTERS,
        hours=item.hours if zone else "",
        place=_place_name(item.place),
        bearer=item.bearer,
        addressees=item.addressees,
        force=item.force,
        action=item.action,
        subject={language: item.subject} if item.subject else {},
        slots=item.slots,
        quote={language: item.span.of(resolution.text)},
        clause={language: item.clause} if item.clause else {},
        target=item.target,
        budget=item.budget,
        appeal=item.appeal,
        span={language: item.span},
        rule=item.rule,
        alternatives=item.alternatives,
        confidence=item.confidence,
    )


def _identified(resolution: Resolution, events: tuple[Event, ...]) -> tuple[Event, ...]:
    """Give mandates of the Security Council what identifies them through later texts."""
    if resolution.symbol is None or resolution.symbol.body != "security-council":
        return events
    found = identify(resolution, events, {})
    return tuple(
        _with_identity(event, found[event.uid]) if event.uid in found and found[event.uid].weight != PART else event
        for event in events
    )


def _with_identity(event: Event, identity: Identity) -> Event:
    """Return the event with its identity.

    Measures are titled by their country, not by a mission that the text names more often.
    """
    slots = event.slots
    place = place_of_country(identity.country)
    if slots and place and not identity.acronym and identity.subject in {"measures", "authorizations"}:
        slots = replace(slots, subject=Topic(names=(place,)), context=Topic())
    return replace(event, identity=identity_fields(identity), slots=slots)


def _place_name(slug: str | None) -> str | None:
    """Return the English name of a place; the slug where the registry has no such place."""
    if slug is None:
        return None
    place = registry().places.get(slug)
    return place.names["en"] if place else slug
