"""Who bears an obligation, who is addressed, and where it takes place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from app.model import Kind
from app.obligations.clauses import AnalyzedParagraph, Clause
from app.obligations.concepts import ADDRESSED, OWN
from app.obligations.phrase_matcher import PhraseMatch
from app.obligations.session_reference import BodyContext
from app.obligations.time_reference import TimeReference

_REACH: Final = 120
"""Characters after an operative verb within which the one addressed is named."""

_CONSULTED: Final = re.compile(
    r"(?:\bin (?:\w+ ){0,2}(?:consultation|cooperation|collaboration|coordination) with"
    r"|\bwith the (?:assistance|support) of"
    r"|\ben (?:consultation|coopération|collaboration|coordination) avec|\ben (?:consulta|cooperación|coordinación) con"
    r"|\bв консультации с|\bв сотрудничестве с) (?:the |les? |los |las |el |la |all |relevant )*\Z"
)
"""Words before one who is consulted or helps, and is not the one asked."""


def who(mention: PhraseMatch, named: BodyContext) -> str | None:
    """Return the slug of the actor or body that is mentioned, short names written out.

    >>> from app.obligations.phrase_matcher import phrase_matcher
    >>> who(PhraseMatch(0, 21, (("actors", "secretary-general"),)), BodyContext(None, phrase_matcher("en")))
    'secretary-general'
    """
    actor = mention.key("actors")
    return actor or named.full(mention.key("bodies"))


def bearer(view: AnalyzedParagraph, clause: Clause, named: BodyContext) -> str | None:
    """Return who is to act under an operative verb.

    It is the first one asked, or the body that decides.

    >>> from app.obligations.clauses import analyze
    >>> from app.obligations.phrase_matcher import phrase_matcher
    >>> view = analyze("Requests the Secretary-General to report by 3 May 2037", phrase_matcher("en"))
    >>> bearer(view, view.clause(0), BodyContext("general-assembly", phrase_matcher("en")))
    'secretary-general'
    """
    speaks: str | None = None
    if clause.force in ADDRESSED:
        verb = next((m for m in view.mentions if m.start == clause.head), None)
        after = verb.end if verb else clause.head
        asked = [
            m for m in view.mentions if after <= m.start <= after + _REACH and (m.key("actors") or m.key("bodies"))
        ]
        first_action = next((m for m in view.mentions if m.start >= after and m.key("actions")), None)
        for mention in asked:
            # "demands that withdraw all parties": where a verb goes before its subject, the one who acts follows it.
            follows = first_action is not None and clause.force == "demand" and mention.start <= first_action.end + 1
            if first_action is not None and mention.start > first_action.start and not follows:
                break
            if view.before("inside", mention.start, 0) or _CONSULTED.search(view.text[: max(0, mention.start)]):
                continue
            found = who(mention, named)
            if found == named.adopting and speaks is None and mention.start - after <= 2:
                speaks = found  # "requests the Council of the Secretary-General": the verb stands before its subject
                continue
            if found:
                return found
        return speaks
    if clause.force in OWN or not clause.force:
        return named.adopting
    return None


def is_addressed(view: AnalyzedParagraph, mention: PhraseMatch) -> bool:
    """Return whether something is given to the one mentioned.

    The words before the name show it, or the form of the name.

    >>> from app.obligations.clauses import analyze
    >>> from app.obligations.phrase_matcher import phrase_matcher
    >>> view = analyze("Requests the Secretary-General to report to the Human Rights Council", phrase_matcher("en"))
    >>> [is_addressed(view, m) for m in view.mentions if m.key("actors") or m.key("bodies")]
    [False, True]
    """
    if mention.key("bodies") == "adopting-body" or mention.key("cues") == "told" or view.before("to", mention.start, 1):
        return True
    return bool(mention.key("bodies")) and view.before("joined", mention.start, 1)


def addressees(
    view: AnalyzedParagraph, clause: Clause, named: BodyContext, time: TimeReference, others: Iterable[TimeReference]
) -> tuple[str, ...]:
    """Return to whom something is given at ``time``: the addressees that its clause names.

    Those with a session of their own among ``others`` are left out.

    >>> from app.obligations.clauses import analyze
    >>> from app.obligations.phrase_matcher import phrase_matcher
    >>> from app.obligations.time_reference import TimeKind
    >>> view = analyze("to report to the Human Rights Council by 3 May 2037", phrase_matcher("en"))
    >>> time = TimeReference(38, 51, "../2037-05-03", TimeKind.BY, "date", "2037-05-03")
    >>> addressees(view, view.clause(0), BodyContext(None, phrase_matcher("en")), time, [time])
    ('human-rights-council',)
    """
    addressed = [
        m
        for m in view.mentions
        if clause.head <= m.start < clause.end and (m.key("bodies") or m.key("actors")) and is_addressed(view, m)
    ]
    own = {
        other.body for other in others if other is not time and other.body and clause.head <= other.start < clause.end
    }
    found = [body for m in addressed if (body := who(m, named))]
    return tuple(body for body in dict.fromkeys(found) if body == time.body or body not in own)


def place(view: AnalyzedParagraph, clause: Clause, kind: Kind) -> str | None:
    """Return the slug of the city where a meeting of the clause is held, or None.

    >>> from app.obligations.clauses import analyze
    >>> from app.obligations.phrase_matcher import phrase_matcher
    >>> view = analyze("Decides to hold the conference in Geneva", phrase_matcher("en"))
    >>> place(view, view.clause(0), Kind.MEETING)
    'geneva'
    """
    if kind is not Kind.MEETING:
        return None
    found = [m.key("places") for m in view.mentions if clause.start <= m.start < clause.end and m.key("places")]
    return found[0] if found else None
