"""The store: events with their revisions on two time axes, instruments and texts, in SQLite or PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from app.model import Kind, Revision, Schedule
from app.store import calendar_queries, facet_queries, revision_queries
from app.store import event_queries as reading
from app.store import writer as writing
from app.store.audit import AuditLog
from app.store.calendar_queries import Slot
from app.store.change_listener import ChangeListener, notify
from app.store.codec import (
    schedule_from_json,
)
from app.store.database import Database, newest
from app.store.documents import Documents
from app.store.executors import Executors
from app.store.facet_queries import Facets
from app.store.jobs import Jobs
from app.store.proposals import Proposals, Publishing, publish
from app.store.query import ChangeSet, EventQuery, Instrument, Page, StoredInstrument, bounded, cursor_of, read_cursor
from app.store.revision_queries import Related
from app.store.schema import instruments, moment_out, state, texts
from app.store.source_files import SourceRecord, note, noted
from app.store.subscriptions import Subscriptions
from app.store.tokens import Tokens
from app.store.webhooks import Webhooks, add_deliveries
from app.store.writer import Part

_I = instruments.c
BEFORE = timedelta(microseconds=1)
"""So long before it was withdrawn, an instrument is known as it was."""
_LISTED = (_I.symbol, _I.slug, _I.title, _I.body, _I.session, _I.adopted, _I.family, _I.languages, _I.counts, _I.place)


class Store:
    """Thread-safe store at an SQLAlchemy URL; every method raises StoreError."""

    def __init__(self, url: str) -> None:
        self._database = Database(url)
        self._listener: ChangeListener | None = None
        self.tokens = Tokens(self._database)
        """Tokens and sign-ins."""
        self.audit = AuditLog(self._database)
        """A line for every write."""
        self.saved = Subscriptions(self._database)
        """Saved feeds."""
        self.documents = Documents(self._database)
        """What was sent in."""
        self.proposals = Proposals(self._database)
        """What is proposed from documents, reviewed and published."""
        self.jobs = Jobs(self._database)
        """What the API tells of jobs."""
        self.executors = Executors(self._database)
        """The heartbeats of the processes that run jobs."""
        self.webhooks = Webhooks(self._database)
        """Who is notified of changes, and of what."""

    def migrate(self) -> None:
        """Bring the tables to this version's."""
        self._database.migrate()

    def schema(self) -> tuple[str, str]:
        """Return the version of the tables (empty without any) and the version of this code."""
        return self._database.schema(), newest()

    def damage(self) -> str:
        """Return the damage of SQLite's pages, empty for none; PostgreSQL logs its own."""
        if not self._database.sqlite:
            return ""
        with self._database.read() as connection:
            found = str(connection.exec_driver_sql("PRAGMA quick_check(1)").scalar())
        return "" if found == "ok" else " ".join(found.split())

    def folder(self) -> Path | None:
        """Return the folder of the database file; None for a database without a local file."""
        return self._database.file.parent.absolute() if self._database.file else None

    def close(self) -> None:
        """Give the connections back; the store cannot be used afterwards."""
        if self._listener:
            self._listener.stop()
            self._listener = None
        self._database.close()

    def watch(self) -> None:
        """Begin to listen for changes by other processes where the database is PostgreSQL."""
        if self._listener is None and not self._database.sqlite:
            self._listener = ChangeListener(self._database.url)
            self._listener.start()

    @property
    def sqlite(self) -> bool:
        """True for SQLite, where the web processes run the jobs themselves."""
        return self._database.sqlite

    def workflow_engine(self) -> tuple[str, sa.Engine]:
        """Return the address and an engine for DBOS' tables, to be disposed of by the caller."""
        return self._database.workflow_engine()

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """Hold a lock across processes; not to be nested."""
        with self._database.exclusive():
            yield

    # --- the whole --------------------------------------------------------------------------------------------------

    def load(
        self,
        schedules: Sequence[Schedule],
        histories: Mapping[str, Sequence[Revision]],
        *,
        fingerprint: str,
        recorded: datetime,
        texts: Mapping[tuple[str, str], str] | None = None,
        files: Mapping[str, SourceRecord] | None = None,
        publishing: Publishing | None = None,
        part: Part | None = None,
    ) -> bool:
        """Bring the store to these contents in one transaction; whether anything changed.

        ``histories`` are those of the schedules' events; ``recorded`` is the moment from which the store knows what
        is new or different. ``texts`` are the stored texts by slug and language. What did not change is not touched.
        ``files`` is noted as what the contents come from, ``publishing`` is kept, in the same transaction. With
        ``part`` only that is compared and written; what else the store holds stays. Raises Conflict where the store
        was loaded from something else since the part was taken.
        """
        with self._database.write(exclusive=True) as connection:
            if part:
                part.check(connection)
            if files is not None:
                note(connection, files)
            if publishing:
                publish(connection, publishing, recorded)
                # What is published changes the contents, although the files are what they were.
                connection.execute(state.update().values(fingerprint="-"))
            changed = writing.load(connection, schedules, histories, fingerprint, recorded, texts or {}, part)
            revision = int(connection.execute(sa.select(state.c.revision)).scalar() or 0)
            if changed:
                notify(connection, revision)
                add_deliveries(connection, revision, recorded)
        if self._listener:
            self._listener.set_revision(revision)
        return changed

    def fingerprint(self) -> str:
        """Return what the store was last loaded from, or empty."""
        with self._database.read() as connection:
            return str(connection.execute(sa.select(state.c.fingerprint)).scalar() or "")

    def files(self) -> tuple[str, dict[str, SourceRecord]]:
        """Return the fingerprint and the recorded files by path, of one state of the store."""
        with self._database.read() as connection:
            return noted(connection)

    def note(self, fingerprint: str, files: Mapping[str, SourceRecord] | None = None) -> None:
        """Record a new fingerprint and files of the same contents, by path."""
        with self._database.write() as connection:
            connection.execute(state.update().values(fingerprint=fingerprint))
            if files is not None:
                note(connection, files)

    def revision(self) -> int:
        """Return the number of changes of the contents, 0 for an empty store.

        It takes one small query, and none while listening for changes.
        """
        heard = self._listener.revision() if self._listener else None
        if heard is not None:
            return heard
        with self._database.read() as connection:
            return int(connection.execute(sa.select(state.c.revision)).scalar() or 0)

    def changed(self) -> datetime | None:
        """Return when the contents last changed, in UTC; None for an empty store."""
        with self._database.read() as connection:
            found = connection.execute(sa.select(state.c.recorded)).scalar()
            return None if found is None else moment_out(found)

    def version(self) -> tuple[int, datetime | None]:
        """Return the revision and its moment, of one state of the store, in one small query.

        Of two with the same moment the contents are the same: what differs is the choice of a saved feed.
        """
        with self._database.read() as connection:
            row = connection.execute(sa.select(state.c.revision, state.c.recorded)).first()
            return (row.revision, moment_out(row.recorded)) if row else (0, None)

    # --- instruments ------------------------------------------------------------------------------------------------

    def instruments(
        self, *, body: str | None = None, q: str = "", limit: int = 100, cursor: str | None = None
    ) -> Page[Instrument]:
        """Return instruments in order of symbol.

        ``body`` is a slug, ``q`` words of symbol and title in any language.
        """
        size = bounded(limit)
        conditions: list[sa.ColumnElement[bool]] = [_I.withdrawn.is_(None)]
        conditions += [_I.search.contains(word, autoescape=True) for word in q.casefold().split()]
        if body is not None:
            conditions.append(_I.body == body)
        if cursor is not None:
            conditions.append(_I.place > read_cursor(cursor, 1)[0])
        query = sa.select(*_LISTED).where(*conditions).order_by(_I.place).limit(size + 1)
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        items = tuple(Instrument(**_listed(row)) for row in rows[:size])
        return Page(items, cursor_of(rows[size - 1].place) if len(rows) > size else None)

    def instrument(self, slug: str, kinds: Collection[Kind] = tuple(Kind)) -> StoredInstrument | None:
        """Return the instrument with its schedule.

        Its events are as its own text decided them, in the text's order.

        An item that repeats an earlier event is superseded and has that event's UID in ``same_as``. Of its events
        only those of ``kinds`` are read.
        """
        with self._database.read() as connection:
            return _filed(connection, slug, kinds, withdrawn=False)

    def withdrawn(self, slug: str) -> StoredInstrument | None:
        """Return the instrument with that slug, as it was, if its schedule was withdrawn."""
        with self._database.read() as connection:
            return _filed(connection, slug, tuple(Kind), withdrawn=True)

    def home(self, slug: str) -> str | None:
        """Return the current slug of the instrument of a former ``slug``; None if unknown."""
        with self._database.read() as connection:
            return writing.home_of(connection, slug)

    def titles(self, slugs: Collection[str]) -> dict[str, Mapping[str, str]]:
        """Return the titles of instruments, by slug and language; of those that there are."""
        if not slugs:
            return {}
        with self._database.read() as connection:
            asked = sa.select(_I.slug, _I.title).where(_I.slug.in_(sorted(slugs)), _I.withdrawn.is_(None))
            rows = connection.execute(asked)
            return {row.slug: json.loads(row.title) for row in rows}

    def texts(self, slug: str) -> dict[str, str]:
        """Return the stored texts of an instrument by language."""
        with self._database.read() as connection:
            rows = connection.execute(sa.select(texts.c.language, texts.c.text).where(texts.c.slug == slug))
            return {row.language: row.text for row in rows}

    # --- events -----------------------------------------------------------------------------------------------------

    def events(self, query: EventQuery) -> Page[Revision]:
        """Return a page of events, in order of day (those without any last), then of UID."""
        with self._database.read() as connection:
            return reading.events(connection, query)

    def event(self, uid: str, as_of: date | None = None, known_at: datetime | None = None) -> Revision | None:
        """Return the state of an event on ``as_of``, as known at ``known_at``; None without one."""
        with self._database.read() as connection:
            return reading.event(connection, uid, as_of, known_at)

    def current_revisions(
        self, uids: Collection[str], as_of: date | None = None, known_at: datetime | None = None
    ) -> dict[str, Revision]:
        """Return what ``event`` answers, for several UIDs at once; of those that there are."""
        with self._database.read() as connection:
            return reading.current_revisions(connection, uids, as_of, known_at) if uids else {}

    def history(self, uid: str, known_at: datetime | None = None) -> tuple[Revision, ...]:
        """Return every revision of an event in order, reaffirmations included; empty if unknown."""
        with self._database.read() as connection:
            return revision_queries.history(connection, uid, known_at)

    def related(self, uids: Collection[str]) -> dict[str, Related]:
        """Return the instruments related to the known events among those UIDs, by UID."""
        with self._database.read() as connection:
            return revision_queries.related(connection, uids)

    def latest_revisions(self, query: EventQuery) -> tuple[Revision, ...]:
        """Return the latest recorded revisions, newest first, by the query's filters and limit."""
        with self._database.read() as connection:
            return revision_queries.latest_revisions(connection, query)

    def changes_since(self, since: datetime, limit: int) -> ChangeSet | None:
        """Return the changes since ``since``; None where they exceed ``limit`` rows."""
        with self._database.read() as connection:
            return revision_queries.changes_since(connection, since, limit)

    def uids_of(self, slugs: Collection[str], kinds: Collection[Kind] = tuple(Kind)) -> frozenset[str]:
        """Return the UIDs of the current events of these kinds, of instruments given by slug."""
        with self._database.read() as connection:
            return reading.uids_of(connection, slugs, kinds) if slugs else frozenset()

    def changes(self, since: datetime, limit: int = 100, cursor: str | None = None) -> Page[Revision]:
        """Revisions that the store first knew after ``since``, oldest first."""
        with self._database.read() as connection:
            return revision_queries.changes(connection, since, limit, cursor)

    def upcoming_events(self, query: EventQuery) -> Page[tuple[date, Revision]]:
        """Return every event of the period once with its listing day, by that day and UID."""
        with self._database.read() as connection:
            return calendar_queries.upcoming_events(connection, query)

    def slots(self, query: EventQuery, longest: int) -> list[Slot]:
        """Return the days of the period's dated events of at most ``longest`` days plus one."""
        with self._database.read() as connection:
            return calendar_queries.slots(connection, query, longest)

    def previous_dates(self, query: EventQuery, longest: int) -> list[Slot]:
        """Return the same of the days that events have left."""
        with self._database.read() as connection:
            return calendar_queries.previous_dates(connection, query, longest)

    def revisions_of(self, ids: Collection[int]) -> dict[int, Revision]:
        """Return the revisions whose rows slots name, by row."""
        with self._database.read() as connection:
            return calendar_queries.revisions_of(connection, ids)

    def departed(self, query: EventQuery) -> Page[Revision]:
        """Return earlier states with days in the query's period that the events have left."""
        with self._database.read() as connection:
            return calendar_queries.departed(connection, query)

    def latest(self, limit: int = 100, cursor: str | None = None) -> Page[Revision]:
        """Return what instruments did to events of others, the latest decision first."""
        with self._database.read() as connection:
            return revision_queries.latest(connection, limit, cursor)

    def facets(self, query: EventQuery) -> Facets:
        """Return how many events the query finds by kind, body and year."""
        with self._database.read() as connection:
            return facet_queries.facets(connection, query)

    def actor_counts(self) -> dict[str, int]:
        """Return the number of current events by actor."""
        with self._database.read() as connection:
            return facet_queries.actor_counts(connection)

    def body_counts(self) -> dict[str, int]:
        """Return the number of current events by adopting body."""
        with self._database.read() as connection:
            return facet_queries.body_counts(connection)

    def topic_counts(self) -> dict[str, int]:
        """Return the number of current events by series of yearly instruments."""
        with self._database.read() as connection:
            return facet_queries.topic_counts(connection)

    def knows_actor(self, actor: str) -> bool:
        """Return whether an event, current or past, names the actor."""
        with self._database.read() as connection:
            return facet_queries.knows_actor(connection, actor)

    def knows_body(self, body: str) -> bool:
        """Return whether the body adopted an instrument of the store."""
        with self._database.read() as connection:
            return facet_queries.knows_body(connection, body)

    def knows_topic(self, topic: str) -> bool:
        """Return whether an instrument belongs to the topic."""
        with self._database.read() as connection:
            return facet_queries.knows_topic(connection, topic)

    def count(self, query: EventQuery, most: int = 1000) -> int:
        """Return how many events the query finds, counted up to ``most`` + 1."""
        with self._database.read() as connection:
            return reading.count(connection, query, most)

    def months(self, query: EventQuery) -> dict[tuple[str, str], int]:
        """Return event counts by kind and month of beginning, as ``2018-05``.

        A recurring event counts in its first month.
        """
        with self._database.read() as connection:
            return reading.months(connection, query)

    def years(self, query: EventQuery, first: int, last: int) -> dict[int, int]:
        """Return event counts by year of beginning from ``first`` to ``last``.

        A recurring event counts in its first year.
        """
        with self._database.read() as connection:
            return reading.years(connection, query, first, last)


def _filed(
    connection: sa.Connection, slug: str, kinds: Collection[Kind], *, withdrawn: bool
) -> StoredInstrument | None:
    known = _I.withdrawn.is_not(None) if withdrawn else _I.withdrawn.is_(None)
    asked = sa.select(*_LISTED, _I.schedule, _I.withdrawn).where(_I.slug == slug, known)
    row = connection.execute(asked).first()
    if row is None:
        return None
    moment = None if row.withdrawn is None else moment_out(row.withdrawn)
    found = reading.own_events(connection, slug, kinds, moment - BEFORE if moment else None) if kinds else ()
    whole = schedule_from_json(row.schedule)
    return StoredInstrument(**_listed(row), schedule=replace(whole, events=found), withdrawn=moment)


def _listed(row: Any) -> dict[str, Any]:  # a row of _LISTED; SQLAlchemy types rows by position only
    return {
        "symbol": row.symbol,
        "slug": row.slug,
        "title": json.loads(row.title),
        "body": row.body,
        "session": row.session,
        "adopted": row.adopted,
        "family": row.family,
        "languages": tuple(part for part in row.languages.split(",") if part),
        "counts": json.loads(row.counts),
    }
