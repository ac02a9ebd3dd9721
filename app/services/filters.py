"""Filters: the store query that they make, and checks that their values are known.

An unknown value is an error, so that an empty answer means that nothing matches.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

from app.almanac import almanac
from app.errors import UnknownParameter
from app.feeds import FeedOptions
from app.feeds.options import unknown_value
from app.i18n.names import slugs
from app.store import EventQuery, Store

_LISTS: Final = {"actor": "actors", "bearer": "actors", "addressee": "actors", "body": "bodies", "topic": "topics"}
_SUGGESTED: Final = 3
_SIMILARITY: Final = 0.5
"""The least similarity (0 to 1, difflib's ratio) of a value that is suggested."""


def check_filters(store: Store, options: FeedOptions) -> None:
    """Check that actors, bodies and topics are known.

    Raises UnknownParameter with the nearest known values.
    """
    named = {*slugs(), *almanac().bodies}
    roles = (("actor", options.actors), ("bearer", options.bearers), ("addressee", options.addressees))
    for name, values in roles:
        for value in values:
            # Names are looked up in memory first: most requests ask for those.
            if value not in named and not store.knows_actor(value):
                raise suggest(name, value, known_actors(store))
    for value in options.bodies:
        if value not in named and not store.knows_body(value):
            raise suggest("body", value, known_bodies(store))
    for value in options.topics:
        if not store.knows_topic(value):
            raise suggest("topic", value, store.topic_counts())


def known_actors(store: Store) -> set[str]:
    """Return the slugs of actors that have a name, or that an event names."""
    return {*slugs(), *store.actor_counts()}


def known_bodies(store: Store) -> set[str]:
    """Return the slugs of bodies that have sessions, or that adopted a stored instrument."""
    return {*almanac().bodies, *store.body_counts()}


def suggest(name: str, value: str, known: Iterable[str]) -> UnknownParameter:
    """Return the error for an unknown value, with the nearest ones or where to list them."""
    near = get_close_matches(value, sorted(known), _SUGGESTED, _SIMILARITY)
    return unknown_value(name, value, near or (f"/api/v1/{_LISTS[name]}",))


def event_query(options: FeedOptions, **more: object) -> EventQuery:
    """Return the store query that options select; ``more`` are further fields of it."""
    query = {
        "kinds": options.kinds,
        "actors": options.actors,
        "bodies": options.bodies,
        "topics": options.topics,
        "bearers": options.bearers,
        "addressees": options.addressees,
        "sessions": options.sessions,
        "resolutions": options.resolutions,
        "statuses": options.statuses,
        "q": options.text,
        "start": options.start,
        "end": options.end,
    }
    return EventQuery(**{**query, **more})  # type: ignore[arg-type]  # fields by name
