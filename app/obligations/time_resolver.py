"""From time expressions to times: modifiers, neighbours and anchors made into one notation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from app.model import Recurrence, TemporalExpression, TimexType
from app.obligations.session_reference import is_past_session
from app.obligations.single_times import SingleReader
from app.obligations.spans import time_of
from app.obligations.time_context import TimeContext, session_of
from app.obligations.time_pairs import PairReader
from app.obligations.time_reference import TimeKind, TimeReference

_CONJUNCTION: Final = 6
"""Characters between two dates of one preposition: "by 4 July and 3 January"."""
_APART: Final = 420
"""Characters between a frequency and its start in one clause."""


def resolve_times(context: TimeContext, expressions: Sequence[TemporalExpression]) -> None:
    """Add to ``context`` the times of a paragraph's expressions, and the rejected ones.

    >>> from app.obligations.clauses import analyze
    >>> from app.obligations.phrase_matcher import phrase_matcher
    >>> from app.obligations.session_reference import BodyContext
    >>> from app.timex import tag
    >>> finder, text = phrase_matcher("en"), "Requests a report two months before 30 November 2036"
    >>> context = TimeContext(analyze(text, finder), BodyContext(None, finder), None, None)
    >>> resolve_times(context, tag(text, "en"))
    >>> [time.when for time in context.times]
    ['2036-09-30']
    """
    single = SingleReader.of(context)
    pairs = PairReader(context, single)
    left = [x if x.modifier else replace(x, modifier=_implied_modifier(context, x)) for x in expressions]
    left = _with_shared_modifiers(left)
    while left:
        x = left.pop(0)
        follower = left[0] if left else None
        over = follower is not None and is_past_session(context.view, x, follower, context.adopted)
        if over or (follower and len(left) > 1 and pairs.is_restated(x, follower, left[1])):
            context.reject(x, "session.past" if over else "time.restated")
        elif follower and pairs.read(x, follower):
            left.pop(0)
        else:
            single.read(x)
    _join_starts(context)


def _implied_modifier(context: TimeContext, x: TemporalExpression) -> str:
    """Return the modifier that cue words before an expression give it, or an empty text."""
    if x.type is TimexType.DATE and context.view.before("start", x.start, 1):
        return "from"
    return "by" if session_of(x) is not None and context.view.before("due", x.start, 1) else ""


def _with_shared_modifiers(expressions: Sequence[TemporalExpression]) -> list[TemporalExpression]:
    """Return the expressions, those joined by a conjunction with the modifier of the first.

    "By 4 July and 3 January".
    """
    out: list[TemporalExpression] = []
    for x in expressions:
        last = out[-1] if out else None
        if last is None or x.modifier or x.type is not TimexType.DATE or last.type is not TimexType.DATE:
            out.append(x)
        elif session_of(last) is not None and session_of(x) is None:
            out.append(x)  # "until the fifty-ninth session, in 2028"
        elif x.start - last.end <= _CONJUNCTION and last.modifier in ("by", "before", "until"):
            out.append(replace(x, modifier=last.modifier))
        else:
            out.append(x)
    return out


def _join_starts(context: TimeContext) -> None:
    """Make a frequency and the time it starts from, apart in one clause, one time."""
    times = context.times
    for first in [time for time in times if _starts(time)]:
        clause = context.view.clause(first.start)
        yearly = [t for t in times if _is_yearly(t) and clause.start <= t.start < clause.end]
        if len(yearly) == 1 and first in times:
            times[times.index(yearly[0])] = replace(yearly[0], when=_starting(yearly[0], first))
            times.remove(first)
            continue
        repeats = [
            t
            for t in times
            if _is_interval(t) and clause.start <= t.start < clause.end and abs(t.start - first.start) <= _APART
        ]
        stated = [t for t in repeats if not t.passing or _is_indefinite(context, t)]
        if stated:
            repeat = stated[-1]
            when = _starting(repeat, first)
            joined = replace(repeat if repeat.passing else first, when=when, shape=TimeKind.REPEAT)
            times[times.index(first)] = joined
            times[:] = [t for t in times if t not in repeats or t.when != repeat.when]


def _recurrence(time: TimeReference) -> Recurrence | None:
    """Return the recurrence that a time is, without start and without count; else None."""
    when = time_of(time.when)
    bare = not when.points and when.recurrence is not None and when.recurrence.count is None
    return when.recurrence if bare else None


def _is_yearly(time: TimeReference) -> bool:
    recurrence = _recurrence(time)
    return recurrence is not None and recurrence.yearly is not None


def _is_interval(time: TimeReference) -> bool:
    recurrence = _recurrence(time)
    return recurrence is not None and recurrence.every is not None


def _starts(time: TimeReference) -> bool:
    """Return whether a time is open at its end: "from its ninety-second session on"."""
    when = time_of(time.when)
    return when.start is not None and when.end is None


def _starting(repeat: TimeReference, first: TimeReference) -> str:
    """Return the notation of a recurrence that begins at the start of ``first``."""
    start = time_of(first.when).start
    return str(replace(time_of(repeat.when), start=start, end=start))


def _is_indefinite(context: TimeContext, time: TimeReference) -> bool:
    """Return whether a frequency is of a thing not yet known: "an annual report"."""
    view = context.view
    apart = view.text[: time.start].rstrip().endswith(",")  # "to finance, as of 2036, annual meetings"
    return apart or (view.before("article", time.start, 0) and not view.before("definite", time.start, 0))
