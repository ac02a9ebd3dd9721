"""Reads what a text does to events of earlier instruments, and proposes it: a reviewer confirms, nothing is changed.

A clause that decides and has words of change ("postpone", "instead of", "extend" …) is held against the events that
stand. What points to an event is a date of its own, the symbol of an instrument that decided on it, and its subject;
a date that an event has is the one given up, another date of the clause is the new one. A change that would change
nothing is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.almanac import Almanac, settle
from app.amendments.match_events import NUMBER, At, Known, Scope, Target, is_dated, plain_number, same_time, targets_of
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
"""The revisions of the events that a text may change, by UID."""


def asks(resolution: Resolution) -> bool:
    """Whether the operative part has words that change what was decided before."""
    words = amending(resolution.language)
    return any(key in ACTIONS for paragraph in resolution.operative for _, _, key in words.find(paragraph.reading.text))


@dataclass(frozen=True, slots=True)
class Clues:
    """By what the events that a text may change can be found: numbers of instruments, and days that it names."""

    numbers: frozenset[str]
    days: frozenset[date]


def clues(resolution: Resolution) -> Clues:
    """The clues of a text, whatever they turn out to mean."""
    texts = _texts(resolution)
    days: set[date] = set()
    for text in texts:
        for at in _tagged(text, resolution):
            when = at.x.when if at.value == at.x.value else When.try_parse(at.value)
            sides = when.dates if when is not None and when.is_calendar else None
            if when is not None and when.first_day is not None and sides is not None and sides[0] and sides[0].day:
                days.add(when.first_day)
    return Clues(frozenset(_numbers(texts)), frozenset(days))


def _texts(resolution: Resolution) -> list[str]:
    return [paragraph.reading.text for paragraph in (*resolution.preamble, *resolution.operative)]


def _numbers(texts: Sequence[str]) -> set[str]:
    return {plain_number(match[0]) for text in texts for match in NUMBER.finditer(fold(text).text)}


@dataclass(frozen=True, slots=True)
class Proposed:
    """What a text does to events that stand, and its clauses that change something of which nothing is known.

    Of a clause in ``missed``, ``value`` is the action and ``reason`` one of ``amendment.no-event`` (no such event is
    known), ``amendment.no-time`` (it is known, and no new time is read) and ``amendment.no-day`` (the day of
    adoption is not known, so nothing can be held against what stood on it).
    """

    proposals: tuple[Proposal, ...] = ()
    missed: tuple[Unread, ...] = ()


def propose(resolution: Resolution, schedule: Schedule, histories: Histories, book: Almanac | None = None) -> Proposed:
    """The amendments that the text of ``resolution`` asks for, in its order; ``schedule`` is what was derived from it.

    ``histories`` are the events of other instruments. One proposal an event; of a text without its day of adoption
    nothing can be proposed. Raises AlmanacError for a new time that is none.
    """
    if resolution.adopted is None:
        found_ = [
            _missed(scope, resolution, "amendment.no-day")
            for paragraph in resolution.operative
            for scope in _scopes(paragraph, resolution, _tagged(paragraph.reading.text, resolution))
            if _plain(scope)
        ]
        return Proposed(missed=tuple(found_))
    known = [
        Known(uid, standing.event, tuple(history))
        for uid, history in histories.items()
        if history[0].event.same_as is None
        and history[0].instrument != schedule.symbol.text
        and (standing := as_of(history, resolution.adopted)) is not None
    ]
    texts = _texts(resolution)
    numbers = _numbers(texts)
    tagged = {text: _tagged(text, resolution) for text in texts}
    recalled = [at for times in tagged.values() for at in times]
    found: dict[str, Proposal] = {}
    missed: list[Unread] = []
    for paragraph in resolution.operative:
        for scope in _scopes(paragraph, resolution, tagged[paragraph.reading.text]):
            targets = targets_of(scope, known, numbers, recalled, resolution.adopted)
            if not targets and _plain(scope):
                missed.append(_missed(scope, resolution, "amendment.no-event"))
            for made in _proposals(scope, targets, resolution, schedule, book):
                if isinstance(made, Unread):
                    missed.append(made)
                else:
                    found.setdefault(made.amendment.target, made)
    return Proposed(tuple(found.values()), tuple(missed))


def _plain(scope: Scope) -> bool:
    """Whether a clause without a known event plainly changes one: other things are moved, extended and replaced too."""
    match scope.action:
        case Action.POSTPONE | Action.CANCEL | Action.REINSTATE:
            return True
        case Action.EXTEND | Action.MOVE:
            return any(is_dated(at.value) or at.x.type is TimexType.DURATION for at in scope.times)
    return bool(NUMBER.search(fold(scope.text).text))


def _missed(scope: Scope, resolution: Resolution, reason: str) -> Unread:
    span = scope.paragraph.reading.span(*_trimmed(scope))
    return Unread(scope.paragraph.number, span, span.of(resolution.text), scope.action.value, reason)


# --- what is said ---


def _tagged(text: str, resolution: Resolution) -> tuple[At, ...]:
    return tuple(
        At(x, x.value) for x in tag(text, resolution.language) if x.type in (TimexType.DATE, TimexType.DURATION)
    )


def _scopes(paragraph: Paragraph, resolution: Resolution, times: Sequence[At]) -> Iterator[Scope]:
    """The clauses of a paragraph that decide and change: one for each operative verb and action."""
    text = paragraph.reading.text
    said = amending(resolution.language).find(text)
    if not any(key in ACTIONS for _, _, key in said):
        return
    clauses = analyze(text, phrase_matcher(resolution.language)).clauses
    stretches = {max(0, clause.head): clause.force for clause in clauses}
    stretches |= {at: "decide" for at, _, key in said if key == DECIDED}
    heads = sorted(stretches)
    for start, stop in zip(heads, [*heads[1:], len(text)], strict=True):
        # A stretch goes on to where the next verb begins.
        force = stretches[start]
        here = [one for one in said if start <= one[0] < stop and one[2] in ACTIONS]
        if not here or (force and force not in OWN):
            continue
        for first, last, key in _parted(here, start, stop):
            yield Scope(
                paragraph,
                resolution.language,
                first,
                last,
                Action(key),
                tuple(at for at in times if first <= at.x.start < last),
                any(name == UNDECIDED and first <= at < last for at, _, name in said),
            )


def _parted(here: Sequence[tuple[int, int, str]], start: int, stop: int) -> Iterator[tuple[int, int, str]]:
    """A stretch cut where another action begins; "instead of" beside another action only says what is given up."""
    acting = [one for one in here if one[2] != Action.MOVE] or list(here[:1])
    kept = [one for n, one in enumerate(acting) if n == 0 or one[2] != acting[n - 1][2]]
    if len(kept) > 1:
        kept = [one for one in kept if one[2] != Action.REPLACE] or kept[:1]
    for n, (_, _, key) in enumerate(kept):
        yield (start if n == 0 else kept[n][0]), (kept[n + 1][0] if n + 1 < len(kept) else stop), key


# --- what follows ---------------------------------------------------------------------------------------------------


def _proposals(
    scope: Scope, targets: Sequence[Target], resolution: Resolution, schedule: Schedule, book: Almanac | None
) -> Iterator[Proposal | Unread]:
    given_up = {at for target in targets for at in target.old}
    new = [at for at in scope.times if at not in given_up and _possible(at, scope, resolution.adopted)]
    for number, target in enumerate(targets):
        at = (new[number] if len(new) == len(targets) else new[0]) if new else None
        action, when = _change(scope, target, at, schedule, resolution.adopted)
        if action is None or (when is None and action in (Action.MOVE, Action.EXTEND)):
            yield _missed(scope, resolution, "amendment.no-time")
            continue
        event = target.known.event
        after = event
        if when is not None:
            after = date_event(replace(event, when=when, decided=resolution.adopted), context_of(schedule), book)
            undated = when == TO_BE_DECIDED and event.when == TO_BE_DECIDED
            if undated or ((after.start, after.end) == (event.start, event.end) and when != TO_BE_DECIDED):
                continue  # what is recalled stands already
        covers = tuple(
            item.uid
            for item in schedule.events
            if (item.section, item.paragraph) == (scope.paragraph.section, scope.paragraph.number)
            and (item.kind is event.kind or (event.kind is Kind.AGENDA and item.kind is Kind.MEETING))
            and _says_no_more(item, after, target.known)
        )
        assert resolution.adopted is not None  # noqa: S101  # propose() has returned where it is
        yield Proposal(
            Amendment(
                target=target.known.uid,
                action=action,
                instrument=schedule.symbol.text,
                decided=resolution.adopted,
                when=when,
                paragraph=scope.paragraph.number,
            ),
            stands=event.when,
            because=target.because,
            quote={resolution.language: scope.paragraph.reading.span(*_trimmed(scope)).of(resolution.text)},
            arithmetic=after.arithmetic if when is not None else "",
            covers=covers,
            confidence=target.confidence,
        )


def _possible(at: At, scope: Scope, adopted: date | None) -> bool:
    """Whether a time can be a new one: a day that is not past, a session, or what a mandate is extended by."""
    if at.value == TO_BE_DECIDED:
        return False
    if at.x.type is TimexType.DURATION:
        return scope.action is Action.EXTEND
    when = When.try_parse(at.value)
    if when is not None and when.is_calendar:
        return adopted is None or when.last_day is None or when.last_day >= adopted
    return when is not None and when.session is not None and when.session.prefixed


def _change(
    scope: Scope, target: Target, at: At | None, schedule: Schedule, adopted: date | None
) -> tuple[Action | None, str | None]:
    """What is done, and the new time in the notation of ``when``."""
    open_ = scope.undecided or any(one.value == TO_BE_DECIDED for one in scope.times)
    when = None if at is None else str(settle(When.parse(at.value), context_of(schedule)))
    match scope.action:
        case Action.POSTPONE | Action.MOVE if when is None and (open_ or scope.action is Action.POSTPONE):
            return Action.POSTPONE, TO_BE_DECIDED
        case Action.CANCEL | Action.REPLACE:
            return scope.action, None
        case Action.POSTPONE if target.known.event.kind is Kind.AGENDA:
            return Action.MOVE, when
        case Action.EXTEND if at is not None:
            return Action.EXTEND, _until(scope, at, target.known.event, adopted)
    return scope.action, when


def _until(scope: Scope, at: At, event: Event, adopted: date | None) -> str | None:
    """The new end of what is extended; an explicit day wins over a duration, which is counted from the end so far."""
    days = [one for one in scope.times if is_dated(one.value) and not same_time(one.value, event)]
    if days:
        return str(When.parse(days[-1].value).related(Relation.UNTIL))
    if at.x.type is TimexType.DURATION and event.end is not None:
        start = max(event.end, adopted) if at.x.anchor == "adoption" and adopted else event.end
        return str(When.of_days(None, Duration.parse(at.value).add_to(start)))
    return None


def _says_no_more(item: Event, after: Event, known: Known) -> bool:
    if after.kind is Kind.AGENDA:  # however an item is read that is put off "until" a session
        when = When.try_parse(item.when)
        return when is not None and when.session is not None and str(when.session) == after.when
    days = {(revision.event.start, revision.event.end) for revision in known.history} | {(after.start, after.end)}
    return (item.start, item.end) in days


def _trimmed(scope: Scope) -> tuple[int, int]:
    text = scope.text
    left = len(text) - len(text.lstrip())
    return scope.start + left, scope.start + max(len(text.rstrip(" \n\t,;.，；。،؛")), left + 1)
