"""Feeds, pages and the API of instruments that were renamed or withdrawn, from files to answers."""

from __future__ import annotations

import asyncio
import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import httpx
import icalendar
import pytest

from app.errors import ScheduleError
from app.feeds import FORMATS, lint
from app.i18n import translate_status
from app.model import Status, Symbol
from app.schedule.files import write_file
from app.services.publish import pending_export
from app.services.source_scan import scan, stat_snapshot
from app.services.sync import apply_scan, load
from app.settings import Settings
from app.store import Publication, Publishing, Store, Subscription, whole_to_json
from app.web.app import create_app
from tests.web.standing import BASE, CONFERENCE, ORGANIZATIONAL, PLENARY, POSTPONED, REPORT, RESOLUTION

FEED = "/feeds/resolution/A-RES-72-251"


class House:
    """Schedule files, and a store that is loaded from them; any number of services beside each other."""

    def __init__(self, url: str, folder: Path) -> None:
        self.folder = folder
        self.store = Store(url)
        self.store.migrate()
        self.settings = Settings(base_url=BASE, schedules=folder, database_url=url)
        write_file(POSTPONED, folder / "A-DEC-72-556.yaml")
        write_file(RESOLUTION, folder / "A-RES-72-251.yaml")

    def load(self, day: int) -> None:
        assert load(self.store, self.folder, datetime(2026, 12, day, 9, tzinfo=UTC))

    def client(self, store: Store | None = None) -> httpx.AsyncClient:
        transport = httpx.ASGITransport(create_app(self.settings, store or self.store), raise_app_exceptions=False)
        return httpx.AsyncClient(transport=transport, base_url="http://test")

    def get(self, path: str, **headers: str) -> httpx.Response:
        async def ask() -> httpx.Response:
            async with self.client() as client:
                return await client.get(path, headers=headers)

        return asyncio.run(ask())


@pytest.fixture
def house(url: str, tmp_path: Path) -> Iterator[House]:
    folder = tmp_path / "schedules"
    folder.mkdir()
    made = House(url, folder)
    made.load(1)
    yield made
    made.store.close()


def withdraw(house: House) -> None:
    (house.folder / "A-RES-72-251.yaml").unlink()
    (house.folder / "A-DEC-72-556.yaml").unlink()
    house.load(2)


def events(data: bytes) -> dict[str, icalendar.Event]:
    return {str(item["UID"]): item for item in icalendar.Calendar.from_ical(data).walk("VEVENT")}


# --- withdrawn ------------------------------------------------------------------------------------------------------


def test_retired_instrument_feed_cancels_everything(house: House) -> None:
    before = events(house.get(f"{FEED}.ics").content)
    withdraw(house)
    answer = house.get(f"{FEED}.ics")
    assert (answer.status_code, lint(answer.content)) == (200, [])
    after = events(answer.content)
    assert set(after) == set(before) == {CONFERENCE.uid, ORGANIZATIONAL.uid, PLENARY.uid, REPORT.uid}
    assert {str(item["STATUS"]) for item in after.values()} == {"CANCELLED"}
    assert all(after[uid]["SEQUENCE"] == before[uid]["SEQUENCE"] + 1 for uid in after)
    assert all(after[uid]["LAST-MODIFIED"].dt > before[uid]["LAST-MODIFIED"].dt for uid in after)
    assert all(after[uid]["DTSTART"].dt == before[uid]["DTSTART"].dt for uid in after)
    said = "The schedule of A/RES/72/251 was withdrawn here on 2 December 2026: what it said no longer stands."
    assert {str(item["DESCRIPTION"]).splitlines()[0] for item in after.values()} == {said}
    # What others had done to it until then is still told.
    assert "A/DEC/72/556" in str(after[CONFERENCE.uid]["DESCRIPTION"])
    assert str(icalendar.Calendar.from_ical(answer.content)["X-WR-CALDESC"]) == said


