"""Whose session is meant: the body of "its seventy-third session", and the session's name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Protocol

from app.model import TemporalExpression
from app.obligations.clauses import AnalyzedParagraph
from app.obligations.concepts import SHORT
from app.obligations.phrase_matcher import PhraseMatch, PhraseMatcher
from app.obligations.spans import span_of

_INQUIRIES: Final = frozenset({"commission-of-inquiry", "commission-on-human-rights-in-south-sudan"})
"""Commissions of the Human Rights Council, whose texts call them "the Commission"."""
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_AHEAD: Final = 16
"""So many sessions ahead a resolution may look; a higher number is of another body."""
_YEARS: Final = 1900
"""A lower number is no session of a body that counts by years, unless it still numbered them at the time."""
_AFTER: Final = 26
_NEAR: Final = 30
_HELD: Final = 160
_QUOTES: Final = frozenset(";«“„《”")
_ONE_WORD: Final = ("the-commission", "the-committee")
"""Short names of bodies that are one word in Arabic and in Chinese."""
_PLACE: Final = 7
"""Words that may tell where something was held, before they tell when."""
_OPENING: Final = 26
"""Words that may open a clause before its session: "At its seventieth session, the Commission should"."""


class Sessions(Protocol):
    """What the almanac knows of sessions, as far as this package asks."""

    def token(self, body: str, number: int) -> str | None:
        """Return the name of session ``number`` (or year) of ``body``, as ``GA73``.

        None for a body without numbered sessions.
        """

    def standing(self, body: str) -> int | None:
        """Return the session (or year) of ``body`` at the adoption; None where not known."""

    def by_year(self, body: str) -> bool:
        """Return whether ``body`` names its sessions by year."""


@dataclass(frozen=True, slots=True)
class SessionReference:
    """A session that a text names.

    ``token`` is empty where its body is not known; ``others`` are the readings for other bodies.
    """

    token: str
    body: str | None
    past: bool
    others: tuple[str, ...] = ()


@dataclass(slots=True)
class BodyContext:
    """The bodies named so far in an instrument: what a short name stands for.

    ``texts`` are the paragraphs up to the one being read; they are looked through only where a short name asks.
    """

    adopting: str | None
    finder: PhraseMatcher
    texts: list[str] = field(default_factory=list)
    _last: dict[str, tuple[int, str | None]] = field(default_factory=dict)
    """By short name: how many texts have been looked through for it, and the body last named there."""

    def names(self, body: str) -> bool:
        """Return whether a text up to the paragraph being read names ``body``."""
        return any(mention.key("bodies") == body for text in self.texts for mention in self.finder.find(text))

    def full(self, body: str) -> str | None:
        """Return the body that a slug stands for: itself, or what was named last.

        The latter where it is a short name.
        """
        if body == "adopting-body":
            return self.adopting
        if body not in SHORT:
            return body
        shorts = _ONE_WORD if body in _ONE_WORD and self.finder.language in ("ar", "zh") else (body,)
        full = {name for short in shorts for name in SHORT[short]}
        if self.adopting in full:
            return self.adopting
        if body == "the-commission" and self.adopting == "human-rights-council" and (inquiry := self._inquiry()):
            return inquiry
        read, last = self._last.get(body, (0, None))
        for text in reversed(self.texts[read:]):
            if any(self.finder.may_name(short, text) for short in shorts):
                keys = [key for mention in self.finder.find(text) if (key := mention.key("bodies")) in full]
                if keys:
                    last = keys[-1]
                    break
        self._last[body] = len(self.texts), last
        return last

    def _inquiry(self) -> str | None:
        """Return the Human Rights Council's own commission that was named last, or None."""
        read, last = self._last.get("inquiry", (0, None))
        for text in self.texts[read:]:
            for mention in self.finder.find(text):
                last = mention.key("actors") if mention.key("actors") in _INQUIRIES else last
        self._last["inquiry"] = len(self.texts), last
        return last


