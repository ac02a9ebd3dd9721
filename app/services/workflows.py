"""The DBOS workflows and queues. Importing this module imports DBOS: only processes that have work for it do.

DBOS keeps one registry and one instance a process, so what the workflows need is in this module, set by ``launch``.
Its console, its telemetry and its administration are never switched on; it logs where the service logs.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from dbos import DBOS, DBOSClient

from app.services.jobs import JobRunner

APPLICATION: Final = "plenary"
VERSION: Final = "1"
"""Version of the workflows below, constant over releases: any release goes on with what another began."""
_ATTEMPTS: Final = 4
"""How often a job is begun before it is given up: its process died each time."""
_GIVEN_UP: Final = "MAX_RECOVERY_ATTEMPTS_EXCEEDED"
_PART: Final = 500
_log = logging.getLogger("dbos")
_log.setLevel(logging.WARNING)


@dataclass(frozen=True, slots=True)
class QueueLimits:
    """Limits of a queue: concurrent workflows per process, and polling interval in seconds."""

    concurrency: int
    poll: float


@dataclass(slots=True)
class _Bound:
    runner: JobRunner | None = None
    deliver: Callable[[int], Awaitable[None]] | None = None


_bound: Final = _Bound()
_sending: Final[set[asyncio.Task[object]]] = set()


@DBOS.workflow(name="run_job", max_recovery_attempts=_ATTEMPTS)
def run_job(id_: str) -> None:
    """Run a job of the store."""
    if _bound.runner is None:
        raise AssertionError
    _bound.runner.run(id_)


@DBOS.workflow(name="deliver_webhook", max_recovery_attempts=_ATTEMPTS)
async def deliver_webhook(delivery: int) -> None:
    """Make one attempt to deliver a message to a webhook."""
    if _bound.deliver is None:
        raise AssertionError
    task = asyncio.current_task()
    if task is None:
        raise AssertionError
    _sending.add(task)
    try:
        await _bound.deliver(delivery)
    finally:
        _sending.discard(task)


def open_client(address: str, engine: sa.Engine) -> DBOSClient:
    """Make the tables of DBOS where they are missing, and return a client that enqueues."""
    DBOS.migrate(address)
    return DBOSClient(system_database_engine=engine, application_name=APPLICATION, retry_connection_errors=False)


def enqueue_job(client: DBOSClient, connection: sa.Connection, queue: str, id_: str) -> None:
    """Enqueue a job within a transaction."""
    # A job that is tried again is another workflow.
    key = f"{id_}.{secrets.token_hex(4)}"
    client.enqueue_in_transaction(
        connection, {"workflow_name": "run_job", "queue_name": queue, "workflow_id": key}, id_
    )


def enqueue_delivery(client: DBOSClient, connection: sa.Connection, queue: str, key: str, delivery: int) -> None:
    """Enqueue an attempt to deliver within a transaction."""
    client.enqueue_in_transaction(
        connection, {"workflow_name": "deliver_webhook", "queue_name": queue, "workflow_id": key}, delivery
    )


def _route_log() -> None:
    """Let records of DBOS go the way of all others.

    DBOS adds a handler of its own, on the standard error of that moment, and stops its records there, where its logger
    has no handler yet; configuring logs takes handlers off.
    """
    for handler in list(_log.handlers):
        _log.removeHandler(handler)
    _log.addHandler(logging.NullHandler())
    _log.propagate = True


def launch(
    address: str,
    engine: sa.Engine,
    executor: str,
    queues: dict[str, QueueLimits],
    runner: JobRunner,
    deliver: Callable[[int], Awaitable[None]],
) -> None:
    """Begin to run workflows of these queues in this process."""
    _bound.runner, _bound.deliver = runner, deliver
    _route_log()
    DBOS(
        config={
            "name": APPLICATION,
            "system_database_url": address,
            "system_database_engine": engine,
            "executor_id": executor,
            "application_version": VERSION,
            "enable_otlp": False,
            "log_level": "WARNING",
        }
    )
    DBOS.listen_queues(list(queues))
    DBOS.launch()


def declare(client: DBOSClient, queues: dict[str, QueueLimits]) -> None:
    """Write the limits of the queues into the tables of DBOS, before it is launched."""
    for name, limits in queues.items():
        client.register_queue(name, worker_concurrency=limits.concurrency, polling_interval_sec=limits.poll)


def shut_down(wait: int) -> None:
    """Stop running workflows after at most so many seconds for jobs.

    Messages being sent are aborted.
    """
    # DBOS warns of every message that is broken off, which is meant here.
    level = _log.level
    _log.setLevel(logging.ERROR)
    for task in list(_sending):
        task.get_loop().call_soon_threadsafe(task.cancel)
    DBOS.destroy(workflow_completion_timeout_sec=wait)
    _log.setLevel(level)
    _bound.runner = _bound.deliver = None


def executors_at_work() -> set[str]:
    """Return the ids of the executors that workflows are assigned to."""
    found = DBOS.list_workflows(status="PENDING", load_input=False, load_output=False)
    return {workflow.executor_id for workflow in found if workflow.executor_id}


def take_over(executor: str) -> None:
    """Enqueue again what a dead executor was running.

    DBOS' method for this is not public, though its console is served by it; the public ``resume_workflow`` asks
    neither whose a workflow is nor how often it was begun.
    """
    DBOS._recover_pending_workflows([executor])


def given_up() -> dict[str, str]:
    """Return the workflows of jobs whose process died too often: the jobs by workflow key."""
    found = DBOS.list_workflows(status=_GIVEN_UP, name="run_job", limit=_PART, load_input=False, load_output=False)
    return {workflow.workflow_id: workflow.workflow_id.partition(".")[0] for workflow in found}


def forget(keys: Sequence[str]) -> None:
    """Delete workflows."""
    DBOS.delete_workflows(list(keys))


def known_unfinished(ids: Sequence[str]) -> set[str]:
    """Return those jobs that a workflow waits or runs for."""
    active = ["ENQUEUED", "PENDING", "DELAYED"]
    found = DBOS.list_workflows(status=active, workflow_id_prefix=list(ids), load_input=False, load_output=False)
    return {workflow.workflow_id.partition(".")[0] for workflow in found}


def forget_finished(before: str) -> None:
    """Delete workflows that ended before a moment (ISO 8601); the jobs table keeps results."""
    ended = ["SUCCESS", "ERROR", "CANCELLED"]
    while keys := [
        workflow.workflow_id
        for workflow in DBOS.list_workflows(
            status=ended, completed_before=before, limit=_PART, load_input=False, load_output=False
        )
    ]:
        DBOS.delete_workflows(keys)
