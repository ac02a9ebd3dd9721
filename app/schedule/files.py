"""Schedule files: found, read, and written so that no reader sees half of one."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from app.errors import ScheduleError, message
from app.model import Schedule
from app.schedule.regular_files import read_regular_file
from app.schedule.yaml_format import read
from app.schedule.yaml_writer import write

_BELOW: Final = message("see the files below schedules/")


def read_file(path: Path) -> Schedule:
    """Return the schedule in the file at ``path``. Raises ScheduleError, which names the file.

    >>> read_file(Path("missing.yaml"))
    Traceback (most recent call last):
    app.errors.ScheduleError: the file does not exist: missing.yaml: see the files below schedules/
    """
    try:
        text = read_regular_file(path).decode("utf-8")
    except FileNotFoundError as error:
        raise ScheduleError(message("the file does not exist"), where=str(path), hint=_BELOW) from error
    except UnicodeDecodeError as error:
        raise ScheduleError(
            message("invalid UTF-8 at byte {start}", start=error.start),
            where=str(path),
            hint=message("save it as UTF-8"),
        ) from error
    except OSError as error:
        raise ScheduleError(message("cannot be read ({strerror})", strerror=error.strerror), where=str(path)) from error
    return read(text, str(path))


def write_file(schedule: Schedule, path: Path) -> None:
    """Write the schedule to ``path``, whole or not at all. Raises ScheduleError.

    >>> from app.documents import parse_symbol
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_file(Schedule(parse_symbol("A/RES/72/251"), None), Path(folder, "a.yaml"))
    ...     Path(folder, "a.yaml").read_text()
    'symbol: A/RES/72/251\\n'
    """
    write_atomically(path, write(schedule).encode("utf-8"))


def write_atomically(path: Path, data: bytes) -> None:
    """Write ``data`` to ``path`` through a temporary file, so that no reader sees half of it.

    Raises ScheduleError.

    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_atomically(Path(folder, "deep", "a.txt"), b"text")
    ...     Path(folder, "deep", "a.txt").read_bytes()
    b'text'
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            Path(name).chmod(0o644)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise ScheduleError(
            message("cannot be written ({strerror})", strerror=error.strerror), where=str(path)
        ) from error


def find_schedule_files(places: Iterable[Path]) -> list[Path]:
    """Return every schedule file at or below ``places``, sorted.

    Hidden files are left out. Raises ScheduleError for a missing place.

    >>> with tempfile.TemporaryDirectory() as folder:
    ...     for name in ("b.yaml", "a.yaml", ".hidden.yaml", "a.en.txt"):
    ...         write_atomically(Path(folder, name), b"")
    ...     [path.name for path in find_schedule_files([Path(folder)])]
    ['a.yaml', 'b.yaml']
    """
    found: set[Path] = set()
    for place in places:
        if place.is_dir():
            found.update(path for path in place.rglob("*.yaml") if not path.name.startswith("."))
        elif place.exists():
            found.add(place)
        else:
            raise ScheduleError(
                message("the file or folder does not exist"),
                where=str(place),
                hint=_BELOW,
            )
    return sorted(found)
