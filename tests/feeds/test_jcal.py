"""jCal: the parts of a file are one array, with plain types."""

import json
from dataclasses import replace

from app.feeds import jcal
from app.feeds.sample import sample_entry, sample_feed


def test_head_fragment_and_tail_are_one_array() -> None:
    name, properties, parts = json.loads(
        jcal.head(sample_feed()) + jcal.fragment(sample_entry()) + jcal.tail(sample_feed())
    )
    assert name == "vcalendar"
    assert [part[0] for part in parts] == ["vevent"]
    assert ["name", {}, "text", "72/251 Nuclear disarmament"] in properties


def test_head_names_its_zones_before_the_events() -> None:
    feed = replace(sample_feed(), zones=("Europe/Vienna",))
    parts = json.loads(jcal.head(feed) + jcal.fragment(sample_entry()) + jcal.tail(feed))[2]
    assert [part[0] for part in parts] == ["vtimezone", "vevent"]


def test_fragment_of_entry_without_day_is_empty() -> None:
    assert jcal.fragment(replace(sample_entry(), placed=None)) == b""
