"""The fields of an item: how a schedule file writes each, and which of them a derivation speaks for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from app.model import Event, Kind, Status
from app.schedule.fields import filled, ordered
from app.schedule.slot_fields import write_slots


@dataclass(frozen=True, slots=True)
class EventField:
    """A field of an item.

    ``write`` returns its value as a schedule file writes it, empty where the default is left out. ``compared`` is
    whether a new derivation is compared with the file in it: the others are made from these, or a person's.
    ``is_fact`` is whether a file without text holds it: the others are words of the text, or the almanac's answer.
    """

    name: str
    write: Callable[[Event], object]
    compared: bool = True
    is_fact: bool = True


def _milestones(event: Event) -> list[dict[str, object]]:
    """Return the milestones of an agenda item; those of other kinds follow from their day."""
    if event.kind is not Kind.AGENDA:
        return []
    return [
        filled(name=item.name, day=item.day, certainty=item.certainty.value, arithmetic=item.arithmetic)
        for item in event.milestones
    ]


def _spans(event: Event) -> dict[str, str]:
    return {language: f"{span.start}-{span.end}" for language, span in sorted(event.span.items())}


EVENT_FIELDS: Final = (
    EventField("uid", lambda event: event.uid, compared=False),
    EventField("paragraph", lambda event: event.paragraph),
    EventField("section", lambda event: event.section),
    EventField("letters", lambda event: list(event.letters)),
    EventField("kind", lambda event: event.kind.value),
    EventField("when", lambda event: event.when),
    EventField("certainty", lambda event: event.certainty.value, is_fact=False),
    EventField("status", lambda event: "" if event.status is Status.SCHEDULED else event.status.value, compared=False),
    EventField("start", lambda event: event.start, is_fact=False),
    EventField("end", lambda event: event.end, is_fact=False),
    EventField("recurrence", lambda event: event.recurrence, is_fact=False),
    EventField("hours", lambda event: event.hours),
    EventField("timezone", lambda event: "" if event.timezone == "America/New_York" else event.timezone),
    EventField("place", lambda event: event.place),
    EventField("bearer", lambda event: event.bearer),
    EventField("addressees", lambda event: list(event.addressees)),
    EventField("force", lambda event: event.force),
    EventField("action", lambda event: event.action),
    EventField("title", lambda event: ordered(event.title, str), compared=False),
    EventField("subject", lambda event: ordered(event.subject, str)),
    EventField("slots", lambda event: write_slots(event.slots), compared=False),
    EventField("quote", lambda event: ordered(event.quote, str), is_fact=False),
    EventField("clause", lambda event: ordered(event.clause, str), compared=False, is_fact=False),
    EventField("span", _spans),
    EventField("target", lambda event: "true" if event.target else "", compared=False),
    EventField("budget", lambda event: "true" if event.budget else "", compared=False),
    EventField("appeal", lambda event: "true" if event.appeal else "", compared=False, is_fact=False),
    EventField("rule", lambda event: event.rule),
    EventField("confidence", lambda event: "" if event.confidence == "high" else event.confidence),
    EventField("alternatives", lambda event: list(event.alternatives)),
    EventField("arithmetic", lambda event: event.arithmetic, is_fact=False),
    EventField("milestones", _milestones, is_fact=False),
    EventField("identity", lambda event: list(event.identity), compared=False),
    EventField("same_as", lambda event: event.same_as, compared=False),
    EventField("note", lambda event: event.note, compared=False),
)
"""The fields in the order of a file; a review of the item follows them."""
