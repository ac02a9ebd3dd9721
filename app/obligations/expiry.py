"""The end of a mandate or period as a time: "before the expiry of the mandate", "at the end of this period"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.obligations.clauses import AnalyzedParagraph
from app.obligations.time_reference import TimeKind, TimeReference

_FOLLOWS: Final = 28
"""An offset so near before ("30 days before its expiry") counts from that end, and is the time."""


def expiries(view: AnalyzedParagraph, times: Sequence[TimeReference], ends: Sequence[str]) -> list[TimeReference]:
    """The ends of mandates that a paragraph names as times: the day that was said before, else ``expiry``.

    ``times`` are the paragraph's other times, ``ends`` the last days of the mandates that the instrument spoke of.
    """
    out: list[TimeReference] = []
    for m in view.mentions:
        if m.start < 0 or m.key("cues") not in ("expiry", "term-end"):
            continue
        if any(t.start <= m.end and m.start - t.end <= _FOLLOWS for t in times if t.shape is TimeKind.OFFSET):
            continue
        due = view.before("due", m.start, 1)
        if not due and (m.key("cues") == "expiry" or not view.before("at", m.start, 1)):
            continue
        end = ends[0] if len(set(ends)) == 1 else "expiry"
        when = f"../{end}" if due else end
        others = tuple(dict.fromkeys(f"../{one}" if due else one for one in ends)) if end == "expiry" else ()
        shape = TimeKind.BY if due else TimeKind.DATE
        out.append(TimeReference(m.start, m.end, when, shape, "expiry", end, alternatives=others))
    return out