def candidates(view: AnalyzedParagraph, x: TemporalExpression, named: BodyContext) -> list[tuple[str, int]]:
    """Return the bodies whose session ``x`` may be, the likeliest first, each with its rank.

    >>> from app.obligations.clauses import analyze
    >>> from app.obligations.phrase_matcher import phrase_matcher
    >>> from app.model import TimexType
    >>> text = "Requests the General Assembly to consider the question at its ninety-first session"
    >>> view, named = analyze(text, phrase_matcher("en")), BodyContext(None, phrase_matcher("en"))
    >>> x = TemporalExpression(62, 82, "ninety-first session", TimexType.DATE, "session:91", "session")
    >>> candidates(view, x, named)
    [('general-assembly', 3)]
    """
    clause = view.clause(x.start)
    out: list[tuple[str, int]] = []
    if x.body:
        out.append((x.body, 0))
    bodies = [m for m in view.mentions if m.key("bodies")]
    after = next((m for m in bodies if 0 <= m.start - x.end <= _AFTER), None)
    before = [m for m in reversed(bodies) if m.end <= x.start + 1]
    near = [m for m in before if x.start - m.end <= _NEAR]
    opens = x.start - clause.start <= _OPENING
    if after and not near and (opens or not view.between(x.end, after.start).strip(" ").startswith((",", ";", "."))):
        out.append((after.key("bodies"), 1))
    out += [(m.key("bodies"), 2) for m in near]
    out += [(m.key("bodies"), 3) for m in before if m not in near and m.start >= clause.head]
    if named.adopting:
        out.append((named.adopting, 4))
    out += [(m.key("bodies"), 5) for m in before if m.start < clause.head]
    whole = [(named.full(body), rank) for body, rank in out]
    return list(dict.fromkeys((body, rank) for body, rank in whole if body))


def is_unknown_body(
    view: AnalyzedParagraph, x: TemporalExpression, nouns: Sequence[tuple[int, int]], named: BodyContext
) -> bool:
    """Return whether a session is of a body that is not known.

    "The Legal Committee … at its 114th session". ``nouns`` are where words like "committee" stand. The body is the one
    asked, or the one named right before.

    >>> from app.obligations.clauses import analyze
    >>> from app.obligations.phrase_matcher import phrase_matcher
    >>> from app.model import TimexType
    >>> view = analyze("Requests the Lamp Bureau to take note at its tenth session", phrase_matcher("en"))
    >>> x = TemporalExpression(45, 58, "tenth session", TimexType.DATE, "session:10", "session")
    >>> is_unknown_body(view, x, [(18, 24)], BodyContext(None, phrase_matcher("en")))
    True
    """
    clause = view.clause(x.start)
    bodies = [m for m in view.mentions if m.key("bodies") and not _in_longer_name(view, m)]
    free = [
        start
        for start, end in nouns
        if clause.head <= start and end <= x.start and not any(m.start <= start < m.end for m in bodies)
    ]
    if not free:
        return False
    acts = [m for m in view.mentions if is_act(m) and clause.head < m.start and m.end <= x.start]
    known = [m for m in bodies if free[-1] <= m.start and m.end <= x.start + 1 and x.start - m.end <= _NEAR]
    if known:
        return False
    between = [m for m in acts if m.start >= free[-1]]
    adopting = {named.adopting, "adopting-body"}
    if any(m.key("bodies") in adopting for m in bodies if free[-1] < m.start and m.end <= x.start):
        return False
    first = [m for m in acts if m.start < free[0]]
    return (not first) if between else x.start - free[-1] <= _HELD


def _in_longer_name(view: AnalyzedParagraph, match: PhraseMatch) -> bool:
    """Return whether a short name is the end of a longer one, in a script without blanks.

    "海洋环境保护委员会".
    """
    at = match.start
    if match.key("bodies") not in SHORT or at < 1 or not _HAN.match(view.text[at - 1]):
        return False
    beside = any(m.end == at for m in view.mentions)
    return not beside and not any(view.before(cue, at, 0) for cue in ("to", "joined", "by", "attributive"))


def is_act(match: PhraseMatch) -> bool:
    """Return whether a match names something done.

    >>> [is_act(PhraseMatch(0, 6, (("actions", key),))) for key in ("submit", "the-report")]
    [True, False]
    """
    return bool(match.key("actions")) and not match.key("actions").startswith("the-") and not match.key("verbs")


def by_year(body: str | None, sessions: Sessions) -> bool:
    """Return whether ``body`` is known to name its sessions by year.

    >>> class Numbered:
    ...     def token(self, body, number):
    ...         return f"GA{number}"
    ...     def standing(self, body):
    ...         return 90
    ...     def by_year(self, body):
    ...         return False
    >>> by_year("general-assembly", Numbered())
    False
    """
    return body is not None and sessions.by_year(body)


