"""``plenary build``: a corpus of texts becomes schedule files, with its figures."""

from pathlib import Path

import pytest

from tests.cli.command_line import SEED, run

pytestmark = pytest.mark.usefixtures("own_store")


def figures(out: str) -> dict[str, str]:
    return dict(line.split("\t") for line in out.splitlines())


def test_build_writes_files_once(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / SEED.name).write_bytes(SEED.read_bytes())
    call = ("build", str(texts), "--lang", "zh", "--out", str(tmp_path / "out"), "--workers", "1")
    code, out, _ = run(capfd, *call)
    first = figures(out)
    assert (code, first["documents"], first["files written"], first["refused"]) == (0, "1", "1", "0")
    second = figures(run(capfd, *call)[1])
    assert (second["files written"], second["files unchanged"]) == ("0", "1")


def test_build_names_what_it_cannot_read(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "empty.txt").write_bytes(b"")
    code, out, err = run(capfd, "build", str(texts), "--lang", "zh", "--out", str(tmp_path / "out"), "--workers", "1")
    assert (code, figures(out)["refused"]) == (1, "1")
    assert err == "plenary: the document is empty: empty.txt: give the text of a resolution or decision\n"
