"""Single time expressions as times, each by the reader of its sort."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app.model import TO_BE_DECIDED, TemporalExpression, TimexType
from app.obligations.date_times import DateReader
from app.obligations.length_times import LengthReader
from app.obligations.session_times import SessionReader
from app.obligations.time_context import TimeContext, session_of
from app.obligations.time_reference import TimeKind

_REPAIRED: Final = frozenset({"day.glued"})
"""The doubts of a time that was repaired and is shown with low confidence; a time with any other doubt is rejected."""


@dataclass(frozen=True, slots=True)
class SingleReader:
    """Reader of single expressions."""

    context: TimeContext
    sessions: SessionReader
    dates: DateReader
    lengths: LengthReader

    @classmethod
    def of(cls, context: TimeContext) -> SingleReader:
        """Return a reader for a paragraph, with its readers of each sort."""
        dates = DateReader(context)
        return cls(context, SessionReader(context, dates), dates, LengthReader(context))

    def read(self, x: TemporalExpression) -> None:
        """Add the time of an expression to the context, or the reason why it becomes none."""
        if x.doubt and x.doubt not in _REPAIRED:
            self.context.reject(x, x.doubt)
        elif x.value == TO_BE_DECIDED:
            self.context.add(x, x.value, TimeKind.OPEN)
        elif session_of(x) is not None:
            self.sessions.read(x)
        elif x.rule == "session.year":
            self.sessions.read_number(x, int(x.value))
        elif x.type is TimexType.DURATION:
            self.lengths.read_duration(x)
        elif x.type is TimexType.SET:
            self.lengths.read_frequency(x)
        else:
            self.dates.read(x)
