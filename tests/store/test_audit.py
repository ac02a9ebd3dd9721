"""The audit log: a line for every write, newest first."""

from datetime import UTC, datetime, timedelta

import pytest

from app.errors import UnknownParameter
from app.store import AuditEntry, Store, Token
from app.store.audit import add_audit_entry

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)

TOKEN = Token("0123456789ab", "reviewer", frozenset({"review", "derive"}), NOON, NOON + timedelta(30))


def test_audit_log_lists_writes_newest_first_in_pages(store: Store) -> None:
    store.tokens.add(TOKEN, "hash")
    store.audit.record(NOON, TOKEN, "review", "A-RES-72-251", {"items": 3})
    store.tokens.revoke(TOKEN.id, NOON + timedelta(1), by=TOKEN)
    first = store.audit.entries(limit=2)
    assert first.items == (
        AuditEntry(NOON + timedelta(1), TOKEN.id, "reviewer", "token.revoke", TOKEN.id, {}),
        AuditEntry(NOON, TOKEN.id, "reviewer", "review", "A-RES-72-251", {"items": 3}),
    )
    rest = store.audit.entries(cursor=first.next)
    assert rest.items == (AuditEntry(NOON, None, "", "token.create", TOKEN.id, {"scopes": ["derive", "review"]}),)
    assert rest.next is None


def test_audit_entry_in_a_failed_write_is_not_kept(store: Store) -> None:
    def write() -> None:
        with store._database.write() as connection:
            add_audit_entry(connection, NOON, None, "publish", "x")
            raise LookupError

    with pytest.raises(LookupError):
        write()
    assert store.audit.entries().items == ()


def test_audit_entries_with_another_cursor_are_refused(store: Store) -> None:
    with pytest.raises(UnknownParameter, match="invalid cursor"):
        store.audit.entries(cursor="nonsense")
