"""What changed, as Atom and as JSON Feed."""

from __future__ import annotations

import asyncio
import shutil
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import AmendmentError
from app.model import LANGUAGES, Revision
from app.services import sync
from app.settings import Settings
from app.store import EventQuery, Store
from app.web.app import create_app

Get = Callable[..., httpx.Response]
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def test_each_entry_has_the_old_and_the_new_value(get: Get) -> None:
    answer = get("/feeds/changes.json")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/feed+json; charset=utf-8")
    feed = answer.json()
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    items = {item["id"]: item for item in feed["items"]}
    assert len(items) == len(feed["items"])
    moved = next(item for uid, item in items.items() if uid.endswith("/A-RES-72-251.6.meeting.1#revision-1"))
    assert moved["content_text"].splitlines() == [
        "26 March 2018, A/DEC/72/553: moved: 10 May 2018",
        "Before: 28 March 2018 · scheduled · New York",
        "Now: 10 May 2018 · moved · New York",
    ]
    assert (moved["_plenary"]["before"]["when"], moved["_plenary"]["event"]["when"]) == ("2018-03-28", "2018-05-10")
    first = next(item for uid, item in items.items() if uid.endswith("/A-RES-72-251.6.meeting.1#revision-0"))
    assert first["_plenary"]["before"] is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_atom_says_the_same_in_every_language(get: Get, language: str) -> None:
    answer = get(f"/feeds/changes.atom?lang={language}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/atom+xml; charset=utf-8")
    root = ET.fromstring(answer.content)  # noqa: S314  # our own
    items = get(f"/feeds/changes.json?lang={language}").json()["items"]
    entries = root.findall("a:entry", ATOM)
    assert [entry.findtext("a:id", "", ATOM) for entry in entries] == [item["id"] for item in items]
    assert [entry.findtext("a:title", "", ATOM) for entry in entries] == [item["title"] for item in items]
    assert [entry.findtext("a:content", "", ATOM) for entry in entries] == [item["content_text"] for item in items]
    assert root.findtext("a:updated", "", ATOM) == max(entry.findtext("a:updated", "", ATOM) for entry in entries)
    # Nothing is left in English: the six say it in six ways.
    assert len({get(f"/feeds/changes.atom?lang={other}").content for other in LANGUAGES}) == len(LANGUAGES)


def test_a_choice_chooses(get: Get) -> None:
    items = get("/feeds/changes.json?kind=report").json()["items"]
    assert items
    assert {item["_plenary"]["event"]["kind"] for item in items} == {"report"}
    assert get("/feeds/changes.json?q=no+such+words").json()["items"] == []


def test_a_tag_that_fits_is_answered_304(get: Get) -> None:
    for extension in ("atom", "json"):
        answer = get(f"/feeds/changes.{extension}")
        again = get(f"/feeds/changes.{extension}", headers={"if-none-match": answer.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")


def test_other_formats_have_no_changes(get: Get) -> None:
    answer = get("/feeds/changes.ics")
    assert (answer.status_code, answer.json()["hint"]) == (404, "use one of the formats .atom, .json")


def test_the_page_names_its_feeds(get: Get) -> None:
    text = get("/changes?lang=fr").text
    for extension in ("atom", "json"):
        assert f'href="/feeds/changes.{extension}?lang=fr"' in text


def test_the_newest_comes_first(store: Store) -> None:
    assert [item.decided for item in store.latest_revisions(EventQuery(limit=5))] == sorted(
        (item.decided for item in store.latest_revisions(EventQuery(limit=5))), reverse=True
    )
    assert len(store.latest_revisions(EventQuery())) == len(
        {(i.event.uid, i.number) for i in store.latest_revisions(EventQuery())}
    )


FILES = sorted((Path(__file__).parents[3] / "schedules").rglob("A-*.yaml"))
ADDRESSES = (
    *("/feeds/all.ics", "/feeds/all.json", "/feeds/all.csv?lang=zh"),
    *("/feeds/resolution/A-RES-72-251.jcal?milestones=yes", "/feeds/resolution/A-DEC-72-556.atom?lang=ru"),
)


def served(store: Store, folder: Path) -> list[bytes]:
    """What a fresh application gives for every address."""
    app = create_app(Settings(base_url="https://plenary.test", schedules=folder), store)

    async def visit() -> list[bytes]:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return [(await client.get(address)).content for address in ADDRESSES]

    return asyncio.run(visit())


def told(store: Store) -> dict[str, tuple[Revision, ...]]:
    """Every history, without the moments at which this store learned of it."""
    uids = [item.event.uid for item in store.events(EventQuery(merged=True, limit=1000)).items]
    return {uid: tuple(replace(item, recorded=None) for item in store.history(uid)) for uid in uids}


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(FILES), cuts=st.sets(st.integers(1, len(FILES) - 1), max_size=3))
def test_changes_are_the_same_bytes_from_any_load_order(
    tmp_path_factory: pytest.TempPathFactory, order: list[Path], cuts: set[int]
) -> None:
    """One server loads all at once; the other has files come in some order, in parts, and is started again.

    SEQUENCE, LAST-MODIFIED, STATUS and CREATED come from revisions alone, so no byte may differ.
    """
    home = tmp_path_factory.mktemp("servers")
    first, second = Store(f"sqlite:///{home / 'first.sqlite'}"), Store(f"sqlite:///{home / 'second.sqlite'}")
    first.migrate()
    second.migrate()
    whole, grown = FILES[0].parents[2], home / "grown"
    grown.mkdir()
    sync.load(first, whole, datetime(2026, 1, 5, tzinfo=UTC))
    begin = 0
    for day, end in enumerate([*sorted(cuts), len(order)], 1):
        for path in order[begin:end]:
            place = grown / f"{day}"
            place.mkdir(exist_ok=True)
            for file in [path, *path.parent.glob(f"{path.stem}.*.txt")]:
                shutil.copy(file, place / file.name)
        begin = end
        try:
            sync.load(second, grown, datetime(2027, 3, day, 9, 30, tzinfo=UTC))
        except AmendmentError as error:
            # A file that changes an event may come before the one that made it, never the last time.
            if error.what != "the event does not exist" or end == len(order):
                raise
    second.close()
    again = Store(f"sqlite:///{home / 'second.sqlite'}")
    assert told(again) == told(first)
    expected = served(first, whole)
    assert served(again, grown) == expected
    assert b"BEGIN:VEVENT" in expected[0]
    first.close()
    again.close()
