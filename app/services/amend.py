"""Amending: what a later instrument does to an event of an earlier one, written into its own schedule file.

The event is found by uid, or by instrument, paragraph, kind, subject and day. Before anything is written, the
histories of all schedules are made with the change in them, so that conflicts, circles and events that do not exist
are refused with both places named; the answer gives the states before and after, with the arithmetic.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from app.almanac import almanac
from app.errors import AmendmentError, NotFound, ScheduleError, UsageError, message
from app.model import (
    Action,
    Amendment,
    Event,
    Kind,
    Proposal,
    Revision,
    Schedule,
    Symbol,
)
from app.schedule.dating import dated
from app.schedule.files import find_schedule_files, read_file, write_atomically
from app.schedule.history import as_of, histories, is_reaffirmation
from app.schedule.review import amended, covered, published
from app.schedule.yaml_format import read
from app.schedule.yaml_writer import write

TIMELESS: Final = frozenset({Action.CANCEL, Action.REPLACE, Action.MERGE})
"""Actions that give no time."""
TIMED: Final = frozenset({Action.MOVE, Action.EXTEND, Action.CORRECT})
"""Actions that must give one."""
_BODIES: Final = {
    "general-assembly": "ga",
    "security-council": "sc",
    "human-rights-council": "hrc",
    "economic-and-social-council": "ecosoc",
}


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Criteria of an event search; a criterion that is null or empty fits every event."""

    uid: str | None = None
    instrument: Symbol | None = None
    paragraph: str | None = None
    kind: Kind | None = None
    subject: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class AmendmentEffect:
    """Effect of an amendment on its event: the state before it and the resulting revision."""

    amendment: Amendment
    before: Event
    after: Revision


@dataclass(frozen=True, slots=True)
class ScheduleEdit:
    """Planned content of a schedule file and its effects; ``save`` alone writes it."""

    path: Path
    schedule: Schedule
    effects: tuple[AmendmentEffect, ...]
    new: bool

    @property
    def text(self) -> str:
        """The file, in its canonical form."""
        return write(self.schedule)

    def save(self) -> None:
        """Write the file, whole or not at all. Raises ScheduleError where it cannot."""
        write_atomically(self.path, self.text.encode())


