"""The servers as their users start them, each pinned to the same processor."""

from __future__ import annotations

import gzip
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import httpx

SERVER_CORE, LOAD_CORE = 0, 1
PATIENCE = 120.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """A process with everything it started, on one processor; ``log`` is where it says what is wrong."""

    def __init__(self, name: str, command: list[str], port: int, log: Path, environment: Mapping[str, str]) -> None:
        self.name, self.port, self._log = name, port, log
        with log.open("wb") as stream:
            self._process = subprocess.Popen(
                ["taskset", "-c", str(SERVER_CORE), *command],
                env={**os.environ, **environment},
                stdout=stream,
                stderr=subprocess.STDOUT,
            )

    def wait(self, path: str) -> None:
        """Returns when the server answers."""
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                if httpx.get(f"http://127.0.0.1:{self.port}{path}").status_code < 500:
                    return
            except httpx.TransportError:
                pass
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise SystemExit(f"{self.name} does not start: {self._log.read_text()[-2000:]}")
            time.sleep(0.05)

    def processes(self) -> list[int]:
        """The process and its children, however deep."""
        found, fresh = [], [self._process.pid]
        while fresh:
            pid = fresh.pop()
            found.append(pid)
            for task in Path(f"/proc/{pid}/task").glob("*/children"):
                fresh += [int(child) for child in task.read_text().split()]
        return found

    def spent(self) -> float:
        """Processor seconds used so far, those of the kernel and of threads that have ended included."""
        ticks = 0
        for pid in self.processes():
            # After the name in brackets, which may hold blanks: fields 14 and 15 of proc(5), user and kernel ticks.
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def stop(self) -> None:
        """Ends it."""
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()


def plenary(folder: Path, url: str) -> Server:
    """``plenary serve`` over the store at ``url``."""
    port = free_port()
    environment = {
        "PLENARY_DATABASE_URL": url,
        "PLENARY_SCHEDULES": str(folder / "schedules"),
        "PLENARY_BASE_URL": f"http://127.0.0.1:{port}",
        "PLENARY_CACHE_MB": "256",
    }
    command = [str(Path(sys.executable).parent / "plenary"), "serve", "--port", str(port)]
    return Server("plenary", command, port, folder / "plenary.log", environment)


def nginx(folder: Path, files: Mapping[str, bytes]) -> Server:
    """nginx with one worker, serving ``files`` by path, and their gzip forms stored beside them."""
    port, root = free_port(), folder / "root"
    for path, data in files.items():
        place = root / path.lstrip("/")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
        Path(f"{place}.gz").write_bytes(gzip.compress(data, 6, mtime=0))
    # Its worker may have no right to read a temporary folder of root's.
    for place in (folder, root, *root.rglob("*")):
        place.chmod(0o755 if place.is_dir() else 0o644)
    settings = folder / "nginx.conf"
    settings.write_text(
        f"worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/nginx.error; daemon off;\n"
        "events { worker_connections 256; }\n"
        "http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000; gzip_static on;\n"
        "  open_file_cache max=100; types { text/calendar ics; } gzip_vary on;\n"
        f"  server {{ listen 127.0.0.1:{port}; root {root}; add_header Cache-Control 'public, max-age=60'; }} }}\n"
    )
    command = [shutil.which("nginx") or "/usr/sbin/nginx", "-c", str(settings), "-e", str(folder / "nginx.error")]
    return Server("nginx", command, port, folder / "nginx.log", {})


def radicale(folder: Path, calendar: bytes) -> Server:
    """Radicale without passwords, with ``calendar`` as its collection ``/bench/feed/``."""
    port = free_port()
    settings = folder / "radicale.conf"
    settings.write_text(
        f"[server]\nhosts = 127.0.0.1:{port}\nmax_content_length = 100000000\n[auth]\ntype = none\n"
        f"[rights]\ntype = authenticated\n[storage]\nfilesystem_folder = {folder / 'collections'}\n"
        "[logging]\nlevel = error\n[web]\ntype = none\n"
    )
    command = [sys.executable, "-m", "radicale", "--config", str(settings)]
    server = Server("radicale", command, port, folder / "radicale.log", {})
    server.wait("/")
    answer = httpx.put(
        f"http://127.0.0.1:{port}/bench/feed/",
        content=calendar,
        headers={"content-type": "text/calendar; charset=utf-8"},
        auth=("bench", "bench"),
        timeout=PATIENCE,
    )
    if answer.status_code >= 300:
        server.stop()
        raise SystemExit(f"radicale takes no calendar: {answer.status_code} {answer.text[:200]}")
    return server
