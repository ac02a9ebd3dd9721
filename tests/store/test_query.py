"""Queries as values: cursors and sizes of pages."""

from datetime import date

import pytest

from app.errors import UnknownParameter
from app.store import EventQuery, Store
from app.store.query import MOST, bounded, cursor_of, day_of_cursor, number_of_cursor, read_cursor
from tests.store.samples import (
    ALL,
    load,
)


@pytest.mark.parametrize("cursor", ["", "???", "bm9uc2Vuc2U", "bm90IGEgZGF5CnVpZA"])
def test_a_cursor_that_is_none(store: Store, cursor: str) -> None:
    load(store, ALL)
    with pytest.raises(UnknownParameter):
        store.events(EventQuery(cursor=cursor))


def test_the_size_of_a_page_is_bounded(store: Store) -> None:
    for limit in (0, 10_001):
        with pytest.raises(UnknownParameter):
            store.events(EventQuery(limit=limit))


def test_cursor_gives_its_parts_back() -> None:
    cursor = cursor_of("2018-03-28", "A/é", "")
    assert read_cursor(cursor, 3) == ["2018-03-28", "A/é", ""]
    with pytest.raises(UnknownParameter, match="invalid cursor"):
        read_cursor(cursor, 2)


def test_day_and_number_of_a_cursor_are_checked() -> None:
    assert (day_of_cursor("2018-03-28"), number_of_cursor("42"), bounded(MOST)) == (date(2018, 3, 28), 42, 10_000)
    for read, text in ((day_of_cursor, "soon"), (number_of_cursor, "٤"), (number_of_cursor, "9" * 19)):
        with pytest.raises(UnknownParameter, match="invalid cursor"):
            read(text)  # type: ignore[operator]  # either of two functions
