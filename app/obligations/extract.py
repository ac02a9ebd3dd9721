"""Reads what the operative part of an instrument schedules."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Final

from app.languages.amendments import MANDATE, amending
from app.model import UNDATED, Kind, Obligation, Paragraph, Resolution, TemporalExpression, TimexType, Unread, When
from app.obligations.account import PlacedTime, TimeOutcome, TimeReading, outcome_of, settle_outcome
from app.obligations.acts import classify_event
from app.obligations.anaphora import first_occurrences, referred
from app.obligations.anchors import anchored, mandate_ends
from app.obligations.attachment import attach
from app.obligations.classification import Classification
from app.obligations.clauses import AnalyzedParagraph, Clause, analyze
from app.obligations.commitment import commitment_rejection
from app.obligations.concepts import ADDRESSED, COMMITTING
from app.obligations.decision import TimeSense, applied, decide
from app.obligations.expiry import EXPIRING, expiries
from app.obligations.hours import hours_beside
from app.obligations.long_paragraphs import opening_of, split_long
from app.obligations.participants import addressees, bearer, place
from app.obligations.phrase_matcher import PhraseMatcher, phrase_matcher
from app.obligations.polarity import CHANGING, DeniedStretch, denied_stretches
from app.obligations.session_reference import BodyContext, Sessions
from app.obligations.spans import span_of
from app.obligations.structure import Marker, StructureScanner, structure_scanner
from app.obligations.subject import subject
from app.obligations.time_context import TimeContext
from app.obligations.time_reference import TimeKind, TimeReference
from app.obligations.time_resolver import resolve_times
from app.obligations.title_slots import fill_slots
from app.obligations.undated import asked_of

Tagger = Callable[[str], Sequence[TemporalExpression]]
"""Gives the time expressions of a text, in the text's language."""

_AROUND: Final = 300
_OBJECT: Final = 16
"""So soon after the time the object of the verb begins."""
_STOP: Final = re.compile(r"[,;.()،؛，。；（]")
_END: Final = re.compile(r"\d{4}-\d\d-\d\d\Z")
_DAY: Final = re.compile(r"-\d\d-\d\d")
_LASTING: Final = frozenset({Kind.MANDATE, Kind.PERIOD})
BODY_NOUNS: Final = frozenset({"body-noun"})
"""The markers of bodies, known or not."""
_HELD: Final = frozenset({"convene", "hold", "organize", "meet"})
_YEARS: Final = frozenset({"R/P1Y", "R/P2Y", "R/session"})
_JOINED: Final = 7
"""Times so near to one another are said in one breath: "at its seventy-third and seventy-fourth sessions"."""


@dataclass(frozen=True, slots=True)
class Obligations:
    """What an instrument schedules, in the order of its text, and what looked like time and could not be placed."""

    obligations: tuple[Obligation, ...]
    unread: tuple[Unread, ...]
    readings: tuple[TimeReading, ...] = ()
    """Every time expression of the operative part, with what became of it."""


def extract_obligations(
    resolution: Resolution, tag: Tagger, sessions: Sessions, folder: Path | None = None
) -> Obligations:
    """The obligations of the operative part of ``resolution``.

    ``tag`` gives a text's time expressions and ``sessions`` answers for the almanac at the day of adoption.
    """
    find = phrase_matcher(resolution.language, folder)
    named = BodyContext(resolution.body, find, [paragraph.reading.text for paragraph in resolution.preamble])
    obligations: list[Obligation] = []
    unread: list[Unread] = []
    above: list[Paragraph] = []
    readings: list[TimeReading] = []
    parts = [split_long(paragraph) for paragraph in resolution.operative]
    resolution = replace(resolution, operative=tuple(part for split in parts for part in split))
    openings = {id(part): opening_of(first) for first, *rest in parts for part in rest}
    for paragraph in resolution.operative:
        above = [p for p in above if _contains(p, paragraph)]
        if id(paragraph) in openings:
            above.append(openings[id(paragraph)])
        named.texts.append(paragraph.reading.text)
        one = _Paragraph(paragraph, tuple(above), resolution, named, sessions, find)
        times = tag(paragraph.reading.text)
        ends = mandate_ends(obligations)
        expiring = one.may_expire(known=bool(ends))
        if expiring or any(_live(x, resolution.adopted) for x in times):
            obligations += one.dated(times, unread, ends if expiring else None, tuple(obligations))
        readings += one.account(times)
        obligations += asked_of(paragraph, find, named, obligations)
        if id(paragraph) not in openings:
            above.append(paragraph)
    starts = [paragraph.reading.place(0) for paragraph in resolution.operative]
    items = fill_slots(resolution, list(_once(_yearly(obligations), starts)), find, named)
    return Obligations(tuple(items), tuple(unread), tuple(readings))


