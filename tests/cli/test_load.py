"""``plenary load``: files are loaded once, and a wrong file is named."""

from pathlib import Path

import pytest

from tests.cli.command_line import run

pytestmark = pytest.mark.usefixtures("own_store")


def test_load_loads_what_changed_only(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(capfd, "load") == (0, "", "the schedules were loaded\n")
    assert run(capfd, "load") == (0, "", "the schedules are as they were loaded\n")


def test_load_names_a_wrong_file(
    capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "schedules"
    folder.mkdir()
    (folder / "A-RES-72-900.yaml").write_text("symbol: A/RES/72/900\nadopted: 2018-02-30\n", "utf-8")
    monkeypatch.setenv("PLENARY_SCHEDULES", str(folder))
    code, out, err = run(capfd, "load")
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert f"{folder}/A-RES-72-900.yaml:2 (adopted)" in err
