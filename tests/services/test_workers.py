"""Who does the jobs: threads, and Procrastinate's workers in processes of their own that are killed."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app import services
from app.fetch import Library
from app.services.tasks import Tasks
from app.store import Store
from app.store.queue import LEASE
from tests.bench.papers import paper

NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)


def opened(url: str) -> tuple[Store, services.Hand]:
    store = Store(url)
    store.migrate()
    return store, services.Hand(store, Library(()), lambda: datetime.now(UTC))


def upload(number: int) -> object:
    name, text = paper(number)
    return services.uploaded(text.encode(), "en", name=name, symbol=None, adopted=None)


def until(true: Callable[[], object], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def states(store: Store, ids: list[str]) -> set[str]:
    return {job.state for id_ in ids if (job := store.queue.job(id_))}


def test_threads_do_what_is_said_and_what_an_earlier_process_left(tmp_path: Path) -> None:
    store, hand = opened(f"sqlite:///{tmp_path}/plenary.sqlite")
    died = services.submit(store, upload(0), NOW, lambda _: None)  # type: ignore[arg-type]  # an Upload
    assert store.queue.take(NOW) is not None
    left = services.submit(store, upload(1), NOW + timedelta(1), lambda _: None)  # type: ignore[arg-type]  # an Upload
    crew = services.crew_of(store, hand)
    assert isinstance(crew, services.Threads)
    crew.start()
    said = services.submit(store, upload(2), datetime.now(UTC), crew.defer)  # type: ignore[arg-type]  # an Upload
    until(lambda: states(store, [died.id, left.id, said.id]) == {"done"})
    crew.stop()
    assert len(store.documents.proposals().items) == 3
    store.close()


def test_a_worker_has_one_job_in_hand_whether_news_or_sweep_brought_it(postgresql: str) -> None:
    store, _ = opened(postgresql)
    inside, most = 0, 0
    guard = threading.Lock()

    class Slow:
        """A hand that counts how many jobs it has at once."""

        def one(self, id_: str | None = None) -> bool:
            nonlocal inside, most
            with guard:
                inside += 1
                most = max(most, inside)
            time.sleep(0.02)
            with guard:
                inside -= 1
            return False

    tasks = Tasks(Slow(), postgresql)  # type: ignore[arg-type]  # what counts of a hand is that it does one
    threads = [threading.Thread(target=tasks._one, args=(id_,)) for id_ in ("a", "b", None, None)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (inside, most) == (0, 1)
    store.close()


def test_the_counts_of_jobs_by_state(url: str) -> None:
    store, hand = opened(url)
    assert store.queue.counts() == {"queued": 0, "running": 0, "done": 0, "failed": 0}
    first, *_ = (services.submit(store, upload(number), NOW, lambda _: None) for number in range(4))  # type: ignore[arg-type]  # an Upload
    bad = services.uploaded(b"nothing of the kind", "en", name="a.txt", symbol=None, adopted=None)
    wrong = services.submit(store, bad, NOW, lambda _: None)
    assert (hand.one(first.id), hand.one(wrong.id)) == (True, True)
    assert store.queue.take(datetime.now(UTC)) is not None
    assert store.queue.counts() == {"queued": 2, "running": 1, "done": 1, "failed": 1}
    assert {id_: job.state for id_, job in store.queue.known([first.id, wrong.id, "none"]).items()} == {
        first.id: "done", wrong.id: "failed",
    }  # fmt: skip
    store.close()


def test_workers_share_the_jobs_and_one_that_is_killed_loses_none(postgresql: str) -> None:
    store, hand = opened(postgresql)
    crew = services.crew_of(store, hand)
    assert isinstance(crew, Tasks)
    # Taken long ago by a worker that died.
    orphan = services.submit(store, upload(0), NOW, crew.defer)  # type: ignore[arg-type]  # an Upload
    assert store.queue.take(datetime.now(UTC) - 2 * LEASE, orphan.id) is not None
    ids = [orphan.id]
    ids += [
        services.submit(store, upload(number), datetime.now(UTC), crew.defer).id  # type: ignore[arg-type]  # an Upload
        for number in range(1, 12)
    ]
    line = [sys.executable, "-c", "from app.cli import main; main()", "worker"]
    environment = {**os.environ, "PLENARY_DATABASE_URL": postgresql}
    first = subprocess.Popen(line, env=environment, stderr=subprocess.DEVNULL)
    until(lambda: "done" in states(store, ids))
    first.send_signal(signal.SIGKILL)
    first.wait()
    second = subprocess.Popen(line, env=environment, stderr=subprocess.DEVNULL)
    # What the killed one had in hand is its own until the lease ends; all else is done.
    until(lambda: sum(job.over for job in store.queue.known(ids).values()) >= len(ids) - 1)
    second.send_signal(signal.SIGTERM)
    assert second.wait(30) == 0
    later = services.Hand(store, Library(()), lambda: datetime.now(UTC) + 2 * LEASE)
    while later.one():
        pass
    assert states(store, ids) == {"done"}
    assert len(store.documents.proposals().items) == len(ids)
    crew.stop()
    store.close()
