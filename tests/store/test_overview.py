"""What overviews ask of the store: counts, months, what left its days, the latest changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from app.model import Kind
from app.store import EventQuery, Store
from tests.web.standing import CONFERENCE, ORGANIZATIONAL, PLENARY, REPORT, SCHEDULES, load


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    made = Store(url)
    made.migrate()
    load(made, SCHEDULES, "made")
    yield made
    made.close()


def test_events_are_counted_up_to_a_bound(store: Store) -> None:
    assert [store.count(EventQuery(), most) for most in (1, 4, 5, 1000)] == [2, 5, 5, 5]
    assert store.count(EventQuery(kinds=(Kind.REPORT,))) == 1
    assert store.count(EventQuery(start=date(2024, 9, 1), end=date(2024, 9, 30))) == 1
    assert store.count(EventQuery(start=date(2018, 9, 1), end=date(2019, 9, 30)), 1) == 2


def test_months_tell_what_begins_in_them(store: Store) -> None:
    assert store.months(EventQuery()) == {("meeting", "2018-09"): 1, ("report", "2018-09"): 1}
    before = {("meeting", "2018-05"): 2, ("meeting", "2018-09"): 1, ("report", "2018-09"): 1}
    assert store.months(EventQuery(as_of=date(2018, 4, 1))) == before
    assert store.years(EventQuery(), 2010, 2030) == {2018: 2}
    assert store.years(EventQuery(as_of=date(2018, 4, 1)), 2018, 2018) == {2018: 4}
    assert store.years(EventQuery(kinds=(Kind.REPORT,)), 9990, 9999) == {}
    assert store.months(EventQuery(end=date(2018, 8, 31), as_of=date(2018, 4, 1))) == {("meeting", "2018-05"): 2}


def test_what_left_its_days_is_found_on_them(store: Store) -> None:
    may = EventQuery(start=date(2018, 5, 1), end=date(2018, 5, 31))
    found = [(item.event.uid, item.event.start, item.number) for item in store.departed(may).items]
    assert found == [(ORGANIZATIONAL.uid, date(2018, 5, 10), 1), (CONFERENCE.uid, date(2018, 5, 14), 0)]
    march = EventQuery(start=date(2018, 3, 1), end=date(2018, 3, 31))
    assert [item.event.start for item in store.departed(march).items] == [date(2018, 3, 28)]
    on_the_day = EventQuery(start=march.start, end=march.end, as_of=date(2018, 3, 25))
    assert store.departed(on_the_day).items == ()
    assert store.departed(EventQuery(start=may.start, end=may.end, as_of=date(2018, 4, 1))).items == ()
    assert store.departed(EventQuery(start=date(2018, 9, 1), end=date(2018, 9, 30))).items == ()


def test_several_events_are_looked_up_at_once(store: Store) -> None:
    asked = [CONFERENCE.uid, ORGANIZATIONAL.uid, "none"]
    for day in (None, date(2018, 4, 1)):
        found = {uid: revision for uid in asked if (revision := store.event(uid, day)) is not None}
        assert store.current_revisions(asked, day) == found
    assert store.current_revisions([]) == {}
    assert store.titles(["A-RES-72-251", "none"]) == {"A-RES-72-251": SCHEDULES[0].title}


def test_the_latest_decision_comes_first(store: Store) -> None:
    whole = [(item.decided, item.instrument) for item in store.latest().items]
    assert whole == [
        (date(2018, 4, 26), "A/DEC/72/556"),
        (date(2018, 4, 26), "A/DEC/72/556"),
        (date(2018, 3, 26), "A/DEC/72/553"),
    ]
    first = store.latest(2)
    assert [item.decided for item in first.items] == [date(2018, 4, 26), date(2018, 4, 26)]
    rest = store.latest(2, first.next)
    assert ([item.decided for item in rest.items], rest.next) == ([date(2018, 3, 26)], None)
    assert {PLENARY.uid, REPORT.uid} & {item.event.uid for item in store.latest().items} == set()
