"""Query strings: known names, days, moments, page sizes."""

from datetime import UTC, date, datetime

import pytest
from fastapi import Request

from app.errors import UnknownParameter
from app.web.server.query_string import MAX_PAGE_SIZE, parse_limit, parse_moment, read_day, read_moment, read_query


def request(query: str) -> Request:
    return Request({"type": "http", "query_string": query.encode(), "headers": []})


def test_read_query_splits_choice_and_other_parameters() -> None:
    choice, rest = read_query(request("kind=report&limit=%205%20&utm_source=mail"), "kind", "limit")
    assert ([kind.value for kind in choice.kinds], rest) == (["report"], {"limit": "5"})


@pytest.mark.parametrize(("query", "where"), [("colour=red", "query"), ("limit=1&limit=2", "limit")])
def test_read_query_unknown_or_repeated_is_refused(query: str, where: str) -> None:
    with pytest.raises(UnknownParameter) as refused:
        read_query(request(query), "limit")
    assert refused.value.where == where


def test_read_day_of_a_month_is_its_last() -> None:
    given = {"until": "2018-02"}
    assert (read_day(given, "until"), read_day(given, "from")) == (date(2018, 2, 28), None)


@pytest.mark.parametrize("value", ["2018-04-01", "2018-04-01T00:00:00Z", "2018-04-01T02:00:00 02:00"])
def test_parse_moment_of_day_and_offset_is_one_moment(value: str) -> None:
    assert parse_moment(value, "known") == datetime(2018, 4, 1, tzinfo=UTC)
    assert read_moment({}, "known") is None


@pytest.mark.parametrize("value", ["", "soon", "2018-13-01"])
def test_parse_moment_of_other_text_is_refused(value: str) -> None:
    with pytest.raises(UnknownParameter) as refused:
        parse_moment(value, "known")
    assert refused.value.where == "known"


def test_parse_limit_takes_one_to_the_most() -> None:
    assert [parse_limit(value) for value in ("1", str(MAX_PAGE_SIZE))] == [1, MAX_PAGE_SIZE]


@pytest.mark.parametrize("value", ["0", "-1", str(MAX_PAGE_SIZE + 1), "9" * 5000, "ten", "\u0661", ""])
def test_parse_limit_outside_is_refused(value: str) -> None:
    with pytest.raises(UnknownParameter):
        parse_limit(value)
