"""Reports to a body at one of its sessions: "to the General Assembly at its seventy-third session"."""

from __future__ import annotations

from typing import Final

from app.model import Kind
from app.obligations.classification import OBJECT_REACH, Classification, act_name, candidate_actions, has_verb_last
from app.obligations.clauses import AnalyzedParagraph
from app.obligations.concepts import KINDS, REPORTING
from app.obligations.phrase_matcher import PhraseMatch
from app.obligations.time_reference import TimeKind, TimeReference

_ADDRESS: Final = 24
"""Characters between a body and its session."""
_PART: Final = 90
"""Characters between a body and its session where a part of it is named: "at the segment of its 2036 session"."""
_HELD_FOR: Final = 12
"""Characters between a meeting or agenda and the body that it is of: then the body has that, and no report."""


def classify_report_to(view: AnalyzedParagraph, time: TimeReference) -> Classification | None:
    """Return the report that is given to a body at the session ``time``, or None.

    >>> from app.obligations.clauses import analyze
    >>> from app.obligations.phrase_matcher import phrase_matcher
    >>> view = analyze("Requests the Group to report to the General Assembly at its ninetieth session",
    ...     phrase_matcher("en"))
    >>> time = TimeReference(60, 77, "GA90", TimeKind.SESSION, "session", "session:90")
    >>> classify_report_to(view, time).rule
    'report.to-body'
    """
    if time.shape is not TimeKind.SESSION:
        return None
    if view.before("considered", time.start, 3):
        before = view.within(view.clause(time.start).head, time.start, "actions")
        given = [m for m in before if m.key("actions") in REPORTING]
        given = given or [m for m in before if m.key("actions") == "the-report"]
        if given:
            return Classification(Kind.REPORT, act_name(given[-1]), "report.considered", "medium", given[-1])
    body = _addressed_body(view, time)
    return _report_to_body(view, time, body) if body is not None else None


def _addressed_body(view: AnalyzedParagraph, time: TimeReference) -> PhraseMatch | None:
    """Return the body beside a session that something is given to, or None.

    "To the Council at the operational activities segment of its 2036 session".
    """
    reach = _PART if view.before("part-of", time.start, 0) else _ADDRESS
    near = [
        m
        for m in view.mentions
        if m.key("bodies") and (0 <= time.start - m.end <= reach or (time.start <= m.start and m.end <= time.end))
    ]
    if not near:
        return None
    body = near[-1]
    at = min(body.start, time.start)
    named_as_recipient = body.key("cues") == "told" or body.key("bodies") == "adopting-body"
    return body if named_as_recipient or view.before("to", at, 3) or view.before("joined", at, 3) else None


def _report_to_body(view: AnalyzedParagraph, time: TimeReference, body: PhraseMatch) -> Classification | None:
    """Return the report of the clause that is given to ``body``, or None."""
    clause = view.clause(time.start)
    if has_verb_last(view, time):
        around = [m for m in candidate_actions(view, time) if m.start <= time.start and time.end <= m.end]
        acts = around or view.within(time.end, clause.end, "actions")[:1]
        if acts and acts[0].key("actions") in REPORTING and acts[0].start - time.end <= OBJECT_REACH // 4:
            return Classification(Kind.REPORT, act_name(acts[0]), "report.to-body", "high", acts[0])
    before = view.within(clause.head, time.start, "actions")
    verbs = [m for m in before if m.key("actions") in REPORTING]
    reports = verbs or [m for m in before if m.key("actions") == "the-report"]
    if not reports:
        return None
    chosen = reports[-1]
    later = [
        m
        for m in view.within(chosen.end, body.start, "actions")
        if KINDS[m.key("actions")] in (Kind.AGENDA, Kind.MEETING) and not m.key("actions").startswith("the-")
    ]
    if later and body.start - later[-1].end < _HELD_FOR:
        return None
    return Classification(Kind.REPORT, act_name(chosen), "report.to-body", "high", chosen)
