"""Pieces are written once a revision, and kept within bounds."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.errors import NotFound
from app.feeds import FORMATS, FeedOptions, FragmentCache, format_of
from tests.feeds import made


def test_a_second_rendering_asks_for_nothing() -> None:
    fragments, records = FragmentCache(1 << 20), made.Made()
    first = fragments.render(FORMATS["ics"], made.feed(), made.REVISIONS, records)
    asked = records.asked
    assert fragments.render(FORMATS["ics"], made.feed(), made.REVISIONS, records) == first
    assert (asked, records.asked) == (made.SHOWN, made.SHOWN)


def test_one_changed_event_is_written_anew_and_the_bytes_are_those_of_a_fresh_shelf() -> None:
    fragments, records = FragmentCache(1 << 20), made.Made()
    fragments.render(FORMATS["ics"], made.feed(), made.REVISIONS, records)
    changed = replace(made.REVISIONS[1], event=replace(made.PLENARY, title={"en": "Another title"}))
    revisions = (made.REVISIONS[0], changed, *made.REVISIONS[2:])
    asked = records.asked
    again = fragments.render(FORMATS["ics"], made.feed(), revisions, records)
    assert records.asked == asked + 1
    assert again == FragmentCache(1 << 20).render(FORMATS["ics"], made.feed(), revisions, made.Made())
    assert b"Another title" in again


def test_choices_do_not_share_pieces() -> None:
    fragments = FragmentCache(1 << 20)
    english = fragments.render(FORMATS["ics"], made.feed(), made.REVISIONS, made.Made())
    chinese = fragments.render(
        FORMATS["ics"], made.feed("ics", FeedOptions(language="zh")), made.REVISIONS, made.Made()
    )
    assert english != chinese
    assert fragments.render(FORMATS["ics"], made.feed(), made.REVISIONS, made.Made()) == english


def test_the_shelf_stays_within_its_bound() -> None:
    fragments = FragmentCache(6000)
    whole = FragmentCache(1 << 20).render(FORMATS["ics"], made.feed(), made.REVISIONS, made.Made())
    for language in ("ar", "en", "zh"):
        fragments.render(FORMATS["csv"], made.feed("csv", FeedOptions(language=language)), made.REVISIONS, made.Made())
        assert fragments.size <= 6000
    assert fragments.render(FORMATS["ics"], made.feed(), made.REVISIONS, made.Made()) == whole
    assert fragments.size <= 6000


def test_forgotten_pieces_are_written_anew() -> None:
    fragments, records = FragmentCache(1 << 20), made.Made()
    fragments.render(FORMATS["ics"], made.feed(), made.REVISIONS, records)
    fragments.forget()
    assert fragments.size == 0
    fragments.render(FORMATS["ics"], made.feed(), made.REVISIONS, records)
    assert records.asked == 2 * made.SHOWN


def test_an_empty_feed_is_a_calendar() -> None:
    data = FragmentCache(0).render(FORMATS["ics"], made.feed(), (), made.Made())
    assert data.startswith(b"BEGIN:VCALENDAR\r\n")
    assert data.endswith(b"END:VCALENDAR\r\n")


def test_an_unknown_format_names_the_known() -> None:
    with pytest.raises(NotFound) as caught:
        format_of("xls")
    assert caught.value.hint == "use one of the formats .ics, .jcal, .json, .atom, .csv"


def test_pieces_of_one_event_are_forgotten() -> None:
    fragments, records = FragmentCache(1 << 20), made.Made()
    fragments.render(FORMATS["ics"], made.feed(), made.REVISIONS, records)
    fragments.forget(made.PLENARY.uid)
    fragments.render(FORMATS["ics"], made.feed(), made.REVISIONS, records)
    assert records.asked == made.SHOWN + 1


def test_ways_of_showing_nothing_count_too() -> None:
    fragments = FragmentCache(16_384)
    for days in range(1, 60):
        choice = FeedOptions(alarm=timedelta(days=days))
        fragments.render(FORMATS["ics"], made.feed("ics", choice), (), made.Made())
    assert len(fragments._boards) == 16
