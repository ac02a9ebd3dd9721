"""What a page's reader asks, read from the address once: language, filters, the day and moment looked back to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Final
from urllib.parse import quote

from fastapi import Request

from app.documents import slug_of
from app.errors import UnknownParameter, message
from app.feeds import FORMATS, FeedOptions, InstrumentInfo
from app.model import Kind, Revision
from app.services.filters import check_filters, event_query
from app.store import EventQuery, Store
from app.web.feeds.renderer import FeedRenderer
from app.web.pages import event_view
from app.web.pages.templating import language_of
from app.web.server.dependencies import get_store
from app.web.server.query_string import read_day, read_moment, read_query

MOST_COUNTED: Final = 1000
"""Events of a feed that a page counts; of a larger one it says that there are more."""
PAST: Final = ("as_of", "known_at")
"""The parameters of looking back: to what had been decided, to what the service knew."""


@dataclass(frozen=True, slots=True)
class PageContext:
    """A request for a page, read: ``choice`` of events, ``rest`` the other parameters by name."""

    request: Request
    language: str
    choice: FeedOptions
    rest: dict[str, str]
    as_of: date | None = None
    known_at: datetime | None = None
    titles: dict[str, Mapping[str, str]] = field(default_factory=dict)
    """The titles of instruments that this page has read, by slug and language."""

    @property
    def store(self) -> Store:
        """The store that the application reads."""
        found: Store = self.request.app.state.store
        return found

    @property
    def renderer(self) -> FeedRenderer:
        """What knows the titles of instruments."""
        found: FeedRenderer = self.request.app.state.feed_renderer
        return found

    @property
    def resolution(self) -> str:
        """The slug of the one resolution that is chosen; empty for none or several."""
        return self.choice.resolutions[0] if len(self.choice.resolutions) == 1 else ""

    @property
    def base(self) -> str:
        """The service's address, without a slash at its end."""
        return str(self.request.app.state.settings.base_url).rstrip("/")

    @property
    def webcal(self) -> str:
        """The service's address in the scheme that calendar programs take."""
        return f"webcal://{self.base.partition('://')[2]}"

    @property
    def now(self) -> datetime:
        """The present moment, in UTC."""
        found: datetime = self.request.app.state.clock()
        return found

    @property
    def today(self) -> date:
        """The present day, in UTC."""
        return self.now.date()

    @property
    def status_day(self) -> date:
        """The day on which the status of events is computed: the day looked back to, else today."""
        return self.as_of or (self.known_at.astimezone(UTC).date() if self.known_at else self.today)

    def event_query(self, choice: FeedOptions | None = None, **more: object) -> EventQuery:
        """Return the store query of the choice, as of the day and moment looked back to."""
        past = {"as_of": self.as_of, "known_at": self.known_at, "on": self.status_day}
        return event_query(self.choice if choice is None else choice, **{**past, **more})

    def instrument_info(self, instrument: str) -> InstrumentInfo:
        """Return the title of an instrument, read once a page."""
        slug = slug_of(instrument)
        if slug not in self.titles:
            self.titles[slug] = self.store.titles([slug]).get(slug, {})
        return InstrumentInfo(self.titles[slug])

    def load_titles(self, revisions: Iterable[Revision]) -> None:
        """Read the titles of the instruments of ``revisions`` in one query."""
        missing = {slug_of(item.event.instrument) for item in revisions} - self.titles.keys()
        self.titles.update({slug: {} for slug in missing} | self.store.titles(missing))

    def rows(self, revisions: Sequence[Revision], ahead: date | None = None) -> list[event_view.Row]:
        """Return the rows of events; those that lost their days show the days they had."""
        self.load_titles(revisions)
        return [self.row(revision, ahead=ahead) for revision in revisions]

    def row(self, revision: Revision, *, whole: bool = False, ahead: date | None = None) -> event_view.Row:
        """Return the row of an event; with its whole history where ``whole``."""
        event = revision.event
        past: Sequence[Revision] = ()
        if whole or (revision.number and not (event.start or event.end)):
            past = [
                item for item in self.store.history(event.uid, self.known_at) if item.number <= revision.number
            ] or [revision]
            if self.as_of is not None:
                past = [item for item in past if item.decided <= self.as_of]
        about = self.instrument_info(event.instrument)
        return event_view.Row(revision, self.language, about, past, ahead=ahead, day=self.status_day)

    def vacated_rows(self, query: EventQuery) -> tuple[list[event_view.Row], str | None]:
        """Return a page of events moved away from the days of the query, and the next cursor."""
        page = self.store.departed(query)
        stands = self.store.current_revisions({item.event.uid for item in page.items}, self.as_of, self.known_at)
        self.load_titles(stands.values())
        return [self.vacated_row(earlier, stands[earlier.event.uid]) for earlier in page.items], page.next

    def vacated_row(self, earlier: Revision, now: Revision) -> event_view.Row:
        """Return an event on days that it was moved from: ``earlier`` on them, ``now`` at present."""
        about = self.instrument_info(now.event.instrument)
        return event_view.Row(now, self.language, about, [earlier, now], left=earlier.event, day=self.status_day)

    def feed(self, name: str, choice: FeedOptions, extension: str = "ics") -> str:
        """Return the path of a feed."""
        query = choice.query(str(self.request.app.state.settings.language))
        return f"/feeds/{quote(name)}.{extension}" + (f"?{query}" if query else "")

    def feed_events(self, name: str, choice: FeedOptions, query: EventQuery) -> int:
        """Return the number of entries of an iCalendar feed, ``MOST_COUNTED`` + 1 for more.

        ``query`` selects its events. Exact: undated tasks, goals and options such as ``windows=none`` leave events out.
        """
        kinds = tuple(kind for kind in (query.kinds or tuple(Kind)) if kind is not Kind.OBLIGATION)
        found = self.store.count(replace(query, kinds=kinds), MOST_COUNTED) if kinds else 0
        if not 0 < found <= MOST_COUNTED:
            return found
        body = self.renderer.render(name, FORMATS["ics"], choice).body
        components = body.count(b"\r\nBEGIN:VEVENT\r\n") + body.count(b"\r\nBEGIN:VTODO\r\n")
        # The moved instance of a yearly event has a component of its own, and is no further event.
        return components - body.count(b"\r\nRECURRENCE-ID")


def read(request: Request, *names: str) -> PageContext:
    """Read a page request that takes the parameters ``names`` and ``lang``.

    Raises UnknownParameter.
    """
    language = language_of(request)
    request.app.state.feed_renderer.refresh()
    choice, rest = read_query(request, *names, "lang", language=language)
    check_filters(get_store(request), choice)
    known_at = read_moment(rest, "known_at")
    return PageContext(request, language, choice, rest, read_day(rest, "as_of"), known_at)


def cursor_of(row: event_view.Row) -> str:
    """Where a list that is ordered by day goes on after ``row``."""
    return f"{row.sort_day.isoformat()}~{row.uid}"


def read_cursor(text: str) -> tuple[date, str]:
    """Return the day and UID after which a list goes on. Raises UnknownParameter."""
    day, mark, uid = text.partition("~")
    try:
        if not mark:
            raise ValueError(text)
        return date.fromisoformat(day), uid
    except ValueError as error:
        hint = message("use the value of `next` unchanged")
        raise UnknownParameter(message("invalid cursor"), where="next", hint=hint) from error
