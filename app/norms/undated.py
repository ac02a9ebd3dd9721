"""Obligations without a time: somebody is asked to do something, and no time is said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.model import UNDATED, Kind, Obligation, Paragraph
from app.norms.clauses import view
from app.norms.concepts import ADDRESSED
from app.norms.mentions import Finder
from app.norms.parties import bearer
from app.norms.whose import Named

_QUOTED: Final = 200
_WEAKEST: Final = 2
_STRENGTH: Final = {"request": 0, "demand": 0, "authorize": 0, "urge": 1, "call-upon": 1}
"""Of what one paragraph asks, only the strongest is listed: who is requested, else who is urged, else who is invited."""


def asked_of(
    paragraph: Paragraph, above: Sequence[Paragraph], find: Finder, named: Named, found: Sequence[Obligation]
) -> list[Obligation]:
    """One undated obligation for each one who is asked in ``paragraph`` and has no dated item in it."""
    text = paragraph.reading.text
    seen = view(text, find, [p.reading.text for p in above])
    own = [m.key("bodies") for m in seen.mentions if m.start >= 0 and m.key("bodies")]
    named.note(own)
    taken = {item.bearer for item in found if item.paragraph == paragraph.number and item.section == paragraph.section}
    out: list[Obligation] = []
    asking = [c for c in seen.clauses if c.start == c.head and c.force in ADDRESSED and c.end > 0]
    strongest = min((_STRENGTH.get(clause.force, _WEAKEST) for clause in asking), default=_WEAKEST)
    for clause in asking:
        if _STRENGTH.get(clause.force, _WEAKEST) > strongest:
            continue
        asked = bearer(seen, clause, named)
        actions = seen.within(clause.start, clause.end, "actions")
        if asked is None or asked in taken:
            continue
        taken.add(asked)
        start = max(0, clause.start)
        end = min(clause.end, start + _QUOTED)
        while end > start + 1 and not text[end - 1].isalnum():
            end -= 1
        if end <= start:
            continue
        out.append(
            Obligation(
                paragraph=paragraph.number,
                kind=Kind.OBLIGATION,
                when=UNDATED,
                span=paragraph.reading.span(start, end),
                rule="undated.asked",
                section=paragraph.section,
                letters=paragraph.letters,
                bearer=asked,
                force=clause.force,
                action=next((key for m in actions if not (key := m.key("actions")).startswith("the-")), ""),
            )
        )
    return out
