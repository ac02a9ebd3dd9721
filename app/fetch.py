"""Documents over HTTP, with bounds: what an operator names is fetched, nothing that a stranger chose."""

from __future__ import annotations

import httpx

from app.errors import DocumentError, TooLarge, UsageError

TIMEOUT = httpx.Timeout(20.0, connect=10.0)
"""Seconds to wait for a connection, and for each piece of an answer."""
REDIRECTS = 5
LARGEST = 20_000_000
"""Bytes of an answer, at most."""


def fetch(address: str, *, largest: int = LARGEST, transport: httpx.BaseTransport | None = None) -> bytes:
    """The bytes at an ``http``, ``https`` or ``webcal`` address.

    ``transport`` stands in for the network in tests. Raises UsageError for another kind of address, DocumentError
    where nothing could be had, TooLarge beyond ``largest`` bytes.
    """
    if address.startswith("webcal://"):
        address = "https://" + address.removeprefix("webcal://")
    if not address.startswith(("http://", "https://")):
        raise UsageError("not an address on the web", where=address, hint="it begins with https://")
    try:
        with (
            httpx.Client(
                timeout=TIMEOUT, follow_redirects=True, max_redirects=REDIRECTS, transport=transport
            ) as client,
            client.stream("GET", address) as answer,
        ):
            if answer.status_code != httpx.codes.OK:
                raise DocumentError(f"answered {answer.status_code}", where=address, hint="check the address")
            data = bytearray()
            for piece in answer.iter_bytes():
                data += piece
                if len(data) > largest:
                    raise TooLarge(f"more than {largest} bytes", where=address)
            return bytes(data)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise DocumentError(f"cannot be fetched ({error})", where=address, hint="check the address") from error
