"""Counting events by what filters take: actors, bodies, topics, kinds, years."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

import sqlalchemy as sa

from app.store.codec import event_from_json
from app.store.event_queries import conditions, is_found, known
from app.store.query import EventQuery
from app.store.schema import FOREVER, LAST_DAY, actors, instruments, revisions

_R = revisions.c
_I = instruments.c


@dataclass(frozen=True, slots=True)
class Facets:
    """Event counts of a query by kind, body and year of the first day ('' for undated ones)."""

    total: int
    kinds: Mapping[str, int]
    bodies: Mapping[str, int]
    years: Mapping[str, int]


def facets(connection: sa.Connection, query: EventQuery) -> Facets:
    """Return the counts of all events of the query, ignoring its cursor and limit."""
    asked = [*conditions(replace(query, cursor=None), None), *known(query.known_at)]
    # Only what recurs, or is asked for by session or status, has to be read to know whether it is found.
    read = sa.true() if query.sessions or query.statuses else _R.recurrence.is_not(None)
    event = sa.case((read, _R.event), else_="")
    kinds, bodies, years = Counter[str](), Counter[str](), Counter[str]()
    for row in connection.execute(sa.select(_R.kind, _R.body, _R.day, event.label("event")).where(*asked)):
        if row.event and not is_found(event_from_json(row.event), query):
            continue
        kinds[row.kind] += 1
        bodies[row.body or ""] += 1
        years["" if row.day >= LAST_DAY else f"{row.day.year:04}"] += 1
    return Facets(kinds.total(), kinds, bodies, years)


def actor_counts(connection: sa.Connection) -> dict[str, int]:
    """Return the number of current events by actor, bearer or addressee."""
    current = sa.and_(_R.id == actors.c.revision, *_current())
    query = sa.select(actors.c.actor, sa.func.count()).join(revisions, current).group_by(actors.c.actor)
    return {row[0]: row[1] for row in connection.execute(query)}


def body_counts(connection: sa.Connection) -> dict[str, int]:
    """Return the number of current events by adopting body."""
    query = sa.select(_R.body, sa.func.count()).where(*_current(), _R.body.is_not(None)).group_by(_R.body)
    return {row[0]: row[1] for row in connection.execute(query)}


def topic_counts(connection: sa.Connection) -> dict[str, int]:
    """Return the number of current events by series of yearly instruments."""
    listed = sa.and_(_I.slug == _R.slug, _I.family != "", _I.withdrawn.is_(None))
    query = (
        sa.select(_I.family, sa.func.count())
        .select_from(revisions)
        .join(instruments, listed)
        .where(*_current())
        .group_by(_I.family)
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def knows_actor(connection: sa.Connection, actor: str) -> bool:
    """Return whether an event, current or past, names the actor."""
    return connection.execute(sa.select(actors.c.actor).where(actors.c.actor == actor).limit(1)).first() is not None


def knows_body(connection: sa.Connection, body: str) -> bool:
    """Return whether the body adopted an instrument of the store, withdrawn ones included."""
    return connection.execute(sa.select(_I.body).where(_I.body == body).limit(1)).first() is not None


def knows_topic(connection: sa.Connection, topic: str) -> bool:
    """Return whether an instrument is of the series ``topic`` or has its words in its title.

    The title is the English one.
    """
    named = sa.or_(_I.family == topic, _I.topic.contains(f"-{topic}-", autoescape=True))
    return connection.execute(sa.select(_I.slug).where(named).limit(1)).first() is not None


def _current() -> tuple[sa.ColumnElement[bool], ...]:
    return (_R.recorded_to == FOREVER, _R.decided_to == LAST_DAY, _R.merged.is_(False))
