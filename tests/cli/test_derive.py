"""``plenary derive``: the table, JSON, and folders of documents."""

import json
from pathlib import Path

import pytest

from tests.cli.command_line import SEED, run

pytestmark = pytest.mark.usefixtures("own_store")

TABLE = [
    ("5", "meeting", "2018-05-14/2018-05-16", "General Assembly", "14–16 May 2018", "decided", "New York"),
    ("6", "meeting", "2018-03-28", "General Assembly", "28 March 2018", "decided", "New York"),
    ("7", "obligation", "undated", "Secretary-General", "no date", "undated", "–"),
    ("10", "obligation", "undated", "Secretary-General", "no date", "undated", "–"),
    ("11", "obligation", "undated", "Secretary-General", "no date", "undated", "–"),
    ("12", "obligation", "undated", "Secretary-General", "no date", "undated", "–"),
    ("13", "obligation", "undated", "Secretary-General", "no date", "undated", "–"),
    ("14", "observance", "R/--09-26", "–", "every year on 26 September, from 26 September 2018", "decided", "–"),
    (
        "16",
        "meeting",
        "R/--09-26",
        "President of the General Assembly",
        "every year on 26 September, from 26 September 2018",
        "decided",
        "–",
    ),
    ("18", "obligation", "undated", "Secretary-General", "no date", "undated", "–"),
    ("19", "obligation", "undated", "Member States", "no date", "undated", "–"),
    (
        "20",
        "report",
        "GA73",
        "Secretary-General → General Assembly, Conference on Disarmament",
        "73rd session of the General Assembly (18 September 2018 – 16 September 2019)",
        "window",
        "–",
    ),
    (
        "21",
        "report",
        "GA73",
        "Secretary-General → General Assembly",
        "73rd session of the General Assembly (18 September 2018 – 16 September 2019)",
        "window",
        "–",
    ),
    (
        "22",
        "agenda",
        "GA73",
        "General Assembly",
        "73rd session of the General Assembly (18 September 2018 – 16 September 2019)",
        "window",
        "–",
    ),
]


def test_derive_prints_the_table_of_the_seed(capfd: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capfd, "derive", str(SEED), "--lang", "zh")
    *table, counts = out.splitlines()
    rows = [tuple(line.split("\t")) for line in table]
    assert (code, err) == (0, "")
    assert counts == "expressions: 11, item: 7, attribute: 4, name: 0, unread: 0"
    assert rows[0] == (
        "¶",
        "kind",
        "when",
        "bearer",
        "resolves to",
        "certainty",
        "place",
        "title",
        "arithmetic",
        "quote",
    )
    assert [row[:7] for row in rows[1:]] == TABLE
    assert "provisional-agenda: 2018-07-20 (derived)" in rows[-1][8]


def test_derive_as_json_has_spans_that_quote_the_text(capfd: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capfd, "derive", str(SEED), "--lang", "zh", "--format", "json")
    answer = json.loads(out)
    text = SEED.read_text("utf-8")
    assert (code, err) == (0, "")
    assert {key: answer[key] for key in ("symbol", "lang", "adopted", "session", "meeting", "unread")} == {
        "symbol": "A/RES/72/251",
        "lang": "zh",
        "adopted": "2017-12-24",
        "session": 72,
        "meeting": 76,
        "unread": [],
    }
    assert [(item["paragraph"], item["kind"], item["when"]) for item in answer["items"]] == [row[:3] for row in TABLE]
    assert [item["quote"]["zh"] for item in answer["items"]] == [
        text[slice(*item["span"]["zh"])] for item in answer["items"]
    ]


def test_derive_writes_a_folder_and_sums_up(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "A-RES-72-251.zh.txt").write_bytes(SEED.read_bytes())
    (texts / "empty.txt").write_bytes(b"")
    code, out, err = run(
        capfd, "derive", str(texts), "--lang", "zh", "--format", "json", "--out", str(tmp_path / "out")
    )
    assert (code, out) == (1, "")
    assert err.splitlines()[0] == "2 documents, 14 items, 1 failed"
    assert err.splitlines()[1].startswith(f"failed: {texts}/empty.txt: ")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["A-RES-72-251.zh.json"]


def test_two_processes_write_the_same_bytes_as_one(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    for name in ("A-RES-72-251.zh.txt", "b.zh.txt", "c.zh.txt"):
        (texts / name).write_bytes(SEED.read_bytes())
    for workers in ("1", "2"):
        call = ("derive", str(texts), "--lang", "zh", "--symbol", "A/RES/72/251", "--format", "json")
        assert run(capfd, *call, "--workers", workers, "--out", str(tmp_path / workers))[0] == 0
    one, two = ({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("1", "2"))
    assert one == two
    assert len(one) == 3
