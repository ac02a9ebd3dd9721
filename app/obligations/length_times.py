"""Lengths of time and frequencies that expressions state, as times."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app.model import TemporalExpression
from app.obligations.concepts import COMMITTING
from app.obligations.time_context import TimeContext
from app.obligations.time_reference import TimeKind

_OVER: Final = 12
"""Characters from a length of time to the word that says it is over: "the last ten years"."""
_ADJECTIVES: Final = (".annual", ".biennial", ".triennial", ".quadrennial", ".quinquennial", ".rate")
"""Rules of frequencies that only qualify a thing, or a sum: they need a reason to count."""


@dataclass(frozen=True, slots=True)
class LengthReader:
    """Reader of the lengths of time and the frequencies of a paragraph."""

    context: TimeContext

    def read_duration(self, x: TemporalExpression) -> None:
        """Add the time of a length that counts from an anchor, or lasts.

        Reject one that is over, or that neither counts nor lasts.
        """
        view = self.context.view
        if view.finder.holds("gone", view.text[max(0, x.start - _OVER) : x.end + _OVER]):
            self.context.reject(x, "length.past")
            return
        lasts = x.modifier in ("for", "until")
        if x.rule.endswith(".adjective") and lasts:
            self.context.reject(x, "length.describes")  # "for the ten-year programme"
            return
        counted = self.counted(x)
        if counted is not None:
            self.context.add(x, counted, TimeKind.LENGTH if lasts else TimeKind.OFFSET)
        elif lasts:
            self.context.add(x, f"adoption+{x.value}", TimeKind.LENGTH)
        else:
            self.context.reject(x, "length.mentioned")

    def read_frequency(self, x: TemporalExpression) -> None:
        """Add the time of a frequency."""
        passing = x.rule.endswith(_ADJECTIVES) and x.modifier != "after"
        kind = TimeKind.YEARLY if x.value.startswith(("R/--", "R/FREQ")) else TimeKind.REPEAT
        self.context.add(x, x.value, kind, passing=passing)

    def counted(self, x: TemporalExpression) -> str | None:
        """Return a length counted from its anchor; None where the words give none."""
        view = self.context.view
        cues = (cue for cue in ("adoption", "expiry") if self.context.follows_cue(cue, x.end))
        anchor = x.anchor or next(cues, "")
        back = x.modifier == "before" and anchor != "adoption"
        if anchor:
            return f"{anchor}{'-' if back else '+'}{x.value}"
        since = x.modifier != "within" or any(view.before("counted", at, 0) for at in (x.start, x.end))
        if x.rule == "offset" and since:
            return f"event{'-' if back else '+'}{x.value}"
        within = x.modifier in ("within", "by")
        if within and view.finder.after("counted", view.text, x.end):
            return f"event+{x.value}"
        # "to be reviewed after three years": of what is to be, not of what has been.
        ahead = x.modifier == "after" and view.clause(x.start).force in COMMITTING
        return f"adoption+{x.value}" if within or ahead else None
