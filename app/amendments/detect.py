"""Detection of amendments: what a text does to events of earlier instruments.

The result is a list of proposals; a reviewer confirms them, and nothing is changed before. A clause that decides and
has words of change ("postpone", "instead of", "extend" …) is matched against current events by date, by the symbol of
a deciding instrument and by subject. A date that the event has is the one given up; another date of the clause is the
new one. A clause that would leave the event as it is gives no proposal.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.almanac import Almanac, settle
from app.amendments.match_events import (
    NUMBER,
    AmendmentClause,
    CandidateEvent,
    DatedMention,
    EventMatch,
    is_dated,
    match_events,
    normalize_number,
    same_time,
)
from app.languages.amendments import ACTIONS, DECIDED, UNDECIDED, amending
from app.languages.normalize import fold
from app.model import (
    TO_BE_DECIDED,
    Action,
    Amendment,
    Duration,
    Event,
    Kind,
    Paragraph,
    Proposal,
    Relation,
    Resolution,
    Revision,
    Schedule,
    TimexType,
    Unread,
    When,
)
from app.obligations.clauses import analyze
from app.obligations.concepts import OWN
from app.obligations.phrase_matcher import phrase_matcher
from app.schedule.dating import context_of, date_event
from app.schedule.history import as_of
from app.timex import tag

Histories = Mapping[str, Sequence[Revision]]
"""Revisions of the events that a text may change, by UID."""


def mentions_change(resolution: Resolution) -> bool:
    """Return whether the operative part has words that change an earlier decision.

    ``resolution`` is a parsed text; only its operative paragraphs are looked at.
    """
    words = amending(resolution.language)
    return any(key in ACTIONS for paragraph in resolution.operative for _, _, key in words.find(paragraph.reading.text))


@dataclass(frozen=True, slots=True)
class LookupKeys:
    """Lookup keys of the events that a text may change: numbers of instruments and named days."""

    numbers: frozenset[str]
    days: frozenset[date]


def extract_keys(resolution: Resolution) -> LookupKeys:
    """Return the lookup keys of a text."""
    texts = _texts(resolution)
    days: set[date] = set()
    for text in texts:
        for at in _dated_mentions(text, resolution):
            when = at.x.when if at.value == at.x.value else When.try_parse(at.value)
            sides = when.dates if when is not None and when.is_calendar else None
            if when is not None and when.first_day is not None and sides is not None and sides[0] and sides[0].day:
                days.add(when.first_day)
    return LookupKeys(frozenset(_numbers(texts)), frozenset(days))


def _texts(resolution: Resolution) -> list[str]:
    return [paragraph.reading.text for paragraph in (*resolution.preamble, *resolution.operative)]


def _numbers(texts: Sequence[str]) -> set[str]:
    return {normalize_number(match[0]) for text in texts for match in NUMBER.finditer(fold(text).text)}


@dataclass(frozen=True, slots=True)
class DetectedAmendments:
    """Proposals that a text makes, and its clauses that change an event not known here.

    Of a clause in ``missed``, ``value`` is the action and ``reason`` one of ``amendment.no-event`` (no such event is
    known), ``amendment.no-time`` (it is known, and no new time is read) and ``amendment.no-day`` (the day of
    adoption is not known, so nothing can be held against what stood on it).
    """

    proposals: tuple[Proposal, ...] = ()
    missed: tuple[Unread, ...] = ()


def detect_amendments(
    resolution: Resolution, schedule: Schedule, histories: Histories, book: Almanac | None = None
) -> DetectedAmendments:
    """Return the amendments that the text of ``resolution`` makes, in the order of the text.

    ``schedule`` is derived from the same text, ``histories`` are the events of other instruments. Each event gets at
    most one proposal. A text without its day of adoption gives none, since the current state of an event is not
    known. Raises AlmanacError for a new time that does not parse.
    """
    if resolution.adopted is None:
        found_ = [
            _unread_change(clause, resolution, "amendment.no-day")
            for paragraph in resolution.operative
            for clause in _change_clauses(paragraph, resolution, _dated_mentions(paragraph.reading.text, resolution))
            if _changes_plainly(clause)
        ]
        return DetectedAmendments(missed=tuple(found_))
    known = [
        CandidateEvent(uid, standing.event, tuple(history))
        for uid, history in histories.items()
        if history[0].event.same_as is None
        and history[0].instrument != schedule.symbol.text
        and (standing := as_of(history, resolution.adopted)) is not None
    ]
    texts = _texts(resolution)
    numbers = _numbers(texts)
    tagged = {text: _dated_mentions(text, resolution) for text in texts}
    recalled = [at for times in tagged.values() for at in times]
    found: dict[str, Proposal] = {}
    missed: list[Unread] = []
    for paragraph in resolution.operative:
        for clause in _change_clauses(paragraph, resolution, tagged[paragraph.reading.text]):
            targets = match_events(clause, known, numbers, recalled, resolution.adopted)
            if not targets and _changes_plainly(clause):
                missed.append(_unread_change(clause, resolution, "amendment.no-event"))
            for proposed in _build_proposals(clause, targets, resolution, schedule, book):
                if isinstance(proposed, Unread):
                    missed.append(proposed)
                else:
                    found.setdefault(proposed.amendment.target, proposed)
    return DetectedAmendments(tuple(found.values()), tuple(missed))


def _changes_plainly(clause: AmendmentClause) -> bool:
    """Return whether a clause without a known event is sure to change one.

    Things other than events are moved and extended, too, so these need a time.
    """
    match clause.action:
        case Action.POSTPONE | Action.CANCEL | Action.REINSTATE:
            return True
        case Action.EXTEND | Action.MOVE:
            return any(is_dated(at.value) or at.x.type is TimexType.DURATION for at in clause.times)
    return bool(NUMBER.search(fold(clause.text).text))


def _unread_change(clause: AmendmentClause, resolution: Resolution, reason: str) -> Unread:
    span = clause.paragraph.reading.span(*_trimmed_offsets(clause))
    return Unread(clause.paragraph.number, span, span.of(resolution.text), clause.action.value, reason)


# --- clauses of change ---


def _dated_mentions(text: str, resolution: Resolution) -> tuple[DatedMention, ...]:
    return tuple(
        DatedMention(x, x.value)
        for x in tag(text, resolution.language)
        if x.type in (TimexType.DATE, TimexType.DURATION)
    )


def _change_clauses(
    paragraph: Paragraph, resolution: Resolution, times: Sequence[DatedMention]
) -> Iterator[AmendmentClause]:
    """Yield the amending clauses of a paragraph, one for each operative verb and action."""
    text = paragraph.reading.text
    words = amending(resolution.language).find(text)
    if not any(key in ACTIONS for _, _, key in words):
        return
    clauses = analyze(text, phrase_matcher(resolution.language)).clauses
    stretches = {max(0, clause.head): clause.force for clause in clauses}
    stretches |= {at: "decide" for at, _, key in words if key == DECIDED}
    heads = sorted(stretches)
    for start, stop in zip(heads, [*heads[1:], len(text)], strict=True):
        # A stretch ends where the next verb begins.
        force = stretches[start]
        here = [one for one in words if start <= one[0] < stop and one[2] in ACTIONS]
        if not here or (force and force not in OWN):
            continue
        for first, last, key in _split_by_action(here, start, stop):
            yield AmendmentClause(
                paragraph,
                resolution.language,
                first,
                last,
                Action(key),
                tuple(at for at in times if first <= at.x.start < last),
                any(name == UNDECIDED and first <= at < last for at, _, name in words),
            )


def _split_by_action(here: Sequence[tuple[int, int, str]], start: int, stop: int) -> Iterator[tuple[int, int, str]]:
    """Split a stretch where another action begins; yield start, end and action of each part.

    "Instead of" beside another action only names the old time.
    """
    acting = [one for one in here if one[2] != Action.MOVE] or list(here[:1])
    kept = [one for n, one in enumerate(acting) if n == 0 or one[2] != acting[n - 1][2]]
    if len(kept) > 1:
        kept = [one for one in kept if one[2] != Action.REPLACE] or kept[:1]
    for n, (_, _, key) in enumerate(kept):
        yield (start if n == 0 else kept[n][0]), (kept[n + 1][0] if n + 1 < len(kept) else stop), key


# --- proposals ------------------------------------------------------------------------------------------------------


def _build_proposals(
    clause: AmendmentClause,
    targets: Sequence[EventMatch],
    resolution: Resolution,
    schedule: Schedule,
    book: Almanac | None,
) -> Iterator[Proposal | Unread]:
    given_up = {at for target in targets for at in target.old}
    new = [at for at in clause.times if at not in given_up and _can_be_new(at, clause, resolution.adopted)]
    for number, target in enumerate(targets):
        at = (new[number] if len(new) == len(targets) else new[0]) if new else None
        action, when = _action_and_time(clause, target, at, schedule, resolution.adopted)
        if action is None or (when is None and action in (Action.MOVE, Action.EXTEND)):
            yield _unread_change(clause, resolution, "amendment.no-time")
            continue
        event = target.known.event
        after = event
        if when is not None:
            after = date_event(replace(event, when=when, decided=resolution.adopted), context_of(schedule), book)
            undated = when == TO_BE_DECIDED and event.when == TO_BE_DECIDED
            if undated or ((after.start, after.end) == (event.start, event.end) and when != TO_BE_DECIDED):
                continue  # the text recalls the current state
        covers = tuple(
            item.uid
            for item in schedule.events
            if (item.section, item.paragraph) == (clause.paragraph.section, clause.paragraph.number)
            and (item.kind is event.kind or (event.kind is Kind.AGENDA and item.kind is Kind.MEETING))
            and _is_covered(item, after, target.known)
        )
        assert resolution.adopted is not None  # noqa: S101  # detect_amendments() has returned where it is
        yield Proposal(
            Amendment(
                target=target.known.uid,
                action=action,
                instrument=schedule.symbol.text,
                decided=resolution.adopted,
                when=when,
                paragraph=clause.paragraph.number,
            ),
            stands=event.when,
            because=target.because,
            quote={resolution.language: clause.paragraph.reading.span(*_trimmed_offsets(clause)).of(resolution.text)},
            arithmetic=after.arithmetic if when is not None else "",
            covers=covers,
            confidence=target.confidence,
        )


def _can_be_new(at: DatedMention, clause: AmendmentClause, adopted: date | None) -> bool:
    """Return whether a time can be the new one.

    It can if it is a day not in the past, a session, or the length of an extension.
    """
    if at.value == TO_BE_DECIDED:
        return False
    if at.x.type is TimexType.DURATION:
        return clause.action is Action.EXTEND
    when = When.try_parse(at.value)
    if when is not None and when.is_calendar:
        return adopted is None or when.last_day is None or when.last_day >= adopted
    return when is not None and when.session is not None and when.session.prefixed


def _action_and_time(
    clause: AmendmentClause, target: EventMatch, at: DatedMention | None, schedule: Schedule, adopted: date | None
) -> tuple[Action | None, str | None]:
    """Return the action and the new time in the notation of ``when``."""
    open_ = clause.undecided or any(one.value == TO_BE_DECIDED for one in clause.times)
    when = None if at is None else str(settle(When.parse(at.value), context_of(schedule)))
    match clause.action:
        case Action.POSTPONE | Action.MOVE if when is None and (open_ or clause.action is Action.POSTPONE):
            return Action.POSTPONE, TO_BE_DECIDED
        case Action.CANCEL | Action.REPLACE:
            return clause.action, None
        case Action.POSTPONE if target.known.event.kind is Kind.AGENDA:
            return Action.MOVE, when
        case Action.EXTEND if at is not None:
            return Action.EXTEND, _new_end(clause, at, target.known.event, adopted)
    return clause.action, when


def _new_end(clause: AmendmentClause, at: DatedMention, event: Event, adopted: date | None) -> str | None:
    """Return the new end of an extension, as a ``when``.

    A day wins over a duration, which counts from the current end.
    """
    days = [one for one in clause.times if is_dated(one.value) and not same_time(one.value, event)]
    if days:
        return str(When.parse(days[-1].value).related(Relation.UNTIL))
    if at.x.type is TimexType.DURATION and event.end is not None:
        start = max(event.end, adopted) if at.x.anchor == "adoption" and adopted else event.end
        return str(When.of_days(None, Duration.parse(at.value).add_to(start)))
    return None


def _is_covered(item: Event, after: Event, known: CandidateEvent) -> bool:
    if after.kind is Kind.AGENDA:  # an item put off "until" a session may be read as a deadline
        when = When.try_parse(item.when)
        return when is not None and when.session is not None and str(when.session) == after.when
    days = {(revision.event.start, revision.event.end) for revision in known.history} | {(after.start, after.end)}
    return (item.start, item.end) in days


def _trimmed_offsets(clause: AmendmentClause) -> tuple[int, int]:
    text = clause.text
    left = len(text) - len(text.lstrip())
    return clause.start + left, clause.start + max(len(text.rstrip(" \n\t,;.，；。،؛")), left + 1)
