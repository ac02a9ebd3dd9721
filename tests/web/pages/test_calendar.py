"""The calendar's views: month, year, list."""

from collections.abc import Callable

import httpx
import pytest

from tests.web.standing import PLENARY


@pytest.mark.parametrize("month", ["2018-09", "2027-09"])
def test_calendar_month_links_the_yearly_event(get: Callable[..., httpx.Response], month: str) -> None:
    answer = get(f"/calendar?month={month}")
    assert (answer.status_code, f"/events/{PLENARY.uid}" in answer.text) == (200, True)


@pytest.mark.parametrize("query", ["month=soon", "colour=red"])
def test_calendar_malformed_query_is_refused(get: Callable[..., httpx.Response], query: str) -> None:
    assert get(f"/calendar?{query}").status_code == 400
