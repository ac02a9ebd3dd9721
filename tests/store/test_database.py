"""The database of a store: its settings, its versions, its errors, one writer at a time."""

import subprocess
import sys
import threading
import time
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from app.errors import StoreError
from app.store import Store


def test_sqlite_is_set_for_readers_beside_a_writer(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path}/plenary.sqlite")
    with store._database.read() as connection:
        found = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "foreign_keys", "busy_timeout")
        ]
    assert found == ["wal", 1, 10_000]
    store.close()


def test_errors_say_where(tmp_path: Path) -> None:
    for url in ("nonsense", "nosuch://x", f"sqlite:///{tmp_path / 'file'}/x.sqlite"):
        (tmp_path / "file").write_text("a file, not a folder")
        with pytest.raises(StoreError):
            Store(url).migrate()
    bare = Store(f"sqlite:///{tmp_path}/bare.sqlite")
    with pytest.raises(StoreError) as caught:
        bare.revision()
    assert caught.value.hint == "run `plenary db migrate`"
    (tmp_path / "broken.sqlite").write_bytes(b"this is no database" * 100)
    with pytest.raises(StoreError):
        Store(f"sqlite:///{tmp_path}/broken.sqlite").migrate()


def test_a_store_of_a_newer_version_is_refused(store: Store) -> None:
    version = sa.table("alembic_version", sa.column("version_num"))
    with store._database.write() as connection:
        before = connection.execute(sa.select(version)).scalar()
        connection.execute(version.update().values(version_num="9999"))
    with pytest.raises(StoreError) as caught:
        store.migrate()
    assert caught.value.hint == "install the latest version"
    with store._database.write() as connection:
        connection.execute(version.update().values(version_num=before))


def test_many_processes_may_begin_at_once(url: str) -> None:
    if url.startswith("postgresql"):
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("DROP SCHEMA public CASCADE")
            connection.execute("CREATE SCHEMA public")
    begin = (
        "import sys; from datetime import UTC, datetime; from app.store import Store\n"
        "store = Store(sys.argv[1]); store.migrate()\n"
        "print(store.load([], {}, fingerprint='same', recorded=datetime(2026, 1, 5, tzinfo=UTC)))"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", begin, url], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    answers = [process.communicate(timeout=60) for process in running]
    assert sorted(out.strip() for out, _ in answers) == ["False", "False", "False", "True"], answers


def test_what_many_would_do_is_done_by_one_at_a_time(url: str) -> None:
    inside, most = 0, 0

    def work() -> None:
        nonlocal inside, most
        store = Store(url)
        with store.exclusive():
            inside += 1
            most = max(most, inside)
            time.sleep(0.02)
            inside -= 1
        store.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (inside, most) == (0, 1)
