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
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, suppress
from pathlib import Path

from tests.documents import hostile
from tests.faults.bench import (
    FEED,
    FILE,
    SKIPPED,
    Place,
    Row,
    hall,
    place,
    serving,
    shows,
    skipped,
    status,
    told,
)  # fmt: skip
from tests.faults.database import database_killed, postgresql, slow_and_broken_database
from tests.faults.jobs import job_workers_killed, job_workers_killed_on_postgresql
from tests.faults.versions import newer_tables, versions_beside_each_other, workers_renewed_with_new_code
from tests.serving import ROOT

HARMLESS = ROOT / "tests/corpus/A-RES-90-301.en.txt"


def more(at: Place, number: int, turn: int = 0) -> None:
    """One schedule more, of a resolution that is not; another one at every turn."""
    text = (at.schedules / "ga/73/A-RES-73-40.yaml").read_text("utf-8")
    text = text.replace("A/RES/73/40", f"A/RES/73/{number}").replace("A-RES-73-40.", f"A-RES-73-{number}.")
    text += f"# {turn}\n"
    (at.schedules / f"ga/73/A-RES-73-{number}.yaml").write_text(text, "utf-8")


def mounted(folder: Path, *arguments: str) -> bool:
    folder.mkdir(parents=True, exist_ok=True)
    return subprocess.run(["mount", *arguments, str(folder)], capture_output=True, check=False).returncode == 0


# --- killed ---------------------------------------------------------------------------------------------------------


def workers_killed(folder: Path, url: str = "") -> Row:
    at = place(folder, url)
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
        back = shows(service, b"LOCATION:Hall 3", 30)
    # A connection that a killed worker had accepted ends with it.
    return told(
        at, [reader], f"kill -9 of {killed} workers, one after the other, while schedules change", "by itself", back,
        good=hall(at) == "Hall 3", cut=killed,
    )  # fmt: skip


def workers_killed_on_postgresql(folder: Path) -> Row:
    with postgresql() as server:
        return workers_killed(folder, server.url())


def writer_killed(folder: Path) -> Row:
    at = place(folder)
    # Enough files that the transaction takes a while.
    for number in range(300):
        more(at, 500 + number)
    assert at.load() == 0
    random.seed(8)
    with serving(at) as (service, reader):
        codes = []
        for turn in range(6):
            for number in range(300):
                more(at, 500 + number, turn)
            at.change(turn)
            begun = time.monotonic()
            if not turn:
                assert at.load() == 0
                whole = time.monotonic() - begun
                continue
            codes.append(at.load(kill_after=whole * (0.4 + random.random() * 0.6)))
            assert sqlite3.connect(at.store).execute("PRAGMA quick_check").fetchone() == ("ok",)
        killed = codes.count(-9)
        ended = at.load()
        back = shows(service, b"LOCATION:Hall 5")
    return told(
        at, [reader], f"kill -9 of {killed} of 5 writers within their transaction", "by itself: the next load", back,
        good=ended == 0 and hall(at) == "Hall 5" and killed > 0,
    )  # fmt: skip


# --- disks ----------------------------------------------------------------------------------------------------------


