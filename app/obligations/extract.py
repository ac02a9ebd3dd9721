"""Reads what the operative part of an instrument schedules."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from app.languages.title_patterns import title_patterns
from app.model import Obligation, Paragraph, Resolution, TemporalExpression, TimexType, Unread
from app.obligations.account import TimeReading
from app.obligations.anchors import mandate_ends
from app.obligations.bearers import BearerFinder
from app.obligations.duplicates import without_less_specific, without_repeated
from app.obligations.long_paragraphs import opening_of, split_long
from app.obligations.paragraph_items import ParagraphExtractor
from app.obligations.phrase_matcher import phrase_matcher
from app.obligations.session_reference import BodyContext, Sessions
from app.obligations.spans import span_of
from app.obligations.title_slots import fill_slots
from app.obligations.undated import asked_of

Tagger = Callable[[str], Sequence[TemporalExpression]]
"""Gives the time expressions of a text, in the text's language."""


@dataclass(frozen=True, slots=True)
class Obligations:
    """What an instrument schedules, in text order, and the times that became no item."""

    obligations: tuple[Obligation, ...]
    unread: tuple[Unread, ...]
    readings: tuple[TimeReading, ...] = ()
    """Every time expression of the operative part, with what became of it."""


def extract_obligations(
    resolution: Resolution, tag: Tagger, sessions: Sessions, folder: Path | None = None
) -> Obligations:
    """Return what the operative part of ``resolution`` schedules.

    ``tag`` gives a text's time expressions, ``sessions`` answers for the almanac on the day of adoption, ``folder``
    holds languages to read instead of the installed ones.

    >>> from app.model import Reading, Role
    >>> from app.timex import tag
    >>> text = "Requests a report by 3 May 2037"
    >>> paragraph = Paragraph(Role.OPERATIVE, Reading(text, (0,), (0,)), "1")
    >>> resolution = Resolution(text, "en", None, operative=(paragraph,))
    >>> [item.when for item in extract_obligations(resolution, lambda text: tag(text, "en"), None).obligations]
    ['../2037-05-03']
    """
    matcher = phrase_matcher(resolution.language, folder)
    before = [resolution.title, *(paragraph.reading.text for paragraph in resolution.preamble)]
    named = BodyContext(resolution.body, matcher, [text for text in before if text])
    names = BearerFinder(title_patterns(resolution.language), matcher, named)
    obligations: list[Obligation] = []
    unread: list[Unread] = []
    above: list[Paragraph] = []
    readings: list[TimeReading] = []
    parts = [split_long(paragraph) for paragraph in resolution.operative]
    resolution = replace(resolution, operative=tuple(part for split in parts for part in split))
    openings = {id(part): opening_of(first) for first, *rest in parts for part in rest}
    for paragraph in resolution.operative:
        above = [p for p in above if _contains(p, paragraph)]
        if id(paragraph) in openings:
            above.append(openings[id(paragraph)])
        named.texts.append(paragraph.reading.text)
        extractor = ParagraphExtractor(paragraph, tuple(above), resolution, named, sessions, matcher)
        times = tag(paragraph.reading.text)
        ends = mandate_ends(obligations)
        expiring = extractor.may_expire(known=bool(ends))
        if expiring or any(_may_be_ahead(x, resolution.adopted) for x in times):
            obligations += extractor.items(times, unread, ends if expiring else None, tuple(obligations))
        readings += extractor.account(times)
        obligations += asked_of(paragraph, matcher, named, obligations, names)
        if id(paragraph) not in openings:
            above.append(paragraph)
    starts = [paragraph.reading.place(0) for paragraph in resolution.operative]
    distinct = list(without_repeated(list(without_less_specific(obligations)), starts))
    items = fill_slots(resolution, distinct, matcher, named)
    return Obligations(tuple(items), tuple(unread), tuple(readings))


def _contains(chapeau: Paragraph, part: Paragraph) -> bool:
    """Return whether ``part`` is a sub-paragraph of ``chapeau``."""
    return (
        chapeau.number == part.number
        and chapeau.section == part.section
        and len(chapeau.letters) < len(part.letters)
        and part.letters[: len(chapeau.letters)] == chapeau.letters
    )


def _may_be_ahead(x: TemporalExpression, adopted: date | None) -> bool:
    """Return whether an expression can be more than a citation or a day that is past."""
    if x.cited and x.type is not TimexType.DATE:
        return False
    _, last = span_of(x.value)
    return last is None or adopted is None or last >= adopted
