"""Finished feeds: what is sent for which request headers."""

import gzip

import pytest

from app.web.feeds.response import LARGE_FEED, MIN_GZIP, STATUS, FeedResponse, Variant, build_response, digest_of


def response(body: bytes = b"x" * MIN_GZIP, described_by: str = "") -> FeedResponse:
    return build_response(body, b"d", "text/calendar", "a.ics", 0.0, described_by)


@pytest.mark.parametrize(
    ("condition", "since", "encoding", "variant"),
    [
        (b"", b"", b"", Variant.IDENTITY),
        (b"", b"", b"gzip", Variant.GZIP),
        (b'"d"', b"", b"", Variant.NOT_MODIFIED),
        (b'W/"d-gzip"', b"", b"gzip", Variant.NOT_MODIFIED_GZIP),
        (b'"other"', b"Thu, 01 Jan 1970 00:00:00 GMT", b"", Variant.IDENTITY),
        (b"", b"Thu, 01 Jan 1970 00:00:00 GMT", b"", Variant.NOT_MODIFIED),
        (b"", b"Fri, 02 Jan 1970 00:00:00 GMT", b"", Variant.IDENTITY),
    ],
)
def test_negotiate_follows_tag_then_date_and_encoding(
    condition: bytes, since: bytes, encoding: bytes, variant: Variant
) -> None:
    assert response().negotiate(condition, since, encoding, b"") is variant


def test_negotiate_small_body_is_never_compressed() -> None:
    assert response(b"x" * (MIN_GZIP - 1)).negotiate(b"", b"", b"gzip", b"") is Variant.IDENTITY


def test_compress_gives_the_same_body_and_its_headers() -> None:
    made = response()
    made.compress()
    sent = made.content(Variant.GZIP)
    assert gzip.decompress(sent) == made.body == made.content(Variant.IDENTITY)
    headers = dict(made.headers[Variant.GZIP])
    assert (headers[b"etag"], headers[b"content-length"]) == (b'"d-gzip"', str(len(sent)).encode())


def test_head_of_unchanged_feed_has_tag_but_no_length() -> None:
    head = response().head(Variant.NOT_MODIFIED).split(b"\r\n")
    assert (head[0], STATUS[Variant.NOT_MODIFIED]) == (b"HTTP/1.1 304 Not Modified", 304)
    assert b'etag: "d"' in head
    assert [line for line in head if line.startswith(b"content-")] == []


def test_build_response_large_described_feed_says_so() -> None:
    noticed = [
        b"plenary-notice" in dict(response(b"x" * size, address).base_headers)
        for size, address in ((LARGE_FEED, "/size"), (LARGE_FEED, ""), (LARGE_FEED - 1, "/size"))
    ]
    assert noticed == [True, False, False]


def test_digest_of_equal_bodies_is_equal() -> None:
    assert digest_of(b"a") == digest_of(b"a") != digest_of(b"b")
    assert len(digest_of(b"a")) == 32
