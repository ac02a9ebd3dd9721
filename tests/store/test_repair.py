"""Repair of a damaged SQLite file: only of one that is damaged, and of no other database."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.errors import Conflict, StoreError
from app.store import Store, repair
from tests.store.samples import ALL, load

NOW = datetime(2026, 1, 5, tzinfo=UTC)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    store = Store(f"sqlite:///{tmp_path}/plenary.sqlite")
    store.migrate()
    load(store, ALL)
    store.close()
    return tmp_path / "plenary.sqlite"


def test_repair_of_a_whole_database_is_refused(file: Path) -> None:
    with pytest.raises(Conflict, match="the database is intact"):
        repair.check_repairable(f"sqlite:///{file}")


def test_repair_keeps_the_damaged_file_and_makes_tables(file: Path) -> None:
    damaged = b"\0" * 20_000
    file.write_bytes(damaged)
    report = repair.repair(f"sqlite:///{file}", NOW)
    assert (report.aside.read_bytes(), report.rows["revisions"], report.rows["tokens"]) == (damaged, 0, 0)
    store = Store(f"sqlite:///{file}")
    assert (store.revision(), store.instruments().items) == (0, ())
    store.close()


def test_repair_of_no_file_is_refused(tmp_path: Path) -> None:
    repair.check_repairable(f"sqlite:///{tmp_path}/none.sqlite")
    with pytest.raises(StoreError, match="only SQLite databases can be repaired"):
        repair.repair(f"sqlite:///{tmp_path}/none.sqlite", NOW)
