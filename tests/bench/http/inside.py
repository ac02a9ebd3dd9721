"""What is measured in process: a feed rebuilt after one change, and the days of a rule a hundred years on."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from statistics import median

import icalendar
from dateutil.rrule import rrulestr

from app.almanac import occurrences
from app.feeds import FORMATS, FeedOptions
from app.model import Schedule
from app.store import Store
from app.web.feeds.renderer import FeedRenderer
from tests.bench.http.stock import fill, schedule

ROUNDS, TURNS = 5, 3
INSTRUMENTS, EACH = 1000, 10
RULES = {
    "yearly": "FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=26",
    "monthly": "FREQ=MONTHLY;BYDAY=2TU",
}
BEGIN = date(2018, 1, 1)
Row = tuple[str, str, float, str]


def seconds(work: Callable[[], object]) -> float:
    """The processor time of ``work``, all of which is done in this thread: what else runs here does not count."""
    gc.collect()
    start = time.thread_time()
    work()
    return time.thread_time() - start


def _state(turn: int) -> list[Schedule]:
    """Ten thousand events, ten a resolution; one of them is titled after the turn."""
    middle = INSTRUMENTS // 2
    return [
        schedule(f"A/RES/90/{number}", EACH, f"State {turn}" if number == middle else "")
        for number in range(1, INSTRUMENTS + 1)
    ]


def rebuilt(folder: Path) -> Iterator[Row]:
    """From the store's change to the new bytes, store read and all, beside icalendar writing the same components."""
    store = Store(f"sqlite:///{folder / 'inside.sqlite'}")
    store.migrate()
    fill(store, _state(0), "0")
    renderer = FeedRenderer(store, base="https://calendar.example", language="en", limit=1 << 30)
    data = renderer.render("all", FORMATS["ics"], FeedOptions()).body
    parsed = icalendar.Calendar.from_ical(data)
    ours, whole = [], []
    for turn in range(1, TURNS + 1):
        fill(store, _state(turn), str(turn))
        ours.append(seconds(lambda: renderer.render("all", FORMATS["ics"], FeedOptions())))
        whole.append(seconds(parsed.to_ical))
    data = renderer.render("all", FORMATS["ics"], FeedOptions()).body
    assert f"State {TURNS}".encode() in data
    fresh = FeedRenderer(store, base="https://calendar.example", language="en", limit=1 << 30)
    assert fresh.render("all", FORMATS["ics"], FeedOptions()).body == data
    store.close()
    said = f"{median(ours) * 1e3:.1f} ms, icalendar {median(whole) * 1e3:,.0f} ms"
    yield "rebuilt, 1 of 10,000 changed", said, median(whole) / median(ours), ">= 200"


WINDOWS = [(date(year, 1, 1), date(year, 12, 31)) for year in (2019, 2118)]
"""Next year, and a hundred years on: years of the same length, in which a rule has as many days."""


def _ours(rule: str, window: tuple[date, date]) -> float:
    return seconds(lambda: [list(occurrences(BEGIN, rule, *window)) for _ in range(300)]) / 300


def _peer(rule: str, window: tuple[date, date]) -> float:
    begin, first, last = (datetime.combine(day, datetime.min.time()) for day in (BEGIN, *window))
    # A rule object keeps what it walked: a program that reads a file anew has none.
    return seconds(lambda: [rrulestr(rule, dtstart=begin).between(first, last, inc=True) for _ in range(20)]) / 20


def far() -> Iterator[Row]:
    """The days of a window a hundred years on, beside those of the same window next year."""
    for name, rule in RULES.items():
        near, later, theirs = [], [], []
        for _ in range(ROUNDS):
            near.append(_ours(rule, WINDOWS[0]))
            later.append(_ours(rule, WINDOWS[1]))
            theirs.append(_peer(rule, WINDOWS[1]) / _peer(rule, WINDOWS[0]))
        said = f"{median(later) * 1e6:.1f} us, python-dateutil {median(theirs):.0f} times as slow as next year"
        yield f"{name} rule, a hundred years on", said, median(later) / median(near), "<= 1.1"
