"""JSON Feed: head, items and tail as version 1.1 has them."""

import json
from dataclasses import replace

from app.feeds import jsonfeed
from app.feeds.items import item_of
from app.feeds.sample import sample_entry, sample_feed


def test_head_and_tail_are_a_feed_without_items() -> None:
    assert json.loads(jsonfeed.head(sample_feed()) + jsonfeed.tail(sample_feed())) == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "72/251 Nuclear disarmament",
        "description": "What A/RES/72/251 schedules.",
        "home_page_url": "https://docs.un.org/en/A/RES/72/251",
        "feed_url": "https://localhost/feeds/resolution/A-RES-72-251.ics",
        "language": "en",
        "authors": [{"name": "Plenary", "url": "https://localhost"}],
        "items": [],
    }


def test_fragment_is_the_item_of_the_entry() -> None:
    entry = sample_entry()
    assert jsonfeed.fragment(entry) == jsonfeed.write_item(item_of(entry), "en")


def test_write_item_leaves_out_absent_members() -> None:
    item = item_of(sample_entry())
    members, fewer = (
        json.loads(jsonfeed.write_item(given, "en")) for given in (item, replace(item, document=None, summary=""))
    )
    assert set(members) - set(fewer) == {"external_url", "summary"}


def test_write_item_cleans_texts_at_every_depth() -> None:
    item = replace(item_of(sample_entry()), title="a\x00b", event={"quote": {"en": ["a\u2028b"]}, "number": 5})
    members = json.loads(jsonfeed.write_item(item, "en"))
    assert (members["title"], members["_plenary"]) == ("a b", {"quote": {"en": ["a b"]}, "number": 5})
