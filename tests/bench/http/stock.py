"""What the servers serve: resolutions of any size, made up, in a store of their own."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from app.almanac import almanac
from app.documents import parse_symbol
from app.model import Certainty, Event, Kind, Schedule
from app.schedule.history import histories
from app.services.source_scan import fingerprint
from app.store import Store

ADOPTED = date(2017, 12, 24)
SIZES = {"A/RES/90/5": 5, "A/RES/90/10": 10, "A/RES/90/101": 1000, "A/RES/90/102": 10_000}
"""Instruments by symbol, with the count of their events."""


def event(symbol: str, number: int, said: str = "") -> Event:
    """The event of that number; ``said`` is put into its title."""
    slug, day = parse_symbol(symbol).slug, date(2018, 1, 1) + timedelta(days=number % 3000)
    made = Event(
        uid=f"{slug}.{number}.report.1",
        kind=Kind.REPORT,
        when=day.isoformat(),
        certainty=Certainty.DECIDED,
        instrument=symbol,
        decided=ADOPTED,
        paragraph=str(number),
        start=day,
        end=day,
        bearer="secretary-general",
        addressees=("general-assembly",),
        quote={"zh": "请秘书长就本决议执行情况向大会第七十三届会议提出报告"},
    )
    return replace(made, title={"en": said}) if said else made


def schedule(symbol: str, count: int, said: str = "") -> Schedule:
    """A resolution of ``count`` events, the middle one of which is titled ``said``."""
    events = tuple(event(symbol, number, said if number == count // 2 else "") for number in range(count))
    return Schedule(symbol=parse_symbol(symbol), adopted=ADOPTED, title={"en": "Follow-up"}, events=events)


def fill(store: Store, schedules: list[Schedule], mark: str) -> bool:
    """Brings the store to these schedules; ``mark`` differs where they do."""
    return store.load(schedules, histories(schedules, almanac()), fingerprint=mark, recorded=datetime.now(UTC))


def prepared(folder: Path, schedules: list[Schedule]) -> str:
    """The URL of a new store of these schedules, which ``plenary serve`` takes for that of an empty folder."""
    empty = folder / "schedules"
    empty.mkdir(parents=True, exist_ok=True)
    url = f"sqlite:///{folder / 'plenary.sqlite'}"
    store = Store(url)
    store.migrate()
    fill(store, schedules, fingerprint({}))
    store.close()
    return url
