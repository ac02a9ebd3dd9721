"""The command line as people type it: whole answers, one-line errors, exit codes."""

import io
import json
import socket
from pathlib import Path

import pytest

from app.cli import main

ROOT = Path(__file__).parent.parent
SEED = ROOT / "schedules/ga/72/A-RES-72-251.zh.txt"


@pytest.fixture(autouse=True)
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLENARY_DATABASE_URL", f"sqlite:///{tmp_path}/plenary.sqlite")
    monkeypatch.setenv("PLENARY_SCHEDULES", str(ROOT / "schedules"))
    monkeypatch.chdir(tmp_path)


def run(capfd: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as stop:
        main(list(arguments))
    said = capfd.readouterr()
    code = stop.value.code
    assert isinstance(code, int)
    return code, said.out, said.err


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


@pytest.mark.parametrize(
    ("day", "conference", "organizational"),
    [
        ("2018-03-25", ("2018-05-14/2018-05-16", "scheduled"), ("2018-03-28", "scheduled")),
        ("2018-04-01", ("2018-05-14/2018-05-16", "scheduled"), ("2018-05-10", "moved")),
        ("2018-04-27", ("TBD", "postponed, no date"), ("TBD", "postponed, no date")),
    ],
)
def test_what_stood_on_a_day(
    capfd: pytest.CaptureFixture[str], day: str, conference: tuple[str, str], organizational: tuple[str, str]
) -> None:
    code, out, err = run(capfd, "show", "A/RES/72/251", "--as-of", day)
    rows = {line.split("\t")[-1]: line.split("\t") for line in out.splitlines()}
    assert (code, err) == (0, "")
    assert (rows["A-RES-72-251.5.meeting.1"][2], rows["A-RES-72-251.5.meeting.1"][3]) == conference
    assert (rows["A-RES-72-251.6.meeting.1"][2], rows["A-RES-72-251.6.meeting.1"][3]) == organizational


def test_the_schedules_of_the_tree_pass_their_check(capfd: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capfd, "check")
    assert (code, out, err) == (0, "11 schedule files, 1 re-derived from their texts, 0 failed\n", "")


def test_check_fails_on_a_difference_that_no_review_explains(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder = tmp_path / "schedules"
    folder.mkdir()
    (folder / SEED.name).write_bytes(SEED.read_bytes())
    file = folder / "A-RES-72-251.yaml"
    good = (SEED.parent / "A-RES-72-251.yaml").read_text("utf-8")
    assert good.count("  when: 2018-03-28\n") == 1
    file.write_text(good.replace("  when: 2018-03-28\n", "  when: 2018-03-29\n"), "utf-8")
    code, out, err = run(capfd, "check", str(file))
    assert (code, err) == (1, "")
    assert out.splitlines() == [
        f"{file}: differs: A-RES-72-251.6.meeting.1 when: the file has 2018-03-29, derived 2018-03-28",
        "1 schedule files, 1 re-derived from their texts, 1 failed",
    ]


LANGUAGES = "use one of ar, en, es, fr, ru, zh"


@pytest.mark.parametrize(
    ("arguments", "code", "line"),
    [
        (["derive", "none.txt", "--lang", "zh"], 1, "plenary: the file does not exist: none.txt: check the path\n"),
        (
            ["derive", "empty.txt", "--lang", "zh"],
            1,
            "plenary: the document is empty: empty.txt: give the text of a resolution or decision\n",
        ),
        (["derive", "latin.txt", "--lang", "zh"], 1, "plenary: "),
        (["derive", "prose.txt", "--lang", "en", "--symbol", "A/RES/1/1"], 1, "plenary: no operative paragraphs found"),
        (["derive", "empty.txt", "--lang", "xx"], 2, f"plenary: unknown language 'xx': lang: {LANGUAGES}\n"),
        (["derive", "empty.txt", "--lang", "zh", "--symbol", "nonsense"], 2, "plenary: "),
        (
            ["derive", "empty.txt", "--lang", "zh", "--adopted", "24.12.2017"],
            2,
            "plenary: invalid date '24.12.2017': --adopted: write it as 2018-04-01\n",
        ),
        (["derive", "empty.txt"], 2, "plenary: Missing option '--lang'.: plenary derive --help shows the call\n"),
        (["derive", "folder", "--lang", "zh"], 2, "plenary: 0 documents need an output folder: --out: "),
        (["frobnicate"], 2, "plenary: No such command 'frobnicate'.: plenary --help shows the call\n"),
        (["show", "A/RES/1/999"], 1, "plenary: no schedule of A/RES/1/999 is stored: A/RES/1/999: "),
        (["show", "A/RES/72/251", "--as-of", "2018-02-30"], 2, "plenary: invalid date '2018-02-30': --as-of: "),
        (["check", "typo.yaml"], 1, ""),
        (
            ["check", "none.yaml"],
            1,
            "plenary: the file or folder does not exist: none.yaml: see the files below schedules/\n",
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_bad_input_is_one_line_and_the_right_exit_code(
    capfd: pytest.CaptureFixture[str], tmp_path: Path, arguments: list[str], code: int, line: str
) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "latin.txt").write_bytes("Assemblée".encode("latin-1"))
    (tmp_path / "prose.txt").write_text("Once upon a time there was no resolution.\n", "utf-8")
    (tmp_path / "folder").mkdir()
    (tmp_path / "typo.yaml").write_text("symbol: A/RES/72/251\nadopted: 2017-12-24\nitem: []\n", "utf-8")
    before = sorted(tmp_path.rglob("*"))
    status, out, err = run(capfd, *arguments)
    assert status == code
    assert err.startswith(line)
    assert err.count("\n") == (1 if line else 0)
    assert [
        path for path in sorted(tmp_path.rglob("*")) if path not in before and "plenary.sqlite" not in path.name
    ] == []
    if arguments[0] == "check" and not line:
        assert out.splitlines()[0].startswith("unknown key 'item': typo.yaml:3 (item): use one of symbol, adopted, ")


def test_errors_are_said_in_the_language_asked_for(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    english = run(capfd, "show", "A/RES/1/999")[2]
    french = run(capfd, "show", "A/RES/1/999", "--lang", "fr")[2]
    monkeypatch.setenv("PLENARY_LANGUAGE", "fr")
    assert run(capfd, "show", "A/RES/1/999")[2] == french
    assert english.startswith("plenary: no schedule of A/RES/1/999 is stored: ")
    assert french.startswith("plenary: ")
    assert french != english


def test_a_port_in_use_is_said_before_anything_starts(capfd: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code, out, err = run(capfd, "serve", "--port", str(port))
    assert (code, out) == (2, "")
    assert err == f"plenary: cannot listen (Address already in use): 127.0.0.1:{port}: choose another with --port\n"


def test_tag_answers_a_line_for_a_line(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    lines = "Decides to meet on 14 May 2018.\nNothing.\n"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(lines.encode()), encoding="utf-8"))
    code, out, err = run(capfd, "tag", "--lang", "en")
    assert (code, err) == (0, "")
    assert [json.loads(line) for line in out.splitlines()] == [
        [{"text": "14 May 2018", "start": 19, "end": 30, "type": "DATE", "value": "2018-05-14"}],
        [],
    ]


def test_lint_passes_our_own_and_names_what_is_wrong_in_another(
    capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    call = ("derive", str(SEED), "--lang", "zh", "--format", "ics")
    good, bad = tmp_path / "good.ics", tmp_path / "bad.ics"
    good.write_bytes(run(capfd, *call)[1].encode())
    assert run(capfd, "lint", str(good)) == (0, "", f"{good}: 0 findings\n")
    bad.write_bytes(good.read_bytes().replace(b"METHOD:PUBLISH\r\n", b"METHOD:PUBLISH\n", 1))
    code, out, err = run(capfd, "lint", str(bad))
    assert (code, err) == (1, f"{bad}: 1 findings\n")
    assert out.startswith(f"{bad}:5: crlf: ")
    assert run(capfd, "lint", "ftp://example.org/a.ics") == (
        2,
        "",
        "plenary: invalid web address: ftp://example.org/a.ics: use an address that begins with https://\n",
    )


def test_version_and_help(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(capfd, "version") == (0, "plenary 0.1.0\n", "")
    for command in ("derive", "show", "check", "serve", "tag", "lint"):
        code, out, err = run(capfd, command, "--help")
        assert (code, err) == (0, "")
        assert f"plenary {command}" in out
        assert "Examples:" in out


def test_tokens_are_made_listed_and_revoked(capfd: pytest.CaptureFixture[str]) -> None:
    code, text, _ = run(capfd, "token", "create", "a reviewer", "--scope", "review", "--scope", "propose")
    assert (code, text.startswith("plenary-")) == (0, True)
    _, listed, _ = run(capfd, "token", "list")
    heads, line = (row.split("\t") for row in listed.splitlines())
    assert heads == ["id", "name", "scopes", "created", "expires", "revoked", "last used"]
    assert (line[1], line[2], line[5], line[6]) == ("a reviewer", "propose,review", "–", "–")
    assert text.split("-")[1] == line[0]
    assert run(capfd, "token", "revoke", line[0]) == (0, "", "")
    code, _, error = run(capfd, "token", "revoke", line[0])
    said = f"plenary: no active token '{line[0]}': token: run `plenary token list`\n"
    assert (code, error) == (1, said)
    _, log, _ = run(capfd, "token", "audit", "--format", "json")
    assert [(item["token"], item["action"]) for item in json.loads(log)] == [
        ("operator", "token.revoke"),
        ("operator", "token.create"),
    ]


def test_a_scope_that_is_none(capfd: pytest.CaptureFixture[str]) -> None:
    code, _, error = run(capfd, "token", "create", "x", "--scope", "write")
    assert (code, error) == (2, "plenary: unknown scope 'write': scope: use one of derive, propose, review, admin\n")
