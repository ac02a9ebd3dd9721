"""Calendar programs read our feeds and all see the same: each event, on the same days, with the same words."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date, datetime, timedelta
from pathlib import Path

import httpx
import icalendar
import pytest
import recurring_ical_events
import vobject

from app.feeds import FEEDS, lint

FEED = "/feeds/resolution/A-RES-72-251.ics"
FIRST, LAST = date(2018, 1, 1), date(2020, 12, 31)
BIN = Path(sys.executable).parent
Instances = set[tuple[str, date, date, str]]

NUCLEAR = "observance.international-day-for-the-total-elimination-of-nuclear-weapons"
# What the issue and the instruments say: UID, first day, day after the last.
EXPECTED = {
    ("A-RES-72-251.5.meeting.1", date(2018, 5, 14), date(2018, 5, 17)),
    ("A-RES-72-251.6.meeting.1", date(2018, 5, 10), date(2018, 5, 11)),
    ("A-RES-72-251.20.report.1", date(2018, 9, 18), date(2018, 9, 19)),
    ("A-RES-72-251.21.report.1", date(2018, 9, 18), date(2018, 9, 19)),
    ("A-RES-72-251.22.agenda.1", date(2018, 9, 18), date(2018, 9, 19)),
    *((NUCLEAR, date(year, 9, 26), date(year, 9, 27)) for year in (2018, 2019, 2020)),
    *(("A-RES-72-251.16.meeting.1", date(year, 9, 26), date(year, 9, 27)) for year in (2018, 2019)),
    # Held on another day.
    ("A-RES-72-251.16.meeting.1", date(2020, 10, 2), date(2020, 10, 3)),
}


def by_icalendar(data: bytes) -> Instances:
    calendar = icalendar.Calendar.from_ical(data)
    found = recurring_ical_events.of(calendar, keep_recurrence_attributes=True).between(FIRST, LAST + timedelta(days=1))
    return {(str(item["UID"]), item["DTSTART"].dt, item["DTEND"].dt, str(item["SUMMARY"])) for item in found}


def by_vobject(data: bytes) -> Instances:
    calendar = vobject.readOne(data.decode())
    assert calendar.validate(raiseException=True)
    found: Instances = set()
    # vobject expands a rule without its overridden instances taken out.
    moved = {
        (event.uid.value, event.recurrence_id.value)
        for event in calendar.vevent_list
        if event.getChildValue("recurrence-id")
    }
    for event in calendar.vevent_list:
        start, length = event.dtstart.value, event.dtend.value - event.dtstart.value
        if not event.getChildValue("rrule"):
            if start <= LAST and start + length > FIRST:
                found.add((event.uid.value, start, start + length, event.summary.value))
            continue
        for moment in event.rruleset.between(
            datetime.combine(FIRST, datetime.min.time()), datetime.combine(LAST, datetime.max.time()), inc=True
        ):
            if (event.uid.value, moment.date()) not in moved:
                found.add((event.uid.value, moment.date(), moment.date() + length, event.summary.value))
    return found


def by_khal(address: str, folder: Path, first: date = FIRST, last: date = LAST) -> list[tuple[date, date, str]]:
    """Fetched by vdirsyncer over HTTP, which gives every event a UID of its own, and listed by khal."""
    (folder / "vdirsyncer").write_text(
        f'[general]\nstatus_path = "{folder / "status"}"\n'
        '[pair plenary]\na = "here"\nb = "there"\ncollections = null\n'
        f'[storage here]\ntype = "filesystem"\npath = "{folder / "calendar"}"\nfileext = ".ics"\n'
        f'[storage there]\ntype = "http"\nurl = "{address}"\n'
    )
    (folder / "khal").write_text(
        f"[calendars]\n[[plenary]]\npath = {folder / 'calendar'}\nreadonly = True\n"
        f"[sqlite]\npath = {folder / 'khal.sqlite'}\n"
        "[locale]\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\ndatetimeformat = %Y-%m-%d %H:%M\n"
        "longdatetimeformat = %Y-%m-%d %H:%M\ntimeformat = %H:%M\nlocal_timezone = UTC\ndefault_timezone = UTC\n"
    )
    environment = {
        **os.environ,
        "VDIRSYNCER_CONFIG": str(folder / "vdirsyncer"),
        "HOME": str(folder),
        "LC_ALL": "C.UTF-8",
    }

    def run(*command: str) -> str:
        done = subprocess.run(
            [str(BIN / command[0]), *command[1:]],
            env=environment,
            capture_output=True,
            text=True,
            input="y\n",
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    run("vdirsyncer", "discover")
    run("vdirsyncer", "sync")
    days = (last - first).days + 1
    listed = run(
        "khal", "-c", str(folder / "khal"), "list", "--day-format", "",
        "--format", "{start-date}\t{end-date}\t{title}", first.isoformat(), f"{days}d",
    )  # fmt: skip
    # khal says the last day, inclusive, and lists an event of several days on each.
    rows = {tuple(line.split("\t")) for line in listed.splitlines() if line}
    return sorted(
        (date.fromisoformat(start), date.fromisoformat(end) + timedelta(days=1), title) for start, end, title in rows
    )


@pytest.mark.parametrize("language", ["en", "zh", "ar"])
def test_all_programs_see_the_same_events(service: str, tmp_path: Path, language: str) -> None:
    address = f"{service}{FEED}?lang={language}"
    data = httpx.get(address).content
    assert lint(data) == []
    seen = by_icalendar(data)
    assert {item[:3] for item in seen} == EXPECTED
    assert by_vobject(data) == seen
    # Rows of khal that are alike are counted once.
    assert by_khal(address, tmp_path) == sorted({item[1:] for item in seen})


def test_every_feed_passes_the_byte_lint_and_the_strict_parser(service: str) -> None:
    slugs = [item["slug"] for item in httpx.get(f"{service}/api/v1/resolutions?limit=1000").json()["items"]]
    assert len(slugs) >= 11
    for name in (*FEEDS, *(f"resolution/{slug}" for slug in slugs)):
        for more in ("", "?lang=ar&as=todo&milestones=yes&alarm=P7D", "?lang=zh&windows=span&cancelled=mark"):
            assert lint(httpx.get(f"{service}/feeds/{name}.ics{more}").content) == [], name + more
        data = httpx.get(f"{service}/feeds/{name}.ics").content
        assert vobject.readOne(data.decode()).validate(raiseException=True), name


def test_polling_client_gets_304_and_two_services_agree(service: str) -> None:
    with httpx.Client(base_url=service) as client:
        first = client.get(FEED)
        again = client.get(FEED, headers={"if-none-match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert client.head(FEED).headers["etag"] == first.headers["etag"]


def test_two_fresh_processes_give_the_same_bytes(tmp_path: Path) -> None:
    code = (
        "import asyncio, hashlib, httpx, sys\n"
        "from app.settings import Settings\n"
        "from app.web.app import create_app\n"
        "application = create_app(Settings(database_url='sqlite:///' + sys.argv[1], base_url='https://a.example'))\n"
        "async def main():\n"
        "    async with httpx.AsyncClient(transport=httpx.ASGITransport(application), base_url='http://t') as client:\n"
        "        for name in ('all.ics', 'all.ics?lang=zh', 'all.json', 'resolution/A-RES-72-251.atom'):\n"
        "            answer = await client.get('/feeds/' + name, headers={'accept-encoding': 'gzip'})\n"
        "            print(answer.headers['etag'], hashlib.sha256(answer.content).hexdigest())\n"
        "asyncio.run(main())\n"
    )
    root = Path(__file__).parents[2]
    said = [
        subprocess.run(
            [sys.executable, "-c", code, str(tmp_path / name)], cwd=root, capture_output=True, check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for name, seed in (("a.sqlite", "1"), ("b.sqlite", "2"))
    ]  # fmt: skip
    assert said[0] == said[1]
    assert said[0].count(b"\n") == 4
