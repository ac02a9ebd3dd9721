"""A folder ingested by several processes, killed on the way, gone on with: nothing is lost, nothing doubled."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.model import Action
from app.services import bulk_ingest, derive, history_source, review, sync
from app.services.derive import read_path
from app.services.ingest import build_upload, submit_batch
from app.store import Store
from app.store.schema import documents, proposals
from tests.bench.papers import paper, write
from tests.jobs import RecordedQueue, run_jobs

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)


def slugs(store: Store) -> list[str]:
    with store._database.read() as connection:
        query = sa.select(proposals.c.slug).join(documents, documents.c.id == proposals.c.document)
        return sorted(connection.execute(query).scalars())


def expected(count: int) -> list[str]:
    return sorted(paper(number)[0].removesuffix(".txt") for number in range(count))


@pytest.fixture
def command(url: str, tmp_path: Path) -> Callable[..., subprocess.Popen[str]]:
    def begin(*arguments: str) -> subprocess.Popen[str]:
        line = [sys.executable, "-c", "from app.cli import main; main()", *arguments]
        return subprocess.Popen(
            line,
            env={**os.environ, "PLENARY_DATABASE_URL": url},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    return begin


def test_a_folder_killed_on_the_way_is_gone_on_with(
    command: Callable[..., subprocess.Popen[str]], url: str, tmp_path: Path
) -> None:
    folder, count = tmp_path / "texts", 200
    write(folder, count)
    (folder / "again.txt").write_bytes((folder / paper(0)[0]).read_bytes())
    (folder / "other.txt").write_text("not a resolution")
    store = Store(url)
    store.migrate()
    running = command("ingest", str(folder), "--lang", "en", "--workers", "2")
    until = time.monotonic() + 60
    while len(slugs(store)) < 50 and time.monotonic() < until and running.poll() is None:
        time.sleep(0.02)
    running.send_signal(signal.SIGKILL)
    running.wait()
    some = slugs(store)
    assert 50 <= len(some) <= count
    assert len(set(some)) == len(some)
    last = command("ingest", str(folder), "--lang", "en", "--workers", "1")
    out, err = last.communicate(timeout=120)
    said = out.split()
    assert (last.returncode, said[0], said[-2]) == (1, str(count + 2), "1")
    assert "other.txt: no operative paragraphs found" in err
    assert slugs(store) == expected(count)
    store.close()


def test_enqueued_documents_are_derived_by_any_runner(url: str, tmp_path: Path) -> None:
    folder, count = tmp_path / "texts", 120
    write(folder, count)
    (folder / "other.txt").write_text("not a resolution")
    store = Store(url)
    store.migrate()
    sources, queue = derive.documents_below([folder]), RecordedQueue()
    ask = partial(bulk_ingest.enqueue_documents, store, sources, "en", now=lambda: NOW, queue=queue)
    done = list(ask(pause=lambda _: run_jobs(store, NOW)))
    assert slugs(store) == expected(count)
    assert (sum(item.documents for item in done), sum(item.fresh for item in done)) == (count + 1, count)
    assert [line.partition(":")[0] for item in done for line in item.failed] == ["other.txt"]
    again = list(ask(pause=lambda _: run_jobs(store, NOW)))
    assert (sum(item.fresh for item in again), sum(item.known for item in again)) == (0, count)
    assert slugs(store) == expected(count)
    store.close()


def test_batch_that_still_waits_is_not_enqueued_twice(url: str, tmp_path: Path) -> None:
    write(tmp_path / "texts", 3)
    store = Store(url)
    store.migrate()
    sources, queue = derive.documents_below([tmp_path / "texts"]), RecordedQueue()
    ask = partial(bulk_ingest.enqueue_documents, store, sources, "en", now=lambda: NOW, queue=queue)
    first = ask(pause=lambda _: run_jobs(store, NOW))
    # The process that enqueued it is gone before the job ran; another begins anew.
    store.documents.keep([build_upload(read_path(path), "en", name=path.name, symbol=None, adopted=None)
                          for path in sources], NOW)  # fmt: skip
    submit_batch(store, [1, 2, 3], NOW, queue)
    assert [(item.fresh, item.failed) for item in first] == [(3, ())]
    assert len(queue.ids) == len(set(queue.ids)) == 1
    store.close()


def test_amendments_in_a_batch_match_those_of_one_document(url: str, tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    name = "A-DEC-72-556.en.txt"
    sources = [tmp_path / "texts" / name]
    sources[0].write_bytes((ROOT / "tests" / "corpus" / "amend" / name).read_bytes())
    store = Store(url)
    store.migrate()
    sync.load(store, ROOT / "schedules", NOW)
    done = list(
        bulk_ingest.enqueue_documents(
            store, sources, "en", now=lambda: NOW, queue=RecordedQueue(), pause=lambda _: run_jobs(store, NOW)
        )
    )
    assert [(item.fresh, item.failed) for item in done] == [(1, ())]
    (proposal,) = store.proposals.list().items
    found = review.proposed_schedule(review.get_proposal(store, proposal.id)).proposals
    alone = derive.derive_path(sources[0], "en", against=history_source.StoreHistorySource(store)).schedule
    assert found == alone.proposals
    assert [(item.amendment.target, item.amendment.action) for item in found] == [
        ("A-RES-72-251.5.meeting.1", Action.POSTPONE),
        ("A-RES-72-251.6.meeting.1", Action.POSTPONE),
    ]
    store.close()
