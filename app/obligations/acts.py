"""What happens at a time: the action that governs it, and the kind that follows."""

from __future__ import annotations

from typing import Final

from app.model import Kind
from app.obligations.classification import Classification, act_name
from app.obligations.clauses import AnalyzedParagraph
from app.obligations.concepts import KINDS, OPEN, OWN
from app.obligations.lasting_acts import classify_duration, classify_period
from app.obligations.noun_acts import classify_noun
from app.obligations.report_acts import classify_report_to
from app.obligations.time_reference import TimeKind, TimeReference
from app.obligations.verb_acts import classify_nearest_verb

_LABEL: Final = 8
"""A time that opens a sub-paragraph labels it."""


def classify_event(view: AnalyzedParagraph, time: TimeReference, others: list[TimeReference]) -> Classification:
    """Return the act that governs ``time``.

    A deadline without an act where no rule finds one.
    ``others`` are the times of the paragraph: an action beyond one of them is less likely that of ``time``.

    >>> from app.obligations.clauses import analyze
    >>> from app.obligations.phrase_matcher import phrase_matcher
    >>> view = analyze("Requests the Group to submit a report by 3 May 2037", phrase_matcher("en"))
    >>> time = TimeReference(38, 51, "../2037-05-03", TimeKind.BY, "date", "2037-05-03")
    >>> found = classify_event(view, time, [time])
    >>> found.kind.value, found.action, found.rule
    ('report', 'report', 'action.nearest')
    """
    found = (
        classify_duration(view, time)
        or classify_period(view, time)
        or classify_report_to(view, time)
        or classify_noun(view, time)
        or classify_nearest_verb(view, time, others)
    )
    if found is None:
        return Classification(Kind.DEADLINE, "", "kind.default", "low", None)
    return (
        _theme_of_list(view, time)
        or _by_intention_or_term(view, time, found)
        or _by_open_verb(view, time, found)
        or found
    )


def _theme_of_list(view: AnalyzedParagraph, time: TimeReference) -> Classification | None:
    """Return the programme of a year that labels a sub-paragraph, else None.

    "The themes shall be: (a) For 2037: …".
    """
    if not view.chapeau or not 0 <= time.start <= _LABEL or time.shape is not TimeKind.DATE:
        return None
    above = [m for m in view.mentions if m.start < 0 and m.key("actions")]
    programmes = [m for m in above if m.key("actions") == "the-programme"]
    if not programmes or any(KINDS[m.key("actions")] in (Kind.REVIEW, Kind.AGENDA) for m in above):
        return None
    return Classification(Kind.PERIOD, act_name(programmes[-1]), "list.of-years", "medium", None)


def _by_intention_or_term(view: AnalyzedParagraph, time: TimeReference, found: Classification) -> Classification | None:
    """Return the review, term or observance that the operative verb makes of a mandate.

    None where it stays a mandate.
    """
    if found.kind is not Kind.MANDATE:
        return None
    clause = view.clause(time.start)
    before = view.within(clause.head, time.start, "actions")
    if clause.force == "intend":
        # "intends to review the mandate and its extension by"
        reviews = [m for m in before if m.key("actions") in ("review", "consider")]
        if reviews:
            return Classification(Kind.REVIEW, "review", "action.intended", "medium", reviews[-1])
    if clause.force == "appoint":
        return Classification(Kind.PERIOD, "serve", "lasting.term", "medium", found.mention)
    if found.action in ("begin", "end"):
        # "a decade that begins on", "members for a term that ends on": what begins and ends is no mandate.
        observed = any(m.key("actions") == "the-observance" for m in before)
        if clause.force == "proclaim" and observed:
            return Classification(Kind.OBSERVANCE, "proclaim", "lasting.observance", "medium", found.mention)
        if clause.force == "proclaim" or any(m.key("actions") in ("elect", "the-term") for m in before):
            return Classification(Kind.PERIOD, "serve", "lasting.term", "medium", found.mention)
    return None


def _by_open_verb(view: AnalyzedParagraph, time: TimeReference, found: Classification) -> Classification | None:
    """Return the mandate of an unspecific action that is permitted or lasts until a day.

    None of any other action.
    """
    if found.kind is not Kind.DEADLINE or found.action not in OPEN:
        return None
    force = view.clause(time.start).force
    permitted = force == "authorize" and time.shape is TimeKind.OFFSET
    if not permitted and not (time.until and force in OWN):
        return None
    return Classification(Kind.MANDATE, "authorize", "lasting.until", "medium", found.mention)
