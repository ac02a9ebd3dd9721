"""The act that the object of a generic verb gives: "to complete the review", "to hold its meeting"."""

from __future__ import annotations

from typing import Final

from app.model import Kind
from app.obligations.classification import BESIDE, OBJECT_REACH
from app.obligations.clauses import AnalyzedParagraph
from app.obligations.concepts import DONE, KINDS, OPEN, REPORTING
from app.obligations.phrase_matcher import PhraseMatch
from app.obligations.time_reference import TimeReference

_FAR: Final = 190
"""A thing may stand far from what is done to it, a time and its insertions between."""
_SUBJECT: Final = 50
"""Characters from the subject of a passive to its verb."""
_PASSIVE: Final = frozenset({"hold", "carry-out", "complete"})
"""Actions that often follow their subject: "the review should be held"."""


def act_of_object(view: AnalyzedParagraph, verb: PhraseMatch, time: TimeReference) -> tuple[Kind, str]:
    """Return kind and slug of what ``verb``, an action of ``GENERIC``, is with its object.

    The object follows it, or is its subject in the passive. Kind and slug are the verb's own without an object that
    gives another.

    >>> from app.obligations.clauses import analyze
    >>> from app.obligations.phrase_matcher import phrase_matcher
    >>> from app.obligations.time_reference import TimeKind
    >>> view = analyze("Decides to hold its review by 3 May 2037", phrase_matcher("en"))
    >>> verb = next(m for m in view.mentions if m.key("actions") == "hold")
    >>> kind, action = act_of_object(view, verb, TimeReference(27, 40, "../2037-05-03", TimeKind.BY, "date", ""))
    >>> kind.value, action
    ('review', 'the-review')
    """
    key = verb.key("actions")
    unchanged = KINDS[key], key
    clause = view.clause(verb.start if verb.start >= 0 else time.start)
    before = view.within(clause.start, verb.start, "actions")
    beside = [m.key("actions") for m in before if verb.start - m.end <= BESIDE]
    subject = beside[-1] if beside else ""
    if key in _PASSIVE and subject.startswith("the-") and KINDS[subject] in (Kind.MEETING, Kind.REVIEW):
        return KINDS[subject], DONE[subject]  # "its meeting to be held", whatever is named after
    thing = _object_after(view, verb, time)
    if not thing and key == "act" and view.between(verb.start, verb.end).lower() in ("to be", "be"):
        if subject.startswith("the-") and KINDS[subject] in (Kind.REPORT, Kind.REVIEW, Kind.MEETING):
            return KINDS[subject], DONE.get(subject, subject)
        return unchanged
    if not thing and key in _PASSIVE:
        subjects = [m.key("actions") for m in before if verb.start - m.end <= _SUBJECT]
        thing = subjects[-1] if subjects else ""
        if thing != "report" and not thing.startswith("the-"):
            return unchanged
    if key == "carry-out" and thing not in ("the-report", "report", "the-review"):
        given = [m for m in view.within(verb.end, time.start, "bodies") if view.before("to", m.start, 1)]
        if given:
            return Kind.REPORT, "submit"
    return (thing and _act_upon(key, thing)) or unchanged


def _object_after(view: AnalyzedParagraph, verb: PhraseMatch, time: TimeReference) -> str:
    """Return the slug of the noun that follows a verb as its object.

    Empty where another action comes first.
    """
    key = verb.key("actions")
    clause = view.clause(verb.start if verb.start >= 0 else time.start)
    reach = _FAR if key == "carry-out" and 0 <= time.start - verb.end <= BESIDE else OBJECT_REACH
    for mention in view.within(verb.end, max(clause.end, time.end), "actions"):
        if mention.start < time.end and time.start < mention.end:
            continue
        noun = mention.key("actions")
        reports = noun == "report" or (key == "carry-out" and noun in REPORTING)
        return noun if mention.start - verb.end <= reach and (noun.startswith("the-") or reports) else ""
    return ""


def _act_upon(key: str, thing: str) -> tuple[Kind, str] | None:
    """Return kind and slug of what ``key`` done to ``thing`` is; None where it stays ``key``."""
    kind = KINDS[thing]
    if kind not in (Kind.REPORT, Kind.MEETING, Kind.REVIEW, Kind.OBSERVANCE, Kind.DEADLINE):
        return None
    if key == "act":
        return (kind, thing) if kind is Kind.OBSERVANCE else None
    if key in OPEN or (key == "complete" and kind is Kind.REPORT):
        return kind, DONE.get(thing, thing)
    if key in ("submit", "present", "begin") or kind not in (Kind.REVIEW, Kind.MEETING, Kind.DEADLINE):
        return None
    return kind, thing
