"""Ruling on proposed amendments: confirmed, corrected or rejected, as ``plenary amend`` does it in the files.

A proposed amendment goes by the event that it was proposed for. Until the proposal is published a reviewer may decide
otherwise: the last decision counts.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from app.almanac import almanac, resolve
from app.errors import AmendmentError, NotFound, PlenaryError, UsageError, message
from app.model import Action, Amendment, Proposal, ReviewStatus, Schedule
from app.schedule.dating import context_of
from app.schedule.review import COVERED_NOTE, amended, covered
from app.services.affected_events import find_affected
from app.services.amend import TIMED, TIMELESS, AmendmentEffect, effects_of
from app.services.source_scan import SourceScan, scan, stat_snapshot
from app.services.sync import standing
from app.store import ProposalDetail, RecordedDecision, Store, whole_from_json

CHANGED: Final = ("action", "when", "target", "evidence")
"""What of a proposed amendment may be corrected."""
_LONGEST: Final = 300


@dataclass(frozen=True, slots=True)
class AmendmentRuling:
    """A proposed amendment, the last word on it, and the amendment that it is or would be.

    ``effect`` is what that does to the event as everything else stands; ``problem`` why it cannot be.
    """

    proposal: Proposal
    verdict: RecordedDecision | None
    amendment: Amendment
    effect: AmendmentEffect | None
    problem: PlenaryError | None

    @property
    def status(self) -> str:
        """Proposed, confirmed, corrected or rejected."""
        return self.verdict.status if self.verdict else "proposed"


def amendment_of(schedule: Schedule, proposal: Proposal, verdict: RecordedDecision) -> Amendment:
    """Return the amendment that results from a verdict on a proposed one.

    Raises UsageError and AlmanacError for an impossible correction.
    """
    given = verdict.changes if verdict.status == ReviewStatus.CORRECTED else {}
    values: dict[str, Any] = {}
    for name, value in given.items():
        if name == "evidence" and isinstance(value, list) and all(isinstance(item, str) for item in value):
            values[name] = tuple(value)
        elif name not in CHANGED or not isinstance(value, str) or len(value) > _LONGEST:
            raise UsageError(
                message("{name} cannot be corrected", name=repr(str(name)[:40])),
                where=verdict.uid,
                hint=message("use one of {known}", known=", ".join(CHANGED)),
            )
        elif name == "action":
            if value not in set(Action):
                hint = message("use one of {known}", known=", ".join(Action))
                raise UsageError(
                    message("unexpected value {value}", value=repr(value[:40])), where=verdict.uid, hint=hint
                )
            values[name] = Action(value)
        else:
            values[name] = value or None
    if "target" in values and not values["target"]:
        raise UsageError(message("no event was given"), where=verdict.uid, hint=message("give its uid"))
    made: Amendment = replace(proposal.amendment, **values)
    if verdict.note:
        made = replace(made, note=verdict.note)
    if made.action in TIMELESS and made.when is not None:
        if "when" in values:
            raise UsageError(
                message("{action} takes no time (when)", action=made.action.value),
                where=verdict.uid,
                hint=message("leave it out"),
            )
        made = replace(made, when=None)
    if made.action in TIMED and made.when is None:
        hint = message("give the new time, or use postpone for a time to be decided")
        raise UsageError(
            message("{value} requires a time (when)", value=made.action.value), where=verdict.uid, hint=hint
        )
    if made.action is Action.HOLD and not made.evidence:
        hint = message("give the symbol of a record as evidence")
        raise UsageError(message('the status "held" requires evidence'), where=verdict.uid, hint=hint)
    if made.when is not None:
        resolve(made.when, context_of(schedule), almanac())
    return made


def last_words(schedule: Schedule, verdicts: Sequence[RecordedDecision]) -> dict[str, RecordedDecision]:
    """Return the last decision on each proposed amendment, by the UID of its event."""
    targets = {item.amendment.target for item in schedule.proposals}
    return {verdict.uid: verdict for verdict in verdicts if verdict.uid in targets}


def ruled(schedule: Schedule, verdicts: Sequence[RecordedDecision]) -> Schedule:
    """Apply the reviewers' decisions to the proposed amendments of a proposal's schedule.

    The proposed amendments stay beside the resulting ones.

    Items that say no more than a confirmed amendment does are rejected in the reviewer's name. Raises NotFound,
    UsageError and AlmanacError.
    """
    decided = last_words(schedule, verdicts)
    reviews = {uid: review for uid, review in schedule.reviews.items() if not review.note.startswith(COVERED_NOTE)}
    whole = replace(schedule, amendments=(), reviews=reviews)
    proposals: list[Proposal] = []
    for proposal in schedule.proposals:
        verdict = decided.get(proposal.amendment.target)
        proposals.append(replace(proposal, rejected=verdict is not None and verdict.status == ReviewStatus.REJECTED))
        if verdict is None or proposals[-1].rejected:
            continue
        made = amendment_of(schedule, proposal, verdict)
        more = covered(whole, proposal, made, verdict.reviewer, verdict.moment.date())
        whole = amended(replace(whole, reviews={**whole.reviews, **more}), [made])
    return replace(whole, proposals=tuple(proposals))


def settled(store: Store, proposal: ProposalDetail) -> Schedule:
    """Return a proposal's schedule for publication, without the amendments already decided."""
    schedule: Schedule = whole_from_json(proposal.schedule)
    decided = last_words(schedule, store.proposals.decisions(proposal.id))
    left = [item for item in schedule.proposals if item.rejected or item.amendment.target not in decided]
    return replace(schedule, proposals=tuple(left))


