"""The tagger beside its peers: speed in six languages, and the scores of the shared bench folder."""

import json
import re
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import dateparser.search
import pytest

from app.languages import languages
from app.timex import tag

BENCH = Path(__file__).parents[3] / "shared" / "bench"
LEAST = 5.0
"""Megabytes a second that the slowest language must reach."""


def lines(language: str) -> list[str]:
    source = BENCH / "parallel" / f"{language}.txt"
    if not source.is_file():
        pytest.skip(f"the shared bench folder is not beside the checkout: {source}")
    return source.read_text(encoding="utf-8").splitlines()


def speed(texts: list[str], read: Callable[[str], object]) -> float:
    """Megabytes of UTF-8 read a second of one core's time; the best of three runs."""
    size = sum(len(text.encode()) for text in texts)
    best = 0.0
    for _ in range(3):
        started = time.process_time()
        for text in texts:
            read(text)
        best = max(best, size / (time.process_time() - started) / 1e6)
    return best


@pytest.mark.bench
def test_speed_in_six_languages(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["January", "May", "session", "annually", "every", "days", "months", "years", "biennium", "quarter"]
    bare = re.compile(rf"\b(?:\d{{1,2}} )?(?:{'|'.join(words)})\b(?: \d{{4}})?")
    found = {language: speed(lines(language), lambda text, to=language: tag(text, to)) for language in languages()}
    few = list(islice(lines("en"), 60))
    peers = {
        "a bare re alternation (en)": speed(lines("en"), bare.findall),
        "dateparser's search (en, 60 segments)": speed(few, lambda text: dateparser.search.search_dates(text, ["en"])),
    }
    with capsys.disabled():
        print("\ntagging, MB/s of one core")
        for name, rate in [*((f"plenary {language}", rate) for language, rate in found.items()), *peers.items()]:
            print(f"  {name:40} {rate:8.2f}")
    assert min(found.values()) >= LEAST


@pytest.mark.bench
def test_scores_in_six_languages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    segments = BENCH / "dev" / "six.json"
    if not segments.is_file():
        pytest.skip(f"the shared bench folder is not beside the checkout: {segments}")
    rows = json.loads(segments.read_text(encoding="utf-8"))
    for language in languages():
        said = {row["id"]: [x.value for x in tag(row[language], language)] for row in rows}
        (tmp_path / f"{language}.json").write_text(json.dumps(said), encoding="utf-8")
    gold = BENCH / "dev" / "six_gold.json"
    command = [sys.executable, str(BENCH / "score.py"), "six", str(gold), str(tmp_path)]
    table = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    with capsys.disabled():
        print(f"\n{table}")
    rates = {row[:2]: (float(row.split()[2]), float(row.split()[6])) for row in table.splitlines()[:6]}
    assert all(precision >= 0.98 and f1 >= 0.97 for precision, f1 in rates.values()), rates
