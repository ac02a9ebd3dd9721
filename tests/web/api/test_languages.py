"""The languages that the API lists."""

from collections.abc import Callable

import httpx

from app.model import LANGUAGES


def test_languages_are_the_six(get: Callable[..., httpx.Response]) -> None:
    items = get("/api/v1/languages").json()["items"]
    assert {item["language"] for item in items} == set(LANGUAGES)


def test_languages_refuse_a_parameter(get: Callable[..., httpx.Response]) -> None:
    answer = get("/api/v1/languages?colour=red")
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
