"""Saved feeds: a choice under a short address, which may be changed later without a new subscription.

The address is random, 128 bits of it, so that nobody comes upon the saved feed of another. It is an address and no
secret: what it leads to is public, and only the token that made it can change it. So it is kept as it is, and can be
shown again.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import replace
from datetime import datetime
from typing import Final
from urllib.parse import parse_qsl

from app.errors import Conflict, Gone, NotFound, UsageError, message
from app.feeds import FEEDS, RESOLUTION, FeedOptions, parse
from app.store import Store, Subscription, Token

SAVED: Final = "s/"
"""Saved feeds stand below ``/feeds/s/``."""
_ADDRESS: Final = re.compile(r"[A-Za-z0-9_-]{22}")
_MOST: Final = 1000
_LONGEST_NAME: Final = 120


def subscribe(store: Store, feed: str, query: str, now: datetime, *, name: str = "", by: Token) -> Subscription:
    """Save a choice of a feed.

    The feed is named ``all``, ``sessions``, ``resolution/A-RES-72-251`` …

    ``query`` is the choice as a query string, without the question mark; ``name`` is what people call it. Raises
    NotFound for a feed that there is not, UnknownParameter, UsageError, Conflict where a token has 1,000 of them.
    """
    checked = _checked(store, feed, query, name)
    if store.saved.count(by.id) >= _MOST:
        raise Conflict(
            message("the limit of {most} saved feeds is reached", most=_MOST),
            where="token",
            hint=message("end feeds that are no longer read"),
        )
    made = Subscription(secrets.token_urlsafe(16), *checked, owner=by.id, created=now, changed=now)
    store.saved.add(made, by)
    return made


def subscription(store: Store, address: str) -> Subscription:
    """Return the saved feed at a short address. Raises NotFound, Gone for one that was ended."""
    found = store.saved.find(address) if _ADDRESS.fullmatch(address) else None
    if found is None:
        raise NotFound(
            message("unknown saved feed {address}", address=repr(address[:40])),
            where="address",
            hint=message("use the address given when it was saved"),
        )
    if found.ended is not None:
        raise Gone(
            message("this saved feed was ended"), where="address", hint=message("remove it from your calendar program")
        )
    return found


def owned(store: Store, address: str, by: Token) -> Subscription:
    """Return the saved feed if the token created it or has every scope.

    Raises NotFound for another token's feed too, and Gone.
    """
    found = subscription(store, address)
    if found.owner != by.id and not by.may("admin"):
        raise NotFound(
            message("unknown saved feed {address}", address=repr(address[:40])),
            where="address",
            hint=message("use the token that saved it"),
        )
    return found


def change_subscription(
    store: Store, address: str, feed: str, query: str, now: datetime, *, name: str = "", by: Token
) -> Subscription:
    """Change the choice of a saved feed at the same address.

    Raises as ``subscribe`` and ``owned``.
    """
    before = owned(store, address, by)
    label, chosen, query = _checked(store, feed, query, name)
    after = replace(before, name=label, feed=chosen, choice=query, changed=now)
    if not store.saved.change(after, by):
        raise Gone(message("this saved feed was ended"), where="address", hint=message("save it again"))
    return after


def end_subscription(store: Store, address: str, now: datetime, *, by: Token) -> None:
    """End a saved feed for good; programs that read it get 410.

    Raises as ``owned``.
    """
    owned(store, address, by)
    store.saved.end(address, now, by)


def choice_of(query: str) -> FeedOptions:
    """Return the choice that a query string makes, including its language.

    Raises UnknownParameter, UnknownLanguage.
    """
    return parse(parse_qsl(query, keep_blank_values=True, max_num_fields=200))


def _checked(store: Store, feed: str, query: str, name: str) -> tuple[str, str, str]:
    slug = feed.removeprefix(RESOLUTION)
    if slug != feed and len(slug) <= 200 and (home := store.home(slug)) is not None:
        slug, feed = home, RESOLUTION + home
    known = feed in FEEDS or (slug != feed and len(slug) <= 200 and store.instrument(slug) is not None)
    if not known:
        hint = message("use one of {known}, or {prefix}A-RES-72-251", known=", ".join(FEEDS), prefix=RESOLUTION)
        raise NotFound(message("unknown feed {name}", name=repr(feed[:80])), where="feed", hint=hint)
    label = " ".join(name.split())
    if len(label) > _LONGEST_NAME or not label.isprintable():
        raise UsageError(
            message("the feed has no name"),
            where="name",
            hint=message("use at most {most} characters", most=_LONGEST_NAME),
        )
    # The language is always written out: another default of the service must not change what somebody saved.
    return label, feed, choice_of(query).query(language="")
