"""A calendar of very many events leaves none of them out: month, list and home beside the store's own reading."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import httpx
import pytest
from lxml import html

from app.model import Certainty, Event, Kind, Schedule, Symbol
from app.schedule.dating import dated
from app.schedule.history import histories
from app.settings import Settings
from app.store import EventQuery, Store
from app.web.app import create_app

NOW = datetime(2025, 3, 1, 12, tzinfo=UTC)
MAY = EventQuery(start=date(2025, 5, 1), end=date(2025, 5, 31), limit=10_000)


def schedules() -> list[Schedule]:
    random, made = Random(5), []
    for number in range(60):
        symbol, adopted = Symbol(f"A/RES/{number // 10 + 60}/{number}", "general-assembly", 60), date(2005, 1, 1)
        days = [adopted + timedelta(random.randrange(365)) for _ in range(40)]
        whens = [
            *(f"R/--{day.month:02}-{min(day.day, 28):02}" for day in days),
            *(f"2025-05-{day.day:02}" for day in days[:6]),
            "GA79",
            "TBD",
        ]
        kinds = {"R": Kind.OBSERVANCE, "2": Kind.MEETING, "G": Kind.REPORT, "T": Kind.MEETING}
        events = tuple(
            Event(f"{symbol.slug}.{place}.{kinds[when[0]].value}.1", kinds[when[0]], when, Certainty.DECIDED,
                  symbol.text, adopted, str(place), subject={"en": f"matter {number}.{place}"})
            for place, when in enumerate(whens, 1)
        )  # fmt: skip
        made.append(dated(Schedule(symbol, adopted, events=events)))
    return made


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Settings]]:
    folder: Path = tmp_path_factory.mktemp("whole")
    store = Store(f"sqlite:///{folder / 'plenary.sqlite'}")
    store.migrate()
    made = schedules()
    store.load(made, histories(made), fingerprint="made", recorded=NOW)
    (folder / "schedules").mkdir()
    yield store, Settings(schedules=folder / "schedules", database_url=f"sqlite:///{folder / 'plenary.sqlite'}")
    store.close()


def pages(full: tuple[Store, Settings], *paths: str, more: bool = False) -> list[html.HtmlElement]:
    """The pages at these addresses; with ``more`` each with those that its list goes on to."""

    async def read() -> list[html.HtmlElement]:
        found = []
        transport = httpx.ASGITransport(create_app(full[1], full[0], clock=lambda: NOW))
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            for path in paths:
                following = [path]
                while following:
                    answer = await client.get(following[0])
                    assert answer.status_code == 200
                    assert len(answer.content) < 100_000
                    found.append(html.fromstring(answer.content))
                    following = found[-1].xpath("//section[@class='agenda']//a[@rel='next']/@href") if more else []
        return found

    return asyncio.run(read())


def listed(tree: html.HtmlElement) -> list[str]:
    links = tree.xpath("//section[@class='agenda']//ol[@class='events']/li//p[@class='title']/a/@href")
    return [str(link).removeprefix("/events/").partition("?")[0] for link in links]


def test_a_list_goes_on_to_the_last_event_of_its_period(full: tuple[Store, Settings]) -> None:
    found = [uid for tree in pages(full, "/calendar?from=2025-05&to=2025-05", more=True) for uid in listed(tree)]
    wanted = {item.event.uid for item in full[0].events(MAY).items}
    assert (len(found), set(found)) == (len(wanted), wanted)
    assert len(wanted) > 500


def test_month_counts_all_events_and_links_each_day(full: tuple[Store, Settings]) -> None:
    (month,) = pages(full, "/calendar?month=2025-05&lang=en")
    cells = month.xpath("//table[@class='grid']//td[not(contains(@class, 'out'))]")
    counted = [int(cell.xpath(".//span[@class='unseen']/text()")[0].split()[1]) for cell in cells]
    days = [date(2025, 5, 1) + timedelta(offset) for offset in range(31)]
    by_day = [full[0].events(replace(MAY, start=day, end=day)).items for day in days]
    sure = [{item.event.uid for item in items if item.event.certainty != Certainty.WINDOW} for items in by_day]
    assert counted == [len(uids) for uids in sure]
    links = [cell.xpath(".//a[contains(@href, '/calendar?')]/@href")[0] for cell in cells]
    for link, items in [*zip(links, by_day, strict=True)][::10]:
        found = [uid for tree in pages(full, link, more=True) for uid in listed(tree)]
        assert sorted(found) == sorted(item.event.uid for item in items)


def test_home_says_what_begins_next(full: tuple[Store, Settings]) -> None:
    (home,) = pages(full, "/")
    shown = [
        str(link).removeprefix("/events/") for link in home.xpath("//ol[@class='events']//p[@class='title']/a/@href")
    ]
    first = full[0].events(EventQuery(start=NOW.date(), end=NOW.date(), limit=1000)).items
    today = sorted(item.event.uid for item in first if item.event.recurrence)
    assert shown[: len(today)] == today[:6]
    assert len(shown) == 6