def test_it_says_the_same_after_a_restart_and_in_every_worker(house: House) -> None:
    second = Store(house.settings.database_url)

    async def visits() -> list[tuple[int, str]]:
        async with house.client() as one, house.client(second) as other:
            assert (await one.get(f"{FEED}.ics")).status_code == 200
            withdraw(house)
            await asyncio.sleep(1)
            answers = [await client.get(f"{FEED}.ics") for client in (one, other)]
            tag = answers[0].headers["etag"]
            answers += [await one.get(f"{FEED}.ics", headers={"if-none-match": tag})]
            return [(answer.status_code, answer.headers["etag"]) for answer in answers]

    found = asyncio.run(visits())
    second.close()
    restarted = house.get(f"{FEED}.ics")
    assert found == [(200, restarted.headers["etag"]), (200, restarted.headers["etag"]), (304, found[0][1])]


@pytest.mark.parametrize("language", ["ar", "en", "es", "fr", "ru", "zh"])
def test_every_format_says_it_in_every_language(house: House, language: str) -> None:
    withdraw(house)
    said = {extension: house.get(f"{FEED}.{extension}?lang={language}&q=conference") for extension in FORMATS}
    assert {extension: answer.status_code for extension, answer in said.items()} == dict.fromkeys(FORMATS, 200)
    items = json.loads(said["json"].content)["items"]
    assert {item["_plenary"]["status"] for item in items} == {"cancelled"}
    rows = list(csv.DictReader(io.StringIO(said["csv"].content.decode("utf-8-sig"))))
    assert {row["status"] for row in rows} == {translate_status(Status.CANCELLED, language)}
    note = items[0]["content_text"].splitlines()[0]
    assert "A/RES/72/251" in note
    assert (note.startswith("The schedule of")) == (language == "en")
    for extension in ("ics", "jcal", "atom"):
        plain = said[extension].content.replace(b"\r\n ", b"").decode().replace("\\,", ",").replace("\\;", ";")
        assert note in plain, extension


def test_choices_count_there_too(house: House) -> None:
    withdraw(house)
    assert list(events(house.get(f"{FEED}.ics?kind=report").content)) == [REPORT.uid]
    assert list(events(house.get(f"{FEED}.ics?from=2018-05-14&to=2018-05-16").content)) == []
    assert events(house.get(f"{FEED}.ics?cancelled=drop").content) == {}
    marked = events(house.get(f"{FEED}.ics?cancelled=mark").content)[REPORT.uid]
    assert (str(marked["STATUS"]), str(marked["SUMMARY"])[:11]) == ("TENTATIVE", "[cancelled]")


def test_a_decision_without_events_of_its_own_goes_on_too(house: House) -> None:
    (house.folder / "A-DEC-72-556.yaml").unlink()
    house.load(2)
    answer = house.get("/feeds/resolution/A-DEC-72-556.ics")
    found = events(answer.content)
    # What it had postponed stands as it did before, and is not cancelled.
    assert {uid: str(item["STATUS"]) for uid, item in found.items()} == {
        CONFERENCE.uid: "CONFIRMED",
        ORGANIZATIONAL.uid: "CONFIRMED",
    }
    assert not [item for item in found.values() if "withdrawn" in str(item["DESCRIPTION"])]


def test_pages_and_the_api_say_that_it_is_gone(house: House) -> None:
    withdraw(house)
    for path in (
        "/resolutions/A-RES-72-251",
        f"/events/{CONFERENCE.uid}",
        f"/events/{CONFERENCE.uid}.ics",
        "/api/v1/resolutions/A-RES-72-251",
        f"/api/v1/events/{CONFERENCE.uid}",
        f"/api/v1/events/{CONFERENCE.uid}/history",
    ):
        answer = house.get(path)
        assert (answer.status_code, answer.json()["detail"], answer.json()["hint"]) == (
            410,
            "the schedule of A/RES/72/251 was withdrawn",
            "keep its feed: it cancels every event",
        ), path
    assert house.get("/api/v1/events/A-RES-72-251.5.meeting.1?known_at=2026-12-01T12:00:00Z").status_code == 200
    assert house.get("/feeds/resolution/A-RES-72-252.ics").status_code == 404
    assert house.get("/resolutions/A-RES-72-252").status_code == 404
    assert events(house.get("/feeds/all.ics").content) == {}
    assert "A/RES/72/251" in house.get("/resolutions/A-RES-72-251?lang=zh", accept="text/html").text


