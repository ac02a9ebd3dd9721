"""The slots of titles as fields of files and of answers."""

from dataclasses import replace

import pytest

from app.errors import ScheduleError
from app.model import Certainty, Event, Kind, TitleSlots, Topic
from app.schedule.slot_fields import plain_slots, read_slots, write_slots
from app.yaml_document import Node, dump

SLOTS = TitleSlots(
    act="report",
    subject=Topic({"en": "Rivers", "zh": "河流"}, ("unifil",)),
    context=Topic({"en": "Lebanon"}),
    actor="secretary-general",
    phrase={"en": "submit"},
    theme={"en": "on rivers"},
    detail={"en": "2036"},
    ordinal=2,
)
EVENT = Event("A-RES-90-1.1.report.1", Kind.REPORT, "GA91", Certainty.WINDOW, "A/RES/90/1", None, slots=SLOTS)


@pytest.mark.parametrize("slots", [SLOTS, TitleSlots("meeting"), TitleSlots("report", ordinal=1)])
def test_slots_written_are_read_again(slots: TitleSlots) -> None:
    assert read_slots(Node.parse(dump(write_slots(slots)), "a.yaml")) == slots


def test_slots_that_are_none_have_no_fields() -> None:
    assert (write_slots(None), plain_slots(replace(EVENT, slots=None))) == ({}, None)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("{actor: x}", "the key 'act' is missing"),
        ("{act: report, verb: x}", "unknown key 'verb'"),
        ("{act: report, ordinal: two}", "invalid integer 'two'"),
        ("{act: report, subject: {word: x}}", "unknown key 'word'"),
    ],
)
def test_slots_of_another_form_are_refused(text: str, what: str) -> None:
    with pytest.raises(ScheduleError, match=what):
        read_slots(Node.parse(text, "a.yaml"))


def test_plain_slots_are_those_of_the_api() -> None:
    assert plain_slots(EVENT) == {
        "act": "report",
        "subject": {"en": "Rivers", "zh": "河流"},
        "names": ["unifil"],
        "context": {"en": "Lebanon"},
        "context_names": [],
        "actor": "secretary-general",
        "phrase": {"en": "submit"},
        "detail": {"en": "2036"},
        "ordinal": 2,
    }
