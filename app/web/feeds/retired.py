"""Instruments that have no schedule any more: those that were withdrawn, and those that go by another symbol now.

A program that follows a feed keeps its last events for as long as the feed cannot be had, and some lose the calendar
itself: the feed of a withdrawn instrument goes on, and says of every event that it is cancelled.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from app.errors import Gone, Moved, NotFound, message
from app.feeds import InstrumentInfo, RecordLookup
from app.i18n import format_day, gettext, gettext_noop
from app.model import Action, Kind, Revision, Status
from app.store import BEFORE, EventQuery, Store, StoredInstrument
from app.web.feeds.query_cache import revisions

_LONGEST: Final = 240


def instrument_of(uid: str) -> str:
    """Return the slug of the instrument whose paragraph made the event."""
    return uid.partition(".")[0]


def missing(store: Store, slug: str) -> NotFound:
    """Return the error of an instrument that the store does not have.

    It is Moved, Gone or NotFound.
    """
    known = len(slug) <= _LONGEST
    if known and (home := store.home(slug)) is not None:
        return Moved(
            message("{slug} has a new symbol", slug=slug),
            where="address",
            hint=message("see {home}", home=home),
            old=slug,
            new=home,
        )
    if known and (filed := store.withdrawn(slug)) is not None:
        hint = message("keep its feed: it cancels every event")
        return Gone(message("the schedule of {symbol} was withdrawn", symbol=filed.symbol), where="address", hint=hint)
    return NotFound(
        message("unknown instrument {slug}", slug=repr(slug[:80])),
        where="address",
        hint=message("write the slug as A-RES-72-251; see /resolutions"),
    )


def missing_event(store: Store, uid: str, hint: str) -> NotFound:
    """Return the error of an event that the store does not have: Moved, Gone or NotFound.

    An item scheduled under a former symbol leads to the same item under the present one, else to the instrument.
    """
    slug = instrument_of(uid)
    found = missing(store, slug) if len(uid) <= _LONGEST and slug != uid else None
    if isinstance(found, Moved):
        heir = found.new + uid.removeprefix(slug)
        return Moved(
            found.message,
            where=found.where,
            hint=found.hint_message,
            old=uid,
            new=heir if store.event(heir) is not None else found.new,
        )
    return (
        found
        if isinstance(found, Gone)
        else NotFound(message("unknown event {uid}", uid=repr(uid[:80])), where="address", hint=hint)
    )


def address_of(path: str, error: Moved) -> str:
    """Return the address that replaces ``path``, of an instrument or event that moved."""
    before, _, after = path.partition(error.old)
    if instrument_of(error.old) != error.old and instrument_of(error.new) == error.new:
        return f"{before.removesuffix('events/')}resolutions/{error.new}"
    return before + error.new + after


class WithdrawnFeed:
    """The feed of a withdrawn instrument.

    It shows the last state of every event of its own, cancelled.
    """

    def __init__(
        self, store: Store, filed: StoredInstrument, moment: datetime, language: str, others: RecordLookup
    ) -> None:
        self._store = store
        self._filed = filed
        self._others = others
        self._moment = moment
        self._known_at = moment - BEFORE
        self._day = moment.date()
        notice = gettext_noop(
            "The schedule of {instrument} was withdrawn here on {day}: what it said no longer stands."
        )
        self.notice = gettext(notice, language, instrument=filed.symbol, day=format_day(self._day, language))
        """That, and when, in the reader's language."""

    def chosen(self, query: EventQuery) -> list[Revision]:
        """Return the events that the query finds as of the withdrawal, cancelled.

        Events of others that the instrument repeated are not its own.
        """
        found = revisions(self._store, replace(query, known_at=self._known_at))
        return [self._cancelled(item) for item in found if item.event.same_as is None]

    def _cancelled(self, last: Revision) -> Revision:
        # Later than before, or programs that look for a newer state (ICSx5) would keep the old one.
        decided = max(self._day, last.decided + timedelta(days=1))
        number = last.number + 1
        event = replace(last.event, status=Status.CANCELLED, decided=decided, revision=number)
        return Revision(event, number, decided, last.instrument, Action.CANCEL, self.notice, self._moment)

    def history(self, uid: str) -> Sequence[Revision]:
        """Return every revision that the event had before the withdrawal.

        Of an event of another instrument, every revision.
        """
        if instrument_of(uid) != self._filed.slug:
            return self._others.history(uid)
        return self._store.history(uid, self._known_at)

    def about(self, instrument: str) -> InstrumentInfo:
        """Return what was known of the instrument, or what is known of another."""
        if instrument != self._filed.symbol:
            return self._others.about(instrument)
        schedule = self._filed.schedule
        meetings = tuple(event for event in schedule.events if event.kind is Kind.MEETING)
        return InstrumentInfo(self._filed.title, schedule.evidence, meetings)