def test_what_comes_back_stands_as_before(house: House) -> None:
    before = house.get(f"{FEED}.ics").content

    async def visits() -> list[bytes]:
        async with house.client() as client:
            found = [(await client.get(f"{FEED}.ics")).content]
            withdraw(house)
            await asyncio.sleep(1)
            found.append((await client.get(f"{FEED}.ics")).content)
            write_file(POSTPONED, house.folder / "A-DEC-72-556.yaml")
            write_file(RESOLUTION, house.folder / "A-RES-72-251.yaml")
            house.load(3)
            await asyncio.sleep(1)
            return [*found, (await client.get(f"{FEED}.ics")).content]

    first, withdrawn, again = asyncio.run(visits())
    assert first == again == before
    assert withdrawn != before
    assert house.get("/resolutions/A-RES-72-251").status_code == 200


# --- renamed --------------------------------------------------------------------------------------------------------

NEW = "/feeds/resolution/A-RES-72-900"


def rename(house: House, day: int = 2) -> None:
    """72/251 goes by another symbol, its items by other UIDs; only the conference has an heir."""
    (house.folder / "A-DEC-72-556.yaml").unlink()
    old = house.folder / "A-RES-72-251.yaml"
    whole = old.read_text("utf-8").replace("72/251", "72/900").replace("72-251", "72-900")
    head, _, rest = whole.partition("\nitems:\n")
    item = rest.partition("\n- uid:")[0]
    (house.folder / "A-RES-72-900.yaml").write_text(
        f"{head}formerly:\n- A/C.3/72/L.9\n- A/RES/72/251\n\nitems:\n{item}", "utf-8"
    )
    old.unlink()
    house.load(day)


@pytest.mark.parametrize("extension", FORMATS)
def test_feeds_lead_to_the_new_symbol_for_ever(house: House, extension: str) -> None:
    rename(house)
    answer = house.get(f"{FEED}.{extension}?lang=zh&kind=meeting")
    assert (answer.status_code, answer.headers["location"]) == (301, f"{NEW}.{extension}?lang=zh&kind=meeting")
    assert house.get(answer.headers["location"]).status_code == 200
    assert house.get(f"/feeds/resolution/A-C-3-72-L-9.{extension}").headers["location"] == f"{NEW}.{extension}"
    assert house.get(f"/feeds/resolution/a/c.3/72/l.9.{extension}").headers["location"] == f"{NEW}.{extension}"


def test_a_service_that_had_the_old_feed_sends_on_at_once(house: House) -> None:
    async def visits() -> list[tuple[int, str]]:
        async with house.client() as client:
            answers = [await client.get(f"{FEED}.ics")]
            rename(house)
            await asyncio.sleep(1)
            answers += [await client.get(f"{FEED}.ics"), await client.request("PROPFIND", f"{FEED}.ics")]
            return [(answer.status_code, answer.headers.get("location", "")) for answer in answers]

    assert asyncio.run(visits()) == [(200, ""), (301, f"{NEW}.ics"), (301, f"{NEW}.ics")]


def test_pages_and_the_api_lead_to_the_new_symbol(house: House) -> None:
    rename(house)
    heir = CONFERENCE.uid.replace("251", "900")
    for path, to in {
        "/resolutions/A-RES-72-251?lang=fr": "/resolutions/A-RES-72-900?lang=fr",
        "/resolutions/A-C-3-72-L-9": "/resolutions/A-RES-72-900",
        "/api/v1/resolutions/A-RES-72-251?as_of=2018-04-01": "/api/v1/resolutions/A-RES-72-900?as_of=2018-04-01",
        f"/events/{CONFERENCE.uid}": f"/events/{heir}",
        f"/events/{CONFERENCE.uid}.ics?lang=ar": f"/events/{heir}.ics?lang=ar",
        f"/events/{REPORT.uid}": "/resolutions/A-RES-72-900",
        f"/api/v1/events/{CONFERENCE.uid}?lang=es": f"/api/v1/events/{heir}?lang=es",
        f"/api/v1/events/{CONFERENCE.uid}/history": f"/api/v1/events/{heir}/history",
        f"/api/v1/events/{REPORT.uid}/history": "/api/v1/resolutions/A-RES-72-900",
    }.items():
        answer = house.get(path)
        assert (answer.status_code, answer.headers.get("location")) == (301, to), path
        assert house.get(to).status_code == 200
    shown = house.get("/api/v1/resolutions/A-RES-72-900").json()
    assert shown["formerly"] == ["A/C.3/72/L.9", "A/RES/72/251"]


