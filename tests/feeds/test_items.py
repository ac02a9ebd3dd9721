"""Items of the formats that syndicate."""

from dataclasses import replace
from datetime import UTC, datetime

from app.feeds.items import item_of
from app.feeds.sample import sample_entry


def test_item_of_event_has_its_words_links_and_moments() -> None:
    item = item_of(sample_entry())
    assert (item.id, item.title, item.kind, item.kind_label, item.instrument) == (
        "A-RES-72-251.5.meeting.1",
        "Conference on nuclear disarmament (New York)",
        "meeting",
        "Meeting",
        "A/RES/72/251",
    )
    assert (item.page, item.document) == (
        "https://localhost/events/A-RES-72-251.5.meeting.1",
        "https://docs.un.org/en/A/RES/72/251",
    )
    assert item.published == item.updated == datetime(2017, 12, 24, tzinfo=UTC)
    assert (item.event["uid"], item.event["start"]) == ("A-RES-72-251.5.meeting.1", "2018-05-14")


def test_item_of_speaks_the_language_of_the_feed() -> None:
    item = item_of(sample_entry(language="fr"))
    assert (item.kind_label, item.document) == ("Réunion", "https://docs.un.org/fr/A/RES/72/251")


def test_item_of_decision_without_evidence_has_no_document() -> None:
    entry = sample_entry()
    event = replace(entry.event, instrument="A/DEC/72/556")
    assert item_of(replace(entry, revision=replace(entry.revision, event=event))).document is None
