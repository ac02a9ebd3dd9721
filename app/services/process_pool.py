"""Many tasks over several processes, where a process that dies, or takes too long, costs its task and no more.

``concurrent.futures`` gives a whole pool up when one of its processes is killed; pebble replaces the process, names the
task that was lost, and bounds the time of each.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import Any, Final, TypeVar

from pebble import ProcessExpired, ProcessPool

Task = TypeVar("Task")
Answer = TypeVar("Answer")
TASK_SECONDS: Final = 300.0
"""Bound on one task: ten times what reading a document may take."""
_FINISH_SECONDS: Final = 10.0
"""Seconds that processes have to finish their tasks when the work is broken off."""
_AHEAD: Final = 4
"""Tasks handed out for each process: enough that none waits for the caller, few enough that answers do not pile up."""


def _ignore_interrupts() -> None:
    # An interrupt from the terminal reaches every process; the caller lets the others finish their tasks.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def map_in_processes(
    work: Callable[[Task], Answer],
    tasks: Sequence[Task],
    workers: int,
    on_crash: Callable[[Task, int], Answer],
    *,
    seconds: float = TASK_SECONDS,
) -> Iterator[Answer]:
    """Yield the answer of ``work`` to each task, in order of the tasks, by so many processes.

    ``work`` is a module's function; it and the tasks can be pickled. ``on_crash`` gives the answer to a task whose
    process ended (with its exit code: minus the signal), SIGKILL for one that took more than ``seconds``. When the
    caller stops iterating, processes finish the tasks that they have begun.
    """
    if not tasks:
        return
    started = multiprocessing.get_all_start_methods()
    context: Any = multiprocessing.get_context("forkserver" if "forkserver" in started else "spawn")
    if "forkserver" in started:
        context.set_forkserver_preload([work.__module__])
    pool: Any = ProcessPool(
        min(workers, len(tasks)), initializer=_ignore_interrupts, context=context
    )  # close and stop have no types
    waiting = iter(tasks)
    running: deque[tuple[Task, Any]] = deque()
    try:
        while True:
            while len(running) < _AHEAD * workers:
                try:
                    task = next(waiting)
                except StopIteration:
                    break
                running.append((task, pool.schedule(work, args=[task], timeout=seconds)))
            if not running:
                return
            task, future = running[0]
            try:
                answer = future.result()
            except ProcessExpired as error:
                answer = on_crash(task, error.exitcode)
            except TimeoutError:
                answer = on_crash(task, -signal.SIGKILL)
            running.popleft()
            yield answer
    finally:
        for _, future in running:
            if not future.running():
                future.cancel()
        pool.close()
        with suppress(TimeoutError):
            pool.join(_FINISH_SECONDS)
        pool.stop()
        pool.join()
