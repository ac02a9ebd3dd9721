"""Fill the title slots, clauses, bearers and flags of the items of an instrument."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from app.model import Kind, Obligation, Paragraph, Resolution, TitleSlots
from app.obligations.agenda_slots import AGENDA_SLOTS
from app.obligations.clause_text import clause_of, reading_offset
from app.obligations.mandate_slots import MANDATE_SLOTS
from app.obligations.meeting_slots import MEETING_SLOTS
from app.obligations.phrase_matcher import PhraseMatcher
from app.obligations.report_slots import REPORT_SLOTS
from app.obligations.session_reference import BodyContext
from app.obligations.tasks import is_appeal
from app.obligations.theme import segment
from app.obligations.title_subject import ItemPlace, SlotMaker, SubjectFinder

_BUDGETS: Final = frozenset({"appropriation", "assessments", "commitment-authority", "credits", "scale", "budget"})
_BY_KIND: Final[Mapping[Kind, SlotMaker]] = {**AGENDA_SLOTS, **REPORT_SLOTS, **MEETING_SLOTS, **MANDATE_SLOTS}


def fill_slots(
    resolution: Resolution, obligations: Sequence[Obligation], matcher: PhraseMatcher, context: BodyContext
) -> list[Obligation]:
    """Return the items with title slots, clauses, bearers and flags, in the same order.

    >>> from app.documents.parser import read_text
    >>> from app.obligations.phrase_matcher import phrase_matcher
    >>> resolution = read_text("90/77. Lamps\\n\\n1. Notes the lamps;", "en", name="A-RES-90-77.txt")
    >>> finder = phrase_matcher("en")
    >>> fill_slots(resolution, [], finder, BodyContext("general-assembly", finder))
    []
    """
    composer = _Composer(resolution, matcher, context)
    return [composer.filled(item) for item in obligations]


class _Composer:
    """The title slots of the items of one instrument."""

    def __init__(self, resolution: Resolution, matcher: PhraseMatcher, context: BodyContext) -> None:
        self.subjects = SubjectFinder(resolution, matcher, context)
        # Looked up for each item: going through all paragraphs each time is quadratic.
        self._numbered: dict[tuple[str, str | None], list[Paragraph]] = {}
        self._lettered: dict[tuple[str, ...], tuple[list[int], list[Paragraph]]] = {}
        for paragraph in sorted(resolution.operative, key=lambda one: one.span):
            self._numbered.setdefault((paragraph.section, paragraph.number), []).append(paragraph)
            starts, paragraphs = self._lettered.setdefault(paragraph.letters, ([], []))
            starts.append(paragraph.span.start)
            paragraphs.append(paragraph)

    def filled(self, item: Obligation) -> Obligation:
        located = self._locate(item)
        if located is None:
            return replace(item, slots=TitleSlots("deadline", self.subjects.topic))
        found = self.subjects.bearers.find(item, located.segment, located.at, located.chapeaux)
        item = replace(item, bearer=found, addressees=tuple(slug for slug in item.addressees if slug != found))
        located = replace(located, item=item)
        slots = _BY_KIND[item.kind](located, self.subjects)
        target = slots.act in ("target", "target-open")
        budget = item.kind is Kind.PERIOD and slots.act in _BUDGETS
        if slots.act == "nth-session" and item.kind is Kind.MEETING:
            body = self.subjects.bearers.slug_of(self.subjects.words_of(slots.subject))
            item = replace(item, bearer=body or item.bearer)
        words = located.text[located.start : located.end]
        appeal = item.kind is Kind.OBLIGATION and is_appeal(item, words, self.subjects.words)
        return replace(item, slots=slots, clause=located.clause, target=target, budget=budget, appeal=appeal)

    def _locate(self, item: Obligation) -> ItemPlace | None:
        at = item.span.start
        starts, paragraphs = self._lettered.get(item.letters, ([], []))
        index = bisect_right(starts, at) - 1
        return self._placed(item, paragraphs[index]) if index >= 0 and at < paragraphs[index].span.end else None

    def _placed(self, item: Obligation, paragraph: Paragraph) -> ItemPlace:
        text = paragraph.reading.text
        start = reading_offset(paragraph.reading, item.span.start)
        end = max(start + 1, reading_offset(paragraph.reading, item.span.end - 1) + 1)
        chapeaux = [
            other
            for other in self._numbered[paragraph.section, paragraph.number]
            if len(other.letters) < len(paragraph.letters) and paragraph.letters[: len(other.letters)] == other.letters
        ]
        first, last = segment(text, start, end, self.subjects.words)
        return ItemPlace(
            item, text, start, end, first, last, clause_of(paragraph, chapeaux, start, end), tuple(chapeaux)
        )
