from datetime import date
from pathlib import Path

import pytest

from app.errors import ScheduleError
from app.model import (
    Action,
    Amendment,
    Certainty,
    Event,
    Kind,
    Milestone,
    Review,
    ReviewStatus,
    Schedule,
    Span,
    Status,
    Symbol,
    Unread,
)
from app.schedule.files import find_schedule_files, read_file, write_file
from app.schedule.yaml_format import read
from app.schedule.yaml_writer import write

FILE = """\
symbol: A/RES/90/1
adopted: 2035-10-01
body: general-assembly
session: 90
meeting: 12
title:
  en: Tides
  zh: 潮汐
family: tides
sources:
  en: A-RES-90-1.en.txt
evidence:
- A/90/PV.12

items:
- uid: A-RES-90-1.3.agenda.1
  paragraph: 3
  section: B
  letters:
  - a
  - ii
  kind: agenda
  when: GA91
  certainty: forecast
  start: 2036-09-09
  end: 2037-09-07
  place: NO
  bearer: secretary-general
  addressees:
  - general-assembly
  force: request
  action: report
  subject:
    en: 'Tides: a review'
  quote:
    en: "to report at its\\nninety-first session"
  span:
    en: 120-154
  rule: session.at-ordinal
  confidence: low
  alternatives:
  - GA92
  arithmetic: 91st session of the General Assembly
  milestones:
  - name: provisional-agenda
    day: 2036-07-11
    certainty: derived
    arithmetic: 60 days before 9 September 2036 (rule 12)
  note: 012
  review:
    status: corrected
    by: m.k.
    on: 2035-11-02
    note: read with the table
    was:
      when: GA90

- uid: A-RES-90-1.4.meeting.1
  paragraph: 4
  kind: meeting
  when: TBD
  certainty: undecided
  status: postponed
  same_as: A-RES-89-1.4.meeting.1

amendments:
- target: A-RES-89-1.5.meeting.1
  action: move
  when: 2036-01-05
  paragraph: 5
  note: moved by five days
  evidence:
  - A/90/L.3

unread:
  en:
  - paragraph: 6
    span: 300-310
    quote: in spring
    value: XXXX-SP
    reason: no rule
"""

SCHEDULE = Schedule(
    symbol=Symbol("A/RES/90/1", "general-assembly", session=90),
    adopted=date(2035, 10, 1),
    title={"en": "Tides", "zh": "潮汐"},
    body="general-assembly",
    session=90,
    meeting=12,
    sources={"en": "A-RES-90-1.en.txt"},
    evidence=("A/90/PV.12",),
    family="tides",
    events=(
        Event(
            uid="A-RES-90-1.3.agenda.1",
            kind=Kind.AGENDA,
            when="GA91",
            certainty=Certainty.FORECAST,
            instrument="A/RES/90/1",
            decided=date(2035, 10, 1),
            paragraph="3",
            section="B",
            letters=("a", "ii"),
            start=date(2036, 9, 9),
            end=date(2037, 9, 7),
            place="NO",
            bearer="secretary-general",
            addressees=("general-assembly",),
            force="request",
            action="report",
            subject={"en": "Tides: a review"},
            quote={"en": "to report at its\nninety-first session"},
            span={"en": Span(120, 154)},
            rule="session.at-ordinal",
            confidence="low",
            alternatives=("GA92",),
            arithmetic="91st session of the General Assembly",
            milestones=(
                Milestone(
                    "provisional-agenda",
                    date(2036, 7, 11),
                    Certainty.DERIVED,
                    arithmetic="60 days before 9 September 2036 (rule 12)",
                ),
            ),
            note="012",
        ),
        Event(
            uid="A-RES-90-1.4.meeting.1",
            kind=Kind.MEETING,
            when="TBD",
            certainty=Certainty.UNDECIDED,
            instrument="A/RES/90/1",
            decided=date(2035, 10, 1),
            paragraph="4",
            status=Status.POSTPONED,
            same_as="A-RES-89-1.4.meeting.1",
        ),
    ),
    amendments=(
        Amendment(
            target="A-RES-89-1.5.meeting.1",
            action=Action.MOVE,
            instrument="A/RES/90/1",
            decided=date(2035, 10, 1),
            when="2036-01-05",
            paragraph="5",
            note="moved by five days",
            evidence=("A/90/L.3",),
        ),
    ),
    reviews={
        "A-RES-90-1.3.agenda.1": Review(
            ReviewStatus.CORRECTED, "m.k.", date(2035, 11, 2), "read with the table", {"when": "GA90"}
        )
    },
    unread={"en": (Unread("6", Span(300, 310), "in spring", "XXXX-SP", "no rule"),)},
)


