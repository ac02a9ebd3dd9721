"""Heartbeats of processes: counted, listed, removed if nothing was heard since."""

from app.store import Store
from app.store.executors import Executors


def test_beat_counts_each_executor_by_itself(store: Store) -> None:
    executors = Executors(store._database)
    for id_ in ("a", "b", "a"):
        executors.beat(id_)
    assert executors.beats() == {"a": 2, "b": 1}


def test_remove_spares_an_executor_that_beat_again(store: Store) -> None:
    executors = Executors(store._database)
    for id_ in ("a", "a", "b"):
        executors.beat(id_)
    executors.remove("a", 1)
    executors.remove("none")
    assert executors.beats() == {"a": 2, "b": 1}
    executors.remove("a", 2)
    executors.remove("b")
    assert executors.beats() == {}
