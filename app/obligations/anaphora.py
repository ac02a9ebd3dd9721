"""Anaphora: "that session", "the same date" stand for the time that was named last."""

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
    """Return the times that the paragraph names again: each a copy of the last one of its sort, at its own place."""
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
    """Return ``times`` with a frequency and its first time as one: "every 60 days, the first 30 days after"."""
    firsts = [m for m in markers if m.key == "first-time"]
    out = list(times)
    for repeat in [t for t in times if t.when.startswith("R/P") and firsts]:
        for first in times:
            said = any(repeat.end <= m.start and m.end <= first.start for m in firsts)
            if said and first.when.startswith("adoption+") and first in out and repeat in out:
                out[out.index(repeat)] = replace(repeat, when=f"{first.when};{repeat.when}")
                out.remove(first)
    return out
