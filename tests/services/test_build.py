"""Building schedule files from a folder of texts."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.schedule.files import read_file
from app.services.build import build
from app.services.check import check

FIRST = """Resolution 3901 (2035)

Adopted by the Security Council at its 9901st meeting, on 14 March 2035

The Security Council,

Recalling its previous resolutions,

1. Decides to establish the United Nations Observer Mission in Ruritania (UNOMR) until 31 March 2036;

2. Decides to establish until 30 April 2036 a Panel of Experts on Lebanon;
"""
SECOND = """Resolution 3950 (2036)

Adopted by the Security Council at its 9950th meeting, on 20 March 2036

The Security Council,

Recalling its resolution 3901 (2035),

1. Decides to extend the mandate of the United Nations Observer Mission in Ruritania (UNOMR) until 31 March 2037;

2. Decides to extend until 30 April 2037 the mandate of the Panel of Experts as set out in paragraph 2 of resolution
3901 (2035);
"""


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "b.txt").write_text(FIRST, "utf-8")
    (folder / "a.txt").write_text(SECOND, "utf-8")
    return folder


def links(out: Path) -> dict[str, str | None]:
    return {event.uid: event.same_as for path in sorted(out.rglob("*.yaml")) for event in read_file(path).events}


def test_build_links_mandates_in_order_of_adoption(texts: Path, tmp_path: Path) -> None:
    report = build([texts], "en", tmp_path / "out")
    assert (report.documents, report.written, report.linked, report.errors) == (2, 2, 2, ())
    assert links(tmp_path / "out") == {
        "S-RES-3901-2035.1.mandate.1": None,
        "S-RES-3901-2035.2.mandate.1": None,
        "S-RES-3950-2036.1.mandate.1": "S-RES-3901-2035.1.mandate.1",
        "S-RES-3950-2036.2.mandate.1": "S-RES-3901-2035.2.mandate.1",
    }
    assert (tmp_path / "out" / "sc" / "2035" / "S-RES-3901-2035.yaml").is_file()


def test_build_gives_the_same_whatever_files_are_called(texts: Path, tmp_path: Path) -> None:
    build([texts], "en", tmp_path / "one")
    (texts / "a.txt").rename(texts / "c.txt")
    build([texts], "en", tmp_path / "two", workers=2)
    made = {path.name: path.read_bytes() for path in (tmp_path / "one").rglob("*.yaml")}
    assert made == {path.name: path.read_bytes() for path in (tmp_path / "two").rglob("*.yaml")}


def test_build_again_writes_nothing(texts: Path, tmp_path: Path) -> None:
    build([texts], "en", tmp_path / "out")
    again = build([texts], "en", tmp_path / "out")
    assert (again.written, again.unchanged) == (0, 2)


def test_build_keeps_reviews(texts: Path, tmp_path: Path) -> None:
    build([texts], "en", tmp_path / "out")
    path = tmp_path / "out/sc/2035/S-RES-3901-2035.yaml"
    text = path.read_text("utf-8").replace("uid: S-RES-3901-2035.2.mandate.1", "uid: S-RES-3901-2035.2.mandate.1", 1)
    review = "  review:\n    status: confirmed\n    by: A Reader\n    on: 2036-01-01\n"
    path.write_text(text.rstrip("\n") + "\n" + review, "utf-8")
    build([texts], "en", tmp_path / "out")
    assert [(uid, item.status.value) for uid, item in read_file(path).reviews.items()] == [
        ("S-RES-3901-2035.2.mandate.1", "confirmed")
    ]


def test_build_reports_what_cannot_be_read(texts: Path, tmp_path: Path) -> None:
    (texts / "empty.txt").write_text("Nothing here.", "utf-8")
    shutil.copy(texts / "b.txt", texts / "twice.txt")
    report = build([texts], "en", tmp_path / "out")
    assert (report.documents, report.written, len(report.errors)) == (4, 2, 2)
    assert any("empty.txt" in error for error in report.errors)
    assert any("duplicate text of S/RES/3901 (2035)" in error for error in report.errors)


def test_build_writes_files_that_check_accepts(texts: Path, tmp_path: Path) -> None:
    build([texts], "en", tmp_path / "out")
    assert [item.error for item in check([tmp_path / "out"])] == ["", ""]
