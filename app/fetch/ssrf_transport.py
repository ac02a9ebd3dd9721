"""The transport for addresses that others chose.

It looks a name up once, refuses every address that is not public, and connects to what it looked up, so that a name
cannot be one thing when it is checked and another when it is used (DNS rebinding).
"""

from __future__ import annotations

import httpx

from app.fetch.ip_filter import Lookup, lookup, public


class Guarded(httpx.BaseTransport):
    """Connects to public addresses only, each looked up once. Raises httpx.ConnectError for any other."""

    def __init__(self, *, find: Lookup = lookup, inner: httpx.BaseTransport | None = None) -> None:
        self._find = find
        self._inner = inner or httpx.HTTPTransport()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answers one request; redirects are the caller's to follow."""
        host, port = request.url.host, request.url.port or (443 if request.url.scheme == "https" else 80)
        try:
            addresses = self._find(host, port)
        except (OSError, UnicodeError) as error:
            raise httpx.ConnectError(f"{host} is not known", request=request) from error
        # One private address among public ones is an attempt, not an accident.
        if not addresses or not all(public(address) for address in addresses):
            raise httpx.ConnectError(f"{host} is not a public address", request=request)
        pinned = httpx.Request(
            request.method,
            request.url.copy_with(host=addresses[0]),
            headers=request.headers,
            stream=request.stream,
            extensions={**request.extensions, "sni_hostname": host},
        )
        return self._inner.handle_request(pinned)

    def close(self) -> None:
        """Gives the connections back."""
        self._inner.close()