def test_what_was_renamed_twice_leads_there_in_one_step(house: House) -> None:
    rename(house)
    text = (house.folder / "A-RES-72-900.yaml").read_text("utf-8")
    (house.folder / "A-RES-72-900.yaml").unlink()
    head = text.partition("formerly:")[0].replace("72/900", "72/901")
    (house.folder / "A-RES-72-901.yaml").write_text(f"{head}formerly:\n- A/RES/72/900\n", "utf-8")
    house.load(3)
    for old in ("A-RES-72-251", "A-C-3-72-L-9", "A-RES-72-900"):
        answer = house.get(f"/feeds/resolution/{old}.ics")
        assert (answer.status_code, answer.headers["location"]) == (301, "/feeds/resolution/A-RES-72-901.ics")


def test_a_saved_feed_follows(house: House) -> None:
    moment = datetime(2026, 12, 1, tzinfo=UTC)
    saved = Subscription("abcdefghijklmnopqrstuv", "Ours", "resolution/A-RES-72-251", "lang=en", None, moment, moment)
    house.store.saved.add(saved)
    address = f"/feeds/s/{saved.address}.ics"
    before = events(house.get(address).content)
    rename(house)
    after = house.get(address)
    assert after.status_code == 200
    assert CONFERENCE.uid in before
    assert list(events(after.content)) == [CONFERENCE.uid.replace("251", "900")]


def test_a_symbol_with_a_schedule_of_its_own_is_refused_whole(house: House) -> None:
    decision = house.folder / "A-DEC-72-556.yaml"
    text = decision.read_text("utf-8")
    head, _, rest = text.partition("\namendments:")
    decision.write_text(f"{head}formerly:\n- A/RES/72/251\n\namendments:{rest}", "utf-8")
    with pytest.raises(ScheduleError) as caught:
        house.load(2)
    assert caught.value.where == f"{decision}: formerly, and {house.folder / 'A-RES-72-251.yaml'}"
    assert house.get(f"{FEED}.ics").status_code == 200


def test_retired_symbol_is_refused_for_another_schedule(house: House) -> None:
    rename(house)
    path = house.folder / "A-RES-72-251.yaml"
    write_file(RESOLUTION, path)
    with pytest.raises(ScheduleError) as caught:
        house.load(3)
    assert caught.value.where == f"{house.folder / 'A-RES-72-900.yaml'}: formerly, and {path}"
    assert house.get(f"{FEED}.ics").status_code == 301


def test_what_was_published_under_a_former_symbol_gives_way(house: House) -> None:
    whole = Publication(
        slug="A-RES-72-800",
        schedule=whole_to_json(replace(RESOLUTION, symbol=Symbol("A/RES/72/800", "general-assembly"), events=())),
        texts={},
        base="",
        moment=datetime(2026, 12, 1, tzinfo=UTC),
    )
    with house.store.exclusive():
        found = scan(house.store, house.folder, stat_snapshot(house.folder, 0))
        made = Publishing([whole], [], None)
        assert apply_scan(house.store, found, datetime(2026, 12, 1, 12, tzinfo=UTC), publishing=made)
    old = "/feeds/resolution/A-RES-72-800.ics"
    assert house.get(old).status_code == 200
    path = house.folder / "A-RES-72-251.yaml"
    text = path.read_text("utf-8")
    assert "A-RES-72-800" in str(list(pending_export(house.store, house.folder)))
    path.write_text(text.replace("\nitems:", "formerly:\n- A/RES/72/800\n\nitems:", 1), "utf-8")
    house.load(2)
    assert list(pending_export(house.store, house.folder)) == []
    assert house.get(old).headers["location"] == f"{FEED}.ics"
    # The same where everything is loaded anew.
    house.store.note("-")
    load(house.store, house.folder, datetime(2026, 12, 3, tzinfo=UTC))
    assert house.get(old).headers["location"] == f"{FEED}.ics"
    # And it stands again once no file says that it is called otherwise.
    path.write_text(text, "utf-8")
    house.load(4)
    assert [house.get(path).status_code for path in (old, "/resolutions/A-RES-72-800")] == [200, 200]
