"""The supervisor of workers, with workers that hang."""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from uvicorn.supervisors.multiprocess import SIGNALS

from app.cli import supervisor
from app.cli.supervisor import Supervisor
from app.settings import SHARED_METRICS

PLAIN = """
async def app(scope, receive, send):
    if scope["type"] == "lifespan":
        await receive()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await send({"type": "lifespan.shutdown.complete"})
"""


@pytest.fixture
def supervised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Supervisor]:
    """Two workers that have started."""
    (tmp_path / "plain.py").write_text(PLAIN)
    monkeypatch.syspath_prepend(tmp_path)
    before = {number: signal.getsignal(number) for number in SIGNALS}
    with socket.create_server(("127.0.0.1", 0)) as listener:
        made = Supervisor(uvicorn.Config("plain:app", workers=2, log_config=None), [listener])
        made.init_processes()
        try:
            assert ready(made)
            yield made
        finally:
            for worker in made.processes:
                worker.process.kill()
                worker.process.join()
            for number, handler in before.items():
                signal.signal(number, handler)


def stop(pid: int) -> None:
    """Stops a process, whose threads are stopped when this returns."""
    os.kill(pid, signal.SIGSTOP)
    while any(
        task.read_text().rpartition(")")[2].split()[0] != "T" for task in Path(f"/proc/{pid}/task").glob("*/stat")
    ):
        time.sleep(0.01)


def ready(made: Supervisor) -> bool:
    return all(worker.wait_until_ready(30) for worker in made.processes)


def pids(made: Supervisor) -> list[int]:
    return [worker.pid or 0 for worker in made.processes]


def test_workers_that_answer_are_kept(supervised: Supervisor) -> None:
    before = pids(supervised)
    supervised.keep_subprocess_alive()
    supervised.keep_subprocess_alive()
    assert pids(supervised) == before


def test_a_worker_that_is_killed_while_it_is_asked_is_replaced(supervised: Supervisor) -> None:
    supervised.keep_subprocess_alive()
    first, second = pids(supervised)
    stop(first)
    supervised.processes[0].parent_conn.send(b"ping")
    os.kill(first, signal.SIGKILL)
    began = time.monotonic()
    supervised.keep_subprocess_alive()
    assert time.monotonic() - began < 5
    assert pids(supervised)[0] != first
    assert pids(supervised)[1] == second
    assert ready(supervised)


def test_a_worker_that_is_silent_too_long_is_replaced(supervised: Supervisor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "SILENT_SECONDS", 1)
    first, second = pids(supervised)
    stop(first)
    supervised.keep_subprocess_alive()
    assert pids(supervised)[0] != first
    assert pids(supervised)[1] == second
    assert ready(supervised)


def test_a_worker_that_ended_says_nothing_of_its_state_any_more(
    supervised: Supervisor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SHARED_METRICS, str(tmp_path / "metrics"))
    supervised.keep_subprocess_alive()
    first, second = pids(supervised)
    (tmp_path / "metrics").mkdir()
    names = [f"{kind}_{pid}.db" for kind in ("counter", "gauge_livesum", "gauge_livemax") for pid in (first, second)]
    for name in names:
        (tmp_path / "metrics" / name).touch()
    os.kill(first, signal.SIGKILL)
    while first in pids(supervised):
        supervised.keep_subprocess_alive()
    left = {path.name for path in (tmp_path / "metrics").iterdir()}
    assert left == set(names) - {f"gauge_livesum_{first}.db", f"gauge_livemax_{first}.db"}


def test_a_signal_is_heard_while_a_worker_is_silent(supervised: Supervisor) -> None:
    before = pids(supervised)
    stop(before[0])
    signal.raise_signal(signal.SIGTERM)
    began = time.monotonic()
    supervised.keep_subprocess_alive()
    supervised.handle_signals()
    supervised.keep_subprocess_alive()
    assert time.monotonic() - began < 5
    assert supervised.should_exit.is_set()
    assert pids(supervised) == before


def test_a_worker_that_does_not_end_is_killed(supervised: Supervisor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "_STOP_SECONDS", 3)
    stop(pids(supervised)[0])
    supervised.terminate_all()
    supervised.join_all()
    assert [worker.exitcode for worker in supervised.processes] == [-signal.SIGKILL, -signal.SIGTERM]
