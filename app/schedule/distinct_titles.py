"""Tell apart items of one instrument that would share a title."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from app.i18n import cite, ordinal, shorten, title
from app.i18n.dates import format_month, format_month_name
from app.i18n.title_acts import author_name
from app.i18n.title_shortening import cut_end
from app.languages.title_patterns import title_patterns
from app.model import Event, Kind, When
from app.obligations.theme import asked_after

_DETAIL: Final = 34
"""Characters of a detail: with act and subject a title stays readable."""
_QUOTED: Final = 24
"""Characters of a quote by which it is found in its clause."""


def with_distinct_titles(events: Sequence[Event], language: str) -> tuple[Event, ...]:
    """Return the events, with a detail where different ones would share a title.

    Titles are those in ``language``. Details are tried in this order: the words after "on", what else is asked, the
    addressee, the year, the month, the paragraph, the place among the items of the paragraph. Items of one paragraph,
    kind and time are the same event, and may share one.

    >>> with_distinct_titles([], "en")
    ()
    """
    detailed = list(events)
    for detail in (_theme, _request, _addressee, _year, _month, _paragraph, _place):
        clashing = _clashing(detailed, language)
        if not clashing:
            break
        detailed = [
            _detailed(event, detail, language) if index in clashing else event for index, event in enumerate(detailed)
        ]
    return tuple(detailed)


def _clashing(events: Sequence[Event], language: str) -> set[int]:
    groups: dict[str, list[int]] = defaultdict(list)
    for at, event in enumerate(events):
        groups[title(event, language).casefold()].append(at)
    return {at for group in groups.values() if len({_identity(events[one]) for one in group}) > 1 for at in group}


def _identity(event: Event) -> tuple[object, ...]:
    if event.kind is Kind.OBSERVANCE:
        return (event.kind,)
    return (event.kind, event.when, event.section, event.paragraph, event.letters)


def _detailed(event: Event, detail: Callable[[Event, str], str], language: str) -> Event:
    words = detail(event, language)
    if event.slots is None or not words:
        return event
    return replace(event, slots=replace(event.slots, detail={language: words}))


def _theme(event: Event, language: str) -> str:
    words = event.slots.theme.get(language, "") if event.slots else ""
    return shorten(words, _DETAIL, language)


def _addressee(event: Event, language: str) -> str:
    return author_name(event.addressees[0], language) if event.addressees and language == "en" else ""


def _request(event: Event, language: str) -> str:
    """Return what the clause of an item asks for beside the report."""
    clause, quote = event.clause.get(language, ""), event.quote.get(language, "")
    at = clause.find(" ".join(quote.split())[:_QUOTED])
    if event.kind not in (Kind.REPORT, Kind.DEADLINE, Kind.REVIEW) or at < 0:
        return ""
    return cut_end(asked_after(clause, at, title_patterns(language)), _DETAIL, language)


def _day(event: Event) -> date | None:
    """Return the day on which an item begins or is due; None for sessions and cycles."""
    return None if event.when[:2].isalpha() else event.end if event.when.startswith("../") else event.start


def _year(event: Event, _: str) -> str:
    return str(day.year) if (day := _day(event)) and not event.budget else ""


def _month(event: Event, language: str) -> str:
    """Return the month in which an item begins or is due; empty for whole years."""
    day, when = _day(event), When.try_parse(event.when)
    if event.budget and event.start and event.end and event.start.year == event.end.year:
        first, last = (format_month_name(one.month, language) for one in (event.start, event.end))
        return first if first == last else f"{first}–{last}"
    whole = when is not None and (when.is_year or when.is_until_year_end)
    return "" if day is None or whole else format_month(day, language)


def _paragraph(event: Event, _: str) -> str:
    """Return the paragraph as texts cite it: ``¶5``."""
    label = cite(event).partition(" ¶")[2]
    return f"¶{label}" if label else ""


def _place(event: Event, language: str) -> str:
    """Return paragraph and ordinal among the items of that paragraph and kind: ``¶5, 2nd``."""
    number = event.uid.rpartition(".")[2]
    parts = [_paragraph(event, language), ordinal(int(number), language) if number.isdigit() else ""]
    return ", ".join(part for part in parts if part)
