"""Workers of jobs killed amid their work, while others go on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from app.services.ingest import build_upload, submit
from app.services.workers import JobEngine
from app.store import Store
from app.store.schema import proposals
from tests.bench.papers import paper
from tests.faults.bench import Place, Row, place, serving, told
from tests.faults.database import postgresql
from tests.jobs import job_runner
from tests.serving import ROOT

COUNT, WORKERS, KILLS = 300, 3, 3
LIMIT = 120.0


def _worker(at: Place) -> subprocess.Popen[bytes]:
    line = [sys.executable, "-c", "from app.cli import main; main()", "worker"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **at.settings}
    return subprocess.Popen(line, env=environment, cwd=at.folder, stderr=subprocess.DEVNULL)


def job_workers_killed(folder: Path, url: str = "") -> Row:
    at = place(folder, url)
    store = Store(at.url)
    engine = JobEngine(store, job_runner(store))
    with serving(at) as (_, reader):
        workers = [_worker(at) for _ in range(WORKERS)]
        ids = []
        for number in range(COUNT):
            name, text = paper(number)
            upload = build_upload(text.encode(), "en", name=name, symbol=None, adopted=None)
            ids.append(submit(store, upload, datetime.now(UTC), engine).id)
        killed, end = 0, time.monotonic() + LIMIT
        last = time.monotonic()
        while (counts := store.jobs.counts())["queued"] + counts["running"] and time.monotonic() < end:
            # A worker dies after each quarter of the jobs, and another comes in its place after all have died once.
            if killed < KILLS and counts["done"] > COUNT * (killed + 1) // (KILLS + 2) and counts["running"]:
                workers[killed].send_signal(signal.SIGKILL)
                workers[killed].wait()
                workers.append(_worker(at))
                killed += 1
                last = time.monotonic()
            time.sleep(0.05)
        back = time.monotonic() - last
        for worker in workers[killed:]:
            worker.send_signal(signal.SIGTERM)
        codes = [worker.wait(60) for worker in workers[killed:]]
    states = {job.state for job in store.jobs.get_many(ids).values()}
    with store._database.read() as connection:
        held = connection.execute(sa.select(sa.func.count(), sa.func.count(sa.distinct(proposals.c.slug)))).one()
    engine.stop()
    store.close()
    return told(
        at, [reader], f"kill -9 of {killed} of {len(workers)} job workers amid {COUNT} documents", "by itself", back,
        seen=f"jobs {', '.join(sorted(states))}; {held[0]} proposals, {held[1]} different; the others ended {codes}",
        good=states == {"done"} and tuple(held) == (COUNT, COUNT) and killed == KILLS and back < 60 and not any(codes),
    )  # fmt: skip


def job_workers_killed_on_postgresql(folder: Path) -> Row:
    with postgresql() as server:
        return job_workers_killed(folder, server.url())
