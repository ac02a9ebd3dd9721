"""Polarity: which stretches of a paragraph are denied, and by what.

A negator denies the act that it stands before, and with it the times of that act: those of its object ("not to
convene the conference scheduled for 8 June"), and those of its subject ("the session scheduled for 4 May shall not be
held"). Its scope ends where another statement begins: at a relative clause, at "but", at a comma before another verb.
What changes or ends something is denied the other way: "not to postpone the conference" leaves it unchanged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from app.languages.normalize import HAN
from app.model import Kind
from app.obligations.clauses import AnalyzedParagraph
from app.obligations.concepts import KINDS
from app.obligations.phrase_matcher import PhraseMatch
from app.obligations.structure import Marker

CHANGING: Final = frozenset({"postpone", "cancel", "end"})
"""Acts that change or end what was decided before."""
_COMMA: Final = re.compile(r"[,،，]")
_WORD: Final = re.compile(r"[^\W_]+")
_HELPERS: Final = 2
"""Words that may stand between a negator and the act: "not in fact be held", an auxiliary and an adverb."""
_HAN_NEAR: Final = 2
_HAN_FAR: Final = 30
"""Characters: in Chinese the time stands between the negation and the verb."""
_OBJECT: Final = 60
"""Characters after a verb within which its object is named; a longer noun phrase names it later than any time."""
_BESIDE: Final = 3
"""Characters between a participle and what it marks: a blank, a short preposition of one letter."""


@dataclass(frozen=True, slots=True)
class DeniedStretch:
    """A stretch of text whose acts do not take place.

    ``start`` and ``end`` (exclusive) index the text; ``act_end`` is where the denied act ends in it. ``cancelled``
    marks what is called off by a verb ("cancels the symposium planned for …") rather than negated.
    """

    start: int
    end: int
    act_end: int
    cancelled: bool = False
    action: str = ""

    def holds(self, at: int) -> bool:
        """Return whether the character at ``at`` is in the stretch."""
        return self.start <= at < self.end


def is_verb(match: PhraseMatch) -> bool:
    """Return whether a match names an act, and not its object or an operative verb.

    >>> [is_verb(PhraseMatch(0, 4, (("actions", key),))) for key in ("convene", "the-meeting")]
    [True, False]
    """
    return bool(match.key("actions")) and not match.key("actions").startswith("the-") and not match.key("verbs")


def is_attribute(at: int, end: int, markers: Sequence[Marker]) -> bool:
    """Return whether the words from ``at`` to ``end`` (exclusive) belong to a participle.

    "Scheduled for" and "was to be held" are such; they mark which thing is meant.

    >>> is_attribute(35, 44, [Marker(35, 48, "attribute")]), is_attribute(4, 9, [Marker(35, 48, "attribute")])
    (True, False)
    """
    return any(m.key == "attribute" and m.start < end and m.end >= at - _BESIDE for m in markers)


def denied_stretches(paragraph: AnalyzedParagraph, markers: Sequence[Marker]) -> tuple[DeniedStretch, ...]:
    """Return the denied or called-off stretches of ``paragraph``, in order of their negators.

    >>> from app.obligations.clauses import analyze
    >>> from app.obligations.phrase_matcher import phrase_matcher
    >>> from app.obligations.structure import structure_scanner
    >>> text = "Decides not to convene the conference in May, but to hold it in June"
    >>> markers = structure_scanner("en").scan(text)
    >>> {text[one.start:one.end] for one in denied_stretches(analyze(text, phrase_matcher("en")), markers)}
    {'Decides not to convene the conference in May'}
    """
    acts = [m for m in paragraph.mentions if m.start >= 0 and is_verb(m)]
    return (*_negated(paragraph, acts, markers), *_called_off(paragraph, acts, markers))


def negated_acts(paragraph: AnalyzedParagraph, markers: Sequence[Marker]) -> frozenset[int]:
    """Return where the negated acts begin, including those that change something.

    >>> from app.obligations.clauses import analyze
    >>> from app.obligations.phrase_matcher import phrase_matcher
    >>> from app.obligations.structure import structure_scanner
    >>> text = "Decides not to postpone the conference"
    >>> [text[at:] for at in negated_acts(analyze(text, phrase_matcher("en")), structure_scanner("en").scan(text))]
    ['postpone the conference']
    """
    acts = [m for m in paragraph.mentions if m.start >= 0 and is_verb(m)]
    found = (_act_after(paragraph, acts, m) for m in markers if m.key in ("negator", "denial"))
    return frozenset(act.start for act in found if act is not None)


def _negated(
    paragraph: AnalyzedParagraph, acts: Sequence[PhraseMatch], markers: Sequence[Marker]
) -> Iterator[DeniedStretch]:
    for marker in markers:
        if marker.key not in ("negator", "denial"):
            continue
        act = _act_after(paragraph, acts, marker)
        if (act is None and marker.key == "negator") or (act and act.key("actions") in CHANGING):
            continue
        turns = act and any(m.key == "contrast" and marker.end <= m.start < act.start for m in markers)
        # "不在A而在B举行": the verb that comes last belongs to what follows the contrast.
        after = max(marker.end, act.end) if act and not turns else marker.end
        yield DeniedStretch(
            _left(paragraph, acts, markers, marker.start),
            _right(paragraph, acts, markers, after),
            after,
            action=act.key("actions") if act else "",
        )


def _called_off(
    paragraph: AnalyzedParagraph, acts: Sequence[PhraseMatch], markers: Sequence[Marker]
) -> Iterator[DeniedStretch]:
    negated = {id(_act_after(paragraph, acts, m)) for m in markers if m.key in ("negator", "denial")}
    for act in acts:
        if act.key("actions") != "cancel" or id(act) in negated:
            continue
        things = [
            m
            for m in paragraph.mentions
            if act.end <= m.start <= act.end + _OBJECT and m.key("actions") and m.key("actions") != "act"
        ]
        if things and KINDS[things[0].key("actions")] in (Kind.MANDATE, Kind.PERIOD):
            continue  # "отменить меры": measures are lifted, and have a last day
        yield DeniedStretch(
            _left(paragraph, acts, markers, act.start),
            _right(paragraph, acts, markers, act.end),
            act.end,
            cancelled=True,
            action="cancel",
        )


def _act_after(paragraph: AnalyzedParagraph, acts: Sequence[PhraseMatch], marker: Marker) -> PhraseMatch | None:
    """Return the act that a negator precedes, or is part of: "shall not exceed"."""
    for act in acts:
        if act.end <= marker.start:
            continue
        if act.start < marker.end:
            if act.end > marker.end:
                return act
            continue
        between = paragraph.text[marker.end : act.start]
        if _COMMA.search(between):
            return None
        if HAN.search(paragraph.text[marker.start : marker.end]):
            return act if len(between) <= (_HAN_FAR if marker.key == "denial" else _HAN_NEAR) else None
        return act if len(_WORD.findall(between)) <= _HELPERS else None
    return None


def _right(paragraph: AnalyzedParagraph, acts: Sequence[PhraseMatch], markers: Sequence[Marker], at: int) -> int:
    """Return where the scope of a negation that is complete at ``at`` ends (exclusive)."""
    end = paragraph.clause(at - 1).end
    stops = [m.start for m in markers if m.key in ("relative", "contrast") and at <= m.start < end]
    commas = [match.start() for match in _COMMA.finditer(paragraph.text, at, end)]
    for comma, following in zip(commas, [*commas, end][1:], strict=True):
        inside = [m for m in acts if comma < m.start < following]
        if any(not is_attribute(m.start, m.end, markers) for m in inside):
            stops.append(comma)
            break
    return min([end, *stops])


def _left(paragraph: AnalyzedParagraph, acts: Sequence[PhraseMatch], markers: Sequence[Marker], at: int) -> int:
    """Return where the subject of a negated verb begins; ``at`` itself after another act."""
    clause = paragraph.clause(at)
    start = max(0, clause.start)
    for marker in markers:
        if marker.key in ("relative", "contrast") and start <= marker.start < at:
            start = marker.start
    before = [m for m in acts if start <= m.start and m.end <= at]
    return at if any(not is_attribute(m.start, m.end, markers) for m in before) else start
