"""An item of a paragraph: the act of a time with its bearer, addressees, place, hours and words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from app.languages.amendments import MANDATE, amending
from app.model import Kind, Language, Obligation, Paragraph
from app.obligations.classification import Classification
from app.obligations.clauses import AnalyzedParagraph, Clause
from app.obligations.concepts import ADDRESSED
from app.obligations.hours import hours_beside
from app.obligations.participants import addressees, bearer, place
from app.obligations.session_reference import BodyContext
from app.obligations.spans import time_of
from app.obligations.subject import subject
from app.obligations.time_reference import TimeReference

_BODY_BESIDE: Final = 10
"""Characters between a body and its session, which is quoted with it."""
_ACT_BEFORE: Final = 150
"""Characters from an act to its time that are quoted with both."""
_ACT_AFTER: Final = 60
"""Characters from a time to the act after it that are quoted with both."""
_OWNER_REACH: Final = 300
"""Characters after a time that are searched for what is extended."""
_OBJECT: Final = 16
"""So soon after the time the object of the verb begins."""
_STOP: Final = re.compile(r"[,;.()،؛，。；（]")


@dataclass(frozen=True, slots=True)
class ItemBuilder:
    """Builder of the items of one paragraph."""

    paragraph: Paragraph
    language: Language
    named: BodyContext

    def build(
        self, view: AnalyzedParagraph, time: TimeReference, act: Classification, times: Sequence[TimeReference]
    ) -> Obligation:
        """Return the item of ``act`` at ``time``; ``times`` are the times of the paragraph."""
        clause = view.clause(time.start)
        bears = self._bearer(view, clause)
        recipients: tuple[str, ...] = ()
        if act.kind is Kind.REPORT:
            recipients = tuple(slug for slug in addressees(view, clause, self.named, time, times) if slug != bears)
        first, last = self._quoted_span(view, time, act)
        hours = self._hours(time, times) if act.kind is Kind.MEETING and time_of(time.when).is_day else None
        if hours is not None:
            first, last = min(first, hours[0]), max(last, hours[1])
        about = subject(view, time, act)
        return Obligation(
            paragraph=self.paragraph.number,
            kind=act.kind,
            when=time.when,
            span=self.paragraph.reading.span(first, last),
            rule=f"{time.rule} {act.rule}",
            section=self.paragraph.section,
            letters=self.paragraph.letters,
            bearer=bears if act.kind is not Kind.OBSERVANCE else None,
            addressees=recipients,
            force=clause.force,
            action=act.action,
            place=place(view, clause, act.kind),
            subject=" ".join(view.text[slice(*about)].split()) if about else "",
            alternatives=time.alternatives,
            confidence="low" if time.doubt else act.confidence,
            hours=hours[2] if hours else "",
        )

    def _bearer(self, view: AnalyzedParagraph, clause: Clause) -> str | None:
        """Return the bearer of a clause; in a list, the one that its part names comes first."""
        if clause.listed is not None and clause.start > clause.head and clause.force in ADDRESSED:
            own = bearer(view, replace(clause, head=clause.start - 1), self.named)
            if own is not None:
                return own
        return bearer(view, clause, self.named)

    def _hours(self, time: TimeReference, times: Sequence[TimeReference]) -> tuple[int, int, str] | None:
        """Return place and times of day of a meeting on a day, or None."""
        days = [(other.start, other.end) for other in times if time_of(other.when).names_day]
        return hours_beside(self.paragraph.reading.text, time.start, time.end, days, self.language)

    def _quoted_span(self, view: AnalyzedParagraph, time: TimeReference, act: Classification) -> tuple[int, int]:
        """Return the span of the time with its body, and with the act where that is near."""
        first, last = time.start, time.end
        mention = act.mention
        bodies = [m for m in view.mentions if m.key("bodies") and 0 <= first - m.end <= _BODY_BESIDE]
        if bodies:
            first = max(0, bodies[-1].start)
        if mention is not None and mention.start >= 0:
            if mention.start < first and first - mention.start <= _ACT_BEFORE:
                first = mention.start
            if mention.end > last and mention.end - last <= _ACT_AFTER:
                last = mention.end
        if act.kind is Kind.MANDATE and act.action == "extend":
            last += self._owner_length(view.text[last : last + _OWNER_REACH])
        return first, last

    def _owner_length(self, rest: str) -> int:
        """Return how many characters of ``rest``, which follows a time, name what is extended.

        "Until 31 January the mandate of the Panel".
        """
        words = amending(self.language).find(rest)
        noun = next((start for start, _, key in words if key == MANDATE), _OWNER_REACH)
        stop = _STOP.search(rest)
        end = stop.start() if stop else len(rest)
        return len(rest[:end].rstrip()) if noun < min(end, _OBJECT) else 0
