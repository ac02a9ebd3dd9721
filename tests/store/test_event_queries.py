"""Queries for events: days, moments, filters, order and pages."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.model import Kind, Status
from app.store import EventQuery, Page, Store
from tests.store.samples import (
    AGENDA,
    ALL,
    CONFERENCE,
    NOON,
    ORGANIZATIONAL,
    PLENARY,
    load,
    uids,
)


@pytest.mark.parametrize(
    ("day", "organizational", "conference"),
    [
        (date(2018, 3, 25), date(2018, 3, 28), date(2018, 5, 14)),
        (date(2018, 3, 26), date(2018, 5, 10), date(2018, 5, 14)),
        (date(2018, 4, 25), date(2018, 5, 10), date(2018, 5, 14)),
        (date(2018, 4, 26), None, None),
        (None, None, None),
        (date.max, None, None),
    ],
)
def test_what_stood_on_a_day(
    store: Store, day: date | None, organizational: date | None, conference: date | None
) -> None:
    load(store, ALL)
    page = store.events(EventQuery(resolution="A-RES-72-251", as_of=day))
    starts = {item.event.uid: item.event.start for item in page.items}
    assert (starts[ORGANIZATIONAL], starts[CONFERENCE]) == (organizational, conference)
    assert [found.event.start if (found := store.event(uid, day)) else "" for uid in (ORGANIZATIONAL, CONFERENCE)] == [
        organizational,
        conference,
    ]


def test_nothing_stood_before_it_was_decided(store: Store) -> None:
    load(store, ALL)
    assert store.events(EventQuery(as_of=date(2017, 12, 23))) == Page(())
    assert store.event(CONFERENCE, date(2017, 12, 23)) is None


def test_what_was_known_at_a_moment(store: Store) -> None:
    load(store, ALL[:1])
    load(store, ALL[:2], NOON + timedelta(1))
    load(store, ALL, NOON + timedelta(2))
    day = date(2018, 6, 1)
    known = [
        (item.event.status, item.event.start) if (item := store.event(ORGANIZATIONAL, day, moment)) else None
        for moment in (NOON - timedelta(1), NOON, NOON + timedelta(1.5), NOON + timedelta(2))
    ]
    assert known == [
        None,
        (Status.SCHEDULED, date(2018, 3, 28)),
        (Status.MOVED, date(2018, 5, 10)),
        (Status.POSTPONED, None),
    ]
    assert [len(store.history(ORGANIZATIONAL, NOON + timedelta(days=n))) for n in range(3)] == [1, 2, 3]
    then = store.events(EventQuery(known_at=NOON + timedelta(hours=1)))
    assert sorted(uids(then)) == sorted(item.uid for item in ALL[0].events)


def test_what_was_withdrawn_is_still_known_to_have_been_known(store: Store) -> None:
    load(store, ALL)
    load(store, [replace(ALL[0], events=ALL[0].events[:2]), *ALL[1:]], NOON + timedelta(1))
    assert store.event(AGENDA) is None
    assert store.event(AGENDA, known_at=NOON) is not None


def test_order_and_paging(store: Store) -> None:
    load(store, ALL)
    whole = uids(store.events(EventQuery()))
    assert whole == [
        "A-RES-72-251.20.report.1",
        AGENDA,
        PLENARY,
        "A-RES-73-40.13.report.1",
        CONFERENCE,
        ORGANIZATIONAL,
        "A-RES-72-251.7.obligation.1",
    ]
    for limit in (1, 2, 3, 7):
        found: list[str] = []
        cursor = None
        while True:
            page = store.events(EventQuery(limit=limit, cursor=cursor))
            found += uids(page)
            cursor = page.next
            if cursor is None:
                break
        assert found == whole


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (EventQuery(kinds=(Kind.REPORT, Kind.AGENDA)), ["A-RES-72-251.20.report.1", AGENDA, "A-RES-73-40.13.report.1"]),
        (EventQuery(actors=("conference-on-disarmament",)), ["A-RES-72-251.20.report.1"]),
        (EventQuery(actors=("general-assembly",), kinds=(Kind.MEETING,)), [CONFERENCE]),
        (EventQuery(bodies=("general-assembly",), resolution="A-RES-73-40"), ["A-RES-73-40.13.report.1"]),
        (
            EventQuery(resolution="A-RES-73-40", merged=True),
            ["A-RES-73-40.13.report.1", "A-RES-73-40.5.meeting.1"],
        ),
        (EventQuery(bodies=("security-council",)), []),
        (EventQuery(topics=("nuclear-disarmament",), kinds=(Kind.AGENDA,)), [AGENDA]),
        (EventQuery(topics=("nuclear-disarmament-meeting",), kinds=(Kind.AGENDA,)), [AGENDA]),
        (EventQuery(topics=("nuclear-dis",)), []),
        (EventQuery(q="100%_CONF"), [CONFERENCE]),
        (EventQuery(q="100__conf"), []),
        (EventQuery(q="国际会议"), [CONFERENCE]),
        (EventQuery(q="3 月 28"), [ORGANIZATIONAL]),
        (EventQuery(q="york conference"), [CONFERENCE]),
        (EventQuery(start=date(2018, 9, 1), end=date(2018, 9, 20)), ["A-RES-72-251.20.report.1", AGENDA]),
        (EventQuery(start=date(2118, 9, 1), end=date(2118, 9, 30)), [PLENARY]),
        (EventQuery(start=date(2118, 9, 27), end=date(2118, 9, 30)), []),
        (EventQuery(end=date(2018, 9, 17)), []),
        (EventQuery(start=date(2018, 5, 16), end=date(2018, 5, 16), as_of=date(2018, 4, 1)), [CONFERENCE]),
    ],
)  # fmt: skip
def test_filters(store: Store, query: EventQuery, found: list[str]) -> None:
    load(store, ALL)
    assert uids(store.events(query)) == found
