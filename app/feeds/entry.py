"""An event as a calendar shows it: its days, its words, its links; what every format writes in its own way."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Final, Protocol
from urllib.parse import quote

from app.feeds.clean_text import clean
from app.feeds.day_notes import moved_note, off_note
from app.feeds.observance_event import ObservanceEvent
from app.feeds.options import FeedOptions
from app.i18n import (
    TITLE_LENGTH,
    describe,
    format_days,
    gettext,
    gettext_noop,
    long_title,
    profile,
    title,
    translate_milestone,
    translate_place,
    translate_status,
)
from app.model import INACTIVE_STATUSES, Certainty, Event, Kind, Milestone, Revision, Status
from app.obligations.short_title import calendar_subject
from app.registry import registry
from app.schedule.history import is_reaffirmation


@dataclass(frozen=True, slots=True)
class InstrumentInfo:
    """What a feed shows of an instrument.

    The title is by language; ``evidence`` holds the symbols of the records that show its facts.
    """

    title: Mapping[str, str] = field(default_factory=dict)
    evidence: tuple[str, ...] = ()
    meetings: tuple[Event, ...] = ()


class RecordLookup(Protocol):
    """Look-up of what an event's state does not hold; used only when it is rendered."""

    def history(self, uid: str) -> Sequence[Revision]:
        """Every revision of the event, oldest first."""
        ...

    def about(self, instrument: str) -> InstrumentInfo:
        """Return what is known of the instrument with that symbol."""
        ...


@dataclass(frozen=True, slots=True)
class Feed:
    """The metadata of a feed.

    ``address`` is its own, ``home`` its page, ``base`` that of the service. ``changed`` is the day on which the latest
    of its events' states was decided.
    """

    name: str
    title: str
    description: str
    address: str
    home: str
    base: str
    options: FeedOptions = field(default_factory=FeedOptions)
    filename: str = "plenary"
    changed: date = date(1945, 10, 24)
    zones: tuple[str, ...] = ()
    """The time zones that its events name."""
    notice: str = ""
    """The first note of events whose revision has it: that their schedule was withdrawn."""
    day: date | None = None
    """The day, in UTC, on which the status of its events is computed; None shows statuses as decided."""
    almanac: bool = False
    """Whether its events are the almanac's own: dated as they are, described by title and note, without pages."""


class DisplayReason(StrEnum):
    """Why an event stands on the days where a calendar shows it."""

    ON = "on"
    OPENS = "opens"
    WINDOW = "window"
    BEGINS = "begins"
    DUE = "due"
    STOOD = "stood"


