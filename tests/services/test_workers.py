"""The engine for work, in this process and in several that are killed."""

import asyncio
import logging.config
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.services import ingest, webhook_delivery, workers
from app.services.jobs import ABANDONED
from app.services.workers import JobEngine, Timing
from app.store import Store, Upload
from tests.bench.papers import paper
from tests.jobs import RecordedQueue, job_runner
from tests.store.samples import ALL, load

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)
QUICK = Timing(beat=0.2, dead=1.0, relay=0.1, tidy=0.5, idle=1.0)


def upload(number: int) -> Upload:
    name, text = paper(number)
    return ingest.build_upload(text.encode(), "en", name=name, symbol=None, adopted=None)


def until(true: Callable[[], object], seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def states(store: Store, ids: list[str]) -> set[str]:
    return {job.state for job in store.jobs.get_many(ids).values()}


@pytest.fixture
def engine(store: Store) -> Iterator[JobEngine]:
    made = JobEngine(store, job_runner(store), timing=QUICK)
    yield made
    made.stop()


def test_engine_runs_what_was_handed_in_before_and_after(store: Store, engine: JobEngine) -> None:
    before = ingest.submit(store, upload(0), NOW, engine)
    engine.start()
    after = ingest.submit(store, upload(1), NOW, engine)
    until(lambda: states(store, [before.id, after.id]) == {"done"})
    assert len(store.proposals.list().items) == 2
    assert store.jobs.counts() == {"queued": 0, "running": 0, "done": 2, "failed": 0}


def test_failed_job_is_counted_and_runs_again(store: Store, engine: JobEngine) -> None:
    bad = ingest.build_upload(b"nothing of the kind", "en", name="a.txt", symbol=None, adopted=None)
    first = ingest.submit(store, bad, NOW, engine)
    engine.start()
    until(lambda: states(store, [first.id]) == {"failed"})
    assert store.jobs.counts() == {"queued": 0, "running": 0, "done": 0, "failed": 1}
    assert ingest.submit(store, bad, NOW, engine).id == first.id
    until(lambda: states(store, [first.id]) == {"failed"})


def test_jobs_without_a_workflow_are_enqueued(store: Store, engine: JobEngine) -> None:
    # As in a store that was copied from another database: the record of the job is there, DBOS' tables are not.
    lost = ingest.submit(store, upload(0), NOW, RecordedQueue())
    engine.start()
    until(lambda: states(store, [lost.id]) == {"done"})


def test_watching_engine_starts_for_work_and_lets_go(store: Store, engine: JobEngine) -> None:
    engine.start_when_needed()
    time.sleep(0.3)
    assert (engine.executor, store.executors.beats()) == ("", {})
    job = ingest.submit(store, upload(0), NOW, engine)
    until(lambda: states(store, [job.id]) == {"done"})
    until(lambda: engine.executor == "" and store.executors.beats() == {})
    again = ingest.submit(store, upload(1), NOW, engine)
    until(lambda: states(store, [again.id]) == {"done"})


def test_watching_engine_leaves_work_to_a_living_executor(store: Store, engine: JobEngine) -> None:
    store.executors.beat("another")
    engine.start_when_needed()
    job = ingest.submit(store, upload(0), NOW, engine)
    for _ in range(15):
        store.executors.beat("another")
        time.sleep(0.1)
    assert (engine.executor, states(store, [job.id])) == ("", {"queued"})
    until(lambda: states(store, [job.id]) == {"done"})


def test_serving_process_does_not_load_the_engine(tmp_path: Path) -> None:
    code = (
        "import asyncio, sys\n"
        "from app.settings import Settings\n"
        "from app.web.app import create_app\n"
        "async def main():\n"
        "    app = create_app(Settings())\n"
        "    messages = [{'type': 'lifespan.startup'}]\n"
        "    done = asyncio.Event()\n"
        "    async def receive():\n"
        "        if messages: return messages.pop()\n"
        "        await asyncio.sleep(1.5)\n"
        "        return {'type': 'lifespan.shutdown'}\n"
        "    async def send(message): print(message['type'])\n"
        "    await app({'type': 'lifespan', 'asgi': {'version': '3.0'}}, receive, send)\n"
        "asyncio.run(main())\n"
        "print('dbos' in sys.modules, 'standardwebhooks' in sys.modules)\n"
    )
    (tmp_path / "schedules").mkdir()
    environment = {
        **os.environ,
        "PLENARY_DATABASE_URL": f"sqlite:///{tmp_path}/plenary.sqlite",
        "PLENARY_SCHEDULES": str(tmp_path / "schedules"),
    }
    found = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert found.stdout.split()[:2] == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
    assert found.stdout.split()[2] == "False"


# --- deliveries -----------------------------------------------------------------------------------------------------


def test_dripping_receivers_block_neither_documents_nor_the_end(
    store: Store, engine: JobEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    sending: list[int] = []

    async def drip(_store: Store, delivery: int, _clock: object) -> None:
        sending.append(delivery)
        await asyncio.sleep(60)

    monkeypatch.setattr(workers, "deliver_webhook", drip)
    hooks = [webhook_delivery.create_webhook(store, f"https://a{n}.example/", NOW, by=None) for n in range(20)]
    load(store, ALL[:1])
    engine.start()
    until(lambda: len(sending) == workers.QUEUES[workers.WEBHOOKS][0])
    job = ingest.submit(store, upload(0), NOW, engine)
    until(lambda: states(store, [job.id]) == {"done"}, seconds=20)
    begun = time.monotonic()
    engine.stop()
    assert time.monotonic() - begun < 15
    assert {store.webhooks.deliveries(hook.id)[0].state for hook in hooks} == {"waiting"}

    async def deliver(found: Store, delivery: int, _clock: object) -> None:
        await asyncio.to_thread(found.webhooks.mark, delivery, "delivered", "answered 204", NOW, NOW)

    # What was broken off is made by the next executor, and what waited in the queue.
    monkeypatch.setattr(workers, "deliver_webhook", deliver)
    following = JobEngine(store, job_runner(store), timing=QUICK)
    following.start()
    until(lambda: {store.webhooks.deliveries(hook.id)[0].state for hook in hooks} == {"delivered"})
    following.stop()


# --- several processes ----------------------------------------------------------------------------------------------


class Workers:
    """Processes whose jobs wait, and what they recorded."""

    def __init__(self, url: str, file: Path, seconds: float) -> None:
        self._line = [sys.executable, "-m", "tests.services.slow_worker", url, str(file), str(seconds)]
        self._file = file
        self.processes: list[subprocess.Popen[bytes]] = []

    def start(self) -> "subprocess.Popen[bytes]":
        self.processes.append(subprocess.Popen(self._line, cwd=ROOT, stderr=subprocess.DEVNULL))
        return self.processes[-1]

    def recorded(self, what: str) -> list[tuple[str, int]]:
        """The jobs that began or ended, and the process of each."""
        lines = self._file.read_text().splitlines() if self._file.exists() else []
        found = [line.split() for line in lines]
        return [(id_, int(process)) for verb, id_, process in found if verb == what]

    def end(self) -> None:
        for process in self.processes:
            process.kill()
            process.wait()


@pytest.fixture
def slow(url: str, tmp_path: Path) -> Iterator[Callable[[float], Workers]]:
    made: list[Workers] = []

    def make(seconds: float) -> Workers:
        made.append(Workers(url, tmp_path / "recorded", seconds))
        return made[-1]

    yield make
    for item in made:
        item.end()


def test_jobs_of_killed_worker_are_taken_over_others_left(
    url: str, store: Store, slow: Callable[[float], Workers]
) -> None:
    engine = JobEngine(store, job_runner(store))
    ids = [ingest.submit(store, upload(number), NOW, engine).id for number in range(10)]
    group = slow(0.5)
    first, second = group.start(), group.start()
    until(lambda: {process for _, process in group.recorded("end")} == {first.pid, second.pid})
    # The kill hits while it runs a job: those that it began and did not end.
    until(lambda: {i for i, p in group.recorded("begin") if p == first.pid} - {i for i, _ in group.recorded("end")})
    first.send_signal(signal.SIGKILL)
    first.wait()
    begun_by_first = {i for i, p in group.recorded("begin") if p == first.pid}
    cut_off = begun_by_first - {i for i, _ in group.recorded("end")}
    # A job may have ended just before the kill and its result not have been stored: it is rightly run again, too.
    unstored = {id_ for id_ in begun_by_first if states(store, [id_]) != {"done"}}
    begun = time.monotonic()
    until(lambda: states(store, ids) == {"done"}, seconds=60)
    assert time.monotonic() - begun < 60
    ended = Counter(id_ for id_, _ in group.recorded("end"))
    assert set(ended) == set(ids)
    assert {id_ for id_, count in ended.items() if count > 1} == unstored - cut_off
    started = Counter(id_ for id_, _ in group.recorded("begin"))
    # Only what was not stored began twice, and none that the living worker was running.
    assert {id_ for id_, count in started.items() if count > 1} == unstored
    assert set(started.values()) <= {1, 2}
    second.send_signal(signal.SIGTERM)
    assert second.wait(30) == 0
    engine.stop()


def test_worker_told_to_end_ends_its_jobs_first(url: str, store: Store, slow: Callable[[float], Workers]) -> None:
    engine = JobEngine(store, job_runner(store))
    ids = [ingest.submit(store, upload(number), NOW, engine).id for number in range(4)]
    group = slow(1.5)
    worker = group.start()
    until(lambda: len(group.recorded("begin")) == 2)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(30) == 0
    assert sorted(group.recorded("begin")) == sorted(group.recorded("end"))
    assert states(store, ids) == {"done", "queued"}
    engine.stop()


def test_job_that_kills_its_process_is_given_up(url: str, store: Store, slow: Callable[[float], Workers]) -> None:
    engine = JobEngine(store, job_runner(store))
    job = ingest.submit(store, upload(0), NOW, engine)
    group = slow(-1)
    worker = group.start()

    def over() -> bool:
        nonlocal worker
        if worker.poll() is not None:
            worker = group.start()
        return states(store, [job.id]) == {"failed"}

    until(over, seconds=150)
    found = store.jobs.get(job.id)
    assert found is not None
    assert found.error == ABANDONED.payload()
    assert len(group.recorded("begin")) == 5
    engine.stop()


def test_engine_adds_no_handler_of_its_own_to_logs(engine: JobEngine) -> None:
    logging.config.dictConfig({"version": 1, "disable_existing_loggers": False, "loggers": {"dbos": {}}})
    engine.start()
    engine.stop()
    log = logging.getLogger("dbos")
    assert [type(handler) for handler in log.handlers] == [logging.NullHandler]
    assert log.propagate
