"""Rate limits by address and token: token buckets that all workers of a machine share.

The buckets are in a file that each worker maps into its memory: an address gets the same rate whether all its requests
reach one worker, as those of a kept connection do, or several. Machines count separately. Polls of cached feeds are not
counted: they cost next to nothing, and the calendar programs of a whole organization share one address. Renderings
are.
"""

from __future__ import annotations

import asyncio
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
from starlette.types import Scope

from app.errors import TooMany, message

DERIVE_COST: Final = 50
"""Requests that one counts as which has a document read."""
RENDER_COST: Final = 20
"""Requests that one counts as which has a feed rendered: about the time of as many pages."""
_DERIVING_PATHS: Final = frozenset({"/try", "/api/v1/derive", "/api/v1/documents"})
_FREE_PATHS: Final = frozenset({"/healthz", "/readyz", "/metrics"})
_TOKEN_DISCOUNT: Final = 10
"""How many times as much an address may ask with valid tokens: each token has a bucket of its own beside."""
RATE_LIMIT: Final = "plenary.ratelimit"
"""Where a scope keeps the header fields of its limit (draft-ietf-httpapi-ratelimit-headers-10)."""
_WINDOW_SECONDS: Final = 60
_SETS, _WAYS = 8192, 8
_SLOT: Final = struct.Struct("=Qdd")
"""A bucket: the hash of its key, odd, so that none is 0; requests left; the time of that, in the clock's seconds."""


class TokenBuckets:
    """Token buckets of ``rate`` requests a minute each; a full one holds one minute's.

    ``clock`` is in seconds. Buckets of the same ``file`` are shared; the clock must then be one for all processes, as
    Linux's monotonic one is. There are 65,536 slots, a set of eight for each hash; the least recently used of a set is
    overwritten.

    Lock-free. Torn reads look like an empty slot; the limiter may admit slightly more than the configured rate.
    """

    def __init__(self, rate: float, clock: Callable[[], float] = monotonic, file: Path | None = None) -> None:
        self._rate = rate
        self._clock = clock
        size = _SETS * _WAYS * _SLOT.size
        if file is None:
            self._slots = mmap(-1, size)
        else:
            with os.fdopen(os.open(file, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as stream:
                stream.truncate(size)
                self._slots = mmap(stream.fileno(), size)

    def take(self, key: str, cost: float) -> int:
        """Take ``cost`` requests; return 0, or the seconds until they are available.

        A refusal takes nothing.
        """
        now = self._clock()
        offset, mark, left, at = self._find(key, now)
        left = min(self._rate, left + max(0.0, now - at) * self._rate / 60)
        enough = left >= min(cost, self._rate)
        _SLOT.pack_into(self._slots, offset, mark, left - cost if enough else left, now)
        return 0 if enough else max(1, math.ceil((min(cost, self._rate) - left) * 60 / self._rate))

    def remaining(self, key: str) -> float:
        """Return the requests that are left in the bucket of ``key``; takes none."""
        now = self._clock()
        _, _, left, at = self._find(key, now)
        return min(self._rate, left + max(0.0, now - at) * self._rate / 60)

    def _find(self, key: str, now: float) -> tuple[int, int, float, float]:
        """Return offset, hash, requests left and their time; a full bucket for a new key."""
        mark = int.from_bytes(hashlib.blake2b(key.encode("utf-8", "replace"), digest_size=8).digest()) | 1
        first = (mark >> 1) % _SETS * _WAYS * _SLOT.size
        oldest, oldest_at = first, math.inf
        for offset in range(first, first + _WAYS * _SLOT.size, _SLOT.size):
            known, left, at = _SLOT.unpack_from(self._slots, offset)
            if known == mark:
                return offset, mark, left, at
            last_used = at if known else -math.inf
            if last_used < oldest_at:
                oldest, oldest_at = offset, last_used
        return oldest, mark, self._rate, now


class RateLimiter:
    """The rate limits of a service: ``rate`` requests a minute, 0 for none.

    Its workers share the buckets in ``file``. ``is_valid_token`` returns whether an Authorization field carries a token
    of this service; it may read the store.
    """

    def __init__(
        self,
        rate: int,
        file: Path | None = None,
        clock: Callable[[], float] = monotonic,
        is_valid_token: Callable[[str], bool] = lambda _: False,
    ) -> None:
        self._rate = rate
        self._buckets = TokenBuckets(rate, clock, file) if rate else None
        self._is_valid_token = is_valid_token

    def check(self, request: Request) -> None:
        """Count a request, and put the header fields of its limit into its scope.

        Raises TooMany over the rate of its address or token.
        """
        path = request.url.path
        if self._buckets is None or path in _FREE_PATHS:
            return
        cost = float(DERIVE_COST if request.method == "POST" and path in _DERIVING_PATHS else 1)
        field = request.headers.get("authorization", "")
        # The cheaper rate is for tokens that exist: a made-up field must not multiply what an address may ask.
        address = _address_key(request.client.host if request.client else "")
        token = ""
        if field and self._is_valid_token(field):
            token = f"token {hashlib.sha256(field.encode('utf-8', 'replace')).hexdigest()}"
        try:
            if token:
                self._take(token, cost)
                cost /= _TOKEN_DISCOUNT
            self._take(address, cost)
        finally:
            request.scope[RATE_LIMIT] = self._header_fields(self._buckets, token or address)

    def _header_fields(self, buckets: TokenBuckets, key: str) -> tuple[tuple[bytes, bytes], ...]:
        """Return the header fields of a bucket.

        They are its policy, the whole requests left and the seconds until it is full again.
        """
        name, left = key.partition(" ")[0].encode(), max(0, int(buckets.remaining(key)))
        full_in = math.ceil((self._rate - left) * _WINDOW_SECONDS / self._rate)
        return (
            (b"ratelimit-policy", b'"%s";q=%d;w=%d' % (name, self._rate, _WINDOW_SECONDS)),
            (b"ratelimit", b'"%s";r=%d;t=%d' % (name, left, full_in)),
        )

    def charge_rendering(self, scope: Scope) -> None:
        """Count a rendering that a request causes. Raises TooMany."""
        client = scope.get("client")
        self._take(_address_key(client[0] if client else ""), RENDER_COST)

    def _take(self, key: str, cost: float) -> None:
        wait = self._buckets.take(key, cost) if self._buckets else 0
        if wait:
            raise TooMany(
                message("too many requests"),
                where=key.partition(" ")[0],
                hint=message("retry in {wait} seconds", wait=wait),
                after=wait,
            )


def _address_key(host: str) -> str:
    return f"address {network_of(host)}"


def network_of(host: str) -> str:
    """Return the IPv4 address of a client, or the /64 network of an IPv6 one.

    A household has as many addresses in its /64 as it likes. An IPv4 client of a socket that listens on ``::`` has a
    mapped address, which stands for the IPv4 one.

    >>> network_of("::ffff:192.0.2.1"), network_of("2001:db8::1")
    ('192.0.2.1', '2001:db8::/64')
    """
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return host
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is None:
            return str(ipaddress.ip_network((address, 64), strict=False))
        address = address.ipv4_mapped
    return str(address)


def client_network(request: Request) -> str:
    """Return the network of the client of a request, empty where it is not known."""
    return network_of(request.client.host) if request.client else ""


async def enforce_rate_limit(request: Request) -> None:
    """Dependency of every route. Raises TooMany."""
    limiter: RateLimiter = request.app.state.limits
    if request.headers.get("authorization"):
        await asyncio.to_thread(limiter.check, request)  # looks the token up in the store
    else:
        limiter.check(request)
