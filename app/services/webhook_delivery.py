"""Delivery of webhooks: signed (Standard Webhooks), tried again, given up, never sent into a private network.

The body is JSON: ``{"event": "change", "revision": 7, "recorded": "2026-01-05T12:00:00+00:00"}``; ``/api/v1/changes``
lists what changed. The header fields ``webhook-id``, ``webhook-timestamp`` and ``webhook-signature`` are those of
https://www.standardwebhooks.com: any of its libraries verifies them with the secret of the webhook.
"""

from __future__ import annotations

import asyncio
import secrets
from base64 import b64encode
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

import standardwebhooks

from app.errors import NotFound, UsageError, message
from app.fetch.ip_filter import inside
from app.store import Delivery, Store, Token, Webhook

if TYPE_CHECKING:
    import httpx

WAITS: Final = tuple(timedelta(seconds=seconds) for seconds in (10, 60, 600, 3600, 6 * 3600, 24 * 3600))
"""Waits after each failed attempt; after the last attempt the delivery is dead."""
WHOLE: Final = 15.0
"""Seconds that one attempt may take in all, whatever the receiver does."""
_CONNECT: Final = 5.0
"""Seconds to wait for a connection."""
_SECRET_BYTES: Final = 32
"""Bytes of a secret: 24 to 64 by Standard Webhooks."""
_LONGEST: Final = 2000
"""Characters of an address."""


def create_webhook(store: Store, address: str, now: datetime, *, by: Token | None) -> Webhook:
    """Create a webhook with a secret for its receiver.

    Raises UsageError for an invalid address.
    """
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
    secret = f"whsec_{b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()}"
    hook = Webhook(secrets.token_hex(6), address, secret, now)
    store.webhooks.add(hook, by)
    return hook


def end_webhook(store: Store, id_: str, now: datetime, *, by: Token | None) -> None:
    """End a webhook. Raises NotFound."""
    if not store.webhooks.end(id_, now, by):
        raise NotFound(
            message("unknown webhook {id}", id=repr(id_[:40])), where="address", hint=message("see /api/v1/webhooks")
        )


def signed_headers(delivery: Delivery, hook: Webhook, now: datetime) -> dict[str, str]:
    """Return the header fields of a delivery.

    The id is the same for every attempt, the signature is not.
    """
    id_ = f"msg_{hook.id}_{delivery.id}"
    return {
        "content-type": "application/json",
        "user-agent": "plenary",
        "webhook-id": id_,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": standardwebhooks.Webhook(hook.secret).sign(id_, now, delivery.body),
    }


async def deliver_webhook(
    store: Store,
    id_: int,
    clock: Callable[[], datetime],
    transport: httpx.AsyncBaseTransport | None = None,
    *,
    whole: float = WHOLE,
) -> None:
    """Make one delivery attempt within ``whole`` seconds and record its result.

    A delivery that has ended is left alone.

    ``transport`` stands in for the network in tests. Raises StoreError.
    """
    found = await asyncio.to_thread(store.webhooks.waiting, id_)
    if found is None:
        return
    delivery, hook = found
    try:
        async with asyncio.timeout(whole):
            good, answer = await _send(delivery, hook, clock(), transport)
    except TimeoutError:
        good, answer = False, f"no answer within {whole:g} seconds"
    now, attempts = clock(), delivery.attempts + 1
    state, due = "waiting", now
    if good:
        state = "delivered"
    elif attempts > len(WAITS):
        state = "dead"
    else:
        due = now + WAITS[attempts - 1]
    await asyncio.to_thread(store.webhooks.mark, id_, state, answer, due, now)


async def _send(
    delivery: Delivery, hook: Webhook, now: datetime, transport: httpx.AsyncBaseTransport | None
) -> tuple[bool, str]:
    import httpx  # noqa: PLC0415  # as above

    from app.fetch.ssrf_transport import AsyncPublicOnlyTransport  # noqa: PLC0415  # likewise

    try:
        async with (
            # Redirects are not followed: nobody vouched for where they lead.
            httpx.AsyncClient(
                timeout=httpx.Timeout(WHOLE, connect=_CONNECT), transport=transport or AsyncPublicOnlyTransport()
            ) as client,
            client.stream(
                "POST", hook.address, content=delivery.body, headers=signed_headers(delivery, hook, now)
            ) as answer,
        ):
            return answer.is_success, f"answered {answer.status_code}"
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return False, str(error)
