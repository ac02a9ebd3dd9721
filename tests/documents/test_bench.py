"""The reader over the real texts of the shared bench folder beside the checkout."""

import json
import time
from pathlib import Path

import pytest

from app.documents import read
from app.documents.parser import read_text
from app.errors import PlenaryError
from app.model import Language, Resolution

BENCH = Path(__file__).parents[2].parent / "shared" / "bench"

pytestmark = pytest.mark.skipif(not BENCH.is_dir(), reason="the shared bench folder is not beside the checkout")


def gapless(resolution: Resolution) -> bool:
    """Whether the numbers of every section count up from 1 without a gap."""
    sections: dict[str, list[int]] = {}
    for paragraph in resolution.operative:
        if paragraph.number:
            sections.setdefault(paragraph.section, []).append(int(paragraph.number))
    runs = list(sections.values())
    rising = all(run == sorted(run) and set(run) == set(range(run[0], run[-1] + 1)) for run in runs)
    return rising and runs[0][0] == 1


def test_texts_without_gold_are_read_fast_and_without_gaps() -> None:
    languages: tuple[Language, ...] = ("en", "fr")
    read_text("1. Decides.", "en")
    numbered = whole = 0
    slowest = 0.0
    for language in languages:
        for path in sorted((BENCH / "corpus" / language).glob("*.txt")):
            text = path.read_text(encoding="utf-8")
            before = time.process_time()
            found = read_text(text, language, name=path.name)
            slowest = max(slowest, time.process_time() - before)
            for paragraph in (*found.preamble, *found.operative, *found.annexes):
                reading = paragraph.reading
                places = [reading.place(n) for n in range(0, len(reading.text), 7) if reading.text[n] != " "]
                assert [text[place] for place in places] == [c for c in reading.text[::7] if c != " "]
            if any(paragraph.number for paragraph in found.operative):
                numbered += 1
                whole += gapless(found)
    assert numbered > 380
    assert whole / numbered >= 0.97
    assert slowest < 1.0


def test_the_paragraphs_and_days_of_the_gold_are_found() -> None:
    seen = right = days = 0
    for path in sorted((BENCH / "dev" / "gold").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        for folder, language, suffix in (("docs", gold["lang"], ".txt"), ("fr", "fr", ".txt"), ("pdf", "en", ".pdf")):
            source = BENCH / "dev" / folder / f"{path.stem}{suffix}"
            if not source.is_file():
                continue
            seen += 1
            try:
                found = read(source.read_bytes(), language, name=source.name)
            except PlenaryError:
                continue
            numbers = {paragraph.number for paragraph in found.operative}
            right += {item["para"] for item in gold["items"] if not item.get("optional")} <= numbers
            days += (found.adopted.isoformat() if found.adopted else None) == gold["adopted"]
    assert seen > 130
    assert right / seen >= 0.95
    assert days / seen >= 0.95
