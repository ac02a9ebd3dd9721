"""Acts that a noun beside the time gives: "the conference in 2025", "the 2026 Water Conference"."""

from __future__ import annotations

from typing import Final

from app.model import Kind
from app.obligations.classification import (
    OBJECT_REACH,
    RIGHT_BEFORE,
    STOPS,
    Classification,
    act_name,
    candidate_actions,
)
from app.obligations.clauses import AnalyzedParagraph
from app.obligations.concepts import KINDS, REPORTING
from app.obligations.phrase_matcher import PhraseMatch
from app.obligations.time_reference import TimeKind, TimeReference

_ARTICLE: Final = 24
"""Characters between a verb and its object."""
_LINK: Final = 3
"""A short word that ties a year to the thing before it: "le forum de 2021"."""
_TITLE_WORD: Final = 24
"""Characters before a span of years that hold the last word of a title."""


def classify_noun(view: AnalyzedParagraph, time: TimeReference) -> Classification | None:
    """Return the act of the noun that the time belongs to, or None: "the conference in 2025".

    >>> from app.obligations.clauses import analyze
    >>> from app.obligations.phrase_matcher import phrase_matcher
    >>> view = analyze("Decides to convene the 2038 Lighthouse Conference", phrase_matcher("en"))
    >>> time = TimeReference(23, 27, "2038", TimeKind.DATE, "year", "2038", passing=True)
    >>> classify_noun(view, time).rule
    'thing.named'
    """
    if time.shape is TimeKind.SESSION or time.shape is TimeKind.LENGTH:
        return None
    nouns = [
        m for m in candidate_actions(view, time) if m.key("actions").startswith("the-") or m.key("actions") == "report"
    ]
    if time.passing:
        return None if _ends_title(view, time) else _noun_qualified_by(view, time, nouns)
    if time.shape is TimeKind.DATE:
        before = [m for m in nouns if 0 <= time.start - m.end <= RIGHT_BEFORE]
        if before and KINDS[before[-1].key("actions")] in (Kind.MEETING, Kind.PERIOD, Kind.DEADLINE):
            return _of(before[-1], "thing.at")
    return None


def _of(mention: PhraseMatch, rule: str) -> Classification:
    return Classification(KINDS[mention.key("actions")], act_name(mention), rule, "medium", mention)


def _ends_title(view: AnalyzedParagraph, time: TimeReference) -> bool:
    """Return whether a span of years ends a title: "the Plan for Biodiversity 2031–2040"."""
    if "/" not in time.value or not view.between(time.start - 2, time.start)[:1].isalpha():
        return False
    word = view.between(max(0, time.start - _TITLE_WORD), time.start).split()[-1]
    return word[0].isupper() and not word.isupper()


def _noun_qualified_by(view: AnalyzedParagraph, time: TimeReference, nouns: list[PhraseMatch]) -> Classification | None:
    """Return the act of the noun that a year or an adjective qualifies, or None.

    "The 2026 Water Conference".
    """
    least, most = (0, 1) if time.shape is TimeKind.REPEAT else (_LINK, _LINK + 2)
    before = [m for m in nouns if least <= time.start - m.end <= most] or _meetings_ending_at(view, time, nouns)
    after = [m for m in nouns if 0 <= m.start - time.end <= OBJECT_REACH]
    if not after and not before:
        return None
    chosen = before[-1] if before else after[0]
    if not before and STOPS.search(view.between(time.end, chosen.start)):
        return None
    start = min(chosen.start, time.start)
    verbs = [m for m in candidate_actions(view, time) if m is not chosen and 0 <= start - m.end <= _ARTICLE]
    if verbs and verbs[-1].key("actions") == "put-on-agenda" and time.start - verbs[-1].end <= 1:
        return Classification(Kind.AGENDA, act_name(verbs[-1]), "thing.named", "medium", verbs[-1])
    if verbs and verbs[-1].key("actions") in REPORTING - {"report"}:
        return Classification(Kind.REPORT, act_name(verbs[-1]), "thing.named", "medium", verbs[-1])
    return _of(chosen, "thing.named")


def _meetings_ending_at(view: AnalyzedParagraph, time: TimeReference, nouns: list[PhraseMatch]) -> list[PhraseMatch]:
    """Return the meetings whose long name ends with the year.

    "La Conférence des Nations Unies sur l'eau de 2026".
    """
    if time.shape is TimeKind.REPEAT or not view.before("of", time.start, 0):
        return []
    return [
        m
        for m in nouns
        if 0 <= time.start - m.end <= OBJECT_REACH
        and KINDS[m.key("actions")] is Kind.MEETING
        and not STOPS.search(view.between(m.end, time.start))
    ]
