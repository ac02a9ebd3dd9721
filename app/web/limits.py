"""How much one address or one token may ask: a bucket of requests that fills as time goes by.

The buckets are in the memory of each worker. Every worker gives its share of the whole, so that the sum is right where
requests are spread evenly; one address that always meets the same worker has that share only. Feeds are not counted:
they are answered from memory, and calendar programs of a whole organization come from one address.
"""

from __future__ import annotations

import hashlib
import ipaddress
import math
from collections import OrderedDict
from collections.abc import Callable
from time import monotonic
from typing import Final

from fastapi import Request

from app.errors import TooMany

HEAVY: Final = 50
"""How many requests one counts as that has a document read."""
_READING: Final = frozenset({"/try", "/api/v1/derive", "/api/v1/documents"})
_FREE: Final = frozenset({"/healthz", "/readyz", "/metrics"})
_MOST: Final = 50_000
_BEARER: Final = 10


class Buckets:
    """Buckets of ``rate`` requests a minute each; a full one holds a minute's. ``clock`` is in seconds."""

    def __init__(self, rate: float, clock: Callable[[], float] = monotonic) -> None:
        self._rate = rate
        self._clock = clock
        self._held: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str, cost: float) -> int:
        """0 where there is room, else the seconds until there is. The bucket of who is refused stays as it is."""
        now = self._clock()
        left, at = self._held.pop(key, (self._rate, now))
        left = min(self._rate, left + (now - at) * self._rate / 60)
        enough = left >= min(cost, self._rate)
        self._held[key] = (left - cost if enough else left, now)
        if len(self._held) > _MOST:
            self._held.popitem(last=False)
        return 0 if enough else max(1, math.ceil((min(cost, self._rate) - left) * 60 / self._rate))


class Limits:
    """The limits of a worker: ``rate`` requests a minute in all, of which this worker gives its ``share``; 0: none."""

    def __init__(self, rate: int, share: float = 1.0, clock: Callable[[], float] = monotonic) -> None:
        self._buckets = Buckets(rate * share, clock) if rate else None

    def check(self, request: Request) -> None:
        """Nothing, or raises TooMany for who has asked too much."""
        path = request.url.path
        if self._buckets is None or path in _FREE:
            return
        cost = float(HEAVY if request.method == "POST" and path in _READING else 1)
        address = f"address {_network(request.client.host if request.client else '')}"
        token = request.headers.get("authorization", "")
        if token:
            # Only who has a token has its bucket. Its address is counted too, less: tokens can be made up.
            self._take(f"token {hashlib.sha256(token.encode('utf-8', 'replace')).hexdigest()}", cost)
            cost /= _BEARER
        self._take(address, cost)

    def _take(self, key: str, cost: float) -> None:
        wait = self._buckets.take(key, cost) if self._buckets else 0
        if wait:
            raise TooMany(
                "more requests than are allowed",
                where=key.partition(" ")[0],
                hint=f"come back in {wait} seconds",
                after=wait,
            )


def _network(host: str) -> str:
    """The address, or the /64 of an IPv6 one: a household has as many of those as it likes."""
    try:
        found = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return host
    if found.version == 4:
        return host
    return str(ipaddress.ip_network((found, 64), strict=False))


async def limited(request: Request) -> None:
    """The dependency of every route. Raises TooMany."""
    limits: Limits = request.app.state.limits
    limits.check(request)
