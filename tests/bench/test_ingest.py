"""Ten thousand resolutions into a store: how many a second, and what five kills on the way leave behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import psycopg
import pytest
import sqlalchemy as sa

from app.jobs import derive_many, documents_below
from app.store import Store
from app.store.tables import documents, proposals
from tests.bench.papers import SEED, paper, write

pytestmark = pytest.mark.bench
COUNT, KILLS, ALONE = 10_000, 5, 1_000


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("texts")
    write(made, COUNT)
    return made


@pytest.fixture(params=["sqlite", "postgresql"])
def fresh(request: pytest.FixtureRequest, tmp_path: Path, postgres: str) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/plenary.sqlite"
        return
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    yield postgres


def begin(url: str, folder: Path) -> "subprocess.Popen[str]":
    line = [sys.executable, "-c", "from app.cli import main; main()", "ingest", str(folder), "--lang", "en"]
    environment = {**os.environ, "PLENARY_DATABASE_URL": url}
    return subprocess.Popen(line, env=environment, stdout=subprocess.PIPE, text=True)


def slugs(url: str) -> list[str]:
    store = Store(url)
    with store._database.read() as connection:
        query = sa.select(proposals.c.slug).join(documents, documents.c.id == proposals.c.document)
        found = sorted(connection.execute(query).scalars())
    store.close()
    return found


def test_the_rate(fresh: str, folder: Path, tmp_path: Path) -> None:
    workers = os.cpu_count() or 1
    some = documents_below([folder])[:ALONE]
    start = time.perf_counter()
    assert sum(not item.error for item in derive_many(some, "en", tmp_path / "out", "json", workers=workers)) == ALONE
    alone = ALONE / (time.perf_counter() - start)
    start, before = time.perf_counter(), os.times()
    out, _ = begin(fresh, folder).communicate()
    spent, after = time.perf_counter() - start, os.times()
    work = after.children_user + after.children_system - before.children_user - before.children_system
    kind = fresh.partition(":")[0]
    print(
        f"\n{kind}: {COUNT:,} documents in {spent:.1f} s, {COUNT / spent:.0f} a second; {work / COUNT * 1000:.1f} ms "
        f"of a processor each; derived into files without a store: {alone:.0f} a second; load {os.getloadavg()[0]:.1f}"
    )
    assert out == f"{COUNT} documents, {COUNT} new proposals, 0 known already, 0 failed\n"
    assert slugs(fresh) == sorted(paper(number)[0].removesuffix(".txt") for number in range(COUNT))


def test_five_kills(fresh: str, folder: Path) -> None:
    random = Random(SEED)
    store = Store(fresh)
    store.migrate()
    store.close()
    held = []
    for _ in range(KILLS):
        running = begin(fresh, folder)
        time.sleep(random.uniform(2, 12))
        running.send_signal(signal.SIGKILL)
        running.wait()
        held.append(len(slugs(fresh)))
    out, _ = begin(fresh, folder).communicate()
    print(f"\n{fresh.partition(':')[0]}: killed at {held} of {COUNT:,}, then: {out.strip()}")
    assert slugs(fresh) == sorted(paper(number)[0].removesuffix(".txt") for number in range(COUNT))
