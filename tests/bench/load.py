"""A day's traffic within a minute: `make bench-load`. Four workers on PostgreSQL, 1,000 feeds, nginx beside them.

Requests are due at fixed moments, BENCH_RATE a second (300): 95 of a hundred ask whether a feed has changed, four for
a page or the API, one changes a saved feed; every question about a feed is put to nginx, which serves the same bytes
as files, at the same moment and by the same client. Every worker has been asked for all of it before, over a
connection that is known to be to that worker, and the publisher has published once: what each imports, compiles and
renders for the first time is not measured. Beside them the publisher changes a schedule every few seconds. After each
write that was acknowledged its feed is asked for again and again, over connections of its own, so that every worker is
met: an answer that is not the new one is stale. Goals are those of the table; the exit code says whether all were
reached. BENCH_SECONDS is the time of the load (60), BENCH_FEEDS the count of feeds (1,000).
"""

from __future__ import annotations

import asyncio
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from urllib.parse import quote

from app.schedule.yaml_writer import write
from tests.bench.http.servers import nginx
from tests.bench.http.stock import schedule
from tests.serving import PROGRAM, ROOT, holder, running

SECONDS = float(os.environ.get("BENCH_SECONDS", "60"))
RATE = float(os.environ.get("BENCH_RATE", "300"))
FEEDS = int(os.environ.get("BENCH_FEEDS", "1000"))
EVENTS, WORKERS, SAVED = 10, 4, 20
CONNECTIONS = 32
EVERY = 6.0
"""Seconds between publications."""
WATCHED = 2.0
"""Seconds for which the feed of a write is asked for after it."""
STALE, TIMES = 1.0, 5.0
PAGES = (
    "/?lang=en", "/resolutions/A-RES-91-7?lang=fr", "/api/v1/events?limit=20", "/api/v1/resolutions/A-RES-91-9",
    "/?lang=ar", "/healthz", "/api/v1/events?q=report&limit=10",
)  # fmt: skip


def path_of(number: int) -> str:
    return f"/feeds/resolution/A-RES-91-{number}.ics"


@dataclass(frozen=True)
class Heard:
    """An answer: status, tag and body."""

    status: int
    tag: bytes
    body: bytes


class Closed(OSError):
    """The connection was closed before anything of an answer came."""


