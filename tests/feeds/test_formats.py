"""Golden bytes of every format, and what the formats promise each other."""

import csv
import io
import json
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import icalendar
import pytest
from lxml import etree

from app.feeds import FORMATS, FeedOptions, lint
from app.model import Kind
from tests.feeds import made
from tests.feeds.made import render

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("extension", FORMATS)
def test_a_format_gives_its_golden_bytes(extension: str) -> None:
    assert render(extension) == (GOLDEN / f"plain.{extension}").read_bytes()


@pytest.mark.parametrize("name", ["zh", "ar", "todo"])
def test_a_calendar_gives_its_golden_bytes_for_a_choice(name: str) -> None:
    assert render("ics", made.CHOICES[name]) == (GOLDEN / f"{name}.ics").read_bytes()


def test_two_fresh_processes_give_the_same_bytes() -> None:
    code = (
        "from tests.feeds import made; import hashlib; from app.feeds import FORMATS, FragmentCache\n"
        "for name in FORMATS:\n"
        "    data = FragmentCache(0).render(FORMATS[name], made.feed(name), made.REVISIONS, made.Made())\n"
        "    print(name, hashlib.sha256(data).hexdigest())\n"
    )
    root = Path(__file__).parents[2]
    first, second = (
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, check=True, cwd=root, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    )
    assert first == second
    assert first.count(b"\n") == len(FORMATS)


@pytest.mark.parametrize("language", ["ar", "en", "es", "fr", "ru", "zh"])
@pytest.mark.parametrize("shape", ["event", "todo"])
@pytest.mark.parametrize("cancelled", ["keep", "mark", "drop"])
@pytest.mark.parametrize("windows", ["start", "span", "none"])
def test_every_calendar_is_sound_to_its_bytes(language: str, shape: str, cancelled: str, windows: str) -> None:
    choice = FeedOptions(
        language=language, shape=shape, cancelled=cancelled, windows=windows, milestones=True, alarm=timedelta(hours=12)
    )
    assert lint(render("ics", choice)) == []


def instances(data: bytes) -> dict[str, tuple[date, date, str]]:
    return {
        str(event["UID"]): (event["DTSTART"].dt, event["DTEND"].dt, str(event["STATUS"]))
        for event in icalendar.Calendar.from_ical(data).walk("VEVENT")
    }


def test_where_each_event_stands() -> None:
    assert instances(render("ics")) == {
        "A-RES-72-251.5.meeting.1": (date(2018, 5, 14), date(2018, 5, 17), "CANCELLED"),
        "A-RES-72-251.16.meeting.1": (date(2018, 9, 26), date(2018, 9, 27), "CONFIRMED"),
        "A-RES-72-251.20.report.1": (date(2018, 9, 18), date(2018, 9, 19), "TENTATIVE"),
        "A-RES-72-251.21.deadline.1": (date(2019, 6, 30), date(2019, 7, 1), "CONFIRMED"),
        "A-RES-72-251.8.mandate.1": (date(2020, 1, 1), date(2020, 1, 2), "CONFIRMED"),
    }


def test_windows_span_or_go() -> None:
    report = "A-RES-72-251.20.report.1"
    spanning = instances(render("ics", FeedOptions(windows="span")))
    assert spanning[report] == (date(2018, 9, 18), date(2019, 9, 17), "TENTATIVE")
    assert set(spanning) - set(instances(render("ics", FeedOptions(windows="none")))) == {report}


def test_cancelled_events_are_kept_marked_or_dropped() -> None:
    conference = "A-RES-72-251.5.meeting.1"
    assert instances(render("ics", FeedOptions(cancelled="mark")))[conference][2] == "TENTATIVE"
    assert conference not in instances(render("ics", FeedOptions(cancelled="drop")))


def test_the_yearly_day_is_in_outlooks_form() -> None:
    assert b"\r\nRRULE:FREQ=YEARLY;BYMONTHDAY=26;BYMONTH=9\r\n" in render("ics")


def test_sequence_and_times_come_from_revisions() -> None:
    event = next(
        item
        for item in icalendar.Calendar.from_ical(render("ics")).walk("VEVENT")
        if item["UID"] == "A-RES-72-251.5.meeting.1"
    )
    stamps = {name: event[name].dt.isoformat() for name in ("DTSTAMP", "LAST-MODIFIED", "CREATED")}
    assert stamps == {
        "DTSTAMP": "2018-04-26T00:00:00+00:00",
        "LAST-MODIFIED": "2018-04-26T00:00:00+00:00",
        "CREATED": "2017-12-24T00:00:00+00:00",
    }
    assert event["SEQUENCE"] == 1
    assert "A/DEC/72/556" in event["DESCRIPTION"]
    assert "14–16 May 2018" in event["DESCRIPTION"]


def test_jcal_says_what_the_calendar_says() -> None:
    calendar = json.loads(render("jcal"))
    assert calendar[0] == "vcalendar"
    listed = [{item[0]: item[3] for item in properties} for _, properties, _ in calendar[2]]
    found = {item["uid"]: item for item in listed}
    expected = instances(render("ics"))
    assert {uid: (date.fromisoformat(item["dtstart"]), date.fromisoformat(item["dtend"]), item["status"])
            for uid, item in found.items()} == expected  # fmt: skip


def test_json_atom_and_csv_leave_obligations_out() -> None:
    events = [revision.event for revision in made.REVISIONS]
    uids = [event.uid for event in events if event.kind is not Kind.OBLIGATION]
    assert len(uids) < len(events)
    assert [item["id"] for item in json.loads(render("json"))["items"]] == uids
    atom = etree.fromstring(render("atom"))
    namespace = {"a": "http://www.w3.org/2005/Atom"}
    assert [link.rpartition("/")[2] for link in atom.xpath("a:entry/a:id/text()", namespaces=namespace)] == uids
    rows = list(csv.DictReader(io.StringIO(render("csv").decode("utf-8-sig"))))
    assert [row["uid"] for row in rows] == uids


def test_formats_hostile_title_adds_no_line_tag_or_formula() -> None:
    assert b"\nX-EVIL" not in render("ics")
    # Five events, and two occurrences of one that were moved.
    assert render("ics").count(b"\r\nEND:VEVENT\r\n") == 7
    assert b"<script" not in render("atom")
    cells = [cell for row in csv.reader(io.StringIO(render("csv").decode("utf-8-sig"))) for cell in row]
    assert [cell for cell in cells if cell[:1] in tuple("=+-@\t\r")] == []
    assert not any(b"\x00" in render(extension) for extension in FORMATS)
