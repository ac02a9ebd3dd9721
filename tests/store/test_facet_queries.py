"""Counts of events by kind, body, year, actor and topic."""

from datetime import date

from app.model import Kind
from app.store import EventQuery, Store
from app.store.facet_queries import (
    Facets,
    actor_counts,
    body_counts,
    facets,
    knows_actor,
    knows_body,
    knows_topic,
    topic_counts,
)
from tests.store.samples import ALL, load


def test_facets_count_what_the_query_finds(store: Store) -> None:
    load(store, ALL)
    with store._database.read() as connection:
        assert facets(connection, EventQuery(kinds=(Kind.REPORT, Kind.AGENDA))) == Facets(
            3, {"report": 2, "agenda": 1}, {"general-assembly": 3}, {"2018": 2, "2019": 1}
        )
        assert facets(connection, EventQuery(end=date(1999, 1, 1))) == Facets(0, {}, {}, {})


def test_counts_by_actor_body_and_topic(store: Store) -> None:
    load(store, ALL)
    with store._database.read() as connection:
        assert actor_counts(connection)["conference-on-disarmament"] == 1
        assert body_counts(connection) == {"general-assembly": 7}
        assert topic_counts(connection) == {"nuclear-disarmament-meeting": 6}


def test_known_names_are_those_of_the_contents(store: Store) -> None:
    load(store, ALL)
    with store._database.read() as connection:
        assert [knows_actor(connection, name) for name in ("secretary-general", "nobody")] == [True, False]
        assert [knows_body(connection, name) for name in ("general-assembly", "security-council")] == [True, False]
        assert [knows_topic(connection, name) for name in ("nuclear-disarmament", "war")] == [True, False]
