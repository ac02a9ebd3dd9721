"""``make fuzz``: every entry point and the whole OpenAPI, within FUZZ_SECONDS and what the starts take; a table.

An entry point has the share of the time that its weight gives it: those that do much with an input have more.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.fuzz.targets import ROOT, TARGETS, seeds

SECONDS = int(os.environ.get("FUZZ_SECONDS", "300"))
AT_ONCE = int(os.environ.get("FUZZ_JOBS", str(os.cpu_count() or 1)))
HANG_SECONDS, MEMORY = 2, 512
WEIGHTS = {"pdf": 6, "docx": 4, "text": 4, "calendar": 3, "schedule": 2, "sentences": 2, "openapi": 5}
LENGTHS = {"text": 3000, "calendar": 3000, "docx": 6000, "schedule": 6000, "sentences": 400}
"""The longest inputs; where nothing is said, 20,000 bytes."""
API = "openapi"
START_SECONDS = 6
"""What importing and instrumenting take, of the share."""
LATE_SECONDS = 60
"""How much later than it should an entry point may end, its start included."""
FOLDER = ROOT / "var" / "fuzz"


@dataclass
class Row:
    name: str
    inputs: int
    crashes: int
    slowest: str
    memory: str
    note: str = ""


def fuzz(name: str, seconds: int) -> Row:
    corpus, found = FOLDER / name / "corpus", FOLDER / name / "found"
    for folder in (corpus, found):
        folder.mkdir(parents=True, exist_ok=True)
    for seed in seeds(name):
        (corpus / hashlib.sha256(seed).hexdigest()[:16]).write_bytes(seed)
    command = [
        sys.executable, "-m", "tests.fuzz.one", name, str(corpus), f"-max_total_time={seconds}",
        f"-timeout={HANG_SECONDS}", f"-rss_limit_mb={MEMORY}", "-print_final_stats=1",
        f"-max_len={LENGTHS.get(name, 20_000)}",
        f"-artifact_prefix={found}/", "-verbosity=1",
    ]  # fmt: skip
    log = FOLDER / name / "log"
    with log.open("wb") as stream, subprocess.Popen(command, cwd=ROOT, stdout=stream, stderr=stream) as process:
        try:
            code = process.wait(seconds + LATE_SECONDS)
        except subprocess.TimeoutExpired:
            # In a call that cannot be interrupted: libFuzzer's own clock does not strike.
            process.kill()
            code = -1
    said = log.read_text("utf-8", "replace")
    stat = dict(re.findall(r"stat::(\w+):\s+(\d+)", said))
    inputs = int(stat.get("number_of_executed_units", "0")) or max(
        [int(number) for number in re.findall(r"^#(\d+)", said, flags=re.MULTILINE)], default=0
    )
    broken = code != 0
    note = ""
    if broken:
        wrong = [
            line for line in said.splitlines() if re.match(r"\w*Error|ERROR|AssertionError|==\d+==", line.strip(" ="))
        ]
        note = f"hung for {LATE_SECONDS} s" if code == -1 else (wrong or said.splitlines()[-1:] or [""])[0][:90]
    slowest, memory = stat.get("slowest_unit_time_sec", "?"), stat.get("peak_rss_mb", "?")
    return Row(name, inputs, int(broken), f"{slowest} s", f"{memory} MB", note)


def api(seconds: int) -> Row:
    """Schemathesis over every operation of the OpenAPI."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.openapi", str(seconds)], cwd=ROOT, capture_output=True, text=True,
        check=False, errors="replace",
    )  # fmt: skip
    try:
        name, count, failures, slowest, memory, note = done.stdout.split("\n")[:6]
        return Row(name, int(count), int(failures), slowest, memory, note[:90])
    except ValueError:
        return Row(API, 0, 1, "?", "?", (done.stderr.splitlines() or [""])[-1][:90])


def main() -> None:
    names = sys.argv[1:] or [*TARGETS, API]
    whole = sum(WEIGHTS.get(name, 1) for name in names)
    seconds = {name: max(5, SECONDS * AT_ONCE * WEIGHTS.get(name, 1) // whole - START_SECONDS) for name in names}
    # The longest first, so that they all end at about the same time.
    names.sort(key=lambda name: -seconds[name])
    print(f"fuzzing {len(names)} entry points for {SECONDS} s, {AT_ONCE} at once", flush=True)
    begun = time.monotonic()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        rows = list(pool.map(lambda name: (api if name == API else partial(fuzz, name))(seconds[name]), names))
    print(f"\n{'entry point':<14}{'inputs':>12}{'crashes':>9}{'slowest':>10}{'memory':>10}  note")
    for row in rows:
        print(f"{row.name:<14}{row.inputs:>12,}{row.crashes:>9}{row.slowest:>10}{row.memory:>10}  {row.note}")
    total, crashes = sum(row.inputs for row in rows), sum(row.crashes for row in rows)
    print(f"{'together':<14}{total:>12,}{crashes:>9}  {time.monotonic() - begun:.0f} s")
    print(f"findings are below {FOLDER.relative_to(Path.cwd()) if FOLDER.is_relative_to(Path.cwd()) else FOLDER}")
    sys.exit(1 if crashes else 0)


if __name__ == "__main__":
    main()
