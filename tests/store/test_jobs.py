"""The record of jobs: their states, and what is handed to the engine with them."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from app.store import Job, Store

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)


class Queue:
    """What was handed to the engine."""

    def __init__(self) -> None:
        self.handed: list[tuple[str, str]] = []

    def __call__(self, _connection: sa.Connection, id_: str, kind: str) -> None:
        self.handed.append((id_, kind))


def test_job_runs_from_queued_to_done(store: Store) -> None:
    queue = Queue()
    added = store.jobs.add("a", "derive", NOON, queue, given={"symbol": "é"})
    assert added == Job("a", "derive", "queued", 0, "queued", {}, None, {"symbol": "é"}, None, NOON, None)
    begun = store.jobs.begin("a")
    assert begun is not None
    assert (begun.state, begun.over) == ("running", False)
    store.jobs.advance("a", 40, "reading")
    advanced = store.jobs.get("a")
    assert advanced is not None
    assert (advanced.progress, advanced.stage) == (40, "reading")
    store.jobs.finish("a", LATER)
    done = store.jobs.get("a")
    assert done == Job("a", "derive", "done", 100, "done", {}, None, {"symbol": "é"}, None, NOON, LATER)
    assert (done.over, store.jobs.begin("a"), queue.handed) == (True, None, [("a", "derive")])


def test_failed_job_keeps_its_error_and_is_queued_again(store: Store) -> None:
    queue = Queue()
    store.jobs.add("a", "fetch", NOON, queue)
    store.jobs.requeue("a", NOON, queue)
    assert queue.handed == [("a", "fetch")]
    store.jobs.finish("a", LATER, {"what": "no text"})
    failed = store.jobs.get("a")
    assert failed is not None
    assert (failed.state, failed.error, failed.progress) == ("failed", {"what": "no text"}, 0)
    store.jobs.requeue("a", LATER, queue)
    again = store.jobs.get("a")
    assert again is not None
    assert (again.state, again.error, again.created, again.finished) == ("queued", {}, LATER, None)
    assert queue.handed == [("a", "fetch")] * 2


def test_add_that_cannot_be_enqueued_records_nothing(store: Store) -> None:
    def refuse(_connection: sa.Connection, _id: str, _kind: str) -> None:
        raise LookupError

    with pytest.raises(LookupError):
        store.jobs.add("a", "derive", NOON, refuse)
    assert (store.jobs.get("a"), store.jobs.get_many(["a", "b"])) == (None, {})


def test_jobs_are_counted_and_found_by_what_they_do(store: Store) -> None:
    queue = Queue()
    for turn, id_ in enumerate("abc"):
        store.jobs.add(id_, "publish", NOON + timedelta(turn), queue, given={"of": "x"})
    store.jobs.finish("c", LATER, {"what": "conflict"})
    assert store.jobs.counts() == {"queued": 2, "running": 0, "done": 0, "failed": 1}
    same = store.jobs.find_same("publish", {"of": "x"}, NOON)
    assert same is not None
    assert same.id == "b"
    assert store.jobs.find_same("publish", {"of": "x"}, NOON + timedelta(2)) is None
    assert [job.id for job in store.jobs.unfinished(NOON + timedelta(9))] == ["a", "b"]
    assert [job.id for job in store.jobs.unfinished(NOON)] == ["a"]


def test_lost_jobs_are_enqueued_unless_done(store: Store) -> None:
    for id_ in ("a", "b"):
        store.jobs.add(id_, "derive", NOON, Queue())
    store.jobs.finish("b", LATER)
    queue = Queue()
    store.jobs.enqueue_lost(["a", "b", "c"], queue)
    assert queue.handed == [("a", "derive")]
