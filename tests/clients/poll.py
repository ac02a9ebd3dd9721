"""Programs that poll: each is shown a calendar before and after what two decisions did to it, and must see it.

Run by ``tests/clients/run``. The feed of resolution 72/251 is read as it stood when adopted (nothing amends it), then
after decision 72/553 moved its organizational meeting, then after decision 72/556 postponed both its meetings; once
with ``cancelled=keep``, where a postponed meeting stays and says so, and once with ``cancelled=drop``, where it goes.
Ends with 1 where a program does not see a change.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import httpx

from tests.clients.conftest import free_port
from tests.clients.programs import Evolution, Rows, Thunderbird
from tests.clients.test_clients import BIN, by_icalendar, by_khal

ROOT = Path(__file__).parents[2]
FIRST, LAST = date(2018, 1, 1), date(2018, 8, 31)
MEETINGS = ("A-RES-72-251.5.meeting.1", "A-RES-72-251.6.meeting.1")
STATES = (
    ("as adopted", ("A-RES-72-251.yaml", "A-RES-72-251.zh.txt")),
    ("revision", ("A-DEC-72-553.yaml",)),
    ("postponement, removal", ("A-DEC-72-556.yaml",)),
)
DAYS = (
    {"5": "2018-05-14", "6": "2018-03-28"},
    {"5": "2018-05-14", "6": "2018-05-10"},
    {"5": "2018-05-14", "6": "2018-05-10"},
)
"""The first days of the meetings of paragraphs 5 and 6 in each state."""


def days(rows: Rows) -> dict[str, str]:
    return {uid.split(".")[1]: start for uid, start, *_ in rows if uid in MEETINGS}


class Service:
    """``plenary serve`` over a folder of schedules of its own; another process brings the changes."""

    def __init__(self, folder: Path) -> None:
        self._schedules, port = folder / "schedules", free_port()
        self._schedules.mkdir(parents=True)
        self.base = f"http://127.0.0.1:{port}"
        self._environment = {
            **os.environ,
            "PLENARY_DATABASE_URL": f"sqlite:///{folder / 'plenary.sqlite'}",
            "PLENARY_SCHEDULES": str(self._schedules),
            "PLENARY_BASE_URL": self.base,
        }
        self.put(*STATES[0][1])
        self._log = (folder / "log").open("wb")
        self._process = subprocess.Popen(
            [str(BIN / "plenary"), "serve", "--port", str(port)], env=self._environment, stderr=self._log,
        )  # fmt: skip
        for _ in range(600):
            try:
                if httpx.get(f"{self.base}/readyz").status_code == 200:
                    return
            except httpx.TransportError:
                time.sleep(0.1)
        raise SystemExit("the service does not start")

    def put(self, *names: str) -> None:
        for name in names:
            shutil.copy(next((ROOT / "schedules").rglob(name)), self._schedules / name)

    def change(self, *names: str) -> None:
        """Puts schedule files there, and has another process load them."""
        self.put(*names)
        subprocess.run(
            [str(BIN / "plenary"), "show", "A/RES/72/251"], env=self._environment, check=True, stdout=subprocess.DEVNULL
        )
        time.sleep(1.0)

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(10)
        self._log.close()


def main(folder: Path) -> int:
    """Prints the table; the number of programs and states that differ."""
    service = Service(folder / "service")
    addresses = [f"{service.base}/feeds/resolution/A-RES-72-251.ics?cancelled={how}" for how in ("keep", "drop")]
    places = [folder / f"vdirsyncer-{number}" for number in range(2)]
    for place in places:
        place.mkdir(parents=True)
    polls: dict[str, Callable[[], list[Rows]]] = {"vdirsyncer + khal": lambda: [
        [("", *map(str, row)) for row in by_khal(address, place, FIRST, LAST)]
        for address, place in zip(addresses, places, strict=True)
    ]}  # fmt: skip
    evolution = None
    if shutil.which("dbus-run-session") and Path("/usr/libexec/evolution-source-registry").exists():
        evolution = Evolution(folder / "evolution-poll", addresses)
        polls["Evolution"] = lambda: evolution.rows(FIRST, LAST)  # type: ignore[union-attr]  # there, if it is asked
    if shutil.which("thunderbird"):
        thunderbird = Thunderbird(folder / "thunderbird-poll", addresses)
        polls["Thunderbird"] = lambda: thunderbird.rows(FIRST, LAST)
    wrong = 0
    try:
        for number, (name, files) in enumerate(STATES):
            if number:
                service.change(*files)
            feeds = [
                sorted(
                    tuple(str(part) for part in row)
                    for row in by_icalendar(httpx.get(address).content)
                    if row[1] <= LAST and row[2] > FIRST
                )
                for address in addresses
            ]
            # What the feed says is held against what the decisions say, before anybody else reads it.
            assert days(feeds[0]) == DAYS[number], days(feeds[0])
            assert days(feeds[1]) == (DAYS[number] if number < 2 else {}), days(feeds[1])
            assert sum("[" in row[3] for row in feeds[0] if row[0] in MEETINGS) == (2 if number == 2 else 0)
            for program, poll in polls.items():
                seen = [sorted(rows) for rows in poll()]
                expected = [sorted(("", *row[1:]) for row in feed) for feed in feeds] if "khal" in program else feeds
                said = "seen" if seen == expected else "NOT SEEN"
                wrong += said != "seen"
                print(f"{name:<24} {program:<20} {said}", flush=True)
    finally:
        if evolution is not None:
            evolution.__exit__(None, None, None)
        service.stop()
    return wrong


if __name__ == "__main__":
    sys.exit(1 if main(Path(sys.argv[1])) else 0)
