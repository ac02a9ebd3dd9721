"""Parsing of request headers (RFC 9110): entity tags, dates, encodings, media types."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

_TAG: Final = re.compile(rb'(?:W/)?("[\x21\x23-\x7e\x80-\xff]*")')
_MAX_FIELD_BYTES: Final = 8192

# Programs that ask for gzip and then refuse a calendar that comes so (Outlook on the web, Exchange).
_NO_GZIP: Final = (b"microsoft exchange", b"exchangeservices", b"outlook")


def matches(condition: bytes, tag: bytes) -> bool:
    """Return whether an If-None-Match field matches ``tag`` by weak comparison (13.1.2).

    The field is a list of entity tags or ``*``.

    >>> matches(b'W/"a", "b"', b'"a"'), matches(b'"c"', b'"a"')
    (True, False)
    """
    if condition == tag:
        return True
    if condition.strip() == b"*":
        return True
    return tag in _TAG.findall(condition[:_MAX_FIELD_BYTES])


def takes_gzip(accepted: bytes, agent: bytes) -> bool:
    """Return whether a client accepts gzip and is not known to refuse it all the same."""
    return (_takes_gzip if len(accepted) + len(agent) < 500 else _takes_gzip.__wrapped__)(accepted, agent)


# The same few programs ask again and again.
@lru_cache(maxsize=1024)
def _takes_gzip(accepted: bytes, agent: bytes) -> bool:
    if b"gzip" not in accepted and b"*" not in accepted:
        return False
    weights = _weights(accepted)
    if weights.get(b"gzip", weights.get(b"*", 0.0)) <= 0:
        return False
    lowered = agent.lower()
    return not any(name in lowered for name in _NO_GZIP)


def _weights(field: bytes) -> dict[bytes, float]:
    found: dict[bytes, float] = {}
    for part in field[:_MAX_FIELD_BYTES].split(b","):
        name, *parameters = (piece.strip().lower() for piece in part.split(b";"))
        weight = 1.0
        for parameter in parameters:
            if parameter.startswith(b"q="):
                try:
                    weight = float(parameter[2:])
                except ValueError:
                    weight = 0.0
        if name:
            found[name] = weight
    return found


def preferred(accepted: bytes, offered: Sequence[tuple[str, str]]) -> str:
    """Return the offered name that an Accept field prefers, by default the first.

    ``offered`` are pairs of name and media type. Their order breaks ties, so that ``*/*`` and
    an absent field give the first.
    """
    weights = _weights(accepted)
    best, highest = offered[0][0], 0.0
    for name, media in offered:
        kind = media.split(";")[0].encode()
        family = kind.split(b"/")[0] + b"/*"
        weight = weights.get(kind, weights.get(family, weights.get(b"*/*", 0.0)))
        if weight > highest:
            best, highest = name, weight
    return best


def wants_page(fields: Iterable[tuple[bytes, bytes]]) -> bool:
    """Return whether a client prefers HTML to JSON."""
    accepted = next((value for name, value in fields if name == b"accept"), b"")
    return preferred(accepted, (("json", "application/json"), ("html", "text/html"))) == "html"
