"""Building files without text, and checking them where the text is found and where it is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import ScheduleError
from app.model import Check
from app.schedule.files import find_schedule_files, read_file
from app.services import build as build_module
from app.services.build import PROGRESS_FOLDER, build
from app.services.check import CheckResult, check

TEXT = """Resolution 3901 (2035)

Adopted by the Security Council at its 9901st meeting, on 14 March 2035

The Security Council,

Recalling its previous resolutions,

1. Decides to establish the United Nations Observer Mission in Ruritania (UNOMR) until 31 March 2036;

2. Requests the Secretary-General to report to the Council on tides by 1 March 2036;

3. Calls upon all parties to respect international law;
"""
NAME = "S-RES-3901-2035.en.txt"
FILE = Path("sc/2035/S-RES-3901-2035.yaml")


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / NAME).write_text(TEXT, "utf-8")
    return folder


@pytest.fixture
def built(texts: Path, tmp_path: Path) -> Path:
    build([texts], "en", tmp_path / "out")
    return tmp_path / "out"


def test_build_of_texts_elsewhere_writes_facts(built: Path) -> None:
    schedule = read_file(built / FILE)
    assert (schedule.check, schedule.facts_only, schedule.unread) == (Check.DERIVED, True, {})
    assert [(event.uid, event.when, event.quote) for event in schedule.events] == [
        ("S-RES-3901-2035.1.mandate.1", "../2036-03-31", {}),
        ("S-RES-3901-2035.2.report.1", "../2036-03-01", {}),
    ]
    assert not (built / PROGRESS_FOLDER).exists()


def test_build_of_texts_inside_keeps_their_words(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text(TEXT, "utf-8")
    build([tmp_path], "en", tmp_path)
    assert read_file(tmp_path / FILE).events[1].quote == {"en": "to report to the Council on tides by 1 March 2036"}
    build([tmp_path], "en", tmp_path, form="facts")
    assert read_file(tmp_path / FILE).events[1].quote == {}


def test_build_takes_up_what_an_interrupted_one_left(
    texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (texts / "S-RES-3902-2035.en.txt").write_text(TEXT.replace("3901", "3902"), "utf-8")
    count = 0

    def stop() -> None:
        nonlocal count
        count += 1
        if count == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build([texts], "en", tmp_path / "out", progress=stop)
    report = build([texts], "en", tmp_path / "out")
    assert (report.documents, report.resumed, report.written) == (2, 2, 2)
    monkeypatch.setattr(build_module, "program_digest", lambda: "another")
    assert build([texts], "en", tmp_path / "out").resumed == 0


def test_check_with_the_text_derives_it_again(built: Path, texts: Path) -> None:
    assert check([built], texts=[texts]) == [CheckResult(built / FILE, derived=True)]


@pytest.mark.parametrize("other", [TEXT + "\n4. Decides to remain seized of the matter.\n", None])
def test_check_without_the_text_says_so(built: Path, texts: Path, other: str | None) -> None:
    (texts / NAME).unlink() if other is None else (texts / NAME).write_text(other, "utf-8")
    assert check([built], texts=[texts]) == [CheckResult(built / FILE, missing=("en",))]


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("when: ../2036-03-01", "when: ../2036-03-02", "when"),
        ("bearer: secretary-general", "bearer: member-states", "bearer"),
        ("actor: secretary-general", "actor: member-states", "slots"),
    ],
)
def test_check_finds_what_the_text_does_not_say(built: Path, texts: Path, old: str, new: str, field: str) -> None:
    path = built / FILE
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    (result,) = check([built], texts=[texts])
    assert [(item.uid, item.field) for item in result.differences] == [("S-RES-3901-2035.2.report.1", field)]


def test_check_without_the_text_finds_a_time_before_adoption(built: Path) -> None:
    path = built / FILE
    path.write_text(path.read_text("utf-8").replace("../2036-03-01", "../2034-03-01"), "utf-8")
    (result,) = check([built])
    assert result.error.startswith("plenary: ") is False
    assert "time.before-adoption" in result.error


def test_check_of_a_missing_folder_of_texts_fails(built: Path, tmp_path: Path) -> None:
    with pytest.raises(ScheduleError):
        check([built], texts=[tmp_path / "none"])


def test_check_by_processes_gives_the_same(texts: Path, tmp_path: Path) -> None:
    for number in range(3902, 3925):
        (texts / f"S-RES-{number}-2035.en.txt").write_text(TEXT.replace("3901", str(number)), "utf-8")
    build([texts], "en", tmp_path / "out")
    files = find_schedule_files([tmp_path / "out"])
    assert check([tmp_path / "out"], texts=[texts], workers=2) == [CheckResult(path, derived=True) for path in files]
