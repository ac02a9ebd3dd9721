"""Which events a clause means that changes something: by a date of theirs, a symbol recalled, their subject."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, Literal

from app.amendments.match_mandates import Owner, owner_of, telling, words_of
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
class At:
    """A time that a text says: the notation of its ``value``, and its place in the paragraph."""

    x: TemporalExpression
    value: str


@dataclass(frozen=True, slots=True)
class Scope:
    """A clause that changes something: its place in the reading of ``paragraph`` and the times said in it."""

    paragraph: Paragraph
    language: str
    start: int
    end: int
    action: Action
    times: tuple[At, ...]
    undecided: bool

    @property
    def text(self) -> str:
        """The words of the clause."""
        return self.paragraph.reading.text[self.start : self.end]

    @property
    def later(self) -> bool:
        """Whether something is put off to a session, as items of an agenda are."""
        return self.action in _PUT_OFF and any(at.value.startswith("session:") for at in self.times)


@dataclass(frozen=True, slots=True)
class Known:
    """An event that stands, and how it came to."""

    uid: str
    event: Event
    history: tuple[Revision, ...]

    @property
    def numbers(self) -> set[str]:
        """The numbers of the instruments that decided on it, as texts cite them: ``72/251``."""
        found = set()
        for revision in self.history:
            if matches := list(NUMBER.finditer(revision.instrument.partition("/RES/")[2] or revision.instrument)):
                found.add(plain_number(matches[-1][0]))
            found |= {plain_number(match[0]) for match in NUMBER.finditer(revision.instrument.rpartition("/DEC/")[2])}
        return found

    def dated(self, at: At) -> bool:
        """Whether a time of a text is the one that stands."""
        return same_time(at.value, self.event)

    def was(self, at: At) -> bool:
        """Whether a time of a text is one that it has, or had."""
        return any(same_time(at.value, revision.event) for revision in self.history)


@dataclass(frozen=True, slots=True)
class Target:
    """An event that a clause means: where it names it, what points to it, and the times of it that are given up."""

    known: Known
    place: int
    because: tuple[str, ...]
    old: tuple[At, ...] = field(default=())

    @property
    def confidence(self) -> Literal["high", "medium", "low"]:
        """Two reasons are sure, one alone is not."""
        if len(self.because) > 1:
            return "high" if "date" in self.because or "subject" in self.because else "medium"
        return "medium" if self.because[0] == "date" else "low"


def plain_number(number: str) -> str:
    """The number of an instrument without blanks: ``2334(2016)``."""
    return number.replace(" ", "")


def same_time(value: str, event: Event) -> bool:
    """Whether the value of a time expression says the days that an event has."""
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
    """Return whether ``value`` is a day, month or year, or a span of them, of known years."""
    when = When.try_parse(value)
    return when is not None and when.is_calendar


def _fits(action: Action, event: Event) -> bool:
    if event.status in _GONE:
        return action is Action.REINSTATE and event.status is Status.CANCELLED
    if action is Action.REINSTATE:
        return event.status is Status.POSTPONED
    if action is Action.REPLACE:
        return True
    if action in (Action.POSTPONE, Action.MOVE) and event.kind is Kind.AGENDA:
        return True
    return event.kind in (_EXTENDED if action is Action.EXTEND else _CHANGED)


def targets_of(
    scope: Scope, known: Sequence[Known], numbers: set[str], recalled: Sequence[At], day: date
) -> list[Target]:
    """The events that the scope means, in the order in which it names them; ``day`` is the day of adoption."""
    fitting = [one for one in known if _fits(scope.action, one.event)]
    if scope.later:
        if item := _agenda(scope, fitting, numbers, day):
            return [item]
    else:
        fitting = [one for one in fitting if one.event.kind is not Kind.AGENDA or scope.action not in _PUT_OFF]
    named = [one for one in fitting if one.numbers & numbers]
    if scope.action is Action.REPLACE:
        own = {plain_number(match[0]) for match in NUMBER.finditer(fold(scope.text).text)}
        return [Target(one, 0, ("symbol",)) for one in named if one.history[-1].instrument and one.numbers & own]
    found: dict[str, Target] = {}
    regions = _subjects(scope, named)
    for at in scope.times:
        same = [one for one in named if one.dated(at)] or [one for one in fitting if one.dated(at)]
        about = [one for one in same if one.uid in regions]
        chosen = about if len(about) == 1 else same
        if len(chosen) == 1:
            one = chosen[0]
            because = ["date"]
            because += ["symbol"] if one in named else []
            because += ["subject"] if one.uid in regions else []
            old = (*found[one.uid].old, at) if one.uid in found else (at,)
            found[one.uid] = Target(one, at.x.start, tuple(because), old)
    # One new day is for what is named by its day; what is put off is put off together.
    together = not found or scope.action is not Action.MOVE or scope.undecided
    for one in named:
        if together and one.uid in regions and one.uid not in found:
            found[one.uid] = Target(one, scope.start + regions[one.uid], ("symbol", "subject"))
    if not found and scope.action is Action.EXTEND:
        owner = owner_of(scope.text, scope.language)
        for one in _owned(owner, named, fitting, scope.language):
            reasons = ("symbol", "subject") if one in named else ("subject",)
            found[one.uid] = Target(one, scope.start, reasons)
        # Whose mandate is said, and it is not that of these.
        named = [one for one in named if not owner or not _owner(one, scope.language)]
    if not found:
        by_date = [one for one in named if any(one.was(at) for at in recalled)]
        only = by_date if len(by_date) == 1 else named
        kinds = (Kind.AGENDA,) if scope.later else (Kind.MEETING, Kind.MANDATE)
        likely = [one for one in only if one.event.kind in kinds]
        if len(likely) == 1:
            because_ = ("date", "symbol") if by_date == only else ("symbol",)
            found[likely[0].uid] = Target(likely[0], scope.start, because_)
    return sorted(found.values(), key=lambda target: (target.place, target.known.uid))


def _agenda(scope: Scope, fitting: Sequence[Known], numbers: set[str], day: date) -> Target | None:
    """The item of an agenda that is put off to another session: the one whose title the scope gives whole."""
    said = " ".join(key for key, _ in words_of(scope.text))
    titled = []
    for one in fitting:
        title = [key for key, _ in words_of(one.event.subject.get(scope.language, ""))]
        if one.event.kind is Kind.AGENDA and telling(title) and f" {' '.join(title)} " in f" {said} ":
            titled.append((len(title), one))
    longest = [one for length, one in titled if length == max(length for length, _ in titled)]
    now = [one for one in longest if one.event.start and one.event.end and one.event.start <= day <= one.event.end]
    meant = now or longest
    if len(meant) != 1:
        return None
    return Target(meant[0], scope.start, ("symbol", "subject") if meant[0].numbers & numbers else ("subject",))


def _owner(one: Known, language: str) -> Owner | None:
    """Whose mandate an event is, in the words of a language; None where it has none in it."""
    if one.event.kind is not Kind.MANDATE:
        return None
    if said := one.event.subject.get(language):
        return Owner.of(said)
    said = one.event.quote.get(language)
    return owner_of(said, language) if said else None


def _owned(owner: Owner | None, named: Sequence[Known], fitting: Sequence[Known], language: str) -> list[Known]:
    """The mandate of ``owner``: among the events of instruments that are recalled, else among all; none if several."""
    if owner is None:
        return []
    for among in (named, fitting):
        ranked = [(owner.alike(other), one) for one in among if (other := _owner(one, language))]
        best = max((rank for rank, _ in ranked), default=0.0)
        if chosen := [one for rank, one in ranked if rank == best and best]:
            # Of two with the same name the one that lasts longest goes on.
            last = max(one.event.end or date.min for one in chosen)
            chosen = [one for one in chosen if (one.event.end or date.min) == last]
            return chosen if len(chosen) == 1 else []
    return []


def _subjects(scope: Scope, known: Iterable[Known]) -> dict[str, int]:
    """The events whose subject the scope names, and where: the longest names first, none inside another."""
    words = words_of(scope.text)
    left = [
        (one.uid, [key for key, _ in words_of(one.event.subject[scope.language])])
        for one in known
        if one.event.subject.get(scope.language)
    ]
    taken: set[int] = set()
    found: dict[str, int] = {}
    while left:
        best: tuple[int, float, int, int, str] | None = None
        for uid, subject in left:
            length, first = _run([key for key, _ in words], subject, taken)
            if said := telling([key for key, _ in words[first : first + length]]):
                rank = (said, length / len(subject), length, -first, uid)
                best = max(best, rank) if best else rank
        if best is None:
            break
        _, _, length, first, uid = best
        found[uid] = words[-first][1]
        taken |= set(range(-first, -first + length))
        left = [(other, subject) for other, subject in left if other != uid]
    return found


def _run(words: Sequence[str], subject: Sequence[str], taken: set[int]) -> tuple[int, int]:
    """The longest run of words that both have, outside what is taken: its length and its place in ``words``."""
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
