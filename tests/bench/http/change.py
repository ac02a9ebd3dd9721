"""One event changes under load: how long readers wait, and whether any of them is given what never was.

Run as a module it is the other process that changes the event, once a second: its arguments are the store's URL and
the states from and to which it goes.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from app.feeds import FORMATS, Choice, lint
from app.model import Schedule
from app.store import Store
from app.web.kitchen import Kitchen
from tests.bench.http.load import Asked, Taken, wrk
from tests.bench.http.servers import LOAD_CORE, plenary
from tests.bench.http.stock import fill, prepared, schedule

SMALL, LARGE = ("A/RES/90/10", 10), ("A/RES/90/101", 1000)
ANSWERS = 1_000_000
LONGEST = 150.0
"""Seconds after which no more answers are asked for: on a machine that is not quiet a million take too long."""
_READERS = Path(__file__).with_name("readers.lua")
PATHS = ("/feeds/resolution/A-RES-90-10.ics", "/feeds/all.ics")
Row = tuple[str, str, float, str]


def write(url: str, first: int, last: int) -> None:
    """Brings the event from state ``first`` (exclusive) to ``last``, a state a second."""
    os.sched_setaffinity(0, {LOAD_CORE})
    # Only while nobody else wants the processor: who asks for readers must not be kept from it.
    os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
    store = Store(url)
    for turn in range(first + 1, last + 1):
        began = time.monotonic()
        fill(store, _state(turn), f"turn {turn}")
        time.sleep(max(0.0, 1 - (time.monotonic() - began)))


def _state(turn: int) -> list[Schedule]:
    return [schedule(*SMALL, said=f"State {turn}"), schedule(*LARGE)]


def changed(folder: Path, answers: int = ANSWERS) -> Iterator[Row]:
    """Readers while nothing changes, then while an event changes every second; every body is held against the truth."""
    folder.mkdir()
    url = prepared(folder, _state(0))
    server = plenary(folder, url)
    seen = folder / "seen"
    seen.mkdir()
    try:
        server.wait("/readyz")
        asked = Asked(PATHS[0], {}, 200)
        for path in PATHS:
            Asked(path, {}, 200).check(server)
        quiet = wrk(server, asked, 5, _READERS, str(seen), *PATHS)
        runs: list[Taken] = []
        turn = 0
        deadline = time.monotonic() + LONGEST
        while sum(run.requests for run in runs) < answers and time.monotonic() < deadline:
            seconds = min(40.0, max(5.0, (answers - sum(run.requests for run in runs)) / (quiet.requests / quiet.wall)))
            turns = str(turn), str(turn + round(seconds))
            turn += round(seconds)
            writer = subprocess.Popen([sys.executable, "-m", "tests.bench.http.change", url, *turns])
            runs.append(wrk(server, asked, seconds, _READERS, str(seen), *PATHS))
            writer.wait()
    finally:
        server.stop()
    bodies = {file.name: file.read_bytes() for file in seen.iterdir()}
    wrong = sum(run.failed for run in (quiet, *runs)) + sum(1 for _ in _untrue(folder, server.port, bodies))
    count = quiet.requests + sum(run.requests for run in runs)
    p99 = max(run.p99 for run in runs)
    yield "p99 of readers while one changes", f"{p99:.2f} ms, quiet {quiet.p99:.2f} ms", p99 / quiet.p99, "< 3"
    yield "wrong or torn bodies", f"{count:,} answers, {len(bodies)} different bodies, each true", float(wrong), "0"


def _untrue(folder: Path, port: int, bodies: dict[str, bytes]) -> Iterator[str]:
    """The bodies that are not, byte for byte, what a fresh service over one of the states gives."""
    store = Store(f"sqlite:///{folder / 'truth.sqlite'}")
    store.migrate()
    wanted = set(bodies)
    for name, body in bodies.items():
        if sha256(body).hexdigest()[:32] != name or lint(body):
            yield name
            wanted.discard(name)
    for turn in range(400):
        if not wanted:
            break
        fill(store, _state(turn), f"truth {turn}")
        kitchen = Kitchen(store, base=f"http://127.0.0.1:{port}", language="en", limit=1 << 28)
        for feed in ("resolution/A-RES-90-10", "all"):
            made = kitchen.render(feed, FORMATS["ics"], Choice()).body
            wanted.discard(sha256(made).hexdigest()[:32])
    store.close()
    yield from wanted


if __name__ == "__main__":
    write(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
