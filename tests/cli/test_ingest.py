"""``plenary ingest``: documents become proposals, and what is known stays known."""

from pathlib import Path

import pytest

from tests.cli.command_line import SEED, run

pytestmark = pytest.mark.usefixtures("own_store")


def test_ingest_of_a_folder_again_finds_all_known(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / SEED.name).write_bytes(SEED.read_bytes())
    call = ("ingest", str(texts), "--lang", "zh", "--workers", "1")
    assert run(capfd, *call)[:2] == (0, "1 documents, 1 new proposals, 0 known already, 0 failed\n")
    assert run(capfd, *call)[:2] == (0, "1 documents, 0 new proposals, 1 known already, 0 failed\n")


def test_ingest_of_an_empty_folder_is_a_wrong_call(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    code, out, err = run(capfd, "ingest", "texts", "--lang", "zh")
    assert (code, out) == (2, "")
    assert err.startswith("plenary: no documents found: texts: use files ending in ")
