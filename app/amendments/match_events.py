"""Matching of an amending clause to the events that it means: by date, recalled symbol and subject."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, Literal

from app.amendments.match_mandates import MandateHolder, count_informative, find_holder, word_stems
from app.languages.normalize import fold
from app.model import Action, CalendarDate, Event, Kind, Paragraph, Revision, Status, TemporalExpression, When

NUMBER: Final = re.compile(
    r"(?<![\d/])(?:(?:ES|S)-\d{1,2}/\d{1,4}|\d{1,4}/\d{1,4}|\d{1,4} ?\((?:\d{4}|[IVXLC]{1,8})\))(?![\d/])"
)
_CHANGED: Final = frozenset({Kind.MEETING, Kind.OBSERVANCE, Kind.DEADLINE, Kind.REPORT, Kind.REVIEW, Kind.PERIOD})
_EXTENDED: Final = frozenset({Kind.MANDATE, Kind.DEADLINE, Kind.PERIOD})
_PUT_OFF: Final = (Action.POSTPONE, Action.MOVE)
_GONE: Final = frozenset({Status.CANCELLED, Status.SUPERSEDED})


@dataclass(frozen=True, slots=True)
class DatedMention:
    """A time expression of a text and its value in the notation of ``when``."""

    x: TemporalExpression
    value: str


@dataclass(frozen=True, slots=True)
class AmendmentClause:
    """A clause that changes an event, with its action and times.

    ``start`` (inclusive) and ``end`` (exclusive) are offsets in the reading of ``paragraph``.
    """

    paragraph: Paragraph
    language: str
    start: int
    end: int
    action: Action
    times: tuple[DatedMention, ...]
    undecided: bool

    @property
    def text(self) -> str:
        """Text of the clause."""
        return self.paragraph.reading.text[self.start : self.end]

    @property
    def later(self) -> bool:
        """Whether something is put off to a session, as agenda items are."""
        return self.action in _PUT_OFF and any(at.value.startswith("session:") for at in self.times)


@dataclass(frozen=True, slots=True)
class CandidateEvent:
    """A current event with its history."""

    uid: str
    event: Event
    history: tuple[Revision, ...]

    @property
    def numbers(self) -> set[str]:
        """Numbers of the instruments that decided on the event, as texts cite them: ``72/251``."""
        found = set()
        for revision in self.history:
            if matches := list(NUMBER.finditer(revision.instrument.partition("/RES/")[2] or revision.instrument)):
                found.add(normalize_number(matches[-1][0]))
            found |= {
                normalize_number(match[0]) for match in NUMBER.finditer(revision.instrument.rpartition("/DEC/")[2])
            }
        return found

    def dated(self, at: DatedMention) -> bool:
        """Return whether a time of a text is the current one."""
        return same_time(at.value, self.event)

    def was(self, at: DatedMention) -> bool:
        """Return whether a time of a text is a current or former one."""
        return any(same_time(at.value, revision.event) for revision in self.history)


@dataclass(frozen=True, slots=True)
class EventMatch:
    """An event that a clause means, and why.

    ``place`` is the offset of its mention, ``because`` the reasons, ``old`` the times that are given up.
    """

    known: CandidateEvent
    place: int
    because: tuple[str, ...]
    old: tuple[DatedMention, ...] = field(default=())

    @property
    def confidence(self) -> Literal["high", "medium", "low"]:
        """High for two reasons with a date or subject among them; a single reason is never sure."""
        if len(self.because) > 1:
            return "high" if "date" in self.because or "subject" in self.because else "medium"
        return "medium" if self.because[0] == "date" else "low"


def normalize_number(number: str) -> str:
    """Return the number of an instrument without blanks.

    >>> normalize_number("2334 (2016)")
    '2334(2016)'
    """
    return number.replace(" ", "")


def same_time(value: str, event: Event) -> bool:
    """Return whether the value of a time expression gives the days of an event."""
    if event.start is None and event.end is None:
        return False
    first, last = event.start or event.end, event.end or event.start
    when = When.try_parse(value)
    sides = when.dates if when is not None else None
    if when is not None and sides is not None and all(side is not None and side.day for side in sides):
        days = tuple(CalendarDate.of_day(day) for day in (first, last) if day)
        if when.is_yearless:
            days = tuple(replace(day, year=None) for day in days)
        return days == sides
    if is_dated(value):
        return False  # months and years are no days
    known = When.try_parse(event.when)
    if when is None or known is None:
        return False
    return when == known or (when.session is not None and when.session == known.session)


def is_dated(value: str) -> bool:
    """Return whether ``value`` is a day, month or year, or a span of them, of known years.

    >>> is_dated("2018-05-14/2018-05-16"), is_dated("XXXX-05-14"), is_dated("GA73")
    (True, False, False)
    """
    when = When.try_parse(value)
    return when is not None and when.is_calendar


def _action_applies(action: Action, event: Event) -> bool:
    if event.status in _GONE:
        return action is Action.REINSTATE and event.status is Status.CANCELLED
    if action is Action.REINSTATE:
        return event.status is Status.POSTPONED
    if action is Action.REPLACE:
        return True
    if action in (Action.POSTPONE, Action.MOVE) and event.kind is Kind.AGENDA:
        return True
    return event.kind in (_EXTENDED if action is Action.EXTEND else _CHANGED)


def match_events(
    clause: AmendmentClause,
    known: Sequence[CandidateEvent],
    numbers: set[str],
    recalled: Sequence[DatedMention],
    day: date,
) -> list[EventMatch]:
    """Return the events that the clause means, in the order of their mentions.

    ``numbers`` and ``recalled`` are the instruments and times that the whole text names; ``day`` is the day of
    adoption.
    """
    fitting = [one for one in known if _action_applies(clause.action, one.event)]
    if clause.later:
        if item := _match_agenda_item(clause, fitting, numbers, day):
            return [item]
    else:
        fitting = [one for one in fitting if one.event.kind is not Kind.AGENDA or clause.action not in _PUT_OFF]
    named = [one for one in fitting if one.numbers & numbers]
    if clause.action is Action.REPLACE:
        own = {normalize_number(match[0]) for match in NUMBER.finditer(fold(clause.text).text)}
        return [EventMatch(one, 0, ("symbol",)) for one in named if one.history[-1].instrument and one.numbers & own]
    found: dict[str, EventMatch] = {}
    regions = _match_subjects(clause, named)
    for at in clause.times:
        same = [one for one in named if one.dated(at)] or [one for one in fitting if one.dated(at)]
        about = [one for one in same if one.uid in regions]
        chosen = about if len(about) == 1 else same
        if len(chosen) == 1:
            one = chosen[0]
            because = ["date"]
            because += ["symbol"] if one in named else []
            because += ["subject"] if one.uid in regions else []
            old = (*found[one.uid].old, at) if one.uid in found else (at,)
            found[one.uid] = EventMatch(one, at.x.start, tuple(because), old)
    # A single new day belongs to the event named by its old day; a postponement covers all named events.
    together = not found or clause.action is not Action.MOVE or clause.undecided
    for one in named:
        if together and one.uid in regions and one.uid not in found:
            found[one.uid] = EventMatch(one, clause.start + regions[one.uid], ("symbol", "subject"))
    if not found and clause.action is Action.EXTEND:
        owner = find_holder(clause.text, clause.language)
        for one in _match_holder(owner, named, fitting, clause.language):
            reasons = ("symbol", "subject") if one in named else ("subject",)
            found[one.uid] = EventMatch(one, clause.start, reasons)
        # The clause names the holder of the mandate, and these events have another one.
        named = [one for one in named if not owner or not _holder_of(one, clause.language)]
    if not found:
        by_date = [one for one in named if any(one.was(at) for at in recalled)]
        only = by_date if len(by_date) == 1 else named
        kinds = (Kind.AGENDA,) if clause.later else (Kind.MEETING, Kind.MANDATE)
        likely = [one for one in only if one.event.kind in kinds]
        if len(likely) == 1:
            because_ = ("date", "symbol") if by_date == only else ("symbol",)
            found[likely[0].uid] = EventMatch(likely[0], clause.start, because_)
    return sorted(found.values(), key=lambda target: (target.place, target.known.uid))


def _match_agenda_item(
    clause: AmendmentClause, fitting: Sequence[CandidateEvent], numbers: set[str], day: date
) -> EventMatch | None:
    """Return the deferred agenda item: the one whose whole title stands in the clause."""
    stems = " ".join(key for key, _ in word_stems(clause.text))
    titled = []
    for one in fitting:
        title = [key for key, _ in word_stems(one.event.subject.get(clause.language, ""))]
        if one.event.kind is Kind.AGENDA and count_informative(title) and f" {' '.join(title)} " in f" {stems} ":
            titled.append((len(title), one))
    longest = [one for length, one in titled if length == max(length for length, _ in titled)]
    now = [one for one in longest if one.event.start and one.event.end and one.event.start <= day <= one.event.end]
    meant = now or longest
    if len(meant) != 1:
        return None
    return EventMatch(meant[0], clause.start, ("symbol", "subject") if meant[0].numbers & numbers else ("subject",))


def _holder_of(one: CandidateEvent, language: str) -> MandateHolder | None:
    """Return the holder of a mandate by its words in a language; None if it names none."""
    if one.event.kind is not Kind.MANDATE:
        return None
    if subject := one.event.subject.get(language):
        return MandateHolder.of(subject)
    quote = one.event.quote.get(language)
    return find_holder(quote, language) if quote else None


def _match_holder(
    owner: MandateHolder | None, named: Sequence[CandidateEvent], fitting: Sequence[CandidateEvent], language: str
) -> list[CandidateEvent]:
    """Return the mandate of ``owner`` among recalled instruments, else among all.

    The list is empty where several mandates fit.
    """
    if owner is None:
        return []
    for among in (named, fitting):
        ranked = [(owner.similarity(other), one) for one in among if (other := _holder_of(one, language))]
        best = max((rank for rank, _ in ranked), default=0.0)
        if chosen := [one for rank, one in ranked if rank == best and best]:
            # Of two with the same name, the one with the later end continues.
            last = max(one.event.end or date.min for one in chosen)
            chosen = [one for one in chosen if (one.event.end or date.min) == last]
            return chosen if len(chosen) == 1 else []
    return []


def _match_subjects(clause: AmendmentClause, known: Iterable[CandidateEvent]) -> dict[str, int]:
    """Return the events whose subject the clause names, with offsets.

    Longer names win; names are never nested.
    """
    words = word_stems(clause.text)
    left = [
        (one.uid, [key for key, _ in word_stems(one.event.subject[clause.language])])
        for one in known
        if one.event.subject.get(clause.language)
    ]
    taken: set[int] = set()
    found: dict[str, int] = {}
    while left:
        best: tuple[int, float, int, int, str] | None = None
        for uid, subject in left:
            length, first = _longest_common_run([key for key, _ in words], subject, taken)
            if informative := count_informative([key for key, _ in words[first : first + length]]):
                rank = (informative, length / len(subject), length, -first, uid)
                best = max(best, rank) if best else rank
        if best is None:
            break
        _, _, length, first, uid = best
        found[uid] = words[-first][1]
        taken |= set(range(-first, -first + length))
        left = [(other, subject) for other, subject in left if other != uid]
    return found


def _longest_common_run(words: Sequence[str], subject: Sequence[str], taken: set[int]) -> tuple[int, int]:
    """Return length and index in ``words`` of the longest common run outside ``taken``."""
    best, before = (0, 0), [0] * (len(subject) + 1)
    for at, word in enumerate(words):
        here = [0] * (len(subject) + 1)
        if at not in taken:
            for n, other in enumerate(subject, 1):
                if word == other:
                    here[n] = before[n - 1] + 1
                    if here[n] > best[0]:
                        best = (here[n], at - here[n] + 1)
        before = here
    return best
