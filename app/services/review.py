"""Review of proposals: what a reviewer decides of their items and amendments is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from app.errors import AmendmentError, Conflict, NotFound, UsageError, message
from app.model import Event, Kind, Review, ReviewStatus, Schedule
from app.schedule.dating import context_of, date_event
from app.schedule.review import compare
from app.schedule.yaml_format import is_hours
from app.services.amendment_review import check_targets, ruled, try_out
from app.services.derive import language_of
from app.store import (
    ProposalDetail,
    RecordedDecision,
    Store,
    Token,
    whole_from_json,
    whole_to_json,
)

WORDS: Final = ("when", "place", "bearer", "force", "action", "same_as", "note")
"""Fields of an item that a reviewer may correct, each one word or sentence."""
SPOKEN: Final = ("title", "subject")
"""Fields that a reviewer may correct by language."""
_LONGEST: Final = 2000


@dataclass(frozen=True, slots=True)
class ReviewDecision:
    """Decision of a reviewer on an item.

    ``status`` is confirmed, corrected or rejected; ``changes`` are by field.
    """

    uid: str
    status: str
    changes: Mapping[str, Any]
    note: str = ""


def proposed_schedule(proposal: ProposalDetail) -> Schedule:
    """Return the schedule of a proposal with the decisions recorded so far."""
    return whole_from_json(proposal.schedule)


def get_proposal(store: Store, id_: int) -> ProposalDetail:
    """Return the proposal with that number. Raises NotFound."""
    found = store.proposals.get(id_)
    if found is None:
        raise NotFound(
            message("unknown proposal {id}", id=id_), where="proposal", hint=message("see /api/v1/proposals")
        )
    return found


def review(
    store: Store,
    id_: int,
    opinions: Sequence[ReviewDecision],
    now: datetime,
    *,
    by: Token | None,
    reject: bool = False,
    rulings: Sequence[ReviewDecision] = (),
    folder: Path | None = None,
) -> ProposalDetail:
    """Record decisions on items of a proposal, or its rejection; return the updated proposal.

    ``rulings`` are of the amendments that it proposes, each named by the event that it was proposed for; they are
    tried out on the current state, including the files below ``folder``. Raises NotFound for an unknown proposal, item
    or amendment, Conflict for a proposal that is published or rejected already and for amendments that contradict the
    current state, UsageError and AlmanacError for an invalid decision.
    """
    proposal = get_proposal(store, id_)
    schedule = proposed_schedule(proposal)
    name = by.name if by else "operator"
    for opinion in opinions:
        schedule = _decided(schedule, opinion, now, name)
    for ruling in rulings:
        _status(ruling)
    verdicts = [
        RecordedDecision(item.uid, item.status, item.changes, item.note, name, now) for item in (*opinions, *rulings)
    ]
    if schedule.proposals:
        schedule = ruled(schedule, [*store.proposals.decisions(id_), *verdicts])
    check_targets(store, schedule, [item.uid for item in rulings])
    if rulings and folder is not None:
        with as_conflict():
            try_out(store, folder, schedule)
    state = "rejected" if reject else "reviewed"
    if not store.proposals.review(id_, verdicts, whole_to_json(schedule), state, now, by):
        raise Conflict(
            message("the proposal is already {state}", state=proposal.state),
            where=str(id_),
            hint=message("send the document again"),
        )
    return get_proposal(store, id_)


@contextmanager
def as_conflict() -> Iterator[None]:
    """Turn an amendment that contradicts what is in force into a Conflict."""
    try:
        yield
    except AmendmentError as error:
        raise Conflict(error.message, where=error.where, hint=error.hint_message) from error


def _status(opinion: ReviewDecision) -> ReviewStatus:
    """Return the status of a decision.

    Raises UsageError for an unknown one.
    """
    if opinion.status not in set(ReviewStatus):
        known = ", ".join(ReviewStatus)
        raise UsageError(
            message("unknown status {status}", status=repr(opinion.status[:40])),
            where="status",
            hint=message("use one of {known}", known=known),
        )
    status = ReviewStatus(opinion.status)
    if (status is ReviewStatus.CORRECTED) != bool(opinion.changes):
        raise UsageError(
            message('the status "corrected" and changes require each other'),
            where=opinion.uid,
            hint=message("give the fields to change"),
        )
    if len(opinion.note) > _LONGEST:
        raise UsageError(
            message("the note is too long"),
            where=opinion.uid,
            hint=message("use at most {most} characters", most=_LONGEST),
        )
    return status


def _decided(schedule: Schedule, opinion: ReviewDecision, now: datetime, reviewer: str) -> Schedule:
    before = next((event for event in schedule.events if event.uid == opinion.uid), None)
    if before is None:
        raise NotFound(
            message("unknown item {uid}", uid=repr(opinion.uid[:80])),
            where="uid",
            hint=message("use a uid of the proposal"),
        )
    status = _status(opinion)
    after = _corrected(before, opinion.changes)
    if (after.when, after.kind) != (before.when, before.kind):
        # Milestones follow from the kind as much as from the time.
        after = date_event(after, context_of(schedule))
    events = tuple(after if event.uid == opinion.uid else event for event in schedule.events)
    changed = replace(schedule, events=events)
    earlier = schedule.reviews.get(opinion.uid)
    was = dict(earlier.was) if earlier else {}
    if status is ReviewStatus.CORRECTED:
        for difference in compare(changed, schedule):
            if difference.uid == opinion.uid and difference.field:
                was.setdefault(difference.field, difference.derived)
    decision = Review(status, reviewer, now.date(), opinion.note, was if status is ReviewStatus.CORRECTED else {})
    return replace(changed, reviews={**schedule.reviews, opinion.uid: decision})


def _corrected(event: Event, changes: Mapping[str, Any]) -> Event:
    """Return the event with other values in some fields. Raises UsageError."""
    values: dict[str, Any] = {}
    for name, value in changes.items():
        texts = [value] if isinstance(value, str) else list(value.values()) if isinstance(value, dict) else value
        if not isinstance(texts, list) or not all(isinstance(item, str) and len(item) <= _LONGEST for item in texts):
            raise UsageError(
                message("{name} is not text", name=name),
                where=event.uid,
                hint=message("use at most {most} characters", most=_LONGEST),
            )
        if name in WORDS and isinstance(value, str):
            optional = name in {"place", "bearer", "same_as"}
            values[name] = (value or None) if optional else value
        elif name == "kind" and isinstance(value, str):
            if value not in set(Kind):
                raise UsageError(
                    message("unexpected value {value}", value=repr(value[:40])),
                    where=event.uid,
                    hint=message("use one of {known}", known=", ".join(Kind)),
                )
            values[name] = Kind(value)
        elif name == "hours" and isinstance(value, str):
            if value and not is_hours(value):
                raise UsageError(
                    message("invalid times of day {text}", text=repr(value[:20])),
                    where=event.uid,
                    hint=message("write 10:00 or 10:00/13:00, in the item's timezone"),
                )
            values[name] = value
        elif name in SPOKEN and isinstance(value, dict):
            values[name] = {**getattr(event, name), **{language_of(key): text for key, text in value.items()}}
        elif name == "addressees" and isinstance(value, list):
            values[name] = tuple(value)
        else:
            known = ", ".join((*WORDS, *SPOKEN, "kind", "hours", "addressees"))
            raise UsageError(
                message("{name} cannot be corrected", name=repr(str(name)[:40])),
                where=event.uid,
                hint=message("use one of {known}", known=known),
            )
    return replace(event, **values)
