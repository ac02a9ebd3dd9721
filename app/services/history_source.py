"""The events that a text may change: from the schedule files of a folder, or from the store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.almanac import almanac
from app.model import Revision, Schedule
from app.schedule.dating import dated
from app.schedule.files import find_schedule_files, read_file
from app.schedule.history import histories
from app.schedule.review import published
from app.store import EventQuery, Store

if TYPE_CHECKING:
    from app.amendments.detect import Histories, LookupKeys

_MOST: Final = 40
_FEW: Final = 50


@dataclass(frozen=True, slots=True)
class FolderHistorySource:
    """The events of the schedule files below ``path``; one process reads the folder once."""

    path: Path

    def __call__(self, schedule: Schedule, keys: LookupKeys) -> Histories:  # noqa: ARG002  # the store asks by them
        """Return the histories of all events but those of ``schedule``, without its effects.

        Raises ScheduleError.
        """
        return _histories(self.path, schedule.symbol.text)


@cache
def _histories(folder: Path, symbol: str) -> Histories:
    others = [item for item in _schedules(folder) if item.symbol.text != symbol]
    named = {event.uid for item in others for event in item.events}
    # Statements of others on the instrument itself are no part of its history sources.
    kept = [
        Schedule(
            symbol=item.symbol,
            adopted=item.adopted,
            body=item.body,
            session=item.session,
            events=tuple(event for event in item.events if event.same_as is None or event.same_as in named),
            amendments=tuple(change for change in item.amendments if change.target in named),
        )
        for item in others
    ]
    return histories(kept, almanac())


@cache
def _schedules(folder: Path) -> Sequence[Schedule]:
    return [dated(published(read_file(path)), almanac()) for path in find_schedule_files([folder])]


@dataclass(frozen=True, slots=True)
class StoreHistorySource:
    """The events of a store, found by what a text names."""

    store: Store

    def __call__(self, schedule: Schedule, keys: LookupKeys) -> Histories:
        """Return the histories of the events that match the keys, without the schedule's effects."""
        found: dict[str, Sequence[Revision]] = {}
        for number in sorted(keys.numbers)[:_MOST]:
            for item in self.store.instruments(q=number.replace("(", " ("), limit=_FEW).items:
                filed = self.store.instrument(item.slug)
                for uid in (
                    [*(e.uid for e in filed.schedule.events), *(a.target for a in filed.schedule.amendments)]
                    if (filed)
                    else []
                ):
                    found[uid] = self.store.history(uid)
        for day in sorted(keys.days)[:_MOST]:
            query = EventQuery(start=day, end=day, as_of=schedule.adopted, limit=_FEW)
            for revision in self.store.events(query).items:
                found[revision.event.uid] = self.store.history(revision.event.uid)
        own = schedule.symbol.text
        others = {uid: [item for item in history if item.instrument != own] for uid, history in found.items()}
        return {uid: history for uid, history in others.items() if history}
