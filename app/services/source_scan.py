"""What files there are, which of them the store was loaded from as they are, and which have changed since.

The store notes of each file what the file system says of it, the digest of its bytes and whose schedule it is. What
the notes say is believed as long as the store's fingerprint is made of them, by this version and this almanac; then
only files that look otherwise are read.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from importlib import resources
from pathlib import Path, PurePosixPath
from typing import Final, TypeAlias

from app import __version__
from app.errors import ScheduleError, message
from app.model import Schedule
from app.schedule.files import read_file
from app.schedule.regular_files import check_regular_file, read_regular_file
from app.services.publication_overlay import ScheduleSource
from app.store import SourceRecord, Store

_READ: Final = (".yaml", ".txt")
_SETTLED: Final = 2.0


def fingerprint(digests: Mapping[str, str]) -> str:
    """Return a digest of the files and the almanac, given the SHA-256 of each file by path."""
    digest = hashlib.sha256(_code())
    for path in sorted(digests):
        digest.update(path.encode() + b"\0")
        digest.update(bytes.fromhex(digests[path]))
    return digest.hexdigest()


def _code() -> bytes:
    """Return a digest of the version and of the almanac."""
    digest = hashlib.sha256(__version__.encode())
    for resource in sorted(resources.files("app.almanac").iterdir(), key=lambda item: item.name):
        if resource.name.endswith(".yaml"):
            digest.update(resource.read_bytes())
    return digest.digest()


StatSnapshot: TypeAlias = tuple[str, dict[str, str]]


def stat_snapshot(folder: Path, now: float) -> StatSnapshot:
    """Return size, times and inode of the files below ``folder``, by path and as one digest.

    Ten thousand files are looked at in some fifty milliseconds, read in some seven hundred. A file that changed within
    the last two seconds before ``now`` (seconds since 1970) has an empty entry, and then the digest is empty too:
    one that changes once more within a tick of the file system's clock would look the same. Raises ScheduleError.
    """
    found: dict[str, str] = {}
    top = str(folder)
    waiting = [top]
    try:
        while waiting:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    elif entry.name.endswith(_READ) and not entry.name.startswith("."):
                        about = entry.stat(follow_symlinks=False)
                        check_regular_file(about, Path(entry.path))
                        fresh = abs(now - max(about.st_mtime_ns, about.st_ctime_ns) / 1e9) < _SETTLED
                        entry_stat = f"{about.st_size} {about.st_mtime_ns} {about.st_ctime_ns} {about.st_ino}"
                        found[entry.path.removeprefix(top).lstrip("/")] = "" if fresh else entry_stat
    except OSError as error:
        raise _unreadable(error, folder) from error
    whole = hashlib.blake2b(_code(), digest_size=16)
    whole.update(repr(sorted(found.items())).encode("utf-8", "surrogatepass"))
    return whole.hexdigest() if all(found.values()) else "", found


@dataclass(frozen=True)
class SourceScan:
    """The files below ``folder`` beside what the store noted of them.

    ``noted`` is what is to be noted now, by path relative to the folder, with the instrument of a file only where it
    is known without reading it; ``changed`` are the paths of files that are new, different or gone. ``known`` are the
    store's notes where they are to be believed, else empty; ``base`` is the fingerprint that they go with.
    """

    folder: Path
    seen: str
    noted: Mapping[str, SourceRecord]
    changed: frozenset[str]
    known: Mapping[str, SourceRecord]
    base: str
    trusted: bool
    _read: dict[str, Schedule] = field(default_factory=dict)

    @cached_property
    def print(self) -> str:
        """The fingerprint of the files."""
        return fingerprint({path: item.digest for path, item in self.noted.items()})

    @property
    def mark(self) -> str:
        """What the store notes as its fingerprint when it has what these files say."""
        return f"{self.print}:{self.seen}"

    @property
    def loaded(self) -> bool:
        """Whether the store has what these files say."""
        return self.base.partition(":")[0] == self.print

    @property
    def schedules(self) -> list[str]:
        """The paths of all schedule files, in order."""
        return sorted(path for path in self.noted if path.endswith(".yaml"))

    def schedule(self, path: str) -> Schedule:
        """Return what the schedule file at ``path`` says. Raises ScheduleError."""
        found = self._read.get(path)
        if found is None:
            found = self._read[path] = read_file(self.folder / path)
        return found

    @cached_property
    def places(self) -> dict[str, str]:
        """Return the path of each instrument's file by slug, reading new files.

        Raises ScheduleError.
        """
        found: dict[str, str] = {}
        for path in self.schedules:
            slug = self.noted[path].slug or self.schedule(path).symbol.slug
            if slug in found:
                symbol = self.schedule(path).symbol.text
                where = f"{self.folder / found[slug]}, {self.folder / path}"
                raise ScheduleError(message("{symbol} has two schedule files", symbol=symbol), where=where)
            found[slug] = path
        return found

    def home(self, slug: str) -> ScheduleSource | None:
        """Return the file of an instrument. Raises ScheduleError."""
        path = self.places.get(slug)
        return ScheduleSource(self.folder / path, self.noted[path].digest, self.schedule(path)) if path else None

    def homes(self) -> dict[str, ScheduleSource]:
        """Return the files of all instruments, by slug. Raises ScheduleError."""
        return {slug: home for slug in self.places if (home := self.home(slug))}

    def touched(self) -> set[str]:
        """Return the slugs of instruments with a new, changed or deleted file or text."""
        slugs = {slug for slug, path in self.places.items() if path in self.changed}
        slugs |= {item.slug for path, item in self.known.items() if path in self.changed and item.slug}
        texts = {path for path in self.changed if not path.endswith(".yaml")}
        if texts:
            slugs |= {item.slug for path, item in self.known.items() if not texts.isdisjoint(_beside(path, item.texts))}
        return slugs

    def notes(self) -> dict[str, SourceRecord]:
        """Return all that is to be noted, with the instruments of all files. Raises ScheduleError."""
        whole = dict(self.noted)
        for path in self.places.values():
            if not whole[path].slug:
                schedule = self.schedule(path)
                texts = tuple(name for name in schedule.sources.values() if name.endswith(".txt"))
                whole[path] = replace(whole[path], slug=schedule.symbol.slug, texts=texts)
        return whole


def _beside(path: str, names: Iterable[str]) -> set[str]:
    return {str(PurePosixPath(path).with_name(name)) for name in names if PurePosixPath(name).name == name}


def _unreadable(error: OSError, folder: Path) -> ScheduleError:
    hint = message("set PLENARY_SCHEDULES to the schedules folder")
    return ScheduleError(
        message("cannot be read ({strerror})", strerror=error.strerror), where=str(error.filename or folder), hint=hint
    )


def scan(store: Store, folder: Path, look: StatSnapshot) -> SourceScan:
    """Return the inventory of ``folder``, reading the files whose stat differs.

    Raises ScheduleError.
    """
    base, rows = store.files()
    trusted = base.partition(":")[0] == fingerprint({path: item.digest for path, item in rows.items()})
    known = rows if trusted else {}
    seen, found = look
    noted: dict[str, SourceRecord] = {}
    for path, about in found.items():
        before = known.get(path)
        if before and about and before.about == about:
            noted[path] = before
            continue
        try:
            digest = hashlib.sha256(read_regular_file(folder / path)).hexdigest()
        except OSError as error:
            raise _unreadable(error, folder) from error
        noted[path] = (
            replace(before, about=about) if before and before.digest == digest else SourceRecord(about, digest)
        )
    changed = {path for path, item in noted.items() if path not in known or known[path].digest != item.digest}
    changed |= known.keys() - noted.keys()
    return SourceScan(folder, seen, noted, frozenset(changed), known, base, trusted)
