"""The feed of everything begins 90 days ago; past years are archives of their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import icalendar
import pytest

from app.almanac import almanac
from app.feeds import FORMATS, FeedOptions
from app.model import Certainty, Event, Kind, Revision, Schedule
from app.model.symbols import parse_symbol
from app.schedule.history import histories
from app.store import Store
from app.web.feeds.recent import FEW, recent_events
from app.web.feeds.renderer import FeedRenderer

TODAY = datetime(2026, 12, 1, tzinfo=UTC)


def meeting(number: int, day: date, recurrence: str | None = None) -> Event:
    uid, when = f"A-RES-80-7.{number}.meeting.1", day.isoformat()
    return Event(
        uid, Kind.MEETING, when, Certainty.DECIDED, "A/RES/80/7", date(2025, 12, 1), paragraph=str(number),
        start=day, end=day, recurrence=recurrence, title={"en": f"Meeting {number}"},
    )  # fmt: skip


def days_ago(count: int) -> date:
    return TODAY.date() - timedelta(count)


EVENTS = [
    *(meeting(number, date(2025, 1, 1) + timedelta(number)) for number in range(1, FEW + 1)),
    meeting(1001, days_ago(90)),
    meeting(1002, days_ago(91)),
    meeting(1003, date(2020, 5, 6), "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=6"),
]
RECENTLY = {f"A-RES-80-7.{number}.meeting.1" for number in (1001, 1003)}


@pytest.fixture
def renderer(tmp_path: Path) -> Iterator[FeedRenderer]:
    store = Store(f"sqlite:///{tmp_path / 'many.sqlite'}")
    store.migrate()
    held = [Schedule(parse_symbol("A/RES/80/7"), date(2025, 12, 1), title={"en": "Many"}, events=tuple(EVENTS))]
    assert store.load(held, histories(held, almanac()), fingerprint="1", recorded=TODAY)
    yield FeedRenderer(store, base="https://calendar.example", language="en", limit=1 << 20, clock=lambda: TODAY)
    store.close()


def uids(renderer: FeedRenderer, name: str = "all", **options: object) -> set[str]:
    body = renderer.render(name, FORMATS["ics"], FeedOptions(**options)).body  # type: ignore[arg-type]  # by name
    return {str(item["UID"]) for item in icalendar.Calendar.from_ical(body).walk("VEVENT")}


def test_feed_of_everything_begins_ninety_days_ago(renderer: FeedRenderer) -> None:
    assert {uid for uid in uids(renderer) if int(uid.split(".")[1]) > FEW} == RECENTLY
    past = {item.uid for item in EVENTS if item.start and item.start < days_ago(90) and not item.recurrence}
    assert uids(renderer).isdisjoint(past)


def test_first_day_brings_back_what_is_past(renderer: FeedRenderer) -> None:
    assert uids(renderer, start=date(2025, 1, 1)) == {item.uid for item in EVENTS}
    first = uids(renderer, start=date(2025, 1, 1), end=date(2025, 12, 31))
    assert len(first) == 364 + 1


def test_other_feeds_keep_their_past(renderer: FeedRenderer) -> None:
    assert uids(renderer, "resolution/A-RES-80-7") == {item.uid for item in EVENTS}


def test_small_feed_keeps_its_past() -> None:
    held = [Revision(item, 0, date(2025, 12, 1), item.instrument, None) for item in EVENTS]
    assert recent_events(held[:FEW], TODAY.date()) == held[:FEW]
    undated = replace(held[0], event=replace(EVENTS[0], uid="A-RES-80-7.2000.meeting.1", start=None, end=None))
    assert undated in recent_events([*held, undated], TODAY.date())


def test_uncertain_days_are_placed_before_they_are_left_out() -> None:
    window = replace(EVENTS[0], certainty=Certainty.WINDOW, start=days_ago(200), end=days_ago(-30))
    begun = replace(window, start=days_ago(80))
    sure = replace(window, kind=Kind.MANDATE, certainty=Certainty.DECIDED)
    held = [Revision(item, 0, date(2025, 12, 1), item.instrument, None) for item in (window, begun, sure)]
    assert list(recent_events(held, TODAY.date(), few=0)) == held[1:]
