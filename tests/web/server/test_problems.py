"""Errors as problem+json."""

import json

import pytest

from app.errors import UnknownParameter, message
from app.web.server.problems import ProblemResponse, encode, headers_of, language_of, of_error, problem, unexpected

ERROR = UnknownParameter(message("duplicate parameter {name}", name="limit"), where="limit")


def test_problem_leaves_out_empty_members() -> None:
    assert problem(404, "Not Found", where="/x") == {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "where": "/x",
    }


def test_of_error_type_is_a_tag_with_its_code() -> None:
    members = of_error(ERROR, "/api/v1/events")
    assert (members["type"], members["status"]) == (f"tag:plenary,2026:{ERROR.code}", ERROR.http_status)
    assert (members["detail"], members["where"]) == ("duplicate parameter limit", "limit")
    assert members["instance"] == "/api/v1/events"


def test_of_error_is_in_the_language_asked() -> None:
    english, french = (of_error(ERROR, language=language) for language in ("en", "fr"))
    assert french["type"] == english["type"]
    assert (french["title"] != english["title"], french["detail"] != english["detail"]) == (True, True)


@pytest.mark.parametrize(
    ("query", "accept", "language"),
    [("lang=ar", "fr", "ar"), ("lang=xx", "fr", "fr"), ("", "fr", "fr"), ("", "", "zh")],
)
def test_language_of_query_then_browser_then_default(query: str, accept: str, language: str) -> None:
    assert language_of(query, accept, "zh") == language


def test_encode_is_ascii_that_reads_back() -> None:
    assert encode({"detail": "裁军"}).isascii()
    assert json.loads(encode({"detail": "裁军"})) == {"detail": "裁军"}


def test_problem_response_has_status_and_media_type() -> None:
    response = ProblemResponse(unexpected("/x", "en"))
    assert (response.status_code, response.headers["content-type"]) == (500, "application/problem+json")
    assert ProblemResponse({"status": "odd"}).status_code == 500


def test_headers_of_a_plain_error_are_none() -> None:
    assert headers_of(ERROR) == {}
