"""Loading: what the schedule files say, into the store."""

from __future__ import annotations

import hashlib
import logging
import os
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from datetime import UTC, datetime
from importlib import resources
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from app import __version__
from app.almanac import Almanac, almanac
from app.errors import DataError, PlenaryError, ScheduleError, StoreError
from app.jobs.overlay import gathered, homes_of
from app.schedule.amend import histories
from app.settings import Settings
from app.store import Store

_READ: Final = (".yaml", ".txt")
_log = logging.getLogger(__name__)
_SETTLED: Final = 2.0
_MANY: Final = 500


def fingerprint(paths: Iterable[Path], folder: Path) -> str:
    """A digest of the names and bytes of the files that are read, and of the almanac that dates them."""
    digest = hashlib.sha256(_code())
    for path in paths:
        digest.update(str(path.relative_to(folder)).encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def glance(folder: Path, now: float) -> tuple[str, list[Path]]:
    """A digest of what the file system says of the files (size, times, inode), and their paths, sorted.

    Ten thousand files are looked at in some fifty milliseconds, read in some seven hundred. The digest is empty where
    a file changed within the last two seconds before ``now`` (seconds since 1970): one that changes once more within a
    tick of the file system's clock would look the same.
    """
    found: list[tuple[str, int, int, int, int]] = []
    waiting = [str(folder)]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir():
                    waiting.append(entry.path)
                elif entry.name.endswith(_READ) and not entry.name.startswith("."):
                    about = entry.stat()
                    found.append((entry.path, about.st_size, about.st_mtime_ns, about.st_ctime_ns, about.st_ino))
    found.sort()
    digest = hashlib.blake2b(_code(), digest_size=16)
    digest.update(repr(found).encode("utf-8", "surrogatepass"))
    fresh = any(abs(now - max(item[2], item[3]) / 1e9) < _SETTLED for item in found)
    return "" if fresh else digest.hexdigest(), [Path(item[0]) for item in found]


def _code() -> bytes:
    """A digest of the version and of the almanac."""
    digest = hashlib.sha256(__version__.encode())
    for resource in sorted(resources.files("app.almanac").iterdir(), key=lambda item: item.name):
        if resource.name.endswith(".yaml"):
            digest.update(resource.read_bytes())
    return digest.digest()


def load(
    store: Store,
    folder: Path,
    recorded: datetime,
    *,
    calendar: Almanac | None = None,
    apart: Callable[[], bool] | None = None,
) -> bool:
    """Brings the store to what the schedule files below ``folder`` say, atomically; whether anything changed.

    ``apart`` does it in the place of this process where there are many to be read, which takes much memory.
    ``recorded`` is the moment at which the service learns of it. Raises ScheduleError, AmendmentError, StoreError;
    the store then holds what it held.
    """
    if not folder.is_dir():
        raise ScheduleError("no such folder", where=str(folder), hint="set PLENARY_SCHEDULES to the schedules folder")
    try:
        seen, files = glance(folder, time.time())
        known, _, before = store.fingerprint().partition(":")
        if seen and seen == before:
            return False
        print_ = fingerprint(files, folder)
    except OSError as error:
        raise ScheduleError(f"cannot be read ({error.strerror})", where=str(error.filename or folder)) from error
    noted = f"{print_}:{seen}"
    if known == print_:
        with suppress(StoreError):  # a store that cannot be written can be read all the same
            store.note(noted)
        return False
    paths = [path for path in files if path.suffix == ".yaml"]
    if apart is not None and len(paths) > _MANY:
        return apart()
    # Of many workers that start at once, one loads and the others wait for it.
    with store.alone():
        if store.fingerprint().partition(":")[0] == print_:
            return False
        return _load(store, paths, noted, recorded, calendar or almanac())


def _load(store: Store, paths: Iterable[Path], noted: str, recorded: datetime, chosen: Almanac) -> bool:
    schedules, texts = gathered(homes_of(paths), store.documents.publications(), chosen)
    return store.load(schedules, histories(schedules, chosen), fingerprint=noted, recorded=recorded, texts=texts)


def load_apart(url: str, folder: Path) -> bool:
    """As ``load`` into the store at ``url``, in a process of its own, which takes its memory with it when it ends."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        try:
            return pool.submit(_load_alone, url, folder).result()
        except BrokenProcessPool as error:
            hint = "is there memory enough? 10,000 instruments take 1 GB while they are loaded"
            raise ScheduleError("the loading was ended from outside", where=str(folder), hint=hint) from error


def _load_alone(url: str, folder: Path) -> bool:
    store = Store(url)
    try:
        return load(store, folder, datetime.now(UTC))
    finally:
        store.close()


def opened(settings: Settings, now: datetime) -> Store:
    """The store of the settings, its tables of this version, the schedules loaded where they changed.

    Schedules that cannot be read are logged, and what the store held stays. Raises StoreError; ScheduleError and
    AmendmentError where the store holds nothing yet.
    """
    store = Store(settings.database_url)
    try:
        store.migrate()
        try:
            folder = settings.schedules
            load(store, folder, now, apart=lambda: load_apart(settings.database_url, folder))
        except DataError as error:
            if store.revision() == 0:
                raise
            _log.error("the schedules were not loaded, what was known before is served: %s", error.line())
    except PlenaryError:
        store.close()
        raise
    return store
