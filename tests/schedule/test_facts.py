"""Schedules of texts that are not kept: what their files hold, and the words put back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.documents import parse_symbol
from app.errors import ScheduleError
from app.model import (
    Certainty,
    Check,
    Event,
    Kind,
    Review,
    ReviewStatus,
    Schedule,
    Span,
    TitleSlots,
    Topic,
    Unread,
)
from app.schedule.dating import dated
from app.schedule.facts import text_digest, with_text, without_text
from app.schedule.review import merge
from app.schedule.yaml_format import read
from app.schedule.yaml_writer import write

TEXT = """The General Assembly,

1. Requests the Secretary-General to report on tides by 1 March 2036 at the latest. It thanks
him for his earlier report;

2. Invites States to measure tides."""
SPAN = Span(TEXT.index("by 1 March"), TEXT.index(" at the latest"))
DIGEST = text_digest(TEXT)
REPORT = Event(
    uid="A-RES-90-1.1.report.1",
    kind=Kind.REPORT,
    when="../2036-03-01",
    certainty=Certainty.DECIDED,
    instrument="A/RES/90/1",
    decided=date(2035, 12, 4),
    paragraph="1",
    end=date(2036, 3, 1),
    bearer="secretary-general",
    force="request",
    action="report",
    subject={"en": "tides"},
    slots=TitleSlots("report", Topic({"en": "tides"}), actor="secretary-general"),
    quote={"en": SPAN.of(TEXT)},
    clause={"en": "Requests the Secretary-General to report on tides by 1 March 2036 at the latest."},
    span={"en": SPAN},
    rule="date.day",
    arithmetic="no later than 1 March 2036",
)
APPEAL = replace(REPORT, uid="A-RES-90-1.2.obligation.1", kind=Kind.OBLIGATION, when="undated", appeal=True)
SCHEDULE = Schedule(
    parse_symbol("A/RES/90/1"),
    date(2035, 12, 4),
    title={"en": "Tides"},
    events=(REPORT, APPEAL),
    unread={"en": (Unread("2", Span(3, 9), "in time", "", "vague"),)},
    reviews={REPORT.uid: Review(ReviewStatus.CONFIRMED, "AB", date(2036, 1, 2))},
)
FACTS = replace(
    SCHEDULE,
    digests={"en": DIGEST},
    check=Check.READ,
    unread={},
    events=(replace(REPORT, certainty=Certainty.UNDATED, end=None, subject={}, quote={}, clause={}, arithmetic=""),),
)
FILE = f"""\
symbol: A/RES/90/1
adopted: 2035-12-04
title:
  en: Tides
check: read
digests:
  en: {DIGEST}

items:
- uid: A-RES-90-1.1.report.1
  paragraph: 1
  kind: report
  when: ../2036-03-01
  bearer: secretary-general
  force: request
  action: report
  slots:
    act: report
    subject:
      words:
        en: tides
    actor: secretary-general
  span:
    en: {SPAN.start}-{SPAN.end}
  rule: date.day
  review:
    status: confirmed
    by: AB
    on: 2036-01-02
"""


def test_without_text_leaves_facts() -> None:
    assert replace(without_text(SCHEDULE, {"en": DIGEST}), check=Check.READ) == FACTS


def test_facts_written_and_read_are_the_same() -> None:
    assert (write(FACTS), read(FILE, "a.yaml")) == (FILE, FACTS)


def test_facts_dated_have_the_days_of_the_full_schedule() -> None:
    (event,) = dated(FACTS).events
    assert (event.certainty, event.start, event.end) == (Certainty.DECIDED, None, date(2036, 3, 1))
    assert write(dated(FACTS)) == FILE


def test_meetings_keep_their_subject() -> None:
    meeting = replace(REPORT, kind=Kind.MEETING)
    (event,) = without_text(replace(SCHEDULE, events=(meeting,)), {"en": DIGEST}).events
    assert event.subject == {"en": "tides"}


def test_with_text_puts_the_words_back() -> None:
    (event,) = with_text(FACTS, {"en": TEXT}).events
    assert event.quote == {"en": "by 1 March 2036"}
    assert event.clause == {"en": "1. Requests the Secretary-General to report on tides by 1 March 2036 at the latest."}


@pytest.mark.parametrize("texts", [{}, {"en": TEXT + " "}, {"fr": TEXT}])
def test_with_text_of_another_edition_adds_nothing(texts: dict[str, str]) -> None:
    assert with_text(FACTS, texts) is FACTS


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("  rule: date.day", "  rule: date.day\n  quote:\n    en: by 1 March 2036"),
        ("  rule: date.day", "  rule: date.day\n  start: 2036-03-01"),
        (f"  en: {DIGEST}", "  en: ab12"),
        ("check: read", "check: believed"),
    ],
)
def test_facts_file_with_words_days_or_faults_is_refused(line: str, message: str) -> None:
    with pytest.raises(ScheduleError):
        read(FILE.replace(line, message), "a.yaml")


def test_file_with_words_needs_a_certainty() -> None:
    with pytest.raises(ScheduleError):
        read(FILE.replace(f"digests:\n  en: {DIGEST}\n", ""), "a.yaml")


def test_merge_keeps_read_while_nothing_changes() -> None:
    unread = replace(FACTS, reviews={})
    moved = replace(unread, check=Check.DERIVED, events=(replace(FACTS.events[0], when="../2036-04-01"),))
    assert merge(unread, replace(unread, check=Check.DERIVED))[0] == unread
    assert merge(unread, moved)[0] == moved