def _contains(chapeau: Paragraph, part: Paragraph) -> bool:
    return (
        chapeau.number == part.number
        and chapeau.section == part.section
        and len(chapeau.letters) < len(part.letters)
        and part.letters[: len(chapeau.letters)] == chapeau.letters
    )


def _live(x: TemporalExpression, adopted: date | None) -> bool:
    """Whether an expression can be more than a citation or a day that is past."""
    if x.cited and x.type is not TimexType.DATE:
        return False
    _, last = span_of(x.value)
    return last is None or adopted is None or last >= adopted


def _yearly(found: list[Obligation]) -> Iterator[Obligation]:
    """Yield the items without those whose time another one states better.

    "27 January as an annual day": the day of each year says more than that it is yearly.
    """
    named_days = {
        (item.kind, item.paragraph, item.section, short)
        for item in found
        for short in ("R/P1Y", ";R/P1Y")
        if item.when.startswith(("R/--", "R/FREQ")) or (short == "R/P1Y" and item.when.endswith(";R/P1Y"))
    }
    listed = {(item.when, item.paragraph) for item in found if item.rule.endswith(" list.of-years")}
    for item in found:
        short = "R/P1Y" if item.when == "R/P1Y" else ";R/P1Y" if item.when.endswith(";R/P1Y") else ""
        better = short and (item.kind, item.paragraph, item.section, short) in named_days
        # A list of years ("the themes for 2037 and 2038 shall be (a) …") repeats the times of its parts.
        if not better and (item.letters or (item.when, item.paragraph) not in listed):
            yield item


def _once(found: Iterable[Obligation], starts: Sequence[int]) -> Iterator[Obligation]:
    """One item a paragraph, kind and time; a report and its undated shadow are one.

    ``starts`` are where the paragraphs begin in the stored text, which tells those without a number apart.
    """
    seen: set[tuple[str, str | None, int, Kind, str, str | None]] = set()
    found = list(found)
    dated = {(item.section, item.paragraph, item.bearer) for item in found if item.kind is not Kind.OBLIGATION}
    whens = {
        (item.section, item.paragraph, item.when)
        for item in found
        if item.kind is not Kind.DEADLINE and item.when != UNDATED
    }
    observed = {(item.section, item.paragraph, item.force) for item in found if item.kind is Kind.OBSERVANCE}
    for item in found:
        shown = (item.section, item.paragraph, item.bearer), (item.section, item.paragraph, item.force)
        if item.kind is Kind.OBLIGATION and (shown[0] in dated or shown[1] in observed):
            continue
        again = (item.section, item.paragraph, item.when) in whens
        if again and item.kind is Kind.DEADLINE and item.action in ("", "act"):
            continue  # said again, of something that happens anyhow
        key = (
            item.section,
            item.paragraph,
            bisect_right(starts, item.span.start) if item.paragraph is None and item.kind not in _LASTING else 0,
            item.kind,
            item.when,
            item.bearer if item.kind is Kind.OBLIGATION else None,
        )
        if key not in seen:
            seen.add(key)
            yield item


