import httpx
import pytest

from app.errors import DocumentError, TooLarge, UsageError
from app.fetch import Library, fetch


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
        (
            "https://example.org/none",
            DocumentError,
            "the server answered 404: https://example.org/none: check the address",
        ),
        (
            "https://example.org/loop",
            DocumentError,
            "cannot be fetched (Exceeded maximum allowed redirects.): https://example.org/loop: check the address",
        ),
        (
            "file:///etc/passwd",
            UsageError,
            "invalid web address: file:///etc/passwd: use an address that begins with https://",
        ),
    ],
)
def test_what_cannot_be_had_is_said_on_one_line(address: str, error: type[DocumentError], line: str) -> None:
    with pytest.raises(error) as caught:
        fetch(address, transport=NETWORK)
    assert caught.value.line() == line


def test_an_answer_beyond_the_bound_is_refused() -> None:
    with pytest.raises(TooLarge) as caught:
        fetch("https://example.org/calendar.ics", largest=4, transport=NETWORK)
    assert caught.value.line() == "the document exceeds 4 bytes: https://example.org/calendar.ics"


# --- documents by symbol --------------------------------------------------------------------------------------------


class Network(httpx.BaseTransport):
    """Servers by host and port, each a list of answers given in turn, the last again and again."""

    def __init__(self, **servers: list[httpx.Response | Exception]) -> None:
        self.servers = {name.replace("_", "."): answers for name, answers in servers.items()}
        self.asked: list[str] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        host = request.headers["host"]
        self.asked.append(f"{host}{request.url.raw_path.decode()}")
        answers = self.servers[host]
        found = answers.pop(0) if len(answers) > 1 else answers[0]
        if isinstance(found, Exception):
            raise found
        return httpx.Response(found.status_code, headers=found.headers, content=found.content)


class Time:
    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        self.slept.append(seconds)


PUBLIC, INSIDE = ["93.184.215.14"], ["10.0.0.7"]

FOUND = httpx.Response(200, content=b"text")

BUSY = httpx.Response(503)


def library(network: Network, *servers: str, find: list[str] = PUBLIC) -> tuple[Library, Time]:
    clock = Time()
    made = Library(servers, network, lambda host, port: find, clock.sleep, lambda: clock.now, largest=1000)
    return made, clock


def test_a_document_is_asked_for_by_language_and_symbol() -> None:
    network = Network(docs_example=[FOUND])
    found, _ = library(network, "docs.example")
    assert found.get("S/RES/2334 (2016)", "fr") == b"text"
    assert network.asked == ["docs.example/fr/S/RES/2334%20(2016)"]


def test_a_busy_server_is_asked_again_later_and_later() -> None:
    wait = httpx.Response(429, headers={"retry-after": "7"})
    network = Network(docs_example=[BUSY, httpx.ConnectTimeout("slow"), wait, FOUND])
    found, clock = library(network, "docs.example")
    assert found.get("A/RES/72/251", "en") == b"text"
    assert clock.slept == [1.0, 2.0, 7.0]


def test_a_server_that_stays_busy_is_given_up_for_the_next() -> None:
    network = Network(one_example=[BUSY], two_example=[FOUND])
    found, _ = library(network, "one.example", "two.example")
    assert found.get("A/RES/72/251", "en") == b"text"
    assert [name.partition("/")[0] for name in network.asked] == ["one.example"] * 4 + ["two.example"]
    alone, _ = library(Network(one_example=[BUSY]), "one.example")
    with pytest.raises(DocumentError) as error:
        alone.get("A/RES/72/251", "en")
    assert error.value.what == "the server answered 503"


def test_requests_to_one_server_keep_a_distance() -> None:
    found, clock = library(Network(docs_example=[FOUND]), "docs.example")
    for _ in range(3):
        found.get("A/RES/72/251", "en")
    assert clock.slept == [1.0, 1.0]


@pytest.mark.parametrize(
    ("location", "what"),
    [
        ("https://evil.example/x", "redirected to a host that is not allowed"),
        ("http://docs.example/x", "redirected to a host that is not allowed"),
        ("https://docs.example:8443/x", "redirected to a host that is not allowed"),
        ("http://169.254.169.254/latest", "redirected to a host that is not allowed"),
        ("/en/again", "too many redirects"),
        ("https://[", "redirected to a host that is not allowed"),
    ],
)
def test_redirects_stay_within_the_list(location: str, what: str) -> None:
    network = Network(docs_example=[httpx.Response(302, headers={"location": location})])
    found, _ = library(network, "docs.example")
    with pytest.raises(DocumentError) as error:
        found.get("A/RES/72/251", "en")
    assert error.value.what == what
    assert {name.partition("/")[0] for name in network.asked} == {"docs.example"}


def test_a_redirect_within_the_list_is_followed() -> None:
    away = httpx.Response(302, headers={"location": "https://files.example/a.pdf"})
    network = Network(docs_example=[away], files_example=[FOUND])
    found, _ = library(network, "docs.example", "files.example")
    assert found.get("A/RES/72/251", "en") == b"text"
    assert network.asked[-1] == "files.example/a.pdf"


def test_a_name_that_stands_for_an_address_inside_is_not_asked() -> None:
    for addresses in (INSIDE, [*PUBLIC, *INSIDE], ["127.0.0.1"], ["::ffff:10.0.0.1"], ["fe80::1%eth0"], []):
        network = Network(docs_example=[FOUND])
        found, _ = library(network, "docs.example", find=addresses)
        with pytest.raises(DocumentError):
            found.get("A/RES/72/251", "en")
        assert network.asked == []


def test_an_origin_is_the_operators_word() -> None:
    network = Network(**{"127.0.0.1:8080": [FOUND]})
    found, _ = library(network, "http://127.0.0.1:8080", find=INSIDE)
    assert found.get("A/RES/72/251", "en") == b"text"


def test_the_bounds_of_a_fetched_document() -> None:
    found, _ = library(Network(docs_example=[httpx.Response(200, content=b"x" * 1001)]), "docs.example")
    with pytest.raises(TooLarge):
        found.get("A/RES/72/251", "en")
    with pytest.raises(UsageError):
        library(Network())[0].get("A/RES/72/251", "en")
