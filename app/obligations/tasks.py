"""Separation of tasks from appeals among undated obligations, by bearer, force and deliverable."""

from __future__ import annotations

import re
from typing import Final

from app.languages.title_patterns import TitlePatterns
from app.model import Obligation
from app.registry import registry

CROWDS: Final = frozenset(
    {
        *("member-states", "states", "governments", "international-community", "parties", "stakeholders", "donors"),
        *("civil-society", "private-sector", "regional-organizations", "states-parties", "international-organizations"),
        *("specialized-agencies", "funds-and-programmes"),
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
_OF_STATE: Final = re.compile(r"\b(?:government|authorities|forces)\b")
"""Words of slugs that name a State's own organs."""
_BINDING: Final = frozenset({"request", "demand", "decide", "authorize", "establish", "appoint"})
"""Forces by which a body asks for something, rather than for an effort."""


def is_organ(bearer: str | None, words: TitlePatterns) -> bool:
    """Return whether a bearer is one named organ, rather than a State or many actors.

    A name outside the vocabulary is an organ where its last words say so: an office, a committee, a mechanism.

    >>> from app.languages.title_patterns import title_patterns
    >>> [is_organ(bearer, title_patterns("en")) for bearer in ("secretary-general", "states", "lamp-board", "utopia")]
    [True, False, True, False]
    """
    if bearer is None or bearer in CROWDS:
        return False
    if bearer in registry().actors or bearer in registry().bodies:
        return True
    name = bearer.replace("-", " ")
    return words.one("organ_nouns").search(name) is not None and not _OF_STATE.search(name)


def is_appeal(item: Obligation, clause: str, words: TitlePatterns) -> bool:
    """Return whether an obligation without a date only exhorts.

    What a named organ is requested to do is a task; what it is encouraged or invited to do is one where there is
    something to deliver. A crowd such as Member States is given a task where it is requested to submit, inform or
    elect. ``clause`` are the words from the verb on.

    >>> from app.languages.title_patterns import title_patterns
    >>> from app.model import Kind, Span
    >>> asked = Obligation("1", Kind.OBLIGATION, "undated", Span(0, 1), "", bearer="states", force="urge")
    >>> is_appeal(asked, "Urges all States to cooperate", title_patterns("en"))
    True
    """
    vague = words.one("efforts").search(clause) is not None
    if not is_organ(item.bearer, words):
        return vague or item.force not in _BINDING or item.action not in _DELIVERED
    if item.force in _BINDING:
        return False
    return vague or (item.action not in _DELIVERED and not words.one("deliverables").search(clause))
