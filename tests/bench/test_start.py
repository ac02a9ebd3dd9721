"""A start with 10,000 resolutions in the store, to the first answer; and what a worker holds when it has little to do.

Goals: under 1.5 s from the command to the answer, and under 120 MB a worker, after the start and after 1,000 requests.
The seconds of processor time are what a machine shared with others does not change much.
"""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.schedule.yaml_writer import write
from tests.bench.http.stock import schedule
from tests.serving import PROGRAM, ROOT, Service, free_port, running

pytestmark = pytest.mark.bench

RESOLUTIONS = int(os.environ.get("BENCH_RESOLUTIONS", "10000"))
STARTS, REQUESTS = 5, 1000
FEED = "/feeds/resolution/A-RES-91-7.ics"
FIRST = (FEED, "/", "/resolutions/A-RES-91-7", "/api/v1/events?limit=20", "/subscribe", "/try", "/healthz")
"""What people and programs ask for first, of each kind one."""
MOST_SECONDS, MOST_MEGABYTES, MOST_MS = 1.5, 120, 200


def processor(pid: int) -> float:
    """Seconds of processor time of a process and of its children that have ended."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def memory(pid: int) -> tuple[int, int]:
    """What a process holds, in MB: all of it (RSS), and with what it shares divided among the sharers (PSS)."""
    rows = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    said = {name: int(rest.split()[0]) for name, _, rest in (row.partition(":") for row in rows)}
    return said["Rss"] // 1024, said["Pss"] // 1024


def ask(port: int, path: str) -> int:
    """The status of an answer, read to its end; who asks waits until somebody listens."""
    limit = time.monotonic() + 600
    while True:
        try:
            client = socket.create_connection(("127.0.0.1", port), timeout=600)
            break
        except ConnectionRefusedError:
            assert time.monotonic() < limit
            time.sleep(0.002)
    with client:
        client.sendall(f"GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode())
        heard = b""
        while more := client.recv(65536):
            heard += more
    return int(heard[9:12])


@contextmanager
def started(folder: Path) -> Iterator[tuple[int, int, float]]:
    """A service whose start is measured: its process, its port, and the moment of its command."""
    port = free_port()
    environment = {
        **os.environ, "PYTHONPATH": str(ROOT), "PLENARY_DATABASE_URL": f"sqlite:///{folder}/plenary.sqlite",
        "PLENARY_SCHEDULES": str(folder / "schedules"),
    }  # fmt: skip
    began = time.monotonic()
    process = subprocess.Popen(
        [*PROGRAM, "serve", "--port", str(port)], env=environment, cwd=folder, stderr=subprocess.DEVNULL
    )
    try:
        yield process.pid, port, began
    finally:
        process.terminate()
        process.wait(30)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("start")
    (made / "schedules").mkdir()
    for number in range(RESOLUTIONS):
        found = schedule(f"A/RES/{91 + number // 1000}/{number % 1000 + 1}", 2)
        (made / "schedules" / f"{found.symbol.slug}.yaml").write_text(write(found), "utf-8")
    with started(made) as (_, port, began):
        assert ask(port, FEED) == 200
        print(f"\nfirst start, {RESOLUTIONS:,} schedules loaded: {time.monotonic() - began:.1f} s")
    return made


def test_start_to_first_answer(folder: Path) -> None:
    walls, works, firsts = [], [], dict.fromkeys(FIRST, 1e9)
    for _ in range(STARTS):
        with started(folder) as (pid, port, began):
            assert ask(port, FEED) == 200
            walls.append(time.monotonic() - began)
            works.append(processor(pid))
            for path in FIRST:
                asked_at = time.monotonic()
                assert ask(port, path) == 200
                firsts[path] = min(firsts[path], (time.monotonic() - asked_at) * 1000)
    print(
        f"\nstart to first answer, {RESOLUTIONS:,} resolutions: {min(walls):.2f} s (of {STARTS}: "
        f"{', '.join(f'{wall:.2f}' for wall in walls)}), processor {min(works):.2f} s"
    )
    print("first of its kind: " + ", ".join(f"{path} {took:.0f} ms" for path, took in firsts.items()))
    assert min(walls) < MOST_SECONDS
    assert max(firsts.values()) < MOST_MS


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
@pytest.mark.parametrize("workers", [1, 4])
def test_idle_memory(kind: str, workers: int, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    url = request.getfixturevalue("postgresql") if kind == "postgresql" else f"sqlite:///{tmp_path}/plenary.sqlite"
    settings = {"PLENARY_DATABASE_URL": url, "PLENARY_RATE": "0"}
    # The first start is the one that makes the tables and loads the schedules.
    with running(tmp_path, ["--workers", str(workers)], settings) as service:
        pids = service.workers() if workers > 1 else [service.process.pid]
        assert len(pids) == workers
        asked(service, workers * 20)
        before = [memory(pid) for pid in pids]
        asked(service, REQUESTS)
        after = [memory(pid) for pid in pids]
    for when, held in (("after the start", before), (f"after {REQUESTS:,} requests", after)):
        said = ", ".join(f"{rss}/{pss}" for rss, pss in held)
        print(f"\n{kind}, {workers} worker{'s' * (workers > 1)}, {when}: RSS/PSS {said} MB")
    assert max(pss for _, pss in after) < MOST_MEGABYTES


def asked(service: Service, count: int) -> None:
    """So many requests of the kinds that people and programs make."""
    paths = ("/feeds/resolution/A-RES-72-251.ics", "/feeds/all.ics?lang=zh", "/", "/calendar?lang=ar", "/changes",
             "/resolutions/A-RES-72-251?lang=fr", "/api/v1/events?limit=20", "/subscribe?lang=ru")  # fmt: skip
    for number in range(count):
        assert ask(service.port, paths[number % len(paths)]) == 200