class Client:
    """Kept connections to one server; each carries one request at a time."""

    def __init__(self, port: int, count: int = CONNECTIONS) -> None:
        self._port = port
        self._room = asyncio.Semaphore(count)
        self._idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def ask(
        self, path: str, headers: Mapping[str, str] | None = None, method: str = "GET", body: bytes = b""
    ) -> Heard:
        """Raises OSError, ValueError, TimeoutError where there is no answer that can be read."""
        head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: identity\r\n"
        head += "".join(f"{name}: {value}\r\n" for name, value in (headers or {}).items())
        if body:
            head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        async with self._room, asyncio.timeout(30):
            while self._idle:
                reader, writer = self._idle.pop()
                try:
                    return await self._told(reader, writer, head.encode() + b"\r\n" + body)
                except Closed:  # kept too long: the request is sent over another
                    continue
            reader, writer = await asyncio.open_connection("127.0.0.1", self._port, limit=1 << 22)
            return await self._told(reader, writer, head.encode() + b"\r\n" + body)

    async def _told(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> Heard:
        try:
            writer.write(request)
            try:
                said = await reader.readuntil(b"\r\n\r\n")
            except asyncio.IncompleteReadError as error:
                if error.partial:
                    raise
                raise Closed from error
            except ConnectionError as error:
                raise Closed from error
            fields = dict(line.lower().partition(b": ")[::2] for line in said.split(b"\r\n")[1:] if line)
            status = int(said[9:12])
            length = 0 if status in {204, 304} else int(fields[b"content-length"])
            heard = Heard(status, fields.get(b"etag", b""), await reader.readexactly(length) if length else b"")
        except BaseException:
            writer.close()
            raise
        if fields.get(b"connection") == b"close":
            writer.close()
        else:
            self._idle.append((reader, writer))
        return heard

    def ports(self) -> list[int]:
        """The ports of this machine from which its idle connections were made."""
        return [writer.get_extra_info("sockname")[1] for _, writer in self._idle]

    def close(self) -> None:
        for _, writer in self._idle:
            writer.close()


@dataclass
class Seen:
    """What the clients saw."""

    took: dict[str, list[float]] = field(default_factory=dict)
    wrong: Counter[str] = field(default_factory=Counter)
    writes: Counter[str] = field(default_factory=Counter)
    stale: list[float] = field(default_factory=list)
    """For every write the seconds from its acknowledgement to the last request that was answered as before it."""
    looks: int = 0

    def add(self, what: str, seconds: float) -> None:
        self.took.setdefault(what, []).append(seconds)

    def p(self, what: str, share: float) -> float:
        """A percentile, in milliseconds."""
        ordered = sorted(self.took.get(what, [0.0]))
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000


class Bench:
    """The load on both servers."""

    def __init__(self, ours: int, workers: list[int], theirs: int, token: str) -> None:
        self.seen = Seen()
        self._port, self._workers = ours, workers
        self._ours, self._theirs = Client(ours), Client(theirs)
        self._others, self._writes = Client(ours, 16), Client(ours, 4)
        self._auth = {"Authorization": f"Bearer {token}"}
        self._tags: dict[tuple[str, int], bytes] = {}
        self._saved: list[str] = []
        self._busy: set[str] = set()
        self._turn = 0

    async def prepare(self) -> None:
        """Asks every worker for every feed and page, as readers did the day before; saves the feeds to be changed."""
        met: dict[int, Client] = {}
        while len(met) < WORKERS:
            # Who is idle takes the connection, which may be the same worker many times.
            clients = [Client(self._port, 1) for _ in range(WORKERS)]
            await asyncio.gather(*(client.ask("/healthz") for client in clients))
            for client in clients:
                met.setdefault(holder(self._port, client.ports()[0], self._workers), client)

        async def meet(client: Client) -> None:
            for path in PAGES * 2:
                await client.ask(path)
            for number in range(1, FEEDS + 1):
                self._tags["plenary", number] = (await client.ask(path_of(number))).tag

        await asyncio.gather(*(meet(client) for client in met.values()))
        for number, heard in enumerate(
            await asyncio.gather(*(self._theirs.ask(path_of(number)) for number in range(1, FEEDS + 1))), 1
        ):
            self._tags["nginx", number] = heard.tag
        for number in range(SAVED):
            body = f'{{"feed": "resolution/A-RES-91-{number + 1}", "name": "First"}}'.encode()
            made = await self._writes.ask("/api/v1/subscriptions", self._auth, "POST", body)
            if made.status != 201:
                raise SystemExit(f"nothing can be saved: {made.status} {made.body[:300]!r}")
            self._saved.append(made.body.partition(b'"id":')[2].split(b'"')[1].decode())

    async def conditional(self, server: str, client: Client, number: int) -> None:
        began = time.monotonic()
        try:
            heard = await client.ask(path_of(number), {"If-None-Match": self._tags[server, number].decode()})
        except (OSError, ValueError, TimeoutError, asyncio.IncompleteReadError) as error:
            self.seen.wrong[f"{server}: {type(error).__name__}"] += 1
            return
        self.seen.add(server, time.monotonic() - began)
        if heard.status != 304:
            self.seen.wrong[f"{server}: {heard.status} for a feed that stands"] += 1

    async def page(self) -> None:
        path = random.choice(PAGES)
        began = time.monotonic()
        try:
            heard = await self._others.ask(path)
        except (OSError, ValueError, TimeoutError, KeyError, asyncio.IncompleteReadError) as error:
            self.seen.wrong[f"{path}: {type(error).__name__}"] += 1
            return
        self.seen.add("pages", time.monotonic() - began)
        if heard.status != 200:
            self.seen.wrong[f"{path}: {heard.status}"] += 1

    async def change(self) -> None:
        """Gives a saved feed another name, and looks for it in the feed."""
        free = [id_ for id_ in self._saved if id_ not in self._busy]
        if not free:
            self.seen.wrong["every saved feed is still being watched"] += 1
            return
        chosen, self._turn = random.choice(free), self._turn + 1
        self._busy.add(chosen)
        name, number = f"Turn{self._turn}x", self._saved.index(chosen) + 1
        began = time.monotonic()
        try:
            body = f'{{"feed": "resolution/A-RES-91-{number}", "name": "{name}"}}'.encode()
            heard = await self._writes.ask(f"/api/v1/subscriptions/{chosen}", self._auth, "PUT", body)
            if heard.status != 200:
                self.seen.wrong[f"write: {heard.status}"] += 1
                return
            self.seen.add("writes", time.monotonic() - began)
            self.seen.writes["saved feeds"] += 1
            await self.watch(f"/feeds/s/{chosen}.ics", name.encode(), time.monotonic())
        except (OSError, ValueError, TimeoutError, asyncio.IncompleteReadError) as error:
            self.seen.wrong[f"write: {type(error).__name__}"] += 1
        finally:
            self._busy.discard(chosen)

    async def watch(self, path: str, words: bytes, acknowledged: float) -> None:
        """Asks for a feed over fresh connections; how long after the acknowledgement it was last as before."""
        last = 0.0
        while (sent := time.monotonic()) < acknowledged + WATCHED:
            client = Client(self._port, 1)
            try:
                heard = await client.ask(path)
            except (OSError, ValueError, TimeoutError, asyncio.IncompleteReadError) as error:
                self.seen.wrong[f"reader: {type(error).__name__}"] += 1
                continue
            finally:
                client.close()
            self.seen.looks += 1
            if heard.status != 200:
                self.seen.wrong[f"reader: {heard.status}"] += 1
            elif words not in heard.body.replace(b"\r\n ", b""):
                last = max(last, sent - acknowledged)
            await asyncio.sleep(0.1)
        self.seen.stale.append(last)

    async def published(self, publisher: asyncio.subprocess.Process, turn: int) -> float | None:
        """Has the publisher publish; the moment at which it had, by the monotonic clock."""
        assert publisher.stdin
        assert publisher.stdout
        publisher.stdin.write(b"Hall %d\n" % turn)
        line = await publisher.stdout.readline()
        return float(line) if line else None

    async def publications(self, publisher: asyncio.subprocess.Process) -> None:
        """Has the publisher publish, and looks for what it published."""
        for turn in count(1):
            moment = await self.published(publisher, turn)
            if moment is None:
                self.seen.wrong["the publisher ended"] += 1
                return
            self.seen.writes["publications"] += 1
            await self.watch(path_of(FEEDS), b"State Hall %d" % turn, moment)
            await asyncio.sleep(max(0.1, EVERY - WATCHED))

    async def run(self) -> None:
        """The load, for SECONDS."""
        began, done, tasks = time.monotonic(), 0, set[asyncio.Task[None]]()
        while (now := time.monotonic()) < began + SECONDS:
            while done < (now - began) * RATE:
                done += 1
                lot = random.random()
                if lot < 0.95:
                    number = random.randint(1, FEEDS - 1)
                    both = [("plenary", self._ours), ("nginx", self._theirs)]
                    random.shuffle(both)
                    jobs = [self.conditional(name, client, number) for name, client in both]
                else:
                    jobs = [self.page() if lot < 0.99 else self.change()]
                for job in jobs:
                    task = asyncio.create_task(job)
                    tasks.add(task)
                    task.add_done_callback(tasks.discard)
            await asyncio.sleep(0.001)
        await asyncio.gather(*tasks)


def publish(url: str, folder: Path) -> None:
    """The publisher: for each line it reads, the title of an event is that line, in file and store; says when."""
    from datetime import UTC, datetime

    from app.services import sync
    from app.store import Store

    store = Store(url)
    for line in sys.stdin:
        _write(folder, FEEDS, f"State {line.strip()}")
        sync.load(store, folder, datetime.now(UTC))
        print(time.monotonic(), flush=True)


def _write(folder: Path, number: int, said: str = "") -> None:
    file = folder / f"A-RES-91-{number}.yaml"
    partial = file.with_suffix(".part")
    partial.write_text(write(schedule(f"A/RES/91/{number}", EVENTS, said)), "utf-8")
    partial.replace(file)


@asynccontextmanager
async def publishing(url: str, folder: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bench.load", "publish", url, str(folder), cwd=ROOT,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def measured(ours: int, workers: list[int], theirs: int, token: str, url: str, folder: Path) -> Seen:
    """What was seen of the load on the service, of these processes, and on nginx at these ports."""
    bench = Bench(ours, workers, theirs, token)
    async with publishing(url, folder) as publisher:
        await bench.published(publisher, 0)
        began = time.monotonic()
        await bench.prepare()
        print(f"every feed asked for of every worker within {time.monotonic() - began:.0f} s", flush=True)
        publications = asyncio.create_task(bench.publications(publisher))
        await bench.run()
        publications.cancel()
        with suppress(asyncio.CancelledError):
            await publications
    return bench.seen


def shown(seen: Seen) -> bool:
    """Prints the table; whether every goal was reached."""
    for what in ("plenary", "nginx", "pages", "writes"):
        times = [f"{seen.p(what, share):8.2f}" for share in (0.5, 0.99, 1.0)]
        print(
            f"{what:<10}{len(seen.took.get(what, [])):>8,} answers, ms: p50 {times[0]}  p99 {times[1]}  max {times[2]}"
        )
    print(f"writes: {dict(seen.writes)}, each watched for {WATCHED:g} s in {seen.looks:,} looks")
    print(f"wrong: {dict(seen.wrong)}")
    ratio, stale = seen.p("plenary", 0.99) / seen.p("nginx", 0.99), max(seen.stale, default=9.9)
    wrong = sum(seen.wrong.values())
    rows = (
        ("errors", f"{wrong}", "0", not wrong),
        (
            "stalest answer after a write",
            f"{stale:.2f} s",
            "<= 1 s",
            stale <= STALE and bool(seen.writes["publications"]),
        ),
        ("p99 of 304 beside nginx's", f"{ratio:.2f}", "<= 5", ratio <= TIMES),
    )
    for what, said, goal, good in rows:
        print(f"{what:<32}{said:>12}  goal {goal:<8} {'reached' if good else 'MISSED'}")
    return all(row[3] for row in rows)


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="plenary-load-"))
    folder.chmod(0o755)
    folder_of_server = folder / "run"
    folder_of_server.mkdir(mode=0o700)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder_of_server))
    from tests.faults.server import Server  # the server's package looks for a folder when it is imported

    (folder / "database").mkdir()
    database = Server(folder / "database")
    try:
        schedules = folder / "schedules"
        schedules.mkdir()
        for number in range(1, FEEDS + 1):
            _write(schedules, number)
        settings = {
            "PLENARY_DATABASE_URL": database.url(), "PLENARY_SCHEDULES": str(schedules), "PLENARY_RATE": "0",
            "PLENARY_BASE_URL": "https://calendar.example",
        }  # fmt: skip
        began = time.monotonic()
        with running(folder, ["--workers", str(WORKERS)], settings, ready="/readyz") as service:
            print(f"{FEEDS:,} schedules loaded and served after {time.monotonic() - began:.0f} s", flush=True)
            made = subprocess.run(
                [*PROGRAM, "token", "create", "bench", "--scope", "derive"], env={**os.environ, **settings}, cwd=ROOT,
                capture_output=True, text=True, check=True,
            )  # fmt: skip
            token = next(word for word in made.stdout.split() if word.startswith("plenary-"))
            files = {path_of(number): service.get(path_of(number), 60) for number in range(1, FEEDS + 1)}
            peer = nginx(folder, files)
            try:
                for pid in peer.processes():
                    os.sched_setaffinity(pid, range(os.cpu_count() or 1))
                peer.wait(quote(path_of(1)))
                for pid in peer.processes():
                    os.sched_setaffinity(pid, range(os.cpu_count() or 1))
                seen = asyncio.run(
                    measured(service.port, service.workers(), peer.port, token, database.url(), schedules)
                )
            finally:
                peer.stop()
            print(f"{SECONDS:g} s, {RATE:g} requests a second and as many questions to nginx, {WORKERS} workers")
            good = shown(seen)
    finally:
        database.stop()
        shutil.rmtree(folder, ignore_errors=True)
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    if sys.argv[1:2] == ["publish"]:
        publish(sys.argv[2], Path(sys.argv[3]))
    else:
        main()
