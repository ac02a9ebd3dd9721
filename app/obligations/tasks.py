"""Separation of tasks from appeals among undated obligations, by bearer, force and deliverable."""

from __future__ import annotations

from typing import Final

from app.languages.title_patterns import TitlePatterns
from app.model import Obligation

CROWDS: Final = frozenset(
    {
        *("member-states", "states", "governments", "international-community", "parties", "stakeholders", "donors"),
        *("civil-society", "private-sector", "regional-organizations", "states-parties", "international-organizations"),
        *("non-governmental-organizations", "developed-countries", "developing-countries", "administering-powers"),
        *("intergovernmental-organizations", "international-financial-institutions", "united-nations-system"),
    }
)
"""Bearers that are no single organ."""
_DELIVERED: Final = frozenset(
    {
        *("submit", "transmit", "report", "brief", "update", "inform", "present", "include-in-report", "convene"),
        *("hold", "organize", "put-on-agenda", "review", "evaluate", "assess", "establish", "deploy", "elect"),
        *("complete", "appropriate", "proclaim", "extend", "end", "postpone"),
    }
)
"""Actions with a point of completion: a report is submitted, a meeting held."""
_DONE: Final = frozenset({"carry-out", "meet", "begin", "observe", "serve"})
"""Actions that an organ can complete, and that many bearers can only pursue."""
_BINDING: Final = frozenset({"request", "demand", "decide", "authorize", "establish", "appoint"})
"""Forces by which a body asks for something, rather than for an effort."""


def is_appeal(item: Obligation, clause: str, words: TitlePatterns) -> bool:
    """Return whether an obligation without a date only exhorts.

    A task asks a named organ for a deliverable, or for an act that one could tick off; a crowd such as Member States
    is given a task where it is requested to submit, inform or elect. ``clause`` are the words from the verb on.

    >>> from app.languages.title_patterns import title_patterns
    >>> from app.model import Kind, Span
    >>> asked = Obligation("1", Kind.OBLIGATION, "undated", Span(0, 1), "", bearer="states", force="urge")
    >>> is_appeal(asked, "Urges all States to cooperate", title_patterns("en"))
    True
    """
    vague = words.one("efforts").search(clause) is not None
    if item.bearer is None or item.bearer in CROWDS:
        return vague or item.force not in _BINDING or item.action not in _DELIVERED
    if item.force in _BINDING:
        if item.action in _DELIVERED:
            return False
        return vague or (item.action not in _DONE and not words.one("deliverables").search(clause))
    return vague or item.action not in _DELIVERED
