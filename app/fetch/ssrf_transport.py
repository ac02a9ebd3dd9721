"""The transports for addresses that strangers chose.

They look a name up once, refuse every address that is not public, and connect to the address they looked up, so that a
name cannot be one host when it is checked and another when it is used (DNS rebinding).
"""

from __future__ import annotations

import asyncio

import httpx

from app.fetch.ip_filter import Lookup, lookup, public


class PublicOnlyTransport(httpx.BaseTransport):
    """Transport to public addresses only, each looked up once.

    Raises httpx.ConnectError for any other.
    """

    def __init__(self, *, find: Lookup = lookup, inner: httpx.BaseTransport | None = None) -> None:
        self._find = find
        self._inner = inner or httpx.HTTPTransport()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answer one request; redirects are the caller's to follow."""
        return self._inner.handle_request(_pin(request, self._find))

    def close(self) -> None:
        """Close the connections."""
        self._inner.close()


class AsyncPublicOnlyTransport(httpx.AsyncBaseTransport):
    """The same for asynchronous clients."""

    def __init__(self, *, find: Lookup = lookup, inner: httpx.AsyncBaseTransport | None = None) -> None:
        self._find = find
        self._inner = inner or httpx.AsyncHTTPTransport()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer one request; redirects are the caller's to follow."""
        return await self._inner.handle_async_request(await asyncio.to_thread(_pin, request, self._find))

    async def aclose(self) -> None:
        """Close the connections."""
        await self._inner.aclose()


def _pin(request: httpx.Request, find: Lookup) -> httpx.Request:
    """Return the request with its host replaced by the resolved address.

    Raises httpx.ConnectError.
    """
    host, port = request.url.host, request.url.port or (443 if request.url.scheme == "https" else 80)
    try:
        addresses = find(host, port)
    except (OSError, UnicodeError) as error:
        raise httpx.ConnectError(f"{host} is not known", request=request) from error
    # One private address among public ones is an attempt, not an accident.
    if not addresses or not all(public(address) for address in addresses):
        raise httpx.ConnectError(f"{host} is not a public address", request=request)
    return httpx.Request(
        request.method,
        request.url.copy_with(host=addresses[0]),
        headers=request.headers,
        stream=request.stream,
        extensions={**request.extensions, "sni_hostname": host},
    )
