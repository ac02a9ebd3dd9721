"""A real `plenary serve` for tests, and clients that speak to it byte by byte."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
FEED = "/feeds/resolution/A-RES-72-251.ics"
PROGRAM = (sys.executable, "-c", "from app.cli import main; main()")


@dataclass
class Service:
    """A service that runs; ``log`` is the file of its standard error."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path

    def get(self, path: str, timeout: float = 10) -> bytes:
        """The body of an answer with status 200."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=timeout) as answer:
            body: bytes = answer.read()
            return body

    def wait(self, path: str = "/healthz", seconds: float = 60) -> None:
        """Until the service answers."""
        limit = time.monotonic() + seconds
        while True:
            try:
                self.get(path, 5)
                return
            except OSError:
                assert self.process.poll() is None, self.log.read_text()
                assert time.monotonic() < limit, self.log.read_text()
                time.sleep(0.05)

    def meet(self, path: str, count: int, seconds: float = 60) -> None:
        """Asks for ``path`` until each of ``count`` workers has given it; who is idle takes a connection."""
        met: set[int] = set()
        limit = time.monotonic() + seconds
        while len(met) < count:
            assert time.monotonic() < limit, f"{len(met)} of {count} workers answered"
            with ExitStack() as stack:
                clients = [
                    stack.enter_context(closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)))
                    for _ in range(4)
                ]
                for client in clients:
                    client.request("GET", path)
                for client in clients:
                    answer = client.getresponse()
                    answer.read()
                    assert answer.status == 200
                    met.add(holder(self.port, client.sock.getsockname()[1], self.workers()))

    def workers(self) -> list[int]:
        """The processes that answer, where there are several."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return [int(child) for child in children if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()]


def holder(port: int, client: int, processes: list[int]) -> int:
    """Which of the processes holds the other end of a connection from ``client`` to ``port``."""
    rows = (line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:])
    inode = next(row[9] for row in rows if (int(row[1][-4:], 16), int(row[2][-4:], 16)) == (port, client))
    for pid in processes:
        for number in Path(f"/proc/{pid}/fd").iterdir():
            with suppress(OSError):
                if number.readlink().name == f"socket:[{inode}]":
                    return pid
    raise LookupError(f"nobody holds the connection from {client} to {port}")


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def running(
    folder: Path,
    arguments: Sequence[str] = (),
    settings: Mapping[str, str] | None = None,
    command: Sequence[str] = PROGRAM,
    ready: str = "/healthz",
) -> Iterator[Service]:
    """A service with its store in ``folder``; ended, and its children with it, at the end."""
    port = free_port()
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PLENARY_DATABASE_URL": f"sqlite:///{folder}/plenary.sqlite",
        "PLENARY_SCHEDULES": str(ROOT / "schedules"),
        **(settings or {}),
    }
    log = folder / f"serve-{port}.log"
    with log.open("wb") as stream:
        process = subprocess.Popen(
            [*command, "serve", "--port", str(port), *arguments],
            cwd=folder, env=environment, stderr=stream, stdout=stream, start_new_session=True,
        )  # fmt: skip
    service = Service(process, port, log)
    try:
        service.wait(ready)
        yield service
    finally:
        try:
            process.terminate()
            process.wait(30)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, 9)


def talk(port: int, *parts: bytes, pause: float = 0.0, patience: float = 5.0) -> bytes:
    """What the service says to ``parts`` until it closes or is silent for ``patience`` seconds.

    What it has said already is read between the parts: a reset would take that away.
    """
    with socket.create_connection(("127.0.0.1", port), timeout=patience) as client:
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        heard = b""
        try:
            for part in parts:
                client.sendall(part)
                time.sleep(pause)
                with suppress(BlockingIOError):
                    heard += client.recv(65536, socket.MSG_DONTWAIT)
            while more := client.recv(65536):
                heard += more
        except (TimeoutError, ConnectionResetError, BrokenPipeError):
            pass
        return heard


class Load:
    """Clients that ask without pause, each on a connection of its own for every request; counts what they got."""

    def __init__(self, port: int, clients: int = 4) -> None:
        self.statuses: list[int] = []
        self.failures: list[str] = []
        self._stop = threading.Event()
        self._port = port
        self._threads = [threading.Thread(target=self._ask, daemon=True) for _ in range(clients)]

    def _ask(self) -> None:
        request = f"GET {FEED} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode()
        while not self._stop.is_set():
            try:
                with socket.create_connection(("127.0.0.1", self._port), timeout=20) as client:
                    client.sendall(request)
                    heard = b""
                    while more := client.recv(65536):
                        heard += more
                head, _, body = heard.partition(b"\r\n\r\n")
                length = int(head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0] or -1)
                if length != len(body):
                    self.failures.append(f"{len(body)} of {length} bytes: {head[:40]!r}")
                self.statuses.append(int(head[9:12]))
            except (OSError, ValueError) as error:
                self.failures.append(repr(error))

    def __enter__(self) -> Load:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(30)
