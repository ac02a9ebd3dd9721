"""Actors, bodies and topics over the API."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest

Get = Callable[..., httpx.Response]


@pytest.mark.parametrize(
    ("path", "first"),
    [
        ("actors?q=secretary-general", {"slug": "secretary-general", "name": "Secretary-General", "count": 2}),
        ("bodies", {"slug": "general-assembly", "name": "General Assembly", "count": 5}),
        ("topics", {"slug": "nuclear-disarmament", "name": "nuclear disarmament", "count": 5}),
    ],
)
def test_values_of_filters_carry_counts(get: Get, path: str, first: dict[str, object]) -> None:
    assert get(f"/api/v1/{path}").json()["items"][0] == first


def test_values_of_filters_are_found_by_filters(get: Get) -> None:
    for path, name in (("actors", "actor"), ("bodies", "body"), ("topics", "topic")):
        for item in get(f"/api/v1/{path}?limit=3").json()["items"]:
            found = get(f"/api/v1/events?{name}={item['slug']}&counts=yes").json()["counts"]["total"]
            assert found == item["count"], item
