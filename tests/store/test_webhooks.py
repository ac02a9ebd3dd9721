"""Webhooks and their deliveries: one for each revision, handed over once, until delivered or dead."""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from app.store import Store, Webhook
from app.store.webhooks import LOST_AFTER
from tests.store.samples import ALL, NOON, load

HOOK = Webhook("0123456789abcdef", "https://example.org/hook", "whsec_secret", datetime(2026, 1, 1, tzinfo=UTC))


class Queue:
    """What was handed to the engine."""

    def __init__(self) -> None:
        self.handed: list[tuple[str, int]] = []

    def __call__(self, _connection: sa.Connection, key: str, id_: int) -> None:
        self.handed.append((key, id_))


def test_webhook_is_active_until_it_is_ended(store: Store) -> None:
    store.webhooks.add(HOOK, None)
    assert store.webhooks.all() == (HOOK,)
    load(store, ALL[:1])
    assert store.webhooks.end(HOOK.id, NOON, None) is True
    assert store.webhooks.end(HOOK.id, NOON, None) is False
    (delivery,) = store.webhooks.deliveries(HOOK.id)
    assert (store.webhooks.all(), delivery.state, delivery.answer) == ((), "dead", "the webhook was ended")
    assert store.webhooks.end("none", NOON, None) is False


def test_delivery_is_handed_over_once_for_each_attempt(store: Store) -> None:
    store.webhooks.add(HOOK, None)
    load(store, ALL[:1])
    queue = Queue()
    assert (store.webhooks.due(NOON), store.webhooks.hand_over(NOON, queue)) == (True, 1)
    assert (store.webhooks.due(NOON), store.webhooks.hand_over(NOON, queue)) == (False, 0)
    ((_, number),) = queue.handed
    found = store.webhooks.waiting(number)
    assert found is not None
    assert (found[0].revision, found[0].attempts, found[1]) == (1, 0, HOOK)
    assert store.webhooks.due(NOON + LOST_AFTER)


def test_mark_records_each_attempt_until_delivered(store: Store) -> None:
    store.webhooks.add(HOOK, None)
    load(store, ALL[:1])
    (delivery,) = store.webhooks.deliveries(HOOK.id)
    later = NOON + timedelta(minutes=5)
    store.webhooks.mark(delivery.id, "waiting", "HTTP 500", later, NOON)
    assert (store.webhooks.due(NOON), store.webhooks.due(later)) == (False, True)
    store.webhooks.mark(delivery.id, "delivered", "HTTP 204", later, later)
    store.webhooks.mark(delivery.id, "dead", "too late", later, later)
    (done,) = store.webhooks.deliveries(HOOK.id)
    assert (done.state, done.attempts, done.answer) == ("delivered", 2, "HTTP 204")
    assert store.webhooks.waiting(delivery.id) is None
