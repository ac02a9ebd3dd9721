"""Many tasks over several processes, where the end of one process costs one task and no more.

``concurrent.futures`` gives a whole pool up when one of its processes is killed. Here each process has one task at a
time; the one that was lost with its process is said to be, and another process takes the next.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, TypeVar

Task = TypeVar("Task")
Answer = TypeVar("Answer")
_PATIENCE = 10.0
"""Seconds that processes have to finish what they are at when the work is broken off."""


class _Hand(Generic[Task, Answer]):
    """One process and the place of the task that it has."""

    def __init__(self, context: Any, work: Callable[[Task], Answer]) -> None:
        self.ours, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs, work), daemon=True)
        self.process.start()
        theirs.close()
        self.place: int | None = None

    def give(self, place: int, task: Task) -> bool:
        """Hand it a task; False where it is gone already."""
        self.place = place
        try:
            self.ours.send(task)
        except OSError:
            return False
        return True


def _serve(theirs: Connection, work: Callable[[Task], Answer]) -> None:
    # An interrupt from the terminal reaches every process; the one who asked then lets the others finish.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(EOFError, OSError):
        while True:
            theirs.send(work(theirs.recv()))


def spread(
    work: Callable[[Task], Answer], tasks: Sequence[Task], workers: int, lost: Callable[[Task, int], Answer]
) -> Iterator[Answer]:
    """What ``work`` answers to each of ``tasks``, in their order, by so many processes.

    ``work`` is a module's function, and it and the tasks can be pickled. ``lost`` gives the answer to a task whose
    process ended (with its exit code: minus the signal). When the caller stops asking, processes finish their task.
    """
    started = multiprocessing.get_all_start_methods()
    context: Any = multiprocessing.get_context("forkserver" if "forkserver" in started else "spawn")
    if "forkserver" in started:
        context.set_forkserver_preload([work.__module__])
    hands: list[_Hand[Task, Answer]] = []
    waiting = iter(enumerate(tasks))
    answers: dict[int, Answer] = {}
    due = 0

    def scan(hand: _Hand[Task, Answer]) -> None:
        """Give ``hand``, or another in its place, the next task."""
        while (following := next(waiting, None)) is not None:
            if hand.give(*following):
                return
            answers[following[0]] = lost(following[1], _end(hand))
            hands.remove(hand)
            hand = _Hand(context, work)
            hands.append(hand)
        hand.place = None

    try:
        for _ in range(min(workers, len(tasks))):
            hand: _Hand[Task, Answer] = _Hand(context, work)
            hands.append(hand)
            scan(hand)
        while due < len(tasks):
            busy = {hand.ours: hand for hand in hands if hand.place is not None}
            for ready in wait(list(busy)) if due not in answers else ():
                hand = busy[ready]
                place = hand.place
                if place is None:
                    continue
                try:
                    answers[place] = hand.ours.recv()
                except (EOFError, OSError):
                    answers[place] = lost(tasks[place], _end(hand))
                    hands.remove(hand)
                    hand = _Hand(context, work)
                    hands.append(hand)
                scan(hand)
            while due in answers:
                yield answers.pop(due)
                due += 1
    finally:
        for hand in hands:
            hand.ours.close()
        for hand in hands:
            hand.process.join(_PATIENCE)
            _end(hand)


def _end(hand: _Hand[Task, Answer]) -> int:
    """The process ended, by force where it still runs; its exit code."""
    hand.process.join(0.5)
    if hand.process.is_alive():
        hand.process.kill()
        hand.process.join()
    hand.ours.close()
    return hand.process.exitcode or 0
