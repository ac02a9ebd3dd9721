"""Request headers: entity tags, encodings, media types."""

import pytest

from app.web.server.http_headers import matches, preferred, takes_gzip, wants_page

OFFERED = (("json", "application/json"), ("html", "text/html; charset=utf-8"))


@pytest.mark.parametrize(
    ("condition", "matched"),
    [
        (b'"a"', True),
        (b'W/"a"', True),
        (b'"b", W/"a"', True),
        (b" * ", True),
        (b'"b"', False),
        (b"a", False),
        (b"", False),
        (b'"b",' * 3000 + b'"a"', False),
    ],
)
def test_matches_by_weak_comparison(condition: bytes, matched: bool) -> None:
    assert matches(condition, b'"a"') is matched


@pytest.mark.parametrize(
    ("accepted", "agent", "taken"),
    [
        (b"gzip", b"", True),
        (b"br, *", b"", True),
        (b"gzip;q=0", b"", False),
        (b"gzip;q=often", b"", False),
        (b"br", b"", False),
        (b"gzip", b"Microsoft Exchange/15", False),
        (b"gzip" + b" " * 600, b"", True),
    ],
)
def test_takes_gzip_by_weight_and_agent(accepted: bytes, agent: bytes, taken: bool) -> None:
    assert takes_gzip(accepted, agent) is taken


@pytest.mark.parametrize(
    ("accepted", "name"),
    [
        (b"", "json"),
        (b"*/*", "json"),
        (b"text/html", "html"),
        (b"text/*;q=0.9, application/json;q=0.8", "html"),
        (b"image/png", "json"),
    ],
)
def test_preferred_is_the_heaviest_offered(accepted: bytes, name: str) -> None:
    assert preferred(accepted, OFFERED) == name


def test_wants_page_only_of_who_prefers_it() -> None:
    fields = [[(b"accept", b"text/html,*/*;q=0.8")], [(b"accept", b"application/json")], []]
    assert [wants_page(field) for field in fields] == [True, False, False]
