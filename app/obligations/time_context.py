"""What the readers of one paragraph's times share: its analysis, the almanac, and the times found so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from app.model import SessionName, TemporalExpression
from app.obligations.clauses import AnalyzedParagraph
from app.obligations.session_reference import BodyContext, Sessions
from app.obligations.spans import time_of
from app.obligations.time_reference import RejectedTime, TimeKind, TimeReference

DUE_MODIFIERS: Final = frozenset({"by", "before", "until", "until-excluding", "end"})
"""The relations of a last day."""
START_MODIFIERS: Final = frozenset({"from", "after", "not-before"})
"""The relations of a first day."""
_CUE_REACH: Final = 28
"""Characters from a length of time to the phrase that says from what it counts."""


@dataclass(slots=True)
class TimeContext:
    """A paragraph whose times are read.

    ``times`` and ``misread`` collect what its expressions become.
    ``adopted`` is the day of adoption, ``nouns`` are the places of nouns of bodies ("committee"), known or not.
    """

    view: AnalyzedParagraph
    named: BodyContext
    sessions: Sessions
    adopted: date | None
    nouns: Sequence[tuple[int, int]] = ()
    times: list[TimeReference] = field(default_factory=list)
    misread: list[RejectedTime] = field(default_factory=list)

    def add(self, x: TemporalExpression, when: str, kind: TimeKind, *, passing: bool = False) -> None:
        """Add the time of one expression."""
        self.times.append(TimeReference(x.start, x.end, when, kind, x.rule, x.value, passing=passing))

    def add_pair(self, x: TemporalExpression, y: TemporalExpression, when: str, kind: TimeKind, rule: str) -> None:
        """Add the one time of two neighbours."""
        self.times.append(TimeReference(x.start, max(x.end, y.end), when, kind, rule, x.value))

    def reject(self, x: TemporalExpression, reason: str) -> None:
        """Record that an expression becomes no time, and the slug of the reason."""
        self.misread.append(RejectedTime(x, reason))

    def follows_cue(self, cue: str, at: int) -> bool:
        """Return whether a phrase of ``cue`` begins soon after ``at``, with no comma between."""
        return any(
            m.key("cues") == cue and 0 <= m.start - at <= _CUE_REACH and "," not in self.view.text[at : m.start]
            for m in self.view.mentions
        )


def session_of(x: TemporalExpression) -> SessionName | None:
    """Return the session, of a body to be found, that an expression names, or None.

    >>> from app.model import TimexType
    >>> session_of(TemporalExpression(0, 21, "seventy-third session", TimexType.DATE, "session:73", "session")).number
    73
    """
    return time_of(x.value).unresolved_session
