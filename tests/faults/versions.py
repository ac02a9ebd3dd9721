"""Two versions at once: the commit before the newest tables, as git has it, beside the tree as it is."""

from __future__ import annotations

import shutil
import signal
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path

from app.store import Store
from app.store.database import newest
from tests.faults.bench import Place, Row, hall, held, place, serving, shows, skipped, status, told
from tests.faults.database import postgresql
from tests.serving import ROOT

COLD = "/feeds/resolution/A-RES-73-40.ics"
_VERSIONS = "app/store/migrations/versions"


def earlier(folder: Path) -> str:
    """The tree of the commit before the newest tables in ``folder``; its name, empty where git does not know one."""
    git = ("git", "-C", str(ROOT))
    added = subprocess.run(
        [*git, "log", "-1", "--format=%h", "--diff-filter=A", "--", f"{_VERSIONS}/{newest()}_*"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    # Where the newest tables are not committed yet, the commit before them is the last one.
    name = f"{added.stdout.strip()}^" if added.stdout.strip() else "HEAD"
    packed = subprocess.run([*git, "archive", name], capture_output=True, check=False)
    if added.returncode or packed.returncode:
        return ""
    folder.mkdir(parents=True)
    subprocess.run(["tar", "-x", "-C", str(folder)], input=packed.stdout, check=True)
    return name


def _place(folder: Path, old: Path, url: str) -> Place:
    """A place that the earlier version has loaded, with the schedules of its time."""
    at = Place(folder, url)
    shutil.copytree(old / "schedules", at.schedules)
    assert at.load({"PYTHONPATH": str(old)}) == 0
    return at


def newer_tables(folder: Path) -> Row:
    at = place(folder)
    with serving(at) as (service, reader):
        # The newer version has come first and brought its tables: one column more, one number more.
        with closing(sqlite3.connect(at.store)) as database:
            database.execute("ALTER TABLE instruments ADD COLUMN later TEXT")
            database.execute("UPDATE alembic_version SET version_num = '9999'")
            database.commit()
        cold = status(service.port, "/feeds/resolution/A-RES-73-40.ics")
        late = at.load()
        code, said = at.doctor()
        with closing(sqlite3.connect(at.store)) as database:
            held = Store("sqlite://").schema()[1]
            database.execute("UPDATE alembic_version SET version_num = ?", (held,))
            database.commit()
        at.change(1)
        ended = at.load()
        back = shows(service, b"LOCATION:Hall 1")
    return told(
        at, [reader], "a newer version's tables under a running service; a start of the older one",
        "run the newest version", back,
        seen=f"feeds warm and cold ({cold}) go on; the start is refused ({late}), doctor {code}",
        good=cold == 200 and late != 0 and code == 1 and "newer" in said and ended == 0,
    )  # fmt: skip


def workers_renewed_with_new_code(folder: Path) -> Row:
    """As an operator does it on one machine: the code is replaced, and SIGHUP renews the workers one by one."""
    old, code = folder / "old", folder / "code"
    if not (name := earlier(old)):
        return skipped("workers renewed with new code", "git has no earlier version here")
    code.symlink_to(old)
    at = _place(folder, old, f"sqlite:///{folder}/plenary.sqlite")
    with serving(at, ["--workers", "2"], {"PYTHONPATH": str(code)}) as (service, reader):
        limit = time.monotonic() + 60
        while len(service.workers()) < 2 and time.monotonic() < limit:
            time.sleep(0.1)
        before = set(service.workers())
        code.unlink()
        code.symlink_to(ROOT)
        service.process.send_signal(signal.SIGHUP)
        begun = time.monotonic()
        while (before & set(service.workers()) or len(service.workers()) < 2) and time.monotonic() < limit:
            time.sleep(0.1)
        renewed = time.monotonic() - begun
        replaced = not before & set(service.workers())
        cold = status(service.port, COLD)
        # Now that its tables are there, the new version publishes; what had been published by the old one stays.
        at.change(1)
        loaded = at.load()
        back = shows(service, b"LOCATION:Hall 1")
    return told(
        at, [reader], f"code of {name} replaced by this one under 2 workers, SIGHUP", "SIGHUP", renewed + back,
        seen=f"a cold feed {cold}",
        good=replaced and cold == 200 and loaded == 0 and hall(at) == "Hall 1",
    )  # fmt: skip


def versions_beside_each_other(folder: Path) -> Row:
    """As behind a proxy: a service of each version on one PostgreSQL, the new one migrates while the old one serves."""
    old = folder / "old"
    if not (name := earlier(old)):
        return skipped("two versions beside each other", "git has no earlier version here")
    with postgresql() as server:
        at = _place(folder, old, server.url())
        earlier_code = {"PYTHONPATH": str(old)}
        with serving(at, ["--workers", "2"], earlier_code) as (before, first):
            begun = time.monotonic()
            with serving(at, ["--workers", "2"]) as (after, second):
                migrated = time.monotonic() - begun
                at = Place(at.folder, at.url, held(at.url))
                cold = status(before.port, COLD)
                # What the new version publishes, both give; the old one is refused where it would load.
                at.change(1)
                loaded = at.load()
                seen = max(shows(before, b"LOCATION:Hall 1"), shows(after, b"LOCATION:Hall 1"))
                late = at.load(earlier_code)
                before.process.send_signal(signal.SIGTERM)
                first.stop()
                before.process.wait(30)
                at.change(2)
                ended = at.load()
                back = max(seen, shows(after, b"LOCATION:Hall 2"))
                row = told(
                    at, [first, second], f"2 workers of {name} and 2 of this version on one PostgreSQL; the new ones "
                    "migrate while the old ones serve", "by itself", back,
                    seen=f"started within {migrated:.1f} s, a cold feed of the old ones {cold}, their load {late}",
                    good=cold == 200 and loaded == 0 and late != 0 and ended == 0 and hall(at) == "Hall 2",
                )  # fmt: skip
    return row
