"""Revisions: the history of an event, and changes since a moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from app.model import Action
from app.schedule.history import histories
from app.store import Store
from app.store.revision_queries import Related, latest, related
from tests.store.samples import (
    ALL,
    CONFERENCE,
    NOON,
    ORGANIZATIONAL,
    PLENARY,
    load,
    uids,
)


def test_history_keeps_reaffirmations(store: Store) -> None:
    load(store, ALL)
    assert [(item.number, item.instrument, item.action, item.note) for item in store.history(CONFERENCE)] == [
        (0, "A/RES/72/251", None, ""),
        (1, "A/DEC/72/556", Action.POSTPONE, ""),
        (1, "A/RES/73/40", Action.MERGE, "reaffirmed"),
    ]
    assert tuple(replace(item, recorded=None) for item in store.history(CONFERENCE)) == histories(ALL)[CONFERENCE]


def test_changes_page_by_page(store: Store) -> None:
    load(store, ALL)
    whole = uids(store.changes(NOON - timedelta(1)))
    found: list[str] = []
    cursor = None
    while True:
        page = store.changes(NOON - timedelta(1), 2, cursor)
        found += uids(page)
        cursor = page.next
        if cursor is None:
            break
    assert found == whole
    assert whole.count(ORGANIZATIONAL) == 3


def test_related_instruments_made_changed_or_repeated_an_event(store: Store) -> None:
    load(store, ALL)
    with store._database.read() as connection:
        assert related(connection, [CONFERENCE, PLENARY, "none"]) == {
            CONFERENCE: Related("A-RES-72-251", frozenset({"A/RES/72/251", "A/DEC/72/556", "A/RES/73/40"})),
            PLENARY: Related("A-RES-72-251", frozenset({"A/RES/72/251"})),
        }


def test_latest_gives_the_last_decision_first(store: Store) -> None:
    load(store, ALL)
    with store._database.read() as connection:
        first = latest(connection, 2, None)
        rest = latest(connection, 2, first.next)
    assert [item.instrument for item in (*first.items, *rest.items)] == ["A/DEC/72/556"] * 2 + ["A/DEC/72/553"]
