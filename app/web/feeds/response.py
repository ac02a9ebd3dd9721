"""A finished feed as it goes over the wire: bytes, entity tags, and the headers of each of its variants."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass, field
from email.utils import formatdate
from enum import IntEnum
from typing import Final

from app.web.server.http_headers import matches, takes_gzip

CACHE_CONTROL: Final = "public, max-age=60, stale-while-revalidate=600, stale-if-error=604800"
LARGE_FEED: Final = 900_000
"""Bytes from which a feed is near the 1 MB that some programs read (Google Calendar's bound), and says so."""
MIN_GZIP: Final = 1024
"""Bytes below which a body is sent uncompressed."""
_OVERHEAD: Final = 4096
"""Bytes that the headers of all variants take (measured, rounded up)."""

Headers = list[tuple[bytes, bytes]]


class Variant(IntEnum):
    """What is sent of a feed: its bytes, its gzip form, or only that either is unchanged."""

    IDENTITY = 0
    GZIP = 1
    NOT_MODIFIED = 2
    NOT_MODIFIED_GZIP = 3


STATUS: Final = (200, 200, 304, 304)
"""The status of each variant."""
_STATUS_LINES: Final = (*(2 * (b"HTTP/1.1 200 OK\r\n",)), *(2 * (b"HTTP/1.1 304 Not Modified\r\n",)))


@dataclass(slots=True, eq=False)
class FeedResponse:
    """A finished feed with the headers of its variants.

    Headers are sent as they are, never changed. The gzip form is absent until ``compress`` was called.
    """

    body: bytes
    etag: bytes
    gzip_etag: bytes
    last_modified: bytes
    base_headers: Headers
    headers: list[Headers]
    gzipped: bytes | None = None
    heads: list[bytes] = field(default_factory=lambda: [b""] * len(Variant))
    """Status line and headers of each variant as they go over the wire, made when first sent so."""

    @property
    def size(self) -> int:
        """The bytes held."""
        return len(self.body) + len(self.gzipped or b"") + _OVERHEAD

    def negotiate(
        self, if_none_match: bytes, if_modified_since: bytes, accept_encoding: bytes, agent: bytes
    ) -> Variant:
        """Return what to send for these request headers (empty where absent)."""
        gzipped = bool(accept_encoding) and len(self.body) >= MIN_GZIP and takes_gzip(accept_encoding, agent)
        if if_none_match:
            etag = self.gzip_etag if gzipped else self.etag
            if if_none_match == etag or matches(if_none_match, etag):
                return Variant.NOT_MODIFIED_GZIP if gzipped else Variant.NOT_MODIFIED
        # A date counts only without a tag (RFC 9110, 13.1.3), and must be the very date that was sent, as in nginx.
        elif if_modified_since and if_modified_since == self.last_modified:
            return Variant.NOT_MODIFIED_GZIP if gzipped else Variant.NOT_MODIFIED
        return Variant.GZIP if gzipped else Variant.IDENTITY

    def content(self, variant: Variant) -> bytes:
        """Return the body of a variant."""
        if variant is Variant.IDENTITY:
            return self.body
        return (self.gzipped or b"") if variant is Variant.GZIP else b""

    def head(self, variant: Variant) -> bytes:
        """Return status line and headers of a variant.

        The Date and the empty line are still to come.
        """
        head = self.heads[variant]
        if not head:
            lines = [name + b": " + value + b"\r\n" for name, value in self.headers[variant]]
            head = self.heads[variant] = _STATUS_LINES[variant] + b"".join(lines)
        return head

    def compress(self) -> None:
        """Make the gzip form: the same bytes for the same body, whenever it is made."""
        gzipped = gzip.compress(self.body, 6, mtime=0)
        self.headers[Variant.GZIP] = [
            *self.base_headers,
            (b"content-length", str(len(gzipped)).encode()),
            (b"content-encoding", b"gzip"),
            (b"etag", self.gzip_etag),
        ]
        self.gzipped = gzipped


def digest_of(body: bytes) -> bytes:
    """Return the digest that entity tags are made of.

    Of megabytes it takes milliseconds, without the GIL.
    """
    return hashlib.sha256(body).hexdigest()[:32].encode()


def build_response(
    body: bytes, digest: bytes, media_type: str, filename: str, modified: float, described_by: str = ""
) -> FeedResponse:
    """Return the response that carries ``body``, whose ``digest_of`` is given.

    ``modified`` is in seconds since 1970; ``described_by`` is the address of the feed's description.
    """
    etag, gzip_etag = b'"' + digest + b'"', b'"' + digest + b'-gzip"'
    last_modified = formatdate(modified, usegmt=True).encode()
    shared: Headers = [
        (b"cache-control", CACHE_CONTROL.encode()),
        (b"vary", b"Accept-Encoding"),
        (b"last-modified", last_modified),
        (b"access-control-allow-origin", b"*"),
        (b"access-control-expose-headers", b"ETag, Last-Modified"),
    ]
    base: Headers = [
        *shared,
        (b"content-type", media_type.encode()),
        (b"content-disposition", f'inline; filename="{filename}"'.encode("ascii", "replace")),
        (b"x-content-type-options", b"nosniff"),
    ]
    if described_by:
        base.append(
            (b"link", f'<{described_by}>; rel="describedby"; type="application/json"'.encode("ascii", "replace"))
        )
    if described_by and len(body) >= LARGE_FEED:
        base.append((b"plenary-notice", b"large; see the link describedby for feeds of a year each"))
    return FeedResponse(
        body=body,
        etag=etag,
        gzip_etag=gzip_etag,
        last_modified=last_modified,
        base_headers=base,
        headers=[
            [*base, (b"content-length", str(len(body)).encode()), (b"etag", etag)],
            [],
            [*shared, (b"etag", etag)],
            [*shared, (b"etag", gzip_etag)],
        ],
    )
