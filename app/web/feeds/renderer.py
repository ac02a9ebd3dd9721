"""Which feeds there are, what stands in each, and their bytes; called in threads, reads the store."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Any, Final, NamedTuple
from urllib.parse import quote

from app.documents import slug_of
from app.errors import Gone, Moved, NotFound, UnknownParameter, message
from app.feeds import (
    FILTERS,
    FORMATS,
    RESOLUTION,
    WRITERS,
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
from app.i18n import gettext, gettext_noop, name_of, say_kind
from app.model import Kind, Revision
from app.services import subscriptions
from app.store import ChangeSet, EventQuery, Store, StoredInstrument, Subscription
from app.web.feeds import almanac_feeds
from app.web.feeds.query_cache import QueryCache
from app.web.feeds.retired import WithdrawnFeed, instrument_of, missing

ALL: Final = "all"
CHANGES: Final = "changes"
_CHANGED: Final = gettext_noop("Changes")
_NEWEST: Final = 100
"""So many changes are in the feed of changes; the API has all of them."""
_PAGE: Final = 5000
_MOST_ABOUTS: Final = 20_000
_LONGEST_NAME: Final = 200
_WRITTEN: Final = re.compile(r"[A-Za-z0-9/.()\[\] -]*")
"""What a symbol may be written with."""
ANYTHING: Final = "*"
"""Stirred with any instrument."""
_MOST_SAVED: Final = 2000
_SKEW: Final = timedelta(seconds=30)
"""So far apart the clocks of machines may be, and so long may a change of a saved feed take to be written."""


class RenderedFeed(NamedTuple):
    """A rendered feed: its bytes, its file name without extension, and what it is made of.

    ``made_of`` are slugs of instruments or ``ANYTHING``, and the name of a saved feed: while none of them is stirred,
    the bytes would come out the same.
    """

    body: bytes
    filename: str
    made_of: frozenset[str]


class _Order(NamedTuple):
    """A feed, the question to the store, events that its instrument amended, and of a withdrawn one what it says."""

    feed: Feed
    query: EventQuery
    amended: tuple[str, ...]
    ended: WithdrawnFeed | None


def asked(choice: FeedOptions, **more: object) -> EventQuery:
    """The question to the store that a choice of events is; ``more`` are further fields of it."""
    query = {
        "kinds": choice.kinds,
        "actors": choice.actors,
        "bodies": choice.bodies,
        "topics": choice.topics,
        "bearers": choice.bearers,
        "addressees": choice.addressees,
        "sessions": choice.sessions,
        "resolutions": choice.resolutions,
        "q": choice.text,
        "start": choice.start,
        "end": choice.end,
    }
    return EventQuery(**{**query, **more})  # type: ignore[arg-type]  # fields by name


class FeedRenderer:
    """Renders feeds of ``store``; keeps the pieces they are made of, at most ``limit`` bytes of them."""

    def __init__(self, store: Store, *, base: str, language: str, limit: int) -> None:
        self._store = store
        self._base = base.rstrip("/")
        self.language = language
        self._shelf = FragmentCache(limit)
        self._rolls = QueryCache(store)
        self._lock = Lock()
        self._seen = -1
        self._known_at: datetime | None = None
        self._abouts: dict[str, InstrumentInfo] = {}
        self._turned_at = datetime.now(UTC) - _SKEW

    def revision(self) -> int:
        """The store's revision."""
        return self._store.revision()

    def version(self) -> tuple[int, float]:
        """The store's revision, and when its contents last changed, in seconds since 1970; 0 for an empty one."""
        revision, moment = self._store.version()
        return revision, moment.timestamp() if moment else 0.0

    def stirred(self, since: float, moment: float) -> frozenset[str] | None:
        """What feeds can be made of and changed between two moments of the contents; None: too much to name.

        Both are in seconds since 1970, as ``version`` gives them. Called by one thread at a time.
        """
        before, self._turned_at = self._turned_at, datetime.now(UTC) - _SKEW
        found = frozenset(
            subscriptions.SAVED + address for address in self._store.saved.turned(before, _MOST_SAVED + 1)
        )
        if len(found) > _MOST_SAVED:
            return None
        if since == moment:
            return found
        told = self._rolls.changes_since(datetime.fromtimestamp(since, UTC), datetime.fromtimestamp(moment, UTC))
        return None if told is None else found.union(told.changed, [ANYTHING] if told.changed else [])

    def render(self, name: str, format_: Format, choice: FeedOptions) -> RenderedFeed:
        """The feed ``name``. Raises NotFound, Gone, StoreError."""
        shown: dict[str, Any] = {}
        own: frozenset[str] = frozenset()
        if name.startswith(subscriptions.SAVED):
            if choice != FeedOptions(language=self.language):
                hint = message("change the saved filters instead")
                raise UnknownParameter(message("saved feeds take no parameters"), where="query", hint=hint)
            shown = {"name": name, "address": f"{self._base}/feeds/{name}.{format_.extension}"}
            own = frozenset({name})
            saved, name, choice = self._saved(name)
            shown |= {"title": saved.name} if saved.name else {}
        if name in almanac_feeds.TITLES:
            said = replace(self._almanac(name, format_, choice), **shown)
            body = self._shelf.render(
                format_, said, almanac_feeds.entries(name, choice), almanac_feeds.AlmanacRecords()
            )
            return RenderedFeed(body, said.filename, own)
        if name == CHANGES:
            return RenderedFeed(self._changes(format_, choice), CHANGES, frozenset({ANYTHING}))
        order = self._describe(name, format_, choice)
        feed = replace(order.feed, **shown)
        found, made_of = self._chosen(order, self.refresh())
        body = self._shelf.render(format_, feed, found, order.ended or self)
        return RenderedFeed(body, feed.filename, made_of | own)

    def title(self, name: str) -> str:
        """The name under which a calendar program lists the feed. Raises NotFound, Gone."""
        choice = FeedOptions(language=self.language)
        if name.startswith(subscriptions.SAVED):
            saved, name, choice = self._saved(name)
            if saved.name:
                return saved.name
        if name in almanac_feeds.TITLES:
            return gettext(almanac_feeds.TITLES[name], choice.language)
        if name == CHANGES:
            return gettext(_CHANGED, choice.language)
        return self._title(choice, self._filed(name))

    def years(self, name: str, choice: FeedOptions) -> list[int]:
        """The years in which events of the feed begin, in order. Raises NotFound, Gone."""
        if name.startswith(subscriptions.SAVED):
            _, name, choice = self._saved(name)
        if name in almanac_feeds.TITLES:
            found: Iterable[Revision] = almanac_feeds.entries(name, choice)
        else:
            found, _ = self._chosen(self._describe(name, FORMATS["ics"], choice), self.refresh())
        days = (item.event.start or item.event.end for item in found)
        return sorted({day.year for day in days if day})

    def moved(self, name: str) -> str | None:
        """The feed that another name of it means, None where there is none.

        That is another writing (``resolution/a/res/72/251``), or a symbol under which the instrument went before.
        """
        if not name.lower().startswith(RESOLUTION) or len(name) > _LONGEST_NAME or not _WRITTEN.fullmatch(name):
            return None
        home = self._present(f"{RESOLUTION}{slug_of(name[len(RESOLUTION) :].upper())}")
        slug = home[len(RESOLUTION) :]
        known = home != name and (self._store.instrument(slug, ()) or self._store.withdrawn(slug))
        return home if known else None

    def _saved(self, name: str) -> tuple[Subscription, str, FeedOptions]:
        """A saved feed, the feed that it was chosen from, and the choice. Raises NotFound, Gone."""
        saved = subscriptions.subscription(self._store, name.removeprefix(subscriptions.SAVED))
        return saved, self._present(saved.feed), subscriptions.choice_of(saved.choice)

    def _present(self, name: str) -> str:
        """The name under which a feed goes now."""
        slug = name.removeprefix(RESOLUTION)
        home = self._store.home(slug) if slug != name else None
        return f"{RESOLUTION}{home}" if home else name

    # --- records of feeds -------------------------------------------------------------------------------------------

    def history(self, uid: str) -> Sequence[Revision]:
        """Every revision of the event."""
        return self._store.history(uid)

    def about(self, instrument: str) -> InstrumentInfo:
        """The title of an instrument and the records that show its facts, as of the last ``refresh``."""
        slug, seen = slug_of(instrument), self._seen
        found = self._abouts.get(slug)
        if found is None:
            filed = self._store.instrument(slug, (Kind.MEETING,))
            found = _about(filed) if filed else InstrumentInfo()
            if seen == self._seen:
                self._abouts[slug] = found
        return found

    # --- inside -----------------------------------------------------------------------------------------------------

    def _filed(self, name: str) -> StoredInstrument | None:
        """The instrument whose feed goes by that name, also one that was withdrawn; None for the feed of everything.

        Raises Moved, NotFound.
        """
        if name == ALL:
            return None
        slug = name.removeprefix(RESOLUTION)
        if slug != name and len(slug) <= _LONGEST_NAME:
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

    def _changes(self, format_: Format, choice: FeedOptions) -> bytes:
        """The newest changes that the choice finds, each with the state before it. Raises NotFound."""
        if format_.extension not in WRITERS:
            known = ", ".join(f".{extension}" for extension in WRITERS)
            raise NotFound(
                message("unknown format .{extension}", extension=format_.extension),
                where="address",
                hint=message("use one of the formats {known}", known=known),
            )
        self.refresh()
        found = []
        for revision in self._store.news(asked(choice, limit=_NEWEST)):
            earlier = [item for item in self._store.history(revision.event.uid) if item.number < revision.number]
            about = self.about(revision.event.instrument).title
            found.append(Change(revision, earlier[-1] if earlier else None, about))
        query = choice.query(self.language)
        said = gettext_noop(
            "What later instruments did to earlier dates, the newest first, with the state before and after."
        )
        feed = Feed(
            name=CHANGES,
            title=f"Plenary: {gettext(_CHANGED, choice.language)}",
            description=gettext(said, choice.language),
            address=f"{self._base}/feeds/{CHANGES}.{format_.extension}" + (f"?{query}" if query else ""),
            home=f"{self._base}/changes",
            base=self._base,
            choice=choice,
            filename=CHANGES,
        )
        return render_changes(format_.extension, feed, found)

    def _almanac(self, name: str, format_: Format, choice: FeedOptions) -> Feed:
        query, title = choice.query(self.language), gettext(almanac_feeds.TITLES[name], choice.language)
        return Feed(
            name=name,
            title=title,
            description=title,
            address=f"{self._base}/feeds/{name}.{format_.extension}" + (f"?{query}" if query else ""),
            home=f"{self._base}/subscribe",
            base=self._base,
            choice=choice,
            filename=name,
            almanac=True,
        )

    def _describe(self, name: str, format_: Format, choice: FeedOptions) -> _Order:
        filed = self._filed(name)
        query = choice.query(self.language)
        address = f"{self._base}/feeds/{quote(name)}.{format_.extension}" + (f"?{query}" if query else "")
        if filed is None:
            said = gettext_noop(
                "Meetings, reports, deadlines and observances that resolutions of the United Nations fix."
            )
            description = gettext(said, choice.language)
        else:
            description = filed.title.get(choice.language) or filed.title.get("en", "")
        ended = None
        if filed and filed.withdrawn:
            ended = WithdrawnFeed(self._store, filed, filed.withdrawn, choice.language, self)
        home = f"{self._base}/resolutions/{filed.slug}" if filed and not ended else f"{self._base}/"
        feed = Feed(
            name=name,
            title=self._title(choice, filed),
            description=ended.notice if ended else description,
            address=address,
            home=home,
            base=self._base,
            choice=choice,
            filename=filed.slug if filed else "plenary",
            notice=ended.notice if ended else "",
        )
        more: dict[str, object] = {"limit": _PAGE}
        if filed:
            more |= {"resolution": filed.slug, "merged": True}
        # Who follows a decision wants what it moved and postponed, too; who filters gets what was asked for alone.
        chosen = any(name not in ("from", "to") for name, _ in choice.pairs() if name in FILTERS)
        whole = filed is not None and not (chosen or choice.start or choice.end)
        amended = tuple(item.target for item in filed.schedule.amendments) if filed and whole else ()
        return _Order(feed, asked(choice, **more), amended, ended)

    def _title(self, choice: FeedOptions, filed: StoredInstrument | None) -> str:
        language = choice.language
        title = (filed.title.get(language) or filed.title.get("en", "")) if filed else ""
        named = calendar_name(filed.symbol, title, language) if filed else ""
        parts = [named or gettext(gettext_noop("United Nations resolutions"), language)]
        parts += [say_kind(kind, language) for kind in choice.kinds]
        parts += [name_of(slug, language).name for slug in (*choice.actors, *choice.bodies)]
        parts += [*choice.topics, *([choice.text] if choice.text else [])]
        return " · ".join(parts)

    def _chosen(self, order: _Order, moment: datetime | None) -> tuple[Collection[Revision], frozenset[str]]:
        """What is asked for, as of ``moment``, and what that is made of.

        An item that repeats an event of an earlier instrument gives way to that event.
        """
        query, amended = order.query, order.amended
        listed = ChunkedList.of(order.ended.chosen(query)) if order.ended else self._rolls.find(query, moment)
        made_of = frozenset({ANYTHING})
        if query.resolution is not None:
            targets = (*amended, *(item.event.same_as for item in listed if item.event.same_as))
            made_of = frozenset({query.resolution, *(instrument_of(uid) for uid in targets)})
        if not amended and not listed.merged:
            return listed, made_of
        elsewhere = [*(item.event.same_as for item in listed if item.event.same_as is not None), *amended]
        standing = self._store.standing(elsewhere)
        found: dict[str, Revision] = {}
        for revision in listed:
            of = revision.event.same_as
            shown = revision if of is None else standing.get(of)
            if shown is not None:
                found.setdefault(shown.event.uid, shown)
        for uid in amended:
            if uid in standing:
                found.setdefault(standing[uid].event.uid, standing[uid])
        return list(found.values()), made_of.union(slug_of(item.event.instrument) for item in found.values())

    def refresh(self) -> datetime | None:
        """Forgets pieces that a change of the store made old although their event's present state is the same.

        That state is one thing a piece says; the others are its history, its instrument's title and records, and what
        the other meetings of its instrument are called. Returns the moment of the store's last change, as of which
        pieces are from now on; None where it holds nothing.
        """
        with self._lock:
            if self._store.revision() == self._seen:
                return self._known_at
            # The version is read before what follows: what changes in between is looked at twice, never missed.
            revision, changed = self._store.version()
            # Of the same moment only the choice of a saved feed is another.
            if self._seen >= 0 and changed is not None and changed != self._known_at:
                self._forget(self._rolls.changes_since(self._known_at, changed) if self._known_at else None)
            self._known_at, self._seen = changed, revision
            return changed

    def _forget(self, told: ChangeSet | None) -> None:
        # Before the pieces: what is written from now on must not be written from these.
        if told is None or len(self._abouts) > _MOST_ABOUTS:
            self._abouts = {}
            self._shelf.forget()
            return
        for slug in told.metadata_changed | told.meetings_changed:
            self._abouts.pop(slug, None)
        # A revision in the middle of a history may have been corrected. Every event names its instrument; meetings,
        # too, what their instrument calls the others.
        said = self._store.uids_of(told.metadata_changed) | self._store.uids_of(told.meetings_changed, (Kind.MEETING,))
        if told.uids or said:
            self._shelf.forget(*told.uids, *said)


def _about(filed: StoredInstrument) -> InstrumentInfo:
    return InstrumentInfo(filed.title, filed.schedule.evidence, filed.schedule.events)
