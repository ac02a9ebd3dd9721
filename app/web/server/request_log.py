"""What is noted of each request: an id that goes in and comes out, a log line, a count."""

from __future__ import annotations

import logging
import re
from secrets import token_hex
from time import perf_counter
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.logging_config import REQUEST
from app.web.server.metrics import Metrics

HEADER: Final = b"x-request-id"
_ID: Final = re.compile(rb"[A-Za-z0-9._-]{1,64}")
# Other methods are counted under one name: a client must not be able to make up labels.
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"})
_log = logging.getLogger("plenary.request")


def id_of(given: bytes | None) -> str:
    """Return the id of a request: the client's where it is safe to log, else a new one."""
    return given.decode("ascii") if given is not None and _ID.fullmatch(given) else token_hex(8)


def method_of(method: str) -> str:
    """Return the label under which a method is counted."""
    return method if method in _METHODS else "other"


class RequestLogMiddleware:
    """Middleware that logs and counts requests; the feed layer ahead of it counts its own."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = perf_counter()
        asked = id_of(next((value for name, value in scope["headers"] if name == HEADER), None))
        token = REQUEST.set(asked)
        status = 0

        async def sent(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message = {**message, "headers": [*message.get("headers", ()), (HEADER, asked.encode())]}
            await send(message)

        # What routes put into the scope is read afterwards: the same mapping has to reach them.
        try:
            await self.app(scope, receive, sent)
        except Exception:
            # What the application could not handle it has answered and logged with its traceback by now.
            if not status:
                raise
        finally:
            spent = perf_counter() - begun
            method, route = method_of(scope["method"]), self._route(scope)
            self._metrics.count(method, route, status, spent)
            noted = {"method": method, "route": route, "status": status, "ms": round(spent * 1000, 1)}
            _log.info("%s %s %d %.1f ms", *noted.values(), extra=noted)
            REQUEST.reset(token)

    @staticmethod
    def _route(scope: Scope) -> str:
        route = scope.get("route")
        path = getattr(route, "path", "")
        return str(path) or "(none)"
