"""The service as a user starts it, for clients that come by HTTP."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).parents[2]
PATIENCE = 30.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running service over the schedules of this checkout."""
    folder, port = tmp_path_factory.mktemp("service"), free_port()
    base = f"http://127.0.0.1:{port}"
    settings = {
        "PLENARY_DATABASE_URL": f"sqlite:///{folder / 'plenary.sqlite'}",
        "PLENARY_SCHEDULES": str(ROOT / "schedules"),
        "PLENARY_BASE_URL": base,
    }
    log = (folder / "log").open("wb")
    process = subprocess.Popen(
        [str(Path(sys.executable).parent / "plenary"), "serve", "--port", str(port)],
        cwd=ROOT,
        env={**os.environ, **settings},
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            if httpx.get(f"{base}/readyz").status_code == 200:
                break
        except httpx.TransportError:
            pass
        assert process.poll() is None, (folder / "log").read_text()
        assert time.monotonic() < deadline, (folder / "log").read_text()
        time.sleep(0.05)
    yield base
    process.terminate()
    assert process.wait(10) is not None
    log.close()
