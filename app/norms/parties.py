"""Who bears an obligation, who is told, and where it takes place."""

from __future__ import annotations

from typing import Final

from app.model import Kind
from app.norms.clauses import Clause, View
from app.norms.concepts import ADDRESSED, OWN
from app.norms.mentions import Mention
from app.norms.whose import Named

_REACH: Final = 120
"""Characters after an operative verb within which the one addressed is named."""


def who(mention: Mention, named: Named) -> str | None:
    """The slug of the actor or body that is mentioned, short names written out."""
    actor = mention.key("actors")
    return actor or named.full(mention.key("bodies"))


def bearer(view: View, clause: Clause, named: Named) -> str | None:
    """Who is to act under an operative verb: the first one asked, or the body that decides."""
    if clause.force in ADDRESSED:
        verb = next((m for m in view.mentions if m.start == clause.head), None)
        after = verb.end if verb else clause.head
        asked = [
            m for m in view.mentions if after <= m.start <= after + _REACH and (m.key("actors") or m.key("bodies"))
        ]
        first_action = next((m for m in view.mentions if m.start >= after and m.key("actions")), None)
        for mention in asked:
            if first_action is not None and mention.start > first_action.start:
                break
            if view.before("inside", mention.start, 0):
                continue
            found = who(mention, named)
            if found:
                return found
        return None
    if clause.force in OWN or not clause.force:
        return named.adopting
    return None


def addressees(view: View, clause: Clause, named: Named, since: int, until: int) -> tuple[str, ...]:
    """Whom something is given to from ``since`` to ``until``, in the order of the text."""
    told = [
        m
        for m in view.mentions
        if since <= m.start <= until
        and (m.key("bodies") or m.key("actors").startswith("president-of"))
        and view.before("to", m.start, 1)
    ]
    del clause
    found = [body for m in told if (body := who(m, named))]
    return tuple(dict.fromkeys(found))


def place(view: View, clause: Clause, kind: Kind) -> str | None:
    """The slug of the city where a meeting of the clause is held."""
    if kind is not Kind.MEETING:
        return None
    found = [m.key("places") for m in view.mentions if clause.start <= m.start < clause.end and m.key("places")]
    return found[0] if found else None
