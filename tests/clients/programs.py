"""Calendar programs that are more than a library: each is started, reads calendars, and says what it sees.

Rows are UID, first day, day after the last, summary, of what stands between two days (the last inclusive).
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import TracebackType

import caldav
import icalendar
from dateutil.rrule import rrulestr
from ical.calendar_stream import IcsCalendarStream

HERE = Path(__file__).parent
Rows = list[tuple[str, ...]]
PATIENCE = 90.0


def by_ical(data: bytes, first: date, last: date) -> Rows:
    """Home Assistant's parser."""
    calendar = IcsCalendarStream.calendar_from_ics(data.decode())
    found = calendar.timeline.overlapping(first, last + timedelta(days=1))
    return sorted((str(item.uid), str(item.start), str(item.end), str(item.summary)) for item in found)


class Radicale:
    """A CalDAV server of its own."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        (folder / "config").write_text(
            f"[server]\nhosts = 127.0.0.1:{port}\n[auth]\ntype = none\n[rights]\ntype = authenticated\n"
            f"[storage]\nfilesystem_folder = {folder / 'collections'}\n[logging]\nlevel = error\n"
        )
        self.address = f"http://127.0.0.1:{port}/"
        self._process = subprocess.Popen(
            [sys.executable, "-m", "radicale", "--config", str(folder / "config")], stderr=subprocess.DEVNULL
        )
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                return
            except OSError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)

    def __enter__(self) -> Radicale:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.wait(10)

    def rows(self, name: str, data: bytes, first: date, last: date) -> Rows:
        """What caldav finds after putting each event there."""
        with caldav.DAVClient(url=self.address, username="reader", password="none") as client:
            calendar = client.principal().make_calendar(name=name, cal_id=name)
            whole = icalendar.Calendar.from_ical(data)
            for event in whole.walk("VEVENT"):
                alone = icalendar.Calendar()
                alone.add("VERSION", "2.0")
                alone.add("PRODID", str(whole["PRODID"]))
                alone.add_component(event)
                calendar.add_event(alone.to_ical().decode())
            begin = datetime.combine(first, datetime.min.time(), tzinfo=UTC)
            end = datetime.combine(last + timedelta(days=1), datetime.min.time(), tzinfo=UTC)
            found = calendar.search(start=begin, end=end, event=True, expand=True)
            parts = [part for item in found for part in item.icalendar_instance.walk("VEVENT")]
        return sorted(
            (str(part["UID"]), str(part["DTSTART"].dt), str(part["DTEND"].dt), str(part["SUMMARY"])) for part in parts
        )


class Evolution:
    """Evolution's data server with a calendar at each address; asked again and again, it polls."""

    def __init__(self, folder: Path, addresses: Sequence[str]) -> None:
        homes = {f"XDG_{name.upper()}_HOME": str(folder / name) for name in ("config", "cache", "data")}
        for home in homes.values():
            Path(home).mkdir(parents=True, exist_ok=True)
        self._count = len(addresses)
        self._log = (folder / "log").open("w")
        self._process = subprocess.Popen(
            ["dbus-run-session", "--", "/usr/bin/python3", str(HERE / "evolution.py"), str(folder), *addresses],
            env={**os.environ, **homes, "GSETTINGS_BACKEND": "memory", "LC_ALL": "C.UTF-8"},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._log, text=True,
        )  # fmt: skip

    def __enter__(self) -> Evolution:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(20)
        self._log.close()

    def rows(self, first: date, last: date) -> list[Rows]:
        """What each calendar holds after a poll."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{first} {last}\n")
        self._process.stdin.flush()
        found: list[Rows] = [[] for _ in range(self._count)]
        while line := self._process.stdout.readline().rstrip("\n"):
            number, *row = line.split("\t")
            found[int(number)].append(tuple(row))
        if self._process.poll():
            raise ValueError(f"Evolution's reader ended with {self._process.returncode}")
        return found


class Thunderbird:
    """Thunderbird without a window: a profile with a calendar at each address; every start polls."""

    def __init__(self, folder: Path, addresses: Sequence[str]) -> None:
        self._folder, self._profile, self._filled = folder, folder / "profile", False
        self._profile.mkdir(parents=True, exist_ok=True)
        self._ids = [f"11111111-1111-4111-8111-{number:012}" for number in range(len(addresses))]
        settings: dict[str, object] = {
            "calendar.list.sortOrder": " ".join(self._ids),
            "calendar.timezone.local": "UTC",
            "calendar.timezone.useSystemTimezone": False,
            "mail.provider.suppress_dialog_on_startup": True,
            "datareporting.policy.dataSubmissionPolicyBypassNotification": True,
            "app.donation.eoy.version.viewed": 999,
        }
        for id_, address in zip(self._ids, addresses, strict=True):
            home = f"calendar.registry.{id_}"
            settings |= {
                f"{home}.name": id_[-3:], f"{home}.type": "ics", f"{home}.uri": address, f"{home}.readOnly": True,
                f"{home}.cache.enabled": True, f"{home}.refreshInterval": "30",
            }  # fmt: skip
        # JavaScript writes strings, numbers and truth as JSON does.
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in settings.items()]
        (self._profile / "user.js").write_text("\n".join(lines) + "\n")

    def rows(self, first: date, last: date) -> list[Rows]:
        """What each calendar's cache holds, once a start has brought nothing new for some seconds."""
        environment = {**os.environ, "HOME": str(self._folder), "MOZ_HEADLESS": "1"}
        with (self._folder / "log").open("w") as log:
            process = subprocess.Popen(
                ["thunderbird", "--profile", str(self._profile), "--no-remote"],
                env=environment, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        try:
            before: list[Rows] | None = None
            same, deadline = 0.0, time.monotonic() + PATIENCE
            began = time.monotonic()
            while time.monotonic() < deadline:
                time.sleep(1)
                now = self._cached(first, last)
                # At the first start something has to come; later a calendar may have nothing left between the days.
                if now is None or not (self._filled or all(now)):
                    continue
                same = same + 1 if now == before else 0
                before = now
                # A cache kept from the start before looks settled until the poll is done.
                if same >= 6 and time.monotonic() - began > 25:
                    break
            self._filled = before is not None
            return before or [[] for _ in self._ids]
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)

    def _cached(self, first: date, last: date) -> list[Rows] | None:
        file = self._profile / "calendar-data" / "cache.sqlite"
        if not file.exists():
            return None
        # Thunderbird keeps the file locked: a copy is read, with the log of what is not in the file yet.
        copy = self._folder / "copy.sqlite"
        for ending in ("", "-wal"):
            Path(f"{copy}{ending}").unlink(missing_ok=True)
            if Path(f"{file}{ending}").exists():
                shutil.copyfile(f"{file}{ending}", f"{copy}{ending}")
        try:
            with closing(sqlite3.connect(copy)) as database:
                events = database.execute("SELECT cal_id, id, title, event_start, event_end FROM cal_events").fetchall()
                rules = database.execute("SELECT cal_id, item_id, icalString FROM cal_recurrence").fetchall()
        except sqlite3.DatabaseError:
            return None
        repeated = {(calendar, uid): text.strip().removeprefix("RRULE:") for calendar, uid, text in rules}
        found: list[Rows] = [[] for _ in self._ids]
        for calendar, uid, title, start, end in events:
            if calendar not in self._ids:
                continue
            day = datetime.fromtimestamp(start / 1e6, UTC).replace(tzinfo=None)
            length = timedelta(microseconds=end - start)
            rule = repeated.get((calendar, uid))
            window = datetime.combine(first, datetime.min.time()), datetime.combine(last, datetime.max.time())
            days = rrulestr(rule, dtstart=day).between(*window, inc=True) if rule else [day]
            found[self._ids.index(calendar)] += [
                (uid, str(one.date()), str((one + length).date()), title)
                for one in days
                if one.date() <= last and (one + length).date() > first
            ]
        return [sorted(rows) for rows in found]
