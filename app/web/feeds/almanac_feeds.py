"""Feeds of the almanac: sessions, observances and holidays as events, from the almanac's data alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Final

from app.almanac import almanac
from app.almanac.session_calendar import SOURCE, session_calendar
from app.documents import parse_symbol
from app.errors import SymbolError
from app.feeds import FeedOptions, InstrumentInfo
from app.feeds.session_titles import session_reason, session_title
from app.i18n import explain_certainty, gettext, gettext_noop, translate_certainty
from app.model import Certainty, Event, Kind, Revision
from app.schedule.time_status import event_on

REVISED: Final = date(2026, 12, 1)
"""The day on which the almanac's data was last revised: DTSTAMP and LAST-MODIFIED of every entry, set with the data."""
FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2040
"""Movable observances and computed holidays are given for the years from the first to the last, both inclusive."""

RECENT: Final = timedelta(90)
"""How long sessions of the calendar of conferences stay in the feed after they closed, unless ``from`` is given."""
TITLES: Final = {
    "sessions": gettext_noop("Sessions of United Nations bodies"),
    "observances": gettext_noop("United Nations observances"),
    "holidays": gettext_noop("United Nations holidays at Headquarters"),
}
"""The feeds of the almanac by name, with their titles."""


class AlmanacRecords:
    """The records of almanac entries: they have no history and no document of their own."""

    def history(self, uid: str) -> Sequence[Revision]:  # noqa: ARG002  # the name is the protocol's
        """Return no revisions."""
        return ()

    def about(self, instrument: str) -> InstrumentInfo:  # noqa: ARG002  # the name is the protocol's
        """Return an empty record: nothing is known of an instrument here."""
        return InstrumentInfo()


def entries(name: str, choice: FeedOptions, day: date) -> list[Revision]:
    """Return the entries of an almanac feed, in order of days and UIDs.

    ``name`` is a key of TITLES; ``choice`` selects among its entries. Their status and certainty are those of ``day``.
    """
    made = _MAKERS[name](choice.language)
    if name == "sessions" and choice.start is None:
        # Without a first day, years of small bodies would fill the calendar: see ``from``.
        old = {at.uid for at in session_calendar() if at.source == SOURCE and at.closes < day - RECENT}
        made = tuple(event for event in made if event.uid not in old)
    found = [_seen_on(event, day, choice.language) for event in made if _chosen(event, choice)]
    chosen = [event for event in found if not choice.statuses or event.status in choice.statuses]
    return [Revision(event, 0, REVISED, event.instrument, None) for event in chosen]


def _seen_on(event: Event, day: date, language: str) -> Event:
    """Return the event as it is seen on ``day``, with that day's certainty in its note."""
    seen = event_on(event, day)
    if seen.certainty is event.certainty:
        return seen
    before, after = (_format_certainty(item.certainty, language) for item in (event, seen))
    return replace(seen, note=event.note.replace(before, after))


def _format_certainty(certainty: Certainty, language: str) -> str:
    """Return the line of a note that gives the certainty and its meaning."""
    words = {"certainty": translate_certainty(certainty, language), "meaning": explain_certainty(certainty, language)}
    return gettext(gettext_noop("Certainty: {certainty}. {meaning}"), language, **words)


def _chosen(event: Event, choice: FeedOptions) -> bool:
    start, end = event.start, event.end
    if (
        choice.actors
        or choice.topics
        or choice.addressees
        or choice.resolutions
        or (choice.kinds and event.kind not in choice.kinds)
    ):
        return False
    if choice.bodies and event.bearer not in choice.bodies:
        return False
    if choice.bearers and event.bearer not in choice.bearers:
        return False
    if choice.sessions and event.when not in choice.sessions:
        return False
    if choice.text and choice.text.casefold() not in event.title[choice.language].casefold():
        return False
    if choice.end and start and start > choice.end:
        return False
    # A series has no last day, so nothing begins too late for it.
    return not (choice.start and end and end < choice.start and not event.recurrence)


