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
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from app.almanac import almanac
from app.feeds import FORMATS, FeedOptions, lint
from app.model import Schedule
from app.schedule.history import histories
from app.store import Part, Store
from app.web.feeds.renderer import FeedRenderer
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
    """Brings the event from state ``first`` (exclusive) to ``last``, a state a second, once a line was read.

    As ``plenary load`` does where one file changed: what that schedule has to do with is compared and written.
    """
    os.sched_setaffinity(0, {LOAD_CORE})
    store = Store(url)
    states = [_small(turn) for turn in range(first + 1, last + 1)]
    told = [histories([state], almanac()) for state in states]
    print("ready", flush=True)
    sys.stdin.readline()
    for turn, (state, history) in enumerate(zip(states, told, strict=True), first + 1):
        began = time.monotonic()
        part = Part(frozenset({state.symbol.slug}), frozenset(history), store.fingerprint())
        store.load([state], history, fingerprint=f"turn {turn}", recorded=datetime.now(UTC), part=part)
        time.sleep(max(0.0, 1 - (time.monotonic() - began)))


@contextmanager
def _writing(url: str, first: int, last: int) -> Iterator[subprocess.Popen[str]]:
    """The other process, which has imported and worked out all that it writes, and writes from a line on."""
    command = [sys.executable, "-m", "tests.bench.http.change", url, str(first), str(last)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        if process.stdout.readline() != "ready\n":
            raise SystemExit("the writer does not start")
        yield process


def _small(turn: int) -> Schedule:
    return schedule(*SMALL, said=f"State {turn}")


def _state(turn: int) -> list[Schedule]:
    return [_small(turn), schedule(*LARGE)]


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
            with _writing(url, turn, turn := turn + round(seconds)) as writer:
                assert writer.stdin
                writer.stdin.write("\n")
                writer.stdin.flush()
                runs.append(wrk(server, asked, seconds, _READERS, str(seen), *PATHS))
            if writer.returncode:
                raise SystemExit("the writer failed")
    finally:
        server.stop()
    bodies = {file.name: file.read_bytes() for file in seen.iterdir()}
    if len(bodies) < turn:
        raise SystemExit(f"{turn} states were written, and only {len(bodies)} bodies seen")
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
        renderer = FeedRenderer(store, base=f"http://127.0.0.1:{port}", language="en", limit=1 << 28)
        for feed in ("resolution/A-RES-90-10", "all"):
            made = renderer.render(feed, FORMATS["ics"], FeedOptions()).body
            wanted.discard(sha256(made).hexdigest()[:32])
    store.close()
    yield from wanted


if __name__ == "__main__":
    write(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
