"""One expression of time over the API."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest

Get = Callable[..., httpx.Response]


@pytest.mark.parametrize(
    ("lang", "text", "adopted", "start", "end"),
    [
        ("en", "at its seventy-third session", "2017-12-24", "2018-09-18", "2019-09-16"),
        ("fr", "à sa soixante-treizième session", "2017-12-24", "2018-09-18", "2019-09-16"),
        ("es", "en su septuagésimo tercer período de sesiones", "2017-12-24", "2018-09-18", "2019-09-16"),
        ("ru", "на ее семьдесят третьей сессии", "2017-12-24", "2018-09-18", "2019-09-16"),
        ("zh", "在第七十三届会议上", "2017-12-24", "2018-09-18", "2019-09-16"),
        ("ar", "في دورتها الثالثة والسبعين", "2017-12-24", "2018-09-18", "2019-09-16"),
        ("en", "by 30 June 2019", "2018-12-20", None, "2019-06-30"),
        ("en", "within sixty days of the adoption of the present resolution", "2018-12-20", "2019-02-18", "2019-02-18"),
    ],
)
def test_expression_resolves_to_days(get: Get, lang: str, text: str, adopted: str, start: str, end: str) -> None:
    answer = get("/api/v1/resolve", params={"text": text, "lang": lang, "adopted": adopted}).json()
    assert (answer["start"], answer["end"]) == (start, end)
    assert answer["arithmetic"]


def test_offset_from_a_session_resolves(get: Get) -> None:
    text = "no later than ninety days before its eighty-third session"
    answer = get("/api/v1/resolve", params={"text": text, "adopted": "2026-12-01"}).json()
    assert (answer["end"], answer["certainty"]) == ("2028-06-07", "forecast")


def test_notation_resolves_to_days(get: Get) -> None:
    answer = get("/api/v1/resolve?when=GA73").json()
    assert (answer["start"], answer["end"], answer["certainty"]) == ("2018-09-18", "2019-09-16", "window")


@pytest.mark.parametrize(
    ("query", "status", "where"),
    [("", 400, "text"), ("text=a&when=GA73", 400, "text"), ("when=soon", 400, "when"), ("text=soon", 422, "text"),
     ("text=in+2019&body=nobody", 400, "body")],
)  # fmt: skip
def test_what_is_no_time_is_refused(get: Get, query: str, status: int, where: str) -> None:
    answer = get(f"/api/v1/resolve?{query}")
    assert (answer.status_code, answer.json()["where"]) == (status, where)
