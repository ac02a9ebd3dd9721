"""A day that instruments and the almanac name is one entry of all feeds, under one UID and name."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import icalendar
import pytest
import recurring_ical_events

from app.almanac import almanac
from app.feeds import FORMATS, FeedOptions
from app.model import LANGUAGES, Certainty, Event, Kind, Schedule
from app.model.symbols import parse_symbol
from app.schedule.files import find_schedule_files, read_file
from app.schedule.history import histories
from app.store import Store
from app.web.feeds.renderer import FeedRenderer

NUCLEAR = "observance.international-day-for-the-total-elimination-of-nuclear-weapons"
ROOT = Path(__file__).parents[3]


def calendar(store: Store, name: str, **options: object) -> icalendar.Calendar:
    renderer = FeedRenderer(store, base="https://calendar.example", language="en", limit=1 << 20)
    chosen = FeedOptions(start=date(2018, 1, 1), **options)  # type: ignore[arg-type]  # fields by name
    return icalendar.Calendar.from_ical(renderer.render(name, FORMATS["ics"], chosen).body)


def named(calendar: icalendar.Calendar) -> dict[str, icalendar.Event]:
    return {str(item["UID"]): item for item in calendar.walk("VEVENT")}


def twice(store: Store) -> list[tuple[str, date]]:
    """The days of 2027 on which a name stands under two UIDs in the two feeds together."""
    seen: dict[tuple[str, date], set[str]] = {}
    for name in ("all", "observances"):
        found = recurring_ical_events.of(calendar(store, name)).between(date(2027, 1, 1), date(2028, 1, 1))
        for item in found:
            seen.setdefault((str(item["SUMMARY"]), item["DTSTART"].dt), set()).add(str(item["UID"]))
    return [key for key, uids in seen.items() if len(uids) > 1]


def day(number: int, title: str, month: int, at: int) -> Schedule:
    symbol = parse_symbol(f"A/RES/80/{number}")
    adopted = date(2025, 12, number)
    event = Event(
        f"{symbol.slug}.1.observance.1", Kind.OBSERVANCE, f"R/--{month:02}-{at:02}", Certainty.DECIDED, symbol.text,
        adopted, paragraph="1", start=date(2026, month, at), end=date(2026, month, at),
        recurrence=f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={at}", action="observe",
        subject={"en": title}, title={"en": f"{title}: observance"}, quote={"en": f"1. Decides to observe {title};"},
    )  # fmt: skip
    return Schedule(symbol, adopted, title={"en": title}, events=(event,))


@pytest.fixture
def made(tmp_path: Path) -> Store:
    store = Store(f"sqlite:///{tmp_path / 'joined.sqlite'}")
    store.migrate()
    schedules = [
        day(1, "World Braille Day", 1, 4),
        day(2, "World Braille Day", 1, 4),
        day(3, "Day of River Walks", 5, 6),
    ]
    moment = datetime(2026, 12, 1, tzinfo=UTC)
    assert store.load(schedules, histories(schedules, almanac()), fingerprint="1", recorded=moment)
    return store


@pytest.fixture
def shipped(tmp_path: Path) -> Store:
    store = Store(f"sqlite:///{tmp_path / 'shipped.sqlite'}")
    store.migrate()
    schedules = [read_file(path) for path in find_schedule_files([ROOT / "schedules"])]
    moment = datetime(2026, 12, 1, tzinfo=UTC)
    assert store.load(schedules, histories(schedules, almanac()), fingerprint="1", recorded=moment)
    return store


def test_no_shipped_observance_stands_twice(shipped: Store) -> None:
    assert NUCLEAR in named(calendar(shipped, "all"))
    assert NUCLEAR in named(calendar(shipped, "observances"))
    assert NUCLEAR in named(calendar(shipped, "resolution/A-RES-72-251"))
    assert twice(shipped) == []


def test_two_instruments_of_one_day_are_one_event(made: Store) -> None:
    found = calendar(made, "all")
    assert Counter(str(item["UID"]) for item in found.walk("VEVENT")) == {
        "observance.world-braille-day": 1,
        "A-RES-80-3.1.observance.1": 1,
    }
    assert twice(made) == []
    lines = str(named(found)["observance.world-braille-day"]["DESCRIPTION"]).splitlines()
    sources = [line for line in lines if line.startswith("Source: ")]
    assert sources == ["Source: A/RES/80/1 ¶1", "Source: A/RES/80/2 ¶1", "Source: A/RES/73/161"]


def test_joined_observance_has_the_names_of_the_almanac(made: Store) -> None:
    names = next(item.names for item in almanac().observances if item.slug == "world-braille-day")
    shown = {
        language: str(named(calendar(made, "all", language=language))["observance.world-braille-day"]["SUMMARY"])
        for language in LANGUAGES
    }
    assert shown == dict(names)


def test_joined_observance_keeps_its_own_page(made: Store) -> None:
    entry = named(calendar(made, "all"))["observance.world-braille-day"]
    details = str(entry["DESCRIPTION"]).splitlines()[-1]
    assert details == "Details: https://calendar.example/events/A-RES-80-1.1.observance.1"


def test_observance_of_another_day_is_not_joined(made: Store) -> None:
    moved = [replace(day(4, "World Braille Day", 1, 5))]
    moment = datetime(2026, 12, 2, tzinfo=UTC)
    assert made.load(moved, histories(moved, almanac()), fingerprint="2", recorded=moment)
    assert list(named(calendar(made, "all"))) == ["A-RES-80-4.1.observance.1"]
