"""The query parameters of the API, each said once: read from here, refused by here, described in OpenAPI from here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Final

from fastapi import Request

from app.errors import UnknownParameter
from app.feeds import FILTERS, SHOWS, FeedOptions, parse, parse_day
from app.model import LANGUAGES, Kind

DESCRIPTIONS: Final[Mapping[str, tuple[str, str]]] = {
    "kind": (f"Kinds, separated by commas or repeated: {', '.join(Kind)}.", "report,meeting"),
    "actor": ("Who is to act or is addressed: slugs of official English names.", "secretary-general"),
    "body": ("The body that adopted the instrument.", "general-assembly"),
    "topic": ("A family of yearly instruments, or words of an English title joined by hyphens.", "nuclear-disarmament"),
    "q": ("Words of titles, subjects and quotes, in any language.", "disarmament"),
    "from": ("First day: 2018-05-14, 2018-05 or 2018.", "2018-05-01"),
    "to": ("Last day, inclusive.", "2018-12-31"),
    "lang": (f"Language of the answer's sentences: {', '.join(LANGUAGES)}.", "en"),
    "as_of": ("What had been decided by the end of this day.", "2018-04-01"),
    "known_at": ("What the service knew at this moment (RFC 3339).", "2026-01-01T00:00:00Z"),
    "feed": ("The name of a feed: all, sessions, observances, holidays, resolution/A-RES-72-251.", "all"),
    "resolution": ("The slug of an instrument.", "A-RES-72-251"),
    "month": ("Pages: the month shown, 2018-05.", "2018-05"),
    "beside": ("Pages: sessions, observances, holidays shown beside.", "sessions"),
    "text": ("Pages: the language of the text shown.", "zh"),
    "with": ("Pages: the language of a second text beside it.", "en"),
    "limit": ("How many at most, 1 to 1000.", "100"),
    "next": ("Where the page begins: the `next` of the page before.", ""),
    "state": ("Proposals: proposed, reviewed, published or rejected.", "proposed"),
    "since": ("A day or moment (RFC 3339); what was learned after it is given.", "2026-01-01"),
    "cancelled": ("Feeds: keep, mark or drop what was cancelled or postponed.", "mark"),
    "windows": ("Feeds: show a session or span on its first day, on all its days, or not.", "span"),
    "milestones": ("Feeds: yes adds days that rules derive.", "yes"),
    "alarm": ("Feeds: a reminder this long before.", "P7D"),
    "timed": ("Feeds: no shows events of a known time of day on the whole day.", "no"),
    "as": ("Feeds: event, or todo for reports and deadlines.", "todo"),
}
"""What each parameter means, with an example."""

MOST: Final = 1000


def openapi(*names: str) -> dict[str, object]:
    """The parameters of a route as OpenAPI has them."""
    return {
        "parameters": [
            {
                "name": name,
                "in": "query",
                "required": False,
                "description": DESCRIPTIONS[name][0],
                "schema": {"type": "string", **({"example": DESCRIPTIONS[name][1]} if DESCRIPTIONS[name][1] else {})},
            }
            for name in names
        ]
    }


def read(request: Request, *names: str, language: str = "en") -> tuple[FeedOptions, dict[str, str]]:
    """The choice of a feed among the parameters of a request, and the other parameters.

    Raises UnknownParameter for one that is not among ``names``, or is given twice where once is meant.
    """
    pairs = request.query_params.multi_items()
    for name, _ in pairs:
        if name not in names:
            known = f"known are {', '.join(names)}" if names else "there is none here"
            raise UnknownParameter(f"unknown parameter {name[:60]!r}", where="query", hint=known)
    ours = {*FILTERS, *SHOWS} & set(names)
    rest: dict[str, str] = {}
    for name, value in pairs:
        if name in ours or not value.strip():
            continue
        if name in rest:
            raise UnknownParameter(f"{name} is given twice", where=name, hint="give it once")
        rest[name] = value.strip()
    return parse([pair for pair in pairs if pair[0] in ours], language=language), rest


def day(rest: Mapping[str, str], name: str) -> date | None:
    """A day among the parameters. Raises UnknownParameter."""
    return parse_day(rest[name], name, last=True) if name in rest else None


def moment(rest: Mapping[str, str], name: str) -> datetime | None:
    """A moment among the parameters; a day is its beginning in UTC. Raises UnknownParameter."""
    if name not in rest:
        return None
    # In an address + is a space: an offset arrives as one.
    text = rest[name].replace(" ", "+")
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise UnknownParameter(
            f"{text[:40]!r} is no moment", where=name, hint="write 2018-04-01 or 2018-04-01T12:00:00Z"
        ) from error
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def limit(rest: Mapping[str, str]) -> int:
    """The size of a page. Raises UnknownParameter."""
    text = rest.get("limit", "100")
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= MOST):
        raise UnknownParameter(f"{text[:20]!r} is no size of a page", where="limit", hint=f"use 1 to {MOST}")
    return int(text)
