"""Saved feeds: kept with their owner, changed, ended for good."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.store import Store, Subscription, Token

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
SAVED = Subscription("abc", "Mine", "all", "kind=meeting", "owner", NOON, NOON)


@pytest.fixture(autouse=True)
def owner(store: Store) -> None:
    """Keep the token that owns the saved feeds."""
    store.tokens.add(Token("owner", "reader", frozenset({"derive"}), NOON), "hash")


def test_subscription_is_found_as_it_was_kept(store: Store) -> None:
    store.saved.add(SAVED)
    assert (store.saved.find("abc"), store.saved.find("none")) == (SAVED, None)
    assert (store.saved.count("owner"), store.saved.count("other")) == (1, 0)


def test_subscriptions_of_an_owner_come_page_by_page(store: Store) -> None:
    made = [replace(SAVED, address=f"a{turn}", created=NOON + timedelta(turn // 2)) for turn in range(4)]
    for item in made[::-1]:
        store.saved.add(item)
    first = store.saved.of("owner", 3)
    rest = store.saved.of("owner", 3, first.next)
    assert ([*first.items, *rest.items], rest.next) == (made, None)


def test_changed_subscription_is_announced_until_it_is_ended(store: Store) -> None:
    store.saved.add(SAVED)
    later = NOON + timedelta(hours=1)
    changed = replace(SAVED, name="Ours", choice="", changed=later)
    assert store.saved.turned(NOON) == frozenset()
    assert (store.saved.change(changed), store.saved.find("abc")) == (True, changed)
    assert store.saved.turned(NOON) == {"abc"}
    assert store.saved.end("abc", later + timedelta(1)) is True
    assert store.saved.end("abc", later + timedelta(2)) is False
    assert store.saved.change(SAVED) is False
    assert store.saved.find("abc") == replace(changed, ended=later + timedelta(1))
    assert store.saved.count("owner") == 0
