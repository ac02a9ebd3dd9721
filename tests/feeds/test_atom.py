"""Atom: head, entries and tail as RFC 4287 writes them."""

from dataclasses import replace
from datetime import UTC, datetime

from lxml import etree

from app.feeds import atom
from app.feeds.items import item_of
from app.feeds.sample import sample_entry, sample_feed


def test_head_and_tail_are_one_document() -> None:
    document = etree.fromstring(atom.head(sample_feed(language="fr")) + atom.tail(sample_feed()))
    assert document.get("{http://www.w3.org/XML/1998/namespace}lang") == "fr"
    assert document.findtext("{*}title") == "72/251 Nuclear disarmament"
    assert document.findtext("{*}updated") == "1945-10-24T00:00:00Z"


def test_head_given_moment_is_the_updated_one() -> None:
    head = atom.head(sample_feed(), datetime(2026, 3, 1, 12, 30, 5, tzinfo=UTC))
    assert b"<updated>2026-03-01T12:30:05Z</updated>" in head.splitlines()


def test_fragment_is_the_entry_of_its_item() -> None:
    entry = sample_entry()
    assert atom.fragment(entry) == atom.write_item(item_of(entry))
    element = etree.fromstring(atom.fragment(entry))
    assert [element.findtext(name) for name in ("title", "published", "updated")] == [
        "Conference on nuclear disarmament (New York)",
        "2017-12-24T00:00:00Z",
        "2017-12-24T00:00:00Z",
    ]


def test_write_item_escapes_markup_and_leaves_out_absent() -> None:
    item = replace(item_of(sample_entry()), title="<b>&\x00", document=None, summary="")
    element = etree.fromstring(atom.write_item(item))
    assert element.findtext("title") == "<b>& "
    assert [link.get("rel") for link in element.findall("link")] == ["alternate"]
    assert element.find("summary") is None
