"""Loading: what the schedule files say, into the store."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from importlib import resources
from pathlib import Path

from app import __version__
from app.almanac import Almanac, almanac
from app.errors import ScheduleError
from app.model import Schedule
from app.schedule.amend import histories
from app.schedule.dates import dated
from app.schedule.files import paths_below, read_file
from app.schedule.review import published
from app.store import Store


def fingerprint(paths: Iterable[Path], folder: Path) -> str:
    """A digest of the names and bytes of the schedule files and of the almanac that dates them."""
    digest = hashlib.sha256(__version__.encode())
    for resource in sorted(resources.files("app.almanac").iterdir(), key=lambda item: item.name):
        if resource.name.endswith(".yaml"):
            digest.update(resource.read_bytes())
    for path in paths:
        digest.update(str(path.relative_to(folder)).encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def texts_of(schedule: Schedule, file: Path) -> dict[tuple[str, str], str]:
    """The stored texts that lie beside a schedule file, by slug and language. Raises ScheduleError."""
    found: dict[tuple[str, str], str] = {}
    for language, name in schedule.sources.items():
        if Path(name).name != name:
            raise ScheduleError(f"the source {name!r} is not beside the file", where=str(file), hint="a plain name")
        source = file.parent / name
        if source.suffix == ".txt" and source.exists():
            found[schedule.symbol.slug, language] = source.read_bytes().decode("utf-8")
    return found


def load(store: Store, folder: Path, recorded: datetime, *, calendar: Almanac | None = None) -> bool:
    """Brings the store to what the schedule files below ``folder`` say, atomically; whether anything changed.

    ``recorded`` is the moment at which the service learns of it. Raises ScheduleError, AmendmentError, StoreError;
    the store then holds what it held.
    """
    if not folder.is_dir():
        raise ScheduleError("no such folder", where=str(folder), hint="set PLENARY_SCHEDULES to the schedules folder")
    paths = paths_below([folder])
    print_ = fingerprint(paths, folder)
    if store.fingerprint() == print_:
        return False
    # Of many workers that start at once, one loads and the others wait for it.
    with store.alone():
        return store.fingerprint() != print_ and _load(store, paths, print_, recorded, calendar or almanac())


def _load(store: Store, paths: Iterable[Path], print_: str, recorded: datetime, chosen: Almanac) -> bool:
    schedules: list[Schedule] = []
    texts: dict[tuple[str, str], str] = {}
    homes: dict[str, Path] = {}
    for path in paths:
        schedule = published(read_file(path))
        slug = schedule.symbol.slug
        if slug in homes:
            raise ScheduleError(f"{schedule.symbol.text} has two files", where=f"{homes[slug]}, {path}")
        homes[slug] = path
        schedules.append(dated(schedule, chosen))
        texts.update(texts_of(schedule, path))
    return store.load(schedules, histories(schedules, chosen), fingerprint=print_, recorded=recorded, texts=texts)
