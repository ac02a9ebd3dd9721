"""A damaged SQLite file set aside, and a new one made of what can still be read of it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from app.errors import Conflict, StoreError, message
from app.store.database import Database
from app.store.schema import metadata

DERIVED = ("state", "files", "instruments", "renamed", "texts", "revisions", "actors")
"""What is loaded from schedule files: kept if all of it is whole, else left to be loaded again."""


@dataclass(frozen=True, slots=True)
class RepairReport:
    """Path of the damaged file and rows saved per table; ``lost`` names incomplete tables."""

    aside: Path
    rows: dict[str, int]
    lost: tuple[str, ...]


def check_repairable(url: str) -> None:
    """Check that the database at ``url`` is damaged and unused.

    Raises Conflict where it is whole, or another process has it open.
    """
    database = Database(url)
    try:
        if database.file is None or not database.file.exists():
            return
        if users := _users(database.file):
            what = message("the database is open in process {pid}", pid=users[0])
            raise Conflict(what, where=database.name, hint=message("stop the service first"))
        with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(database.file)) as connection:
            if connection.execute("PRAGMA quick_check").fetchone() == ("ok",):
                raise Conflict(
                    message("the database is intact"), where=database.name, hint=message("no repair is needed")
                )
    finally:
        database.close()


def _users(file: Path) -> list[int]:
    """Return the other processes that have a file open, as far as permissions show them."""
    ours, found = file.resolve(), []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if int(process.name) != os.getpid() and any(
                link.readlink() == ours for link in process.joinpath("fd").iterdir()
            ):
                found.append(int(process.name))
    return found


def repair(url: str, now: datetime) -> RepairReport:
    """Replace the damaged database at ``url`` by a new one.

    No other process may have it open.

    Raises StoreError where it is no SQLite file.
    """
    database = Database(url)
    file = database.file
    if file is None or not file.exists():
        raise StoreError(
            message("only SQLite databases can be repaired"),
            where=database.name,
            hint=message("restore it from its backup"),
        )
    fresh = file.with_name(f".{file.name}.mended")
    with database.exclusive():
        database.close()
        _remove(fresh)
        made = Database(f"sqlite:///{fresh}")
        try:
            made.migrate()
        finally:
            made.close()
        rows, lost = _save(file, fresh)
        aside = file.with_name(f"{file.name}.damaged-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}")
        for suffix in ("-wal", "-shm"):
            with suppress(FileNotFoundError):
                file.with_name(file.name + suffix).rename(aside.with_name(aside.name + suffix))
        file.rename(aside)
        for suffix in ("-wal", "-shm", ".lock"):
            fresh.with_name(fresh.name + suffix).unlink(missing_ok=True)
        fresh.rename(file)
    return RepairReport(aside, rows, lost)


def _remove(file: Path) -> None:
    for suffix in ("", "-wal", "-shm", ".lock"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)


def _save(damaged: Path, fresh: Path) -> tuple[dict[str, int], tuple[str, ...]]:
    rows: dict[str, int] = {}
    lost: list[str] = []
    with closing(sqlite3.connect(damaged)) as source, closing(sqlite3.connect(fresh)) as target:
        target.execute("PRAGMA foreign_keys = OFF")
        for table in metadata.sorted_tables:
            columns = [column.name for column in table.columns]
            found: dict[tuple[object, ...], None] = {}
            try:
                # Rows before the damage and rows behind it.
                for order in ("ASC", "DESC"):
                    for row in _read(source, table.name, columns, order):
                        found[row] = None
                whole = _whole(source, table.name)
            except sqlite3.Error:
                whole = False
            if not whole:
                lost.append(table.name)
            marks = ", ".join("?" * len(columns))
            names = ", ".join(columns)
            target.executemany(f"INSERT OR IGNORE INTO {table.name} ({names}) VALUES ({marks})", list(found))  # noqa: S608  # names of our own tables
            rows[table.name] = len(found)
        if any(name in lost for name in DERIVED):
            for name in DERIVED:
                target.execute(f"DELETE FROM {name}")  # noqa: S608  # likewise
                rows[name] = 0
        target.execute("PRAGMA journal_mode = DELETE")
        target.commit()
    return rows, tuple(lost)


def _read(source: sqlite3.Connection, table: str, columns: list[str], order: str) -> Iterator[tuple[object, ...]]:
    query = f"SELECT {', '.join(columns)} FROM {table} NOT INDEXED ORDER BY rowid {order}"  # noqa: S608  # likewise
    with suppress(sqlite3.DatabaseError):
        yield from source.execute(query)


def _whole(source: sqlite3.Connection, table: str) -> bool:
    found = source.execute(f"PRAGMA quick_check({table})").fetchone()
    return bool(found and found[0] == "ok")
