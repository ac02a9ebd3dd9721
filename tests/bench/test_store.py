"""The store at size: 10,000 resolutions, 100,000 events, 50,000 amendments from a seeded generator."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from app.model import Action, Amendment, Certainty, Event, Kind, Schedule, Step, Symbol
from app.schedule.dating import dated
from app.schedule.history import histories
from app.store import EventQuery, Store

RESOLUTIONS, EVENTS_EACH, AMENDMENTS = 10_000, 10, 50_000
SEED = 20171224
NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
FIRST = date(1990, 1, 1)
ACTORS = ("secretary-general", "general-assembly", "member-states", "human-rights-council", "secretariat")
WORDS = ("disarmament", "water", "children", "trade", "oceans", "refugees", "space", "forests", "health", "law")

pytestmark = pytest.mark.bench


def _when(random: Random, adopted: date) -> tuple[Kind, str]:
    day = adopted + timedelta(random.randrange(30, 900))
    session = adopted.year - 1945 + random.randrange(1, 3)
    return random.choice((
        (Kind.MEETING, f"{day}/{day + timedelta(2)}"),
        (Kind.MEETING, day.isoformat()),
        (Kind.DEADLINE, f"../{day}"),
        (Kind.REPORT, f"GA{session}"),
        (Kind.AGENDA, f"GA{session}"),
        (Kind.MANDATE, f"{day}+P1Y"),
        (Kind.OBSERVANCE, f"R/--{day.month:02}-{min(day.day, 28):02}"),
        (Kind.DEADLINE, "adoption+P60D"),
        (Kind.MEETING, "TBD"),
        (Kind.OBLIGATION, "undated"),
    ))  # fmt: skip


def _event(random: Random, symbol: Symbol, adopted: date, number: int) -> Event:
    kind, when = _when(random, adopted)
    subject = " ".join(random.choices(WORDS, k=4))
    return Event(
        uid=f"{symbol.slug}.{number}.{kind.value}.1",
        kind=kind,
        when=when,
        certainty=Certainty.DECIDED,
        instrument=symbol.text,
        decided=adopted,
        paragraph=str(number),
        bearer=random.choice(ACTORS),
        addressees=(random.choice(ACTORS),),
        subject={"en": subject, "zh": f"关于 {subject}"},
        quote={"en": f"Requests a report on {subject}, to be submitted as decided, in the official languages"},
        proof=(Step("text.day", {"start": adopted.isoformat(), "end": adopted.isoformat()}),),
    )


def generate() -> list[Schedule]:
    random = Random(SEED)
    schedules: list[Schedule] = []
    for index in range(RESOLUTIONS):
        adopted = FIRST + timedelta(index * 13000 // RESOLUTIONS)
        symbol = Symbol(f"A/RES/{adopted.year - 1945}/{index}", "general-assembly", adopted.year - 1945)
        events = tuple(_event(random, symbol, adopted, number) for number in range(1, EVENTS_EACH + 1))
        schedules.append(Schedule(symbol, adopted, title={"en": " ".join(random.choices(WORDS, k=5))}, events=events))
    changes: dict[int, list[Amendment]] = {}
    taken: set[tuple[str, date]] = set()
    while sum(map(len, changes.values())) < AMENDMENTS:
        for _ in range(1000):
            by = random.randrange(1, RESOLUTIONS)
            target = random.choice(schedules[random.randrange(by)].events)
            symbol, decided = schedules[by].symbol, schedules[by].adopted
            assert decided is not None
            # Two decisions of one day on one event would contradict each other.
            if target.kind is Kind.OBLIGATION or (target.uid, decided) in taken:
                continue
            taken.add((target.uid, decided))
            action, when = random.choice((
                (Action.MOVE, (decided + timedelta(random.randrange(10, 400))).isoformat()),
                (Action.POSTPONE, None),
                (Action.EXTEND, f"../{decided + timedelta(random.randrange(100, 800))}"),
                (Action.CANCEL, None),
            ))  # fmt: skip
            changes.setdefault(by, []).append(Amendment(target.uid, action, symbol.text, decided, when))
    kept = 0
    for by, made in sorted(changes.items()):
        chosen = tuple(made[: max(0, AMENDMENTS - kept)])
        kept += len(chosen)
        schedules[by] = replace(schedules[by], amendments=chosen)
    assert kept == AMENDMENTS
    return schedules


@dataclass
class Bench:
    store: Store
    schedules: list[Schedule]
    uids: list[str]
    seconds: dict[str, float]
    work: float
    """Seconds of processor time of the whole load: what a machine shared with others does not change."""


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    schedules = generate()
    store = Store(f"sqlite:///{tmp_path_factory.mktemp('bench')}/plenary.sqlite")
    store.migrate()
    work, start = time.process_time(), time.perf_counter()
    ready = [dated(schedule) for schedule in schedules]
    at_dates = time.perf_counter()
    found = histories(ready)
    at_histories = time.perf_counter()
    store.load(ready, found, fingerprint="bench", recorded=NOON)
    end = time.perf_counter()
    seconds = {"dates": at_dates - start, "histories": at_histories - at_dates, "write": end - at_histories}
    yield Bench(store, ready, sorted(found), seconds, time.process_time() - work)
    store.close()


def quantiles(call: Callable[[int], object], times: int) -> tuple[float, float]:
    """Median and 99th percentile of ``call`` in milliseconds."""
    taken = []
    for turn in range(times):
        start = time.perf_counter()
        call(turn)
        taken.append((time.perf_counter() - start) * 1000)
    taken.sort()
    return taken[len(taken) // 2], taken[int(len(taken) * 0.99)]


def test_load(bench: Bench) -> None:
    total = sum(bench.seconds.values())
    parts = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in bench.seconds.items())
    print(f"\nload of 100,000 events and 50,000 amendments: {total:.1f} s ({parts}), processor {bench.work:.1f} s")
    assert len(bench.uids) == RESOLUTIONS * EVENTS_EACH
    assert min(total, bench.work) < 60


def test_reload_after_one_change(bench: Bench) -> None:
    first = bench.schedules[0]
    changed = [
        replace(first, events=(replace(first.events[0], place="Geneva"), *first.events[1:])),
        *bench.schedules[1:],
    ]
    start = time.perf_counter()
    found = histories(changed)
    at = time.perf_counter()
    assert bench.store.load(changed, found, fingerprint="one", recorded=NOON + timedelta(1))
    print(f"\nreload after one change: histories {at - start:.1f} s, store {time.perf_counter() - at:.1f} s")
    assert len(bench.store.changes(NOON).items) >= 1


def test_as_of(bench: Bench) -> None:
    random = Random(1)
    days = [FIRST + timedelta(random.randrange(13000)) for _ in range(300)]
    asked = {
        "an instrument": lambda n: EventQuery(
            resolution=bench.schedules[n * 33].symbol.slug, as_of=days[n] + timedelta(4000)
        ),
        "first 100 of all": lambda n: EventQuery(as_of=days[n]),
        "reports of a month": lambda n: EventQuery(
            kinds=(Kind.REPORT,), as_of=days[n], start=days[n], end=days[n] + timedelta(30)
        ),
        "an actor's month": lambda n: EventQuery(
            actors=("secretariat",), as_of=days[n], start=days[n], end=days[n] + timedelta(30)
        ),
    }
    worst = 0.0
    for name, query in asked.items():
        median, p99 = quantiles(lambda n, query=query: bench.store.events(query(n)), 300)  # type: ignore[misc]  # bound early
        print(f"\nas of a day, {name}: median {median:.1f} ms, p99 {p99:.1f} ms")
        worst = max(worst, p99)
    median, p99 = quantiles(lambda n: bench.store.event(bench.uids[n * 300], days[n]), 300)
    print(f"\nas of a day, one event: median {median:.2f} ms, p99 {p99:.2f} ms")
    assert max(worst, p99) < 20


def test_history(bench: Bench) -> None:
    longest = sorted(bench.uids)[::333]
    median, p99 = quantiles(lambda n: bench.store.history(longest[n]), 300)
    print(f"\nhistory of an event: median {median:.2f} ms, p99 {p99:.2f} ms")
    assert p99 < 5


def test_revision(bench: Bench) -> None:
    median, p99 = quantiles(lambda _: bench.store.revision(), 1000)
    print(f"\nrevision number: median {median:.3f} ms, p99 {p99:.3f} ms")
    assert p99 < 5
