"""Tokens made, checked and ended."""

import hashlib
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.errors import NotAllowed, NotFound, NotSignedIn, UsageError
from app.services import tokens
from app.store import Store

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)


def test_a_token_is_shown_once_and_kept_as_a_hash(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path}/plenary.sqlite")
    store.migrate()
    token, text = tokens.create_token(store, " a   name ", ["review"], NOON, days=30)
    match = re.fullmatch(r"plenary-([0-9a-f]{12})-([0-9a-f]{64})", text)
    assert match is not None
    assert (token.id, token.name, token.expires) == (match[1], "a name", NOON + timedelta(30))
    assert store.tokens.find(token.id) == (token, hashlib.sha256(match[2].encode()).hexdigest())
    store.close()
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert match[2].encode() not in kept


def test_a_token_opens_until_it_is_expired_or_revoked(store: Store) -> None:
    token, text = tokens.create_token(store, "a", ["review"], NOON, days=30)
    assert tokens.authenticate(store, text, NOON).id == token.id
    wrong = f"plenary-{token.id}-{'0' * 64}"
    unknown = f"plenary-{'0' * 12}-{text[-64:]}"
    for said in ("", "x", text[:-1], wrong, unknown, text.upper(), "plenary-\ud800"):
        with pytest.raises(NotSignedIn):
            tokens.authenticate(store, said, NOON)
    with pytest.raises(NotSignedIn):
        tokens.authenticate(store, text, NOON + timedelta(30))
    tokens.revoke_token(store, token.id, NOON)
    with pytest.raises(NotSignedIn):
        tokens.authenticate(store, text, NOON)
    with pytest.raises(NotFound):
        tokens.revoke_token(store, token.id, NOON)


def test_last_use_is_written_every_five_minutes_at_most(store: Store) -> None:
    token, text = tokens.create_token(store, "a", ["review"], NOON)
    used = []
    for minutes in (0, 4, 6):
        tokens.authenticate(store, text, NOON + timedelta(minutes=minutes))
        found = store.tokens.find(token.id)
        used.append(found[0].used if found else None)
    assert used == [NOON, NOON, NOON + timedelta(minutes=6)]


@pytest.mark.parametrize(
    ("name", "scopes", "days", "where"),
    [("a", [], 1, "scope"), ("a", ["write"], 1, "scope"), ("", ["review"], 1, "name"), ("a\0", ["review"], 1, "name"),
     ("a" * 121, ["review"], 1, "name"), ("a", ["review"], 0, "days"), ("a", ["review"], 4000, "days")],
)  # fmt: skip
def test_what_is_no_token_is_refused(store: Store, name: str, scopes: list[str], days: int, where: str) -> None:
    with pytest.raises(UsageError) as error:
        tokens.create_token(store, name, scopes, NOON, days=days)
    assert error.value.where == where
    assert store.tokens.all() == ()


def test_a_scope_is_asked_for(store: Store) -> None:
    token, _ = tokens.create_token(store, "a", ["propose"], NOON)
    tokens.allow(token, "propose")
    with pytest.raises(NotAllowed):
        tokens.allow(token, "review")


def test_signing_in_and_out(store: Store) -> None:
    token, text = tokens.create_token(store, "a", ["review"], NOON, days=None)
    _, cookie, expires = tokens.sign_in(store, text, NOON)
    assert expires == NOON + tokens.SIGNED_IN
    found = tokens.signed_in(store, cookie, NOON)
    assert found is not None
    assert found.id == token.id
    assert tokens.signed_in(store, "x", NOON) is None
    tokens.verify_csrf_token(cookie, tokens.csrf_token(cookie))
    for mark in ("", "x", tokens.csrf_token("another"), "\ud800"):
        with pytest.raises(NotAllowed):
            tokens.verify_csrf_token(cookie, mark)
    tokens.sign_out(store, cookie)
    assert tokens.signed_in(store, cookie, NOON) is None


def test_a_sign_in_does_not_outlive_its_token(store: Store) -> None:
    _, text = tokens.create_token(store, "a", ["review"], NOON, days=1)
    _, _, expires = tokens.sign_in(store, text, NOON + timedelta(hours=20))
    assert expires == NOON + timedelta(1)
