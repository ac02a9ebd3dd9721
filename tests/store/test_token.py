"""Tokens as values: scopes, and until when they are valid."""

from datetime import UTC, datetime, timedelta

from app.store import Token

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)

TOKEN = Token("0123456789ab", "reviewer", frozenset({"review", "derive"}), NOON, NOON + timedelta(30))


def test_admin_may_everything_and_others_what_they_are_for() -> None:
    admin = Token("1", "admin", frozenset({"admin"}), NOON)
    assert [admin.may(scope) for scope in ("derive", "propose", "review", "admin")] == [True] * 4
    assert [TOKEN.may(scope) for scope in ("derive", "propose", "review", "admin")] == [True, False, True, False]


def test_token_is_valid_before_it_expires_and_unless_revoked() -> None:
    assert [TOKEN.valid(NOON + timedelta(days)) for days in (0, 29.9, 30)] == [True, True, False]
    assert not Token("1", "x", frozenset(), NOON, revoked=NOON).valid(NOON)
    assert Token("1", "x", frozenset(), NOON).valid(NOON + timedelta(10_000))
