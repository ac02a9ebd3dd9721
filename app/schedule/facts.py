"""Schedules of texts that are not kept: facts alone, and the words put back where the text is found.

A file of facts has no quote and no clause of its text, no appeal and no unread words, and no days: the almanac gives
them each time from ``when``. Spans index the text that the digest identifies.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from app.model import Certainty, Event, Kind, Schedule, Span

_SUBJECT_KINDS: Final = frozenset({Kind.MEETING, Kind.MANDATE})
"""Kinds whose subject later texts name when they move, cancel or extend the item."""
_PARAGRAPH: Final = re.compile(r"\n[ \t]*\n|\n(?=[ \t]*(?:\d{1,3}\.|\(\w{1,4}\))[ \t\u3000])")
"""Where a paragraph of plain text ends: at an empty line, or before a numbered line."""
_LONGEST: Final = 6000
"""Characters looked at on each side of a span; the longest paragraphs of resolutions have some 4,000."""


def text_digest(text: str) -> str:
    """Return the SHA-256 of a stored text, in hexadecimal digits.

    >>> text_digest("1. Decides to meet in 2035;")[:16]
    '20c4bea69f64e508'
    """
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def without_text(schedule: Schedule, digests: Mapping[str, str]) -> Schedule:
    """Return the facts of a schedule: no words of its text, no appeals, no days.

    ``digests`` are those of its texts by language. Amendments and reviews stay.

    >>> from app.documents import parse_symbol
    >>> without_text(Schedule(parse_symbol("A/RES/90/1"), None), {"en": text_digest("")}).facts_only
    True
    """
    return replace(
        schedule,
        digests=dict(digests),
        sources={},
        events=tuple(_fact(event) for event in schedule.events if not event.appeal),
        proposals=tuple(replace(proposal, quote={}) for proposal in schedule.proposals),
        unread={},
        time_counts={},
    )


def _fact(event: Event) -> Event:
    """Return the facts of an item, as one that the almanac has not dated."""
    subject = event.subject if event.kind in _SUBJECT_KINDS or event.slots is None else {}
    return replace(
        event,
        certainty=Certainty.UNDATED,
        start=None,
        end=None,
        recurrence=None,
        arithmetic="",
        proof=(),
        milestones=(),
        quote={},
        clause={},
        subject=subject,
    )


def with_text(schedule: Schedule, texts: Mapping[str, str]) -> Schedule:
    """Return the schedule with quotes and clauses cut from ``texts`` by its spans.

    A text whose digest is not that of the schedule is left aside: its spans would show other words.

    >>> from app.documents import parse_symbol
    >>> schedule = Schedule(parse_symbol("A/RES/90/1"), None)
    >>> with_text(schedule, {"en": "1. Decides to meet in 2035;"}) is schedule
    True
    """
    known = {tongue: text for tongue, text in texts.items() if schedule.digests.get(tongue) == text_digest(text)}
    if not known:
        return schedule
    return replace(schedule, events=tuple(_with_words(event, known) for event in schedule.events))


def _with_words(event: Event, texts: Mapping[str, str]) -> Event:
    held = {tongue: span for tongue, span in event.span.items() if tongue in texts}
    return replace(
        event,
        quote={**event.quote, **{tongue: span.of(texts[tongue]) for tongue, span in held.items()}},
        clause={**event.clause, **{tongue: _clause(texts[tongue], span) for tongue, span in held.items()}},
    )


def _clause(text: str, span: Span) -> str:
    """Return the sentence around a span, within its paragraph, on one line and shortened."""
    # The engine is large; a service that has all its texts in the store never needs it.
    from app.obligations.clause_text import sentence_bounds, shorten_clause  # noqa: PLC0415  # see above

    low, high = max(0, span.start - _LONGEST), min(len(text), span.end + _LONGEST)
    first, last = low, high
    for match in _PARAGRAPH.finditer(text, low, high):
        if match.end() <= span.start:
            first = match.end()
        elif match.start() >= span.end:
            last = match.start()
            break
    paragraph = text[first:last]
    start, end = sentence_bounds(paragraph, span.start - first, span.end - first)
    return shorten_clause(paragraph[start:end].strip(), span.start - first - start)
