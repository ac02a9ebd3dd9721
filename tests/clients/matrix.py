"""The client matrix: every program that is here reads every language's feed; who sees what, as a table.

Run by ``tests/clients/run``, which installs the programs. Ends with 1 where two programs differ.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from itertools import product
from pathlib import Path
from tempfile import mkdtemp

import httpx
import vobject

from app.feeds import lint
from tests.clients.programs import Evolution, Radicale, Rows, Thunderbird, by_ical
from tests.clients.test_clients import FIRST, LAST, by_icalendar, by_khal, by_vobject

HERE = Path(__file__).parent
LANGUAGES = ("en", "zh", "ar")
WINDOW = (FIRST.isoformat(), LAST.isoformat())
FEEDS = ("resolution/A-RES-72-251", "all")


def by_command(*command: str) -> Rows:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ValueError(done.stderr.strip().splitlines()[-1] if done.stderr.strip() else f"exit {done.returncode}")
    return [tuple(line.split("\t")) for line in done.stdout.splitlines()]


def by_calcurse(file: Path, folder: Path) -> Rows:
    """calcurse keeps days and summaries; a recurrence is asked for day by day."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    imported = subprocess.run(
        ["calcurse", "-q", "-D", str(folder), "-C", str(folder), "-i", str(file)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if imported.returncode:
        raise ValueError(imported.stderr.strip() or f"exit {imported.returncode}")
    listed = subprocess.run(
        ["calcurse", "-D", str(folder), "-C", str(folder), "-Q", "--from", FIRST.strftime("%m/%d/%Y"),
         "--to", LAST.strftime("%m/%d/%Y"), "--filter-type", "cal", "--format-event", "%(start:%Y-%m-%d)\t%m\n",
         "--format-recur-event", "%(start:%Y-%m-%d)\t%m\n"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    days: Rows = []
    today = ""
    for line in listed.stdout.splitlines():
        if len(line) >= 9 and line[2] == line[5] == "/":
            month, number, year = line.rstrip(":").split("/")
            today = date(2000 + int(year[-2:]), int(month), int(number)).isoformat()
        elif line.strip() and "\t" in line:
            days.append((today, line.split("\t")[-1].strip()))
    return sorted(set(days))


def days_of(rows: Rows) -> Rows:
    """The days of whole events, one by one, as calcurse lists them."""
    found = set()
    for _, start, end, summary in rows:
        day = date.fromisoformat(start)
        while day < date.fromisoformat(end):
            found.add((day.isoformat(), summary))
            day += timedelta(days=1)
    return sorted(item for item in found if item[0] <= LAST.isoformat())


@dataclass(frozen=True)
class Reading:
    """One feed in one language, as a file and at its address, and what icalendar sees of it."""

    data: bytes
    file: Path
    address: str
    expected: Rows
    folder: Path
    modules: str
    radicale: Radicale

    def programs(self) -> dict[str, Callable[[], bool]]:
        """Whether each program sees the same, by the program's name."""
        found: dict[str, Callable[[], bool]] = {
            "byte lint": lambda: lint(self.data) == [],
            "vobject strict": lambda: bool(vobject.readOne(self.data.decode()).validate(raiseException=True)),
            "vobject": lambda: sorted(tuple(map(str, row)) for row in by_vobject(self.data)) == self.expected,
            "ical (Home Assistant)": lambda: by_ical(self.data, FIRST, LAST) == self.expected,
            "caldav, Radicale": self._caldav,
            "vdirsyncer + khal": self._khal,
            "ical.js": lambda: self._command("node", str(HERE / "instances.mjs"), "ical.js", self.modules),
            "node-ical": lambda: self._command("node", str(HERE / "instances.mjs"), "node-ical", self.modules),
        }
        if Path("/usr/lib/python3/dist-packages/gi").exists():
            found["libical, restriction check"] = lambda: self._command("/usr/bin/python3", str(HERE / "libical.py"))
        kcal = self.folder / "kcal"
        if kcal.exists():
            found["KCalendarCore"] = lambda: by_command(str(kcal), str(self.file), *WINDOW) == self.expected
        if shutil.which("calcurse"):
            found["calcurse"] = lambda: by_calcurse(self.file, self.folder / "calcurse") == days_of(self.expected)
        return found

    def _caldav(self) -> bool:
        name = sha256(self.address.encode()).hexdigest()[:12]
        return self.radicale.rows(name, self.data, FIRST, LAST) == self.expected

    def _khal(self) -> bool:
        place = Path(mkdtemp(dir=self.folder))
        seen = [tuple(map(str, row)) for row in by_khal(self.address, place)]
        return seen == sorted({row[1:] for row in self.expected})

    def _command(self, *command: str) -> bool:
        program, script, *rest = command
        client, modules = (rest[:1], rest[1:]) if rest else ([], [])
        return by_command(program, script, *client, str(self.file), *WINDOW, *modules) == self.expected


def say(name: str, language: str, expected: Rows, program: str, said: str) -> bool:
    """Prints a line of the table; whether the program sees the same."""
    print(f"{name:<26} {language}  {len(expected):>4} instances  {program:<28} {said}", flush=True)
    return said == "same"


def together(folder: Path, feeds: dict[tuple[str, str], tuple[str, Rows]]) -> Iterator[bool]:
    """The programs that take all calendars at once: what each sees of each."""
    addresses = [address for address, _ in feeds.values()]
    found: dict[str, list[Rows]] = {}
    if shutil.which("dbus-run-session") and Path("/usr/libexec/evolution-source-registry").exists():
        with Evolution(folder / "evolution", addresses) as evolution:
            found["Evolution"] = evolution.rows(FIRST, LAST)
    if shutil.which("thunderbird"):
        found["Thunderbird"] = Thunderbird(folder / "thunderbird", addresses).rows(FIRST, LAST)
    for program, seen in found.items():
        for ((name, language), (_, expected)), rows in zip(feeds.items(), seen, strict=True):
            yield say(name, language, expected, program, "same" if rows == expected else "DIFFERENT")


def main(base: str, folder: Path, modules: str) -> int:
    """Prints the table; the number of disagreements."""
    agreed: list[bool] = []
    feeds: dict[tuple[str, str], tuple[str, Rows]] = {}
    with Radicale(folder / "radicale") as radicale:
        for name, language in product(FEEDS, LANGUAGES):
            address = f"{base}/feeds/{name}.ics?lang={language}"
            data = httpx.get(address).content
            file = folder / "feed.ics"
            file.write_bytes(data)
            expected: Rows = sorted(tuple(str(part) for part in row) for row in by_icalendar(data))
            feeds[name, language] = (address, expected)
            reading = Reading(data, file, address, expected, folder, modules, radicale)
            for program, agrees in reading.programs().items():
                try:
                    said = "same" if agrees() else "DIFFERENT"
                except (ValueError, AssertionError, vobject.base.VObjectError) as error:
                    said = f"FAILED: {' '.join(str(error).split())[:200]}"
                agreed.append(say(name, language, expected, program, said))
    agreed += together(folder, feeds)
    print(f"{sum(agreed)} of {len(agreed)} see what icalendar and recurring-ical-events see")
    return len(agreed) - sum(agreed)


if __name__ == "__main__":
    sys.exit(1 if main(sys.argv[1], Path(sys.argv[2]), sys.argv[3]) else 0)
