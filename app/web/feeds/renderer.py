"""Feed renderer: resolves the name of a feed, queries its events and renders their bytes. Called in threads."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from threading import Lock
from typing import Any, Final
from urllib.parse import quote

from app.documents import slug_of
from app.errors import Gone, Moved, NotFound, UnknownParameter, message
from app.feeds import (
    CHANGE_FORMATS,
    FILTERS,
    FORMATS,
    RESOLUTION,
    Change,
    ChunkedList,
    Feed,
    FeedOptions,
    Format,
    FragmentCache,
    InstrumentInfo,
    render_changes,
)
from app.feeds.entry import calendar_name
from app.feeds.observance_event import join_observances
from app.i18n import gettext, gettext_noop, name_of, translate_kind, translate_status
from app.model import Kind, Revision
from app.schedule.time_status import status_on
from app.services import subscriptions
from app.services.filters import check_filters, event_query
from app.store import ChangeSet, Store, StoredInstrument, Subscription
from app.web.feeds import almanac_feeds
from app.web.feeds.feed_request import FeedRequest, RenderedFeed
from app.web.feeds.query_cache import QueryCache, no_checkpoint
from app.web.feeds.recent import recent_events
from app.web.feeds.retired import WithdrawnFeed, instrument_of, missing

ALL: Final = "all"
CHANGES: Final = "changes"
_CHANGED: Final = gettext_noop("Changes")
_MAX_CHANGES: Final = 100
"""Entries of the feed of changes; the API has all of them."""
_PAGE_SIZE: Final = 5000
_MAX_INSTRUMENTS: Final = 20_000
"""Instruments whose titles are cached; above it all are forgotten at the next change."""
_MAX_NAME: Final = 200
"""Characters of a feed's name."""
_SYMBOL_SPELLING: Final = re.compile(r"(?!\.)[A-Za-z0-9.()\[\]-]+(?:[/ ](?!\.)[A-Za-z0-9.()\[\]-]+)*")
"""Spellings of a symbol that redirect: no empty, ``.`` or ``..`` segment, nothing that needs quoting but a space."""
ANY_INSTRUMENT: Final = "*"
"""Tag that changes with every instrument."""
_MAX_SAVED: Final = 2000
_SKEW: Final = timedelta(seconds=30)
"""How far apart the clocks of machines may be, and how long a change of a saved feed may take to be written."""


