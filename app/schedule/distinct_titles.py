"""Tell apart items of one instrument that would share a title."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from app.i18n import cite, ordinal, shorten, title
from app.i18n.title_acts import author_name
from app.model import Event, Kind

_DETAIL: Final = 34
"""Characters of a detail: with act and subject a title stays readable."""


def with_distinct_titles(events: Sequence[Event], language: str) -> tuple[Event, ...]:
    """Return the events with a detail where two different ones would share a title in ``language``.

    Details are added in this order: the words after "on", the addressee, the year, the paragraph. Items of one
    paragraph, kind and time are the same event, and may share one.
    """
    told = list(events)
    for detail in (_theme, _addressee, _year, _paragraph, _ordinal):
        clashing = _clashing(told, language)
        if not clashing:
            break
        told = [_detailed(event, detail, language) if at in clashing else event for at, event in enumerate(told)]
    return tuple(told)


def _clashing(events: Sequence[Event], language: str) -> set[int]:
    groups: dict[str, list[int]] = defaultdict(list)
    for at, event in enumerate(events):
        groups[title(event, language).casefold()].append(at)
    return {at for group in groups.values() if len({_identity(events[one]) for one in group}) > 1 for at in group}


def _identity(event: Event) -> tuple[object, ...]:
    if event.kind is Kind.OBSERVANCE:
        return (event.kind,)
    return (event.kind, event.when, event.section, event.paragraph)


def _detailed(event: Event, detail: Callable[[Event, str], str], language: str) -> Event:
    words = detail(event, language)
    if event.slots is None or not words:
        return event
    known = event.slots.detail.get(language, "")
    return replace(event, slots=replace(event.slots, detail={language: f"{known}, {words}" if known else words}))


def _theme(event: Event, language: str) -> str:
    words = event.slots.theme.get(language, "") if event.slots else ""
    return shorten(words, _DETAIL, language)


def _addressee(event: Event, language: str) -> str:
    return author_name(event.addressees[0], language) if event.addressees and language == "en" else ""


def _year(event: Event, _: str) -> str:
    """Return the year and month in which an item begins or is due; sessions and cycles say their own."""
    day = event.end if event.when.startswith("../") else event.start
    return "" if day is None or event.when[:2].isalpha() else f"{day.year}-{day.month:02d}"


def _paragraph(event: Event, _: str) -> str:
    return cite(event).partition(" ¶")[2] and f"¶{cite(event).partition(' ¶')[2]}"


def _ordinal(event: Event, language: str) -> str:
    """Return the place of an item among those of its paragraph and kind."""
    number = event.uid.rpartition(".")[2]
    return ordinal(int(number), language) if number.isdigit() else ""
