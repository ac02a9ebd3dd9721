"""Bounded work: places, deadlines, cancellation."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from threading import Event

import pytest

from app.errors import Overloaded, TooMany
from app.web.server.bounded_pool import BoundedPool, Checkpoint, WorkCancelledError


def waiting_for(event: Event) -> Callable[[Checkpoint], str]:
    def work(checkpoint: Checkpoint) -> str:
        while not event.wait(0.005):
            checkpoint()
        return "done"

    return work


def test_run_returns_the_result_and_raises_the_error() -> None:
    def broken(_: Checkpoint) -> str:
        raise LookupError("no such thing")

    async def steps() -> str:
        pool = BoundedPool("test", threads=1, queue_limit=1, seconds=5)
        with pytest.raises(LookupError):
            await pool.run(broken)
        return await pool.run(lambda _: "done")

    assert asyncio.run(steps()) == "done"


def test_submit_full_queue_is_overloaded() -> None:
    async def steps() -> None:
        go = Event()
        pool = BoundedPool("test", threads=1, queue_limit=2, seconds=5)
        jobs = [pool.submit(waiting_for(go)) for _ in range(3)]
        with pytest.raises(Overloaded) as caught:
            pool.submit(waiting_for(go))
        assert caught.value.after > 0
        unbounded = pool.submit(waiting_for(go), bounded=False)
        go.set()
        assert all([await job.wait(5) for job in (*jobs, unbounded)])
        assert pool.pending == 0

    asyncio.run(steps())


def test_submit_one_client_holds_its_places_only() -> None:
    async def steps() -> None:
        go = Event()
        pool = BoundedPool("test", threads=1, queue_limit=9, seconds=5, per_client=2)
        jobs = [pool.submit(waiting_for(go), client="192.0.2.1") for _ in range(2)]
        with pytest.raises(TooMany):
            pool.submit(waiting_for(go), client="192.0.2.1")
        jobs.append(pool.submit(waiting_for(go), client="192.0.2.2"))
        go.set()
        assert all([await job.wait(5) for job in jobs])
        assert await pool.run(waiting_for(go), "192.0.2.1") == "done"

    asyncio.run(steps())


def test_run_beyond_its_time_is_given_up() -> None:
    async def steps() -> float:
        pool = BoundedPool("test", threads=1, queue_limit=1, seconds=0.2)
        begun = time.monotonic()
        with pytest.raises(Overloaded):
            await pool.run(waiting_for(Event()))
        return time.monotonic() - begun

    assert asyncio.run(steps()) < 5


def test_job_that_nobody_waits_for_stops() -> None:
    async def steps() -> None:
        go = Event()
        pool = BoundedPool("test", threads=1, queue_limit=3, seconds=60)
        running, queued = pool.submit(waiting_for(go)), pool.submit(waiting_for(go))
        detached = pool.submit(waiting_for(go), detached=True)
        for job in (running, queued, detached):
            assert not await job.wait(0.01)
        assert (running.cancelled, queued.cancelled, detached.cancelled) == (True, True, False)
        go.set()
        assert await detached.wait(5)
        assert pool.pending == 0

    asyncio.run(steps())


def test_checkpoint_cancelled_raises() -> None:
    checkpoint = Checkpoint(60)
    checkpoint()
    checkpoint.cancel()
    with pytest.raises(WorkCancelledError):
        checkpoint()
