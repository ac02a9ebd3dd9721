"""Two workers on one PostgreSQL: started at once, telling the same, a second after anybody changed it."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from datetime import timedelta
from pathlib import Path

from app.store import Store
from tests.store.samples import ALL, NOON, load


def revision(port: int) -> int:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=10) as answer:
        found = re.search(rb'"revision":(\d+)', answer.read())
    assert found is not None
    return int(found[1])


def test_workers_show_a_change_within_a_second(postgresql: str, tmp_path: Path) -> None:
    (tmp_path / "schedules").mkdir()
    line = [sys.executable, "-c", "from app.cli import main; main()", "serve", "--port", "0", "--workers", "2"]
    environment = {
        **os.environ,
        "PLENARY_DATABASE_URL": postgresql,
        "PLENARY_SCHEDULES": str(tmp_path / "schedules"),
        "PLENARY_LOG_FORMAT": "text",
    }
    with subprocess.Popen(line, env=environment, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stderr is not None
            said = server.stderr.readline()
            found = re.search(r"http://127\.0\.0\.1:(\d+)", said)
            assert found is not None, said
            port, started = int(found[1]), 0
            while started < 2:
                started += "startup complete" in server.stderr.readline()
            store = Store(postgresql)
            before = revision(port)
            for turn in range(1, 3):
                load(store, ALL[:turn], NOON + timedelta(turn))
                time.sleep(1)
                assert {revision(port) for _ in range(30)} == {before + turn}
            store.close()
        finally:
            server.send_signal(signal.SIGTERM)
        assert server.wait(60) == 0
