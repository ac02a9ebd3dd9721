"""Reading schedule files and their texts: regular files of bounded size, nothing else that a folder may hold.

What is read is published. A symbolic link beside a schedule would publish whatever it points to, a FIFO would stop the
service, and a device has no end.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Final

from app.errors import ScheduleError, message

MAX_FILE_BYTES: Final = 16 * 1024 * 1024
"""Bytes of one file: some hundred times the longest resolution."""


def read_regular_file(path: Path) -> bytes:
    """Return the bytes of a regular file of at most ``MAX_FILE_BYTES``.

    Raises OSError, and ScheduleError for anything that is not a regular file, or too large.

    >>> read_regular_file(Path("/dev/null"))
    Traceback (most recent call last):
    app.errors.ScheduleError: not a regular file: /dev/null: replace the link, pipe or device with a file
    """
    if path.is_symlink():
        raise _not_regular(path)
    # O_NONBLOCK: opening a FIFO would wait for a writer. O_NOFOLLOW: the path may have become a link meanwhile.
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as stream:
        about = os.fstat(descriptor)
        check_regular_file(about, path)
        return stream.read(MAX_FILE_BYTES + 1)[:MAX_FILE_BYTES]


def check_regular_file(about: os.stat_result, path: Path) -> None:
    """Raise ScheduleError unless ``about`` is the stat of a regular file within the bound.

    ``about`` must come from a stat that follows no link.

    >>> check_regular_file(os.stat("/dev/null"), Path("/dev/null"))
    Traceback (most recent call last):
    app.errors.ScheduleError: not a regular file: /dev/null: replace the link, pipe or device with a file
    """
    if not stat.S_ISREG(about.st_mode):
        raise _not_regular(path)
    if about.st_size > MAX_FILE_BYTES:
        raise ScheduleError(
            message("the file has {size} bytes", size=f"{about.st_size:,}"),
            where=str(path),
            hint=message("use at most {value}", value=f"{MAX_FILE_BYTES:,}"),
        )


def _not_regular(path: Path) -> ScheduleError:
    return ScheduleError(
        message("not a regular file"), where=str(path), hint=message("replace the link, pipe or device with a file")
    )
