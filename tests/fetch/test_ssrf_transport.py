"""Transports to public addresses only, each looked up once."""

import httpx
import pytest

from app.fetch.ssrf_transport import PublicOnlyTransport


def answer(request: httpx.Request) -> httpx.Response:
    if request.url.path == "/loop":
        return httpx.Response(302, headers={"Location": "/loop"})
    if request.url.path == "/calendar.ics":
        return httpx.Response(200, content=b"BEGIN:VCALENDAR\r\n")
    return httpx.Response(404)


PUBLIC, INSIDE = ["93.184.215.14"], ["10.0.0.7"]


def test_what_was_looked_up_is_what_is_connected_to() -> None:
    seen: list[tuple[str, str, object]] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append((request.url.host, request.headers["host"], request.extensions["sni_hostname"]))
        return httpx.Response(204)

    asked: list[str] = []

    def find(host: str, port: int) -> list[str]:
        asked.append(f"{host}:{port}")
        # A name that stands for another address the next time it is looked up.
        return PUBLIC if len(asked) == 1 else INSIDE

    with httpx.Client(transport=PublicOnlyTransport(find=find, inner=httpx.MockTransport(answer))) as client:
        assert client.post("https://hook.example/x").status_code == 204
        with pytest.raises(httpx.ConnectError):
            client.post("https://hook.example/x")
    assert (seen, asked) == ([(PUBLIC[0], "hook.example", "hook.example")], ["hook.example:443"] * 2)


def test_transport_refuses_a_name_with_one_private_address() -> None:
    def answer(_request: httpx.Request) -> httpx.Response:
        raise AssertionError("no request may be sent")

    def find(_host: str, _port: int) -> list[str]:
        return [*PUBLIC, *INSIDE]

    with (
        httpx.Client(transport=PublicOnlyTransport(find=find, inner=httpx.MockTransport(answer))) as client,
        pytest.raises(httpx.ConnectError, match="is not a public address"),
    ):
        client.get("https://hook.example/")
