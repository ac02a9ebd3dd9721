"""An entry as components of iCalendar (RFC 5545), for the formats that carry them; built by icalendar."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Component, Event, Todo, vDuration, vRecur

from app.almanac.moved_days import moved_days
from app.feeds.clean_text import clean
from app.feeds.entry import (
    DisplayDates,
    DisplayReason,
    Entry,
    Feed,
    coordinates,
    document_address,
    event_address,
    format_description,
    format_milestone_summary,
    format_place,
    format_summary,
)
from app.feeds.timezones import matches_database, timezone
from app.i18n import explain_proof, format_day, gettext, gettext_noop, translate_certainty, translate_kind
from app.model import Certainty, Kind, Status
from app.schedule.related_meetings import parent_of

# METHOD:PUBLISH obliges an organizer; nobody answers under .invalid (RFC 2606), so no reply goes astray.
ORGANIZER: Final = "mailto:no-reply@plenary.invalid"
COLOR: Final = "steelblue"
REFRESH: Final = timedelta(hours=6)
_DUE: Final = frozenset({Kind.REPORT, Kind.DEADLINE, Kind.AGENDA, Kind.REVIEW})


def head(feed: Feed) -> Calendar:
    """Return the calendar of a feed, without its events.

    >>> from app.feeds.sample import sample_feed
    >>> str(head(sample_feed())["NAME"])
    '72/251 Nuclear disarmament'
    """
    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", "-//Plenary//Calendars from United Nations resolutions//EN")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", "PUBLISH")
    # Of one line each: properties that RFC 5545 does not know have no way to write a second.
    title, description = (" ".join(clean(words).split()) for words in (feed.title, feed.description))
    calendar.add("NAME", title)
    calendar.add("X-WR-CALNAME", title)
    calendar.add("DESCRIPTION", description)
    calendar.add("X-WR-CALDESC", description)
    calendar.add("COLOR", COLOR)
    calendar.add("URL", feed.home)
    calendar.add("SOURCE", feed.address, parameters={"VALUE": "URI"})
    calendar.add("REFRESH-INTERVAL", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", vDuration(REFRESH))
    for zone in feed.zones:
        if (made := timezone(zone)) is not None:
            calendar.add_component(made)
    return calendar


def components(entry: Entry) -> Iterator[Component]:
    """Yield the components of an entry.

    The event (or to-do) comes after its occurrences that were moved; its milestones follow where the options select
    them.

    >>> from app.feeds.sample import sample_entry
    >>> [str(part["UID"]) for part in components(sample_entry(milestones=True))]
    ['A-RES-72-251.5.meeting.1', 'A-RES-72-251.5.meeting.1.documents']
    """
    if entry.placed is not None:
        # Before the series: whoever keeps one component a UID keeps the series.
        yield from _moved_instances(entry, entry.placed)
        yield _main(entry, entry.placed.first, entry.placed.last)
    if entry.feed.options.milestones and not entry.gone:
        yield from _milestones(entry)


def _main(entry: Entry, first: date, last: date) -> Component:
    event, placed, options = entry.event, entry.placed, entry.feed.options
    todo = options.shape == "todo" and event.kind in _DUE
    component: Component = Todo() if todo else Event()
    _identity(component, entry, entry.uid, format_summary(entry), format_description(entry))
    if todo:
        component.add("DUE", last)
    elif options.timed and placed and placed.hours:
        _timed(component, placed, event.timezone)
    else:
        component.add("DTSTART", first)
        component.add("DTEND", last + timedelta(days=1))
        if placed and placed.recurrence:
            component.add("RRULE", vRecur.from_ical(placed.recurrence))
    component.add("STATUS", _status(entry, todo=todo))
    component.add("X-PLENARY-STATUS", event.status.value)
    if not todo:
        busy = (
            event.kind is Kind.MEETING and not entry.gone and placed is not None and placed.reason is DisplayReason.ON
        )
        component.add("TRANSP", "OPAQUE" if busy else "TRANSPARENT")
    if where := format_place(event, options.language):
        component.add("LOCATION", clean(where))
    if point := coordinates(event):
        component.add("GEO", point)
    if event.same_as:
        component.add("RELATED-TO", clean(event.same_as), parameters={"RELTYPE": "SIBLING"})
    if (parent := parent_of(event, entry.about.meetings)) is not None:
        component.add("RELATED-TO", clean(parent), parameters={"RELTYPE": "PARENT"})
    if options.alarm is not None and not entry.gone:
        component.add_component(_alarm(options.alarm, format_summary(entry), due=todo))
    return component


def _moved_instances(entry: Entry, placed: DisplayDates) -> Iterator[Component]:
    """Yield the occurrences of a series that were held on another day, as whole days."""
    if not placed.recurrence or placed.hours or entry.gone:
        return
    for moved in moved_days(entry.event):
        component = _main(replace(entry, placed=replace(placed, recurrence=None)), moved.held, moved.held)
        component.add("RECURRENCE-ID", moved.day)
        yield component


def _timed(component: Component, placed: DisplayDates, zone: str) -> None:
    """Add the times of day of an event; no end where the text gives none.

    They are in the zone's own time, so that a series keeps its hour through the year. They are in UTC where the
    VTIMEZONE does not cover the day, because it lies before the zone's present rules.
    """
    begins, _, ends = placed.hours.partition("/")
    place = ZoneInfo(zone)
    start = datetime.combine(placed.first, time.fromisoformat(begins), tzinfo=place)
    end = datetime.combine(placed.last, time.fromisoformat(ends), tzinfo=place) if ends else None
    if end is not None and end <= start:
        end += timedelta(days=1)
    local = timezone(zone) is not None and (
        placed.recurrence is not None or matches_database(zone, start.replace(tzinfo=None))
    )
    component.add("DTSTART", start if local else start.astimezone(UTC))
    if end is not None:
        component.add("DTEND", end if local else end.astimezone(UTC))
    if placed.recurrence:
        rule = vRecur.from_ical(placed.recurrence)
        # UNTIL has the type of DTSTART, and is in UTC (RFC 5545, 3.3.10).
        rule["UNTIL"] = [
            datetime.combine(day, time.max.replace(microsecond=0), tzinfo=place).astimezone(UTC)
            for day in rule.get("UNTIL", ())
        ] or None
        component.add("RRULE", vRecur({name: value for name, value in rule.items() if value is not None}))


def _identity(component: Component, entry: Entry, uid: str, summary: str, description: str) -> None:
    """Add the properties that identify an event, its state and its source."""
    language = entry.feed.options.language
    component.add("UID", clean(uid))
    component.add("DTSTAMP", entry.modified)
    component.add("CREATED", entry.created)
    component.add("LAST-MODIFIED", entry.modified)
    component.add("SEQUENCE", entry.revision.number)
    component.add("SUMMARY", summary, parameters={"LANGUAGE": language})
    component.add("DESCRIPTION", clean(description), parameters={"LANGUAGE": language})
    component.add("URL", document_address(entry) or event_address(entry))
    component.add("ORGANIZER", ORGANIZER, parameters={"CN": "Plenary"})
    component.add("CATEGORIES", [translate_kind(entry.event.kind, language), *filter(None, [entry.event.instrument])])
    component.add("CLASS", "PUBLIC")


def _status(entry: Entry, *, todo: bool) -> str:
    event = entry.event
    if entry.gone and entry.feed.options.cancelled == "keep":
        return "CANCELLED"
    if todo:
        return "COMPLETED" if event.status is Status.HELD else "NEEDS-ACTION"
    firm = (Certainty.DECIDED, Certainty.DERIVED)
    return "CONFIRMED" if event.certainty in firm and not entry.gone else "TENTATIVE"


def _alarm(before: timedelta, text: str, *, due: bool) -> Alarm:
    alarm = Alarm()
    alarm.add("ACTION", "DISPLAY")
    alarm.add("DESCRIPTION", text)
    alarm.add("TRIGGER", vDuration(-before), parameters={"RELATED": "END"} if due else {})
    return alarm


def _milestones(entry: Entry) -> Iterator[Component]:
    """Yield the days that rules derive from the event.

    They are events of their own, never mixed with what was decided.
    """
    language = entry.feed.options.language
    for milestone in entry.event.milestones:
        component = Event()
        arithmetic = explain_proof(milestone.proof, language) if milestone.proof else milestone.arithmetic
        lines = [
            gettext(
                gettext_noop("A day derived from another: {day}."), language, day=format_day(milestone.day, language)
            ),
            gettext(
                gettext_noop("Certainty: {certainty}."),
                language,
                certainty=translate_certainty(milestone.certainty, language),
            ),
            *([arithmetic] if arithmetic else []),
            gettext(gettext_noop("Details: {address}"), language, address=event_address(entry)),
        ]
        uid = f"{entry.uid}.{milestone.name}"
        _identity(component, entry, uid, format_milestone_summary(entry, milestone), "\n".join(lines))
        component.add("DTSTART", milestone.day)
        component.add("DTEND", milestone.day + timedelta(days=1))
        component.add("STATUS", "TENTATIVE" if milestone.certainty is Certainty.FORECAST else "CONFIRMED")
        component.add("TRANSP", "TRANSPARENT")
        component.add("RELATED-TO", clean(entry.uid))
        yield component