def _event(
    uid: str, kind: Kind, title: str, days: tuple[date, date], certainty: Certainty, source: str, language: str,
    *, when: str = "", instrument: str = "", recurrence: str | None = None, bearer: str | None = None, more: str = "",
    place: str | None = None,
) -> Event:  # fmt: skip
    lines = [
        gettext(gettext_noop("Source: {citation}"), language, citation=source),
        _format_certainty(certainty, language),
        *([more] if more else []),
    ]
    notation = when or (days[0].isoformat() if days[0] == days[1] else f"{days[0]}/{days[1]}")
    return Event(
        uid=uid,
        kind=kind,
        when=notation,
        certainty=certainty,
        instrument=instrument,
        decided=REVISED,
        start=days[0],
        end=days[1],
        recurrence=recurrence,
        bearer=bearer,
        place=place,
        title={language: title},
        note="\n".join(lines),
    )


def _ordered(events: Iterator[Event]) -> tuple[Event, ...]:
    return tuple(sorted(events, key=lambda event: (event.start or date.min, event.uid)))


@cache
def _sessions(language: str) -> tuple[Event, ...]:
    return _ordered(_each_session(language))


def _each_session(language: str) -> Iterator[Event]:
    forecast = gettext(gettext_noop("forecast by rule"), language)
    for at in session_calendar():
        reason = session_reason(at, language)
        if not reason and at.rule:
            reason = forecast
        yield _event(
            at.uid, Kind.PERIOD, session_title(at, language), (at.opens, at.closes), at.certainty, at.source, language,
            when=at.token or "", bearer=at.body, more=reason, place=at.place or None,
        )  # fmt: skip


@cache
def _observances(language: str) -> tuple[Event, ...]:
    return _ordered(_each_observance(language))


def _since(resolution: str) -> date:
    """Return the first day on which an observance is shown.

    It is New Year after the opening of the session that proclaimed the observance. The table has the session and not
    the day of adoption; so no observance is shown before it was proclaimed. One that no resolution of a numbered
    session proclaimed is shown from ``FIRST_YEAR`` on.
    """
    try:
        symbol = parse_symbol(resolution)
    except SymbolError:
        return date(FIRST_YEAR, 1, 1)
    return date(1946 + (symbol.session or 0), 1, 1)


def _each_observance(language: str) -> Iterator[Event]:
    first, last = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)
    unverified = gettext(gettext_noop("The source was not verified against the instrument."), language)
    for item in almanac().observances:
        fixed = item.recurrence is not None
        single = item.recurrence is None and item.first is not None
        source = item.source if item.source == item.resolution or not item.resolution else (
            f"{item.resolution}; {item.source}"
        )  # fmt: skip
        spans = [(item.first, item.first + timedelta(item.days - 1))] if single and item.first else None
        certainty = Certainty.DECIDED if fixed or single else Certainty.DERIVED
        for days in spans or item.between(max(first, _since(item.resolution)), last):
            uid = f"observance.{item.slug}" if fixed or single else f"observance.{item.slug}.{days[0].year}"
            yield _event(
                uid, Kind.OBSERVANCE, item.names[language], days, certainty, source, language,
                when=item.when if item.when.startswith("R/--") else "",
                instrument=item.resolution, recurrence=item.recurrence if fixed else None,
                more="" if item.checked else unverified,
            )  # fmt: skip
            if fixed:
                break


@cache
def _holidays(language: str) -> tuple[Event, ...]:
    return _ordered(_each_holiday(language))


def _each_holiday(language: str) -> Iterator[Event]:
    official, computed = (
        gettext_noop("official: published in a circular"),
        gettext_noop("computed: no circular is entered"),
    )
    for holiday in almanac().holidays.between(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)):
        slug = "-".join("".join(c if c.isalnum() else " " for c in holiday.name.lower().replace("'", "")).split())
        name, days = almanac().say(holiday.name, language), (holiday.day, holiday.day)
        yield _event(
            f"holiday.{holiday.day.isoformat()}.{slug}", Kind.OBSERVANCE, name, days,
            Certainty.DECIDED if holiday.official else Certainty.DERIVED, holiday.source, language,
            more=gettext(official if holiday.official else computed, language),
        )  # fmt: skip


_MAKERS: Final[Mapping[str, Callable[[str], tuple[Event, ...]]]] = {
    "sessions": _sessions,
    "observances": _observances,
    "holidays": _holidays,
}