def test_a_file_is_read_whole() -> None:
    assert read(FILE, "tides.yaml") == SCHEDULE


def test_a_schedule_is_written_byte_for_byte_as_it_was_read() -> None:
    assert write(SCHEDULE) == FILE


def test_a_file_on_disk_comes_back_the_same(tmp_path: Path) -> None:
    path = tmp_path / "ga" / "90" / "A-RES-90-1.yaml"
    write_file(SCHEDULE, path)
    assert read_file(path) == SCHEDULE
    assert path.read_bytes() == FILE.encode()
    assert sorted(item.name for item in path.parent.iterdir()) == ["A-RES-90-1.yaml"]


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        (
            "  bearer: secretary-general",
            "  bearrer: secretary-general",
            "unknown key 'bearrer': tides.yaml:28 (items[0].bearrer): use one of uid, paragraph, section, letters, "
            "kind, when, certainty, status, start, end, recurrence, hours, timezone, place, bearer, addressees, force, "
            "action, title, subject, slots, quote, clause, span, target, budget, appeal, rule, "
            "confidence, alternatives, arithmetic, milestones, identity, same_as, "
            "note, review",
        ),
        (
            "  start: 2036-09-09",
            "  start: 2036-13-09",
            "invalid date '2036-13-09': tides.yaml:25 (items[0].start): write it as 2018-03-28",
        ),
        (
            "  start: 2036-09-09",
            "  start: 2038-09-09",
            "the start 2038-09-09 is after the end 2037-09-07: tides.yaml:25 (items[0].start)",
        ),
        (
            "  kind: meeting",
            "  kind: meating",
            "unexpected value 'meating': tides.yaml:60 (items[1].kind): use one of meeting, observance, report, "
            "agenda, mandate, review, deadline, period, obligation",
        ),
        (
            "    en: 120-154",
            "    en: 154-120",
            "the span ends before it begins: tides.yaml:38 (items[0].span.en)",
        ),
        (
            "- uid: A-RES-90-1.4.meeting.1",
            "- uid: A-RES-90-1.3.agenda.1",
            "duplicate uid A-RES-90-1.3.agenda.1: tides.yaml:58 (items[1]): give each item its own uid",
        ),
        (
            "symbol: A/RES/90/1\n",
            "symbol: A/RES/90/1\nsymbol: A/RES/90/1\n",
            "duplicate key 'symbol': tides.yaml:2 (symbol)",
        ),
        (
            "adopted: 2035-10-01\n",
            "adopted: [2035-10-01\n",
            "invalid YAML (did not find expected ',' or ']'): tides.yaml:3: correct that line",
        ),
        (
            "  kind: meeting\n",
            "",
            "the key 'kind' is missing: tides.yaml:58 (items[1])",
        ),
        (
            "  en: Tides\n",
            "  xx: Tides\n",
            "unknown key 'xx': tides.yaml:7 (title.xx): use one of ar, en, es, fr, ru, zh",
        ),
        (
            "family: tides",
            "family: &a tides\nbody: *a",
            "the YAML uses anchors or aliases, or nests too deeply: tides.yaml:9: write out each value",
        ),
    ],
)
def test_a_typo_is_refused_with_file_line_and_path(old: str, new: str, error: str) -> None:
    assert FILE.count(old) >= 1
    text = FILE.replace(old, new, 1) if old != "  en: Tides\n" else FILE.replace("  en: Tides\n", new, 1)
    with pytest.raises(ScheduleError) as caught:
        read(text, "tides.yaml")
    assert caught.value.line() == error


def test_a_missing_place_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ScheduleError) as caught:
        find_schedule_files([tmp_path / "none"])
    line = f"the file or folder does not exist: {tmp_path / 'none'}: see the files below schedules/"
    assert caught.value.line() == line


def test_bytes_that_are_no_utf8_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_bytes(b"symbol: \xff")
    with pytest.raises(ScheduleError) as caught:
        read_file(path)
    assert caught.value.line() == f"invalid UTF-8 at byte 8: {path}: save it as UTF-8"
