"""The folder of schedules is watched: what changed is loaded, and no fault ends the watch."""

from __future__ import annotations

import time
from collections.abc import Callable

from app.errors import ScheduleError
from app.web.server.schedule_watcher import ScheduleWatcher


def until(condition: Callable[[], bool]) -> bool:
    limit = time.monotonic() + 10
    while not condition() and time.monotonic() < limit:
        time.sleep(0.005)
    return condition()


def test_watcher_loads_each_settled_change_once() -> None:
    state, loads = ["a"], []
    watcher = ScheduleWatcher(lambda: state[0], lambda: loads.append(state[0]), interval=0.01)
    watcher.start()
    assert until(lambda: loads == ["a"])
    state[0] = ""  # a file is being written
    time.sleep(0.1)
    assert loads == ["a"]
    state[0] = "b"
    assert until(lambda: loads == ["a", "b"])
    time.sleep(0.1)
    watcher.stop()
    assert loads == ["a", "b"]


def test_watcher_trigger_loads_without_a_change() -> None:
    loads: list[int] = []
    watcher = ScheduleWatcher(lambda: "a", lambda: loads.append(1), interval=3600)
    watcher.start()
    assert until(lambda: len(loads) == 1)
    watcher.trigger()
    assert until(lambda: len(loads) == 2)
    watcher.stop()


def test_watcher_failed_load_is_tried_again() -> None:
    faults: list[Exception] = [ScheduleError("wrong"), OverflowError("date value out of range")]
    loads: list[int] = []

    def load() -> None:
        if faults:
            raise faults.pop(0)
        loads.append(1)

    watcher = ScheduleWatcher(lambda: "a", load, interval=0.01)
    watcher.start()
    assert until(lambda: loads == [1])
    watcher.stop()
