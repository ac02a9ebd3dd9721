"""The whole store from one database to another, SQLite or PostgreSQL, with a checksum for each table."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from app.errors import Conflict, StoreError, message
from app.store.database import Database
from app.store.schema import metadata

_BATCH = 2000


@dataclass(frozen=True, slots=True)
class CopiedTable:
    """Table present in both databases: its row count and the SHA-256 over rows in key order."""

    table: str
    rows: int
    checksum: str


def copy(source: str, target: str) -> tuple[CopiedTable, ...]:
    """Copy every table of the database at ``source`` into the empty one at ``target``.

    The copies are compared with their originals.

    What is copied is one state of the source, whoever writes there meanwhile; the target has all of it or nothing.
    Raises Conflict where the target holds something, StoreError where it cannot be done or the copy differs.
    """
    here, there = Database(source), Database(target)
    try:
        if here.url == there.url:
            raise Conflict(
                message("the source and the target are the same database"),
                where=there.name,
                hint=message("name another database"),
            )
        there.migrate()
        with here.read() as reading, there.write(exclusive=True) as writing:
            if any(
                writing.execute(sa.select(sa.literal(1)).select_from(table).limit(1)).first() for table in _tables()
            ):
                raise Conflict(
                    message("the target is not empty"), where=there.name, hint=message("name a new database")
                )
            made = tuple(_copy(table, reading, writing) for table in _tables())
            for copied, table in zip(made, _tables(), strict=True):
                if checksum(writing, table) != (copied.rows, copied.checksum):
                    raise StoreError(
                        message("the copy of {name} differs from its source", name=table.name),
                        where=there.name,
                        hint=message("try again"),
                    )
            if not there.sqlite:
                _count_on(writing)
            return made
    finally:
        here.close()
        there.close()


def backup(source: str, target: Path) -> tuple[CopiedTable, ...]:
    """One state of the store as a SQLite file at ``target``, which appears when it is whole.

    The file is a store: ``copy`` restores it. Raises Conflict where there is such a file, StoreError.
    """
    if target.exists():
        raise Conflict(message("the file already exists"), where=str(target), hint=message("name a new file"))
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f".{target.name}.part")
    partial.unlink(missing_ok=True)
    here = Database(source)
    try:
        if here.sqlite:
            with here.read() as reading, closing(sqlite3.connect(partial)) as file:
                # SQLite's own way (its backup API): pages, not rows; the copy is of one state.
                held: Any = reading.connection.driver_connection
                held.backup(file)
                file.execute("PRAGMA journal_mode = DELETE")
            made = checksums(f"sqlite:///{partial}")
        else:
            made = copy(source, f"sqlite:///{partial}")
        for suffix in ("-wal", "-shm", ".lock"):
            partial.with_name(partial.name + suffix).unlink(missing_ok=True)
        partial.rename(target)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(
            message("cannot be written ({strerror})", strerror=error), where=str(target), hint=message("try again")
        ) from error
    finally:
        here.close()
        partial.unlink(missing_ok=True)
    return made


def checksums(url: str) -> tuple[CopiedTable, ...]:
    """Return rows and checksum of every table of the database at ``url``.

    Raises StoreError.
    """
    database = Database(url)
    try:
        with database.read() as connection:
            return tuple(CopiedTable(table.name, *checksum(connection, table)) for table in _tables())
    finally:
        database.close()


def checksum(connection: sa.Connection, table: sa.Table) -> tuple[int, str]:
    """Return the row count of a table and the SHA-256 over its rows in key order.

    Every database gives the same checksum for the same rows.
    """
    digest, count = hashlib.sha256(), 0
    for part in _parts(connection, table):
        for row in part:
            digest.update(_bytes(row))
            count += 1
    return count, digest.hexdigest()


def _tables() -> list[sa.Table]:
    return metadata.sorted_tables


def _copy(table: sa.Table, reading: sa.Connection, writing: sa.Connection) -> CopiedTable:
    digest, count = hashlib.sha256(), 0
    names = [column.name for column in table.columns]
    for part in _parts(reading, table):
        for row in part:
            digest.update(_bytes(row))
        writing.execute(table.insert(), [dict(zip(names, row, strict=True)) for row in part])
        count += len(part)
    return CopiedTable(table.name, count, digest.hexdigest())


def _parts(connection: sa.Connection, table: sa.Table) -> Iterator[list[Any]]:
    """Return the rows of a table in order of their key, some at a time."""
    keys = [_by_code_point(column, connection) for column in table.primary_key.columns]
    rows = connection.execution_options(stream_results=True).execute(sa.select(table).order_by(*keys))
    for part in rows.partitions(_BATCH):
        yield list(part)


def _by_code_point(column: sa.Column[Any], connection: sa.Connection) -> sa.ColumnElement[Any]:
    if connection.dialect.name == "postgresql" and isinstance(column.type, sa.String):
        return column.collate("C")
    return column


def _bytes(row: Any) -> bytes:
    """Return a row as bytes that say what it holds and nothing of the database it comes from."""
    parts = (b"\x00" if value is None else b"\x01" + _plain(value) for value in row)
    return b"".join(len(part).to_bytes(8, "big") + part for part in parts)


def _plain(value: Any) -> bytes:
    if isinstance(value, (bytes, memoryview)):
        return bytes(value)
    return str(int(value) if isinstance(value, bool) else value).encode()


def _count_on(connection: sa.Connection) -> None:
    """Have PostgreSQL count on from the numbers that were copied."""
    for table in _tables():
        column = table.primary_key.columns[0]
        if len(table.primary_key.columns) > 1 or not isinstance(column.type, sa.Integer):
            continue
        sequence = connection.execute(sa.select(sa.func.pg_get_serial_sequence(table.name, column.name))).scalar()
        if sequence:
            most = connection.execute(sa.select(sa.func.max(column))).scalar()
            connection.execute(sa.select(sa.func.setval(sequence, most or 1, most is not None)))