class ScheduleFolder:
    """Schedule files below a folder.

    Raises ScheduleError for a file that cannot be read.
    """

    def __init__(self, folder: Path) -> None:
        if not folder.is_dir():
            raise ScheduleError(message("the folder does not exist"), where=str(folder), hint=message("check the path"))
        self.folder = folder
        self._files = {path: read_file(path) for path in find_schedule_files([folder])}

    def schedule(self, symbol: Symbol) -> Schedule | None:
        """Return the schedule of the instrument with that symbol; None without a file."""
        return next((item for item in self._files.values() if item.symbol.text == symbol.text), None)

    def path(self, symbol: Symbol) -> Path:
        """Return where the file of an instrument is, or belongs: by body and session."""
        found = next((path for path, item in self._files.items() if item.symbol.text == symbol.text), None)
        if found is not None:
            return found
        token = almanac().bodies[symbol.body].token.lower() if symbol.body in almanac().bodies else ""
        place = self.folder / (_BODIES.get(symbol.body) or token or "other")
        part = (
            f"{symbol.special.lower()}-{symbol.session}" if symbol.special else str(symbol.session or symbol.year or "")
        )
        return (place / part if part else place) / f"{symbol.slug}.yaml"

    def find(self, sought: EventFilter, day: date | None = None) -> list[Event]:
        """Return the matching events as they stood on ``day`` (None: now), by instrument and UID."""
        found = []
        for uid, history in self._histories().items():
            at = as_of(history, day or date.max)
            if at is None or history[0].event.same_as is not None:
                continue
            event = at.event
            if sought.uid is not None and uid != sought.uid:
                continue
            if sought.instrument is not None and sought.instrument.text not in {
                event.instrument,
                *(item.instrument for item in history),
            }:
                continue
            if sought.paragraph is not None and event.paragraph != sought.paragraph:
                continue
            if sought.kind is not None and event.kind is not sought.kind:
                continue
            if sought.on is not None and not any(_touches(item.event, sought.on) for item in history):
                continue
            words = " ".join((*event.subject.values(), *event.title.values(), *event.quote.values())).casefold()
            if all(word in words for word in sought.subject.casefold().split()):
                found.append(event)
        return found

    # --- changing ---------------------------------------------------------------------------------------------------

    def amend(
        self, symbol: Symbol, changes: Iterable[Amendment], *, adopted: date | None = None, title: str = ""
    ) -> ScheduleEdit:
        """Plan the instrument's file with ``changes`` added.

        A change replaces an amendment of the same event by the same action.

        ``adopted`` and ``title`` are for an instrument that has no file yet, or none in it. Raises UsageError where
        the day of adoption is not known or contradicts the file, AmendmentError for what cannot be, or changes nothing.
        """
        stored = self.schedule(symbol)
        if stored is not None and adopted is not None and stored.adopted not in (None, adopted):
            raise UsageError(
                message("the file already gives the adoption date {adopted}", adopted=stored.adopted),
                where="--adopted",
                hint=message("leave it out"),
            )
        day = (stored.adopted if stored else None) or adopted
        if day is None:
            raise UsageError(
                message("the adoption date of {symbol} is unknown", symbol=symbol.text),
                where="--adopted",
                hint=message("give the date"),
            )
        base = stored or Schedule(symbol, day, body=symbol.body or None, session=symbol.session)
        placed = [replace(change, instrument=symbol.text, decided=day) for change in changes]
        named = replace(base, adopted=day, title=base.title or ({"en": title} if title else {}))
        return self._plan(amended(named, placed), placed)

    def confirm(self, symbol: Symbol, numbers: Sequence[int], *, by: str, on: date) -> ScheduleEdit:
        """Plan the instrument's file with proposed amendments confirmed.

        ``numbers`` counts the pending proposals from 1; empty chooses all.

        Items that say no more than a confirmed amendment does are rejected in the reviewer's name. Raises NotFound,
        AmendmentError.
        """
        schedule, chosen = self._proposed(symbol, numbers)
        for proposal in chosen:
            reviews = covered(schedule, proposal, proposal.amendment, by, on)
            schedule = replace(schedule, reviews={**schedule.reviews, **reviews})
        placed = [proposal.amendment for proposal in chosen]
        left = tuple(item for item in schedule.proposals if item not in chosen)
        return self._plan(replace(amended(schedule, placed), proposals=left), placed)

    def reject(self, symbol: Symbol, numbers: Sequence[int]) -> ScheduleEdit:
        """Plan the instrument's file with proposed amendments rejected.

        Rejected amendments are not proposed again.
        """
        schedule, chosen = self._proposed(symbol, numbers)
        proposals = tuple(replace(item, rejected=True) if item in chosen else item for item in schedule.proposals)
        return self._plan(replace(schedule, proposals=proposals), [])

    def _proposed(self, symbol: Symbol, numbers: Sequence[int]) -> tuple[Schedule, list[Proposal]]:
        schedule = self.schedule(symbol)
        waiting = [item for item in schedule.proposals if not item.rejected] if schedule else []
        if schedule is None or not waiting:
            raise NotFound(
                message("no amendment is proposed in {symbol}", symbol=symbol.text),
                where=str(self.path(symbol)),
                hint=message("run `plenary derive --format yaml --out DIR`"),
            )
        for number in numbers:
            if not 1 <= number <= len(waiting):
                raise NotFound(
                    message("{symbol} has no proposal {number}", number=number, symbol=symbol.text),
                    where=str(self.path(symbol)),
                    hint=message("use 1 to {value}", value=len(waiting)),
                )
        return schedule, [waiting[number - 1] for number in numbers] if numbers else waiting

    # --- inside -----------------------------------------------------------------------------------------------------

    def _histories(self, changed: Schedule | None = None) -> dict[str, tuple[Revision, ...]]:
        others = [item for item in self._files.values() if changed is None or item.symbol.text != changed.symbol.text]
        chosen = [*others, *([changed] if changed else [])]
        return histories([dated(published(item), almanac()) for item in chosen], almanac())

    def _plan(self, schedule: Schedule, placed: Sequence[Amendment]) -> ScheduleEdit:
        path = self.path(schedule.symbol)
        # What will be read is what is planned with.
        whole = read(write(schedule), str(path))
        effects = effects_of(self._histories(whole), placed)
        return ScheduleEdit(path, whole, effects, new=self.schedule(schedule.symbol) is None)


def effects_of(histories: Mapping[str, Sequence[Revision]], placed: Iterable[Amendment]) -> tuple[AmendmentEffect, ...]:
    """Return the effects of amendments, given the histories that include them.

    Raises AmendmentError for an amendment without effect.
    """
    effects = []
    for amendment in placed:
        root = histories[amendment.target][0].event.same_as or amendment.target
        history = histories[root]
        # The last of the instrument's own, for one that does two things to an event.
        at = max(place for place, item in enumerate(history) if item.instrument == amendment.instrument and place)
        before, after = history[at - 1].event, history[at].event
        same = (before.when, before.start, before.end) == (after.when, after.start, after.end)
        if is_reaffirmation(history[at]) or (same and amendment.action in TIMED):
            raise AmendmentError(
                message("{action} changes nothing", action=amendment.action.value),
                where=f"{amendment.instrument} and {amendment.target}",
                hint=message("the event already has these values"),
            )
        effects.append(AmendmentEffect(amendment, before, history[at]))
    return tuple(effects)


def _touches(event: Event, day: date) -> bool:
    first, last = event.start or event.end, event.end or event.start
    return first is not None and last is not None and first <= day <= last