def effects(
    store: Store, found: SourceScan, schedule: Schedule, placed: Sequence[Amendment]
) -> Mapping[Amendment, AmendmentEffect]:
    """Return the effects of amendments on the current events.

    Raises AmendmentError, ScheduleError.
    """
    read, slug = standing(store, found), schedule.symbol.slug
    held = read(slug)
    base = held[0] if held else replace(schedule, events=(), amendments=(), proposals=(), reviews={})
    reached = find_affected(
        store,
        {slug: amended(base, placed)},
        lambda other: whole[0] if (whole := read(other)) else None,
        almanac(),
    )
    return dict(zip(placed, effects_of(reached.histories, placed), strict=True))


def rulings(store: Store, folder: Path, proposal: ProposalDetail) -> list[AmendmentRuling]:
    """Return the proposed amendments of a document with their decisions and effects, in order."""
    schedule: Schedule = whole_from_json(proposal.schedule)
    if not schedule.proposals:
        return []
    decided = last_words(schedule, store.proposals.decisions(proposal.id))
    found = scan(store, folder, stat_snapshot(folder, time.time()))
    answers: list[AmendmentRuling] = []
    for item in schedule.proposals:
        verdict = decided.get(item.amendment.target)
        made, effect, problem = item.amendment, None, None
        try:
            if verdict and verdict.status != ReviewStatus.REJECTED:
                made = amendment_of(schedule, item, verdict)
            effect = effects(store, found, schedule, [made])[made]
        except PlenaryError as error:
            problem = error
        answers.append(AmendmentRuling(item, verdict, made, effect, problem))
    return answers


def check_targets(store: Store, schedule: Schedule, named: Iterable[str]) -> None:
    """Check that decisions name proposed amendments and that amendments name known events.

    Raises NotFound for an unknown proposed amendment and AmendmentError for an unknown event.
    """
    proposed = {item.amendment.target for item in schedule.proposals}
    for uid in named:
        if uid not in proposed:
            hint = message("use a target of the proposal")
            raise NotFound(
                message("no proposed amendment targets {uid}", uid=repr(uid[:80])), where="target", hint=hint
            )
    for amendment in schedule.amendments:
        if store.event(amendment.target) is None:
            hint = message("load the schedule of the instrument that decided it")
            raise AmendmentError(message("the event does not exist"), where=amendment.target[:80], hint=hint)


def try_out(store: Store, folder: Path, schedule: Schedule) -> None:
    """Check the amendments of a schedule against the current events.

    Raises AmendmentError where they contradict other instruments or change nothing.
    """
    if schedule.amendments:
        effects(store, scan(store, folder, stat_snapshot(folder, time.time())), schedule, schedule.amendments)
