"""Telling webhooks of changes: signed, tried again, given up in the end, and never sent into a network's inside.

What is sent is JSON: ``{"event": "change", "revision": 7, "recorded": "2026-01-05T12:00:00+00:00"}``; what changed is
asked for at ``/api/v1/changes?since=``. The field ``Plenary-Signature`` is ``t=SECONDS,v1=HEX``: the HMAC-SHA256, under
the webhook's secret, of the seconds, a full stop and the body. Who checks it refuses what is more than minutes old.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from app.errors import NotFound, UsageError, message
from app.fetch.ip_filter import inside
from app.store import Delivery, Store, Token, Webhook

if TYPE_CHECKING:
    import httpx

WAITS: Final = tuple(timedelta(seconds=seconds) for seconds in (10, 60, 600, 3600, 6 * 3600, 24 * 3600))
"""How long after each try that failed the next comes; after the last there is none."""
_PIECE, _CONNECT = 10.0, 5.0
"""Seconds to wait for each piece of an answer, and for a connection."""
_LONGEST: Final = 2000


def create_webhook(store: Store, address: str, now: datetime, *, by: Token | None) -> Webhook:
    """A new webhook; its secret is for who receives what is sent. Raises UsageError for an address that is none."""
    import httpx  # noqa: PLC0415  # large, and most processes never send

    try:
        url = httpx.URL(address)
    except (httpx.InvalidURL, TypeError) as error:
        raise UsageError(
            message("invalid web address"), where="address", hint=message("use an address that begins with https://")
        ) from error
    if url.scheme != "https" or not url.host or url.userinfo or len(address) > _LONGEST or not address.isascii():
        raise UsageError(
            message("invalid web address"), where="address", hint=message("use an address that begins with https://")
        )
    if inside(url.host):
        raise UsageError(
            message("not a public address"), where="address", hint=message("use a host name on the public internet")
        )
    hook = Webhook(secrets.token_hex(6), address, secrets.token_hex(32), now)
    store.hooks.add(hook, by)
    return hook


def end_webhook(store: Store, id_: str, now: datetime, *, by: Token | None) -> None:
    """Ends a webhook. Raises NotFound."""
    if not store.hooks.end(id_, now, by):
        raise NotFound(
            message("unknown webhook {id}", id=repr(id_[:40])), where="address", hint=message("see /api/v1/webhooks")
        )


def signature(secret: str, moment: datetime, body: str) -> str:
    """What the field ``Plenary-Signature`` says."""
    seconds = int(moment.timestamp())
    mark = hmac.new(secret.encode(), f"{seconds}.{body}".encode(), hashlib.sha256).hexdigest()
    return f"t={seconds},v1={mark}"


def deliver(store: Store, clock: Callable[[], datetime], transport: httpx.BaseTransport | None = None) -> int:
    """Sends what is due; how many deliveries were tried. ``transport`` stands in for the network in tests."""
    tried = 0
    while taken := store.hooks.take(clock()):
        delivery, hook = taken
        good, answer = _send(delivery, hook, clock(), transport)
        now = clock()
        if good:
            store.hooks.settle(delivery.id, "delivered", answer, now, now)
        elif delivery.attempts > len(WAITS):
            store.hooks.settle(delivery.id, "dead", answer, now, now)
        else:
            store.hooks.settle(delivery.id, "waiting", answer, now + WAITS[delivery.attempts - 1], now)
        tried += 1
    return tried


def _send(delivery: Delivery, hook: Webhook, now: datetime, transport: httpx.BaseTransport | None) -> tuple[bool, str]:
    import httpx  # noqa: PLC0415  # as above

    from app.fetch.ssrf_transport import Guarded  # noqa: PLC0415  # likewise

    fields = {
        "content-type": "application/json",
        "user-agent": "plenary",
        "plenary-delivery": str(delivery.id),
        "plenary-signature": signature(hook.secret, now, delivery.body),
    }
    try:
        with (
            # Redirects are not followed: where they lead, nobody was asked.
            httpx.Client(timeout=httpx.Timeout(_PIECE, connect=_CONNECT), transport=transport or Guarded()) as client,
            client.stream("POST", hook.address, content=delivery.body, headers=fields) as answer,
        ):
            return answer.is_success, f"answered {answer.status_code}"
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return False, str(error)
