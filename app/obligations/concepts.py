"""Meanings of the lexicon's actions and forces, independent of the language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.model import Kind
from app.registry import registry

KINDS: Final[Mapping[str, Kind]] = {
    **dict.fromkeys(
        ("submit", "transmit", "report", "brief", "update", "inform", "present", "include-in-report"), Kind.REPORT
    ),
    **dict.fromkeys(("convene", "hold", "organize", "meet", "postpone"), Kind.MEETING),
    **dict.fromkeys(("put-on-agenda", "consider"), Kind.AGENDA),
    **dict.fromkeys(("review", "evaluate", "assess"), Kind.REVIEW),
    **dict.fromkeys(("extend", "authorize", "begin", "end", "establish", "deploy", "cancel"), Kind.MANDATE),
    **dict.fromkeys(("proclaim", "observe"), Kind.OBSERVANCE),
    **dict.fromkeys(("serve", "appropriate"), Kind.PERIOD),
    **dict.fromkeys(("elect", "complete", "carry-out", "act", "reach"), Kind.DEADLINE),
    "the-report": Kind.REPORT,
    "the-meeting": Kind.MEETING,
    "the-agenda": Kind.AGENDA,
    "the-review": Kind.REVIEW,
    "the-mandate": Kind.MANDATE,
    "the-observance": Kind.OBSERVANCE,
    "the-term": Kind.PERIOD,
    "the-budget": Kind.PERIOD,
    "the-programme": Kind.PERIOD,
    "the-target": Kind.DEADLINE,
    "the-election": Kind.DEADLINE,
}
"""The kind of item that an action of the lexicon makes at a time."""

GENERIC: Final = frozenset(
    {"carry-out", "act", "complete", "submit", "present", "hold", "organize", "begin", "establish"}
)
"""Actions whose object is more specific than the action."""
OPEN: Final = frozenset({"carry-out", "act", "reach"})
"""Actions that leave the kind open."""
REPORTING: Final = frozenset(action for action, kind in KINDS.items() if kind is Kind.REPORT)
"""Actions by which one reports."""

DONE: Final[Mapping[str, str]] = {
    "the-report": "report",
    "the-meeting": "hold",
    "the-agenda": "consider",
    "the-review": "review",
    "the-mandate": "authorize",
    "the-observance": "observe",
    "the-term": "serve",
    "the-budget": "appropriate",
    "the-programme": "carry-out",
    "the-target": "reach",
    "the-election": "elect",
}
"""The action implied where the text names only its object."""

OWN: Final = frozenset({"decide", "establish", "extend", "proclaim", "appoint", "approve", "intend"})
"""Forces by which the adopting body binds itself."""
ADDRESSED: Final = frozenset(
    {"request", "demand", "urge", "call-upon", "invite", "encourage", "recommend", "authorize"}
)
"""Forces by which others are asked."""
TELLING: Final = frozenset({"recall", "note", "welcome", "stress", "express", "reaffirm"})
"""Forces of a clause that states what is."""
COMMITTING: Final = OWN | ADDRESSED | {"look-forward"}
"""Forces that look to the future."""

SHORT: Final[Mapping[str, tuple[str, ...]]] = {
    short: registry().members(short)
    for short in ("the-council", "the-commission", "the-committee", "the-conference", "the-forum", "the-working-group")
}
"""Short names and their possible bodies; the one last named before is meant."""
