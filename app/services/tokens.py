"""Access: tokens made, checked and ended; signing in on the pages with one.

A token is written ``plenary-ID-SECRET``. Its secret has 256 random bits, so that a plain SHA-256 keeps it: there is
nothing to guess from. A sign-in is a random cookie of the same kind; the mark of its forms is derived from it.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from app.errors import NotAllowed, NotFound, NotSignedIn, UsageError, message
from app.store import Store, Token

SCOPES: Final = ("derive", "propose", "review", "admin")
"""What a token may allow: reading documents without storing them, sending them in, publishing, everything."""
SIGNED_IN: Final = timedelta(hours=12)
"""How long a sign-in lasts at most."""
_TOKEN: Final = re.compile(r"plenary-([0-9a-f]{12})-([0-9a-f]{64})")
_COOKIE: Final = re.compile(r"[0-9a-f]{64}")
_TOUCH: Final = timedelta(minutes=5)
_LONGEST_NAME: Final = 120


def create_token(
    store: Store,
    name: str,
    scopes: Iterable[str],
    now: datetime,
    *,
    days: int | None = 365,
    by: Token | None = None,
) -> tuple[Token, str]:
    """Create a token valid for ``days`` from ``now`` (None: no end); return it and its text.

    The text is not stored.

    Raises UsageError for an invalid name or scope, StoreError.
    """
    wanted = frozenset(scopes)
    if not wanted or not wanted <= set(SCOPES):
        unknown = ", ".join(sorted(wanted - set(SCOPES)))
        raise UsageError(
            message("unknown scope {unknown}", unknown=repr(unknown[:80])),
            where="scope",
            hint=message("use one of {known}", known=", ".join(SCOPES)),
        )
    label = " ".join(name.split())
    if not label or len(label) > _LONGEST_NAME or not label.isprintable():
        raise UsageError(
            message("a token needs a name"),
            where="name",
            hint=message("use at most {most} characters", most=_LONGEST_NAME),
        )
    if days is not None and not 1 <= days <= 3660:
        raise UsageError(
            message("invalid number of days {days}", days=days), where="days", hint=message("use 1 to 3660")
        )
    id_, secret = secrets.token_hex(6), secrets.token_hex(32)
    expires = None if days is None else now + timedelta(days)
    token = Token(id_, label, wanted, now, expires)
    store.tokens.add(token, _digest(secret), by)
    return token, f"plenary-{id_}-{secret}"


def authenticate(store: Store, text: str, now: datetime) -> Token:
    """Return the token of that text.

    Raises StoreError, and NotSignedIn for an unknown, expired or revoked token.
    """
    match = _TOKEN.fullmatch(text.strip())
    found = store.tokens.find(match[1]) if match else None
    held = found[1] if found else _digest("")
    same = hmac.compare_digest(held, _digest(match[2] if match else "-"))
    if not (same and found and found[0].valid(now)):
        raise NotSignedIn(
            message("invalid token"), where="token", hint=message("ask the operator for one: `plenary token create`")
        )
    token = found[0]
    if token.used is None or now - token.used >= _TOUCH:
        store.tokens.touch(token.id, now)
    return token


def allow(token: Token, scope: str) -> None:
    """Nothing, or raises NotAllowed where the token has not that scope."""
    if not token.may(scope):
        raise NotAllowed(
            message("the token does not allow {scope}", scope=scope),
            where="token",
            hint=message("use a token with the scope {scope}", scope=scope),
        )


def revoke_token(store: Store, id_: str, now: datetime, *, by: Token | None = None) -> None:
    """End a token and every sign-in with it. Raises NotFound where no such token stands."""
    if not store.tokens.revoke(id_, now, by):
        raise NotFound(
            message("no active token {id}", id=repr(id_[:40])), where="token", hint=message("run `plenary token list`")
        )


# --- the pages ------------------------------------------------------------------------------------------------------


def sign_in(store: Store, text: str, now: datetime) -> tuple[Token, str, datetime]:
    """Sign in with a token; return it, the cookie's value and its expiry.

    Raises NotSignedIn.
    """
    token = authenticate(store, text, now)
    cookie = secrets.token_hex(32)
    expires = now + SIGNED_IN
    if token.expires is not None:
        expires = min(expires, token.expires)
    store.tokens.sign_in(_digest(cookie), token, now, expires)
    return token, cookie, expires


def signed_in(store: Store, cookie: str, now: datetime) -> Token | None:
    """Return the token that a cookie stands for, None for none."""
    return store.tokens.signed_in(_digest(cookie), now) if _COOKIE.fullmatch(cookie) else None


def sign_out(store: Store, cookie: str) -> None:
    """Forget a sign-in."""
    if _COOKIE.fullmatch(cookie):
        store.tokens.sign_out(_digest(cookie))


def csrf_token(cookie: str) -> str:
    """Return the CSRF token of a sign-in's forms; deriving it requires the cookie."""
    return hmac.new(cookie.encode("utf-8", "replace"), b"form", hashlib.sha256).hexdigest()


def verify_csrf_token(cookie: str, mark: str) -> None:
    """Nothing, or raises NotAllowed for a form that is not of this sign-in."""
    if not hmac.compare_digest(csrf_token(cookie).encode(), mark.encode("utf-8", "replace")):
        raise NotAllowed(
            message("the form belongs to another session"), where="mark", hint=message("load the page again")
        )


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
