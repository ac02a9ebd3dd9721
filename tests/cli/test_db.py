"""``plenary db``: tables, copies and backups."""

from pathlib import Path

import pytest

from tests.cli.command_line import run

pytestmark = pytest.mark.usefixtures("own_store")


def test_migrate_may_run_again(capfd: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        assert run(capfd, "db", "migrate") == (0, "", "the tables are of this version\n")


def test_backup_lists_every_table_and_copies_back(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    run(capfd, "load")
    code, out, err = run(capfd, "db", "backup", "backup.sqlite")
    heads, *tables = out.splitlines()
    assert (code, err, heads) == (0, "", "table\trows\tsha256")
    assert (tmp_path / "backup.sqlite").exists()
    copied = run(capfd, "db", "copy", "sqlite:///backup.sqlite", f"sqlite:///{tmp_path}/copy.sqlite")
    assert copied == (0, out, "")
    assert {line.split("\t")[0]: line.split("\t")[1] for line in tables}["instruments"] == "11"


def test_backup_does_not_replace_a_file(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    run(capfd, "db", "migrate")
    (tmp_path / "kept.sqlite").write_bytes(b"mine")
    code, out, err = run(capfd, "db", "backup", "kept.sqlite")
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert (tmp_path / "kept.sqlite").read_bytes() == b"mine"
