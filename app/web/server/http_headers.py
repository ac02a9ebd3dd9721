"""Reading what a client asks in its headers (RFC 9110): entity tags, dates, encodings, media types."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

_TAG: Final = re.compile(rb'(?:W/)?("[\x21\x23-\x7e\x80-\xff]*")')
_MOST: Final = 8192

# Programs that ask for gzip and then refuse a calendar that comes so (Outlook on the web, Exchange).
_NO_GZIP: Final = (b"microsoft exchange", b"exchangeservices", b"outlook")


def matches(condition: bytes, tag: bytes) -> bool:
    """Whether an If-None-Match field names ``tag``: a list, ``*``, strong or weak (compared weakly, section 13.1.2)."""
    if condition == tag:
        return True
    if condition.strip() == b"*":
        return True
    return tag in _TAG.findall(condition[:_MOST])


def takes_gzip(accepted: bytes, agent: bytes) -> bool:
    """Whether a client takes gzip, and is none that is known to refuse it all the same."""
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
    for part in field[:_MOST].split(b","):
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
    """The name, of pairs of name and media type, that an Accept field likes best; the first where it likes none.

    Order of ``offered`` breaks ties, so that ``*/*`` and no field at all give the first.
    """
    weights = _weights(accepted)
    best, liked = offered[0][0], 0.0
    for name, media in offered:
        kind = media.split(";")[0].encode()
        family = kind.split(b"/")[0] + b"/*"
        weight = weights.get(kind, weights.get(family, weights.get(b"*/*", 0.0)))
        if weight > liked:
            best, liked = name, weight
    return best


def wants_page(fields: Iterable[tuple[bytes, bytes]]) -> bool:
    """Whether a client would rather read HTML than JSON."""
    accepted = next((value for name, value in fields if name == b"accept"), b"")
    return preferred(accepted, (("json", "application/json"), ("html", "text/html"))) == "html"
