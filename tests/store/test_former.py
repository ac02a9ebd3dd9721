"""Instruments without a schedule: the store knows what they were, and where they went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from app.almanac import almanac
from app.model import Kind, Schedule, Symbol
from app.schedule.history import histories
from app.store import BEFORE, EventQuery, Store
from tests.web.standing import CONFERENCE, MOVED, POSTPONED, RESOLUTION, SCHEDULES

BEGIN = datetime(2026, 12, 1, tzinfo=UTC)
OTHER = Schedule(symbol=Symbol("A/RES/72/900", "general-assembly"), adopted=None)


def load(store: Store, turn: int, *schedules: Schedule) -> datetime:
    moment = BEGIN + timedelta(days=turn)
    held: Sequence[Schedule] = schedules
    assert store.load(held, histories(held, almanac()), fingerprint=str(turn), recorded=moment)
    return moment


def test_a_withdrawn_instrument_is_known_as_it_was(store: Store) -> None:
    load(store, 1, *SCHEDULES)
    before = store.instrument("A-RES-72-251")
    assert before is not None
    assert store.withdrawn("A-RES-72-251") is None
    moment = load(store, 2, OTHER)
    assert store.instrument("A-RES-72-251") is None
    assert [item.slug for item in store.instruments().items] == ["A-RES-72-900"]
    assert store.titles(["A-RES-72-251"]) == {}
    assert store.withdrawn("A-RES-72-251") == replace(before, withdrawn=moment)
    # It has no event of its own, and is known nevertheless.
    decision = store.withdrawn("A-DEC-72-553")
    assert decision is not None
    assert decision.schedule.amendments == MOVED.amendments
    assert store.withdrawn("A-RES-72-900") is None
    assert store.withdrawn("A-RES-1-1") is None
    told = store.changes_since(moment - BEFORE, 100)
    assert told is not None
    assert told.changed == {"A-RES-72-251", "A-DEC-72-553", "A-DEC-72-556", "A-RES-72-900"}
    known = EventQuery(resolution="A-RES-72-251", known_at=moment - BEFORE)
    assert len(store.events(known).items) == 5
    assert store.events(replace(known, known_at=None)).items == ()


def test_a_further_load_leaves_the_day_of_the_withdrawal(store: Store) -> None:
    load(store, 1, *SCHEDULES)
    moment = load(store, 2, OTHER)
    load(store, 3, replace(OTHER, title={"en": "Rivers"}))
    filed = store.withdrawn("A-RES-72-251")
    assert filed is not None
    assert filed.withdrawn == moment


def test_what_comes_back_stands_again(store: Store) -> None:
    load(store, 1, *SCHEDULES)
    before = store.instrument("A-RES-72-251")
    load(store, 2, OTHER)
    moment = load(store, 3, *SCHEDULES)
    assert store.withdrawn("A-RES-72-251") is None
    assert store.instrument("A-RES-72-251") == before
    told = store.changes_since(moment - BEFORE, 100)
    assert told is not None
    assert "A-RES-72-251" in told.metadata_changed
    assert len(store.events(EventQuery(kinds=(Kind.MEETING,))).items) == 3


def test_a_former_symbol_leads_to_the_present_one(store: Store) -> None:
    renamed = replace(OTHER, formerly=("A/C.3/72/L.9", "A/RES/72/251"))
    load(store, 1, RESOLUTION)
    assert store.home("A-RES-72-251") is None
    load(store, 2, renamed)
    assert [store.home(slug) for slug in ("A-C-3-72-L-9", "A-RES-72-251", "A-RES-72-900")] == [
        "A-RES-72-900",
        "A-RES-72-900",
        None,
    ]
    # Renamed once more, with no file left that says the first of it.
    load(store, 3, replace(POSTPONED, amendments=(), formerly=("A/RES/72/900",)))
    assert store.home("A-C-3-72-L-9") == "A-DEC-72-556"
    assert [item.slug for item in store.instruments(q="A/RES/72/900").items] == ["A-DEC-72-556"]


def test_a_mistaken_former_symbol_is_taken_back(store: Store) -> None:
    load(store, 1, RESOLUTION)
    moment = load(store, 2, replace(OTHER, formerly=("A/RES/72/251",)))
    load(store, 3, OTHER)
    assert store.home("A-RES-72-251") is None
    filed = store.withdrawn("A-RES-72-251")
    assert filed is not None
    assert filed.withdrawn == moment
    told = store.changes_since(moment, 100)
    assert told is not None
    assert told.metadata_changed == {"A-RES-72-251", "A-RES-72-900"}
    load(store, 4, RESOLUTION, replace(OTHER, title={"en": "Rivers"}))
    assert store.event(CONFERENCE.uid) is not None


def test_former_symbols_in_a_circle_end(store: Store) -> None:
    load(store, 1, replace(OTHER, formerly=("A/RES/72/251",)))
    load(store, 2, replace(RESOLUTION, formerly=("A/RES/72/900",)))
    assert store.home("A-RES-72-900") == "A-RES-72-251"
    assert store.home("A-RES-72-251") is None
