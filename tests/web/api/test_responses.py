"""JSON answers and lists of the API."""

import json

from fastapi import Request

from app.web.api.responses import describe, json_response, list_response


def request(query: str) -> Request:
    return Request({
        "type": "http", "method": "GET", "path": "/api/v1/events", "query_string": query.encode(),
        "headers": [(b"host", b"test")], "scheme": "http", "server": ("test", 80), "root_path": "",
    })  # fmt: skip


def test_json_response_keeps_scripts_but_no_controls() -> None:
    response = json_response({"title": "裁军\u202e\ud800"}, 201)
    assert (response.status_code, response.headers["content-type"]) == (201, "application/json")
    assert bytes(response.body).decode() == '{"title":"裁军\\ud800"}'


def test_list_response_links_to_the_next_page() -> None:
    response = list_response(request("kind=report&next=old"), [{"uid": "a"}], "new")
    assert response.headers["link"] == '</api/v1/events?kind=report&next=new>; rel="next"'
    assert json.loads(bytes(response.body)) == {"items": [{"uid": "a"}], "next": "new"}


def test_list_response_of_the_last_page_has_no_link() -> None:
    response = list_response(request("next=old"), [], None, total=0)
    assert "link" not in response.headers
    assert json.loads(bytes(response.body)) == {"items": [], "next": None, "total": 0}


def test_describe_lists_the_refusals_of_a_route() -> None:
    plain = set(describe(None))
    assert plain == {200, 400, 429, 503, "default"}
    more = {name: set(describe(None, **{name: True})) - plain for name in ("token", "missing", "body")}
    assert more == {"token": {401, 403}, "missing": {404, 410}, "body": {413, 422}}