def resolve_session(
    view: AnalyzedParagraph, x: TemporalExpression, number: int, named: BodyContext, sessions: Sessions
) -> SessionReference:
    """Return the session that ``x`` names.

    It is of the nearest body that can have a session of that number at the time.

    >>> from app.obligations.clauses import analyze
    >>> from app.obligations.phrase_matcher import phrase_matcher
    >>> from app.model import TimexType
    >>> text = "Requests the General Assembly to consider the question at its ninety-first session"
    >>> view, named = analyze(text, phrase_matcher("en")), BodyContext(None, phrase_matcher("en"))
    >>> x = TemporalExpression(62, 82, "ninety-first session", TimexType.DATE, "session:91", "session")
    >>> class Numbered:
    ...     def token(self, body, number):
    ...         return f"GA{number}"
    ...     def standing(self, body):
    ...         return 90
    ...     def by_year(self, body):
    ...         return False
    >>> resolve_session(view, x, 91, named, Numbered()).token
    'GA91'
    """
    unsure: list[str] = []
    fitting: list[tuple[str, str]] = []
    past: str | None = None
    for body, rank in candidates(view, x, named):
        token = sessions.token(body, number)
        standing = sessions.standing(body)
        years = sessions.by_year(body) and (standing is None or standing >= _YEARS)
        if token is None or (years and number < _YEARS):
            continue
        if standing is None:
            if not sessions.by_year(body):
                unsure.append(body)
                if rank <= 2:
                    fitting.append((token, body))
            continue
        if standing <= number <= standing + _AHEAD:
            fitting.append((token, body))
        elif number < standing and rank <= 1 and not fitting:
            return SessionReference("", body, past=True)
        elif number < standing and rank <= 3 and past is None and not fitting:
            past = body
    if past and (not fitting or fitting[0][1] == named.adopting):
        return SessionReference("", past, past=True)
    if fitting:
        tokens = list(dict.fromkeys(token for token, _ in fitting))
        return SessionReference(tokens[0], fitting[0][1], past=False, others=tuple(tokens[1:2]))
    assembly = sessions.standing("general-assembly") if by_year(named.adopting, sessions) else None
    if assembly is not None and assembly <= number <= assembly + _AHEAD:
        # A draft that a body which counts by years recommends to the Assembly: "its" is the Assembly's.
        return SessionReference(sessions.token("general-assembly", number) or "", "general-assembly", past=False)
    if unsure:
        return SessionReference(sessions.token(unsure[0], number) or "", unsure[0], past=False)
    assembly = sessions.standing("general-assembly")
    without = named.adopting is not None and sessions.token(named.adopting, number) is None
    if without and assembly is not None and assembly <= number <= assembly + _AHEAD and named.names("general-assembly"):
        # "Its seventy-fourth session" in a text of a body without sessions, which has named the Assembly before.
        return SessionReference(sessions.token("general-assembly", number) or "", "general-assembly", past=False)
    return SessionReference("", None, past=False)


def is_past_session(
    view: AnalyzedParagraph, x: TemporalExpression, y: TemporalExpression, adopted: date | None
) -> bool:
    """Return whether ``y`` shows that the session ``x`` is past.

    "Its twenty-first session, held in Paris on 1 May 2015".

    >>> from app.obligations.clauses import analyze
    >>> from app.obligations.phrase_matcher import phrase_matcher
    >>> from app.model import TimexType
    >>> view = analyze("at its tenth session, held in Paris on 1 May 2035", phrase_matcher("en"))
    >>> x = TemporalExpression(7, 20, "tenth session", TimexType.DATE, "session:10", "session")
    >>> y = TemporalExpression(39, 49, "1 May 2035", TimexType.DATE, "2035-05-01", "date")
    >>> is_past_session(view, x, y, date(2036, 1, 1))
    True
    """
    gap = view.text[x.end : y.start]
    if len(gap) > _HELD or not _QUOTES.isdisjoint(gap) or not x.value.startswith("session:"):
        return False
    _, last = span_of(y.value)
    return bool(last and adopted and last < adopted) and view.before("past", y.start, _PLACE)


def is_deferred_to(view: AnalyzedParagraph, x: TemporalExpression) -> bool:
    """Return whether something is put off to the day or session ``x``, and so is done at it.

    >>> from app.obligations.clauses import analyze
    >>> from app.obligations.phrase_matcher import phrase_matcher
    >>> from app.model import TimexType
    >>> view = analyze("Decides to defer the question until its tenth session", phrase_matcher("en"))
    >>> x = TemporalExpression(40, 53, "tenth session", TimexType.DATE, "session:10", "session", "until")
    >>> is_deferred_to(view, x)
    True
    """
    if x.modifier not in ("", "until", "by"):
        return False
    head = view.clause(x.start).head
    before = [m for m in view.mentions if head <= m.start and m.end <= x.start]
    return any(m.key("actions") == "postpone" or m.key("cues") == "put-off" for m in before)
