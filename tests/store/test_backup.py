"""The store copied between databases, backed up and restored, compared by checksum."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.errors import Conflict
from app.store import EventQuery, Store, Token
from app.store.backup import backup, checksums, copy
from app.store.schema import documents
from tests.store.samples import ALL, CONFERENCE, NOON, load

TOKEN = Token("0123456789ab", "审查员", frozenset({"review"}), NOON, NOON + timedelta(30))


def fill(url: str) -> Store:
    store = Store(url)
    store.migrate()
    load(store, ALL[:1])
    load(store, ALL, NOON + timedelta(1))
    store.tokens.add(TOKEN, "hash")
    with store._database.write() as connection:
        connection.execute(
            documents.insert().values(
                digest="d", name="a.pdf", language="en", symbol="", data=b"\x00\xff\n", received=1, adopted=NOON.date()
            )
        )
    return store


@pytest.mark.parametrize("there_and_back", [False, True])
def test_a_copy_is_the_store(tmp_path: Path, postgresql: str, there_and_back: bool) -> None:
    first, last = f"sqlite:///{tmp_path}/first.sqlite", postgresql
    before = fill(first)
    made = copy(first, postgresql)
    if there_and_back:
        last = f"sqlite:///{tmp_path}/last.sqlite"
        assert copy(postgresql, last) == made
    assert checksums(first) == checksums(last) == made
    rows = {item.table: item.rows for item in made}
    assert (rows["instruments"], rows["tokens"], rows["documents"], rows["audit"], rows["jobs"]) == (4, 1, 1, 1, 0)
    after = Store(last)
    assert after.events(EventQuery(merged=True)) == before.events(EventQuery(merged=True))
    assert after.history(CONFERENCE, NOON) == before.history(CONFERENCE, NOON)
    assert (after.revision(), after.tokens.find(TOKEN.id)) == (2, (TOKEN, "hash"))
    # What is written from now on is counted on from what was copied.
    after.audit.record(NOON, TOKEN, "a", "b")
    with after._database.write() as connection:
        connection.execute(
            documents.insert().values(digest="e", name="b", language="en", symbol="", data=b"", received=1)
        )
        assert connection.execute(sa.select(documents.c.id).order_by(documents.c.id)).scalars().all() == [1, 2]
    for store in (before, after):
        store.close()


def test_nothing_is_copied_over_something(tmp_path: Path) -> None:
    first = f"sqlite:///{tmp_path}/first.sqlite"
    fill(first).close()
    other = f"sqlite:///{tmp_path}/other.sqlite"
    fill(other).close()
    for target in (first, other):
        with pytest.raises(Conflict):
            copy(first, target)
    assert checksums(first) == checksums(other)


def test_a_backup_is_of_one_state_and_restores(url: str, tmp_path: Path) -> None:
    store = fill(url)
    file = tmp_path / "backups" / "plenary.sqlite"
    made = backup(url, file)
    assert [path.name for path in file.parent.iterdir()] == ["plenary.sqlite"]
    # What comes after the backup is not in it.
    store.audit.record(datetime(2026, 2, 1, tzinfo=UTC), TOKEN, "later", "b")
    store.close()
    with pytest.raises(Conflict):
        backup(url, file)
    restored = f"sqlite:///{tmp_path}/restored.sqlite"
    assert copy(f"sqlite:///{file}", restored) == made
    again = Store(restored)
    assert [entry.action for entry in again.audit.entries().items] == ["token.create"]
    assert len(again.history(CONFERENCE)) == 3
    again.close()
