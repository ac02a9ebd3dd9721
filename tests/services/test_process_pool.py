"""Many documents at once: the same bytes whatever runs beside, and one that is lost costs one."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.services.derive import derive_many
from app.services.process_pool import map_in_processes
from tests.documents import hostile, papers

TEXT = """Resolution adopted by the General Assembly on 1 December 2036

91/{number}. Lighthouses

The General Assembly,

1. Requests the Secretary-General to report to it at its ninety-third session;

2. Decides to convene a conference from {number} to 20 May 2037.

48th plenary meeting
1 December 2036
"""


def folder(below: Path, count: int) -> list[Path]:
    below.mkdir()
    for number in range(1, count + 1):
        (below / f"A_RES_91_{number}.en.txt").write_text(TEXT.format(number=number), "utf-8")
    (below / "A_RES_91_17.pdf").write_bytes(papers.resolution_pdf())
    (below / "A_RES_91_18.docx").write_bytes(papers.resolution_docx())
    (below / "A_RES_91_19.html").write_text(papers.HTML, "utf-8")
    (below / "A_RES_91_20.docx").write_bytes(hostile.cut_docx(50))
    return sorted(below.iterdir())


def test_the_same_bytes_by_one_process_and_by_two(tmp_path: Path) -> None:
    sources = folder(tmp_path / "texts", 9)
    one = list(derive_many(sources, "en", tmp_path / "one", "json", workers=1))
    two = list(derive_many(sources, "en", tmp_path / "two", "json", workers=2))
    assert [(item.source, item.items, item.error) for item in one] == [
        (item.source, item.items, item.error) for item in two
    ]
    assert [item.source.name for item in one if item.error] == ["A_RES_91_20.docx"]
    first = {path.name: path.read_bytes() for path in (tmp_path / "one").iterdir()}
    assert first == {path.name: path.read_bytes() for path in (tmp_path / "two").iterdir()}
    assert sorted(first) == sorted(
        [f"A_RES_91_{n}.en.json" for n in range(1, 10)] + [f"A_RES_91_{n}.json" for n in (17, 18, 19)]
    )
    items = {
        name: [(item["paragraph"], item["when"]) for item in json.loads(data)["items"]] for name, data in first.items()
    }
    assert items["A_RES_91_17.json"] == items["A_RES_91_18.json"] == items["A_RES_91_19.json"]


def fall(task: int) -> int:
    if task % 5 == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return task * task


def gone(task: int, code: int) -> int:
    return 1000 * task + code


def test_a_killed_process_costs_its_task_and_the_rest_goes_on() -> None:
    found = list(map_in_processes(fall, range(12), 2, gone))
    assert found == [n * n if n % 5 != 2 else 1000 * n - 9 for n in range(12)]


def test_those_who_stop_asking_leave_no_process() -> None:
    answers = map_in_processes(fall, [0, 1, 3, 4], 2, gone)
    assert next(answers) == 0
    answers.close()  # type: ignore[attr-defined]
    assert list(map_in_processes(fall, [], 2, gone)) == []


def test_a_mistake_of_ours_in_one_document_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sources = folder(tmp_path / "texts", 2)[:2]

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("app.services.derive.derive_path", broken)
    errors = [item.error for item in derive_many(sources, "en", tmp_path / "out", "json", workers=1)]
    assert errors == [f"internal error (ZeroDivisionError): {source.name}" for source in sources]


def test_an_interrupt_leaves_no_half_written_file(tmp_path: Path) -> None:
    folder(tmp_path / "texts", 15)
    for turn in range(40):
        (tmp_path / "texts" / f"A_RES_91_{turn + 30}.txt").write_text(TEXT.format(number=9) + "\n\n" * 2000, "utf-8")
    call = [sys.executable, "-c", "from app.cli import main; main()", "derive", str(tmp_path / "texts"), "--lang", "en"]
    process = subprocess.Popen(
        [*call, "--format", "json", "--out", str(tmp_path / "out"), "--workers", "2"],
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    until = time.monotonic() + 60
    while time.monotonic() < until and len(list((tmp_path / "out").glob("*.json"))) < 3:
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"Traceback" not in err
    for path in (tmp_path / "out").iterdir():
        assert path.suffix == ".json"
        assert not path.name.startswith(".")
        assert json.loads(path.read_bytes())["symbol"].startswith("A/RES/91/")


def stall(task: int) -> int:
    if task == 1:
        time.sleep(600)
    return task


def test_map_in_processes_bounds_the_time_of_each_task() -> None:
    begun = time.monotonic()
    assert list(map_in_processes(stall, range(4), 2, gone, seconds=2.0)) == [0, 1000 - 9, 2, 3]
    assert time.monotonic() - begun < 60
