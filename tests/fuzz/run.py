"""``make fuzz``: every entry point for its share of FUZZ_SECONDS, then the whole OpenAPI; prints a table."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.fuzz.targets import ROOT, TARGETS, seeds

SECONDS = int(os.environ.get("FUZZ_SECONDS", "300"))
AT_ONCE = int(os.environ.get("FUZZ_JOBS", str(os.cpu_count() or 1)))
HANG_SECONDS, MEMORY = 2, 512
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
        f"-timeout={HANG_SECONDS}", f"-rss_limit_mb={MEMORY}", "-print_final_stats=1", "-max_len=20000",
        f"-artifact_prefix={found}/", "-verbosity=1",
    ]  # fmt: skip
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, errors="replace")
    (FOLDER / name / "log").write_text(done.stdout + done.stderr)
    said = done.stdout + done.stderr
    stat = dict(re.findall(r"stat::(\w+):\s+(\d+)", said))
    inputs = int(stat.get("number_of_executed_units", "0")) or max(
        [int(number) for number in re.findall(r"^#(\d+)", said, flags=re.MULTILINE)], default=0
    )
    broken = done.returncode != 0
    note = ""
    if broken:
        wrong = [
            line for line in said.splitlines() if re.match(r"\w*Error|ERROR|AssertionError|==\d+==", line.strip(" ="))
        ]
        note = (wrong or said.splitlines()[-1:] or [""])[0][:90]
    slowest, memory = stat.get("slowest_unit_time_sec", "?"), stat.get("peak_rss_mb", "?")
    return Row(name, inputs, int(broken), f"{slowest} s", f"{memory} MB", note)


def api(seconds: int) -> Row:
    """Schemathesis over every operation of the OpenAPI, against a real service."""
    from tests.fuzz.openapi import run  # starts a service

    return Row(*run(seconds))


def main() -> None:
    share = max(5, SECONDS * AT_ONCE // (len(TARGETS) + 1))
    print(f"fuzzing {len(TARGETS)} entry points, {share} s each, {AT_ONCE} at once", flush=True)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        rows = list(pool.map(lambda name: fuzz(name, share), TARGETS))
    rows.append(api(share))
    print(f"\n{'entry point':<14}{'inputs':>12}{'crashes':>9}{'slowest':>10}{'memory':>10}  note")
    for row in rows:
        print(f"{row.name:<14}{row.inputs:>12,}{row.crashes:>9}{row.slowest:>10}{row.memory:>10}  {row.note}")
    total, crashes = sum(row.inputs for row in rows), sum(row.crashes for row in rows)
    print(f"{'together':<14}{total:>12,}{crashes:>9}")
    print(f"findings are below {FOLDER.relative_to(Path.cwd()) if FOLDER.is_relative_to(Path.cwd()) else FOLDER}")
    sys.exit(1 if crashes else 0)


if __name__ == "__main__":
    main()
