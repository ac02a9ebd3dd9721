"""Schedule files, and over them what is published and lies in no file yet.

The files are what people review, and the truth. A publication says on which file it was laid, by the digest of its
bytes. As long as that file is the same, the publication counts; once the file changes, because the publication was
exported into it or because somebody edited it, the file counts again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass
from pathlib import Path

from app.almanac import Almanac
from app.documents import slug_of
from app.errors import ScheduleError, message
from app.model import Schedule
from app.schedule.dating import dated
from app.schedule.review import published
from app.schedule.symbol_aliases import formers
from app.store import Publication, whole_from_json


@dataclass(frozen=True, slots=True)
class ScheduleSource:
    """A schedule file: its path, the SHA-256 of its bytes, what it says."""

    path: Path
    digest: str
    schedule: Schedule


def is_current(item: Publication, home: ScheduleSource | None) -> bool:
    """Return whether a publication counts.

    The file beneath it must be the one it was merged with, or still be missing.
    """
    return item.base == (home.digest if home else "")


def effective_schedule(
    slug: str, home: ScheduleSource | None, item: Publication | None, calendar: Almanac
) -> tuple[Schedule, dict[tuple[str, str], str]] | None:
    """Return an instrument's dated public schedule and its texts by slug and language.

    Null for an instrument without a file or publication.

    Raises ScheduleError, StoreError.
    """
    if item and is_current(item, home):
        schedule, texts = whole_from_json(item.schedule), {(slug, key): text for key, text in item.texts.items()}
    elif home:
        schedule, texts = home.schedule, texts_of(home.schedule, home.path)
    else:
        return None
    return dated(published(schedule), calendar), texts


def merge_all(
    homes: Mapping[str, ScheduleSource], overlay: Iterable[Publication], calendar: Almanac, made: Set[str] = frozenset()
) -> tuple[list[Schedule], dict[tuple[str, str], str]]:
    """Return all dated public schedules by slug, and the texts by slug and language.

    ``made`` are the slugs of publications that are new: one under a former symbol is refused. Raises ScheduleError,
    also for symbols that are one instrument's and another's ``formerly``.
    """
    items = {item.slug: item for item in overlay}
    # What a file says went on under another symbol no longer stands by itself.
    former = renamed_without_file((home.schedule for home in homes.values()), homes.get) - made
    schedules: list[Schedule] = []
    texts: dict[tuple[str, str], str] = {}
    for slug in sorted({*homes, *items} - former):
        if found := effective_schedule(slug, homes.get(slug), items.get(slug), calendar):
            schedules.append(found[0])
            texts.update(found[1])
    formers((item, locate(item.symbol.slug, homes.get)) for item in schedules)
    return schedules, texts


def renamed_without_file(schedules: Iterable[Schedule], home: Callable[[str], ScheduleSource | None]) -> frozenset[str]:
    """Return former slugs of the schedules that no file has; their publications do not count."""
    slugs = {slug_of(symbol) for schedule in schedules for symbol in schedule.formerly}
    return frozenset(slug for slug in slugs if home(slug) is None)


def locate(slug: str, home: Callable[[str], ScheduleSource | None]) -> str:
    """Return what an error names an instrument by: its file, else its slug."""
    file = home(slug)
    return str(file.path) if file else slug


def texts_of(schedule: Schedule, file: Path) -> dict[tuple[str, str], str]:
    """Return the stored texts beside a schedule file by slug and language.

    Raises ScheduleError.
    """
    found: dict[tuple[str, str], str] = {}
    for language, name in schedule.sources.items():
        if Path(name).name != name:
            raise ScheduleError(
                message("the source {name} is not in the folder of the file", name=repr(name)),
                where=str(file),
                hint=message("use a plain file name"),
            )
        source = file.parent / name
        if source.suffix == ".txt" and source.exists():
            found[schedule.symbol.slug, language] = source.read_bytes().decode("utf-8")
    return found
