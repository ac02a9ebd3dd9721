"""How telling, short and distinct titles are on real documents, where the shared bench stands beside the checkout."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest

from app.errors import PlenaryError
from app.i18n import title
from app.model import Kind
from app.schedule.json_format import plain_schedule
from app.services.derive import derive_bytes

SHARED = Path(__file__).parents[3] / "shared"
pytestmark = [
    pytest.mark.bench,
    pytest.mark.skipif(not SHARED.exists(), reason="the shared bench folder is not beside this checkout"),
]
SAMPLE = 120
"""Documents of the corpus that one run reads: a minute on one core."""
SHORT, LONGEST = 80, 90


def test_titles_of_real_documents_tell_their_subject(tmp_path: Path) -> None:
    bench = SHARED / "bench"
    for language in ("en", "fr"):
        for source in sorted((bench / "titles-docs" / language).glob("*.txt")):
            try:
                found = derive_bytes(source.read_bytes(), language, name=source.name)  # type: ignore[arg-type]
            except PlenaryError:
                continue
            answer = plain_schedule(found.schedule, language)
            (tmp_path / f"{language}-{source.stem}").mkdir()
            (tmp_path / f"{language}-{source.stem}" / f"{source.stem}.json").write_text(json.dumps(answer))
    script, gold = bench / "titles.py", bench / "titles-dev.json"
    done = subprocess.run(
        [sys.executable, str(script), str(gold), str(tmp_path)], capture_output=True, text=True, check=True
    )
    scores = re.search(r"ALL telling ([\d.]+) bearer ([\d.]+) kind ([\d.]+)", done.stdout)
    assert scores is not None
    telling, bearer, kind = map(float, scores.groups())
    print(f"titles: telling {telling}, bearer {bearer}, kind {kind}")
    assert telling >= 0.88
    assert bearer >= 0.95
    assert kind >= 0.94


def test_titles_of_the_corpus_are_short_and_distinct() -> None:
    files = sorted((SHARED / "corpus").rglob("*.txt"))
    random.Random(7).shuffle(files)
    total = shared = long = longest = 0
    for source in files[:SAMPLE]:
        try:
            events = derive_bytes(source.read_bytes(), "en", name=source.name).schedule.events
        except PlenaryError:
            continue
        held: dict[str, set[object]] = {}
        told = [(title(event, "en").casefold(), event) for event in events]
        for words, event in told:
            same = (event.kind, event.when, event.section, event.paragraph, event.letters)
            held.setdefault(words, set()).add("day" if event.kind is Kind.OBSERVANCE else same)
        total += len(told)
        shared += sum(len(held[words]) > 1 for words, _ in told)
        long += sum(len(words) > SHORT for words, _ in told)
        longest += sum(len(words) > LONGEST for words, _ in told)
    print(f"titles: {total}, shared {shared}, over {SHORT} {long}, over {LONGEST} {longest}")
    assert shared < 0.02 * total
    assert long < 0.03 * total
    assert longest == 0
