"""Checking: schedule files held against their texts, their form and each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, TypeAlias

from app.almanac import almanac
from app.errors import PlenaryError, ScheduleError, message
from app.i18n import title
from app.model import LANGUAGES, Schedule
from app.schedule.dating import dated
from app.schedule.facts import text_digest, without_text
from app.schedule.files import find_schedule_files, read_file
from app.schedule.final_checks import time_fault
from app.schedule.history import histories
from app.schedule.review import Difference, compare, published
from app.schedule.slot_fields import write_slots
from app.schedule.symbol_aliases import formers
from app.schedule.translations import unite
from app.schedule.yaml_writer import write
from app.services.derive import derive_beside, derive_path, language_of
from app.services.process_pool import map_in_processes
from app.services.text_folder import TextFolder

_FEW: Final = 20
"""So many files are checked by one process: starting others takes longer."""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One schedule file held against its texts and its form.

    ``missing`` are the languages of texts that were not found: what follows from them was not checked.
    """

    path: Path
    differences: tuple[Difference, ...] = ()
    error: str = ""
    derived: bool = False
    missing: tuple[str, ...] = ()

    @property
    def fails(self) -> bool:
        """Whether something is wrong that no review explains."""
        return bool(self.error) or any(not item.explained for item in self.differences)


@dataclass(frozen=True, slots=True)
class _Task:
    path: Path
    texts: Mapping[str, tuple[Path, ...]] = field(default_factory=dict)
    """By language: files that may hold the text of a file of facts."""


_Answer: TypeAlias = tuple[CheckResult, Schedule | None]


def check(
    paths: Sequence[Path],
    progress: Callable[[], None] = lambda: None,
    *,
    texts: Sequence[Path] = (),
    workers: int = 1,
) -> list[CheckResult]:
    """Derive every schedule whose text is found again and compare every file byte for byte.

    ``texts`` are folders of texts that are not kept beside the files. With several files, what they do to each other's
    events is checked too. Files are checked by ``workers`` processes. Raises ScheduleError for a missing folder.
    """
    library = TextFolder.scan(texts)
    tasks = [_Task(path, library.by_language(path.stem)) for path in find_schedule_files(paths)]
    results: list[CheckResult] = []
    schedules: list[Schedule] = []
    places: list[str] = []
    for result, schedule in _answers(tasks, workers):
        results.append(result)
        if schedule is not None:
            schedules.append(dated(published(schedule), almanac()))
            places.append(str(result.path))
        progress()
    if len(schedules) > 1 and not any(item.error for item in results):
        try:
            formers(zip(schedules, places, strict=True))
            histories(schedules, almanac())
        except PlenaryError as error:
            results.append(CheckResult(paths[0], error=error.line()))
    return results


def _answers(tasks: Sequence[_Task], workers: int) -> Iterator[_Answer]:
    if workers <= 1 or len(tasks) <= _FEW:
        return map(_check_file, tasks)
    return map_in_processes(_check_file, tasks, workers, _on_crash)


def _on_crash(task: _Task, code: int) -> _Answer:
    error = ScheduleError(message("the worker process ended ({code})", code=code), where=str(task.path))
    return CheckResult(task.path, error=error.line()), None


def _check_file(task: _Task) -> _Answer:
    """Return the result of one file, and its schedule unless it cannot be read."""
    try:
        schedule = read_file(task.path)
        return _check_one(schedule, task), schedule
    except PlenaryError as error:
        return CheckResult(task.path, error=error.line()), None


def _check_one(schedule: Schedule, task: _Task) -> CheckResult:
    path = task.path
    if write(schedule).encode() != path.read_bytes():
        again = message("run `plenary derive --format yaml` to write the canonical form")
        raise ScheduleError(message("the file is not in its canonical form"), where=str(path), hint=again)
    if schedule.facts_only:
        return _check_facts(schedule, task)
    if not schedule.sources:
        fresh = replace(dated(schedule, almanac()), sources=dict.fromkeys(LANGUAGES, ""))
        return CheckResult(path, tuple(compare(schedule, fresh)))
    united, _ = unite(derive_beside(schedule.sources, path.parent, schedule))
    return CheckResult(path, tuple(compare(schedule, united)), derived=True)


def _check_facts(schedule: Schedule, task: _Task) -> CheckResult:
    """Check the times and titles of a file of facts, and all of it where its text is found."""
    _check_times(schedule, task.path)
    found: dict[str, Schedule] = {}
    for language, paths in task.texts.items():
        for source in paths if language in schedule.digests else ():
            derived = derive_path(source, language_of(language), symbol=schedule.symbol, adopted=schedule.adopted)
            if text_digest(derived.resolution.text) == schedule.digests[language]:
                found[language] = derived.schedule
                break
    missing = tuple(language for language in schedule.digests if language not in found)
    if not found:
        return CheckResult(task.path, missing=missing)
    united, _ = unite(found)
    fresh = without_text(united, {language: schedule.digests[language] for language in found})
    differences = (*compare(schedule, fresh), *_slots(schedule, fresh))
    return CheckResult(task.path, differences, derived=True, missing=missing)


def _check_times(schedule: Schedule, path: Path) -> None:
    """Raise ScheduleError for an item with an invalid time, or without a title."""
    dates = dated(schedule, almanac())
    for event in dates.events:
        day = schedule.part_adopted.get(event.section, schedule.adopted)
        if event.uid not in schedule.reviews and (fault := time_fault(event, day)):
            raise ScheduleError(message("invalid time ({reason})", reason=fault), where=f"{path}: {event.uid}")
        if untitled := [language for language in LANGUAGES if not title(event, language)]:
            raise ScheduleError(
                message("no title in {languages}", languages=", ".join(untitled)), where=f"{path}: {event.uid}"
            )


def _slots(stored: Schedule, derived: Schedule) -> Iterator[Difference]:
    """Yield the items without a review whose title differs from a new derivation."""
    new = {event.uid: event for event in derived.events}
    for event in stored.events:
        fresh = new.get(event.uid)
        if fresh is None or event.uid in stored.reviews or fresh.slots is None:
            continue
        if fresh.slots.merged(event.slots) != event.slots:
            have, want = (repr(write_slots(slots)) for slots in (event.slots, fresh.slots))
            yield Difference(event.uid, "slots", have, want, explained=False)
