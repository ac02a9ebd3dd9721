"""Changes of an event as Atom and JSON Feed."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from lxml import etree

from app.feeds.change_entry import CHANGE_FORMATS, Change, render_changes
from app.feeds.sample import SAMPLE_EVENT, SAMPLE_REVISION, sample_feed
from app.model import Action, Revision, Status

POSTPONED = Revision(
    replace(SAMPLE_EVENT, status=Status.POSTPONED, start=None, end=None, when="TBD"),
    1,
    date(2018, 4, 26),
    "A/DEC/72/556",
    Action.POSTPONE,
    recorded=datetime(2018, 5, 2, 9, 15, 30, 400, tzinfo=UTC),
)


def test_render_changes_gives_states_before_and_after() -> None:
    feed = json.loads(render_changes("json", sample_feed(), [Change(POSTPONED, SAMPLE_REVISION, {})]))
    (item,) = feed["items"]
    assert item["id"] == "https://localhost/events/A-RES-72-251.5.meeting.1#revision-1"
    assert item["date_modified"] == "2018-05-02T09:15:30+00:00"
    assert "Before: 14–16 May 2018 · scheduled · New York" in item["content_text"].splitlines()
    assert item["_plenary"]["before"]["start"] == "2018-05-14"


def test_render_changes_first_revision_has_no_state_before() -> None:
    feed = json.loads(render_changes("json", sample_feed(), [Change(SAMPLE_REVISION, None, {})]))
    (item,) = feed["items"]
    assert item["_plenary"]["before"] is None
    assert [line for line in item["content_text"].splitlines() if line.startswith("Before")] == []


def test_render_changes_atom_is_dated_by_the_newest() -> None:
    changes = [Change(SAMPLE_REVISION, None, {}), Change(POSTPONED, SAMPLE_REVISION, {})]
    document = etree.fromstring(render_changes("atom", sample_feed(), changes))
    assert document.findtext("{*}updated") == "2018-05-02T09:15:30Z"
    assert len(document.findall("{*}entry")) == 2


@pytest.mark.parametrize("extension", CHANGE_FORMATS)
def test_render_changes_of_none_is_a_whole_feed(extension: str) -> None:
    data = render_changes(extension, sample_feed(), [])
    read = json.loads(data)["items"] if extension == "json" else etree.fromstring(data).findall("{*}entry")
    assert read == []


def test_render_changes_of_other_format_is_refused() -> None:
    with pytest.raises(KeyError, match="ics"):
        render_changes("ics", sample_feed(), [])
