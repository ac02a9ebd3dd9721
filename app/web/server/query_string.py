"""Query strings of pages and the API: known names, values given once, days, moments, page sizes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Final

from fastapi import Request

from app.errors import UnknownParameter, message
from app.feeds import FILTERS, SHOWS, FeedOptions, parse, parse_day
from app.feeds.options import strip_tracking

MAX_PAGE_SIZE: Final = 1000
"""The most items on a page of a list."""
DEFAULT_PAGE_SIZE: Final = 100


def read_query(request: Request, *names: str, language: str = "en") -> tuple[FeedOptions, dict[str, str]]:
    """Return the choice of events in a query string, and its other parameters.

    Tracking parameters are ignored. Raises UnknownParameter for a name not among ``names``, or given twice where one
    value is expected.
    """
    pairs = strip_tracking(request.query_params.multi_items())
    for name, _ in pairs:
        if name not in names:
            known = message("use one of {known}", known=", ".join(names)) if names else message("give no parameters")
            raise UnknownParameter(message("unknown parameter {name}", name=repr(name[:60])), where="query", hint=known)
    filters = {*FILTERS, *SHOWS} & set(names)
    rest: dict[str, str] = {}
    for name, value in pairs:
        if name in filters or not value.strip():
            continue
        if name in rest:
            raise UnknownParameter(
                message("duplicate parameter {name}", name=name), where=name, hint=message("give the parameter once")
            )
        rest[name] = value.strip()
    return parse([pair for pair in pairs if pair[0] in filters], language=language), rest


def read_day(rest: Mapping[str, str], name: str) -> date | None:
    """Return the day of a parameter; a month or year means its last day.

    Raises UnknownParameter.
    """
    return parse_day(rest[name], name, last=True) if name in rest else None


def read_moment(rest: Mapping[str, str], name: str) -> datetime | None:
    """Return the moment of a parameter. Raises UnknownParameter."""
    return parse_moment(rest[name], name) if name in rest else None


def parse_moment(value: str, name: str) -> datetime:
    """Return the moment that ``value`` gives; a day means its beginning in UTC.

    Raises UnknownParameter.
    """
    # In an address + is a space: an offset arrives as one.
    text = value.replace(" ", "+")
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise UnknownParameter(
            message("invalid timestamp {text}", text=repr(text[:40])),
            where=name,
            hint=message("write 2018-04-01 or 2018-04-01T12:00:00Z"),
        ) from error
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def parse_limit(value: str) -> int:
    """Return the page size that ``value`` gives, 1 to MAX_PAGE_SIZE. Raises UnknownParameter."""
    if not (value.isascii() and value.isdigit() and 1 <= int(value[:9]) <= MAX_PAGE_SIZE):
        hint = message("use 1 to {value}", value=MAX_PAGE_SIZE)
        raise UnknownParameter(message("invalid page size {limit}", limit=repr(value[:20])), where="limit", hint=hint)
    return int(value)
