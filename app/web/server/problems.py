"""Errors as problem+json (RFC 9457): what, where, hint, for everything that can go wrong on the way."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Final
from urllib.parse import parse_qsl, quote, unquote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import Response

from app.errors import Moved, NotSignedIn, Overloaded, PlenaryError, TooMany
from app.i18n import gettext, gettext_noop, negotiate, translate_error, translate_message
from app.model import LANGUAGES
from app.web.feeds.retired import address_of
from app.web.pages.templating import page
from app.web.server.http_headers import wants_page

MEDIA_TYPE: Final = "application/problem+json"
_LONGEST_SEARCH: Final = 200
"""Characters that the search field takes."""
CLIENT_CLOSED: Final = 499
"""The status under which requests are counted whose client left before the answer, as in nginx."""
_log = logging.getLogger(__name__)


def problem(
    status: int,
    title: str,
    *,
    kind: str = "about:blank",
    detail: str = "",
    where: str = "",
    hint: str = "",
    instance: str = "",
) -> dict[str, object]:
    """Return the members of a problem (RFC 9457) without empty ones.

    ``title`` is constant for ``kind``.
    """
    members = {
        "type": kind,
        "title": title,
        "status": status,
        "detail": detail,
        "where": where,
        "hint": hint,
        "instance": instance,
    }
    return {name: value for name, value in members.items() if value != ""}


def of_error(error: PlenaryError, instance: str = "", language: str = "en") -> dict[str, object]:
    """Return ``error`` as a problem in ``language``.

    Its ``type`` is a tag URI with the code of the error.
    """
    what, hint = translate_error(error, language)
    return problem(
        error.http_status,
        translate_message(error.title, language),
        kind=f"tag:plenary,2026:{error.code}",
        detail=" ".join(what.split()),
        where=" ".join(error.where.split()),
        hint=" ".join(hint.split()),
        instance=instance,
    )


def language_of(query: str, accept: str, default: str) -> str:
    """Return the language of an answer.

    It is ``lang`` of the query string where that is one of the six, else negotiated from Accept-Language.
    """
    asked = dict(parse_qsl(query[:4000])).get("lang", "")
    return asked if asked in LANGUAGES else negotiate(accept, default)


def _language(request: Request) -> str:
    default = str(request.app.state.settings.language)
    return language_of(request.url.query, request.headers.get("accept-language", ""), default)


def encode(members: Mapping[str, object]) -> bytes:
    """Return a problem as bytes of ASCII; other characters are escaped."""
    return json.dumps(members).encode()


def _sought(path: str) -> str:
    """Return the last part of an address, a slug as a symbol, to fill in the search."""
    last = unquote(path).rstrip("/").rpartition("/")[2][:_LONGEST_SEARCH]
    return last.partition(".")[0].replace("-", "/") if last[:1].isupper() else last


def _respond(request: Request, members: dict[str, object], headers: Mapping[str, str] | None = None) -> Response:
    """Return the problem as a page for browsers, else as JSON."""
    path = request.url.path
    if not path.startswith(("/api/", "/openapi.json")) and wants_page(request.headers.raw):
        status = members["status"] if isinstance(members["status"], int) else 500
        shown = {name: str(members.get(name, "")) for name in ("status", "title", "detail", "where", "hint")}
        answer = page(request, "error.html", _language(request), status, problem=shown, sought=_sought(path))
        answer.headers.update(headers or {})
        return answer
    return ProblemResponse(members, headers)


class ProblemResponse(Response):
    """A response that carries a problem."""

    media_type = MEDIA_TYPE

    def __init__(self, members: Mapping[str, object], headers: Mapping[str, str] | None = None) -> None:
        status = members.get("status")
        super().__init__(
            encode(members), status_code=status if isinstance(status, int) else 500, headers=dict(headers or {})
        )


def answer_plenary(request: Request, error: Exception) -> Response:
    """Answer an error of the tree; a moved resource with a redirect that keeps the query."""
    if not isinstance(error, PlenaryError):
        return answer_unforeseen(request, error)
    if error.http_status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        _log.error("%s %s: %s", request.method, request.url.path, error.line())
    headers = headers_of(error)
    if isinstance(error, Moved):
        query = request.url.query
        location = quote(address_of(request.url.path, error)) + (f"?{query}" if query else "")
        headers |= {"location": location, "cache-control": "public, max-age=86400"}
    return _respond(request, of_error(error, request.url.path, _language(request)), headers)


def headers_of(error: PlenaryError) -> dict[str, str]:
    """Return the header fields that an error's answer needs."""
    if isinstance(error, (TooMany, Overloaded)):
        return {"retry-after": str(error.after)}
    return {"www-authenticate": "Bearer"} if isinstance(error, NotSignedIn) else {}


def answer_validation(request: Request, error: Exception) -> Response:
    """Answer a request whose parameters or body do not match the schema of its route."""
    first = error.errors()[0] if isinstance(error, RequestValidationError) and error.errors() else {}
    where = ".".join(str(part) for part in first.get("loc", ()) if part not in ("body", "query", "path"))
    language = _language(request)
    return _respond(
        request,
        problem(
            422,
            gettext("Invalid request", language),
            kind="tag:plenary,2026:bad-request",
            detail=str(first.get("msg", "")),
            where=where,
            hint=gettext("see /openapi.json", language),
            instance=request.url.path,
        ),
    )


def answer_http(request: Request, error: Exception) -> Response:
    """Answer what the framework rejects: unknown addresses, wrong methods, malformed forms."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    headers = error.headers if isinstance(error, HTTPException) else None
    language = _language(request)
    hints = {
        400: gettext_noop("send the fields that /openapi.json lists, and no others"),
        404: gettext_noop("see /openapi.json"),
        405: gettext_noop("see the Allow header"),
    }
    # Titles of about:blank are the phrases of HTTP (RFC 9457, 4.2.1); these are the ones that readers meet.
    titles = {
        400: gettext_noop("Bad Request"),
        404: gettext_noop("Not Found"),
        405: gettext_noop("Method Not Allowed"),
    }
    members = problem(
        status,
        gettext(titles.get(status, HTTPStatus(status).phrase), language),
        # The framework rejects a form for too many parts, parts over the limit, or a missing boundary.
        detail=gettext("invalid form", language) if status == HTTPStatus.BAD_REQUEST else "",
        where=request.url.path,
        hint=gettext(hints[status], language) if status in hints else "",
        instance=request.url.path,
    )
    return _respond(request, members, headers)


def unexpected(instance: str, language: str) -> dict[str, object]:
    """Return the problem of an unexpected exception, without disclosing it."""
    return problem(
        500,
        gettext("Internal Server Error", language),
        hint=gettext("try again; the error has been logged", language),
        instance=instance,
    )


def answer_unforeseen(request: Request, error: Exception) -> Response:
    """Answer an unexpected exception, and log it with its traceback."""
    _log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return _respond(request, unexpected(request.url.path, _language(request)))


def answer_disconnect(_: Request, __: Exception) -> Response:
    """Answer a client that left before its body had arrived: no error of the service."""
    return Response(status_code=CLIENT_CLOSED)


def install(app: FastAPI) -> None:
    """Install the handlers that turn every error of the application into a problem."""
    app.add_exception_handler(PlenaryError, answer_plenary)
    app.add_exception_handler(RequestValidationError, answer_validation)
    app.add_exception_handler(HTTPException, answer_http)
    app.add_exception_handler(ClientDisconnect, answer_disconnect)
    app.add_exception_handler(Exception, answer_unforeseen)
