"""Loading: only what is new is written, whole or not at all."""

import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.model import Kind, Schedule, Status
from app.schedule.dating import dated
from app.schedule.history import histories
from app.store import EventQuery, Store
from tests.store.samples import (
    ALL,
    CONFERENCE,
    NOON,
    ORGANIZATIONAL,
    PLENARY,
    POSTPONED,
    event,
    load,
    uids,
)


def test_loading_again_changes_nothing(store: Store) -> None:
    assert load(store, ALL)
    before = [store.history(uid) for uid in (CONFERENCE, ORGANIZATIONAL, PLENARY)]
    assert not load(store, ALL, NOON + timedelta(hours=1))
    assert not load(store, ALL[::-1], NOON + timedelta(hours=2))
    assert [store.history(uid) for uid in (CONFERENCE, ORGANIZATIONAL, PLENARY)] == before
    assert (store.revision(), store.changed()) == (1, NOON)


def test_only_what_is_new_gets_the_new_moment(store: Store) -> None:
    load(store, ALL[:2])
    evening = NOON + timedelta(hours=6)
    assert load(store, ALL, evening)
    assert store.revision() == 2
    assert [item.recorded for item in store.history(ORGANIZATIONAL)] == [NOON, NOON, evening]
    assert [item.recorded for item in store.history(PLENARY)] == [NOON]
    assert set(uids(store.changes(NOON))) == {CONFERENCE, ORGANIZATIONAL, "A-RES-73-40.13.report.1"}
    assert uids(store.changes(evening)) == []


def test_an_item_put_in_front_of_others_is_the_only_news(store: Store) -> None:
    load(store, ALL)
    first = ALL[0]
    more = event(first.symbol, "4", Kind.MEETING, "2018-02-01", date(2017, 12, 24))
    added = dated(replace(first, events=(more, *first.events)))
    load(store, [added, *ALL[1:]], NOON + timedelta(1))
    assert uids(store.changes(NOON)) == ["A-RES-72-251.4.meeting.1"]
    filed = store.instrument("A-RES-72-251")
    assert filed is not None
    assert [item.paragraph for item in filed.schedule.events] == ["4", "5", "6", "16", "20", "22", "7"]


def test_a_failed_load_leaves_what_was(store: Store) -> None:
    load(store, ALL[:2])
    with pytest.raises(KeyError):
        store.load(ALL, histories(ALL[:2]), fingerprint="x", recorded=NOON + timedelta(1))
    assert (store.revision(), store.fingerprint()) == (1, str(NOON))
    assert len(store.instruments().items) == 2


def test_backward_clock_does_not_reorder_records(store: Store) -> None:
    load(store, ALL[:1])
    load(store, ALL[:2], NOON - timedelta(days=3))
    moved = store.event(ORGANIZATIONAL)
    assert moved is not None
    assert moved.recorded == NOON + timedelta(microseconds=1)


def test_readers_see_one_state_while_another_writes(store: Store) -> None:
    load(store, ALL[:1])
    seen: list[set[object]] = []
    stop = threading.Event()

    def look() -> None:
        while not stop.is_set():
            page = store.events(EventQuery(resolution="A-RES-72-251"))
            seen.append({item.event.status for item in page.items if item.event.uid in {CONFERENCE, ORGANIZATIONAL}})

    reader = threading.Thread(target=look)
    reader.start()
    for turn in range(6):
        chosen = [ALL[0], POSTPONED] if turn % 2 == 0 else ALL[:1]
        load(store, chosen, NOON + timedelta(minutes=turn + 1))
    stop.set()
    reader.join()
    assert seen
    assert all(states in ({Status.SCHEDULED}, {Status.POSTPONED}) for states in seen)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(ALL), cut=st.integers(1, 4))
def test_any_order_of_loading_gives_the_same_store(
    tmp_path_factory: pytest.TempPathFactory, order: list[Schedule], cut: int
) -> None:
    made = Store(f"sqlite:///{tmp_path_factory.mktemp('s')}/p.sqlite")
    made.migrate()
    needed = [item for item in order if item is ALL[0] or item in order[:cut]]
    load(made, needed)
    load(made, order, NOON + timedelta(1))
    page = made.events(EventQuery(merged=True))
    assert {item.event.uid: (item.event, item.number) for item in page.items} == {
        uid: (standing.event, standing.number)
        for uid, history in histories(ALL).items()
        for standing in [[item for item in history if not item.note.startswith("reaffirmed")][-1]]
    }
    made.close()