def full_disk(folder: Path) -> Row:
    disk = folder / "disk"
    if not mounted(disk, "-t", "tmpfs", "-o", "size=4m", "tmpfs"):
        return skipped("a disk of 4 MB filled", "no right to mount")
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
            code, said = at.doctor()
            kept = hall(at)
            filler.unlink()
            again = at.load()
            back = shows(service, b"LOCATION:Hall 1")
        return told(
            at, [reader], "a disk of 4 MB filled while schedules change", "room made, the next load", back,
            seen=f"the load failed ({failed}), doctor {code}",
            good=failed != 0 and code == 1 and "MiB" in said and kept != "Hall 1" and again == 0,
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
        return skipped("a disk that the kernel makes read-only", "no right to mount")
    try:
        at = place(folder, store=disk)
        with serving(at) as (service, reader):
            # What ext4 does after an error of the device.
            subprocess.run(["mount", "-o", "remount,abort", str(disk)], check=True)
            at.change(1)
            failed = at.load()
            time.sleep(1)
            code, _ = at.doctor()
            other = status(service.port, "/feeds/resolution/A-RES-73-40.ics")
            ready = status(service.port, "/readyz")
            good = service.get(FEED) in reader.bodies.values()
        subprocess.run(["umount", "-l", str(disk)], check=True)
        subprocess.run(["fsck.ext4", "-p", str(image)], capture_output=True, check=False)
        assert mounted(disk, "-o", "loop", str(image))
        ended = at.load()
        with serving(at) as (service, _):
            back = shows(service, b"LOCATION:Hall 1")
        return told(
            at, [reader], "ext4 made read-only by the kernel (mount abort)", "disk mended, service started", back,
            seen=f"the load failed ({failed}), doctor {code}, a cold feed {other}, /readyz {ready}",
            good=failed != 0 and code == 1 and good and ended == 0,
        )  # fmt: skip
    finally:
        subprocess.run(["umount", "-l", str(disk)], capture_output=True, check=False)


# --- clocks ---------------------------------------------------------------------------------------------------------


def clock_jumps(folder: Path) -> Row:
    library = next(iter(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1")), None)
    if library is None:
        return skipped("the clock set by a year, there and back", "libfaketime is not on this machine")
    at = place(folder)
    clock = folder / "clock"
    clock.write_text("+0")
    more = {
        "LD_PRELOAD": str(library), "FAKETIME_TIMESTAMP_FILE": str(clock), "FAKETIME_CACHE_DURATION": "1",
        "DONT_FAKE_MONOTONIC": "1",
    }  # fmt: skip
    seen, back = [], 0.0
    with serving(at, more=more) as (service, reader):
        before = service.get(FEED)
        for number, offset in enumerate(("+365d", "-365d", "+0")):
            clock.write_text(offset)
            time.sleep(1.5)
            seen.append(service.get(FEED) == before)
            at.change(number)
            assert at.load(more) == 0
            back = max(back, shows(service, f"LOCATION:Hall {number}".encode()))
            before = service.get(FEED)
    with closing(sqlite3.connect(at.store)) as database:
        moments = [row[0] for row in database.execute("SELECT recorded_from FROM revisions ORDER BY id")]
    code, said = at.doctor(more={"PLENARY_LANGUAGE": "en"})
    return told(
        at, [reader], "the clock set a year on, a year back, and right again, with a change each time", "by itself",
        back, seen=f"bytes unmoved by the clock alone, moments in order; doctor {code}",
        good=all(seen) and moments == sorted(moments) and code == 1 and "clock" in said,
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
        back = shows(service, b"LOCATION:Hall 1")
    return told(
        at, [reader], "SQLite locked by another program for 4 s during a write", "by itself", back,
        seen=f"the writer waited ({waited:.0f} s)", good=result == [0] and reader.slowest < 1.5,
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
        code, said = at.doctor()
        good = service.get(FEED) in reader.bodies.values()
    begun = time.monotonic()
    mended, _ = at.doctor("--mend")
    with serving(at) as (service, after):
        same = service.get(FEED) in reader.bodies.values()
        back = time.monotonic() - begun
    return told(
        at, [reader, after], "a page of the table of events overwritten, service running",
        "`plenary doctor --mend`, service started: same bytes", back,
        seen=f"doctor {code} says what to do; a cold feed {cold}",
        good=code == 1 and "doctor --mend" in said and good and mended == 0 and same,
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
        code, _ = at.doctor()
        kept = hall(at)
        file.write_bytes(whole)
        service.process.send_signal(signal.SIGHUP)
        back = shows(service, b"LOCATION:Hall 1", 60)
    return told(
        at, [reader], "a schedule file half written, workers renewed", "file mended, SIGHUP", back,
        seen=f"the store as before, doctor {code}", good=renewed and code == 1 and kept != "Hall 1",
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
    return told(
        at, [reader], f"memory bounded to {limit >> 20} MiB, {len(documents)} hostile documents sent in", "by itself",
        0.0, seen=f"{said}; {plain.count(200)} of {len(plain)} harmless ones between them read",
        good=alive and plain.count(200) == len(plain) and not {0, 500} & set(answers),
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


FAULTS: dict[str, Callable[[Path], Row]] = {
    "workers killed": workers_killed,
    "workers killed, PostgreSQL": workers_killed_on_postgresql,
    "job workers killed": job_workers_killed,
    "job workers killed, PostgreSQL": job_workers_killed_on_postgresql,
    "writer killed": writer_killed,
    "full disk": full_disk,
    "read-only disk": read_only_disk,
    "clock jumps": clock_jumps,
    "locked database": locked_database,
    "corrupt page": corrupt_page,
    "half-written schedule": half_written_schedule,
    "newer tables": newer_tables,
    "two versions, workers renewed": workers_renewed_with_new_code,
    "two versions, beside each other": versions_beside_each_other,
    "memory limit": memory_limit,
    "slow, broken database": slow_and_broken_database,
    "database killed": database_killed,
}


def table(rows: Mapping[str, Row]) -> Iterator[str]:
    """The rows side by side."""
    heads = ("fault", "lost", "torn", "feeds: last good bytes", "right again", "after", "")
    lines = [heads]
    for name, row in rows.items():
        if row.good == SKIPPED:
            lines.append((name, "", "", "", row.seen, "", SKIPPED))
            continue
        feeds = f"yes, {row.answers} of {row.answers + row.unanswered}" if row.answers else "no answer"
        verdict = "survived" if row.good else "FAILED"
        lines.append((name, str(row.lost), str(row.torn), feeds, row.recovery, f"{row.back:.1f} s", verdict))
    widths = [max(len(line[column]) for line in lines) for column in range(len(heads))]
    for line in lines:
        yield "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()


def main() -> None:
    chosen = sys.argv[1:] or list(FAULTS)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    rows: dict[str, Row] = {}
    begun = time.monotonic()
    for name in chosen:
        folder = Path(tempfile.mkdtemp(prefix="plenary-fault-"))
        at = time.monotonic()
        try:
            rows[name] = FAULTS[name](folder / "at")
        except Exception as error:  # the table says what happened, whatever it was
            rows[name] = Row("", f"{type(error).__name__}: {str(error)[-300:]}")
        shutil.rmtree(folder, ignore_errors=True)
        row = rows[name]
        print(f"{name} ({time.monotonic() - at:.0f} s): {row.done}; seen: {row.seen}", flush=True)
    print("", *table(rows), sep="\n")
    survived, passed = (sum(row.good == mark for row in rows.values()) for mark in (True, SKIPPED))
    print(f"{survived} of {len(rows)} survived, {passed} skipped, {time.monotonic() - begun:.0f} s")
    sys.exit(0 if all(row.good for row in rows.values()) else 1)


if __name__ == "__main__":
    main()
