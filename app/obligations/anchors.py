"""Anchors: times counted from an event or an end that the same instrument names.

"Six weeks before the Conference to be held from 6 to 10 September 2027", "30 days before the Summit" that an earlier
paragraph convenes, "30 days before the expiry of its mandate" which an earlier paragraph extends. Where the instrument
names none, or more than one, the time stays open: ``event-P6W``, ``expiry-P30D``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from app.languages.normalize import HAN, fold
from app.model import Kind, Obligation, When
from app.obligations.clauses import AnalyzedParagraph
from app.obligations.concepts import KINDS
from app.obligations.phrase_matcher import PhraseMatch
from app.obligations.time_reference import TimeKind, TimeReference

_COUNTED: Final = re.compile(r"(event|expiry)([+-])(P[0-9A-Z.]+)\Z")
_NEAR: Final = 60
"""Characters after a length of time within which the event is named from which it counts."""
_NAMED: Final = 160
"""Characters of the name of an event, up to its own time."""
_STEM: Final = 5
"""Letters that two forms of an event's noun share: "форум", "форума"."""


def anchored(
    paragraph: AnalyzedParagraph, times: Sequence[TimeReference], found: Sequence[Obligation], text: str
) -> list[TimeReference]:
    """Return ``times``, each counted from the day of its event or end where that is known.

    ``found`` are the items of the instrument so far, ``text`` its stored text, in which their spans lie.

    >>> from app.model import Span
    >>> from app.obligations.clauses import analyze
    >>> from app.obligations.phrase_matcher import phrase_matcher
    >>> text = "Requests a report 30 days before the expiry of the mandate"
    >>> time = TimeReference(18, 44, "expiry-P30D", TimeKind.OFFSET, "offset", "expiry-P30D")
    >>> mandate = Obligation("1", Kind.MANDATE, "../2027-06-30", Span(0, 1), "")
    >>> [one.when for one in anchored(analyze(text, phrase_matcher("en")), [time], [mandate], text)]
    ['2027-06-30-P30D']
    """
    return [_anchored(paragraph, time, times, found, text) for time in times]


def mandate_ends(found: Sequence[Obligation]) -> tuple[str, ...]:
    """Return the last days of the mandates and periods among ``found``, in ISO notation.

    >>> from app.model import Span
    >>> mandate_ends([Obligation("1", Kind.MANDATE, "../2027-06", Span(0, 1), "")])
    ('2027-06-30',)
    """
    lasting = [When.try_parse(item.when) for item in found if item.kind in (Kind.MANDATE, Kind.PERIOD)]
    ends = [when.last_day for when in lasting if when is not None and when.recurrence is None and when.end]
    return tuple(dict.fromkeys(day.isoformat() for day in ends if day is not None))


def _anchored(
    paragraph: AnalyzedParagraph,
    time: TimeReference,
    times: Sequence[TimeReference],
    found: Sequence[Obligation],
    text: str,
) -> TimeReference:
    counted = _COUNTED.match(time.when)
    if counted is None:
        return time
    kind, sign, length = counted.groups()
    if kind == "event" and _expires(paragraph, time):
        kind = "expiry"
    if kind == "expiry":
        ends = mandate_ends(found)
        return replace(time, when=f"{ends[0]}{sign}{length}", rule=f"{time.rule}.expiry") if len(ends) == 1 else time
    noun = _event_noun(paragraph, time)
    if noun is None:
        return time
    day = _own_time(noun, time, times, sign) or _earlier(paragraph, noun, found, text, sign)
    lasts = When.try_parse(length)
    if not day or lasts is None or lasts.length is None:
        return time
    shifted = When.parse(day).shifted(lasts.length, 1 if sign == "+" else -1)
    return replace(time, end=max(time.end, noun.end), when=str(shifted), rule=f"{time.rule}.event")


def _expires(paragraph: AnalyzedParagraph, time: TimeReference) -> bool:
    """Return whether a length counts from a mandate's end: "before its mandate expires"."""
    after = [m for m in paragraph.mentions if time.end <= m.start <= time.end + _NEAR // 2]
    keys = {m.key("cues") for m in after} | {m.key("actions") for m in after}
    return bool(keys & {"expiry", "term-end", "end"}) and "the-mandate" in keys


def _event_noun(paragraph: AnalyzedParagraph, time: TimeReference) -> PhraseMatch | None:
    """Return the event that a length of time counts from, named right after it."""
    for match in paragraph.mentions:
        action = match.key("actions")
        if time.end <= match.start <= time.end + _NEAR and action.startswith("the-") and KINDS[action] is Kind.MEETING:
            return match
    return None


def _own_time(noun: PhraseMatch, time: TimeReference, times: Sequence[TimeReference], sign: str) -> str:
    """Return the day of the event stated after its name, in ISO notation, or empty."""
    for other in times:
        if other is not time and noun.end <= other.start <= noun.end + _NAMED and other.shape is not TimeKind.YEARLY:
            return _day(other.value, sign)
    return ""


def _earlier(paragraph: AnalyzedParagraph, noun: PhraseMatch, found: Sequence[Obligation], text: str, sign: str) -> str:
    """Return the day of the one meeting set before under the same noun, or empty."""
    stem = _stem(paragraph.between(noun.start, noun.end))
    days = {
        day
        for item in found
        if item.kind is Kind.MEETING and stem in fold(item.span.of(text)).text.lower()
        if (day := _day(item.when, sign))
    }
    return days.pop() if len(days) == 1 else ""


def _stem(noun: str) -> str:
    word = fold(noun).text.lower()
    word = word.split()[0] if " " in word and not word.startswith("high-level") else word
    return word if HAN.search(word) else word[: max(_STEM, len(word) - 2)]


def _day(notation: str, sign: str) -> str:
    """Return the day from which to count: the first before an event, the last after it."""
    value = When.try_parse(notation)
    if value is None or value.recurrence is not None:
        return ""
    day = value.first_day if sign == "-" else value.last_day
    exact = value.start is not None and value.dates is not None and len(str(value.start)) == len("2027-05-03")
    return day.isoformat() if day is not None and exact else ""
