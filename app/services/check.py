"""Checking: schedule files held against their texts, their form and each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.almanac import almanac
from app.errors import PlenaryError, ScheduleError, message
from app.model import LANGUAGES, Schedule
from app.schedule.dating import dated
from app.schedule.files import find_schedule_files, read_file
from app.schedule.history import histories
from app.schedule.review import Difference, compare, published
from app.schedule.symbol_aliases import formers
from app.schedule.translations import unite
from app.schedule.yaml_writer import write
from app.services.derive import derive_beside


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One schedule file held against its texts and its form."""

    path: Path
    differences: tuple[Difference, ...] = ()
    error: str = ""
    derived: bool = False

    @property
    def fails(self) -> bool:
        """Whether something is wrong that no review explains."""
        return bool(self.error) or any(not item.explained for item in self.differences)


def check(paths: Sequence[Path], progress: Callable[[], None] = lambda: None) -> list[CheckResult]:
    """Derive every schedule with a stored text again and compare every file byte for byte.

    With several files, what they do to each other's events is checked too.
    """
    results: list[CheckResult] = []
    schedules: list[Schedule] = []
    places: list[str] = []
    for path in find_schedule_files(paths):
        try:
            schedule = read_file(path)
            results.append(_check_one(schedule, path))
            schedules.append(dated(published(schedule), almanac()))
            places.append(str(path))
        except PlenaryError as error:
            results.append(CheckResult(path, error=error.line()))
        progress()
    if len(schedules) > 1 and not any(item.error for item in results):
        try:
            formers(zip(schedules, places, strict=True))
            histories(schedules, almanac())
        except PlenaryError as error:
            results.append(CheckResult(paths[0], error=error.line()))
    return results


def _check_one(schedule: Schedule, path: Path) -> CheckResult:
    if write(schedule).encode() != path.read_bytes():
        again = message("run `plenary derive --format yaml` to write the canonical form")
        raise ScheduleError(message("the file is not in its canonical form"), where=str(path), hint=again)
    if not schedule.sources:
        fresh = replace(dated(schedule, almanac()), sources=dict.fromkeys(LANGUAGES, ""))
        return CheckResult(path, tuple(compare(schedule, fresh)))
    united, _ = unite(derive_beside(schedule.sources, path.parent, schedule))
    return CheckResult(path, tuple(compare(schedule, united)), derived=True)
