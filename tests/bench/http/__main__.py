"""Feeds beside nginx and Radicale: `make bench-http`. InstrumentInfo five minutes; wants quiet and two processors.

Each server has one processor to itself and wrk the other. Rates are requests a second of the server's processor, the
kernel's work for it included, so that other work on the machine disturbs them little; rounds of the servers alternate,
and medians are compared. Arguments: the count of rounds (5), and which parts of the table (all).
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import httpx

from tests.bench.http import change, inside
from tests.bench.http.load import CONNECTIONS, Asked, wrk
from tests.bench.http.servers import PATIENCE, Server, nginx, plenary, radicale
from tests.bench.http.stock import SIZES, prepared, schedule

Row = tuple[str, str, float, str]
PATHS = {count: f"/feeds/resolution/{symbol.replace('/', '-')}.ics" for symbol, count in SIZES.items()}


def needed() -> None:
    """Installs what is missing, as root on Debian, and says so; else says what to install."""
    missing = [name for name in ("nginx", "wrk") if not (shutil.which(name) or Path("/usr/sbin", name).exists())]
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"installing {' '.join(missing)}", file=sys.stderr)
        subprocess.run(["apt-get", "install", "-y", "-q", *missing], check=True, stdout=subprocess.DEVNULL)
    elif missing:
        raise SystemExit(f"install {' and '.join(missing)} first")
    if len(os.sched_getaffinity(0)) < 2:
        raise SystemExit("two processors are needed: one for a server, one for the load")


def fetch(server: Server, path: str, **headers: str) -> httpx.Response:
    """A feed as the server gives it uncompressed."""
    asked = {"accept-encoding": "identity", **headers}
    address, deadline = f"http://127.0.0.1:{server.port}{path}", time.monotonic() + PATIENCE
    answer = httpx.get(address, headers=asked, timeout=PATIENCE, auth=("bench", "bench"))
    # A feed of 10,000 events that is asked for the first time may take longer than readers are kept waiting.
    while answer.status_code == 503 and time.monotonic() < deadline:
        time.sleep(1)
        answer = httpx.get(address, headers=asked, timeout=PATIENCE, auth=("bench", "bench"))
    if answer.status_code != 200:
        raise SystemExit(f"{server.name} {path}: {answer.status_code}")
    return answer


def rates(server: Server, asked: Asked, seconds: float = 1.0) -> float:
    """Requests a second of the server's processor; every one of them answered well."""
    taken = wrk(server, asked, seconds)
    if taken.failed:
        raise SystemExit(f"{server.name} {asked.path}: {taken.failed} of {taken.requests} failed")
    return taken.rate


def files(ours: Server, theirs: Server, rounds: int, *, polls_only: bool = False) -> Iterator[Row]:
    """Ours beside nginx serving the same bytes as files; ``polls_only`` measures the 304s alone."""
    cases: list[tuple[str, str, dict[str, Asked]]] = []
    for count in (10, 10_000):
        tags = {server.name: fetch(server, PATHS[count]).headers["etag"] for server in (ours, theirs)}
        asked = {name: Asked(PATHS[count], {"If-None-Match": tag}, 304, 0) for name, tag in tags.items()}
        cases.append((f"304, {count:,} events", ">= 0.35", asked))
    whole = () if polls_only else ((5, "200, 5 KB", ">= 0.45"), (1000, "200, 1,000 events", ">= 0.75"))
    for count, said, goal in whole:
        length = len(fetch(ours, PATHS[count]).content)
        cases.append((said, goal, dict.fromkeys(("plenary", "nginx"), Asked(PATHS[count], {}, 200, length))))
        zipped = Asked(PATHS[count], {"Accept-Encoding": "gzip"}, 200)
        cases.append((f"{said}, stored gzip", ">= 0.45", dict.fromkeys(("plenary", "nginx"), zipped)))
    found: dict[tuple[str, str], list[float]] = {}
    for _ in range(rounds):
        for said, _, asked in cases:
            for server in (ours, theirs):
                asked[server.name].check(server)
                found.setdefault((said, server.name), []).append(rates(server, asked[server.name]))
    for said, goal, _ in cases:
        mine, other = median(found[said, "plenary"]), median(found[said, "nginx"])
        yield said, f"{mine:,.0f}/s, nginx {other:,.0f}/s", mine / other, goal
    small, large = (median(found[f"304, {count} events", "plenary"]) for count in ("10", "10,000"))
    yield "304, 10,000 beside 10 events", f"{large:,.0f}/s and {small:,.0f}/s", large / small, "about 1"


