"""Cached results equal those of the store after any change, and only what changed is read again."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app.almanac import almanac
from app.model import Event, Kind, Schedule, Status
from app.schedule.history import histories
from app.store import EventQuery, Store
from app.web.feeds.query_cache import QueryCache, revisions
from tests.web.standing import CONFERENCE, RESOLUTION, SCHEDULES

QUERIES = (
    EventQuery(limit=7),
    EventQuery(kinds=(Kind.MEETING, Kind.REPORT), limit=5000),
    EventQuery(q="river"),
    EventQuery(start=date(2018, 6, 1), end=date(2018, 12, 31)),
    EventQuery(actors=("secretary-general",)),
    EventQuery(resolution="A-RES-72-251", merged=True),
    EventQuery(topics=("nuclear-disarmament",)),
)
DAY = date(2018, 1, 1)


def made(number: int, shift: int = 0, **more: object) -> Event:
    day = DAY + timedelta(days=number * 11 + shift)
    fields = {"start": day, "end": day, "when": day.isoformat(), **more}
    return replace(CONFERENCE, uid=f"A-RES-72-251.5.meeting.{number + 2}", **fields)  # type: ignore[arg-type]  # by name


def load(store: Store, events: dict[int, Event], turn: int) -> None:
    schedules: list[Schedule] = [replace(RESOLUTION, events=(*RESOLUTION.events, *events.values())), *SCHEDULES[1:]]
    moment = datetime(2026, 12, 1, tzinfo=UTC) + timedelta(seconds=turn)
    assert store.load(schedules, histories(schedules, almanac()), fingerprint=str(turn), recorded=moment)


CHANGES: tuple[Callable[[Event, int], Event | None], ...] = (
    lambda event, number: made(number, shift=200),
    lambda event, number: replace(event, title={"en": "River"}),
    lambda event, number: replace(event, kind=Kind.REPORT, bearer="secretary-general"),
    lambda event, number: replace(event, status=Status.CANCELLED),
    lambda event, number: replace(event, start=None, end=None, when="TBD"),
    lambda event, number: replace(event, recurrence="FREQ=YEARLY"),
    lambda event, number: None,
    lambda event, number: made(number),
)


def test_find_after_any_change_equals_the_store(store: Store) -> None:
    chance, queries = random.Random(72), QueryCache(store)
    events = {number: made(number) for number in range(40)}
    for turn in range(25):
        for _ in range(chance.randrange(1, 4)):
            number = chance.randrange(45)
            after = chance.choice(CHANGES)(events.get(number, made(number)), number)
            events.pop(number, None)
            if after is not None:
                events[number] = replace(after, note=str(turn))
        events[99] = replace(made(99), note=str(turn))
        load(store, events, turn)
        for query in QUERIES:
            assert list(queries.find(query, store.changed())) == list(revisions(store, query)), (turn, query)


def test_find_after_a_change_reads_only_what_changed(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    events, query, queries = {number: made(number) for number in range(40)}, EventQuery(limit=5000), QueryCache(store)
    load(store, events, 1)
    before = {item.event.uid: item for item in queries.find(query, store.changed())}
    read: list[int] = []
    real = Store.events
    monkeypatch.setattr(Store, "events", lambda self, asked: read.append(len(asked.uids)) or real(self, asked))
    queries.find(query, store.changed())
    assert read == []
    load(store, {**events, 3: made(3, shift=1)}, 2)
    after = {item.event.uid: item for item in queries.find(query, store.changed())}
    assert read == [1]
    assert [uid for uid in after if after[uid] is not before[uid]] == [made(3).uid]


def test_query_cache_stays_within_its_limit(store: Store) -> None:
    queries = QueryCache(store, limit=12)
    for day in range(1, 20):
        queries.find(EventQuery(end=date(2019, 1, day)), store.changed())
        assert queries.size <= 12
    assert len(queries) > 1


def test_query_cache_counts_empty_results(store: Store) -> None:
    queries, moment = QueryCache(store, 20), store.changed()
    for number in range(60):
        assert len(queries.find(EventQuery(q=f"nothing of the kind {number}"), moment)) == 0
    assert (len(queries), queries.size) == (20, 20)
