"""Pieces are written once a revision, and kept within bounds."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.errors import NotFound
from app.feeds import FORMATS, Choice, Shelf, format_of
from tests.feeds import made


def test_a_second_rendering_asks_for_nothing() -> None:
    shelf, records = Shelf(1 << 20), made.Made()
    first = shelf.render(FORMATS["ics"], made.feed(), made.REVISIONS, records)
    asked = records.asked
    assert shelf.render(FORMATS["ics"], made.feed(), made.REVISIONS, records) == first
    assert (asked, records.asked) == (len(made.REVISIONS), len(made.REVISIONS))


def test_one_changed_event_is_written_anew_and_the_bytes_are_those_of_a_fresh_shelf() -> None:
    shelf, records = Shelf(1 << 20), made.Made()
    shelf.render(FORMATS["ics"], made.feed(), made.REVISIONS, records)
    changed = replace(made.REVISIONS[1], event=replace(made.PLENARY, title={"en": "Another title"}))
    revisions = (made.REVISIONS[0], changed, *made.REVISIONS[2:])
    asked = records.asked
    again = shelf.render(FORMATS["ics"], made.feed(), revisions, records)
    assert records.asked == asked + 1
    assert again == Shelf(1 << 20).render(FORMATS["ics"], made.feed(), revisions, made.Made())
    assert b"Another title" in again


def test_choices_do_not_share_pieces() -> None:
    shelf = Shelf(1 << 20)
    english = shelf.render(FORMATS["ics"], made.feed(), made.REVISIONS, made.Made())
    chinese = shelf.render(FORMATS["ics"], made.feed("ics", Choice(language="zh")), made.REVISIONS, made.Made())
    assert english != chinese
    assert shelf.render(FORMATS["ics"], made.feed(), made.REVISIONS, made.Made()) == english


def test_the_shelf_stays_within_its_bound() -> None:
    shelf = Shelf(6000)
    whole = Shelf(1 << 20).render(FORMATS["ics"], made.feed(), made.REVISIONS, made.Made())
    for language in ("ar", "en", "zh"):
        shelf.render(FORMATS["csv"], made.feed("csv", Choice(language=language)), made.REVISIONS, made.Made())
        assert shelf.size <= 6000
    assert shelf.render(FORMATS["ics"], made.feed(), made.REVISIONS, made.Made()) == whole
    assert shelf.size <= 6000


def test_forgotten_pieces_are_written_anew() -> None:
    shelf, records = Shelf(1 << 20), made.Made()
    shelf.render(FORMATS["ics"], made.feed(), made.REVISIONS, records)
    shelf.forget()
    assert shelf.size == 0
    shelf.render(FORMATS["ics"], made.feed(), made.REVISIONS, records)
    assert records.asked == 2 * len(made.REVISIONS)


def test_an_empty_feed_is_a_calendar() -> None:
    data = Shelf(0).render(FORMATS["ics"], made.feed(), (), made.Made())
    assert data.startswith(b"BEGIN:VCALENDAR\r\n")
    assert data.endswith(b"END:VCALENDAR\r\n")


def test_an_unknown_format_names_the_known() -> None:
    with pytest.raises(NotFound) as caught:
        format_of("xls")
    assert caught.value.hint == "formats are .ics, .jcal, .json, .atom, .csv"


def test_pieces_of_one_event_are_forgotten() -> None:
    shelf, records = Shelf(1 << 20), made.Made()
    shelf.render(FORMATS["ics"], made.feed(), made.REVISIONS, records)
    shelf.forget(made.PLENARY.uid)
    shelf.render(FORMATS["ics"], made.feed(), made.REVISIONS, records)
    assert records.asked == len(made.REVISIONS) + 1


def test_ways_of_showing_nothing_count_too() -> None:
    shelf = Shelf(16_384)
    for days in range(1, 60):
        choice = Choice(alarm=timedelta(days=days))
        shelf.render(FORMATS["ics"], made.feed("ics", choice), (), made.Made())
    assert len(shelf._boards) == 16