@dataclass(frozen=True, slots=True)
class DisplayDates:
    """The days on which a calendar shows an event, both inclusive, and why."""

    first: date
    last: date
    reason: DisplayReason
    recurrence: str | None = None
    hours: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A revision as a feed shows it.

    ``history`` is every revision of its event up to this one, oldest first.
    """

    revision: Revision
    history: tuple[Revision, ...]
    about: InstrumentInfo
    placed: DisplayDates | None
    feed: Feed

    @property
    def event(self) -> Event:
        """The event as the revision states it."""
        return self.revision.event

    @property
    def uid(self) -> str:
        """The UID under which feeds show it: that of the almanac for one of its observances."""
        return self.event.public_uid if isinstance(self.event, ObservanceEvent) else self.event.uid

    @property
    def modified(self) -> datetime:
        """The beginning, in UTC, of the day on which the state was decided."""
        return midnight(self.revision.decided)

    @property
    def created(self) -> datetime:
        """The beginning, in UTC, of the day on which the event was first decided."""
        first = self.history[0] if self.history else self.revision
        return midnight(first.decided)

    @property
    def gone(self) -> bool:
        """Whether nothing will take place on the days shown."""
        return self.event.status in INACTIVE_STATUSES


ALL: Final = "all"
"""The feed of everything, which leaves goals and budget periods out unless it is asked for them."""
EARLIEST: Final = date(1945, 10, 24)
"""The day on which the Charter came into force: no instrument is older, and one of unknown day counts from it."""


def midnight(day: date) -> datetime:
    """Return the beginning of a day in UTC, not before the Charter's day.

    >>> midnight(date(1919, 6, 28))
    datetime.datetime(1945, 10, 24, 0, 0, tzinfo=datetime.timezone.utc)
    """
    return datetime.combine(max(day, EARLIEST), time.min, tzinfo=UTC)


def build_entry(revision: Revision, feed: Feed, records: RecordLookup) -> Entry | None:
    """Return the entry of a revision in a feed, or None where the options leave it out.

    An item that only repeats an event of an earlier instrument is left out: that event represents both.

    >>> from app.feeds.sample import SAMPLE_REVISION, SampleRecords, sample_feed
    >>> entry = build_entry(SAMPLE_REVISION, sample_feed(), SampleRecords())
    >>> entry.placed.first, entry.placed.reason
    (datetime.date(2018, 5, 14), <DisplayReason.ON: 'on'>)
    """
    event = revision.event
    if event.status in INACTIVE_STATUSES and feed.options.cancelled == "drop":
        return None
    if event.status is Status.SUPERSEDED and event.same_as:
        return None
    if event.kind is Kind.OBLIGATION or feed.options.leaves_out(event, by_default=feed.name == ALL):
        return None
    # The first state has no other before it: of most events nothing more need be read.
    known = records.history(event.uid) if revision.number else (revision,)
    history = tuple(item for item in known if item.number <= revision.number and not is_reaffirmation(item))
    about = records.about(event.instrument)
    if feed.almanac and event.start and event.end:
        stands: DisplayDates | None = DisplayDates(event.start, event.end, DisplayReason.ON, event.recurrence)
    else:
        stands = place(revision, history, feed.options.windows)
    return Entry(revision, history or (revision,), about, stands, feed)


def place(revision: Revision, history: Sequence[Revision], windows: str) -> DisplayDates | None:
    """Return the days on which a calendar shows an event, or None where it has none.

    A postponed or cancelled event stays on the last days it had. A window or an uncertain span goes to its first day
    (``windows`` ``start``), to all its days (``span``) or nowhere (``none``). A cycle that only begins with a window is
    not continued, since the days that follow are not known.

    >>> from app.feeds.sample import SAMPLE_REVISION
    >>> place(SAMPLE_REVISION, (), "start").last
    datetime.date(2018, 5, 16)
    """
    event, stood = revision.event, False
    if event.status in INACTIVE_STATUSES and not (event.start or event.end):
        dated = [item.event for item in history if item.event.start or item.event.end]
        if not dated:
            return None
        event, stood = dated[-1], True
    if event.start is None and event.end is None:
        return None
    first, last = event.start or event.end, event.end or event.start
    if first is None or last is None:
        return None
    open_ended = event.start is None or event.end is None
    uncertain = event.certainty is Certainty.WINDOW or (event.certainty is Certainty.FORECAST and first != last)
    if not (uncertain or open_ended):
        return DisplayDates(
            first, last, DisplayReason.STOOD if stood else DisplayReason.ON, event.recurrence, event.hours
        )
    if windows == "none" and uncertain and not open_ended:
        return None
    if event.start is None:
        return DisplayDates(last, last, DisplayReason.STOOD if stood else DisplayReason.DUE)
    if event.end is None:
        return DisplayDates(first, first, DisplayReason.STOOD if stood else DisplayReason.BEGINS, event.recurrence)
    if windows == "span":
        return DisplayDates(first, last, DisplayReason.STOOD if stood else DisplayReason.WINDOW)
    return DisplayDates(first, first, DisplayReason.STOOD if stood else DisplayReason.OPENS)


# --- words ----------------------------------------------------------------------------------------------------------

_SUMMARIES: Final = {
    DisplayReason.OPENS: gettext_noop("{what} [window opens]"),
    DisplayReason.WINDOW: gettext_noop("{what} [window]"),
    DisplayReason.DUE: gettext_noop("{what} [due]"),
    DisplayReason.BEGINS: gettext_noop("{what} [from this day]"),
}
_NOTES: Final = {
    DisplayReason.OPENS: gettext_noop("No day is fixed: this stands on the first day of the window {days}."),
    DisplayReason.WINDOW: gettext_noop("No day is fixed: this stands on every day of the window {days}."),
    DisplayReason.DUE: gettext_noop("This stands on the last day allowed."),
    DisplayReason.BEGINS: gettext_noop("This stands on the first day; no end is given."),
    DisplayReason.STOOD: gettext_noop("This stands on the last days it had: {days}."),
}


def format_summary(entry: Entry) -> str:
    """Return the line that a calendar shows.

    It is the short title, with what the day means where it is not simply the day of the event.

    >>> from app.feeds.sample import sample_entry
    >>> format_summary(sample_entry())
    'Conference on nuclear disarmament (New York)'
    """
    language = entry.feed.options.language
    if entry.gone:
        mark = f"[{translate_status(entry.event.status, language)}] "
        return mark + _line(entry, TITLE_LENGTH - len(mark))
    if entry.placed and entry.placed.reason in _SUMMARIES:
        pattern = _SUMMARIES[entry.placed.reason]
        mark = gettext(pattern, language, what="")
        return gettext(pattern, language, what=_line(entry, TITLE_LENGTH - len(mark)))
    return _line(entry)


def format_description(entry: Entry) -> str:
    """Return why the event is shown on its days.

    The lines are: note on the day, source, words, certainty, arithmetic, changes, links.

    >>> from app.feeds.sample import sample_entry
    >>> format_description(sample_entry()).splitlines()[1:3]
    ['Source: A/RES/72/251 ¶5', 'When: 14–16 May 2018']
    """
    language = entry.feed.options.language
    if entry.feed.almanac:
        return entry.event.note
    lines = [entry.feed.notice] if entry.feed.notice and entry.revision.note == entry.feed.notice else []
    lines.append(format_long_title(entry))
    if entry.placed and entry.placed.reason in _NOTES:
        shown = entry.event if entry.event.start and entry.event.end else None
        days = (shown.start, shown.end) if shown else (entry.placed.first, entry.placed.last)
        lines.append(
            gettext(
                _NOTES[entry.placed.reason],
                language,
                days=format_days(days[0] or entry.placed.first, days[1] or entry.placed.last, language),
            )
        )
    lines.append(describe(entry.event, language, entry.history))
    lines += [*moved_note(entry.event, language), *off_note(entry.event, language)]
    if isinstance(entry.event, ObservanceEvent):
        cited = gettext_noop("Source: {citation}")
        lines += [gettext(cited, language, citation=source) for source in entry.event.sources]
    if address := document_address(entry):
        lines.append(gettext(gettext_noop("Document: {address}"), language, address=address))
    lines.append(gettext(gettext_noop("Details: {address}"), language, address=event_address(entry)))
    return "\n".join(lines)


def format_long_title(entry: Entry) -> str:
    """Return the title with the instrument's own title and symbol, on one line.

    >>> from app.feeds.sample import sample_entry
    >>> format_long_title(sample_entry())
    'Conference on nuclear disarmament (New York) (A/RES/72/251)'
    """
    language = entry.feed.options.language
    text = long_title(entry.event, language, entry.about.title.get(language, ""))
    return " ".join(clean(text).split())


def calendar_name(symbol: str, title: str, language: str) -> str:
    """Return the name of an instrument's calendar: its number and its subject.

    >>> title = "Follow-up to the 2013 high-level meeting of the General Assembly on nuclear disarmament"
    >>> calendar_name("A/RES/72/251", title, "en")
    '72/251 Nuclear disarmament: 2013 high-level meeting'
    >>> calendar_name("S/RES/2709 (2023)", "", "en")
    'S/RES/2709 (2023)'
    """
    number = symbol.removeprefix("A/RES/") if symbol.startswith("A/RES/") else symbol
    about = calendar_subject(title, language) if title else ""
    return f"{number} {about}" if about else symbol


def _line(entry: Entry, limit: int = TITLE_LENGTH) -> str:
    """Return the short title on one line, whatever a title holds."""
    language = entry.feed.options.language
    if entry.feed.almanac or isinstance(entry.event, ObservanceEvent):
        return " ".join(clean(entry.event.title.get(language) or entry.event.title["en"]).split())
    text = title(entry.event, language, entry.about.title.get(language, ""), limit)
    return " ".join(clean(text).split())


def format_place(event: Event, language: str) -> str | None:
    """Return the name of the event's place in ``language``, or None where none is known.

    >>> from app.feeds.sample import SAMPLE_EVENT
    >>> format_place(SAMPLE_EVENT, "ru")
    'Нью-Йорк'
    """
    return translate_place(event.place, language) if event.place else None


def format_milestone_summary(entry: Entry, milestone: Milestone) -> str:
    """Return the line of a milestone: its name, and the line of its event.

    >>> from app.feeds.sample import SAMPLE_EVENT, sample_entry
    >>> format_milestone_summary(sample_entry(), SAMPLE_EVENT.milestones[0])
    'documents: Conference on nuclear disarmament (New York)'
    """
    language = entry.feed.options.language
    name = f"{translate_milestone(milestone.name, language)}{profile(language).colon}"
    return name + _line(entry, TITLE_LENGTH - len(name))


# --- links ----------------------------------------------------------------------------------------------------------

_DECISION: Final = re.compile(r"[A-Z]+(?:/[A-Z]+)*/DEC/")


def symbol_address(symbol: str, language: str) -> str:
    """Return the official address of a document.

    >>> symbol_address("A/RES/72/251", "fr")
    'https://docs.un.org/fr/A/RES/72/251'
    """
    return f"https://docs.un.org/{language}/{quote(re.sub(r' +(?=[(])', '', symbol), safe='/()-.')}"


def document_address(entry: Entry) -> str | None:
    """Return the address of the official document that made the event, or None.

    A decision has no document of its own; the record named first as its evidence represents it.

    >>> from app.feeds.sample import sample_entry
    >>> document_address(sample_entry(language="zh"))
    'https://docs.un.org/zh/A/RES/72/251'
    """
    language = entry.feed.options.language
    if entry.feed.almanac and "/" not in entry.event.instrument:
        return None
    if not _DECISION.match(entry.event.instrument):
        return symbol_address(entry.event.instrument, language)
    return symbol_address(entry.about.evidence[0], language) if entry.about.evidence else None


def event_address(entry: Entry) -> str:
    """Return the address of the event's page.

    An entry of the almanac has no page: its address is an anchor of its feed's page.

    >>> from app.feeds.sample import sample_entry
    >>> event_address(sample_entry())
    'https://localhost/events/A-RES-72-251.5.meeting.1'
    """
    if entry.feed.almanac:
        return f"{entry.feed.home}#{quote(entry.event.uid, safe='@:.-')}"
    return f"{entry.feed.base}/events/{quote(entry.event.uid, safe='@:.-')}"


def coordinates(event: Event) -> tuple[float, float] | None:
    """Return latitude and longitude in degrees of the event's place; None if unlisted.

    >>> from app.feeds.sample import SAMPLE_EVENT
    >>> coordinates(SAMPLE_EVENT)
    (40.7489, -73.968)
    """
    slug = "-".join((event.place or "").lower().replace(",", " ").split())
    place = registry().places.get(slug)
    return place.coordinates if place else None
