"""The dated items of one paragraph: its times, the acts that govern them, and what is decided of each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from app.model import Kind, Obligation, Paragraph, Resolution, TemporalExpression, Unread
from app.obligations.account import ATTRIBUTE_REASONS, PlacedTime, TimeOutcome, TimeReading, outcome_of, settle_outcome
from app.obligations.acts import classify_event
from app.obligations.anaphora import first_occurrences, referred
from app.obligations.anchors import anchored
from app.obligations.attachment import Attachments, attach
from app.obligations.classification import Classification
from app.obligations.clauses import AnalyzedParagraph, analyze
from app.obligations.commitment import commitment_rejection
from app.obligations.decision import TimeSense, applied, decide
from app.obligations.expiry import EXPIRING, expiries
from app.obligations.item_builder import ItemBuilder
from app.obligations.phrase_matcher import PhraseMatcher
from app.obligations.polarity import CHANGING, DeniedStretch, denied_stretches
from app.obligations.session_reference import BodyContext, Sessions
from app.obligations.structure import Marker, StructureScanner, structure_scanner
from app.obligations.time_adjustments import (
    in_next_year,
    is_held_session,
    on_last_day,
    polarity_of,
    with_last_day,
)
from app.obligations.time_context import TimeContext
from app.obligations.time_reference import TimeKind, TimeReference
from app.obligations.time_resolver import resolve_times

_DATES: Final = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}|[0-9-]{10}/[0-9-]{10}")
"""Values with a grain: a year, month or day, or a span of days."""
_BODY_NOUNS: Final = frozenset({"body-noun"})
"""The markers of bodies, known or not."""
_ENUMERATED: Final = 7
"""Characters between two times of one act: "at its seventy-third and seventy-fourth sessions"."""
_DIALOGUE_REACH: Final = 300
"""Characters from the session of a report to the meeting that follows it."""


@dataclass(frozen=True, slots=True)
class _Analysis:
    """A paragraph with its times, and what the structure of its sentences says of them."""

    view: AnalyzedParagraph
    times: list[TimeReference]
    markers: tuple[Marker, ...]
    denied: Sequence[DeniedStretch]
    attached: Attachments

    @property
    def postpones_to_open_date(self) -> bool:
        """Whether something is postponed to a date that is left open."""
        postponed = any(m.key("actions") == "postpone" for m in self.view.mentions)
        return postponed and any(t.shape is TimeKind.OPEN for t in self.times)


@dataclass(frozen=True, slots=True)
class ParagraphExtractor:
    """Extractor of the dated items of a paragraph; ``above``: its chapeaux, outermost first."""

    paragraph: Paragraph
    above: tuple[Paragraph, ...]
    resolution: Resolution
    named: BodyContext
    sessions: Sessions
    matcher: PhraseMatcher
    placed: list[PlacedTime] = field(default_factory=list)
    """What became of the paragraph's times so far."""

    def account(self, expressions: Sequence[TemporalExpression]) -> Iterator[TimeReading]:
        """Yield what became of each time expression of the paragraph."""
        for x in expressions:
            otherwise = "time.merged" if self.placed else "time.cited" if x.cited else "time.past"
            outcome = settle_outcome(x, self.placed, otherwise)
            span = self.paragraph.reading.span(x.start, x.end)
            yield TimeReading(self.paragraph.label, span, x.value, outcome.outcome, outcome.reason)

    def may_expire(self, *, known: bool) -> bool:
        """Return whether the paragraph may name the end of a mandate as a time.

        ``known`` says that an earlier paragraph set such an end.
        """
        text = self.paragraph.reading.text
        return self.matcher.expiring(text) or (known and bool(self._scanner.scan(text, EXPIRING)))

    def items(
        self,
        expressions: Sequence[TemporalExpression],
        unread: list[Unread],
        ends: Sequence[str] | None,
        earlier: Sequence[Obligation],
    ) -> Iterator[Obligation]:
        """Yield the items of the paragraph's times, in their order.

        ``unread`` receives the times that become none.
        ``ends`` are the ends of mandates that earlier paragraphs set, None where the paragraph names no such end;
        ``earlier`` are the items of the earlier paragraphs.
        """
        analysis = self._analyze(expressions, unread, ends, earlier)
        previous: tuple[TimeReference, Classification] | None = None
        for time in sorted(analysis.times, key=lambda t: t.start):
            if previous is not None and _is_enumerated(previous[0], time):
                act = previous[1]
            else:
                act = classify_event(analysis.view, time, analysis.times)
            previous = (time, act)
            yield from self._decided(analysis, time, act, unread)

    def _analyze(
        self,
        expressions: Sequence[TemporalExpression],
        unread: list[Unread],
        ends: Sequence[str] | None,
        earlier: Sequence[Obligation],
    ) -> _Analysis:
        """Resolve the times of the paragraph, and what they are attached to."""
        text = self.paragraph.reading.text
        view = analyze(text, self.matcher, [p.reading.text for p in self.above])
        nouns = self._body_nouns(text, expressions)
        context = TimeContext(view, self.named, self.sessions, self.resolution.adopted, nouns)
        resolve_times(context, expressions)
        times = context.times
        if ends is not None:
            times += expiries(view, times, ends, self._scanner.scan(text, EXPIRING))
        for misread in context.misread:
            self._leave_out(misread.x.start, misread.x.end, misread.x.value, misread.reason, unread)
        markers = self._markers(view)
        times += referred(view, times, markers)
        times = anchored(view, first_occurrences(times, markers), earlier, self.resolution.text)
        calls_off = any(m.start >= 0 and m.key("actions") == "cancel" for m in view.mentions)
        denied = denied_stretches(view, markers) if markers or calls_off else ()
        attached = attach(view, times, markers)
        return _Analysis(view, list(attached.times), markers, denied, attached)

    def _decided(
        self, analysis: _Analysis, time: TimeReference, act: Classification, unread: list[Unread]
    ) -> Iterator[Obligation]:
        """Yield the items that the decision table gives for a time and its act."""
        if time.rule == "expiry" and act.kind not in (Kind.REPORT, Kind.REVIEW):
            self._leave_out(time.start, time.end, time.value, "time.restated", unread)
            return
        sense = TimeSense(
            polarity=polarity_of(analysis.view, time, analysis.denied, analysis.markers),
            link=analysis.attached.link(time),
            force=analysis.view.clause(time.start).force,
            action=act.action,
            kind=act.kind.value,
            rule=act.rule,
            relation=time.relation,
            grain=_grain(time.value),
        )
        row = decide(sense)
        if row.then == "nothing":
            self.placed.append(PlacedTime(time.start, time.end, TimeOutcome.ATTRIBUTE, row.reason))
        elif row.then == "target":
            target = replace(act, kind=Kind.DEADLINE, action="begin" if act.action == "begin" else "reach")
            yield from self._as_stated(analysis, time, target, unread)
        elif row.then != "as-stated":
            yield self._item(analysis, applied(row, time), act)
        else:
            yield from self._as_stated(analysis, time, act, unread)

    def _as_stated(
        self, analysis: _Analysis, time: TimeReference, act: Classification, unread: list[Unread]
    ) -> Iterator[Obligation]:
        """Yield the item of a time as it is stated, if it is a commitment."""
        view, times = analysis.view, analysis.times
        time = in_next_year(view, with_last_day(time, act), act, times)
        last_day = on_last_day(view, time, act)
        if last_day is not None:
            yield self._item(analysis, last_day, act)
            return
        if analysis.postpones_to_open_date and time.shape is not TimeKind.OPEN and act.kind is Kind.MEETING:
            self._leave_out(time.start, time.end, time.value, "time.replaced", unread)
            return  # the dates that are given up
        if is_held_session(view, time, act, times):
            self._leave_out(time.start, time.end, time.value, "session.held", unread)
            return  # "the first session shall be held by the end of 2036"
        reason = commitment_rejection(view, time, act, times, self.resolution.adopted)
        if reason is None:
            yield self._item(analysis, time, act)
            yield from self._dialogue(analysis, time, act)
        else:
            self._leave_out(time.start, time.end, time.value, reason, unread)

    def _dialogue(self, analysis: _Analysis, time: TimeReference, act: Classification) -> Iterator[Obligation]:
        """Yield the meeting that follows a report: "to be followed by an interactive dialogue"."""
        if act.kind is not Kind.REPORT or time.shape is not TimeKind.SESSION:
            return
        follows = [
            m
            for m in analysis.view.mentions
            if m.key("cues") == "followed-by" and 0 <= m.start - time.end <= _DIALOGUE_REACH
        ]
        later = [t for t in analysis.times if t.shape is TimeKind.SESSION and t.start > time.end]
        if follows and not any(t.end <= follows[0].start for t in later):
            meeting = Classification(Kind.MEETING, "hold", "meeting.followed-by", "medium", follows[0])
            yield self._item(analysis, time, meeting)

    @property
    def _scanner(self) -> StructureScanner:
        return structure_scanner(self.resolution.language)

    def _body_nouns(self, text: str, expressions: Sequence[TemporalExpression]) -> list[tuple[int, int]]:
        """Return the places of nouns of bodies, where the paragraph names a session."""
        if not any(x.value.startswith("session:") for x in expressions):
            return []
        return [(m.start, m.end) for m in self._scanner.scan(text, _BODY_NOUNS)]

    def _markers(self, view: AnalyzedParagraph) -> tuple[Marker, ...]:
        """Return the structure markers of the paragraph, empty where nothing may turn the sense."""
        scanner = self._scanner
        changes = any(m.start >= 0 and m.key("actions") in CHANGING for m in view.mentions)
        return scanner.scan(view.text) if changes or scanner.may_turn(view.text) else ()

    def _item(self, analysis: _Analysis, time: TimeReference, act: Classification) -> Obligation:
        """Return the item of a time, and record that the time became one."""
        self.placed.append(PlacedTime(time.start, time.end, TimeOutcome.ITEM))
        builder = ItemBuilder(self.paragraph, self.resolution.language, self.named)
        return builder.build(analysis.view, time, act, analysis.times)

    def _leave_out(self, start: int, end: int, value: str, reason: str, unread: list[Unread]) -> None:
        """Record why a time became no item, and list it where it may be one that is ahead."""
        self.placed.append(PlacedTime(start, end, outcome_of(reason), reason))
        if reason not in ATTRIBUTE_REASONS:
            span = self.paragraph.reading.span(start, end)
            unread.append(Unread(self.paragraph.number, span, span.of(self.resolution.text), value, reason))


def _grain(value: str) -> str:
    """Return ``year``, ``month`` or ``day`` of a single date or a span of days, else empty."""
    if not _DATES.fullmatch(value):
        return ""
    return ("year", "month", "day")[min(2, value.split("/", maxsplit=1)[0].count("-"))]


def _is_enumerated(first: TimeReference, second: TimeReference) -> bool:
    """Return whether two times are members of one enumeration, with one act."""
    return first.shape is second.shape and 0 <= second.start - first.end <= _ENUMERATED