@dataclass(frozen=True, slots=True)
class _Paragraph:
    paragraph: Paragraph
    above: tuple[Paragraph, ...]
    resolution: Resolution
    named: BodyContext
    sessions: Sessions
    find: PhraseMatcher
    placed: list[PlacedTime] = field(default_factory=list)
    """What became of the paragraph's times so far."""

    def account(self, expressions: Sequence[TemporalExpression]) -> Iterator[TimeReading]:
        """Return what became of each time expression of the paragraph."""
        for x in expressions:
            found = settle_outcome(x, self.placed)
            span = self.paragraph.reading.span(x.start, x.end)
            yield TimeReading(self.paragraph.label, span, x.value, found.outcome, found.reason)

    def dated(
        self,
        expressions: Sequence[TemporalExpression],
        unread: list[Unread],
        ends: Sequence[str] | None,
        found: Sequence[Obligation],
    ) -> Iterator[Obligation]:
        text = self.paragraph.reading.text
        seen = analyze(text, self.find, [p.reading.text for p in self.above])
        reader = TimeContext(
            seen, self.named, self.sessions, self.resolution.adopted, self._body_nouns(text, expressions)
        )
        resolve_times(reader, expressions)
        if ends is not None:
            reader.times += expiries(seen, reader.times, ends, self._scanner.scan(text, EXPIRING))
        unread.extend(
            self._unread(misread.x.start, misread.x.end, misread.x.value, misread.reason)
            for misread in reader.misread
            if misread.reason
        )
        markers = self._markers(seen)
        reader.times += referred(seen, reader.times, markers)
        reader.times = first_occurrences(reader.times, markers)
        reader.times = anchored(seen, reader.times, found, self.resolution.text)
        denied = denied_stretches(seen, markers) if markers or self._calls_off(seen) else ()
        attached = attach(seen, reader.times, markers)
        reader.times = list(attached.times)
        put_off = any(t.shape is TimeKind.OPEN for t in reader.times) and any(
            m.key("actions") == "postpone" for m in seen.mentions
        )
        before: tuple[TimeReference, Classification] | None = None
        for said in sorted(reader.times, key=lambda t: t.start):
            joined = before is not None and before[0].shape is said.shape and 0 <= said.start - before[0].end <= _JOINED
            governed = before[1] if before is not None and joined else classify_event(seen, said, reader.times)
            before = (said, governed)
            if said.rule == "expiry" and governed.kind not in (Kind.REPORT, Kind.REVIEW):
                continue
            sense = TimeSense(
                polarity=self._polarity(seen, said, denied, markers),
                link=attached.link(said),
                action=governed.action,
                kind=governed.kind.value,
                relation=said.relation,
            )
            row = decide(sense)
            if row.then == "nothing":
                self.placed.append(PlacedTime(said.start, said.end, TimeOutcome.ATTRIBUTE, row.reason))
                continue
            if row.then != "as-stated":
                yield self._obligation(seen, applied(row, said), governed, reader.times)
                continue
            time = self._in_year(seen, self._inclusive(said, governed), governed, reader.times)
            if governed.action in ("end", "postpone") and time.until and not self._extended(seen, time):
                on_day = replace(time, when=time.value, shape=TimeKind.DATE)
                yield self._obligation(
                    seen, on_day, governed, reader.times
                )  # "shall end on 31 January": then, not by then
                continue
            if put_off and time.shape is not TimeKind.OPEN and governed.kind is Kind.MEETING:
                continue  # the dates that are given up
            if self._itself(seen, time, governed, reader.times):
                continue  # "the first session shall be held by the end of 2036"
            reason = commitment_rejection(seen, time, governed, reader.times, self.resolution.adopted)
            if reason is not None:
                if reason:
                    unread.append(self._unread(time.start, time.end, time.value, reason))
                continue
            yield self._obligation(seen, time, governed, reader.times)
            if governed.kind is Kind.REPORT and time.shape is TimeKind.SESSION:
                follows = [
                    m for m in seen.mentions if m.key("cues") == "followed-by" and 0 <= m.start - time.end <= _AROUND
                ]
                later = [t for t in reader.times if t.shape is TimeKind.SESSION and t.start > time.end]
                if follows and not any(t.end <= follows[0].start for t in later):
                    meeting = Classification(Kind.MEETING, "hold", "meeting.followed-by", "medium", follows[0])
                    yield self._obligation(seen, time, meeting, reader.times)

    @property
    def _scanner(self) -> StructureScanner:
        return structure_scanner(self.resolution.language)

    def _body_nouns(self, text: str, expressions: Sequence[TemporalExpression]) -> list[tuple[int, int]]:
        if not any(x.value.startswith("session:") for x in expressions):
            return []
        return [(m.start, m.end) for m in self._scanner.scan(text, BODY_NOUNS)]

    def may_expire(self, *, known: bool) -> bool:
        """Return whether the paragraph may name the end of a mandate as a time; ``known``: one was set before."""
        text = self.paragraph.reading.text
        return self.find.expiring(text) or (known and bool(self._scanner.scan(text, EXPIRING)))

    def _markers(self, seen: AnalyzedParagraph) -> tuple[Marker, ...]:
        """The structure markers of the paragraph, where anything in it may turn the sense; else none."""
        scanner = self._scanner
        changes = any(m.start >= 0 and m.key("actions") in CHANGING for m in seen.mentions)
        return scanner.scan(seen.text) if changes or scanner.may_turn(seen.text) else ()

    @staticmethod
    def _calls_off(seen: AnalyzedParagraph) -> bool:
        return any(m.start >= 0 and m.key("actions") == "cancel" for m in seen.mentions)

    @staticmethod
    def _polarity(
        seen: AnalyzedParagraph, time: TimeReference, denied: Sequence[DeniedStretch], markers: Sequence[Marker]
    ) -> str:
        """Whether the act of the time takes place, is denied, or is called off."""
        for stretch in denied:
            if stretch.holds(time.start):
                lifted = stretch.cancelled and time.shape is TimeKind.FROM
                return "affirmed" if lifted else "cancelled" if stretch.cancelled else "denied"
        clause = seen.clause(time.start)
        noted = clause.force not in COMMITTING and clause.force
        unmet = any(m.key == "off-course" and clause.head <= m.start < clause.end for m in markers)
        return "unmet" if noted and unmet else "affirmed"

    @staticmethod
    def _inclusive(time: TimeReference, governed: Classification) -> TimeReference:
        """ "продлить мандат до 31 июля": what lasts before a day lasts to that day, as mandates are counted."""
        value = When.try_parse(time.value)
        if time.relation != "before" or governed.kind not in _LASTING or value is None or not value.is_day:
            return time
        return replace(time, when=f"../{time.value}")

    @staticmethod
    def _itself(
        seen: AnalyzedParagraph, time: TimeReference, governed: Classification, others: list[TimeReference]
    ) -> bool:
        """Whether a session is what is held, at another time, and no time itself."""
        if time.shape is not TimeKind.SESSION or governed.kind is not Kind.MEETING:
            return False
        clause = seen.clause(time.start)
        near = seen.within(time.end, min(clause.end, time.end + _AROUND // 3), "actions")
        held = next((m for m in near if m.key("actions") in _HELD), None)
        return held is not None and any(
            other.shape in (TimeKind.DATE, TimeKind.BY) and held.end <= other.start <= held.end + _AROUND // 3
            for other in others
        )

    @staticmethod
    def _in_year(
        seen: AnalyzedParagraph, time: TimeReference, governed: Classification, others: list[TimeReference]
    ) -> TimeReference:
        """ "to report by 31 August": a day without a year, of something that is to be done, is the next such day."""
        clause = seen.clause(time.start)
        if not time.yearless or governed.kind is Kind.OBSERVANCE or clause.force not in COMMITTING | {"endorse"}:
            return time
        again = any(
            other is not time
            and clause.head <= other.start < clause.end
            and (other.when in _YEARS or other.shape is TimeKind.FROM or other.when.endswith(("/..", ";R/P1Y")))
            for other in others
        )
        gone = seen.before("past", time.start, 3) and "/" not in time.yearless
        if again or gone or seen.text[time.start - 1 : time.start] in ("(", "（"):
            return time
        shape = TimeKind.BY if time.yearless.startswith("..") else TimeKind.DATE
        return replace(time, when=time.yearless, shape=shape, passing=False, alternatives=(time.when,))

    @staticmethod
    def _extended(seen: AnalyzedParagraph, time: TimeReference) -> bool:
        clause = seen.clause(time.start)
        return any(m.key("actions") == "extend" for m in seen.within(clause.head, time.start, "actions"))

    def _obligation(
        self, seen: AnalyzedParagraph, time: TimeReference, governed: Classification, times: list[TimeReference]
    ) -> Obligation:
        self.placed.append(PlacedTime(time.start, time.end, TimeOutcome.ITEM))
        clause = seen.clause(time.start)
        bears = self._bearer(seen, clause)
        told: tuple[str, ...] = ()
        if governed.kind is Kind.REPORT:
            told = tuple(slug for slug in addressees(seen, clause, self.named, time, times) if slug != bears)
        first, last = self._quoted(seen, time, governed)
        hours = self._hours(time, times) if governed.kind is Kind.MEETING and _END.match(time.when) else None
        if hours is not None:
            first, last = min(first, hours[0]), max(last, hours[1])
        about = subject(seen, time, governed)
        return Obligation(
            paragraph=self.paragraph.number,
            kind=governed.kind,
            when=time.when,
            span=self.paragraph.reading.span(first, last),
            rule=f"{time.rule} {governed.rule}",
            section=self.paragraph.section,
            letters=self.paragraph.letters,
            bearer=bears if governed.kind is not Kind.OBSERVANCE else None,
            addressees=told,
            force=clause.force,
            action=governed.action,
            place=place(seen, clause, governed.kind),
            subject=self._words(about) if about else "",
            alternatives=time.alternatives,
            confidence="low" if time.doubt else governed.confidence,
            hours=hours[2] if hours else "",
        )

    def _bearer(self, seen: AnalyzedParagraph, clause: Clause) -> str | None:
        """Who bears what a clause says: in a list the one that its part names, else the one of the opening words."""
        if clause.listed is not None and clause.start > clause.head and clause.force in ADDRESSED:
            own = bearer(seen, replace(clause, head=clause.start - 1), self.named)
            if own is not None:
                return own
        return bearer(seen, clause, self.named)

    def _hours(self, time: TimeReference, times: list[TimeReference]) -> tuple[int, int, str] | None:
        days = [(other.start, other.end) for other in times if _DAY.search(other.when)]
        return hours_beside(self.paragraph.reading.text, time.start, time.end, days, self.resolution.language)

    def _words(self, about: tuple[int, int]) -> str:
        return " ".join(self.paragraph.reading.text[slice(*about)].split())

    def _quoted(self, seen: AnalyzedParagraph, time: TimeReference, governed: Classification) -> tuple[int, int]:
        """From the action to the time where they are near, else the time with the words before it."""
        first, last = time.start, time.end
        mention = governed.mention
        near = [m for m in seen.mentions if m.key("bodies") and 0 <= first - m.end <= 10]
        if near:
            first = max(0, near[-1].start)
        if mention is not None and mention.start >= 0:
            if mention.start < first and first - mention.start <= _AROUND // 2:
                first = mention.start
            if mention.end > last and mention.end - last <= _AROUND // 5:
                last = mention.end
        if governed.kind is Kind.MANDATE and governed.action == "extend":
            last += self._owner_after(seen.text[last : last + _AROUND])
        return first, last

    def _owner_after(self, rest: str) -> int:
        """How much of what follows a time says what is extended: "until 31 January the mandate of the Panel"."""
        said = amending(self.resolution.language).find(rest)
        noun = next((start for start, _, key in said if key == MANDATE), _AROUND)
        stop = _STOP.search(rest)
        end = stop.start() if stop else len(rest)
        return len(rest[:end].rstrip()) if noun < min(end, _OBJECT) else 0

    def _unread(self, start: int, end: int, value: str, reason: str) -> Unread:
        self.placed.append(PlacedTime(start, end, outcome_of(reason), reason))
        span = self.paragraph.reading.span(start, end)
        return Unread(self.paragraph.number, span, span.of(self.resolution.text), value, reason)
