"""Authentication: bearer tokens for programs, a sign-in with the same token for people on the pages."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated, Final
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Request
from fastapi.security import HTTPBearer
from starlette.responses import RedirectResponse, Response

from app.errors import NotAllowed, NotSignedIn, PlenaryError, message
from app.services import tokens
from app.store import Store, Token
from app.web.pages.templating import language_of, page
from app.web.server.dependencies import get_store
from app.web.server.query_string import read_query

COOKIE: Final = "plenary"
"""The cookie of a sign-in; where the service is behind HTTPS its name begins with ``__Host-`` (RFC 6265bis, 4.1.3)."""
MARK: Final = "mark"
"""The hidden field of a form that proves it came from our own page."""
_OWN_PATH: Final = re.compile(
    r"/(?:(?!\.{1,2}(?:/|$))[A-Za-z0-9._~-]{1,200}(?:/(?!\.{1,2}(?:/|$))[A-Za-z0-9._~-]{1,200}){0,9}/?)?"
    r"(?:\?[A-Za-z0-9=&%+.,:_~-]{0,2000})?"
)
_FROM_HERE: Final = ("same-origin", "none")
_SCHEMES: Final = ("http", "https")

router: Final = APIRouter()
_BEARER: Final = HTTPBearer(
    auto_error=False, scheme_name="token", description="A token of `plenary token create`, in `Authorization: Bearer`."
)


def requires(scope: str = "") -> Callable[..., Token]:
    """Return a dependency that gives the token of a request.

    Use it as `token: Annotated[Token, Depends(requires("review"))]`. It raises NotSignedIn without a valid token,
    NotAllowed for a token without the scope; an empty scope admits every token.
    """

    def dependency(request: Request, _: Annotated[object, Depends(_BEARER)]) -> Token:
        kind, _, text = request.headers.get("authorization", "").partition(" ")
        if kind.lower() != "bearer" or not text:
            raise NotSignedIn(
                message("this needs a token"),
                where="authorization",
                hint=message("send it as Authorization: Bearer plenary-…"),
            )
        token = tokens.authenticate(get_store(request), text, datetime.now(UTC))
        if scope:
            tokens.allow(token, scope)
        return token

    return dependency


def is_valid_token(store: Store, field: str) -> bool:
    """Return whether an Authorization field carries a valid token; reads the store."""
    kind, _, text = field.partition(" ")
    if kind.lower() != "bearer" or not text:
        return False
    try:
        tokens.authenticate(store, text, datetime.now(UTC))
    except PlenaryError:
        return False
    return True


def reader(request: Request) -> Token | None:
    """Return the token of the reader's sign-in, None without one; reads the store."""
    cookie = _cookie(request)
    return tokens.signed_in(get_store(request), cookie, datetime.now(UTC)) if cookie else None


def csrf_token(request: Request) -> str:
    """Return the value of the hidden field of this reader's forms, empty without a sign-in."""
    cookie = _cookie(request)
    return tokens.csrf_token(cookie) if cookie else ""


def writer(request: Request, mark: str, scope: str = "") -> Token:
    """Return the token with which one of our forms was sent; reads the store.

    ``mark`` is the CSRF token of the form; an empty ``scope`` admits every token. Raises NotSignedIn, and NotAllowed
    for a form of another site or a token without the scope.
    """
    check_origin(request)
    token = reader(request)
    if token is None:
        raise NotSignedIn(message("not signed in"), where="cookie", hint=message("sign in at /signin"))
    tokens.verify_csrf_token(_cookie(request), mark)
    if scope:
        tokens.allow(token, scope)
    return token


def check_origin(request: Request) -> None:
    """Raise NotAllowed where the browser reports that another site's page sent the form.

    Browsers report it in Sec-Fetch-Site; old ones, and all over plain HTTP, send at least the page's Origin.
    """
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site is not None:
        where, own = "sec-fetch-site", site in _FROM_HERE
    else:
        where, own = "origin", origin is None or _is_own_origin(request, origin)
    if not own:
        raise NotAllowed(
            message("the form was sent from another site"), where=where, hint=message("load the page again")
        )


def _is_own_origin(request: Request, origin: str) -> bool:
    """Return whether the origin is that of the configured address or of the request's host."""
    base = urlsplit(str(request.app.state.settings.base_url))
    scheme, _, host = origin.lower().partition("://")
    if (scheme, host) == (base.scheme, base.netloc.lower()):
        return True
    return scheme in _SCHEMES and host != "" and host == request.headers.get("host", "").lower()


# --- the pages ------------------------------------------------------------------------------------------------------


@router.get("/signin", include_in_schema=False)
def get_signin(request: Request) -> Response:
    """Return the sign-in form, or the name of the token that is signed in."""
    language = language_of(request)
    _, rest = read_query(request, "lang", "back", language=language)
    return _signin(request, back=_back(rest.get("back", "/")))


@router.post("/signin", include_in_schema=False)
async def sign_in(request: Request) -> Response:
    """Sign in, and redirect to the page that led here."""
    check_origin(request)
    async with request.form(max_files=0, max_fields=4, max_part_size=4096) as form:
        text, back = str(form.get("token", "")), _back(str(form.get("back", "/")))
    try:
        _, cookie, expires = await asyncio.to_thread(tokens.sign_in, get_store(request), text, datetime.now(UTC))
    except NotSignedIn as error:
        return await asyncio.to_thread(_signin, request, back=back, problem=error)
    response = RedirectResponse(back, 303, headers={"cache-control": "no-store"})
    response.set_cookie(
        _name(request), cookie, expires=expires, path="/", httponly=True, samesite="lax", secure=_secure(request)
    )
    return response


@router.post("/signout", include_in_schema=False)
async def sign_out(request: Request) -> Response:
    """End the sign-in."""
    check_origin(request)
    cookie = _cookie(request)
    async with request.form(max_files=0, max_fields=4, max_part_size=4096) as form:
        tokens.verify_csrf_token(cookie, str(form.get(MARK, "")))
    await asyncio.to_thread(tokens.sign_out, get_store(request), cookie)
    response = RedirectResponse("/signin", 303, headers={"cache-control": "no-store"})
    response.delete_cookie(_name(request), path="/", httponly=True, samesite="lax", secure=_secure(request))
    return response


def _signin(request: Request, *, back: str, problem: PlenaryError | None = None) -> Response:
    status = problem.http_status if problem else 200
    values = {"problem": problem, "back": back, "reader": reader(request), "mark": csrf_token(request)}
    return page(request, "signin.html", language_of(request), status, **values)


def _back(path: str) -> str:
    """Return the path to redirect to, perhaps with a query; `/` for another site's address."""
    return path if _OWN_PATH.fullmatch(path) else "/"


def _name(request: Request) -> str:
    # A page of a sibling domain, or one over plain HTTP, can set no cookie of that name.
    return f"__Host-{COOKIE}" if _secure(request) else COOKIE


def _cookie(request: Request) -> str:
    return request.cookies.get(_name(request), "")


def _secure(request: Request) -> bool:
    return str(request.app.state.settings.base_url).startswith("https://")
