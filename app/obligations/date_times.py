"""Days, months, years and spans that expressions state, as times."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from app.model import Relation, TemporalExpression, When
from app.obligations.session_reference import is_deferred_to
from app.obligations.spans import in_year_after, is_date, span_of, time_of
from app.obligations.time_context import DUE_MODIFIERS, START_MODIFIERS, TimeContext
from app.obligations.time_reference import TimeKind, TimeReference

_LISTED: Final = 8
"""Characters between two years of one list."""
_BRACKET: Final = 16
"""Characters of a short bracket that is part of a name."""


@dataclass(frozen=True, slots=True)
class DateReader:
    """Reader of the dates of a paragraph."""

    context: TimeContext

    def read(self, x: TemporalExpression) -> None:
        """Add the time of a date; reject one that is past, cited, or no date of the calendar."""
        context = self.context
        if _lacks_year(x.value):
            self._read_yearless(x)
            return
        first, last = span_of(x.value)
        if first is None or last is None:
            context.reject(x, "date.unreadable")
            return
        if context.adopted and (last < context.adopted or (last == context.adopted and not x.modifier)):
            context.reject(x, "time.past")
            return
        if x.modifier == "since" or (x.cited and (context.adopted is None or first <= context.adopted)):
            context.reject(x, "time.cited" if x.cited else "time.past")
            return
        due = x.modifier in DUE_MODIFIERS or self._is_due(x) or self._is_extended_to(x)
        relation = x.modifier or ("by" if due else "")
        time = TimeReference(x.start, x.end, x.value, TimeKind.DATE, x.rule, x.value, relation=relation, doubt=x.doubt)
        if due:
            context.times.append(_until(time, x, last))
        elif x.modifier not in START_MODIFIERS:
            context.times.append(replace(time, passing=self._qualifies_name(x)))
        elif last >= (context.adopted or date.min):
            when = When.parse(x.value).related(Relation(x.modifier))
            context.times.append(replace(time, when=str(when), shape=TimeKind.FROM))
        else:
            context.reject(x, "time.past")

    def _read_yearless(self, x: TemporalExpression) -> None:
        """Add a day, month or span without a year, as of each year.

        The days of the first year after the adoption are its other reading.
        """
        context = self.context
        if x.cited or x.modifier == "since":
            context.reject(x, "time.cited" if x.cited else "time.past")
            return
        try:
            yearly = str(time_of(x.value).every_year())
        except ValueError:
            context.reject(x, "date.unreadable")
            return
        dated = in_year_after(x.value, context.adopted) if context.adopted else None
        if dated and (x.modifier in DUE_MODIFIERS or self._is_due(x)):
            dated = f"../{span_of(dated)[1]}"
        elif dated and x.modifier in START_MODIFIERS:
            dated = None
        context.times.append(
            TimeReference(x.start, x.end, yearly, TimeKind.YEARLY, x.rule, x.value, passing=True, yearless=dated or "")
        )

    def _qualifies_name(self, x: TemporalExpression) -> bool:
        """Return whether a year or span of years is only part of a name."""
        view = self.context.view
        if not time_of(x.value).is_year and "/" not in x.value:
            return False
        last = self.context.times[-1] if self.context.times else None
        if last is not None and x.rule == last.rule == "year.years" and x.start - last.end <= _LISTED:
            return last.passing  # "in 2035, 2036 and 2037"
        named = view.finder.has("in") and not view.before("in", x.start, 0)
        bare = x.rule.startswith("year") and x.rule != "year.said"
        return (bare and not x.modifier and named) or self._is_bracketed(x)

    def _is_bracketed(self, x: TemporalExpression) -> bool:
        """Return whether a year ends a short bracket, as in "the programme (ESD for 2030)"."""
        text = self.context.view.text
        return text[x.end : x.end + 1] == ")" and "(" in text[max(0, x.start - _BRACKET) : x.start]

    def _is_extended_to(self, x: TemporalExpression) -> bool:
        """Return whether something lasts to the day: "extends its mandate to 31 May 2036".

        A meeting that is put off to a day is held on it.
        """
        view = self.context.view
        if x.modifier or not time_of(x.value).is_day or not view.before("till", x.start, 0):
            return False
        return not is_deferred_to(view, x)

    def _is_due(self, x: TemporalExpression) -> bool:
        """Return whether the words before a date make it a last day."""
        return x.modifier in ("", "mid", "start") and "/" not in x.value and self.context.view.before("due", x.start, 1)


def _lacks_year(value: str) -> bool:
    start = time_of(value).start
    first = start.calendar_date if start is not None else None
    return first is not None and first.year is None


def _until(time: TimeReference, x: TemporalExpression, last: date) -> TimeReference:
    """Return ``time`` as a last day; ``last`` is the last day of the date of ``x``."""
    until = x.modifier in ("until", "end") and x.rule.startswith("date") and is_date(x.value)
    value = When.parse(x.value)
    # "Before 31 May" is written as due by 31 May, as the field reads it; of a month or year it is the eve.
    exact = time.relation not in DUE_MODIFIERS or (time.relation == "before" and value.is_day)
    last_day = value.related(Relation.BY if exact else Relation(time.relation)).last_day or last
    return replace(time, when=f"../{last_day}", shape=TimeKind.BY, until=until)
