"""What is done to PostgreSQL while the service runs on it."""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from tests.faults.bench import Row, hall, place, serving, shows, status, told

if TYPE_CHECKING:
    from tests.faults.server import Server


class Proxy:
    """A TCP proxy before the database that can delay what passes, cut it, and refuse."""

    def __init__(self, target: tuple[str, int]) -> None:
        self._target = target
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self.delay = 0.0
        self.refuses = False
        self._open: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            if self.refuses:
                client.close()
                continue
            try:
                server = socket.create_connection(self._target, timeout=5)
            except OSError:
                client.close()
                continue
            self._open += [client, server]
            for one, other in ((client, server), (server, client)):
                threading.Thread(target=self._pass, args=(one, other), daemon=True).start()

    def _pass(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(65536):
                if self.delay:
                    time.sleep(self.delay)
                other.sendall(data)
        for end in (one, other):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def cut(self) -> None:
        """Ends every connection as it is."""
        for end in self._open:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        self._open.clear()

    def close(self) -> None:
        self._listener.close()
        self.cut()


@contextmanager
def postgresql() -> Iterator[Server]:
    """A PostgreSQL of our own on a TCP port: its address, and what starts and kills it."""
    folder = Path(tempfile.mkdtemp(prefix="plenary-faults-"))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    from tests.faults.server import Server  # looks for a folder when it is imported

    server = Server(folder)
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def slow_and_broken_database(folder: Path) -> Row:
    with postgresql() as server:
        proxy = Proxy(("127.0.0.1", server.port))
        at = place(folder, server.url(proxy.port))
        with serving(at, ["--workers", "2"]) as (service, reader):
            proxy.delay = 1.0
            time.sleep(3)
            slow = reader.slowest
            proxy.delay = 0.0
            for _ in range(3):
                proxy.cut()
                time.sleep(0.7)
            proxy.refuses = True
            proxy.cut()
            time.sleep(2)
            ready = status(service.port, "/readyz")
            proxy.refuses = False
            at.change(1)
            loaded = at.load()
            back = shows(service, b"LOCATION:Hall 1", 20)
        row = told(
            at, [reader], "PostgreSQL a second slow each way, its connections cut, then gone for 2 s", "by itself",
            back, seen=f"slowest feed while slow {slow:.1f} s, /readyz {ready}",
            good=ready == 503 and loaded == 0 and slow < 1.5,
        )  # fmt: skip
        proxy.close()
    return row


def database_killed(folder: Path) -> Row:
    with postgresql() as server:
        at = place(folder, server.url())
        acknowledged = lost = broken = 0
        with serving(at, ["--workers", "2"]) as (service, reader):
            for turn in range(3):
                # One write that is acknowledged, and one under way when the server is killed.
                at.change(100 + turn)
                assert at.load() == 0
                acknowledged += 1
                at.change(turn)
                result: list[int] = []
                loading = threading.Thread(target=lambda result=result: result.append(at.load()))
                loading.start()
                if turn:
                    time.sleep(0.5 * turn)
                server.kill()
                loading.join()
                server.start()
                # The acknowledged one stands unless the later one was acknowledged, too, or had just been committed.
                kept = hall(at)
                acknowledged += result == [0]
                broken += result != [0]
                lost += kept != f"Hall {turn}" and (result == [0] or kept != f"Hall {100 + turn}")
            ended = at.load()
            back = shows(service, b"LOCATION:Hall 2", 20)
        return told(
            at, [reader], "kill -9 of PostgreSQL during 3 writes, each after one that was acknowledged",
            "by itself: the next load", back,
            seen=f"{acknowledged} writes acknowledged, {lost} of them lost, {broken} broken off",
            good=ended == 0 and hall(at) == "Hall 2" and not lost and broken > 0,
        )  # fmt: skip
