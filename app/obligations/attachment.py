"""Attachment: how each time of a paragraph relates to its act: adjunct, attribute, replaced, moved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from app.model import When
from app.obligations.classification import OBJECT_REACH, STOPS, has_verb_last
from app.obligations.clauses import AnalyzedParagraph
from app.obligations.concepts import OWN
from app.obligations.polarity import is_verb, negated_acts
from app.obligations.structure import Marker
from app.obligations.time_reference import TimeKind, TimeReference

_CALENDAR: Final = frozenset({TimeKind.DATE, TimeKind.BY, TimeKind.FROM, TimeKind.YEARLY})
_BESIDE: Final = 14
"""Characters between a marker and its time: a preposition, an article, a weekday."""
_PLANS: Final = frozenset({"the-report", "the-budget", "the-programme"})
"""Nouns of plans, strategies, programmes and budgets."""
_MADE: Final = frozenset({"consider", "carry-out", "submit", "present"})
"""Acts by which a plan is made or put forward, rather than spoken of."""
_OPENING: Final = 12
"""Characters before the line of adoption: the letter of a part."""
_GLUED: Final = 6
"""Characters between "from" and its time: a day's figure, where the month alone was read."""


@dataclass(frozen=True, slots=True)
class Attachments:
    """The times of a paragraph with their links; a moved span is cut to its new end."""

    times: tuple[TimeReference, ...]
    links: Mapping[TimeReference, str]

    def link(self, time: TimeReference) -> str:
        """Return ``adjunct``, ``attribute``, ``reference``, ``replaced`` or ``moved``."""
        return self.links.get(time, "adjunct")


def attach(
    paragraph: AnalyzedParagraph,
    times: Sequence[TimeReference],
    markers: Sequence[Marker],
) -> Attachments:
    """Return the times with their links.

    A time is replaced if it is given up for another: "not on A but on B", "postponed from A to B".

    >>> from app.obligations.clauses import analyze
    >>> from app.obligations.phrase_matcher import phrase_matcher
    >>> from app.obligations.structure import structure_scanner
    >>> text = "Decides to postpone the meeting from 3 May 2027 to 10 May 2027"
    >>> times = [TimeReference(at, at + 10, "2027", TimeKind.DATE, "", "2027") for at in (37, 51)]
    >>> attachments = attach(analyze(text, phrase_matcher("en")), times, structure_scanner("en").scan(text))
    >>> [attachments.link(time) for time in attachments.times]
    ['replaced', 'moved']
    """
    links: dict[TimeReference, str] = {
        time: "attribute" for time in times if _beside(paragraph, markers, "attribute", time, _BESIDE, times)
    }
    lines = [m for m in markers if m.key == "adoption-line" and m.start <= _OPENING]
    for time in times:
        if lines and lines[0].start <= time.start <= lines[0].end + _GLUED:
            links[time] = "adoption"
    for time in times:
        if time not in links and (_of_reference(paragraph, time) or _of_plan(paragraph, time)):
            links[time] = "reference"
    out = list(times)
    by_head: dict[int, list[TimeReference]] = defaultdict(list)
    for time in times:
        if time.shape in _CALENDAR:
            by_head[paragraph.clause(time.start).head].append(time)
    for time in times:
        clause = paragraph.clause(time.start)
        others = [t for t in by_head.get(clause.head, ()) if t is not time]
        if time.shape not in _CALENDAR or not others:
            continue
        if _beside(paragraph, markers, "given-up", time, _BESIDE, times):
            links[time] = "replaced"
        elif links.get(time) == "attribute":
            later = [t for t in others if t.start > time.end]
            instead = [m for m in markers if m.key == "instead" and later and time.end <= m.start <= later[-1].start]
            if instead:
                links[time] = "replaced"
    negated = negated_acts(paragraph, markers)
    for act in paragraph.mentions:
        if act.start < 0 or act.key("actions") != "postpone" or not is_verb(act):
            continue
        if act.start in negated:
            continue  # "not to postpone the conference"
        _move(paragraph, act.start, out, markers, links)
    return Attachments(tuple(out), links)


def _of_reference(paragraph: AnalyzedParagraph, time: TimeReference) -> bool:
    """Return whether a time says which thing is referred to.

    "In accordance with the scale of assessments for 2025"; a comma or a verb ends what is referred to.
    In Chinese the time of the thing follows at once.
    """
    clause = paragraph.clause(time.start)
    before = paragraph.within(clause.start, time.start, "cues")
    start = next((m.end for m in reversed(before) if m.key("cues") == "reference"), None)
    if start is None or STOPS.search(paragraph.between(start, time.start)):
        return False
    if has_verb_last(paragraph, time) and time.start - start > _GLUED:
        return False
    return not any(is_verb(m) for m in paragraph.within(start, time.start, "actions"))


def _of_plan(paragraph: AnalyzedParagraph, time: TimeReference) -> bool:
    """Return whether a period is that of a plan or budget that is only spoken of.

    "Encourages the implementation of the development plan for the period 2024–2028"; what a body decides or approves
    itself is not only spoken of.
    """
    clause = paragraph.clause(time.start)
    if clause.force in OWN | {"", "authorize", "endorse"} or "/" not in time.value:
        return False
    before = paragraph.within(clause.head, time.start, "actions")
    if any(m.key("actions") in _MADE for m in before):
        return False  # "requests the Forum to decide on its programme of work for the period 2027–2029"
    named = bool(before) and before[-1].key("actions") in _PLANS and time.start - before[-1].end <= OBJECT_REACH
    return named and paragraph.before("period", time.start, 0)


def _move(
    paragraph: AnalyzedParagraph,
    act: int,
    times: list[TimeReference],
    markers: Sequence[Marker],
    links: dict[TimeReference, str],
) -> None:
    """Link the old and the new times of what the verb at ``act`` moves."""
    clause = paragraph.clause(act)
    here = [t for t in times if t.shape in _CALENDAR and clause.head <= t.start < clause.end]
    old = [t for t in here if links.get(t) == "attribute" or _from(paragraph, markers, t, times)]
    if len(here) == 1 and old and "/" in here[0].value:
        value = When.try_parse(here[0].value)
        if value is not None and value.end is not None:
            moved = replace(here[0], when=str(value.end), value=str(value.end), shape=TimeKind.DATE)
            times[times.index(here[0])] = moved
            links[moved] = "moved"
        return
    if old and len(old) < len(here):
        for time in here:
            links[time] = "replaced" if time in old else "moved"


def _from(
    paragraph: AnalyzedParagraph, markers: Sequence[Marker], time: TimeReference, times: Sequence[TimeReference]
) -> bool:
    """Return whether a time is the old one of a move: "from 3 May".

    The preposition may be part of the expression.
    """
    inside = any(m.key == "origin" and m.start <= time.start < m.end for m in markers)
    return time.shape is TimeKind.FROM or inside or _beside(paragraph, markers, "origin", time, _GLUED, times)


def _beside(
    paragraph: AnalyzedParagraph,
    markers: Sequence[Marker],
    key: str,
    time: TimeReference,
    reach: int,
    times: Sequence[TimeReference],
) -> bool:
    """Return whether a marker directly precedes the time, without comma or other time between."""
    for marker in markers:
        if marker.key == key and marker.start < time.start and 0 <= time.start - marker.end <= reach:
            between = paragraph.text[marker.end : time.start]
            if not any(stop in between for stop in ",;،，、") and not any(
                marker.end <= t.start < time.start for t in times
            ):
                return True
    return False
