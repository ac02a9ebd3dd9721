"""How good the engine is on real documents: scores against the gold standard, the wide run, speed beside its peers.

The texts and the scorer lie in the shared bench folder beside the checkout; where that is not, nothing is measured.
"""

import json
import re
import resource
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from statistics import median

import dateparser.search
import pytest

from app.documents.parser import read_text
from app.errors import PlenaryError
from app.model import Language, Resolution
from app.schedule.json_format import plain_schedule
from app.schedule.pipeline import derive
from app.services.derive import derive_bytes
from app.timex import tag

BENCH = Path(__file__).parents[3] / "shared" / "bench"
pytestmark = [
    pytest.mark.bench,
    pytest.mark.skipif(not BENCH.exists(), reason="the shared bench folder is not beside this checkout"),
]
WARM = {
    "en": "The General Assembly,\n\n1. Requests the Secretary-General to report to it at its ninety-first session.\n",
    "fr": "L'Assemblée générale,\n\n1. Prie le Secrétaire général de lui présenter un rapport en 2036.\n",
}
SIX = ("en", "fr", "es", "ru", "ar", "zh")


def scored(*arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, str(BENCH / "score.py"), *arguments], capture_output=True, text=True, check=True
    )
    return done.stdout


@pytest.mark.parametrize(
    ("folder", "suffix", "language"), [("docs", "txt", ""), ("fr", "txt", "fr"), ("pdf", "pdf", "en")]
)
def test_items_of_real_documents(tmp_path: Path, folder: str, suffix: str, language: str) -> None:
    gold, answers = tmp_path / "gold", tmp_path / "answers"
    gold.mkdir()
    answers.mkdir()
    failed: list[str] = []
    for source in sorted((BENCH / "dev" / folder).glob(f"*.{suffix}")):
        name = f"{source.stem}.json"
        data = (BENCH / "dev" / "gold" / name).read_bytes()
        (gold / name).write_bytes(data)
        spoken: Language = "fr" if language == "fr" else "zh" if json.loads(data)["lang"] == "zh" else "en"
        try:
            schedule = derive_bytes(source.read_bytes(), spoken, name=source.name).schedule
        except PlenaryError as error:
            failed.append(f"{source.name}: {error}")
            continue
        answer = json.dumps(plain_schedule(schedule, spoken), ensure_ascii=False)
        (answers / name).write_text(answer, "utf-8")
    print(f"\nitems, dev/{folder}")
    print(scored("items", str(gold), str(answers)))
    assert failed == []


def test_time_values_in_six_languages(tmp_path: Path) -> None:
    segments = json.loads((BENCH / "dev" / "six.json").read_text("utf-8"))
    for language in SIX:
        values = {item["id"]: [found.value for found in tag(item[language], language)] for item in segments}
        (tmp_path / f"{language}.json").write_text(json.dumps(values), "utf-8")
    print("\ntime values, dev/six")
    print(scored("six", str(BENCH / "dev" / "six_gold.json"), str(tmp_path)))


def gapless(resolution: Resolution) -> bool | None:
    """Whether the operative paragraphs count up without a gap; None where the text numbers none.

    A paragraph that goes on after a list or a table keeps its number and is counted once.
    """
    by_section: dict[str, list[int]] = {}
    for paragraph in resolution.operative:
        if paragraph.number and not paragraph.letters:
            numbers = by_section.setdefault(paragraph.section, [])
            number = int(re.sub(r"\D.*", "", paragraph.number))
            if not numbers or numbers[-1] != number:
                numbers.append(number)
    if not by_section:
        return None
    return all(numbers == list(range(numbers[0], numbers[0] + len(numbers))) for numbers in by_section.values())


