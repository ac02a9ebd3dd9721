"""Two neighbouring expressions that state one time: "two years from 1 May", "annually by 30 April"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app.model import Relation, TemporalExpression, TimexType
from app.obligations.session_reference import resolve_session
from app.obligations.single_times import SingleReader
from app.obligations.spans import is_date, time_of
from app.obligations.time_context import DUE_MODIFIERS, TimeContext, session_of
from app.obligations.time_reference import TimeKind

_LONGEST_GAP: Final = 60
"""Characters between two expressions of one time, at most."""
_CLOSE: Final = 24
"""Characters between two expressions that are close."""
_FOLLOWED: Final = 44
"""Characters between the first and the last day of what lasts: "and up to the day preceding"."""
_SESSION_DATE: Final = 12
"""Characters between a session and its date."""
_SESSION_YEAR: Final = 5
"""Characters between a session and its year."""
_NEXT_WORD: Final = 40
"""Characters from an expression to the action, or the next expression, that belongs to it."""
_BESIDE_LENGTH: Final = 5
"""Characters between a meeting and its length: a blank and a preposition."""


@dataclass(frozen=True, slots=True)
class PairReader:
    """Reader of pairs of neighbouring expressions of a paragraph, ``x`` before ``y``."""

    context: TimeContext
    single: SingleReader

    def read(self, x: TemporalExpression, y: TemporalExpression) -> bool:
        """Add the one time of two neighbours.

        Return False, with nothing added, where they are two times.
        """
        gap = self.context.view.text[x.end : y.start]
        if len(gap) > _LONGEST_GAP or any(stop in gap for stop in ";。；؛"):
            return False
        if x.type is TimexType.DURATION:
            return self._read_after_length(x, y, gap)
        if x.type is TimexType.SET:
            return y.type is TimexType.DATE and _recurs(x) and self._read_frequency(x, y)
        if session_of(x) is not None and self._read_session_date(x, y, gap):
            return True
        if y.type is TimexType.DURATION:
            return self._read_start_and_length(x, y, gap)
        if y.type is TimexType.SET and x.type is TimexType.DATE and _recurs(y) and len(gap) <= _CLOSE:
            if x.modifier == "from" or y.modifier == "after":
                return self._add_frequency(x, y, y.value, start=x)
            return self._add_yearly(y, x)
        return self._read_first_and_last(x, y, gap)

    # --- a length first ---------------------------------------------------------------------------------------------

    def _read_after_length(self, x: TemporalExpression, y: TemporalExpression, gap: str) -> bool:
        """Read a length and what it counts from, what begins then, or its last day."""
        context = self.context
        if y.modifier == "from" and is_date(y.value) and self._is_meeting_length(x):
            context.add_pair(x, y, f"{y.value}+{x.value}", TimeKind.LENGTH, "length.from-day")
            return True
        if x.modifier in ("before", "after") and len(gap) <= _CLOSE and "," not in gap and self._add_offset(x, y):
            return True
        if x.modifier == "for" and y.modifier == "from" and len(gap) <= _CLOSE and session_of(y) is not None:
            first = self._start_notation(y)
            if first:
                context.add_pair(x, y, f"{first}+{x.value}", TimeKind.LENGTH, "length.from-session")
                return True
        if y.type is TimexType.DATE:
            lasts = y.modifier == "until" or (x.modifier == "for" and y.modifier in DUE_MODIFIERS)
            if lasts and len(gap) <= _CLOSE and not context.view.within(x.end, y.start, "verbs"):
                context.reject(x, "time.restated")
                self.single.read(y)
                return True
            return y.modifier == "from" and is_date(y.value) and self._read_length_from(x, y)
        if y.type is TimexType.SET and y.modifier == "after" and _recurs(y):
            counted = self.single.lengths.counted(x)
            if counted:
                context.add_pair(x, y, f"{counted};{y.value}", TimeKind.REPEAT, "repeat.thereafter")
                return True
        return False

    def _read_length_from(self, x: TemporalExpression, y: TemporalExpression) -> bool:
        """Read a length that begins on a day: "for two years from 1 May 2036"."""
        if x.modifier in ("before", "after"):
            return False  # "two months before the Conference scheduled to begin on 6 September"
        if x.modifier in ("within", "by"):
            return self._add_shifted_day(x, y, 1, "../")
        self.context.add_pair(x, y, f"{y.value}+{x.value}", TimeKind.LENGTH, "length.from-day")
        return True

    def _is_meeting_length(self, x: TemporalExpression) -> bool:
        """Return whether a length of days is that of the meeting before it.

        "Une conférence de trois jours".
        """
        return x.value.endswith("D") and any(
            m.key("actions") == "the-meeting" and 0 <= x.start - m.end <= _BESIDE_LENGTH
            for m in self.context.view.mentions
        )

    def _add_offset(self, x: TemporalExpression, y: TemporalExpression) -> bool:
        """Add a length before or after a date or session: "two months before its session"."""
        anchor = self._start_notation(y)
        if not anchor or not (session_of(y) is not None or is_date(y.value)):
            return False
        sign = -1 if x.modifier == "before" else 1
        if is_date(anchor) and self._add_shifted_day(x, y, sign):
            return True
        when = f"{anchor}{'+' if sign > 0 else '-'}{x.value}"
        self.context.add_pair(x, y, when, TimeKind.OFFSET, "offset.from-time")
        return True

    def _add_shifted_day(self, x: TemporalExpression, y: TemporalExpression, sign: int, open_start: str = "") -> bool:
        """Add the day that the calendar gives for "three months after 30 November 2026".

        Return False where it gives none.
        """
        day, length = time_of(y.value), time_of(x.value).length
        if length is None or not day.is_day:
            return False
        kind = TimeKind.BY if open_start else TimeKind.OFFSET
        self.context.add_pair(x, y, f"{open_start}{day.shifted(length, sign)}", kind, "offset.from-time")
        return True

    # --- a frequency ------------------------------------------------------------------------------------------------

    def _read_frequency(self, x: TemporalExpression, y: TemporalExpression) -> bool:
        """Read a frequency and its start, or the day of each year."""
        if y.modifier in ("from", "after"):
            return self._add_frequency(x, y, x.value, start=y)
        return self._add_yearly(x, y)

    def _add_frequency(
        self, x: TemporalExpression, y: TemporalExpression, frequency: str, *, start: TemporalExpression
    ) -> bool:
        """Add a frequency with its first time: "every two years, starting in 2037"."""
        first = self._start_notation(start)
        if first is None:
            return False
        self.context.add_pair(x, y, f"{first};{frequency}", TimeKind.REPEAT, "repeat.anchored")
        return True

    def _add_yearly(self, frequency: TemporalExpression, day: TemporalExpression) -> bool:
        """Add the day of each year: "annually by 30 April", "on 26 September every year"."""
        time = time_of(day.value)
        if frequency.value != "R/P1Y" or not time.is_yearless or time.single is None:
            return False
        first, last = sorted((frequency, day), key=lambda x: x.start)
        self.context.add_pair(first, last, str(time.every_year()), TimeKind.YEARLY, "yearly.day")
        return True

    # --- a session or date first ------------------------------------------------------------------------------------

    def _read_session_date(self, x: TemporalExpression, y: TemporalExpression, gap: str) -> bool:
        """Read a session and its year or dates, of which one says enough."""
        context, session = self.context, session_of(x)
        if session is None:
            return False
        of_year = time_of(y.value).is_year and len(gap) <= _SESSION_YEAR and not y.modifier
        if of_year and self.single.sessions.read_in_year(x, y):
            return True
        if not is_date(y.value.partition("/")[0]) or len(gap) > _SESSION_DATE or y.rule == "session.year":
            return False
        if session.number is None:
            # "its next session from 20 to 28 February": the days say more.
            self.single.read(y)
            return True
        if y.value.count("-") < 2 and not y.modifier:
            # "its sixty-ninth session, in March 2025": the session says enough, where its body is known.
            found = resolve_session(context.view, x, session.number, context.named, context.sessions)
            opens = session.number == 1 and context.sessions.standing(found.body or "") is None
            self.single.read(x if found.token and not opens else y)
            return True
        return False

    def _read_start_and_length(self, x: TemporalExpression, y: TemporalExpression, gap: str) -> bool:
        """Read a first day and how long it lasts from then: "from 1 May 2036 for two years"."""
        starts = x.type is TimexType.DATE and x.modifier == "from" and y.modifier == "for"
        if not starts or not is_date(x.value) or len(gap) > _FOLLOWED:
            return False
        self.context.add_pair(x, y, f"{x.value}+{y.value}", TimeKind.LENGTH, "length.from-day")
        return True

    def _read_first_and_last(self, x: TemporalExpression, y: TemporalExpression, gap: str) -> bool:
        """Read a first and a last day: "from 1 May until 31 July 2036"."""
        if x.modifier != "from":
            return False
        if len(gap) <= _FOLLOWED and _lasts_until(x, y):
            last = time_of(y.value).related(Relation(y.modifier)).last_day
            self.context.add_pair(x, y, f"{x.value}/{last}", TimeKind.DATE, "date.from-until")
            return True
        if len(gap) <= _CLOSE and self._is_last_day(x, y):
            self.context.add_pair(x, y, f"{x.value}/{y.value}", TimeKind.DATE, "date.from-until")
            return True
        return False

    def is_restated(self, x: TemporalExpression, y: TemporalExpression, z: TemporalExpression) -> bool:
        """Return whether ``y`` and ``z`` are the first and last day of the length ``x``.

        "A three-year term beginning on 1 January 2037 and ending on 31 December 2039".
        """
        near = y.start - x.end <= _NEXT_WORD and z.start - y.end <= _NEXT_WORD
        length_from = x.type is TimexType.DURATION and x.modifier == "for" and y.modifier == "from"
        return near and length_from and self._is_last_day(y, z)

    def _is_last_day(self, x: TemporalExpression, y: TemporalExpression) -> bool:
        """Return whether ``y`` is the last day of what begins on ``x``."""
        after = self.context.view.within(y.end, y.end + _NEXT_WORD, "actions")
        closes = y.modifier == "by" and bool(after) and after[0].key("actions") == "end" and after[0].start - y.end <= 2
        return bool(is_date(x.value) and is_date(y.value)) and (y.modifier == "until" or closes)

    def _start_notation(self, x: TemporalExpression) -> str | None:
        """Return the notation of a date or of a session of a known body; None of any other time."""
        if session_of(x) is not None:
            return self.single.sessions.token(x)
        return x.value if is_date(x.value) else None


def _lasts_until(x: TemporalExpression, y: TemporalExpression) -> bool:
    """Return whether ``x`` is the first day of what lasts until ``y``, which does not count."""
    first, last = time_of(x.value), time_of(y.value)
    return y.modifier == "until-excluding" and first.is_day and last.is_day and first < last


def _recurs(x: TemporalExpression) -> bool:
    """Return whether a frequency is more than the adjective "annual"."""
    return x.value.startswith("R/P") and not x.rule.endswith(".annual")
