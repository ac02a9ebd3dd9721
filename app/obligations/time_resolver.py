"""From time expressions to times: modifiers, neighbours and anchors made into one notation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from app.model import TO_BE_DECIDED, Relation, TemporalExpression, TimexType, When
from app.obligations.clauses import AnalyzedParagraph
from app.obligations.concepts import COMMITTING
from app.obligations.session_reference import (
    BodyContext,
    SessionReference,
    Sessions,
    candidates,
    is_deferred_to,
    is_past_session,
    is_unknown_body,
    resolve_session,
)
from app.obligations.spans import in_year_after, is_date, span_of
from app.obligations.time_reference import RejectedTime, TimeKind, TimeReference

_YEARLY: Final = re.compile(r"XXXX-(\d\d)(?:-(\d\d))?\Z")
_BREATH: Final = 40
_SESSION: Final = re.compile(r"session:(?:(\d{1,4})|(next|current))\Z")
_YEAR: Final = re.compile(r"\d{4}\Z")
_WHOLE: Final = re.compile(r"\d{4}-\d\d-\d\d\Z")
_FIRST: Final = 3
"""A body that counts by years seldom holds more sessions in one."""
_FOLLOWS: Final = 28
_IN_ONE_BREATH: Final = 7
_BEFORE: Final = 12
"""How far from a length of time the word stands that says it is over: "the last ten years"."""
_APART: Final = 420
_ADJECTIVES: Final = (".annual", ".biennial", ".triennial", ".quadrennial", ".quinquennial", ".rate")
"""Rules of frequencies that only qualify a thing, or a sum: they need a reason to count."""
_REPAIRED: Final = frozenset({"day.glued"})
"""The doubts of a time that was repaired and is shown with low confidence; of others nothing is made."""
_FOLLOWED: Final = 44
"""Characters between the first and the last day of what lasts: "and up to the day preceding"."""
_BESIDE_LENGTH: Final = 5
"""Characters between a meeting and its length: a blank and a preposition."""
_BRACKET: Final = 16
_BY: Final = frozenset({"by", "before", "until", "until-excluding", "end"})
_FROM: Final = frozenset({"from", "after", "not-before"})
_BOUNDS: Final = frozenset({"by", "before", "until", "until-excluding", "end"})
"""The relations of which the bound is worked out: "before 2028" is until 31 December 2027."""


@dataclass(slots=True)
class TimeResolver:
    """Reads the expressions of one paragraph; ``adopted`` is the day of adoption."""

    view: AnalyzedParagraph
    named: BodyContext
    sessions: Sessions
    adopted: date | None
    times: list[TimeReference]
    misread: list[RejectedTime]
    nouns: Sequence[tuple[int, int]] = ()
    """Where nouns of bodies stand ("committee"), known or not."""

    def read(self, expressions: Sequence[TemporalExpression]) -> None:
        """Fills ``times`` and ``misread``."""
        left = [replace(x, modifier=self._implied(x)) if not x.modifier else x for x in expressions]
        left = self._shared(left)
        while left:
            x = left.pop(0)
            follower = left[0] if left else None
            gap = self.view.text[x.end : follower.start] if follower else ""
            if follower and is_past_session(self.view, x, follower, self.adopted):
                self.misread.append(RejectedTime(x, ""))
                continue
            if follower and len(left) > 1 and self._measured(x, follower, left[1]):
                self.misread.append(RejectedTime(x, ""))
                continue
            if follower and self._joined(x, follower, gap):
                left.pop(0)
                continue
            self._one(x)
        self._begun()

    def _begun(self) -> None:
        """A frequency and the time it starts from, apart in one clause: one time."""
        for first in [time for time in self.times if time.when.endswith("/..")]:
            clause = self.view.clause(first.start)
            yearly = [t for t in self.times if t.when.startswith("R/--") and clause.start <= t.start < clause.end]
            if len(yearly) == 1 and first in self.times:
                begin = first.when.removesuffix("/..")
                self.times[self.times.index(yearly[0])] = replace(yearly[0], when=f"{begin};{yearly[0].when}")
                self.times.remove(first)
                continue
            repeats = [
                time
                for time in self.times
                if time.when.startswith("R/P")
                and clause.start <= time.start < clause.end
                and abs(time.start - first.start) <= _APART
            ]
            plain = [time for time in repeats if not time.passing or self._indefinite(time)]
            if plain:
                when = f"{first.when.removesuffix('/..')};{plain[-1].when}"
                named = replace(plain[-1], when=when) if plain[-1].passing else replace(first, when=when)
                self.times[self.times.index(first)] = replace(named, shape=TimeKind.REPEAT)
                self.times[:] = [t for t in self.times if t not in repeats or t.when != plain[-1].when]

    def _indefinite(self, time: TimeReference) -> bool:
        """ "an annual report": one that is not yet known."""
        apart = self.view.text[: time.start].rstrip().endswith(",")  # "to finance, as of 2036, annual meetings"
        return apart or (self.view.before("article", time.start, 0) and not self.view.before("definite", time.start, 0))

    def _implied(self, x: TemporalExpression) -> str:
        """The modifier that this room's own cues give a time."""
        if x.type is TimexType.DATE and self.view.before("start", x.start, 1):
            return "from"
        return "by" if _SESSION.match(x.value) and self.view.before("due", x.start, 1) else ""

    def _shared(self, expressions: Sequence[TemporalExpression]) -> list[TemporalExpression]:
        """Expressions in which those joined by a word have the modifier of the first: "by 4 July and 3 January"."""
        out: list[TemporalExpression] = []
        for x in expressions:
            if out and not x.modifier and x.type is TimexType.DATE and out[-1].type is TimexType.DATE:
                gap = self.view.text[out[-1].end : x.start]
                if _SESSION.match(out[-1].value) and not _SESSION.match(x.value):
                    out.append(x)  # "until the fifty-ninth session, in 2028"
                    continue
                if len(gap) <= 6 and out[-1].modifier in ("by", "before", "until"):
                    out.append(replace(x, modifier=out[-1].modifier))
                    continue
            out.append(x)
        return out

    def _joined(self, x: TemporalExpression, y: TemporalExpression, gap: str) -> bool:
        """Two neighbours that say one time: taken together."""
        if len(gap) > 60 or any(stop in gap for stop in ";。；؛"):
            return False
        close = len(gap) <= 24
        session = _SESSION.match(x.value)
        if session and _YEAR.match(y.value) and len(gap) <= 5 and not y.modifier and self._yearly_session(x, y):
            return True
        near = close and "," not in gap
        if y.modifier == "from" and x.type is TimexType.DURATION and is_date(y.value) and self._is_length(x):
            self._add(x, y, f"{y.value}+{x.value}", TimeKind.LENGTH, "length.from-day")
            return True
        if x.type is TimexType.DURATION and x.modifier in ("before", "after", "within") and near:
            anchor = self._plain(y)
            if anchor and (_SESSION.match(y.value) or is_date(y.value)) and x.modifier != "within":
                sign = "-" if x.modifier == "before" else "+"
                if is_date(anchor) and self._shifted(x, y, 1 if sign == "+" else -1):
                    return True
                self._add(x, y, f"{anchor}{sign}{x.value}", TimeKind.OFFSET, "offset.from-time")
                return True
        if session and is_date(y.value.partition("/")[0]) and len(gap) <= 12 and y.rule != "session.year":
            if session[2]:
                # "its next session from 20 to 28 February": the days say more.
                self._one(y)
                return True
            if y.value.count("-") < 2 and not y.modifier:
                # "its sixty-ninth session, in March 2025": the session says enough, where its body is known.
                self._one(x if resolve_session(self.view, x, int(session[1]), self.named, self.sessions).token else y)
                return True
        lasts = y.modifier == "until" or (x.modifier == "for" and y.modifier in _BY)
        if x.type is TimexType.DURATION and y.type is TimexType.DATE and lasts and close:
            self.misread.append(RejectedTime(x, ""))
            self._one(y)
            return True
        if x.type is TimexType.DURATION and y.type is TimexType.DATE and y.modifier == "from" and is_date(y.value):
            if x.modifier in ("before", "after"):
                return False  # "two months before the Conference scheduled to begin on 6 September"
            if x.modifier in ("within", "by"):
                return self._shifted(x, y, 1, "../")
            self._add(x, y, f"{y.value}+{x.value}", TimeKind.LENGTH, "length.from-day")
            return True
        if x.type is TimexType.DATE and x.modifier == "from" and y.type is TimexType.DURATION and y.modifier == "for":
            if is_date(x.value) and close:
                self._add(x, y, f"{x.value}+{y.value}", TimeKind.LENGTH, "length.from-day")
                return True
            return False
        if x.type is TimexType.SET and y.type is TimexType.DATE and self._repeats(x):
            return self._anchored(x, y, x.value) if y.modifier in ("from", "after") else self._on(x, y)
        if y.type is TimexType.SET and x.type is TimexType.DATE and self._repeats(y) and close:
            if x.modifier == "from" or y.modifier == "after":
                return self._anchored(x, y, y.value, first=x)
            return self._on(y, x)
        if y.type is TimexType.SET and x.type is TimexType.DURATION and y.modifier == "after" and self._repeats(y):
            counted = self._counted(x)
            if counted:
                self._add(x, y, f"{counted};{y.value}", TimeKind.REPEAT, "repeat.thereafter")
                return True
        if x.modifier == "from" and len(gap) <= _FOLLOWED and self._lasts(x, y):
            last = When.parse(y.value).related(Relation(y.modifier)).last_day
            self._add(x, y, f"{x.value}/{last}", TimeKind.DATE, "date.from-until")
            return True
        if close and x.modifier == "from" and self._ends(x, y):
            self._add(x, y, f"{x.value}/{y.value}", TimeKind.DATE, "date.from-until")
            return True
        return False

    def _is_length(self, x: TemporalExpression) -> bool:
        """ "une conférence de trois jours": a length of days right after the meeting that lasts so long."""
        return x.value.endswith("D") and any(
            m.key("actions") == "the-meeting" and 0 <= x.start - m.end <= _BESIDE_LENGTH for m in self.view.mentions
        )

    def _shifted(self, x: TemporalExpression, y: TemporalExpression, sign: int, open_: str = "") -> bool:
        """ "three months after 30 November 2026": the day that the calendar gives; False where it gives none."""
        day, length = When.try_parse(y.value), When.try_parse(x.value)
        if day is None or length is None or length.length is None or not day.is_day:
            return False
        shape = TimeKind.BY if open_ else TimeKind.OFFSET
        self._add(x, y, f"{open_}{day.shifted(length.length, sign)}", shape, "offset.from-time")
        return True

    @staticmethod
    def _lasts(x: TemporalExpression, y: TemporalExpression) -> bool:
        """Whether one day is the first of what lasts until the other, which does not count."""
        first, last = When.try_parse(x.value), When.try_parse(y.value)
        if y.modifier != "until-excluding" or first is None or last is None or not (first.is_day and last.is_day):
            return False
        return first < last

    def _measured(self, x: TemporalExpression, y: TemporalExpression, z: TemporalExpression) -> bool:
        """ "a three-year term beginning on 1 January 2037 and ending on 31 December 2039": the two days say it all."""
        near = y.start - x.end <= _BREATH and z.start - y.end <= _BREATH
        return (
            near and x.type is TimexType.DURATION and x.modifier == "for" and y.modifier == "from" and self._ends(y, z)
        )

    def _ends(self, x: TemporalExpression, y: TemporalExpression) -> bool:
        """Whether ``y`` is the last day of what begins on ``x``."""
        after = self.view.within(y.end, y.end + _BREATH, "actions")
        closes = y.modifier == "by" and bool(after) and after[0].key("actions") == "end" and after[0].start - y.end <= 2
        return bool(is_date(x.value) and is_date(y.value)) and (y.modifier == "until" or closes)

    @staticmethod
    def _repeats(x: TemporalExpression) -> bool:
        return x.value.startswith("R/P") and not x.rule.endswith(".annual")

    def _yearly_session(self, x: TemporalExpression, y: TemporalExpression) -> bool:
        """ "its first regular session of 1991": the year names the session where the body counts by years."""
        session = _SESSION.match(x.value)
        if session is None or not session[1] or int(session[1]) > _FIRST:
            return False
        found = resolve_session(self.view, x, int(y.value), self.named, self.sessions)
        if not found.token or found.body is None or not self.sessions.by_year(found.body):
            return False
        self._session(replace(x, end=y.end, value=f"session:{y.value}"), int(y.value))
        return True

    def _anchored(
        self, x: TemporalExpression, y: TemporalExpression, repeat: str, first: TemporalExpression | None = None
    ) -> bool:
        start = self._plain(first or y)
        if start is None:
            return False
        self._add(x, y, f"{start};{repeat}", TimeKind.REPEAT, "repeat.anchored")
        return True

    def _on(self, repeat: TemporalExpression, day: TemporalExpression) -> bool:
        """ "annually by 30 April", "on 26 September every year": the day of each year."""
        yearly = _YEARLY.match(day.value)
        if repeat.value != "R/P1Y" or not yearly:
            return False
        when = f"R/--{yearly[1]}" + (f"-{yearly[2]}" if yearly[2] else "")
        first, last = sorted((repeat, day), key=lambda e: e.start)
        self._add(first, last, when, TimeKind.YEARLY, "yearly.day")
        return True

    def _plain(self, x: TemporalExpression) -> str | None:
        """The value alone, a session named; None where that cannot be done."""
        session = _SESSION.match(x.value)
        if not session:
            return x.value if is_date(x.value) else None
        if session[1]:
            return resolve_session(self.view, x, int(session[1]), self.named, self.sessions).token or None
        return self._relative(x, session[2])[0] or None

    def _relative(self, x: TemporalExpression, word: str) -> tuple[str, str | None]:
        for body, rank in candidates(self.view, x, self.named):
            standing = self.sessions.standing(body)
            token = self.sessions.token(body, standing + (word == "next")) if standing is not None else None
            if token:
                return token, body
            if rank <= 3:
                return word, body
        return word, None

    def _add(self, x: TemporalExpression, y: TemporalExpression, when: str, shape: TimeKind, rule: str) -> None:
        self.times.append(TimeReference(x.start, max(x.end, y.end), when, shape, rule, x.value))

    def _one(self, x: TemporalExpression) -> None:
        if x.doubt and x.doubt not in _REPAIRED:
            self.misread.append(RejectedTime(x, x.doubt))
            return
        if x.value == TO_BE_DECIDED:
            self.times.append(TimeReference(x.start, x.end, x.value, TimeKind.OPEN, x.rule, x.value))
        elif session := _SESSION.match(x.value):
            if session[1]:
                self._session(x, int(session[1]))
            else:
                when, body = self._relative(x, session[2])
                self._placed_session(x, when, body, ())
        elif x.rule == "session.year":
            self._session(x, int(x.value))
        elif x.type is TimexType.DURATION:
            self._duration(x)
        elif x.type is TimexType.SET:
            self._repeat(x)
        else:
            self._date(x)

    def _session(self, x: TemporalExpression, number: int) -> None:
        if x.rule == "session.year" or number > 1900:
            found = next(
                (
                    (token, body)
                    for body, rank in self._bodies(x)
                    if self.sessions.by_year(body) and rank <= 4 and (token := self.sessions.token(body, number))
                ),
                None,
            )
            if found is None:
                self._date(replace(x, value=str(number)))
            elif self.adopted and number < self.adopted.year:
                self.misread.append(RejectedTime(x, ""))
            else:
                self._placed_session(x, found[0], found[1], ())
            return
        found_ = resolve_session(self.view, x, number, self.named, self.sessions)
        if found_.body == self.named.adopting and not x.body and is_unknown_body(self.view, x, self.nouns, self.named):
            found_ = SessionReference("", None, past=False)
        last = self.misread[-1].x if self.misread else None
        gone_on = last is not None and bool(_SESSION.match(last.value)) and 0 <= x.start - last.end <= _IN_ONE_BREATH
        if found_.past:
            self.misread.append(RejectedTime(x, ""))
        elif not found_.token:
            self.misread.append(RejectedTime(x, "" if x.cited else "session.body-unknown"))
        else:
            standing = self.sessions.standing(found_.body) if found_.body else None
            gone = x.cited or gone_on or self.view.before("past", self._phrase(x), 3)
            if gone and (standing is None or number <= standing):
                self.misread.append(RejectedTime(x, ""))
            else:
                self._placed_session(x, found_.token, found_.body, found_.others)

    def _bodies(self, x: TemporalExpression) -> list[tuple[str, int]]:
        return candidates(self.view, x, self.named)

    def _phrase(self, x: TemporalExpression) -> int:
        """Where the words that belong to a session begin: before the body that stands right before it."""
        near = [m for m in self.view.mentions if m.key("bodies") and 0 <= x.start - m.end <= 10]
        return near[-1].start if near else x.start

    def _placed_session(self, x: TemporalExpression, when: str, body: str | None, others: tuple[str, ...]) -> None:
        shape = TimeKind.SESSION
        if x.part and "/" not in when:
            when = f"{when}/{x.part}"
        if is_deferred_to(self.view, x):
            pass  # "to defer consideration of the item until its ninety-second session": it is taken up at that session
        elif x.modifier in ("by", "before", "until") or self.view.before("due", x.start, 1):
            when, shape = f"../{when}", TimeKind.SESSION
        elif x.modifier == "from":
            when = f"{when}/.."
        standing = self.sessions.standing(body) if body else None
        current = standing is not None and self.sessions.token(body or "", standing) in (when, when.split("/")[0])
        self.times.append(
            TimeReference(
                x.start,
                x.end,
                when,
                shape,
                x.rule,
                x.value,
                body,
                known=standing is not None,
                current=current,
                alternatives=others,
            )
        )

    def _counted(self, x: TemporalExpression) -> str | None:
        """A duration counted from its anchor; None where the words give none."""
        anchor = x.anchor or next((cue for cue in ("adoption", "expiry") if self._follows(cue, x.end)), "")
        back = x.modifier == "before" and anchor != "adoption"
        if anchor:
            return f"{anchor}{'-' if back else '+'}{x.value}"
        if x.rule == "offset":
            return f"event{'-' if back else '+'}{x.value}"
        within = x.modifier in ("within", "by")
        if within and self.view.finder.after("counted", self.view.text, x.end):
            return f"event+{x.value}"
        # "to be reviewed after three years": of what is to be, not of what has been.
        ahead = x.modifier == "after" and self.view.clause(x.start).force in COMMITTING
        return f"adoption+{x.value}" if within or ahead else None

    def _follows(self, cue: str, at: int) -> bool:
        """Whether a phrase of ``cue`` stands soon after ``at``, with no comma between."""
        return any(
            m.key("cues") == cue and 0 <= m.start - at <= _FOLLOWS and "," not in self.view.text[at : m.start]
            for m in self.view.mentions
        )

    def _duration(self, x: TemporalExpression) -> None:
        if self.view.finder.holds("gone", self.view.text[max(0, x.start - _BEFORE) : x.end + _BEFORE]):
            self.misread.append(RejectedTime(x, ""))
            return
        if x.rule.endswith(".adjective") and x.modifier in ("for", "until"):
            self.misread.append(RejectedTime(x, ""))  # "for the ten-year programme"
            return
        counted = self._counted(x)
        if counted is not None:
            shape = TimeKind.LENGTH if x.modifier in ("for", "until") else TimeKind.OFFSET
            self.times.append(TimeReference(x.start, x.end, counted, shape, x.rule, x.value))
        elif x.modifier in ("for", "until"):
            self.times.append(TimeReference(x.start, x.end, f"adoption+{x.value}", TimeKind.LENGTH, x.rule, x.value))
        else:
            self.misread.append(RejectedTime(x, ""))

    def _repeat(self, x: TemporalExpression) -> None:
        passing = x.rule.endswith(_ADJECTIVES) and x.modifier != "after"
        shape = TimeKind.YEARLY if x.value.startswith(("R/--", "R/FREQ")) else TimeKind.REPEAT
        self.times.append(TimeReference(x.start, x.end, x.value, shape, x.rule, x.value, passing=passing))

    def _yearless(self, x: TemporalExpression) -> None:
        """A day, month or span without a year: of each year, or of the year after the adoption."""
        first, slash, last = x.value.partition("/")
        if x.cited or x.modifier == "since" or not first.startswith("XXXX-") or (slash and not last):
            self.misread.append(RejectedTime(x, "" if x.cited or x.modifier == "since" else "date.unreadable"))
            return
        when = f"R/--{first[5:]}" + (f"/--{last[5:]}" if slash else "")
        dated = in_year_after(x.value, self.adopted) if self.adopted else None
        if dated and (x.modifier in _BY or self._due(x)):
            dated = f"../{span_of(dated)[1]}"
        elif dated and x.modifier in _FROM:
            dated = None
        self.times.append(
            TimeReference(x.start, x.end, when, TimeKind.YEARLY, x.rule, x.value, passing=True, yearless=dated or "")
        )

    def _bracketed(self, x: TemporalExpression) -> bool:
        """ "the programme (ESD for 2030)": a year that ends a short bracket is part of a name."""
        text = self.view.text
        return text[x.end : x.end + 1] == ")" and "(" in text[max(0, x.start - _BRACKET) : x.start]

    def _till(self, x: TemporalExpression) -> bool:
        """ "extends its mandate to 31 May 2036"; a meeting that is put off to a day is held on it."""
        if x.modifier or not _WHOLE.match(x.value) or not self.view.before("till", x.start, 0):
            return False
        return not is_deferred_to(self.view, x)

    def _due(self, x: TemporalExpression) -> bool:
        return x.modifier in ("", "mid", "start") and "/" not in x.value and self.view.before("due", x.start, 1)

    def _date(self, x: TemporalExpression) -> None:
        if x.value.startswith("XXXX"):
            self._yearless(x)
            return
        first, last = span_of(x.value)
        if first is None or last is None:
            self.misread.append(RejectedTime(x, "date.unreadable"))
            return
        if self.adopted and (last < self.adopted or (last == self.adopted and not x.modifier)):
            self.misread.append(RejectedTime(x, ""))
            return
        if x.modifier == "since" or (x.cited and (self.adopted is None or first <= self.adopted)):
            self.misread.append(RejectedTime(x, ""))
            return
        year = bool(_YEAR.match(x.value)) or "/" in x.value
        named = self.view.finder.has("in") and not self.view.before("in", x.start, 0)
        bare = x.rule.startswith("year") and x.rule != "year.said"
        passing = year and bare and not x.modifier and named
        passing = passing or (year and x.modifier not in _BY | _FROM and self._bracketed(x))
        due = x.modifier in _BY or self._due(x) or self._till(x)
        relation = x.modifier or ("by" if due else "")
        made = TimeReference(x.start, x.end, x.value, TimeKind.DATE, x.rule, x.value, relation=relation, doubt=x.doubt)
        if due:
            until = x.modifier in ("until", "end") and x.rule.startswith("date") and is_date(x.value)
            value = When.parse(x.value)
            # "Before 31 May" is written as due by 31 May, as the field reads it; of a month or year it is the eve.
            bound = Relation.BY if relation not in _BOUNDS or (relation == "before" and value.is_day) else relation
            last_day = value.related(Relation(bound)).last_day or last
            self.times.append(replace(made, when=f"../{last_day}", shape=TimeKind.BY, until=until))
        elif x.modifier in _FROM and last >= (self.adopted or date.min):
            when = When.parse(x.value).related(Relation(x.modifier))
            self.times.append(replace(made, when=str(when), shape=TimeKind.FROM))
        elif x.modifier in _FROM:
            self.misread.append(RejectedTime(x, ""))
        else:
            self.times.append(replace(made, passing=passing))
