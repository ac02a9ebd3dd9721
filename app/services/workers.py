"""The engine for work: durable jobs in queues, by DBOS, on SQLite and PostgreSQL alike.

Whoever hands work in enqueues it in the transaction that records it. Processes that run work are executors: each has an
identity of its own for as long as it lives, and a heartbeat. Where a heartbeat has stopped, the others take over what
that executor was running; what a living executor runs, nobody else touches.

On PostgreSQL work is run by ``plenary worker``, any number of processes on any number of machines. On SQLite the web
processes run it themselves; they load DBOS when there is work, and let go of it when there has been none for a while.
"""

from __future__ import annotations

import logging
import secrets
import signal
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, Final

from sqlalchemy.exc import SQLAlchemyError

from app.errors import PlenaryError, StoreError, message
from app.services.ingest import BATCH, PUBLISH
from app.services.jobs import ABANDONED, JobRunner
from app.services.webhook_delivery import deliver_webhook
from app.store import Store

if TYPE_CHECKING:
    import sqlalchemy as sa
    from dbos import DBOSClient

DOCUMENTS: Final = "documents"
BULK: Final = "bulk"
PUBLICATION: Final = "publication"
WEBHOOKS: Final = "webhooks"
# How many one process runs at a time, and seconds between looks into the queue. Deriving takes a processor: two
# jobs keep it busy while one of them waits for the database, more would only contend for the interpreter. Publishing
# excludes itself by a lock. Deliveries only wait for their receivers.
QUEUES: Final[Mapping[str, tuple[int, float]]] = {
    DOCUMENTS: (2, 0.25),
    BULK: (2, 0.25),
    PUBLICATION: (1, 0.5),
    WEBHOOKS: (16, 0.5),
}
_KEPT: Final = timedelta(days=1)
"""How long DBOS keeps workflows that ended."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds between the engine's actions."""

    beat: float = 3.0
    dead: float = 15.0
    """An executor whose heartbeat has not been counted for so long is dead; five beats."""
    relay: float = 1.0
    """Between two looks for deliveries that are due, and, in a web process on SQLite, for work."""
    tidy: float = 60.0
    """Between two looks for jobs that the engine does not know, or gave up."""
    idle: float = 30.0
    """After so long without work a web process lets go of DBOS."""
    grace: int = 30
    """A process that receives a signal to end waits so long for jobs; deriving a document is bounded by the same."""