def test_the_wide_run() -> None:
    for language in ("en", "fr"):
        # The lexicons of a language are compiled on first use, once a process.
        derive_bytes(WARM[language].encode(), "fr" if language == "fr" else "en", name="A_RES_90_1.txt")
    counted = numbered = whole = items = unread = 0
    slowest: tuple[float, str] = (0.0, "")
    for language, folder in (("en", "corpus/en"), ("fr", "corpus/fr")):
        spoken: Language = "fr" if language == "fr" else "en"
        for source in sorted((BENCH / folder).glob("*.txt")):
            text = source.read_text("utf-8")
            start = time.perf_counter()
            resolution = read_text(text, spoken, name=source.name)
            schedule = derive(resolution)
            slowest = max(slowest, (time.perf_counter() - start, source.name))
            counted += 1
            items += len(schedule.events)
            unread += sum(len(found) for found in schedule.unread.values())
            state = gapless(resolution)
            numbered += state is not None
            whole += bool(state)
            for event in schedule.events:
                assert [span.of(text) for span in event.span.values()] == list(event.quote.values()), source.name
    print(f"\n{counted} texts without gold: {items} items, {unread} unread, slowest {slowest[0]:.3f} s {slowest[1]}")
    print(f"numbered without gaps: {whole} of {numbered}, {whole / numbered:.3f}")
    assert slowest[0] < 1.0


def rates(works: Mapping[str, tuple[Callable[[str], object], list[str]]], rounds: int = 5) -> dict[str, float]:
    """Characters a second of one core's time, by name: medians of rounds in which the works take turns."""
    found: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, (work, texts) in works.items():
            start = time.process_time()
            for text in texts:
                work(text)
            found[name].append(sum(map(len, texts)) / (time.process_time() - start))
    return {name: median(values) for name, values in found.items()}


def resident() -> int:
    """Bytes of memory that this process has now, as far as the system tells; 0 where it does not."""
    status = Path("/proc/self/statm")
    return int(status.read_text("ascii").split()[1]) * resource.getpagesize() if status.exists() else 0


def test_speed_beside_peers_and_memory() -> None:
    sources = sorted((BENCH / "corpus" / "en").glob("*.txt"))
    texts = [source.read_text("utf-8") for source in sources]
    names = dict(zip(texts, (source.name for source in sources), strict=True))

    def whole(text: str) -> object:
        return derive(read_text(text, "en", name=names.get(text, "A_RES_90_1.txt")))

    months = "January|February|March|April|May|June|July|August|September|October|November|December"
    bare = re.compile(
        rf"\b(?:[0-3]?\d (?:{months}) \d{{4}}|(?:{months}) \d{{4}}|[a-z-]+ session|annually|every year)\b"
    )
    for text in texts:
        whole(text)
    found = rates(
        {
            "end to end": (whole, texts),
            "read": (lambda text: read_text(text, "en", name=names[text]), texts),
            "bare": (bare.findall, texts),
            "dateparser": (
                lambda text: dateparser.search.search_dates(text, languages=["en"]),
                [text[:4000] for text in texts[:2]],
            ),
        }
    )
    ours, peer = found["end to end"], found["dateparser"]
    print(f"\nof one core's time, medians of 5 turns: end to end {ours / 1e6:.2f} MB/s, of it reading alone", end=" ")
    print(f"{found['read'] / 1e6:.2f}; a bare re alternation {found['bare'] / 1e6:.2f} MB/s, scanning only;")
    print(f"dateparser.search {peer / 1e6:.3f} MB/s, dates only: {ours / peer:.0f} times as fast")
    held = resident()
    for number in range(1000):
        whole(texts[number % len(texts)])
    print(f"memory of the process grown over a thousand documents: {(resident() - held) / 1e6:.2f} MB")
    assert resident() - held < 30_000_000
    tracemalloc.start()
    for text in texts[:50]:
        whole(text)
    before = tracemalloc.get_traced_memory()[0]
    for number in range(1000):
        whole(texts[number % 60][:20_000])
    grown = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    print(f"objects grown over a thousand documents: {grown / 1e6:.2f} MB")
    assert grown < 8_000_000
    assert date(2018, 5, 14).isoformat() in [found.value for found in tag("on 14 May 2018", "en")]
