"""Ten thousand resolutions into a store: how many a second, and what five kills on the way leave behind.

On SQLite ``plenary ingest`` derives with all processors; on PostgreSQL it keeps the documents (``--spread``) and two
``plenary worker`` derive them. What is counted is the clock, and the processor time of all processes: the database's
too.
"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import psycopg
import pytest
import sqlalchemy as sa

from app.store import Store
from app.store.schema import documents, proposals
from tests.bench.papers import SEED, paper, write

pytestmark = pytest.mark.bench
COUNT, KILLS, WORKERS = int(os.environ.get("BENCH_DOCUMENTS", "10000")), 5, 2
GOAL = 200
TICKS = os.sysconf("SC_CLK_TCK")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("texts")
    write(made, COUNT)
    return made


@pytest.fixture(params=["sqlite", "postgresql"])
def fresh(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (tmp_path / "schedules").mkdir()
    monkeypatch.setenv("PLENARY_SCHEDULES", str(tmp_path / "schedules"))
    if request.param == "sqlite":
        found = f"sqlite:///{tmp_path}/plenary.sqlite"
    else:
        found = request.getfixturevalue("postgres")
        with psycopg.connect(found, autocommit=True) as connection:
            connection.execute("DROP SCHEMA public CASCADE")
            connection.execute("CREATE SCHEMA public")
    store = Store(found)
    store.migrate()
    store.close()
    monkeypatch.setenv("PLENARY_DATABASE_URL", found)
    return found


def begin(*words: str) -> "subprocess.Popen[str]":
    line = [sys.executable, "-c", "from app.cli import main; main()", *words]
    return subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


def ingesting(url: str, folder: Path) -> "list[subprocess.Popen[str]]":
    """The processes of an ingestion, the one that ends when all is done first."""
    if url.startswith("sqlite"):
        return [begin("ingest", str(folder), "--lang", "en")]
    return [begin(*words(place, folder)) for place in range(WORKERS + 1)]


def words(place: int, folder: Path) -> tuple[str, ...]:
    """The command of the process in that place: the one that hands out, then workers."""
    return ("worker",) if place else ("ingest", str(folder), "--lang", "en", "--spread")


def ended(processes: "list[subprocess.Popen[str]]") -> str:
    """What the ingestion said at its end; its workers are told to end."""
    out, _ = processes[0].communicate()
    for worker in processes[1:]:
        worker.send_signal(signal.SIGTERM)
        worker.wait()
        assert worker.stdout
        worker.stdout.close()
    return out


def database_seconds(url: str) -> float:
    """Processor seconds of PostgreSQL so far, in all its processes; SQLite's are those of who writes."""
    if url.startswith("sqlite"):
        return 0.0
    with psycopg.connect(url) as connection:
        (mine,) = connection.execute("SELECT pg_backend_pid()").fetchone() or (0,)
        server = int(Path(f"/proc/{mine}/stat").read_text().rpartition(") ")[2].split()[1])
    spent = 0
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            fields = (entry / "stat").read_text().rpartition(") ")[2].split()
        except OSError:  # it has ended meanwhile
            continue
        if int(entry.name) == server:
            spent += sum(map(int, fields[11:15]))  # its own, and of children that have ended
        elif int(fields[1]) == server:
            spent += sum(map(int, fields[11:13]))
    return spent / TICKS


def slugs(url: str) -> list[str]:
    store = Store(url)
    with store._database.read() as connection:
        query = sa.select(proposals.c.slug).join(documents, documents.c.id == proposals.c.document)
        found = sorted(connection.execute(query).scalars())
    store.close()
    return found


def expected() -> list[str]:
    return sorted(paper(number)[0].removesuffix(".txt") for number in range(COUNT))


def test_the_rate(fresh: str, folder: Path) -> None:
    start, before, database = time.perf_counter(), os.times(), database_seconds(fresh)
    out = ended(ingesting(fresh, folder))
    spent, after = time.perf_counter() - start, os.times()
    ours = after.children_user + after.children_system - before.children_user - before.children_system
    theirs = database_seconds(fresh) - database
    cores = os.cpu_count() or 1
    print(
        f"\n{fresh.partition(':')[0]:<11}{COUNT:>7,} documents in {spent:6.1f} s:{COUNT / spent:5.0f} a second; "
        f"processor time of one {(ours + theirs) / COUNT * 1000:5.2f} ms ({ours / COUNT * 1000:.2f} ours, "
        f"{theirs / COUNT * 1000:.2f} the database's), enough for {cores * COUNT / (ours + theirs):.0f} a second on "
        f"{cores} processors; goal {GOAL}; load {os.getloadavg()[0]:.1f}"
    )
    assert out == f"{COUNT} documents, {COUNT} new proposals, 0 known already, 0 failed\n"
    assert slugs(fresh) == expected()


def reached(url: str, count: int) -> int:
    """Waits until so many proposals are there; how many there are."""
    store = Store(url)
    end = time.monotonic() + 240
    while (found := held(store)) < count:
        assert time.monotonic() < end, f"{found} of {count}"
        time.sleep(0.05)
    store.close()
    return found


def held(store: Store) -> int:
    with store._database.read() as connection:
        return int(connection.execute(sa.select(sa.func.count()).select_from(proposals)).scalar_one())


def test_five_kills(fresh: str, folder: Path) -> None:
    """Somebody is killed as soon as one of five random numbers of documents is there; others go on, or begin anew."""
    random = Random(SEED)
    marks = sorted(random.sample(range(COUNT // 20, COUNT * 9 // 10), KILLS))
    processes, found = ingesting(fresh, folder), []
    for turn, mark in enumerate(marks):
        found.append(reached(fresh, mark))
        # The one that hands out dies once, and what it derives with it; then a worker, each in its turn.
        place = 1 + turn % WORKERS if len(processes) > 1 and turn != 1 else 0
        processes[place].send_signal(signal.SIGKILL)
        processes[place].wait()
        processes[place] = begin(*words(place, folder)) if len(processes) > 1 else ingesting(fresh, folder)[0]
    out = ended(processes)
    print(f"\n{fresh.partition(':')[0]:<11}killed at {found} of {COUNT:,}, then: {out.strip()}")
    assert slugs(fresh) == expected()
