"""Schedule files: found, read and written whole."""

from datetime import date
from pathlib import Path

import pytest

from app.errors import ScheduleError
from app.model import Schedule, Symbol
from app.schedule.files import find_schedule_files, read_file, write_atomically, write_file

SCHEDULE = Schedule(Symbol("A/RES/90/7", "general-assembly", 90), date(2035, 10, 3), title={"en": "Rivers"})


def test_write_file_is_read_again_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "ga" / "90" / "A-RES-90-7.yaml"
    write_file(SCHEDULE, file)
    assert read_file(file) == SCHEDULE
    assert [path.name for path in file.parent.iterdir()] == ["A-RES-90-7.yaml"]


@pytest.mark.parametrize(
    ("data", "what"), [(None, "the file does not exist"), (b"symbol: \xff", "invalid UTF-8 at byte 8")]
)
def test_read_file_names_a_file_it_cannot_read(tmp_path: Path, data: bytes | None, what: str) -> None:
    file = tmp_path / "a.yaml"
    if data is not None:
        file.write_bytes(data)
    with pytest.raises(ScheduleError) as caught:
        read_file(file)
    assert (caught.value.what, caught.value.where) == (what, str(file))


def test_write_atomically_leaves_nothing_where_it_fails(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(ScheduleError, match="cannot be written"):
        write_atomically(tmp_path / "folder", b"text")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


def test_find_schedule_files_takes_folders_and_files_once(tmp_path: Path) -> None:
    for name in ("b.yaml", "deep/a.yaml", ".hidden.yaml", "a.en.txt"):
        write_atomically(tmp_path / name, b"")
    found = find_schedule_files([tmp_path, tmp_path / "b.yaml"])
    assert found == [tmp_path / "b.yaml", tmp_path / "deep" / "a.yaml"]
    with pytest.raises(ScheduleError, match="the file or folder does not exist"):
        find_schedule_files([tmp_path / "none"])