class FeedRenderer:
    """Renders the feeds of ``store``, with the statuses of ``clock``'s day. Thread-safe.

    Caches query results, and fragments of at most ``limit`` bytes.
    """

    def __init__(
        self,
        store: Store,
        *,
        base: str,
        language: str,
        limit: int,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._store = store
        self._clock = clock
        self._base = base.rstrip("/")
        self.language = language
        self._fragments = FragmentCache(limit)
        self._queries = QueryCache(store)
        self._lock = Lock()
        self._revision = -1
        self._moment: datetime | None = None
        self._instruments: dict[str, InstrumentInfo] = {}
        self._saved_since = datetime.now(UTC) - _SKEW

    def revision(self) -> int:
        """Return the store's revision."""
        return self._store.revision()

    def version(self) -> tuple[int, float]:
        """Return the store's revision, and when its contents last changed.

        The time is in seconds since 1970, 0 for an empty store.
        """
        revision, moment = self._store.version()
        return revision, moment.timestamp() if moment else 0.0

    def changed_tags(self, since: float, moment: float) -> frozenset[str] | None:
        """Return the tags that changed between two moments of the contents.

        None where they are too many to name. Both moments are in seconds since 1970, as ``version`` gives them. Not
        thread-safe.
        """
        before, self._saved_since = self._saved_since, datetime.now(UTC) - _SKEW
        found = frozenset(subscriptions.SAVED + address for address in self._store.saved.turned(before, _MAX_SAVED + 1))
        if len(found) > _MAX_SAVED:
            return None
        if since == moment:
            return found
        changes = self._queries.changes_between(datetime.fromtimestamp(since, UTC), datetime.fromtimestamp(moment, UTC))
        return None if changes is None else found.union(changes.changed, [ANY_INSTRUMENT] if changes.changed else [])

    def render(
        self, name: str, format_: Format, options: FeedOptions, checkpoint: Callable[[], None] = no_checkpoint
    ) -> RenderedFeed:
        """Return the feed ``name``. Raises NotFound, Gone, StoreError.

        ``checkpoint`` is called between pages of a query and between chunks, and may raise to stop the rendering.
        """
        shown: dict[str, Any] = {}
        own: frozenset[str] = frozenset()
        if name.startswith(subscriptions.SAVED):
            if options != FeedOptions(language=self.language):
                hint = message("change the saved filters instead")
                raise UnknownParameter(message("saved feeds take no parameters"), where="query", hint=hint)
            shown = {"name": name, "address": f"{self._base}/feeds/{name}.{format_.extension}"}
            own = frozenset({name})
            saved, name, options = self._saved(name)
            shown |= {"title": saved.name} if saved.name else {}
        if name in almanac_feeds.TITLES:
            day = self._day()
            feed = replace(self._almanac(name, format_, options), **shown, day=day)
            entries = almanac_feeds.entries(name, options, day)
            body = self._fragments.render(format_, feed, entries, almanac_feeds.AlmanacRecords())
            return RenderedFeed(body, feed.filename, own)
        if name == CHANGES:
            return RenderedFeed(self._changes(format_, options), CHANGES, frozenset({ANY_INSTRUMENT}))
        request = self._resolve(name, format_, options)
        feed = replace(request.feed, **shown, day=self._day())
        found, tags = self._find(request, self.refresh(), checkpoint)
        if name == ALL and options.start is None and options.end is None:
            found = recent_events(found, self._day())
        found = join_observances(self._chosen(found, options))
        body = self._fragments.render(format_, feed, found, request.withdrawn or self, checkpoint)
        return RenderedFeed(body, feed.filename, tags | own)

    def title(self, name: str) -> str:
        """Return the name under which a calendar program lists the feed. Raises NotFound, Gone."""
        options = FeedOptions(language=self.language)
        if name.startswith(subscriptions.SAVED):
            saved, name, options = self._saved(name)
            if saved.name:
                return saved.name
        if name in almanac_feeds.TITLES:
            return gettext(almanac_feeds.TITLES[name], options.language)
        if name == CHANGES:
            return gettext(_CHANGED, options.language)
        return self._title(options, self._filed(name))

    def years(self, name: str, options: FeedOptions) -> list[int]:
        """Return the years in which events of the feed begin, in order. Raises NotFound, Gone."""
        if name.startswith(subscriptions.SAVED):
            _, name, options = self._saved(name)
        if name in almanac_feeds.TITLES:
            found: Iterable[Revision] = almanac_feeds.entries(name, options, self._day())
        else:
            found = self._chosen(self._find(self._resolve(name, FORMATS["ics"], options), self.refresh())[0], options)
        days = (item.event.start or item.event.end for item in found)
        return sorted({day.year for day in days if day})

    def _day(self) -> date:
        return self._clock().date()

    def _chosen(self, found: Collection[Revision], options: FeedOptions) -> Collection[Revision]:
        day = self._day()
        return [one for one in found if status_on(one.event, day) in options.statuses] if options.statuses else found

    def moved(self, name: str) -> str | None:
        """Return the canonical name of a feed that is spelled otherwise, or None.

        That is another writing (``resolution/a/res/72/251``), or a former symbol of the instrument.
        """
        if not name.lower().startswith(RESOLUTION) or len(name) > _MAX_NAME or not _SYMBOL_SPELLING.fullmatch(name):
            return None
        home = self._present(f"{RESOLUTION}{slug_of(name[len(RESOLUTION) :].upper())}")
        slug = home[len(RESOLUTION) :]
        known = home != name and (self._store.instrument(slug, ()) or self._store.withdrawn(slug))
        return home if known else None

    def _saved(self, name: str) -> tuple[Subscription, str, FeedOptions]:
        """Return a saved feed, the name of the feed it filters, and its options.

        Raises NotFound, Gone.
        """
        saved = subscriptions.subscription(self._store, name.removeprefix(subscriptions.SAVED))
        return saved, self._present(saved.feed), subscriptions.choice_of(saved.choice)

    def _present(self, name: str) -> str:
        """Return the current name of a feed whose instrument may have another symbol now."""
        slug = name.removeprefix(RESOLUTION)
        home = self._store.home(slug) if slug != name else None
        return f"{RESOLUTION}{home}" if home else name

    # --- records of feeds -------------------------------------------------------------------------------------------

    def history(self, uid: str) -> Sequence[Revision]:
        """Return every revision of the event."""
        return self._store.history(uid)

    def about(self, instrument: str) -> InstrumentInfo:
        """Return an instrument's title and the records that show its facts.

        Both are as of the last ``refresh``.
        """
        slug, seen = slug_of(instrument), self._revision
        found = self._instruments.get(slug)
        if found is None:
            filed = self._store.instrument(slug, (Kind.MEETING,))
            found = _instrument_info(filed) if filed else InstrumentInfo()
            if seen == self._revision:
                self._instruments[slug] = found
        return found

    @property
    def unwritable(self) -> dict[str, str]:
        """The events that could not be written, by UID, with format and fault."""
        return dict(self._fragments.unwritable)

    # --- inside -----------------------------------------------------------------------------------------------------

    def _filed(self, name: str) -> StoredInstrument | None:
        """Return the instrument of a feed, withdrawn or not; None for the feed of everything.

        Raises Moved, NotFound.
        """
        if name == ALL:
            return None
        slug = name.removeprefix(RESOLUTION)
        if slug != name and len(slug) <= _MAX_NAME:
            if (filed := self._store.instrument(slug, ())) is not None:
                return filed
            error = missing(self._store, slug)
            if isinstance(error, Gone) and (filed := self._store.withdrawn(slug)) is not None:
                return filed
            if isinstance(error, Moved):
                raise error
        raise NotFound(
            message("unknown feed {name}", name=repr(name[:80])),
            where="address",
            hint=message("use a name such as all.ics or resolution/A-RES-72-251.ics; see /"),
        )

    def _changes(self, format_: Format, options: FeedOptions) -> bytes:
        """Return the feed of the newest changes, each with the state before it. Raises NotFound."""
        if format_.extension not in CHANGE_FORMATS:
            known = ", ".join(f".{extension}" for extension in CHANGE_FORMATS)
            raise NotFound(
                message("unknown format .{extension}", extension=format_.extension),
                where="address",
                hint=message("use one of the formats {known}", known=known),
            )
        self.refresh()
        found = []
        for revision in self._store.latest_revisions(event_query(options, limit=_MAX_CHANGES, on=self._day())):
            earlier = [item for item in self._store.history(revision.event.uid) if item.number < revision.number]
            about = self.about(revision.event.instrument).title
            found.append(Change(revision, earlier[-1] if earlier else None, about))
        query = options.query(self.language)
        purpose = gettext_noop(
            "What later instruments did to earlier dates, the newest first, with the state before and after."
        )
        feed = Feed(
            name=CHANGES,
            title=f"Plenary: {gettext(_CHANGED, options.language)}",
            description=gettext(purpose, options.language),
            address=f"{self._base}/feeds/{CHANGES}.{format_.extension}" + (f"?{query}" if query else ""),
            home=f"{self._base}/changes",
            base=self._base,
            options=options,
            filename=CHANGES,
        )
        return render_changes(format_.extension, feed, found)

    def _almanac(self, name: str, format_: Format, options: FeedOptions) -> Feed:
        query, title = options.query(self.language), gettext(almanac_feeds.TITLES[name], options.language)
        return Feed(
            name=name,
            title=title,
            description=title,
            address=f"{self._base}/feeds/{name}.{format_.extension}" + (f"?{query}" if query else ""),
            home=f"{self._base}/subscribe",
            base=self._base,
            options=options,
            filename=name,
            almanac=True,
        )

    def _resolve(self, name: str, format_: Format, options: FeedOptions) -> FeedRequest:
        check_filters(self._store, options)
        filed = self._filed(name)
        query = options.query(self.language)
        address = f"{self._base}/feeds/{quote(name)}.{format_.extension}" + (f"?{query}" if query else "")
        if filed is None:
            purpose = gettext_noop(
                "Meetings, reports, deadlines and observances that resolutions of the United Nations fix."
            )
            description = gettext(purpose, options.language)
        else:
            description = filed.title.get(options.language) or filed.title.get("en", "")
        ended = None
        if filed and filed.withdrawn:
            ended = WithdrawnFeed(self._store, filed, filed.withdrawn, options.language, self)
        home = f"{self._base}/resolutions/{filed.slug}" if filed and not ended else f"{self._base}/"
        feed = Feed(
            name=name,
            title=self._title(options, filed),
            description=ended.notice if ended else description,
            address=address,
            home=home,
            base=self._base,
            options=options,
            filename=filed.slug if filed else "plenary",
            notice=ended.notice if ended else "",
        )
        more: dict[str, object] = {"limit": _PAGE_SIZE}
        if filed:
            more |= {"resolution": filed.slug, "merged": True}
        # Who follows a decision wants what it moved and postponed, too; who filters gets what was asked for alone.
        chosen = any(name not in ("from", "to") for name, _ in options.pairs() if name in FILTERS)
        whole = filed is not None and not (chosen or options.start or options.end)
        amended = tuple(item.target for item in filed.schedule.amendments) if filed and whole else ()
        return FeedRequest(feed, event_query(replace(options, statuses=()), **more), amended, ended)

    def _title(self, options: FeedOptions, filed: StoredInstrument | None) -> str:
        language = options.language
        title = (filed.title.get(language) or filed.title.get("en", "")) if filed else ""
        named = calendar_name(filed.symbol, title, language) if filed else ""
        parts = [named or gettext(gettext_noop("United Nations resolutions"), language)]
        parts += [translate_kind(kind, language) for kind in options.kinds]
        parts += [name_of(slug, language).name for slug in (*options.actors, *options.bodies)]
        parts += [translate_status(status, language) for status in options.statuses]
        parts += [*options.topics, *([options.text] if options.text else [])]
        return " · ".join(parts)

    def _find(
        self, request: FeedRequest, moment: datetime | None, checkpoint: Callable[[], None] = no_checkpoint
    ) -> tuple[Collection[Revision], frozenset[str]]:
        """Return the events of a request as of ``moment``, and the tags of their sources.

        An item that repeats an event of an earlier instrument gives way to that event. Statuses are not yet looked
        at: they depend on the day, and results are cached for longer.
        """
        query, amended = request.query, request.amended
        if request.withdrawn:
            listed = ChunkedList.of(request.withdrawn.chosen(query))
        else:
            listed = self._queries.find(query, moment, checkpoint)
        tags = frozenset({ANY_INSTRUMENT})
        if query.resolution is not None:
            targets = (*amended, *(item.event.same_as for item in listed if item.event.same_as))
            tags = frozenset({query.resolution, *(instrument_of(uid) for uid in targets)})
        if not amended and not listed.merged:
            return listed, tags
        elsewhere = [*(item.event.same_as for item in listed if item.event.same_as is not None), *amended]
        standing = self._store.current_revisions(elsewhere)
        found: dict[str, Revision] = {}
        for revision in listed:
            of = revision.event.same_as
            shown = revision if of is None else standing.get(of)
            if shown is not None:
                found.setdefault(shown.event.uid, shown)
        for uid in amended:
            if uid in standing:
                found.setdefault(standing[uid].event.uid, standing[uid])
        return list(found.values()), tags.union(slug_of(item.event.instrument) for item in found.values())

    def refresh(self) -> datetime | None:
        """Discard fragments that a change outdated although their event's state is the same.

        A fragment shows more than that state: the event's history, its instrument's title and records, and the names of
        the instrument's other meetings. Returns the moment of the store's last change, which later fragments reflect;
        None for an empty store.
        """
        with self._lock:
            if self._store.revision() == self._revision:
                return self._moment
            # The version is read first: a change in between is processed twice, never missed.
            revision, changed = self._store.version()
            # With the same moment, only the options of a saved feed changed.
            if self._revision >= 0 and changed is not None and changed != self._moment:
                self._forget(self._queries.changes_between(self._moment, changed) if self._moment else None)
            self._moment, self._revision = changed, revision
            return changed

    def _forget(self, changes: ChangeSet | None) -> None:
        # Before the fragments: new fragments must not be rendered from these.
        if changes is None or len(self._instruments) > _MAX_INSTRUMENTS:
            self._instruments = {}
            self._fragments.forget()
            return
        for slug in changes.metadata_changed | changes.meetings_changed:
            self._instruments.pop(slug, None)
        # A revision in the middle of a history may have been corrected. Every event shows its instrument's title, and
        # meetings the names of their instrument's other meetings.
        dependent = self._store.uids_of(changes.metadata_changed) | self._store.uids_of(
            changes.meetings_changed, (Kind.MEETING,)
        )
        if changes.uids or dependent:
            self._fragments.forget(*changes.uids, *dependent)


def _instrument_info(filed: StoredInstrument) -> InstrumentInfo:
    return InstrumentInfo(filed.title, filed.schedule.evidence, filed.schedule.events)
