"""The filter as a sentence: "Reports · Secretary-General · 2018", each part a control, the whole a link."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from app.feeds import FILTERS, FeedOptions
from app.i18n import format_day, name_of, translate_kind, translate_status
from app.model import Kind
from app.web.pages.page_request import PAST, PageContext

ACTORS: Final = (
    "secretary-general",
    "general-assembly",
    "president-of-the-general-assembly",
    "security-council",
    "president-of-the-security-council",
    "economic-and-social-council",
    "human-rights-council",
    "conference-on-disarmament",
    "disarmament-commission",
    "member-states",
    "secretariat",
    "united-nations-system",
    "specialized-agencies",
    "united-nations-high-commissioner-for-human-rights",
    "united-nations-high-commissioner-for-refugees",
    "commission-on-the-status-of-women",
    "statistical-commission",
    "peacebuilding-commission",
    "first-committee",
    "second-committee",
    "third-committee",
    "fourth-committee",
    "fifth-committee",
    "sixth-committee",
)
"""The actors that the sentence offers; any other can be asked for by its slug in the address."""
BODIES: Final = ("general-assembly", "security-council", "economic-and-social-council", "human-rights-council")
"""The adopting bodies that the sentence offers."""


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a control."""

    value: str
    words: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the choice that has no control: its words, and the address without it."""

    words: str
    without: str


@dataclass(frozen=True, slots=True)
class FilterForm:
    """The content of the filter form; ``hidden`` are the parameters of its hidden fields."""

    action: str
    kinds: tuple[Option, ...]
    actors: tuple[Option, ...]
    bodies: tuple[Option, ...]
    text: str
    start: str
    end: str
    as_of: str
    known_at: str
    parts: tuple[Part, ...]
    hidden: tuple[tuple[str, str], ...]
    summary: str
    subscribe: str


def _options(known: dict[str, str], chosen: tuple[str, ...]) -> tuple[Option, ...]:
    """Return the options of a control.

    Several values chosen together make one more option, so that the form keeps them.
    """
    found = [Option(value, words, chosen == (value,)) for value, words in known.items()]
    if len(chosen) > 1:
        words = ", ".join(known.get(value, value) for value in chosen)
        found.insert(0, Option(",".join(chosen), words, chosen=True))
    return tuple(found)


def build_form(context: PageContext, action: str, *, carried: tuple[str, ...] = ()) -> FilterForm:
    """Return the form for the present choice; it also keeps the parameters ``carried``."""
    choice, language = context.choice, context.language
    actors = {slug: name_of(slug, language).name for slug in dict.fromkeys((*ACTORS, *choice.actors))}
    bodies = {slug: name_of(slug, language).name for slug in dict.fromkeys((*BODIES, *choice.bodies))}
    parts = []
    parts += [Part(slug, _address(context, action, drop="resolution")) for slug in choice.resolutions]
    parts += [Part(token, _address(context, action, drop="session")) for token in choice.sessions]
    parts += [
        Part(translate_status(one, language), _address(context, action, drop="status")) for one in choice.statuses
    ]
    roles = [("bearer", slug) for slug in choice.bearers] + [("addressee", slug) for slug in choice.addressees]
    parts += [Part(name_of(slug, language).name, _address(context, action, drop=role)) for role, slug in roles]
    parts += [Part(topic.replace("-", " "), _address(context, action, drop="topic")) for topic in choice.topics]
    hidden = [(name, value) for name, value in context.request.query_params.multi_items() if value and name in carried]
    hidden += [("topic", topic) for topic in choice.topics]
    hidden += [("resolution", slug) for slug in choice.resolutions]
    hidden += [("session", token) for token in choice.sessions]
    hidden += [("status", status.value) for status in choice.statuses]
    hidden += roles
    hidden += [("lang", language)] if context.request.query_params.get("lang") else []
    return FilterForm(
        action=action,
        kinds=_options(
            {kind.value: translate_kind(kind, language) for kind in Kind}, tuple(k.value for k in choice.kinds)
        ),
        actors=_options(actors, choice.actors),
        bodies=_options(bodies, choice.bodies),
        text=choice.text,
        start=_shown(context, "from"),
        end=_shown(context, "to"),
        as_of=context.rest.get("as_of", ""),
        known_at=context.rest.get("known_at", ""),
        parts=tuple(parts),
        hidden=tuple(hidden),
        summary=describe_choice(choice, language),
        subscribe=_subscribe(context),
    )


def _shown(context: PageContext, name: str) -> str:
    """Return a day as it was written: a year stays a year."""
    return context.request.query_params.get(name, "").strip()


def describe_choice(choice: FeedOptions, language: str, resolution: str = "") -> str:
    """Return the choice in words, joined by dots; empty for everything."""
    words = [translate_kind(kind, language) for kind in choice.kinds]
    words += [name_of(slug, language).name for slug in (*choice.actors, *choice.bodies)]
    words += [name_of(slug, language).name for slug in (*choice.bearers, *choice.addressees)]
    words += [*choice.sessions, *(slug for slug in choice.resolutions if slug != resolution)]
    words += [resolution] if resolution else []
    words += [translate_status(status, language) for status in choice.statuses]
    words += [topic.replace("-", " ") for topic in choice.topics]
    words += [f"“{choice.text}”"] if choice.text else []
    if (
        choice.start
        and choice.end
        and (choice.start.month, choice.start.day, choice.end.month, choice.end.day) == (*(1, 1, 12, 31),)
    ):
        same = choice.start.year == choice.end.year
        words.append(str(choice.start.year) if same else f"{choice.start.year}–{choice.end.year}")
    else:
        days = [format_day(day, language) for day in (choice.start, choice.end) if day]
        words += [" – ".join(days)] if days else []
    return " · ".join(words)


def _address(context: PageContext, action: str, *, drop: str) -> str:
    kept = [
        (name, value)
        for name, value in context.request.query_params.multi_items()
        if value and name not in (drop, "next")
    ]
    return f"{action}?{urlencode(kept)}" if kept else action


def _subscribe(context: PageContext) -> str:
    """Return the address at which the present choice becomes a feed; feeds have no past."""
    kept = [
        (name, value)
        for name, value in context.request.query_params.multi_items()
        if value and name in (*FILTERS, "lang")
    ]
    return "/subscribe" + (f"?{urlencode(kept)}" if kept else "")


def past(context: PageContext) -> dict[str, str]:
    """Return the content of the banner of a past view: day, moment, address of the present."""
    if context.as_of is None and context.known_at is None:
        return {}
    kept = [pair for pair in context.request.query_params.multi_items() if pair[1] and pair[0] not in (*PAST, "next")]
    path = context.request.url.path
    return {
        "day": format_day(context.as_of, context.language) if context.as_of else "",
        "moment": context.known_at.strftime("%Y-%m-%d %H:%M UTC") if context.known_at else "",
        "address": f"{path}?{urlencode(kept)}" if kept else path,
    }


def without_days(choice: FeedOptions) -> FeedOptions:
    """Return the choice without its days."""
    return replace(choice, start=None, end=None)
