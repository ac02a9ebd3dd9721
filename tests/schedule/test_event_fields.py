"""The one list of an item's fields, and those that other formats keep."""

from dataclasses import fields

from app.feeds.csv import COLUMNS
from app.model import Event
from app.schedule.event_fields import EVENT_FIELDS
from app.schedule.json_format import plain_event
from tests.feeds.made import REPORT

NAMES = {field.name for field in EVENT_FIELDS}
OF_HISTORY = {"instrument", "decided", "revision", "revised_by"}
"""What the file says once for the instrument, or its amendments say."""


def test_event_fields_name_every_field_of_the_model_once() -> None:
    made = {"proof"}
    assert len(NAMES) == len(EVENT_FIELDS)
    assert {field.name for field in fields(Event)} - OF_HISTORY - made == NAMES


def test_event_fields_of_json_and_csv_are_those_of_the_file() -> None:
    assert set(plain_event(REPORT, "en")) - NAMES == {
        *OF_HISTORY,
        "long_title",
        "moved_occurrences",
        "obligation",
        "time",
    }
    assert set(COLUMNS) - NAMES == {*OF_HISTORY, "long_title", "time", "document"}


def test_event_field_defaults_are_left_out_of_the_file() -> None:
    written = {field.name: field.write(REPORT) for field in EVENT_FIELDS}
    assert (written["confidence"], written["status"], written["timezone"]) == ("", "", "")