@dataclass
class JobEngine:
    """The queues of a store: hands work in, and runs it in this process once started."""

    store: Store
    runner: JobRunner
    queues: Sequence[str] = tuple(QUEUES)
    timing: Timing = field(default_factory=Timing)

    def __post_init__(self) -> None:
        self.executor = ""
        """The identity of this process among the executors, empty while it runs nothing."""
        self._client: DBOSClient | None = None
        self._address = ""
        self._engine: sa.Engine | None = None
        self._lock = Lock()
        self._news, self._ended = Event(), Event()
        self._threads: list[Thread] = []
        self._observed: dict[str, tuple[int | None, float]] = {}

    # --- handing in -------------------------------------------------------------------------------------------------

    def prepare(self) -> None:
        """Make the tables of DBOS and a client for them, once. Raises StoreError."""
        with self._lock:
            if self._client is not None:
                return
            from app.services import workflows  # noqa: PLC0415  # large: only where there is work

            try:
                self._address, self._engine = self.store.workflow_engine()
                self._client = workflows.open_client(self._address, self._engine)
            except SQLAlchemyError as error:
                reason = type(error).__name__
                raise StoreError(
                    message("the queue is unavailable ({error})", error=reason),
                    where="queue",
                    hint=message("try again"),
                ) from error

    def enqueue(self, connection: sa.Connection, id_: str, kind: str) -> None:
        """Enqueue a job within a transaction of the store; ``prepare`` was called before."""
        from app.services import workflows  # noqa: PLC0415  # as above

        if self._client is None:
            raise AssertionError
        queue = {BATCH: BULK, PUBLISH: PUBLICATION}.get(kind, DOCUMENTS)
        workflows.enqueue_job(self._client, connection, queue, id_)
        self._news.set()

    # --- running ----------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Begin to run work in this process. Raises StoreError."""
        self._launch()
        self._run_in_thread(self._supervise, "plenary-executor")

    def start_when_needed(self) -> None:
        """Begin to look for work that no executor runs, and run it while there is any."""
        self._run_in_thread(self._watch, "plenary-watch")

    def stop(self) -> None:
        """Stop running work: wait for jobs, abort messages being sent for a later attempt."""
        self._ended.set()
        self._news.set()
        self.runner.stopping.set()
        for thread in self._threads:
            thread.join()
        self._threads.clear()
        self._shut_down()
        if self._client is not None:
            self._client.destroy()
            self._client = None
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None

    def run_until_signal(self) -> None:
        """Run work until the process receives a signal to end (SIGTERM, SIGINT)."""
        ends = {signal.SIGTERM, signal.SIGINT}
        signal.pthread_sigmask(signal.SIG_BLOCK, ends)
        self.start()
        try:
            signal.sigwait(ends)
        finally:
            self.stop()

    def run_until_idle(self) -> None:
        """Run work until none is waiting or running, here or elsewhere."""
        self.start()
        try:
            while self._busy() and not self._ended.wait(self.timing.relay / 4):
                pass
        finally:
            self.stop()

    def _run_in_thread(self, work: Callable[[], None], name: str) -> None:
        thread = Thread(target=work, name=name, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _launch(self) -> None:
        from app.services import workflows  # noqa: PLC0415  # as above

        self.prepare()
        if self._client is None or self._engine is None:
            raise AssertionError
        limits = {name: workflows.QueueLimits(*QUEUES[name]) for name in self.queues}
        self.executor = secrets.token_hex(16)
        self.store.executors.beat(self.executor)
        workflows.declare(self._client, limits)
        workflows.launch(self._address, self._engine, self.executor, limits, self.runner, self._deliver)
        self._observed.clear()

    def _shut_down(self) -> None:
        if not self.executor:
            return
        from app.services import workflows  # noqa: PLC0415  # as above

        workflows.shut_down(self.timing.grace if self.runner.active else 0)
        try:
            # What was broken off belongs to an executor that is not there: the others take it over.
            self.store.executors.remove(self.executor)
        except PlenaryError as error:
            _log.warning("the executor cannot be removed: %s", error.line())
        self.executor = ""

    async def _deliver(self, delivery: int) -> None:
        await deliver_webhook(self.store, delivery, self.runner.clock)

    def _busy(self) -> bool:
        now = self.runner.clock()
        return bool(self.store.jobs.unfinished(now, limit=1)) or self.store.webhooks.due(now)

    # --- beside the work --------------------------------------------------------------------------------------------

    def _supervise(self, idle: float | None = None) -> None:
        """Supervise the jobs until the engine is stopped, or idle for ``idle`` seconds.

        Each round records a heartbeat, hands deliveries over, takes over lost jobs and tidies.
        """
        due = dict.fromkeys(("beat", "relay", "tidy"), 0.0)
        last = busy = time.monotonic()
        while not self._ended.is_set():
            now = time.monotonic()
            if idle is not None and (self.runner.active or self._busy()):
                busy = now
            elif idle is not None and now - busy >= idle:
                return
            if now - last > self.timing.dead / 2:
                # This process, or the store, stood still: so may the others have, and none is dead for that.
                self._observed.clear()
            last = now
            for name, action in (("beat", self._beat), ("relay", self._relay), ("tidy", self._tidy)):
                if now >= due[name]:
                    due[name] = now + getattr(self.timing, name)
                    self._attempt(action)
            self._ended.wait(max(0.0, min(due.values()) - time.monotonic()))

    def _attempt(self, action: Callable[[], object]) -> None:
        try:
            action()
        except (PlenaryError, SQLAlchemyError) as error:
            self._observed.clear()
            text = error.line() if isinstance(error, PlenaryError) else type(error).__name__
            _log.warning("the engine has to wait for the store: %s", text)
        except Exception:
            # A programming error is logged with its trace; the heart beats on.
            _log.exception("the engine failed")

    def _beat(self) -> None:
        """Count a heartbeat, and take over what executors left whose heartbeat has stopped."""
        from app.services import workflows  # noqa: PLC0415  # as above

        self.store.executors.beat(self.executor)
        beats = self.store.executors.beats()
        working = workflows.executors_at_work()
        for id_ in self._dead((beats.keys() | working) - {self.executor}, beats):
            if id_ in working:
                _log.warning("taking over the work of a dead executor")
                workflows.take_over(id_)
            else:
                self.store.executors.remove(id_, beats[id_])

    def _dead(self, ids: set[str], beats: Mapping[str, int]) -> list[str]:
        """Return the executors whose count has stood still for too long, by this process's clock."""
        now, dead = time.monotonic(), []
        for id_ in ids:
            beat = beats.get(id_)
            seen = self._observed.get(id_)
            if seen is None or seen[0] != beat:
                self._observed[id_] = (beat, now)
            elif now - seen[1] >= self.timing.dead:
                dead.append(id_)
        return dead

    def _relay(self) -> None:
        """Hand deliveries that are due to the engine."""
        from app.services import workflows  # noqa: PLC0415  # as above

        client = self._client
        if client is None or WEBHOOKS not in self.queues or not self.store.webhooks.due(self.runner.clock()):
            return
        self.store.webhooks.hand_over(
            self.runner.clock(),
            lambda connection, key, id_: workflows.enqueue_delivery(client, connection, WEBHOOKS, key, id_),
        )

    def _tidy(self) -> None:
        """Fail jobs that were given up, enqueue those unknown to the engine, delete ended ones."""
        from app.services import workflows  # noqa: PLC0415  # as above

        now = self.runner.clock()
        given_up = workflows.given_up()
        for id_ in given_up.values():
            self.store.jobs.finish(id_, now, ABANDONED.payload())
        workflows.forget(list(given_up))
        waiting = [job.id for job in self.store.jobs.unfinished(now - timedelta(seconds=self.timing.tidy))]
        # A store that was copied to another database has its jobs, but not the workflows of DBOS.
        lost = set(waiting) - workflows.known_unfinished(waiting) if waiting else set()
        if lost:
            self.store.jobs.enqueue_lost(sorted(lost), self.enqueue)
        workflows.forget_finished((datetime.now(UTC) - _KEPT).isoformat())

    # --- in a web process on SQLite ---------------------------------------------------------------------------------

    def _watch(self) -> None:
        """Run work while there is any that no other executor runs."""
        while not self._ended.is_set():
            self._attempt(self._look)
            self._news.wait(self.timing.relay)
            self._news.clear()

    def _look(self) -> None:
        if not self._busy():
            return
        beats = self.store.executors.beats()
        if set(beats) - set(self._dead(set(beats), beats)):
            return
        self._launch()
        try:
            self._supervise(idle=self.timing.idle)
        finally:
            self._shut_down()
