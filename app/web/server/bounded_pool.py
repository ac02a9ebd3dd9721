"""Bounded background work: a few threads, a queue with a limit, a deadline, and an end when nobody waits.

What strangers can cause to be computed runs here and never on the event loop. Threads cannot be stopped from outside,
so the work calls a checkpoint between steps, which raises once it is cancelled or past its deadline.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Lock
from time import monotonic
from typing import Final, Generic, TypeVar

from app.errors import Overloaded, TooMany, message

Result = TypeVar("Result")
RETRY_AFTER: Final = 5
"""Seconds after which a client that was turned away should come back: as long as a queue takes to drain."""


class WorkCancelledError(Exception):
    """The end of work at a checkpoint: nobody waits for it any more, or its time is over."""


class Checkpoint:
    """A callable for the steps of a piece of work: raises WorkCancelledError to stop it.

    Thread-safe.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._deadline: float | None = None
        self._cancelled = Event()

    def __call__(self) -> None:
        """Return while the work may go on."""
        if self._deadline is None:  # the first step: time in the queue does not count
            self._deadline = monotonic() + self._seconds
        if self._cancelled.is_set() or monotonic() > self._deadline:
            raise WorkCancelledError

    def cancel(self) -> None:
        """Stop the work at its next checkpoint."""
        self._cancelled.set()


class Job(Generic[Result]):
    """A piece of work under way.

    It is cancelled when its last waiter leaves, unless it is ``detached``.
    """

    def __init__(self, future: asyncio.Future[Result], checkpoint: Checkpoint, *, detached: bool) -> None:
        self.future = future
        self._checkpoint = checkpoint
        self._detached = detached
        self._waiters = 0
        self.cancelled = False

    async def wait(self, timeout: float) -> bool:
        """Wait at most ``timeout`` seconds; return whether the work is done.

        Leaving early ends work that nobody else waits for.
        """
        self._waiters += 1
        try:
            done, _ = await asyncio.wait({self.future}, timeout=timeout)
            return bool(done)
        finally:
            self._waiters -= 1
            if not self._waiters and not self._detached and not self.future.done():
                self.cancelled = True
                self._checkpoint.cancel()
                self.future.cancel()


class BoundedPool:
    """A pool of ``threads`` threads with a bounded queue.

    At most ``queue_limit`` pieces of work wait, each runs at most ``seconds``; ``per_client`` bounds how many of these
    places one client may hold.
    """

    def __init__(
        self, name: str, *, threads: int, queue_limit: int, seconds: float, per_client: int | None = None
    ) -> None:
        self._executor = ThreadPoolExecutor(threads, name)
        self._limit = threads + queue_limit
        self._per_client = per_client
        self._seconds = seconds
        self._name = name
        self._lock = Lock()
        self._clients: Counter[str] = Counter()
        self.pending = 0
        """Pieces of work that run or wait, also cancelled ones that have not reached a checkpoint yet."""

    def submit(
        self, work: Callable[[Checkpoint], Result], *, client: str = "", detached: bool = False, bounded: bool = True
    ) -> Job[Result]:
        """Start ``work``; work that is not ``bounded`` is always taken.

        Raises Overloaded where the queue is full, TooMany where ``client`` holds too many places.
        """
        if client and self._per_client is not None and self._clients[client] >= self._per_client:
            raise TooMany(
                message("too much work of this address is under way"),
                where=self._name,
                hint=message("try again"),
                after=RETRY_AFTER,
            )
        if bounded and self.pending >= self._limit:
            raise Overloaded(
                message("too much work is waiting"), where=self._name, hint=message("try again"),
                after=RETRY_AFTER,
            )  # fmt: skip
        checkpoint = Checkpoint(self._seconds)
        with self._lock:
            self.pending += 1
            self._clients[client] += 1

        def run() -> Result:
            checkpoint()
            return work(checkpoint)

        submitted = self._executor.submit(run)
        submitted.add_done_callback(lambda _: self._finished(client))
        future = asyncio.wrap_future(submitted)
        # A result that nobody fetches any more, an error included, is nothing to warn of.
        future.add_done_callback(lambda done: done.cancelled() or done.exception())
        return Job(future, checkpoint, detached=detached)

    async def run(self, work: Callable[[Checkpoint], Result], client: str = "") -> Result:
        """Return the result of ``work``.

        Raises Overloaded where the queue is full or the time is over, and TooMany.
        """
        job = self.submit(work, client=client)
        try:
            if await job.wait(self._seconds):
                return job.future.result()
        except WorkCancelledError:
            pass
        raise Overloaded(
            message("the work took more than {seconds} seconds", seconds=f"{self._seconds:g}"),
            where=self._name,
            hint=message("send less at once"),
            after=RETRY_AFTER,
        )

    def _finished(self, client: str) -> None:
        with self._lock:
            self.pending -= 1
            self._clients[client] -= 1
            if not self._clients[client]:
                del self._clients[client]

    def close(self) -> None:
        """End the threads; waiting work is dropped, running work ends by itself."""
        self._executor.shutdown(wait=False, cancel_futures=True)
