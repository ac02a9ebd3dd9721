"""Feeds that are put together from what is kept are, byte for byte, those that are made anew, whatever changed."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app.almanac import almanac
from app.feeds import FORMATS, FeedOptions, chunked_list
from app.model import Event, Kind, Schedule
from app.schedule.history import histories
from app.store import Store
from app.web.feeds.renderer import FeedRenderer
from tests.web.feeds.test_query_cache import CHANGES, made
from tests.web.standing import BASE, CONFERENCE, RESOLUTION, SCHEDULES

CHOICES = (
    FeedOptions(),
    FeedOptions(language="zh", cancelled="mark"),
    FeedOptions(cancelled="drop", windows="span", milestones=True),
    FeedOptions(windows="none", timed=False, alarm=timedelta(days=7)),
    FeedOptions(kinds=(Kind.REPORT,), shape="todo"),
    FeedOptions(text="river", language="ar"),
    FeedOptions(start=date(2018, 6, 1), end=date(2019, 1, 31)),
    FeedOptions(topics=("nuclear-disarmament",)),
    FeedOptions(actors=("secretary-general",)),
)
NAMES = ("all", "resolution/A-RES-72-251", "resolution/A-RES-72-900")
ZONES = ("America/New_York", "Europe/Vienna", "Africa/Nairobi")
OTHER = replace(RESOLUTION, symbol=replace(RESOLUTION.symbol, text="A/RES/72/900"), family="", title={"en": "Rivers"})


def load(store: Store, events: dict[int, Event], turn: int, chance: random.Random) -> None:
    """Two resolutions, of which the second repeats or changes something now and then; titles and records change."""
    # Reports of nobody are told by the title of their instrument.
    nobodys = [replace(item, bearer=None) if item.kind is Kind.REPORT else item for item in RESOLUTION.events]
    own = (*nobodys, *events.values())
    sister = replace(
        CONFERENCE,
        uid="A-RES-72-900.5.meeting.1",
        instrument="A/RES/72/900",
        note=str(turn),
        same_as=CONFERENCE.uid if chance.random() < 0.2 else None,
    )
    first = replace(RESOLUTION, events=own, title={"en": f"Rivers {turn // 2}"}, evidence=(f"A/72/PV.{turn // 4}",))
    amending = SCHEDULES[1:] if chance.random() < 0.7 else SCHEDULES[1:2]
    schedules: list[Schedule] = [first, replace(OTHER, events=(sister,)), *amending]
    moment = datetime(2026, 12, 1, tzinfo=UTC) + timedelta(seconds=turn)
    assert store.load(schedules, histories(schedules, almanac()), fingerprint=str(turn), recorded=moment)


def test_kept_and_fresh_say_the_same(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    # Blocks so small that forty events make many of them.
    monkeypatch.setattr(chunked_list, "CHUNK_SIZE", 3)
    chance, kept = random.Random(251), FeedRenderer(store, base=BASE, language="en", limit=1 << 24)
    events = {number: made(number) for number in range(40)}
    for turn in range(10):
        for _ in range(chance.randrange(1, 4)):
            number = chance.randrange(45)
            after = chance.choice(CHANGES)(events.get(number, made(number)), number)
            events.pop(number, None)
            if after is not None:
                hours = chance.choice(("", "", "10:00/13:00"))
                events[number] = replace(after, note=str(turn), hours=hours, timezone=chance.choice(ZONES))
        load(store, events, turn, chance)
        fresh = FeedRenderer(store, base=BASE, language="en", limit=1 << 24)
        for name in NAMES:
            for choice in CHOICES if name == "all" else chance.sample(CHOICES, 2):
                for format_ in FORMATS.values() if choice == FeedOptions() else (FORMATS["ics"],):
                    made_anew = fresh.render(name, format_, choice)
                    assert kept.render(name, format_, choice) == made_anew, (turn, name, format_.extension, choice)
    assert len(kept._fragments._sets) > 4
