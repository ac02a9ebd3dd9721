"""Sessions that expressions name, as times: whose session it is, and whether it is past."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from app.model import TemporalExpression
from app.obligations.concepts import COMMITTING
from app.obligations.date_times import DateReader
from app.obligations.session_reference import (
    SessionReference,
    candidates,
    is_deferred_to,
    is_unknown_body,
    resolve_session,
)
from app.obligations.time_context import TimeContext, session_of
from app.obligations.time_reference import TimeKind, TimeReference

_FIRST_YEAR: Final = 1900
"""A higher number of a session is a year."""
_MOST_A_YEAR: Final = 3
"""A body that counts by years seldom holds more sessions in one."""
_NEAR_RANK: Final = 3
"""The rank of ``candidates`` up to which a body stands in the same clause."""
_OWN_RANK: Final = 4
"""The rank of ``candidates`` of the adopting body."""
_ENUMERATED: Final = 7
"""Characters between two sessions of one enumeration."""
_BODY_BESIDE: Final = 10
"""Characters between a body and its session."""


@dataclass(frozen=True, slots=True)
class SessionReader:
    """Reader of the sessions of a paragraph."""

    context: TimeContext
    dates: DateReader

    def read(self, x: TemporalExpression) -> None:
        """Add the time of a session of a number, or of the next or current session."""
        session = session_of(x)
        if session is None:
            return
        if session.number is not None:
            self.read_number(x, session.number)
        else:
            when, body = self._relative_token(x, session.relative)
            self._add(x, when, body, ())

    def read_number(self, x: TemporalExpression, number: int) -> None:
        """Add the time of session ``number``, which may be a year."""
        if x.rule == "session.year" or number > _FIRST_YEAR:
            self._read_year(x, number)
            return
        context = self.context
        found = resolve_session(context.view, x, number, context.named, context.sessions)
        own = found.body == context.named.adopting and not x.body
        if own and is_unknown_body(context.view, x, context.nouns, context.named):
            found = SessionReference("", None, past=False)
        if found.past:
            context.reject(x, "session.past")
        elif not found.token:
            context.reject(x, "time.cited" if x.cited else "session.body-unknown")
        elif self._is_over(x, number, found.body):
            context.reject(x, "time.cited" if x.cited else "session.past")
        else:
            self._add(x, found.token, found.body, found.others)

    def _read_year(self, x: TemporalExpression, year: int) -> None:
        """Add the session of a year, of the nearest body that counts by years.

        Without such a body, add the year as a date.
        """
        context = self.context
        for body, rank in candidates(context.view, x, context.named):
            if context.sessions.by_year(body) and rank <= _OWN_RANK and (token := context.sessions.token(body, year)):
                break
        else:
            self.dates.read(replace(x, value=str(year)))
            return
        if context.adopted and year < context.adopted.year:
            context.reject(x, "session.past")
        else:
            self._add(x, token, body, ())

    def _is_over(self, x: TemporalExpression, number: int, body: str | None) -> bool:
        """Return whether the words beside a session make it a past one, as far as is known."""
        context = self.context
        standing = context.sessions.standing(body) if body else None
        last = context.misread[-1].x if context.misread else None
        continues = last is not None and session_of(last) is not None and 0 <= x.start - last.end <= _ENUMERATED
        start = self._phrase_start(x)
        mentioned = context.view.clause(x.start).force not in COMMITTING and context.view.before("while", start, 3)
        past = x.cited or continues or mentioned or context.view.before("past", start, 3)
        return past and (standing is None or number <= standing)

    def token(self, x: TemporalExpression) -> str | None:
        """Return the session of an expression, as ``GA73``; None where its body is not known."""
        session = session_of(x)
        if session is None:
            return None
        if session.number is None:
            return self._relative_token(x, session.relative)[0] or None
        context = self.context
        return resolve_session(context.view, x, session.number, context.named, context.sessions).token or None

    def read_in_year(self, x: TemporalExpression, year: TemporalExpression) -> bool:
        """Add the session that its year names: "its first regular session of 1991".

        False, with nothing added, where the body does not count by years.
        """
        session = session_of(x)
        if session is None or not session.number or session.number > _MOST_A_YEAR:
            return False
        context = self.context
        number = int(year.value)
        found = resolve_session(context.view, x, number, context.named, context.sessions)
        if not found.token or found.body is None or not context.sessions.by_year(found.body):
            return False
        self.read_number(replace(x, end=year.end, value=f"session:{year.value}"), number)
        return True

    def _relative_token(self, x: TemporalExpression, word: str) -> tuple[str, str | None]:
        """Return the next or current session of the nearest body, and the body.

        ``word`` stands for a session that is not known, None for a body.
        """
        for body, rank in candidates(self.context.view, x, self.context.named):
            standing = self.context.sessions.standing(body)
            number = standing + (word == "next") if standing is not None else None
            token = self.context.sessions.token(body, number) if number is not None else None
            if token:
                return token, body
            if rank <= _NEAR_RANK:
                return word, body
        return word, None

    def _phrase_start(self, x: TemporalExpression) -> int:
        """Return where the words of a session begin, with the body right before it."""
        bodies = [m for m in self.context.view.mentions if m.key("bodies") and 0 <= x.start - m.end <= _BODY_BESIDE]
        return bodies[-1].start if bodies else x.start

    def _add(self, x: TemporalExpression, token: str, body: str | None, others: tuple[str, ...]) -> None:
        context = self.context
        when = f"{token}/{x.part}" if x.part and "/" not in token else token
        if is_deferred_to(context.view, x):
            pass  # "to defer consideration of the item until its ninety-second session": it is taken up at that session
        elif x.modifier in ("by", "before", "until") or context.view.before("due", x.start, 1):
            when = f"../{when}"
        elif x.modifier == "from":
            when = f"{when}/.."
        standing = context.sessions.standing(body) if body else None
        current = standing is not None and context.sessions.token(body or "", standing) in (when, when.split("/")[0])
        context.times.append(
            TimeReference(
                x.start,
                x.end,
                when,
                TimeKind.SESSION,
                x.rule,
                x.value,
                body,
                known=standing is not None,
                current=current,
                alternatives=others,
            )
        )
