"""Publishing, and a schedule file that changes, beside ten thousand instruments: the processor time of each."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.almanac import almanac
from app.services import ingest, publish, sync
from app.store import Store
from tests.bench.load import _write
from tests.jobs import RecordedQueue, run_jobs

pytestmark = pytest.mark.bench
COUNT, GOAL = 9_999, 1.0
TEXT = (Path(__file__).parents[1] / "corpus" / "A-RES-90-301.en.txt").read_bytes()


def spent(what: Callable[[], object]) -> float:
    begun = time.process_time()
    assert what()
    return time.process_time() - begun


def test_what_changes_costs_what_it_is_and_not_what_there_is(tmp_path: Path) -> None:
    folder = tmp_path / "schedules"
    folder.mkdir()
    _write(folder, 1)
    sample = (folder / "A-RES-91-1.yaml").read_text("utf-8")
    for number in range(2, COUNT + 1):
        made = sample.replace("A/RES/91/1\n", f"A/RES/91/{number}\n").replace("A-RES-91-1.", f"A-RES-91-{number}.")
        (folder / f"A-RES-91-{number}.yaml").write_text(made, "utf-8")
    store = Store(f"sqlite:///{tmp_path}/plenary.sqlite")
    store.migrate()
    almanac()
    whole = spent(lambda: sync.load(store, folder, datetime.now(UTC)))
    time.sleep(2.1)  # files that are this young are read again
    sync.load(store, folder, datetime.now(UTC))
    files, publications = [], []
    for turn in range(5):
        _write(folder, 500 + turn, f"Hall {turn}")
        files.append(spent(lambda: sync.load(store, folder, datetime.now(UTC))))
        data = TEXT.replace(b"90/301", b"90/%d" % (310 + turn))
        upload = ingest.build_upload(data, "en", name="a.txt", symbol=None, adopted=None)
        ingest.submit(store, upload, datetime.now(UTC), RecordedQueue())
        run_jobs(store)
        number = store.proposals.list(limit=1).items[0].id
        publications.append(
            spent(lambda number=number: publish.publish(store, folder, [number], datetime.now(UTC), by=None))  # type: ignore[misc]  # bound at once
        )
    print(
        f"\n{COUNT:,} instruments loaded in {whole:.1f} s; one file changed {max(files):.2f} s, published "
        f"{max(publications):.2f} s of a processor; goal {GOAL} s"
    )
    store.close()
    assert max(*files, *publications) < GOAL
