"""SECURITY.md is true: every test that it names exists, and what the linter for security finds is answered."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.errors import ScheduleError
from app.schedule.yaml_format import read

ROOT = Path(__file__).parent.parent
TABLE = (ROOT / "SECURITY.md").read_text("utf-8")


def test_every_row_names_a_test_and_every_named_test_exists() -> None:
    rows = [row for row in TABLE.splitlines() if row.startswith("| ")][1:]
    assert len(rows) >= 15
    for row in rows:
        named = re.findall(r"`(tests/[a-z_/]+\.py)::(test_[a-z0-9_]+)`", row)
        assert named, row
        for file, test in named:
            assert f"def {test}(" in (ROOT / file).read_text("utf-8"), f"{file}::{test}"


STRINGS = "the loader makes strings, lists and mappings only"
WRITES = "escapes what is written; nothing is parsed"
OURS = "names of our own tables, no words of anybody"
ANSWERED = {
    ("B506", "app/yaml_document.py"): STRINGS,
    ("B101", "app/web/server/bodies.py"): "tells the type checker what was checked before",
    ("B101", "app/cli/amend.py"): "tells the type checker what was checked before",
    ("B101", "app/amendments/detect.py"): "tells the type checker what was checked before",
    ("B406", "app/feeds/atom.py"): WRITES,
    ("B406", "app/feeds/change_entry.py"): WRITES,
    ("B406", "app/web/feeds/asgi.py"): WRITES,
    ("B608", "app/store/repair.py"): OURS,
    ("B404", "app/documents/sandbox.py"): "the reader of documents is a process of its own",
    ("B603", "app/documents/sandbox.py"): "starts this same interpreter, with arguments of our own",
    ("B704", "app/web/pages/subscribe.py"): "the picture of a QR code, written by segno from an address",
}


def test_bandit_finds_nothing_that_is_not_answered() -> None:
    # Words that look like passwords (B105) are what ruff looks for, too (S105), with its answer beside each.
    command = [sys.executable, "-m", "bandit", "-q", "-r", "app", "-f", "json", "--exit-zero", "--skip", "B105"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    report = json.loads(done.stdout)
    assert report["errors"] == []
    found = {(item["test_id"], item["filename"]) for item in report["results"]}
    assert found - set(ANSWERED) == set()


def bomb(levels: int) -> str:
    lines = ["symbol: A/RES/1/1", f"a: &a [{', '.join('x' * 9)}]"]
    lines += [f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]" for n in range(levels)]
    return "\n".join(lines)


@pytest.mark.parametrize(
    "text",
    [bomb(20), "[" * 300_000, "{a: " * 300_000, "- " * 300_000, "? " * 300_000, "a: &a [*a]", "[" * 2000 + "]" * 2000],
    ids=["aliases", "lists", "mappings", "dashes", "keys", "circle", "closed"],
)
def test_a_yaml_bomb_is_refused_at_once(text: str) -> None:
    begun = time.monotonic()
    with pytest.raises(ScheduleError):
        read(text, "a.yaml")
    assert time.monotonic() - begun < 2
