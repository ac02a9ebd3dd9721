"""Anaphora: "that session", "the same date" refer to the last time of that kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from app.obligations.clauses import AnalyzedParagraph
from app.obligations.structure import Marker
from app.obligations.time_reference import TimeKind, TimeReference

_DATES: Final = frozenset({TimeKind.DATE, TimeKind.BY})
_KINDS: Final = {"same-session": frozenset({TimeKind.SESSION}), "same-date": _DATES}


def referred(
    paragraph: AnalyzedParagraph, times: Sequence[TimeReference], markers: Sequence[Marker]
) -> list[TimeReference]:
    """Return a copy of the last time of its kind for each anaphora, at the anaphora's place.

    >>> from app.obligations.clauses import analyze
    >>> from app.obligations.phrase_matcher import phrase_matcher
    >>> from app.obligations.structure import structure_scanner
    >>> text = "Decides to meet on 4 May 2027 and to consider the report on the same date"
    >>> day = TimeReference(19, 29, "2027-05-04", TimeKind.DATE, "date", "2027-05-04")
    >>> again = referred(analyze(text, phrase_matcher("en")), [day], structure_scanner("en").scan(text))
    >>> [(time.when, text[time.start:time.end]) for time in again]
    [('2027-05-04', 'the same date')]
    """
    out: list[TimeReference] = []
    for marker in markers:
        kinds = _KINDS.get(marker.key)
        conditional = any(m.key == "condition" and m.start < marker.start for m in markers)
        if kinds is None or conditional or any(t.start < marker.end and marker.start < t.end for t in times):
            continue
        before = [t for t in times if t.shape in kinds and t.end <= marker.start and not t.passing]
        if before:
            out.append(_again(paragraph, max(before, key=lambda t: t.start), marker))
    return out


def _again(paragraph: AnalyzedParagraph, time: TimeReference, marker: Marker) -> TimeReference:
    again = replace(time, start=marker.start, end=marker.end, rule="same")
    due = paragraph.before("due", marker.start, 1)
    if time.shape is TimeKind.SESSION and due and not time.when.startswith("../"):
        return replace(again, when=f"../{time.when}", relation="by")
    return again


def first_occurrences(times: Sequence[TimeReference], markers: Sequence[Marker]) -> list[TimeReference]:
    """Return ``times`` with a frequency and its first time joined.

    "Every 60 days, the first 30 days after the adoption" is one time.

    >>> every = TimeReference(0, 13, "R/P60D", TimeKind.REPEAT, "repeat", "R/P60D")
    >>> first = TimeReference(25, 51, "adoption+P30D", TimeKind.OFFSET, "offset", "adoption+P30D")
    >>> [time.when for time in first_occurrences([every, first], [Marker(15, 24, "first-time")])]
    ['adoption+P30D;R/P60D']
    """
    firsts = [m for m in markers if m.key == "first-time"]
    out = list(times)
    for repeat in [t for t in times if t.when.startswith("R/P") and firsts]:
        for first in times:
            marked = any(repeat.end <= m.start and m.end <= first.start for m in firsts)
            if marked and first.when.startswith("adoption+") and first in out and repeat in out:
                out[out.index(repeat)] = replace(repeat, when=f"{first.when};{repeat.when}")
                out.remove(first)
    return out
