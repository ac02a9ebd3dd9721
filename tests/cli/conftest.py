"""A store and a current folder of their own for the tests of commands."""

from pathlib import Path

import pytest

from tests.cli.command_line import ROOT


@pytest.fixture
def own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Set an empty database, the schedules of the tree, and a current folder of the test's own."""
    monkeypatch.setenv("PLENARY_DATABASE_URL", f"sqlite:///{tmp_path}/plenary.sqlite")
    monkeypatch.setenv("PLENARY_SCHEDULES", str(ROOT / "schedules"))
    monkeypatch.chdir(tmp_path)
