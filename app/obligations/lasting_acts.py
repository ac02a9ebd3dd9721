"""Acts of times that last: lengths of mandates, terms, meetings and periods, and budget periods."""

from __future__ import annotations

from typing import Final

from app.model import Anchor, Kind
from app.obligations.classification import Classification, act_name
from app.obligations.clauses import AnalyzedParagraph, Clause
from app.obligations.concepts import KINDS, OWN
from app.obligations.phrase_matcher import PhraseMatch
from app.obligations.spans import span_of, time_of
from app.obligations.time_reference import TimeKind, TimeReference

_TERM: Final = 16
"""Characters between a length and the noun of a term: "a term of three years"."""
_FINANCED: Final = 150
"""Days: a span for which money is given is a budget period from here on; a shorter one is a meeting."""
_LONGEST_MEETING: Final = 60
"""Days: the longest sessions of a conference last about eight weeks; what lasts longer is a mandate or period."""


def classify_duration(view: AnalyzedParagraph, time: TimeReference) -> Classification | None:
    """Return what lasts for a length of time: "for a period of one year".

    A term, a meeting of so many days, a mandate where the clause names one, else a period. None of any other time.

    >>> from app.obligations.clauses import analyze
    >>> from app.obligations.phrase_matcher import phrase_matcher
    >>> view = analyze("Decides to extend the mandate for a period of one year", phrase_matcher("en"))
    >>> time = TimeReference(34, 55, "adoption+P1Y", TimeKind.LENGTH, "duration", "P1Y")
    >>> classify_duration(view, time).rule
    'lasting.mandate'
    """
    if time.shape is not TimeKind.LENGTH:
        return None
    clause = view.clause(time.start)
    terms = [m for m in view.within(clause.head, clause.end, "actions") if m.key("actions") == "the-term"]
    if any(m.start - time.end <= _TERM and time.start - m.end <= _TERM for m in terms):
        return Classification(Kind.PERIOD, "serve", "lasting.term", "high", terms[0])
    if clause.force in ("appoint", "proclaim"):
        return Classification(Kind.PERIOD, "serve", "lasting.term", "medium", None)
    meeting = _meeting_of_length(view, time, clause)
    if meeting is not None:
        return Classification(Kind.MEETING, act_name(meeting), "lasting.meeting", "high", meeting)
    before = view.within(clause.head, time.start, "actions")
    for mention in reversed(before):
        kind = KINDS[mention.key("actions")]
        if kind in (Kind.MANDATE, Kind.PERIOD) and mention.key("actions") != "begin":
            return Classification(kind, act_name(mention), "lasting.mandate", "high", mention)
    after = [m for m in view.within(time.end, clause.end, "actions") if KINDS[m.key("actions")] is Kind.MANDATE]
    if after or clause.force in OWN | {"authorize"}:
        return Classification(
            Kind.MANDATE, act_name(after[0]) if after else clause.force, "lasting.mandate", "medium", None
        )
    return Classification(Kind.PERIOD, "", "lasting.period", "low", before[-1] if before else None)


def _meeting_of_length(view: AnalyzedParagraph, time: TimeReference, clause: Clause) -> PhraseMatch | None:
    """Return the meeting that lasts some days from a day on, or None.

    "A three-day conference from 3 May".
    """
    start = time_of(time.when).single
    days = start.shift.whole_days if start is not None and start.shift is not None and start.sign > 0 else None
    if days is None or start is None or start.base == Anchor.ADOPTION or days > _LONGEST_MEETING:
        return None
    held = [m for m in view.within(clause.head, clause.end, "actions") if KINDS[m.key("actions")] is Kind.MEETING]
    return min(held, key=lambda m: abs(m.start - time.start)) if held else None


def classify_period(view: AnalyzedParagraph, time: TimeReference) -> Classification | None:
    """Return the budget period of a span, or None.

    "For the financial period from 1 July 2036 to 30 June 2037". A span is one
    where it is called a period, or is long and money is appropriated for it.

    >>> from app.obligations.clauses import analyze
    >>> from app.obligations.phrase_matcher import phrase_matcher
    >>> view = analyze("Decides to appropriate funds from 1 July 2036 to 30 June 2037", phrase_matcher("en"))
    >>> time = TimeReference(34, 62, "2036-07-01/2037-06-30", TimeKind.DATE, "date", "2036-07-01/2037-06-30")
    >>> classify_period(view, time).rule
    'span.period'
    """
    if time.shape is not TimeKind.DATE or "/" not in time.value:
        return None
    clause = view.clause(time.start)
    if not view.before("period", time.start, 0):
        # "to appropriate 5 million dollars for the maintenance of the Force from 1 July 2036 to 30 June 2037"
        before = view.within(clause.head, time.start, "actions")
        financed = [m for m in before if m.key("actions") == "appropriate"]
        first, last = span_of(time.value)
        if not financed or first is None or last is None or (last - first).days < _FINANCED:
            return None
        if any(KINDS[m.key("actions")] in (Kind.MEETING, Kind.REPORT) for m in before if m.start > financed[-1].end):
            return None
    observances = [
        m for m in view.within(clause.head, clause.end, "actions") if KINDS[m.key("actions")] is Kind.OBSERVANCE
    ]
    if clause.force == "proclaim" or observances:
        return None
    return Classification(Kind.PERIOD, "appropriate", "span.period", "high", None)
