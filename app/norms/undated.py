"""Obligations without a time: somebody is asked to do something, and no time is said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from app.model import UNDATED, Kind, Obligation, Paragraph
from app.norms.clauses import view
from app.norms.concepts import ADDRESSED
from app.norms.mentions import Finder
from app.norms.parties import bearer
from app.norms.whose import Named

_SEEN: Final = 90
"""Characters after an operative verb that are looked at."""
_QUOTED: Final = 200
_STOP: Final = re.compile(r"[;；؛。]")
_WEAKEST: Final = 2
_STRENGTH: Final = {"request": 0, "demand": 0, "authorize": 0, "urge": 1, "call-upon": 1}
"""Of what one paragraph asks, only the strongest is listed: requests, else what is urged, else invitations."""


def _quoted(text: str, start: int) -> int:
    """How much from ``start`` on is quoted: to the end of the sentence, within bounds."""
    stop = _STOP.search(text, start, start + _QUOTED)
    return (stop.start() if stop else min(len(text), start + _QUOTED)) - start


def asked_of(paragraph: Paragraph, find: Finder, named: Named, found: Sequence[Obligation]) -> list[Obligation]:
    """One undated obligation for each one who is asked in ``paragraph`` and has no dated item in it."""
    text = paragraph.reading.text
    asking = find.asking(text)
    if not asking:
        return []
    strongest = min(_STRENGTH.get(force, _WEAKEST) for _, _, force in asking)
    taken = {item.bearer for item in found if item.paragraph == paragraph.number and item.section == paragraph.section}
    out: list[Obligation] = []
    for start, verb_end, force in asking:
        if _STRENGTH.get(force, _WEAKEST) > strongest:
            continue
        seen = view(text[start : verb_end + _SEEN], find)
        clause = seen.clauses[0]
        asked = bearer(seen, clause, named) if clause.force in ADDRESSED else None
        if asked is None or asked in taken:
            continue
        taken.add(asked)
        end = start + (clause.end if clause.end < len(seen.text) else _quoted(text, start))
        while end > start + 1 and not text[end - 1].isalnum():
            end -= 1
        actions = [m.key("actions") for m in seen.within(0, clause.end, "actions")]
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
                action=next((key for key in actions if not key.startswith("the-")), ""),
            )
        )
    return out
