"""How much one address or one token may ask: a bucket of requests that fills as time goes by.

The workers of a machine share the buckets, in a file that each has mapped into its memory: an address may ask as much
when all its requests meet one worker, as those of a kept connection do, as when each meets another. Several machines
count each for itself. Feeds are not counted: they are answered from memory, and calendar programs of a whole
organization come from one address.
"""

from __future__ import annotations

import hashlib
import ipaddress
import math
import os
import struct
from collections.abc import Callable
from mmap import mmap
from pathlib import Path
from time import monotonic
from typing import Final

from fastapi import Request

from app.errors import TooMany, message

HEAVY: Final = 50
"""How many requests one counts as that has a document read."""
_READING: Final = frozenset({"/try", "/api/v1/derive", "/api/v1/documents"})
_FREE: Final = frozenset({"/healthz", "/readyz", "/metrics"})
_BEARER: Final = 10
_SETS, _WAYS = 8192, 8
_PLACE: Final = struct.Struct("=Qdd")
"""A bucket: the mark of its key, odd, so that none is 0; requests left; the moment of that, in the clock's seconds."""


class TokenBuckets:
    """Buckets of ``rate`` requests a minute each; a full one holds a minute's. ``clock`` is in seconds.

    All who are given the same ``file`` share them, where the clock is one for all processes, as Linux's monotonic one
    is. There is room for 65,536: the set that a key falls into has eight places, and who asked longest ago makes room.
    Nothing is locked. Two workers that count at the same moment may count one request for two, and a place read while
    it is written is that of nobody: either way, somebody may ask a little more.
    """

    def __init__(self, rate: float, clock: Callable[[], float] = monotonic, file: Path | None = None) -> None:
        self._rate = rate
        self._clock = clock
        size = _SETS * _WAYS * _PLACE.size
        if file is None:
            self._held = mmap(-1, size)
        else:
            with os.fdopen(os.open(file, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as stream:
                stream.truncate(size)
                self._held = mmap(stream.fileno(), size)

    def take(self, key: str, cost: float) -> int:
        """0 where there is room, else the seconds until there is. The bucket of who is refused stays as it is."""
        now = self._clock()
        place, mark, left, at = self._find(key, now)
        left = min(self._rate, left + max(0.0, now - at) * self._rate / 60)
        enough = left >= min(cost, self._rate)
        _PLACE.pack_into(self._held, place, mark, left - cost if enough else left, now)
        return 0 if enough else max(1, math.ceil((min(cost, self._rate) - left) * 60 / self._rate))

    def _find(self, key: str, now: float) -> tuple[int, int, float, float]:
        """The place of a bucket, its mark, what is in it and since when; a full one for who has none."""
        mark = int.from_bytes(hashlib.blake2b(key.encode("utf-8", "replace"), digest_size=8).digest()) | 1
        first = (mark >> 1) % _SETS * _WAYS * _PLACE.size
        oldest, since = first, math.inf
        for place in range(first, first + _WAYS * _PLACE.size, _PLACE.size):
            known, left, at = _PLACE.unpack_from(self._held, place)
            if known == mark:
                return place, mark, left, at
            # A place that nobody has taken yet is as old as can be.
            age = at if known else -math.inf
            if age < since:
                oldest, since = place, age
        return oldest, mark, self._rate, now


class Limits:
    """The limits of a service: ``rate`` requests a minute; 0: none. Its workers share what is in ``file``."""

    def __init__(self, rate: int, file: Path | None = None, clock: Callable[[], float] = monotonic) -> None:
        self._buckets = TokenBuckets(rate, clock, file) if rate else None

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
                message("too many requests"),
                where=key.partition(" ")[0],
                hint=message("retry in {wait} seconds", wait=wait),
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
