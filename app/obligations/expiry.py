"""The end of a mandate or period as a time: "before the expiry of the mandate", "at the end of this period"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.obligations.clauses import AnalyzedParagraph
from app.obligations.structure import Marker
from app.obligations.time_reference import TimeKind, TimeReference

EXPIRING: Final = frozenset({"mandate-expires"})
"""The markers of an end that is named as a time."""
_FOLLOWS: Final = 28
"""An offset so near ("30 days before its expiry") counts from that end, and is the time."""


def expiries(
    view: AnalyzedParagraph,
    times: Sequence[TimeReference],
    ends: Sequence[str],
    markers: Sequence[Marker] = (),
) -> list[TimeReference]:
    """Return the ends of mandates that a paragraph names as times.

    Each is the day that was set before, else ``expiry``.
    ``times`` are the paragraph's other times, ``ends`` the last days of the mandates that the instrument spoke of,
    ``markers`` the words for "before it expires".

    >>> from app.obligations.clauses import analyze
    >>> from app.obligations.phrase_matcher import phrase_matcher
    >>> view = analyze("Requests a report before the expiry of the mandate", phrase_matcher("en"))
    >>> [time.when for time in expiries(view, [], ["2037-05-03"])]
    ['../2037-05-03']
    """
    out: list[TimeReference] = []
    named = [(m.start, m.end, True) for m in markers]
    for m in view.mentions:
        if m.start < 0 or m.key("cues") not in ("expiry", "term-end"):
            continue
        if any(start < m.end and m.start < end for start, end, _ in named):
            continue
        due = view.before("due", m.start, 1)
        if due or (m.key("cues") == "term-end" and view.before("at", m.start, 1)):
            named.append((m.start, m.end, due))
    for start, end, due in named:
        if any(t.start <= end + _FOLLOWS and start - t.end <= _FOLLOWS for t in times if t.shape is TimeKind.OFFSET):
            continue
        day = ends[0] if len(set(ends)) == 1 else "expiry"
        when = f"../{day}" if due else day
        others = tuple(dict.fromkeys(f"../{one}" if due else one for one in ends)) if day == "expiry" else ()
        shape = TimeKind.BY if due else TimeKind.DATE
        out.append(TimeReference(start, end, when, shape, "expiry", day, alternatives=others))
    return out
