"""``make faults``: what is done to a running service, what was seen, how it recovered; a table and an exit code."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.store import Store
from tests.faults.bench import FEED, FILE, UID, Place, place, serving, shows
from tests.serving import ROOT
from tests.text import hostile

SKIPPED = "skipped"
HARMLESS = ROOT / "tests/corpus/A-RES-90-301.en.txt"


@dataclass
class Row:
    done: str
    seen: str
    recovery: str
    good: bool | str


def hall(at: Place) -> str:
    """The place of the event that changes, as the store has it."""
    store = Store(at.url)
    try:
        found = store.event(UID)
        return (found.event.place or "") if found else "(no event)"
    finally:
        store.close()


def more(at: Place, number: int) -> None:
    """One schedule more, of a resolution that is not."""
    text = (at.schedules / "ga/73/A-RES-73-40.yaml").read_text("utf-8")
    text = text.replace("A/RES/73/40", f"A/RES/73/{number}").replace("A-RES-73-40.", f"A-RES-73-{number}.")
    (at.schedules / f"ga/73/A-RES-73-{number}.yaml").write_text(text, "utf-8")


def mounted(folder: Path, *arguments: str) -> bool:
    folder.mkdir(parents=True, exist_ok=True)
    return subprocess.run(["mount", *arguments, str(folder)], capture_output=True, check=False).returncode == 0


# --- killed ---------------------------------------------------------------------------------------------------------


def workers_killed(folder: Path) -> Row:
    at = place(folder)
    with serving(at, ["--workers", "2"]) as (service, reader):
        limit = time.monotonic() + 60
        killed = 0
        for turn in range(4):
            while len(service.workers()) < 2 and time.monotonic() < limit:
                time.sleep(0.1)
            at.change(turn)
            loading = threading.Thread(target=at.load)
            loading.start()
            os.kill(service.workers()[turn % 2], signal.SIGKILL)
            killed += 1
            loading.join()
        good = shows(service, b"LOCATION:Hall 3", 30) and hall(at) == "Hall 3"
    return Row(
        f"kill -9 of {killed} workers, one after the other, while schedules change", reader.said(), "by itself",
        good and not reader.torn() and len(reader.refused) <= killed,
    )  # fmt: skip


def writer_killed(folder: Path) -> Row:
    at = place(folder)
    # Enough files that the transaction takes a while.
    for number in range(300):
        more(at, 500 + number)
    random.seed(8)
    with serving(at) as (service, reader):
        codes = []
        for turn in range(6):
            at.change(turn)
            codes.append(at.load(kill_after=0.7 + random.random() * 2))
            assert sqlite3.connect(at.store).execute("PRAGMA quick_check").fetchone() == ("ok",)
        killed = codes.count(-9)
        ended = at.load()
        good = ended == 0 and hall(at) == "Hall 5" and shows(service, b"LOCATION:Hall 5")
    return Row(
        f"kill -9 of {killed} of 6 writers within their transaction", reader.said(), "by itself: the next load",
        good and killed > 0 and not reader.torn() and not reader.refused,
    )  # fmt: skip


# --- disks ----------------------------------------------------------------------------------------------------------


def full_disk(folder: Path) -> Row:
    disk = folder / "disk"
    if not mounted(disk, "-t", "tmpfs", "-o", "size=4m", "tmpfs"):
        return Row("a disk of 4 MB filled", "no right to mount", "", SKIPPED)
    try:
        at = place(folder, store=disk)
        with serving(at) as (service, reader):
            filler = disk / "filler"
            with suppress(OSError), filler.open("wb", buffering=0) as stream:
                while True:
                    stream.write(b"x" * 4096)
            # A change larger than what the write-ahead log still has room for.
            at.change(1)
            for number in range(500, 560):
                more(at, number)
            failed = at.load()
            told, said = at.doctor()
            kept = hall(at)
            filler.unlink()
            again = at.load()
            good = shows(service, b"LOCATION:Hall 1")
        return Row(
            "a disk of 4 MB filled while schedules change",
            f"the load failed ({failed}), doctor {told}; {reader.said()}",
            "room made, the next load",
            failed != 0 and told == 1 and "MiB" in said and kept != "Hall 1" and again == 0 and good
            and not reader.torn() and not reader.refused,
        )  # fmt: skip
    finally:
        subprocess.run(["umount", "-l", str(disk)], capture_output=True, check=False)


def read_only_disk(folder: Path) -> Row:
    disk, image = folder / "disk", folder / "image"
    folder.mkdir(parents=True, exist_ok=True)
    with image.open("wb") as stream:
        stream.truncate(64 * 1024 * 1024)
    made = subprocess.run(["mkfs.ext4", "-q", str(image)], capture_output=True, check=False).returncode == 0
    if not (made and mounted(disk, "-o", "loop", str(image))):
        return Row("a disk that the kernel makes read-only", "no right to mount", "", SKIPPED)
    try:
        at = place(folder, store=disk)
        with serving(at) as (service, reader):
            # What ext4 does after an error of the device.
            subprocess.run(["mount", "-o", "remount,abort", str(disk)], check=True)
            at.change(1)
            failed = at.load()
            time.sleep(1)
            told, _ = at.doctor()
            other = status(service.port, "/feeds/resolution/A-RES-73-40.ics")
            ready = status(service.port, "/readyz")
            good = service.get(FEED) in reader.bodies.values()
        subprocess.run(["umount", "-l", str(disk)], check=True)
        subprocess.run(["fsck.ext4", "-p", str(image)], capture_output=True, check=False)
        assert mounted(disk, "-o", "loop", str(image))
        ended = at.load()
        with serving(at) as (service, _):
            back = shows(service, b"LOCATION:Hall 1")
        return Row(
            "ext4 made read-only by the kernel (mount abort)",
            f"the load failed ({failed}), doctor {told}, a cold feed {other}, /readyz {ready}; {reader.said()}",
            "disk mended, service started",
            failed != 0 and told == 1 and good and not reader.torn() and not reader.refused and ended == 0 and back,
        )  # fmt: skip
    finally:
        subprocess.run(["umount", "-l", str(disk)], capture_output=True, check=False)


def status(port: int, path: str) -> int:
    """The status of an answer, 0 where there was none."""
    import http.client  # only here

    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        except OSError:
            return 0


# --- clocks ---------------------------------------------------------------------------------------------------------


def clock_jumps(folder: Path) -> Row:
    library = next(iter(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1")), None)
    if library is None:
        return Row("the clock set by a year, there and back", "libfaketime is not on this machine", "", SKIPPED)
    at = place(folder)
    clock = folder / "clock"
    clock.write_text("+0")
    more = {
        "LD_PRELOAD": str(library), "FAKETIME_TIMESTAMP_FILE": str(clock), "FAKETIME_CACHE_DURATION": "1",
        "DONT_FAKE_MONOTONIC": "1",
    }  # fmt: skip
    seen = []
    with serving(at, more=more) as (service, reader):
        before = service.get(FEED)
        for number, offset in enumerate(("+365d", "-365d", "+0")):
            clock.write_text(offset)
            time.sleep(1.5)
            seen.append(service.get(FEED) == before)
            at.change(number)
            assert at.load(more) == 0
            assert shows(service, f"LOCATION:Hall {number}".encode())
            before = service.get(FEED)
    with closing(sqlite3.connect(at.store)) as database:
        moments = [row[0] for row in database.execute("SELECT recorded_from FROM revisions ORDER BY id")]
    told, _ = at.doctor(more={"PLENARY_LANGUAGE": "en"})
    return Row(
        "the clock set a year on, a year back, and right again, with a change each time",
        f"bytes unmoved by the clock alone, moments in order; doctor {told}; {reader.said()}", "by itself",
        all(seen) and moments == sorted(moments) and not reader.torn() and not reader.refused,
    )  # fmt: skip


# --- databases ------------------------------------------------------------------------------------------------------


def locked_database(folder: Path) -> Row:
    at = place(folder)
    with serving(at) as (service, reader):
        with closing(sqlite3.connect(at.store, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            at.change(1)
            begun = time.monotonic()
            result: list[int] = []
            thread = threading.Thread(target=lambda: result.append(at.load()))
            thread.start()
            time.sleep(4)
            other.execute("ROLLBACK")
        thread.join()
        waited = time.monotonic() - begun
        good = result == [0] and shows(service, b"LOCATION:Hall 1")
    return Row(
        "SQLite locked by another program for 4 s during a write",
        f"the writer waited ({waited:.0f} s); {reader.said()}",
        "by itself", good and not reader.torn() and not reader.refused and reader.slowest < 1.5,
    )  # fmt: skip


def corrupt_page(folder: Path) -> Row:
    at = place(folder)
    with serving(at) as (service, reader):
        with closing(sqlite3.connect(at.store)) as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            root = database.execute("SELECT rootpage FROM sqlite_master WHERE name = 'revisions'").fetchone()[0]
        with at.store.open("r+b") as stream:
            stream.seek((root - 1) * 4096)
            stream.write(b"\xff" * 4096)
        time.sleep(1)
        cold = status(service.port, "/feeds/resolution/A-RES-73-40.ics")
        told, said = at.doctor()
        good = service.get(FEED) in reader.bodies.values()
    mended, _ = at.doctor("--mend")
    with serving(at) as (service, after):
        same = service.get(FEED) in reader.bodies.values()
    return Row(
        "a page of the table of events overwritten, service running",
        f"doctor {told} says what to do; a cold feed {cold}; {reader.said()}", "`plenary doctor --mend`, same bytes",
        told == 1 and "doctor --mend" in said and good and mended == 0 and same
        and not (reader.torn() or reader.refused or after.refused),
    )  # fmt: skip


def half_written_schedule(folder: Path) -> Row:
    at = place(folder)
    file = at.schedules / FILE
    with serving(at, ["--workers", "2"]) as (service, reader):
        limit = time.monotonic() + 60
        while len(service.workers()) < 2 and time.monotonic() < limit:
            time.sleep(0.1)
        before = set(service.workers())
        at.change(1)
        whole = file.read_bytes()
        file.write_bytes(whole[: len(whole) // 2])
        service.process.send_signal(signal.SIGHUP)
        while before & set(service.workers()) and time.monotonic() < limit:
            time.sleep(0.2)
        renewed = not before & set(service.workers())
        told, _ = at.doctor()
        kept = hall(at)
        file.write_bytes(whole)
        service.process.send_signal(signal.SIGHUP)
        good = shows(service, b"LOCATION:Hall 1", 60)
    return Row(
        "a schedule file half written, workers renewed", f"the store as before, doctor {told}; {reader.said()}",
        "file mended, SIGHUP", renewed and told == 1 and kept != "Hall 1" and good and not reader.torn()
        and not reader.refused,
    )  # fmt: skip


def two_versions(folder: Path) -> Row:
    at = place(folder)
    with serving(at) as (service, reader):
        # The newer version has come first and brought its tables: one column more, one number more.
        with closing(sqlite3.connect(at.store)) as database:
            database.execute("ALTER TABLE instruments ADD COLUMN later TEXT")
            database.execute("UPDATE alembic_version SET version_num = '9999'")
            database.commit()
        cold = status(service.port, "/feeds/resolution/A-RES-73-40.ics")
        late = at.load()
        told, said = at.doctor()
        with closing(sqlite3.connect(at.store)) as database:
            held = Store("sqlite://").schema()[1]
            database.execute("UPDATE alembic_version SET version_num = ?", (held,))
            database.commit()
        at.change(1)
        good = at.load() == 0 and shows(service, b"LOCATION:Hall 1")
    return Row(
        "a newer version's tables under a running service; a start of the older one",
        f"feeds warm and cold ({cold}) go on; the start is refused ({late}), doctor {told}; {reader.said()}",
        "run the newest version",
        cold == 200 and late != 0 and told == 1 and "newer" in said and good and not reader.torn()
        and not reader.refused,
    )  # fmt: skip


def memory_limit(folder: Path) -> Row:
    at = place(folder)
    limit = 900 * 1024 * 1024
    command = (
        sys.executable, "-c",
        f"import resource; resource.setrlimit(resource.RLIMIT_AS, ({limit}, {limit}))\n"
        "from app.cli import main; main()",
    )  # fmt: skip
    answers: dict[int, int] = {}
    plain: list[int] = []
    with serving(at, command=command) as (service, reader):
        tricks = [*hostile.PDF.values(), *hostile.DOCX.values()]
        documents = [
            *(maker(size) for maker, size in tricks),
            b"The General Assembly,\n\n1. Decides " + b"to meet and " * 700_000,
        ]
        for data in documents:
            code = post(service.port, data)
            answers[code] = answers.get(code, 0) + 1
            # Each is refused for what it is: a harmless one is read after it.
            plain.append(post(service.port, hostile.plain_pdf() if len(plain) % 2 else HARMLESS.read_bytes()))
        alive = service.process.poll() is None
    said = ", ".join(f"{count} × {code}" for code, count in sorted(answers.items()))
    return Row(
        f"memory bounded to {limit >> 20} MiB, {len(documents)} hostile documents sent in",
        f"{said}; {plain.count(200)} of {len(plain)} harmless ones between them read; {reader.said()}",
        "none needed",
        alive and plain.count(200) == len(plain) and not reader.torn() and not reader.refused
        and not {0, 500} & set(answers),
    )  # fmt: skip


def post(port: int, data: bytes) -> int:
    mark = "b0undary"
    part = f'--{mark}\r\nContent-Disposition: form-data; name="lang"\r\n\r\nen\r\n--{mark}\r\n'
    part += f'Content-Disposition: form-data; name="symbol"\r\n\r\nA/RES/90/301\r\n--{mark}\r\n'
    part += 'Content-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
    data = part.encode() + data + f"\r\n--{mark}--\r\n".encode()
    head = (
        f"POST /api/v1/derive HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary={mark}\r\n"
        f"Content-Length: {len(data)}\r\nConnection: close\r\n\r\n"
    )
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=60) as client:
            with suppress(OSError):
                client.sendall(head.encode() + data)
            heard = client.recv(100)
            return int(heard[9:12]) if heard else 0
    except (OSError, ValueError):
        return 0


# --- PostgreSQL -----------------------------------------------------------------------------------------------------


class Proxy:
    """A TCP proxy before the database that can delay what passes, cut it, and refuse."""

    def __init__(self, target: tuple[str, int]) -> None:
        self._target = target
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self.delay = 0.0
        self.refuses = False
        self._open: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            if self.refuses:
                client.close()
                continue
            try:
                server = socket.create_connection(self._target, timeout=5)
            except OSError:
                client.close()
                continue
            self._open += [client, server]
            for one, other in ((client, server), (server, client)):
                threading.Thread(target=self._pass, args=(one, other), daemon=True).start()

    def _pass(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(65536):
                if self.delay:
                    time.sleep(self.delay)
                other.sendall(data)
        for end in (one, other):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def cut(self) -> None:
        """Ends every connection as it is."""
        for end in self._open:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        self._open.clear()

    def close(self) -> None:
        self._listener.close()
        self.cut()


@contextmanager
def postgresql() -> Any:
    """A PostgreSQL of our own on a TCP port: its address, and what starts and kills it."""
    folder = Path(tempfile.mkdtemp(prefix="plenary-faults-"))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    from tests.faults.server import Server  # looks for a folder when it is imported

    server = Server(folder)
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def slow_and_broken_database(folder: Path) -> Row:
    with postgresql() as server:
        proxy = Proxy(("127.0.0.1", server.port))
        at = place(folder, server.url(proxy.port))
        with serving(at, ["--workers", "2"]) as (service, reader):
            proxy.delay = 1.0
            time.sleep(3)
            slow = reader.slowest
            proxy.delay = 0.0
            for _ in range(3):
                proxy.cut()
                time.sleep(0.7)
            proxy.refuses = True
            proxy.cut()
            time.sleep(2)
            ready = status(service.port, "/readyz")
            proxy.refuses = False
            at.change(1)
            loaded = at.load()
            good = shows(service, b"LOCATION:Hall 1", 20)
        proxy.close()
    return Row(
        "PostgreSQL a second slow each way, its connections cut, then gone for 2 s",
        f"slowest feed while slow {slow:.1f} s, /readyz {ready}; {reader.said()}", "by itself",
        ready == 503 and loaded == 0 and good and not reader.torn() and not reader.refused and slow < 1.5,
    )  # fmt: skip


def database_killed(folder: Path) -> Row:
    with postgresql() as server:
        at = place(folder, server.url())
        acknowledged = lost = broken = 0
        with serving(at, ["--workers", "2"]) as (service, reader):
            for turn in range(3):
                # One write that is acknowledged, and one under way when the server is killed.
                at.change(100 + turn)
                assert at.load() == 0
                acknowledged += 1
                at.change(turn)
                result: list[int] = []
                loading = threading.Thread(target=lambda result=result: result.append(at.load()))
                loading.start()
                if turn:
                    time.sleep(0.5 * turn)
                server.kill()
                loading.join()
                server.start()
                # The acknowledged one stands unless the later one was acknowledged, too, or had just been committed.
                kept = hall(at)
                acknowledged += result == [0]
                broken += result != [0]
                lost += kept != f"Hall {turn}" and (result == [0] or kept != f"Hall {100 + turn}")
            ended = at.load()
            good = ended == 0 and shows(service, b"LOCATION:Hall 2", 20) and hall(at) == "Hall 2"
    return Row(
        "kill -9 of PostgreSQL during 3 writes, each after one that was acknowledged",
        f"{acknowledged} writes acknowledged, {lost} of them lost, {broken} broken off; {reader.said()}",
        "by itself: the next load", good and not lost and broken > 0 and not reader.torn() and not reader.refused,
    )  # fmt: skip


FAULTS: dict[str, Callable[[Path], Row]] = {
    "workers killed": workers_killed,
    "writer killed": writer_killed,
    "full disk": full_disk,
    "read-only disk": read_only_disk,
    "clock jumps": clock_jumps,
    "locked database": locked_database,
    "corrupt page": corrupt_page,
    "half-written schedule": half_written_schedule,
    "two versions": two_versions,
    "memory limit": memory_limit,
    "slow, broken database": slow_and_broken_database,
    "database killed": database_killed,
}


def main() -> None:
    chosen = sys.argv[1:] or list(FAULTS)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    rows: dict[str, Row] = {}
    for name in chosen:
        folder = Path(tempfile.mkdtemp(prefix="plenary-fault-"))
        begun = time.monotonic()
        try:
            rows[name] = FAULTS[name](folder / "at")
        except Exception as error:  # the table says what happened, whatever it was
            rows[name] = Row("", f"{type(error).__name__}: {str(error)[-300:]}", "", False)
        shutil.rmtree(folder, ignore_errors=True)
        row = rows[name]
        mark = row.good if isinstance(row.good, str) else "survived" if row.good else "FAILED"
        print(
            f"{name} | {row.done} | {row.seen} | {row.recovery} | {mark} ({time.monotonic() - begun:.0f} s)", flush=True
        )
    survived = sum(row.good is True for row in rows.values())
    print(f"{survived} of {len(rows)} survived, {sum(row.good == SKIPPED for row in rows.values())} skipped")
    sys.exit(0 if all(row.good for row in rows.values()) else 1)


if __name__ == "__main__":
    main()
