"""A change of the store makes the feeds anew that say what changed, and those alone."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Final

from app.almanac import almanac
from app.documents import parse_symbol
from app.feeds import FORMATS
from app.model import Action, Amendment, Certainty, Event, Kind, Schedule
from app.schedule.history import histories
from app.store import Store
from app.web.feeds.renderer import FeedRenderer
from app.web.feeds.response_cache import FeedCache
from tests.web.standing import BASE

COUNT: Final = 6
FEEDS: Final = ("all.ics", *(f"resolution/A-RES-90-{number}.ics" for number in range(1, COUNT + 1)))


def instrument(number: int, events: int, said: str = "", **more: object) -> Schedule:
    """A resolution with so many meetings of May 2036, the last of them called ``said``."""
    symbol = parse_symbol(f"A/RES/90/{number}")
    made = [
        Event(
            uid=f"{symbol.slug}.{paragraph}.meeting.1",
            kind=Kind.MEETING,
            when=f"2036-05-{paragraph:02}",
            certainty=Certainty.DECIDED,
            instrument=symbol.text,
            decided=date(2035, 12, number),
            paragraph=str(paragraph),
            start=date(2036, 5, paragraph),
            end=date(2036, 5, paragraph),
            subject={"en": said if paragraph == events else f"meeting {paragraph}"},
        )
        for paragraph in range(1, events + 1)
    ]
    whole = Schedule(
        symbol=symbol, adopted=date(2035, 12, number), title={"en": f"Rivers {number}"}, events=tuple(made)
    )
    return replace(whole, **more)  # type: ignore[arg-type]  # fields by name


def load(store: Store, schedules: Sequence[Schedule], turn: int) -> None:
    moment = datetime(2036, 12, 1, tzinfo=UTC) + timedelta(seconds=turn)
    store.load(schedules, histories(schedules, almanac()), fingerprint=f"turn {turn}", recorded=moment)


def cache_of(store: Store) -> tuple[FeedCache, FeedRenderer]:
    renderer = FeedRenderer(store, base=BASE, language="en", limit=1 << 22)
    return FeedCache(renderer, language="en", limit=1 << 22, poll_interval=0.0, stale_ttl=0.0), renderer


def fresh(store: Store, name: str) -> bytes:
    """The feed as a service would give it that had never given another."""
    stem, _, extension = name.rpartition(".")
    feed_cache, renderer = cache_of(store)
    return renderer.render(stem, FORMATS[extension], feed_cache._options(b"")).body


def test_a_change_makes_anew_what_it_changed(store: Store) -> None:
    feed_cache, _ = cache_of(store)
    base = [instrument(number, 3) for number in range(1, COUNT + 1)]
    # The second moves a meeting of the first, the fourth repeats one of the third.
    moves = Amendment("A-RES-90-1.2.meeting.1", Action.MOVE, "A/RES/90/2", date(2035, 12, 2), "2036-05-20")
    base[1] = replace(base[1], amendments=(moves,))
    repeated = replace(base[3].events[0], same_as="A-RES-90-3.1.meeting.1")
    base[3] = replace(base[3], events=(repeated, *base[3].events[1:]))

    async def made() -> dict[str, bytes]:
        return {name: (await feed_cache.get(name, b"")).body for name in FEEDS}

    async def steps() -> list[tuple[int, set[str]]]:
        seen = []
        load(store, base, 1)
        before = await made()
        for turn, changed in enumerate((6, 1, 3, 4), 2):
            events = tuple(replace(item, subject={"en": f"lakes {turn}"}) for item in base[changed - 1].events)
            base[changed - 1] = replace(base[changed - 1], events=events)
            load(store, base, turn)
            renders = feed_cache.counts["renders"]
            after = await made()
            different = {name for name in FEEDS if before[name] != after[name]}
            seen.append((feed_cache.counts["renders"] - renders, different))
            assert after == {name: fresh(store, name) for name in FEEDS}
            before = after
        return seen

    def feed(*numbers: int) -> set[str]:
        return {"all.ics", *(f"resolution/A-RES-90-{number}.ics" for number in numbers)}

    assert asyncio.run(steps()) == [(2, feed(6)), (3, feed(1, 2)), (3, feed(3, 4)), (2, feed(4))]


def test_whatever_changes_every_feed_is_as_if_it_were_made_now(store: Store) -> None:
    feed_cache, _ = cache_of(store)
    lot = random.Random(251)

    def turn_of(base: list[Schedule]) -> None:
        number = lot.randint(1, COUNT)
        held = base[number - 1]
        match lot.randint(0, 4):
            case 0:
                more = {"amendments": held.amendments}
                base[number - 1] = instrument(number, lot.randint(1, 4), lot.choice(("a", "b")), **more)
            case 1:
                base[number - 1] = replace(held, title={"en": lot.choice(("Lakes", "Seas", "Rivers"))})
            case 2 if number > 1 and not [item for item in held.events if item.same_as]:
                target = f"A-RES-90-{lot.randint(1, number - 1)}.1.meeting.1"
                when = f"2036-06-{lot.randint(1, 28):02}"
                moved = Amendment(target, Action.MOVE, held.symbol.text, held.adopted, when)
                base[number - 1] = replace(held, amendments=(moved,))
            case 3:
                base[number - 1] = replace(held, amendments=())
            case _:
                of = f"A-RES-90-{lot.randint(1, max(1, number - 1))}.1.meeting.1"
                own = held.events[-1]
                alone = number == 1 or len(held.events) == 1 or held.amendments
                repeats = None if alone else of
                base[number - 1] = replace(held, events=(*held.events[:-1], replace(own, same_as=repeats)))

    async def steps() -> int:
        base = [instrument(number, 3) for number in range(1, COUNT + 1)]
        for turn in range(1, 26):
            load(store, base, turn)
            for name in lot.sample(FEEDS, 5):
                assert (await feed_cache.get(name, b"")).body == fresh(store, name), (turn, name)
            for _ in range(lot.randint(1, 2)):
                turn_of(base)
        return feed_cache.counts["renders"]

    # Of 125 answers many needed no rendering, or nothing was tested.
    assert asyncio.run(steps()) < 110


def unfolded(body: bytes) -> str:
    return body.replace(b"\r\n ", b"").decode()


def test_statuses_lapse_at_midnight_and_other_feeds_stay(store: Store) -> None:
    moments = [datetime(2036, 5, 1, 23, 59, 59, tzinfo=UTC)]
    renderer = FeedRenderer(store, base=BASE, language="en", limit=1 << 22, clock=lambda: moments[-1])
    feed_cache = FeedCache(
        renderer, language="en", limit=1 << 22, poll_interval=0.0, stale_ttl=0.0, clock=lambda: moments[-1]
    )
    load(store, [instrument(1, 2), replace(instrument(2, 1), events=())], 1)
    names = ("resolution/A-RES-90-1.ics", "resolution/A-RES-90-2.ics")

    async def steps() -> list[tuple[list[str], list[bytes], list[bytes]]]:
        seen = []
        for moment in (datetime(2036, 5, 2, tzinfo=UTC), datetime(2036, 5, 2, 12, tzinfo=UTC), None):
            feeds = [await feed_cache.get(name, b"") for name in names]
            lines = unfolded(feeds[0].body).splitlines()
            statuses = [line for line in lines if line.startswith("X-PLENARY-STATUS")]
            seen.append((statuses, [feed.etag for feed in feeds], [feed.body for feed in feeds]))
            if moment is not None:
                moments.append(moment)
        return seen

    first, second, third = asyncio.run(steps())
    assert first[0] == ["X-PLENARY-STATUS:running", "X-PLENARY-STATUS:scheduled"]
    assert second[0] == ["X-PLENARY-STATUS:past", "X-PLENARY-STATUS:running"]
    assert third == second
    assert [one == other for one, other in zip(first[1], second[1], strict=True)] == [False, True]


def test_status_in_words_and_filter_of_a_feed(store: Store) -> None:
    def body(day: date, query: bytes = b"") -> str:
        moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
        renderer = FeedRenderer(store, base=BASE, language="en", limit=1 << 22, clock=lambda: moment)
        options = FeedCache(renderer, language="en", limit=1)._options(query)
        return unfolded(renderer.render("resolution/A-RES-90-1", FORMATS["ics"], options).body)

    load(store, [instrument(1, 3)], 1)
    uids = {
        day: [line[-1] for line in (body(day, b"status=past,running")).replace(".meeting.1", "").splitlines()
              if line.startswith("UID:")]
        for day in (date(2036, 4, 30), date(2036, 5, 2), date(2036, 5, 4))
    }  # fmt: skip
    assert uids == {date(2036, 4, 30): [], date(2036, 5, 2): ["1", "2"], date(2036, 5, 4): ["1", "2", "3"]}
    assert "Status:" not in body(date(2036, 4, 30))
    assert body(date(2036, 5, 2)).count("Status: past") == 1
    assert body(date(2036, 5, 4)).count("Status: past") == 3
