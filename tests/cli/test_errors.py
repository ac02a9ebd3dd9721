"""Errors of commands: one line on standard error and the right exit code."""

from pathlib import Path

import pytest

from tests.cli.command_line import run

pytestmark = pytest.mark.usefixtures("own_store")

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
