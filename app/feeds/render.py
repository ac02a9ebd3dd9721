"""A derived schedule as a feed's bytes, without a store: what ``plenary derive --format ics`` writes."""

from __future__ import annotations

from collections.abc import Sequence

from app.feeds.entry import EARLIEST, Feed, InstrumentInfo, calendar_name, symbol_address
from app.feeds.formats import FORMATS
from app.feeds.fragment_cache import FragmentCache
from app.feeds.observance_event import join_observances
from app.feeds.options import FeedOptions
from app.i18n import gettext, gettext_noop
from app.model import Kind, Revision, Schedule


class _Alone:
    """The records of a schedule that nothing has changed."""

    def __init__(self, schedule: Schedule, revisions: Sequence[Revision]) -> None:
        meetings = tuple(event for event in schedule.events if event.kind is Kind.MEETING)
        self._about = InstrumentInfo(schedule.title, schedule.evidence, meetings)
        self._revisions = {revision.event.uid: revision for revision in revisions}

    def history(self, uid: str) -> Sequence[Revision]:
        return (self._revisions[uid],)

    def about(self, instrument: str) -> InstrumentInfo:  # noqa: ARG002  # there is one instrument
        return self._about


def render_schedule(
    schedule: Schedule, language: str, extension: str = "ics", base: str = "https://localhost"
) -> bytes:
    """Return the schedule as a calendar file in ``language``.

    ``base`` is the address of a service, for its links. A schedule whose day of adoption is not known is dated from the
    day the Charter came into force, the same on every machine.

    >>> from app.model import Schedule
    >>> from app.model.symbols import parse_symbol
    >>> schedule = Schedule(parse_symbol("A/RES/72/251"), None)
    >>> render_schedule(schedule, "en").splitlines()[-1]
    b'END:VCALENDAR'
    """
    symbol = schedule.symbol.text
    revisions = [
        Revision(event, 0, schedule.adopted or event.decided or EARLIEST, symbol, None) for event in schedule.events
    ]
    title = schedule.title.get(language, "")
    feed = Feed(
        name=f"resolution/{schedule.symbol.slug}",
        title=calendar_name(symbol, title, language),
        description=gettext(gettext_noop("What {symbol} schedules."), language, symbol=symbol),
        address=f"{base}/feeds/resolution/{schedule.symbol.slug}.{extension}",
        home=symbol_address(symbol, language),
        base=base,
        options=FeedOptions(language=language),
        filename=schedule.symbol.slug,
    )
    return FragmentCache(0).render(FORMATS[extension], feed, join_observances(revisions), _Alone(schedule, revisions))
