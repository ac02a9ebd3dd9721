"""Lists and months are whole: beside a reading of every event one by one, on random events, windows and past days."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from random import Random

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from app.almanac import occurrences
from app.model import Action, Amendment, Certainty, Event, Kind, Revision, Schedule, Symbol
from app.schedule.dating import dated
from app.schedule.history import histories
from app.store import EventQuery, Store
from app.store.schema import revisions

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
KINDS = tuple(kind for kind in Kind if kind is not Kind.OBLIGATION)
ALWAYS = EventQuery(limit=10_000)
LONGEST = 14


def when(random: Random, adopted: date) -> str:
    day = adopted + timedelta(random.randrange(-20, 900))
    length = random.choice((0, 0, 1, 2, 13, 14, 15, 40, 500))
    span = f"{adopted.year + 1}-01-01/{adopted.year + random.randrange(2, 9)}-06-01"
    yearly = f"--{day.month:02}-{min(day.day, 28):02}"
    return random.choice((
        day.isoformat(), f"{day}/{day + timedelta(length)}", f"../{day}", f"{day}/..", f"GA{adopted.year - 1943}",
        "TBD", *(f"R/{yearly}" for _ in range(4)), "R/--02-29", "R/--02-25/--03-02", "R/--12-28/--01-03", "R/--12",
        f"R{random.randrange(2, 6)}/{yearly}", "R/--12-10/--12-30", f"{span};R/--05-20/--06-05",
        f"GA{adopted.year - 1943};R/P1Y", "2019-01-31;R/P1M",
        "R/FREQ=YEARLY;BYMONTH=11;BYDAY=3TH", "R/FREQ=MONTHLY;BYMONTHDAY=31", "R/FREQ=WEEKLY;INTERVAL=7;BYDAY=TU",
        "R/FREQ=YEARLY;INTERVAL=3;BYMONTH=6;BYMONTHDAY=5",
    ))  # fmt: skip


def generate(seed: int) -> list[Schedule]:
    random = Random(seed)
    made: list[Schedule] = []
    for number in range(60):
        adopted = date(2000, 1, 1) + timedelta(number * 120)
        symbol = Symbol(f"A/RES/{adopted.year - 1945}/{number}", "general-assembly", adopted.year - 1945)
        events = tuple(
            Event(
                f"{symbol.slug}.{place}.{kind.value}.1", kind, when(random, adopted), Certainty.DECIDED, symbol.text,
                adopted, str(place), bearer=random.choice(("secretary-general", "general-assembly")),
            )
            for place, kind in enumerate(random.choices(KINDS, k=8), 1)
        )  # fmt: skip
        earlier = [item for schedule in made for item in schedule.events]
        changed = random.sample(earlier, min(3, len(earlier)))
        amendments = tuple(
            Amendment(item.uid, *change, symbol.text, adopted, change_when)
            for item in changed
            for change, change_when in [random.choice((
                ((Action.MOVE,), (adopted + timedelta(random.randrange(10, 400))).isoformat()),
                ((Action.MOVE,), f"{adopted + timedelta(9)}/{adopted + timedelta(random.randrange(9, 30))}"),
                ((Action.POSTPONE,), None), ((Action.CANCEL,), None),
            ))]
        )  # fmt: skip
        made.append(dated(Schedule(symbol, adopted, events=events, amendments=amendments)))
    return made


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    made = Store(url)
    made.migrate()
    schedules = generate(7)
    made.load(schedules, histories(schedules), fingerprint="made", recorded=NOON)
    yield made
    made.close()


def days(event: Event, first: date, last: date) -> list[tuple[date, date]]:
    """Every occurrence that touches the days, as its first and its last; walked from the beginning."""
    begin = event.start or event.end
    if begin is None:
        return []
    if not event.recurrence:
        spans = [(begin, event.end or date.max)]
    else:
        length = (event.end - event.start) if event.start and event.end else timedelta(0)
        spans = [(day, day + length) for day in occurrences(begin, event.recurrence, begin, last)]
    return [(start, end) for start, end in spans if start <= last and end >= first]


def windows(random: Random) -> tuple[date, date, date | None]:
    first = date(2000, 1, 1) + timedelta(random.randrange(12_000))
    last = first + timedelta(random.choice((0, 6, 41, 200, 364, 3000)))
    return first, last, random.choice((None, None, date(2000, 1, 1) + timedelta(random.randrange(8_000))))


def test_there_is_enough_of_everything() -> None:
    events = [event for schedule in generate(7) for event in schedule.events]
    recurring = [event for event in events if event.recurrence]
    assert (len(events), len(recurring) > 150, sum(bool(event.start) for event in events) > 350) == (480, True, True)
    rules = " ".join(event.recurrence or "" for event in recurring)
    assert [part for part in ("UNTIL", "COUNT", "INTERVAL", "BYDAY", "WEEKLY", "MONTHLY") if part not in rules] == []
    assert any(event.start != event.end for event in recurring)


def test_a_list_has_every_event_of_its_period_once_and_in_order(store: Store) -> None:
    random = Random(1)
    for _ in range(40):
        first, last, as_of = windows(random)
        whole = store.events(replace(ALWAYS, as_of=as_of))
        assert whole.next is None
        wanted = sorted(
            (spans[0][0], item.event.uid, item) for item in whole.items if (spans := days(item.event, first, last))
        )
        query = EventQuery(start=first, end=last, as_of=as_of, limit=random.choice((1, 7, 20, 1000)))
        query = replace(query, limit=max(query.limit, len(wanted) // 30 + 1))
        found: list[tuple[date, str, Revision]] = []
        while True:
            page = store.upcoming_events(query)
            found += [(day, item.event.uid, item) for day, item in page.items]
            if page.next is None:
                break
            assert len(page.items) == query.limit
            query = replace(query, cursor=page.next)
        assert found == wanted


def test_a_list_without_an_end_has_what_recurs_too(store: Store) -> None:
    found, query = list[str](), EventQuery(start=date(2010, 6, 1), limit=50)
    while True:
        page = store.upcoming_events(query)
        found += [item.event.uid for _, item in page.items]
        if page.next is None:
            break
        query = replace(query, cursor=page.next)
    whole = store.events(ALWAYS).items
    wanted = [item.event.uid for item in whole if days(item.event, date(2010, 6, 1), date(2450, 1, 1))]
    assert sorted(found) == sorted(wanted)


def sure(event: Event) -> bool:
    length = (event.end - event.start).days if event.start and event.end else 0
    return event.certainty in (Certainty.DECIDED, Certainty.DERIVED) and length <= LONGEST


def on(event: Event, first: date, last: date) -> set[date]:
    """The days of the period on which the event is; of one with an open end the day that is known."""
    closed = replace(event, start=event.start or event.end, end=event.end or event.start)
    return {
        start + timedelta(offset)
        for start, end in days(closed, first, last)
        for offset in range((end - start).days + 1)
        if first <= start + timedelta(offset) <= last
    }


def test_a_month_has_every_event_on_each_of_its_days(store: Store) -> None:
    random = Random(2)
    for _ in range(40):
        first, last, as_of = windows(random)
        whole = store.events(replace(ALWAYS, as_of=as_of)).items
        wanted = {item.event.uid: on(item.event, first, last) for item in whole if sure(item.event)}
        slots = store.slots(EventQuery(start=first, end=last, as_of=as_of), LONGEST)
        found = {slot.uid: set(slot.days(first, last)) for slot in slots}
        assert {uid: at for uid, at in found.items() if at} == {uid: at for uid, at in wanted.items() if at}
        assert [slot.recurrence is not None for slot in slots] == sorted(slot.recurrence is not None for slot in slots)
        held = store.revisions_of([slot.id for slot in slots])
        standing = {item.event.uid: item for item in whole}
        assert {slot.uid: held[slot.id] for slot in slots} == {slot.uid: standing[slot.uid] for slot in slots}


def left_of(store: Store, as_of: date | None) -> list[Revision]:
    """The states whose days an event has left, of those that do not recur, by all histories."""
    found = []
    for now in store.events(replace(ALWAYS, as_of=as_of)).items:
        history = [item for item in store.history(now.event.uid) if as_of is None or item.decided <= as_of]
        states = [item for item, following in pairwise(history) if item.decided < following.decided]
        by_day = {item.event.start or item.event.end: item for item in states if not item.event.recurrence}
        there = (now.event.start or now.event.end, now.event.end or (date.max if now.event.start else None))
        found += [item for day, item in by_day.items() if day and (day, item.event.end or date.max) != there]
    return sorted(found, key=lambda item: (item.event.start or item.event.end or date.max, item.event.uid))


def test_days_that_were_left_are_all_found(store: Store) -> None:
    random = Random(3)
    some = 0
    for _ in range(12):
        first, last, as_of = windows(random)
        every = left_of(store, as_of)
        wanted = [item for item in every if days(item.event, first, last)]
        query = EventQuery(start=first, end=last, as_of=as_of, limit=random.choice((1, 3, 100)))
        found: list[Revision] = []
        while True:
            page = store.departed(query)
            found += page.items
            if page.next is None:
                break
            query = replace(query, cursor=page.next)
        assert found == wanted
        slots = store.previous_dates(EventQuery(start=first, end=last, as_of=as_of), LONGEST)
        months = [(item.event.uid, item.event.start or item.event.end) for item in wanted
                  if sure(item.event) and on(item.event, first, last)]  # fmt: skip
        assert sorted((slot.uid, slot.day) for slot in slots if set(slot.days(first, last))) == sorted(months)
        some += len(found)
    assert some > 20


def test_a_store_of_the_tables_before_is_brought_up_to_date(store: Store) -> None:
    def rows() -> list[tuple[object, ...]]:
        with store._database.read() as connection:
            return [tuple(row) for row in connection.execute(revisions.select().order_by(revisions.c.id))]

    before = rows()
    config = Config()
    config.set_main_option("script_location", "app.store:migrations")
    config.set_main_option("path_separator", "os")
    with store._database.write(exclusive=True) as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0005")
        # The tables before had the last day on which an occurrence may begin, not the last of its days.
        for row in before:
            until = re.search(r"UNTIL=(\d{8})", str(row[-1]))
            if until:
                was = {"last": date.fromisoformat(until[1]), "at": row[0]}
                connection.execute(sa.text("UPDATE revisions SET last = :last WHERE id = :at"), was)
    assert store.schema()[0] == "0005"
    store.migrate()
    assert rows() == before
