"""Tokens, sign-ins and the audit log in the store."""

from datetime import UTC, datetime, timedelta

from app.store import Store, Token

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)

TOKEN = Token("0123456789ab", "reviewer", frozenset({"review", "derive"}), NOON, NOON + timedelta(30))


def test_a_token_is_kept_with_its_hash(store: Store) -> None:
    store.tokens.add(TOKEN, "hash")
    assert store.tokens.find(TOKEN.id) == (TOKEN, "hash")
    assert store.tokens.find("ffffffffffff") is None
    store.tokens.touch(TOKEN.id, NOON)
    assert [item.used for item in store.tokens.all()] == [NOON]


def test_a_token_is_valid_until_it_expires_or_is_revoked(store: Store) -> None:
    store.tokens.add(TOKEN, "hash")
    assert [TOKEN.valid(NOON + timedelta(days)) for days in (0, 29, 30, 31)] == [True, True, False, False]
    assert store.tokens.revoke(TOKEN.id, NOON + timedelta(1)) is True
    assert store.tokens.revoke(TOKEN.id, NOON + timedelta(2)) is False
    found = store.tokens.find(TOKEN.id)
    assert found is not None
    assert (found[0].revoked, found[0].valid(NOON + timedelta(1))) == (NOON + timedelta(1), False)


def test_session_ends_by_expiry_sign_out_or_revoked_token(store: Store) -> None:
    store.tokens.add(TOKEN, "hash")
    for cookie in ("a", "b", "c"):
        store.tokens.sign_in(cookie, TOKEN, NOON, NOON + timedelta(hours=12))
    assert store.tokens.signed_in("a", NOON) == TOKEN
    assert store.tokens.signed_in("x", NOON) is None
    assert store.tokens.signed_in("a", NOON + timedelta(hours=12)) is None
    store.tokens.sign_out("a")
    assert store.tokens.signed_in("a", NOON) is None
    store.tokens.revoke(TOKEN.id, NOON)
    assert store.tokens.signed_in("b", NOON) is None
