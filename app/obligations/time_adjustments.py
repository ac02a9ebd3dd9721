"""What the act of a time makes of the time: another last day, the next such day, no time at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from app.model import Kind
from app.obligations.classification import LASTING_KINDS, Classification, has_verb_last
from app.obligations.clauses import AnalyzedParagraph
from app.obligations.concepts import COMMITTING
from app.obligations.polarity import DeniedStretch
from app.obligations.spans import time_of
from app.obligations.structure import Marker
from app.obligations.time_reference import TimeKind, TimeReference

_HELD: Final = frozenset({"convene", "hold", "organize", "meet"})
_HELD_REACH: Final = 100
"""Characters from a session to the verb that says it is held, and from there to its date."""
_FREQUENCIES: Final = frozenset({"R/P1Y", "R/P2Y", "R/session"})


def polarity_of(
    view: AnalyzedParagraph, time: TimeReference, denied: Sequence[DeniedStretch], markers: Sequence[Marker]
) -> str:
    """Return whether the act of ``time`` is affirmed, denied, cancelled or noted as unmet.

    >>> from app.obligations.clauses import analyze
    >>> from app.obligations.phrase_matcher import phrase_matcher
    >>> view = analyze("Decides to meet on 3 May 2037", phrase_matcher("en"))
    >>> polarity_of(view, TimeReference(19, 29, "2037-05-03", TimeKind.DATE, "date", "2037-05-03"), (), ())
    'affirmed'
    """
    clause = view.clause(time.start)
    unmet = any(m.key == "off-course" and clause.head <= m.start < clause.end for m in markers)
    if unmet and clause.force and clause.force not in COMMITTING:
        return "unmet"
    for stretch in denied:
        if stretch.holds(time.start):
            lifted = stretch.cancelled and time.shape is TimeKind.FROM
            return "affirmed" if lifted else "cancelled" if stretch.cancelled else "denied"
    return "affirmed"


def with_last_day(time: TimeReference, act: Classification) -> TimeReference:
    """Return the time of what lasts before a day as lasting to that day, inclusive.

    So mandates are counted; any other time is returned unchanged.

    >>> time = TimeReference(0, 1, "../2037-07-30", TimeKind.BY, "date", "2037-07-31", relation="before")
    >>> with_last_day(time, Classification(Kind.MANDATE, "extend", "rule", "high", None)).when
    '../2037-07-31'
    """
    if time.relation != "before" or act.kind not in LASTING_KINDS or not time_of(time.value).is_day:
        return time
    return replace(time, when=f"../{time.value}")


def in_next_year(
    view: AnalyzedParagraph, time: TimeReference, act: Classification, others: Sequence[TimeReference]
) -> TimeReference:
    """Return a day without a year, of something to be done, as the next such day.

    "By 31 August". Unchanged where the clause says that it recurs, or is past.

    >>> from app.obligations.clauses import analyze
    >>> from app.obligations.phrase_matcher import phrase_matcher
    >>> view = analyze("Requests him to report by 31 August", phrase_matcher("en"))
    >>> time = TimeReference(26, 35, "R/--08-31", TimeKind.YEARLY, "date", "XXXX-08-31", yearless="../2037-08-31")
    >>> in_next_year(view, time, Classification(Kind.REPORT, "report", "rule", "high", None), [time]).when
    '../2037-08-31'
    """
    clause = view.clause(time.start)
    stated = time.rule == "end.present"  # "by the end of this year": the year of the adoption, whatever the verb
    if not time.yearless or act.kind is Kind.OBSERVANCE or not (stated or clause.force in COMMITTING | {"endorse"}):
        return time
    recurs = any(
        other is not time
        and clause.head <= other.start < clause.end
        and (other.when in _FREQUENCIES or other.shape is TimeKind.FROM or other.when.endswith(("/..", ";R/P1Y")))
        for other in others
    )
    past = view.before("past", time.start, 3) and "/" not in time.yearless
    if recurs or past or view.text[time.start - 1 : time.start] in ("(", "（"):
        return time
    kind = TimeKind.BY if time.yearless.startswith("..") else TimeKind.DATE
    return replace(time, when=time.yearless, shape=kind, passing=False, alternatives=(time.when,))


def on_last_day(view: AnalyzedParagraph, time: TimeReference, act: Classification) -> TimeReference | None:
    """Return the last day of what ends or is postponed as a day, or None.

    "Shall end on 31 January"; None where the clause extends it.

    >>> from app.obligations.clauses import analyze
    >>> from app.obligations.phrase_matcher import phrase_matcher
    >>> view = analyze("Decides that it shall end on 31 January 2037", phrase_matcher("en"))
    >>> time = TimeReference(29, 44, "../2037-01-31", TimeKind.BY, "date", "2037-01-31", until=True)
    >>> on_last_day(view, time, Classification(Kind.MANDATE, "end", "rule", "high", None)).when
    '2037-01-31'
    """
    if act.action not in ("end", "postpone") or not time.until:
        return None
    before = view.within(view.clause(time.start).head, time.start, "actions")
    extended = any(m.key("actions") == "extend" for m in before)
    if act.mention is not None and view.before("period", act.mention.start, 0):
        return None  # "for a period expiring on 31 January"
    return None if extended else replace(time, when=time.value, shape=TimeKind.DATE)


def is_held_session(
    view: AnalyzedParagraph, time: TimeReference, act: Classification, others: Sequence[TimeReference]
) -> bool:
    """Return whether a session is what is held at another time, and so is no time itself.

    >>> from app.obligations.clauses import analyze
    >>> from app.obligations.phrase_matcher import phrase_matcher
    >>> view = analyze("Decides that the first session shall be held by the end of 2036", phrase_matcher("en"))
    >>> session = TimeReference(17, 30, "GA1", TimeKind.SESSION, "session", "session:1")
    >>> end = TimeReference(52, 63, "../2036-12-31", TimeKind.BY, "year", "2036")
    >>> is_held_session(view, session, Classification(Kind.MEETING, "hold", "rule", "high", None), [session, end])
    True
    """
    if time.shape is not TimeKind.SESSION or act.kind is not Kind.MEETING:
        return False
    clause = view.clause(time.start)
    near = view.within(time.end, min(clause.end, time.end + _HELD_REACH), "actions")
    held = next((m for m in near if m.key("actions") in _HELD), None)
    if held is None:
        return False
    days = [other.start for other in others if other.shape in (TimeKind.DATE, TimeKind.BY)]
    # In a language whose verbs come last, the day stands between the session and the verb.
    first = time.end if has_verb_last(view, time) else held.end
    return any(first <= start <= held.end + _HELD_REACH for start in days)
