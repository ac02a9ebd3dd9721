"""The events that a change may affect, with their histories built again.

An event's history is made of what its own instrument says and of what others say of it: amendments, and items that
repeat it. So a change of some instruments reaches the events that they have or had, the events that they speak or
spoke of, and, since a circle has to be refused wherever it closes, whatever replaces one of these.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass, replace

from app.almanac import Almanac
from app.documents import slug_of
from app.model import Revision, Schedule
from app.schedule.history import ENDS, histories
from app.store import Store


@dataclass(frozen=True, slots=True)
class AffectedEvents:
    """Events affected by a change, their histories, and their schedules in order of slug."""

    uids: frozenset[str]
    histories: Mapping[str, tuple[Revision, ...]]
    schedules: list[Schedule]


def find_affected(
    store: Store, changed: Mapping[str, Schedule | None], read: Callable[[str], Schedule | None], book: Almanac
) -> AffectedEvents:
    """Return the events affected by replacing or (None) removing the given instruments.

    ``changed`` holds the new schedules by slug.

    ``store`` holds what stood before; ``read`` gives another instrument as it stands, dated, by its slug. Raises
    AmendmentError where a full load would, and what ``read`` raises.
    """
    held = {slug: schedule for slug, schedule in changed.items() if schedule}
    waiting: set[str] = set()
    for slug, schedule in changed.items():
        filed = store.instrument(slug)
        for version in (filed.schedule if filed else None, schedule):
            waiting.update(_named(version) if version else ())
    fresh = {event.uid for schedule in held.values() for event in schedule.events}
    uids: set[str] = set()
    while waiting:
        uids |= waiting
        found = store.related(waiting)
        asked = {at.slug for at in found.values()}
        asked |= {slug_of(text) for at in found.values() for text in at.instruments}
        # Of an event that is nowhere, the error names what is near it in the instrument that it would be of.
        lost = {uid.partition(".")[0] for uid in waiting - found.keys() - fresh}
        for slug in sorted((asked | lost) - changed.keys() - held.keys()):
            if schedule := read(slug):
                held[slug] = schedule
        more = {event.uid for slug in lost & held.keys() for event in held[slug].events}
        for schedule in held.values():
            more.update(_spoken(schedule, uids))
        waiting = more - uids
    parts = [schedule if slug in changed else _narrowed(schedule, uids) for slug, schedule in held.items()]
    return AffectedEvents(frozenset(uids), histories(parts, book), [held[slug] for slug in sorted(held)])


def _named(schedule: Schedule) -> Iterator[str]:
    """Return the events that an instrument has, and those of others that it speaks of."""
    for event in schedule.events:
        yield event.uid
        if event.same_as:
            yield event.same_as
    for amendment in schedule.amendments:
        yield amendment.target


def _spoken(schedule: Schedule, uids: Set[str]) -> Iterator[str]:
    """Return the events of an instrument that have to do with those in reach."""
    for event in schedule.events:
        if event.same_as and (event.same_as in uids or event.uid in uids):
            yield event.uid
            yield event.same_as
    heirs = {item.paragraph for item in schedule.amendments if item.action in ENDS and item.target in uids}
    yield from (event.uid for event in schedule.events if event.paragraph in heirs)


def _narrowed(schedule: Schedule, uids: Set[str]) -> Schedule:
    """Return the schedule without what is out of reach."""
    events = tuple(event for event in schedule.events if event.uid in uids)
    return replace(schedule, events=events, amendments=tuple(a for a in schedule.amendments if a.target in uids))
