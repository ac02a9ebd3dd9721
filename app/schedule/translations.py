"""One schedule from several translations: the same items, quotes in each language, disagreements.

The six versions of a resolution are equally authentic. Where their readings of a time differ, the reading of most
languages leads, the others stay as alternatives, and the item is marked uncertain.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias, TypeVar

from app.errors import ScheduleError, message
from app.model import Event, Kind, Proposal, Schedule, TitleSlots

ORDER: Final = ("en", "fr", "es", "ru", "zh", "ar")
"""Where readings are equally frequent, the first of these languages leads."""

T = TypeVar("T")

_Place: TypeAlias = tuple[str, str | None, Kind]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """An item that translations read differently.

    ``readings`` are its times by language, empty where a language has no such item.
    """

    uid: str
    readings: Mapping[str, str]

    def line(self) -> str:
        """Return the disagreement on one line, for a report."""
        readings = ", ".join(f"{language} {when or 'nothing'}" for language, when in self.readings.items())
        return f"{self.uid}: translations disagree: {readings}"


def unite(schedules: Mapping[str, Schedule]) -> tuple[Schedule, list[Disagreement]]:
    """Return the one schedule of an instrument from those derived from its texts, by language.

    Raises ScheduleError where the texts are not of one instrument, or none is given.

    >>> from app.documents import parse_symbol
    >>> schedule = Schedule(parse_symbol("A/RES/72/251"), None)
    >>> unite({"en": schedule, "fr": schedule}) == (schedule, [])
    True
    """
    languages = _leading_first(schedules)
    first = schedules[languages[0]]
    if len(languages) == 1:
        return first, []
    events, disagreements = _united_events(schedules, languages)
    return (
        replace(
            first,
            adopted=_first(schedules[language].adopted for language in languages),
            body=_first(schedules[language].body for language in languages),
            session=_first(schedules[language].session for language in languages),
            meeting=_first(schedules[language].meeting for language in languages),
            title={language: text for name in languages for language, text in schedules[name].title.items()},
            sources={language: text for name in languages for language, text in schedules[name].sources.items()},
            title_derived=all(schedules[language].title_derived for language in languages),
            warnings=tuple(dict.fromkeys(one for language in languages for one in schedules[language].warnings)),
            events=tuple(events),
            proposals=_proposals([schedules[language].proposals for language in languages]),
            unread={language: items for name in languages for language, items in schedules[name].unread.items()},
        ),
        disagreements,
    )


def _leading_first(schedules: Mapping[str, Schedule]) -> list[str]:
    """Return the languages of the schedules, the leading one first. Raises ScheduleError."""
    languages = [language for language in ORDER if language in schedules]
    if not languages:
        raise ScheduleError(
            message("there are no texts to merge"), where="languages", hint=message("give at least one")
        )
    first = schedules[languages[0]]
    for language in languages:
        if schedules[language].symbol.slug != first.symbol.slug:
            raise ScheduleError(
                message(
                    "the symbol {symbol} differs from {first}",
                    symbol=schedules[language].symbol.text,
                    first=first.symbol.text,
                ),
                where=language,
                hint=message("give texts of one instrument only"),
            )
    return languages


def _united_events(
    schedules: Mapping[str, Schedule], languages: Sequence[str]
) -> tuple[list[Event], list[Disagreement]]:
    """Return the events of all versions in the order of the leading one, with disagreements."""
    places: dict[_Place, dict[str, list[Event]]] = {}
    for language in languages:
        for event in schedules[language].events:
            places.setdefault((event.section, event.paragraph, event.kind), {}).setdefault(language, []).append(event)
    events: list[Event] = []
    disagreements: list[Disagreement] = []
    for held in places.values():
        united = sorted(map(_join, _groups(held, languages)), key=lambda pair: pair[0].when)
        for ordinal, (event, readings) in enumerate(united, start=1):
            uid = f"{event.uid.rpartition('.')[0]}.{ordinal}"
            events.append(replace(event, uid=uid))
            by_language = {language: readings.get(language, "") for language in languages}
            if len(set(by_language.values())) > 1:
                disagreements.append(Disagreement(uid, by_language))
    placed = {event.uid: position for position, event in enumerate(schedules[languages[0]].events)}
    events.sort(key=lambda event: (placed.get(event.uid, len(placed)), event.uid))
    return events, disagreements


def _proposals(by_language: Sequence[Sequence[Proposal]]) -> tuple[Proposal, ...]:
    """Return one proposal for each event, as most versions read it, with the words of each."""
    held: dict[str, list[Proposal]] = {}
    for proposals in by_language:
        for proposal in proposals:
            held.setdefault(proposal.amendment.target, []).append(proposal)
    united = []
    for readings in held.values():
        counts = Counter(item.amendment for item in readings)
        lead = max(readings, key=lambda item: counts[item.amendment])
        quote = {tongue: words for item in readings for tongue, words in item.quote.items()}
        united.append(replace(lead, quote=quote, confidence=lead.confidence if len(counts) == 1 else "low"))
    return tuple(united)


def _groups(held: Mapping[str, list[Event]], languages: Sequence[str]) -> list[dict[str, Event]]:
    """Return the events of one place, grouped across languages.

    Events of the same time are grouped first, the others in their order.
    """
    left = {language: list(held.get(language, ())) for language in languages}
    groups: list[dict[str, Event]] = []
    for language in languages:
        for event in list(left[language]):
            same = {other: next((item for item in left[other] if item.when == event.when), None) for other in languages}
            group = {other: item for other, item in same.items() if item is not None}
            if len(group) > 1:
                groups.append(group)
                for other, item in group.items():
                    left[other].remove(item)
    while any(left.values()):
        # A language that has a time of its own reads the item that the other languages hold without it.
        alone = {language: left[language].pop(0) for language in languages if left[language]}
        short = next((group for group in groups if not set(group) & set(alone)), None)
        if short is not None:
            short.update(alone)
        else:
            groups.append(alone)
    return groups


def _join(group: Mapping[str, Event]) -> tuple[Event, dict[str, str]]:
    """Return one event from its versions by language, and the time of each version."""
    counts = Counter(event.when for event in group.values())
    leading = max(group, key=lambda language: (counts[group[language].when], -ORDER.index(language)))
    lead = group[leading]
    others = [event.when for event in group.values() if event.when != lead.when]
    alternatives = dict.fromkeys([*lead.alternatives, *others])
    # Hours that versions read differently are left out.
    timed = {
        (event.hours, event.timezone): event for event in group.values() if event.hours and event.when == lead.when
    }
    hours, zone = next(iter(timed)) if len(timed) == 1 else ("", lead.timezone)
    return (
        replace(
            lead,
            bearer=lead.bearer or _first(event.bearer for event in group.values()),
            addressees=lead.addressees or next((event.addressees for event in group.values() if event.addressees), ()),
            place=lead.place or _first(event.place for event in group.values()),
            hours=hours,
            timezone=zone,
            subject={tongue: text for event in group.values() for tongue, text in event.subject.items()},
            slots=_merged_slots(lead, group.values()),
            quote={tongue: text for event in group.values() for tongue, text in event.quote.items()},
            clause={tongue: text for event in group.values() for tongue, text in event.clause.items()},
            span={tongue: span for event in group.values() for tongue, span in event.span.items()},
            alternatives=tuple(alternatives),
            confidence="low" if others else lead.confidence,
        ),
        {language: event.when for language, event in group.items()},
    )


def _merged_slots(lead: Event, group: Iterable[Event]) -> TitleSlots | None:
    """Return the slots of the leading version with the words of the others."""
    slots = lead.slots
    for event in group:
        slots = event.slots if slots is None else slots.merged(event.slots)
    return slots


def _first(values: Iterable[T | None]) -> T | None:
    return next((value for value in values if value is not None), None)
