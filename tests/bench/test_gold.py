"""How good the engine is on gold of our own: items, titles and obligations of documents annotated beforehand."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from app.model import Kind, Schedule
from app.schedule.json_format import plain_schedule
from app.services.derive import derive_path

SHARED = Path(__file__).parents[3] / "shared"
CORPUS, BENCH = SHARED / "corpus", SHARED / "bench"
GOLD = Path(__file__).parent / "gold"
pytestmark = [
    pytest.mark.bench,
    pytest.mark.skipif(not CORPUS.exists(), reason="the shared corpus is not beside this checkout"),
]


def derived(files: Iterable[str], folder: Path) -> dict[str, Schedule]:
    """Derive each of ``files`` of the corpus, and write its answer to ``folder`` for the scorer."""
    folder.mkdir()
    found: dict[str, Schedule] = {}
    for file in dict.fromkeys(files):
        schedule = derive_path(CORPUS / file, "en").schedule
        answer = json.dumps(plain_schedule(schedule, "en"), ensure_ascii=False)
        (folder / f"{Path(file).stem}.json").write_text(answer, "utf-8")
        found[file] = schedule
    return found


def scored(*command: str) -> str:
    done = subprocess.run([sys.executable, *command], capture_output=True, text=True, check=True)
    return done.stdout


def test_items_of_own_documents(tmp_path: Path) -> None:
    files = [json.loads(path.read_text("utf-8"))["file"] for path in sorted((GOLD / "documents").glob("*.json"))]
    derived(files, tmp_path / "answers")
    print("\nitems, gold of our own")
    print(scored(str(BENCH / "score.py"), "items", str(GOLD / "documents"), str(tmp_path / "answers")))


def test_titles_of_own_documents(tmp_path: Path) -> None:
    gold = json.loads((GOLD / "titles.json").read_text("utf-8"))
    derived((item["file"] for item in gold), tmp_path / "answers")
    print("\ntitles, gold of our own")
    print(scored(str(BENCH / "titles.py"), str(GOLD / "titles.json"), str(tmp_path / "answers")))


def test_tasks_against_appeals(tmp_path: Path) -> None:
    gold = json.loads((GOLD / "obligations.json").read_text("utf-8"))
    schedules = derived((item["file"] for item in gold), tmp_path / "answers")
    counts: Counter[str] = Counter()
    for item in gold:
        events = [
            event
            for event in schedules[item["file"]].events
            if event.kind is Kind.OBLIGATION
            and event.paragraph == item["paragraph"]
            and list(event.letters) == item["letters"]
        ]
        labels = {"appeal" if event.appeal else "task" for event in events}
        counts["right" if labels == {item["label"]} else "missing" if not events else "wrong"] += 1
    print(f"\ntasks against appeals, gold of our own: {dict(counts)} of {len(gold)}")
