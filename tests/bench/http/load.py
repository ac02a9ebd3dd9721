"""The load: wrk on a processor of its own, and what a server spent on answering it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.bench.http.servers import LOAD_CORE, Server

CONNECTIONS = 16
_TALLY = Path(__file__).with_name("tally.lua")


@dataclass(frozen=True)
class Asked:
    """A request, and what its answer has to be: the status and the length of the body as it is sent."""

    path: str
    headers: Mapping[str, str]
    status: int
    length: int | None = None

    def check(self, server: Server) -> None:
        """Fails where the server answers otherwise."""
        with httpx.Client(base_url=f"http://127.0.0.1:{server.port}", timeout=60) as client:
            request = client.build_request("GET", self.path, headers={"accept-encoding": "identity", **self.headers})
            answer = client.send(request, stream=True)
            sent = b"".join(answer.iter_raw())
            answer.close()
        if (answer.status_code, self.length) != (self.status, self.length and len(sent)):
            raise SystemExit(f"{server.name} {self.path}: {answer.status_code}, {len(sent)} bytes, not {self}")


@dataclass(frozen=True)
class Taken:
    """What a run took: requests, those of them that failed, seconds of the server's processor, latencies in ms."""

    requests: int
    failed: int
    spent: float
    wall: float
    p50: float
    p99: float

    @property
    def rate(self) -> float:
        """Requests a second of the server's processor."""
        return self.requests / self.spent


def wrk(server: Server, asked: Asked, seconds: float, script: Path = _TALLY, *arguments: str) -> Taken:
    """Asks for so many seconds, over connections that are kept."""
    command = ["taskset", "-c", str(LOAD_CORE), "wrk", "-t1", f"-c{CONNECTIONS}", f"-d{max(1, round(seconds))}s"]
    command += ["--timeout", "30s", "-s", str(script)]
    for name, value in asked.headers.items():
        command += ["-H", f"{name}: {value}"]
    before = server.spent()
    done = subprocess.run(
        [*command, f"http://127.0.0.1:{server.port}{asked.path}", "--", *arguments],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    spent = server.spent() - before
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode or not lines:
        raise SystemExit(f"wrk: {done.stdout}{done.stderr}")
    said = json.loads(lines[-1])
    # Whatever is no 2xx or 3xx is counted by wrk itself.
    return Taken(said["requests"], said["failed"], spent, said["wall"], said["p50"], said["p99"])