def calendars(ours: Server, theirs: Server, rounds: int) -> Iterator[Row]:
    """Ours beside Radicale, with the same thousand events."""
    tag = fetch(theirs, "/bench/feed/").headers["etag"]
    login = {"Authorization": "Basic YmVuY2g6YmVuY2g="}
    mine = fetch(ours, PATHS[1000]).headers["etag"]
    cases = (
        ("200, 1,000 events", Asked(PATHS[1000], {}, 200), Asked("/bench/feed/", login, 200), ">= 500"),
        (
            "200, 1,000 events, gzip",
            Asked(PATHS[1000], {"Accept-Encoding": "gzip"}, 200),
            # Radicale sends it as it is to those who take gzip, too.
            Asked("/bench/feed/", {**login, "Accept-Encoding": "gzip"}, 200),
            ">= 500",
        ),
        (
            "304, 1,000 events",
            Asked(PATHS[1000], {"If-None-Match": mine}, 304),
            # Radicale answers 200 to a tag that matches.
            Asked("/bench/feed/", {**login, "If-None-Match": tag}, 200),
            ">= 4,000",
        ),
    )
    for said, our, their, goal in cases:
        our.check(ours)
        their.check(theirs)
        fast: list[float] = []
        slow: list[float] = []
        for _ in range(max(1, rounds // 2)):
            fast.append(rates(ours, our))
            slow.append(rates(theirs, their, 4.0))
        yield (
            f"{said}, beside Radicale",
            f"{median(fast):,.0f}/s, Radicale {median(slow):.1f}/s",
            median(fast) / median(slow),
            goal,
        )


PARTS = ("files", "calendars", "change", "inside")
"""The parts of the table that are measured by default; "polls" is the 304s of "files" alone."""


def measured(folder: Path, rounds: int, parts: Sequence[str]) -> Iterator[Row]:
    """The rows of those parts of the table."""
    servers: list[Server] = []
    try:
        if {"files", "polls", "calendars"} & set(parts):
            base = folder / "feeds"
            base.mkdir()
            ours = plenary(base, prepared(base, [schedule(symbol, count) for symbol, count in SIZES.items()]))
            servers.append(ours)
            ours.wait("/readyz")
            bodies = {path: fetch(ours, path).content for path in PATHS.values()}
            if {"files", "polls"} & set(parts):
                theirs = nginx(folder, bodies)
                servers.append(theirs)
                theirs.wait("/")
                yield from files(ours, theirs, rounds, polls_only="files" not in parts)
            if "calendars" in parts:
                peer = radicale(folder, bodies[PATHS[1000]])
                servers.append(peer)
                yield from calendars(ours, peer, rounds)
    finally:
        for server in servers:
            server.stop()
    if "change" in parts:
        yield from change.changed(folder / "change")
    if "inside" in parts:
        yield from inside.rebuilt(folder)
        yield from inside.far()


def main(rounds: int, parts: Sequence[str]) -> None:
    """Prints the table."""
    needed()
    versions = subprocess.run(
        [shutil.which("nginx") or "/usr/sbin/nginx", "-v"], capture_output=True, text=True, check=False
    ).stderr.strip()
    print(f"{platform.python_version()}, {versions}, {CONNECTIONS} connections, medians of {rounds} rounds")
    print(f"{'what':<36} {'requests a second of the processor, or time':<58} {'ratio':>9}  goal", flush=True)
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        for what, said, ratio, goal in measured(Path(folder), rounds, parts):
            print(f"{what:<36} {said:<58} {ratio:>9,.3f}  {goal}", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5, sys.argv[2:] or PARTS)
