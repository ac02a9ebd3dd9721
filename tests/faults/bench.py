"""What the faults are done to: a service with its store and schedules, a reader who never stops, a writer."""

from __future__ import annotations

import hashlib
import http.client
import math
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from app.feeds import lint
from app.store import EventQuery, Store
from tests.serving import PROGRAM, ROOT, Service, running

SKIPPED = "skipped"
FEED = "/feeds/resolution/A-RES-72-251.ics"
FILE = Path("ga/72/A-RES-72-251.yaml")
UID = "A-RES-72-251.16.meeting.1"


@dataclass
class Reader:
    """Asks for one feed again and again, as a subscriber would who cannot wait; keeps every different answer."""

    port: int
    answers: int = 0
    refused: list[str] = field(default_factory=list)
    bodies: dict[str, bytes] = field(default_factory=dict)
    slowest: float = 0.0
    _stop: threading.Event = field(default_factory=threading.Event)

    def _ask(self) -> None:
        while not self._stop.wait(0.02):
            begun = time.monotonic()
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
            try:
                connection.request("GET", FEED)
                answer = connection.getresponse()
                body = answer.read()
                if answer.status == 200:
                    self.answers += 1
                    self.bodies[hashlib.sha256(body).hexdigest()] = body
                else:
                    self.refused.append(str(answer.status))
            except (OSError, http.client.HTTPException) as error:
                self.refused.append(type(error).__name__)
            finally:
                connection.close()
            self.slowest = max(self.slowest, time.monotonic() - begun)

    def __enter__(self) -> Reader:
        self._thread = threading.Thread(target=self._ask, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Asks no more; what is asked is still answered."""
        self._stop.set()
        self._thread.join(40)

    def torn(self) -> list[str]:
        """What is wrong with any answer."""
        return [str(finding) for body in self.bodies.values() for finding in lint(body)]

    def said(self) -> str:
        refused = f", {len(self.refused)} not answered ({', '.join(sorted(set(self.refused)))})" if self.refused else ""
        return f"{self.answers} feeds, slowest {self.slowest:.1f} s{refused}"


@dataclass
class Place:
    """A folder with a store and schedules of its own."""

    folder: Path
    url: str
    events: frozenset[str] = frozenset()
    """The UIDs of what was published before anything was done."""

    def lost(self) -> int:
        """How many events that were published are not in the store any more, or cannot be read."""
        return len(self.events - held(self.url))

    @property
    def schedules(self) -> Path:
        return self.folder / "schedules"

    @property
    def settings(self) -> dict[str, str]:
        base = "https://calendar.example"
        return {"PLENARY_DATABASE_URL": self.url, "PLENARY_SCHEDULES": str(self.schedules), "PLENARY_BASE_URL": base}

    @property
    def store(self) -> Path:
        return Path(self.url.removeprefix("sqlite:///"))

    def change(self, number: int) -> None:
        """Publishes a place for one event: ``Hall 7``."""
        file = self.schedules / FILE
        text = re.sub(r"^  place: Hall \d+\n", "", file.read_text("utf-8"), flags=re.MULTILINE)
        before, uid, after = text.partition(f"- uid: {UID}\n")
        item, mark, rest = after.partition("  bearer: ")
        partial = file.with_name(".part")
        partial.write_text(f"{before}{uid}{item}  place: Hall {number}\n{mark}{rest}", "utf-8")
        partial.replace(file)

    def load(self, more: Mapping[str, str] | None = None, kill_after: float | None = None) -> int:
        """Brings the store to the files, in a process of its own, killed after so many seconds; its exit code."""
        code = (
            "from datetime import UTC, datetime; from app.services import sync; from app.settings import settings\n"
            "from app.store import Store; s = settings(); store = Store(s.database_url); store.migrate()\n"
            "sync.load(store, s.schedules, datetime.now(UTC)); store.close()"
        )
        environment = {**os.environ, "PYTHONPATH": str(ROOT), **self.settings, **(more or {})}
        process = subprocess.Popen(
            [sys.executable, "-c", code], env=environment, cwd=self.folder, stderr=subprocess.DEVNULL
        )
        try:
            return process.wait(kill_after)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            return process.wait()

    def doctor(self, *arguments: str, more: Mapping[str, str] | None = None) -> tuple[int, str]:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), **self.settings, **(more or {})}
        done = subprocess.run(
            [*PROGRAM, "doctor", *arguments], env=environment, cwd=self.folder, capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        return done.returncode, done.stdout + done.stderr


def hall(at: Place) -> str:
    """The place of the event that changes, as the store has it."""
    store = Store(at.url)
    try:
        found = store.event(UID)
        return (found.event.place or "") if found else "(no event)"
    finally:
        store.close()


def status(port: int, path: str) -> int:
    """The status of an answer, 0 where there was none."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        except OSError:
            return 0


def held(url: str) -> frozenset[str]:
    """The UIDs of all events of a store, each read whole."""
    store = Store(url)
    try:
        uids: list[str] = []
        query = EventQuery(limit=1000, merged=True)
        while True:
            page = store.events(query)
            uids += [revision.event.uid for revision in page.items]
            if page.next is None:
                return frozenset(uids)
            query = replace(query, cursor=page.next)
    finally:
        store.close()


@cache
def _template() -> tuple[Place, tempfile.TemporaryDirectory[str]]:
    """A loaded SQLite store, made once a run and copied from then on; its folder goes when the run ends."""
    folder = tempfile.TemporaryDirectory(prefix="plenary-faults-")
    made = Place(Path(folder.name), f"sqlite:///{folder.name}/plenary.sqlite")
    shutil.copytree(ROOT / "schedules", made.schedules)
    assert made.load() == 0
    return replace(made, events=held(made.url)), folder


def place(folder: Path, url: str = "", store: Path | None = None) -> Place:
    """A place whose store is loaded; on SQLite unless ``url`` says another."""
    folder.mkdir(parents=True, exist_ok=True)
    made = Place(folder, url or f"sqlite:///{store or folder}/plenary.sqlite")
    # With their times: what was loaded need not be looked into again.
    shutil.copytree(ROOT / "schedules", made.schedules)
    if not url:
        template, _ = _template()
        shutil.copy(template.store, made.store)
    assert made.load() == 0
    return replace(made, events=held(made.url))


@contextmanager
def serving(
    at: Place, arguments: Sequence[str] = (), more: Mapping[str, str] | None = None, command: Sequence[str] = PROGRAM
) -> Iterator[tuple[Service, Reader]]:
    """The service of a place, and its reader."""
    with running(at.folder, arguments, {**at.settings, **(more or {})}, command) as service:
        if arguments:
            service.meet(FEED, int(arguments[-1]))
        else:
            service.get(FEED, 30)
        with Reader(service.port) as reader:
            yield service, reader


def shows(service: Service, words: bytes, seconds: float = 10) -> float:
    """The seconds until the feed says ``words``; without end where it does not within ``seconds``."""
    begun = time.monotonic()
    while (took := time.monotonic() - begun) < seconds:
        try:
            if words in service.get(FEED).replace(b"\r\n ", b""):
                return took
        except OSError:
            pass
        time.sleep(0.05)
    return math.inf


@dataclass
class Row:
    """A row of the table: what was done, what was seen, how it recovered, and within how many seconds."""

    done: str
    seen: str = ""
    recovery: str = ""
    good: bool | str = False
    lost: int = 0
    torn: int = 0
    answers: int = 0
    unanswered: int = 0
    back: float = 0.0


def told(
    at: Place, readers: Sequence[Reader], done: str, recovery: str, back: float, *, good: bool, seen: str = "",
    cut: int = 0,
) -> Row:  # fmt: skip
    """The row of a fault that was survived where it is ``good``, nothing is lost or torn, and all was right again.

    At most ``cut`` of the readers' questions may have had no answer.
    """
    lost, torn = at.lost(), sum(len(reader.torn()) for reader in readers)
    unanswered = sum(len(reader.refused) for reader in readers)
    return Row(
        done, "; ".join([*([seen] if seen else []), *(reader.said() for reader in readers)]), recovery,
        good and not lost and not torn and unanswered <= cut and back < math.inf,
        lost, torn, sum(reader.answers for reader in readers), unanswered, back,
    )  # fmt: skip


def skipped(done: str, reason: str) -> Row:
    """The row of a fault that cannot be made here."""
    return Row(done, reason, "", SKIPPED)
