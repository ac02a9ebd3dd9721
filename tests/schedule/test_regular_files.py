"""Nothing but regular files of bounded size is read beside schedules."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from app.errors import ScheduleError
from app.schedule import regular_files
from app.schedule.regular_files import read_regular_file
from app.services.source_scan import stat_snapshot


def test_read_regular_file_returns_its_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"symbol: A/RES/1")
    assert read_regular_file(tmp_path / "a.yaml") == b"symbol: A/RES/1"


@pytest.mark.parametrize("kind", ["link", "pipe", "large", "device"])
@pytest.mark.parametrize("name", ["a.yaml", "a.en.txt"])
def test_read_anything_else_is_refused(kind: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(regular_files, "MAX_FILE_BYTES", 100)
    path = tmp_path / name
    if kind == "link":
        path.symlink_to("/etc/passwd")
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "large":
        path.write_bytes(b"x" * 101)
    else:
        path.symlink_to("/dev/zero")
    begun = time.monotonic()
    with pytest.raises(ScheduleError):
        read_regular_file(path)
    with pytest.raises(ScheduleError):
        stat_snapshot(tmp_path, time.time())
    assert time.monotonic() - begun < 5


def test_stat_snapshot_does_not_follow_a_linked_folder(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "a.yaml").write_text("symbol: A/RES/1")
    (tmp_path / "schedules").mkdir()
    (tmp_path / "schedules" / "linked").symlink_to(tmp_path / "outside")
    assert stat_snapshot(tmp_path / "schedules", time.time())[1] == {}
