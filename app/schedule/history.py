"""What later instruments did to the events of earlier ones: the history of every event, and what stood on a day.

Revision 0 of an event is what its own instrument decided. Amendments of other instruments, and items of later
instruments that repeat it (``same_as``), follow in order of the day on which they were decided, then of symbol,
whatever the order in which schedules are given. A repetition that changes nothing is kept in the history with the
number of the revision before it: it reaffirms, and counts as no change.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from typing import Final

from app.almanac import Almanac, Context
from app.errors import AmendmentError, message
from app.model import (
    INACTIVE_STATUSES,
    TO_BE_DECIDED,
    Action,
    Amendment,
    Certainty,
    Event,
    Kind,
    Revision,
    Schedule,
    Status,
)
from app.schedule.dating import context_of, date_event

UNKNOWN_DAY: Final = date.min
"""The day of a revision 0 whose instrument does not say when it was adopted: it stood from the beginning."""

ENDS: Final = frozenset({Action.REPLACE, Action.MERGE})
"""Actions after which an event goes on in those of the paragraph that says so."""

REAFFIRMED: Final = "reaffirmed"
"""The note of a revision that repeats what stood and changes nothing."""

_TIMES: Final = frozenset({Action.POSTPONE, Action.MOVE, Action.CANCEL, Action.REINSTATE, Action.EXTEND})
_NEEDS_TIME: Final = frozenset({Action.MOVE, Action.EXTEND, Action.CORRECT})
_WITHOUT_DATE: Final = frozenset({Certainty.UNDECIDED, Certainty.UNDATED})


@dataclass(frozen=True, slots=True)
class _Change:
    """An amendment, or the repetition of the event by ``item`` of a later instrument.

    ``place`` names it in errors.
    """

    amendment: Amendment
    context: Context
    place: str
    item: Event | None = None


def is_reaffirmation(revision: Revision) -> bool:
    """Return whether the revision repeats the state before it and changes nothing.

    >>> event = Event("A-RES-90-1.1.report.1", Kind.REPORT, "GA91", Certainty.WINDOW, "A/RES/90/1", None)
    >>> is_reaffirmation(Revision(event, 0, date(2036, 12, 4), "A/RES/91/1", Action.MERGE, REAFFIRMED))
    True
    """
    return revision.action is Action.MERGE and revision.note.startswith(REAFFIRMED)


def as_of(history: Sequence[Revision], day: date) -> Revision | None:
    """Return the state of an event at the end of ``day``; None if it had not been decided yet.

    ``history`` is every revision of the event, oldest first.

    >>> event = Event("A-RES-90-1.1.report.1", Kind.REPORT, "GA91", Certainty.WINDOW, "A/RES/90/1", None)
    >>> first = Revision(event, 0, date(2035, 12, 4), "A/RES/90/1", None)
    >>> as_of([first], date(2035, 12, 3)), as_of([first], date(2035, 12, 4)) is first
    (None, True)
    """
    standing = [item for item in history if item.decided <= day and not is_reaffirmation(item)]
    return standing[-1] if standing else None


def histories(schedules: Iterable[Schedule], book: Almanac | None = None) -> dict[str, tuple[Revision, ...]]:
    """Return the revisions of every event of ``schedules``, by UID, in order of UID.

    The events of the schedules have their dates already; ``book`` dates amendments (None: the package's almanac).
    An item that repeats an event of an earlier instrument has one revision, superseded, with the first event's UID in
    ``same_as``. Raises AmendmentError for an event that does not exist, an amendment older than its event, two
    instruments of one day that contradict each other, a circle; ``where`` names both places.

    >>> histories([])
    {}
    """
    ordered = sorted(schedules, key=lambda schedule: _natural(schedule.symbol.text))
    events: dict[str, Event] = {}
    contexts: dict[str, Context] = {}
    for schedule in ordered:
        contexts[schedule.symbol.text] = context_of(schedule)
        for event in schedule.events:
            if event.uid in events:
                raise AmendmentError(
                    message("two events share the uid {uid}", uid=event.uid),
                    where=f"{events[event.uid].instrument} and {event.instrument}",
                    hint=message("give one of them another ordinal"),
                )
            events[event.uid] = event
    roots = {uid: _root(uid, events) for uid in events}
    changes: dict[str, list[_Change]] = {}
    for schedule in ordered:
        for event in schedule.events:
            if event.same_as is not None:
                changes.setdefault(roots[event.uid], []).append(_repetition(event, contexts))
        for amendment in schedule.amendments:
            target = _target(amendment, events)
            changes.setdefault(roots[target], []).append(
                _Change(amendment, contexts[amendment.instrument], _place(amendment.instrument, amendment.paragraph))
            )
    _refuse_circles(ordered, events, roots)
    found: dict[str, tuple[Revision, ...]] = {}
    for uid in sorted(events):
        event = events[uid]
        if event.same_as is not None:
            event = replace(event, same_as=roots[uid], status=Status.SUPERSEDED, revision=0, revised_by=None)
        elif event.revision or event.revised_by is not None:
            event = replace(event, revision=0, revised_by=None)
        first = Revision(event, 0, event.decided or UNKNOWN_DAY, event.instrument, None)
        found[uid] = _history(first, changes.get(uid, []) if event.same_as is None else [], book)
    return found


# --- what changes what ----------------------------------------------------------------------------------------------


def _natural(symbol: str) -> tuple[tuple[int, str], ...]:
    """Return a key by which A/RES/9/1 comes before A/RES/10/1."""
    return tuple((int(part), "") if part.isdecimal() else (0, part) for part in re.split(r"(\d+)", symbol))


def _place(instrument: str, paragraph: str | None) -> str:
    return f"{instrument} ¶{paragraph}" if paragraph else instrument


def _root(uid: str, events: Mapping[str, Event]) -> str:
    """Return the UID of the event that an item repeats, directly or through others.

    Raises AmendmentError for an unknown event and for circles.
    """
    path = [uid]
    while (target := events[path[-1]].same_as) is not None:
        at = events[path[-1]]
        if target not in events:
            raise _unknown(target, _place(at.instrument, at.paragraph), events)
        if target in path:
            raise AmendmentError(
                message(
                    "{target} and {path} are each marked as a repetition of the other", target=target, path=path[-1]
                ),
                where=f"{_place(events[target].instrument, events[target].paragraph)} and "
                f"{_place(at.instrument, at.paragraph)}",
                hint=message("remove same_as from the earlier one"),
            )
        path.append(target)
    return path[-1]


def _unknown(target: str, place: str, events: Mapping[str, Event]) -> AmendmentError:
    slug = target.partition(".")[0]
    near = get_close_matches(target, [uid for uid in events if uid.startswith(f"{slug}.")], 1, 0.5)
    hint = (
        message("did you mean {uid}?", uid=near[0])
        if near
        else message("load the schedule of the instrument that decided it")
    )
    return AmendmentError(message("the event does not exist"), where=f"{place} and {target}", hint=hint)


def _target(amendment: Amendment, events: Mapping[str, Event]) -> str:
    place = _place(amendment.instrument, amendment.paragraph)
    if amendment.target not in events:
        raise _unknown(amendment.target, place, events)
    if amendment.action in _NEEDS_TIME and amendment.when is None:
        raise AmendmentError(
            message("{value} requires a time (when)", value=amendment.action.value),
            where=f"{place} and {amendment.target}",
            hint=message("give the new time, or use postpone for a time to be decided"),
        )
    return amendment.target


def _repetition(event: Event, contexts: Mapping[str, Context]) -> _Change:
    place = _place(event.instrument, event.paragraph)
    if event.decided is None:
        raise AmendmentError(
            message("the repetition has no decision date"), where=place, hint=message("add `adopted:` to its file")
        )
    amendment = Amendment(
        target=event.same_as or "",
        action=Action.MERGE,
        instrument=event.instrument,
        decided=event.decided,
        when=event.when,
        paragraph=event.paragraph,
    )
    return _Change(amendment, contexts[event.instrument], place, event)


def _refuse_circles(schedules: Sequence[Schedule], events: Mapping[str, Event], roots: Mapping[str, str]) -> None:
    """Reject events that supersede each other in a circle."""
    by_place: dict[tuple[str, str | None], list[str]] = {}
    for event in events.values():
        by_place.setdefault((event.instrument, event.paragraph), []).append(event.uid)
    superseded: dict[str, list[str]] = {}
    for schedule in schedules:
        for amendment in schedule.amendments:
            if amendment.action in ENDS:
                heirs = by_place.get((amendment.instrument, amendment.paragraph), [])
                superseded.setdefault(roots[amendment.target], []).extend(roots[uid] for uid in heirs)
    for start, first_heirs in superseded.items():
        seen: set[str] = set()
        stack = list(first_heirs)
        while stack:
            uid = stack.pop()
            if uid == start:
                raise AmendmentError(
                    message("the amendments form a cycle"),
                    where=f"{_place(events[start].instrument, events[start].paragraph)} and "
                    + ", ".join(sorted({events[heir].instrument for heir in first_heirs})),
                    hint=message("drop one of the amendments"),
                )
            if uid not in seen:
                seen.add(uid)
                stack.extend(superseded.get(uid, ()))


# --- histories ------------------------------------------------------------------------------------------------------


def _history(first: Revision, changes: Iterable[_Change], book: Almanac | None) -> tuple[Revision, ...]:
    # sorted() is stable: several amendments of one instrument keep the order of their file.
    ordered = sorted(changes, key=lambda item: (item.amendment.decided, _natural(item.amendment.instrument)))
    revisions = [first]
    origin = _place(first.instrument, first.event.paragraph)
    for place, change in enumerate(ordered):
        if change.amendment.decided < first.decided:
            raise AmendmentError(
                message(
                    "the amendment was decided on {decided}, before the event itself on {earlier}",
                    decided=change.amendment.decided,
                    earlier=first.decided,
                ),
                where=f"{change.place} and {origin}",
                hint=message("check the target and the days of adoption"),
            )
        for other in ordered[place + 1 :]:
            if other.amendment.decided != change.amendment.decided:
                break
            _refuse_conflict(change, other, first.event.uid)
        revisions.append(_revise(revisions, change, book))
    return tuple(revisions)


def _refuse_conflict(one: _Change, other: _Change, uid: str) -> None:
    decisive = _TIMES | ENDS
    if one.amendment.action not in decisive or other.amendment.action not in decisive:
        return
    # Postponing without a date and repeating "on a date to be decided" are the same.
    effects = {(_effect(item.amendment), item.amendment.when or TO_BE_DECIDED) for item in (one, other)}
    if len(effects) > 1:
        raise AmendmentError(
            message(
                "two decisions of {decided} contradict each other on {uid}", decided=one.amendment.decided, uid=uid
            ),
            where=f"{one.place} and {other.place}",
            hint=message("keep the one in force at the end of the day"),
        )


def _effect(amendment: Amendment) -> str:
    if amendment.action in {Action.POSTPONE, Action.MOVE}:
        return "time"
    return "time" if amendment.action is Action.MERGE and amendment.when else amendment.action.value


def _revise(revisions: Sequence[Revision], change: _Change, book: Almanac | None) -> Revision:
    amendment = change.amendment
    before = revisions[-1].event
    after = _repeated(before, change) if change.item else _amended(revisions, change, book)
    if _unchanged(before, after):
        note = f"{REAFFIRMED}: {amendment.note}" if amendment.note else REAFFIRMED
        return Revision(before, revisions[-1].number, amendment.decided, amendment.instrument, Action.MERGE, note)
    number = revisions[-1].number + 1
    after = replace(after, decided=amendment.decided, revised_by=amendment.instrument, revision=number)
    return Revision(after, number, amendment.decided, amendment.instrument, amendment.action, amendment.note)


def _unchanged(before: Event, after: Event) -> bool:
    """Return whether two states are the same, whenever each was decided."""
    if (before.when, before.status, before.start, before.end) != (after.when, after.status, after.start, after.end):
        return False
    return replace(after, decided=before.decided) == before


def _repeated(before: Event, change: _Change) -> Event:
    """Return the event after an item of a later instrument has repeated it.

    The item may give it another time or place.
    """
    item = change.item
    if item is None or _same_time(before, item):
        place = item.place if item and item.place else before.place
        # A cancelled event that is decided again with the same time stands again.
        stands = Status.SCHEDULED if before.status in {Status.CANCELLED, Status.SUPERSEDED} else before.status
        return replace(before, place=place, status=stands)
    undated = item.certainty in _WITHOUT_DATE and item.recurrence is None
    had_date = before.start is not None or before.end is not None
    status: Status = (Status.POSTPONED if had_date else before.status) if undated else _moved(before)
    start, action = item.start, before.action
    if before.kind is Kind.MANDATE and not undated:
        # A mandate that is extended is not moved: it stays begun, and gets another end.
        status, action = Status.SCHEDULED, item.action or before.action
        began = before.start if before.start != before.end else None
        start = began if began and item.start is None and item.end and began <= item.end else item.start
    return replace(
        before,
        when=item.when,
        certainty=item.certainty,
        status=status,
        action=action,
        start=start,
        end=item.end,
        recurrence=item.recurrence,
        place=item.place or before.place,
        proof=item.proof,
        arithmetic=item.arithmetic,
        milestones=item.milestones,
    )


def _same_time(before: Event, item: Event) -> bool:
    if before.when == item.when and (before.recurrence is not None or before.end == item.end):
        # Equal notation is not enough: "twelve months from adoption" is another end in each text.
        return True
    if before.recurrence != item.recurrence or before.certainty is not item.certainty:
        return False
    # A recurrence repeated a year later begins a year later, and is the same recurrence.
    return before.recurrence is not None or (before.start, before.end) == (item.start, item.end)


def _moved(before: Event) -> Status:
    """Return the status of an event that gets a time: scheduled for its first, else moved."""
    first_date = before.status is Status.SCHEDULED and before.start is None and before.end is None
    return Status.SCHEDULED if first_date else Status.MOVED


def _amended(revisions: Sequence[Revision], change: _Change, book: Almanac | None) -> Event:
    amendment = change.amendment
    before = revisions[-1].event
    match amendment.action:
        case Action.POSTPONE if amendment.when in {None, TO_BE_DECIDED}:
            return _timed(replace(before, status=Status.POSTPONED), TO_BE_DECIDED, change, book)
        case Action.POSTPONE | Action.MOVE:
            return _timed(replace(before, status=_moved(before)), amendment.when or TO_BE_DECIDED, change, book)
        case Action.CANCEL:
            return replace(before, status=Status.CANCELLED, milestones=())
        case Action.REINSTATE:
            standing = [item.event for item in revisions if item.event.status not in INACTIVE_STATUSES]
            last = standing[-1] if standing else revisions[0].event
            stood = replace(last, status=Status.SCHEDULED, place=before.place)
            return _timed(stood, amendment.when, change, book) if amendment.when else stood
        case Action.EXTEND:
            return _extended(before, amendment.when or TO_BE_DECIDED, change, book)
        case Action.CORRECT:
            return _timed(before, amendment.when or before.when, change, book)
        case Action.HOLD:
            held = replace(before, status=Status.HELD)
            return _timed(held, amendment.when, change, book) if amendment.when else held
        case Action.MODIFY:
            return before
        case Action.REPLACE | Action.MERGE:
            return replace(before, status=Status.SUPERSEDED, milestones=())


def _timed(event: Event, when: str, change: _Change, book: Almanac | None) -> Event:
    """Return the event with the time ``when``, dated in the amending instrument's context."""
    # The amendment gives the new day; whether the hour stays is not known.
    moved = replace(event, when=when, hours="", decided=change.amendment.decided)
    return date_event(moved, change.context, book)


def _extended(before: Event, when: str, change: _Change, book: Almanac | None) -> Event:
    """Return the event with a new end.

    A mandate with a first day keeps it; one known by its last day alone gets a new last day.
    """
    after = _timed(replace(before, status=Status.SCHEDULED), when, change, book)
    if before.start == before.end or before.start is None or after.end is None or after.end < before.start:
        return after
    return replace(after, start=before.start)
