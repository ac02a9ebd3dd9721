import httpx
import pytest

from app.errors import DocumentError, TooLarge, UsageError
from app.fetch import fetch


def answer(request: httpx.Request) -> httpx.Response:
    if request.url.path == "/loop":
        return httpx.Response(302, headers={"Location": "/loop"})
    if request.url.path == "/calendar.ics":
        return httpx.Response(200, content=b"BEGIN:VCALENDAR\r\n")
    return httpx.Response(404)


NETWORK = httpx.MockTransport(answer)


def test_a_webcal_address_is_fetched_over_https() -> None:
    assert fetch("webcal://example.org/calendar.ics", transport=NETWORK) == b"BEGIN:VCALENDAR\r\n"


@pytest.mark.parametrize(
    ("address", "error", "line"),
    [
        ("https://example.org/none", DocumentError, "answered 404: https://example.org/none: check the address"),
        (
            "https://example.org/loop",
            DocumentError,
            "cannot be fetched (Exceeded maximum allowed redirects.): https://example.org/loop: check the address",
        ),
        ("file:///etc/passwd", UsageError, "not an address on the web: file:///etc/passwd: it begins with https://"),
    ],
)
def test_what_cannot_be_had_is_said_on_one_line(address: str, error: type[DocumentError], line: str) -> None:
    with pytest.raises(error) as caught:
        fetch(address, transport=NETWORK)
    assert caught.value.line() == line


def test_an_answer_beyond_the_bound_is_refused() -> None:
    with pytest.raises(TooLarge) as caught:
        fetch("https://example.org/calendar.ics", largest=4, transport=NETWORK)
    assert caught.value.line() == "more than 4 bytes: https://example.org/calendar.ics"
