"""What pages show of events, instruments and paragraphs: words in the reader's language, ready for a template."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from app.almanac import occurrences
from app.feeds import About, symbol_address
from app.model import Certainty, Event, Kind, Paragraph, Revision, Span, Status
from app.wording import (
    cite,
    gettext,
    message,
    name_of,
    say_action,
    say_certainty,
    say_day,
    say_days,
    say_kind,
    say_meaning,
    say_milestone,
    say_place,
    say_proof,
    say_status,
    say_time,
    say_yearly,
    title,
)

# A letter a kind, so that a printed page tells them apart without colour.
LETTERS: Mapping[Kind, str] = {
    Kind.MEETING: "M",
    Kind.OBSERVANCE: "O",
    Kind.REPORT: "R",
    Kind.AGENDA: "A",
    Kind.MANDATE: "D",
    Kind.REVIEW: "V",
    Kind.DEADLINE: "L",
    Kind.PERIOD: "P",
    Kind.OBLIGATION: "U",
}
GONE = frozenset({Status.POSTPONED, Status.CANCELLED, Status.SUPERSEDED})


@dataclass(frozen=True, slots=True)
class Step:
    """One line of an event's history: the day, the instrument, what it did, and the time that then stood."""

    day: str
    instrument: str
    slug: str
    done: str
    time: str
    number: int


@dataclass(frozen=True, slots=True)
class Row:
    """An event on a page."""

    uid: str
    title: str
    kind: str
    kind_word: str
    letter: str
    certainty: str
    certainty_word: str
    meaning: str
    status: str
    status_word: str
    gone: bool
    days: str
    cycle: str
    was: str
    time: str
    cite: str
    instrument: str
    slug: str
    paragraph: str
    who: str
    to: str
    place: str
    changed_by: str
    changed_on: str
    quote: str
    quote_language: str
    arithmetic: str
    document: str
    milestones: tuple[tuple[str, str, str], ...]
    note: str


def slug_of(symbol: str) -> str:
    """The slug of a symbol in its official writing."""
    words = "".join(character if character.isalnum() else "-" for character in symbol)
    return "-".join(part for part in words.split("-") if part)


def row(
    revision: Revision, language: str, about: About, history: Sequence[Revision] = (), *, ahead: date | None = None
) -> Row:
    """The event of a revision as a page shows it.

    ``history`` tells the last days of one that has none any more; ``ahead`` is a day from which on the next occurrence
    of one that recurs is shown, instead of the first.
    """
    event = revision.event
    days, cycle = hero(event, language, ahead)
    quote_language = language if language in event.quote else next(iter(event.quote), "")
    place = say_place(event.place, language) if event.place else ""
    return Row(
        uid=event.uid,
        title=" ".join(title(event, language, about.title.get(language, "")).split()),
        kind=event.kind.value,
        kind_word=say_kind(event.kind, language),
        letter=LETTERS[event.kind],
        certainty=event.certainty.value,
        certainty_word=say_certainty(event.certainty, language),
        meaning=say_meaning(event.certainty, language),
        status=event.status.value,
        status_word=say_status(event.status, language) if event.status is not Status.SCHEDULED else "",
        gone=event.status in GONE,
        days=days,
        cycle=cycle,
        was=_was(event, history, language),
        time=say_time(event, language),
        cite=cite(event),
        instrument=event.instrument,
        slug=slug_of(event.instrument),
        paragraph=event.paragraph or "",
        who=name_of(event.bearer, language).name if event.bearer else "",
        to=(", " if language not in ("ar", "zh") else "، " if language == "ar" else "、").join(
            name_of(slug, language).name for slug in event.addressees
        ),
        place=place,
        changed_by=event.revised_by or (revision.instrument if revision.number else ""),
        changed_on=say_day(revision.decided, language) if revision.number else "",
        quote=" ".join(event.quote.get(quote_language, "").split()),
        quote_language=quote_language,
        arithmetic=say_proof(event.proof, language) if event.proof else event.arithmetic,
        document=symbol_address(event.instrument, language),
        milestones=tuple(
            (
                say_milestone(item.name, language),
                say_day(item.day, language),
                say_proof(item.proof, language) if item.proof else item.arithmetic,
            )
            for item in event.milestones
        ),
        note=event.note,
    )


def hero(event: Event, language: str, ahead: date | None = None) -> tuple[str, str]:
    """The event's days as they stand at the edge of a line, empty where it has none; and what is said of its cycle."""
    start, end, cycle = event.start, event.end, ""
    if event.recurrence and start:
        cycle = say_time(event, language)
        following = next(iter(occurrences(start, event.recurrence, ahead, date.max)), None) if ahead else None
        if following is None and event.recurrence.startswith("FREQ=YEARLY") and start == (end or start):
            return say_yearly(start, language), cycle
        if following is not None:
            start, end = following, following + ((end or start) - start)
    if start and end:
        return say_days(start, end, language), cycle
    if end:
        return gettext(message("by {day}"), language, day=say_day(end, language)), cycle
    return (gettext(message("from {day}"), language, day=say_day(start, language)) if start else ""), cycle


def _was(event: Event, history: Iterable[Revision], language: str) -> str:
    if event.start or event.end:
        return ""
    days = [hero(item.event, language)[0] for item in history if item.event.start or item.event.end]
    return days[-1] if days else ""


def steps(history: Iterable[Revision], language: str) -> list[Step]:
    """The history of an event, line by line."""
    found = []
    for revision in history:
        if revision.note.startswith("reaffirmed"):
            done = gettext(message("reaffirmed"), language)
        elif revision.action is None:
            done = gettext(message("decided"), language)
        else:
            done = say_action(revision.action, language)
        found.append(
            Step(
                say_day(revision.decided, language) if revision.decided > date.min else "",
                revision.instrument,
                slug_of(revision.instrument),
                done,
                say_time(revision.event, language),
                revision.number,
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class Mark:
    """A run of a paragraph's words; ``uids`` are the events that these words make, most runs make none."""

    text: str
    uids: tuple[str, ...] = ()


def marked(paragraph: Paragraph, spans: Mapping[str, Span]) -> list[Mark]:
    """The paragraph as it is read, cut where the ``spans`` of events (in the stored text, by UID) begin and end."""
    reading = paragraph.reading
    inside: dict[str, tuple[int, int]] = {}
    for uid, span in spans.items():
        places = [offset for offset in range(len(reading.text)) if span.start <= reading.place(offset) < span.end]
        if places:
            inside[uid] = (places[0], places[-1] + 1)
    cuts = sorted({0, len(reading.text), *(cut for pair in inside.values() for cut in pair)})
    return [
        Mark(reading.text[start:end], tuple(uid for uid, (first, last) in inside.items() if first <= start < last))
        for start, end in pairwise(cuts)
        if start < end
    ]


def certain(event: Event) -> bool:
    """Whether the event's days are days on which something is to be, not a span in which it may be."""
    return event.certainty in (Certainty.DECIDED, Certainty.DERIVED)
