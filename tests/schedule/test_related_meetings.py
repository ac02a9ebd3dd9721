"""An organizational meeting belongs to its conference, in whatever language it is named."""

from __future__ import annotations

from datetime import date

import pytest

from app.model import Certainty, Event, Kind
from app.schedule.related_meetings import parent_of


def meeting(paragraph: str, kind: Kind = Kind.MEETING, recurrence: str | None = None, **subject: str) -> Event:
    return Event(
        uid=f"A-RES-90-1.{paragraph}.{kind.value}.1", kind=kind, when="2018-05-14", certainty=Certainty.DECIDED,
        instrument="A/RES/90/1", decided=date(2017, 12, 24), paragraph=paragraph, recurrence=recurrence,
        subject=subject,
    )  # fmt: skip


CONFERENCE = meeting("5", en="conference on rivers", zh="河流会议")
REPORT = meeting("4", Kind.REPORT, en="report")
YEARLY = meeting("3", recurrence="FREQ=YEARLY", en="plenary meeting")


@pytest.mark.parametrize(
    "subject",
    [
        {"en": "organizational meeting of the conference on rivers"},
        {"en": "Organizational session"},
        {"zh": "组织会议"},
        {"fr": "réunion d’organisation"},
        {"es": "reunión de organización"},
        {"ru": "организационное заседание"},
        {"ar": "الاجتماع التنظيمي"},
    ],
)
def test_it_belongs_to_the_conference(subject: dict[str, str]) -> None:
    event = meeting("6", **subject)
    assert parent_of(event, (YEARLY, REPORT, CONFERENCE, event)) == CONFERENCE.uid


def test_by_name_rather_than_by_place() -> None:
    event = meeting("8", en="organizational meeting of the conference on rivers")
    assert parent_of(event, (CONFERENCE, meeting("7", en="seminar"), event)) == CONFERENCE.uid
    assert parent_of(meeting("8", en="organizational meeting"), (CONFERENCE, meeting("7", en="seminar"))) == (
        "A-RES-90-1.7.meeting.1"
    )


def test_nothing_else_belongs_to_anything() -> None:
    event = meeting("6", zh="组织会议")
    assert parent_of(CONFERENCE, (CONFERENCE, event)) is None
    assert parent_of(event, (event, YEARLY, REPORT)) is None
    assert parent_of(event, (event, meeting("9", en="conference"))) is None
