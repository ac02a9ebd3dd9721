"""A finished feed as it goes over the wire: its bytes, their tags, and the headers of each form of it."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from email.utils import formatdate
from enum import IntEnum
from typing import Final

from app.web.server.http_headers import matches, takes_gzip

CACHE_CONTROL: Final = "public, max-age=60, stale-while-revalidate=600, stale-if-error=604800"
NEAR: Final = 900_000
"""From this many bytes on a feed is near the 1 MB that some programs read (Google's), and says so."""

Fields = list[tuple[bytes, bytes]]


class Form(IntEnum):
    """What is sent of a feed: its bytes, its gzip form, or only that either is unchanged."""

    PLAIN = 0
    ZIPPED = 1
    SAME = 2
    SAME_ZIPPED = 3


STATUS: Final = (200, 200, 304, 304)
"""The status of each form."""
_LINES: Final = (b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\n", *(2 * (b"HTTP/1.1 304 Not Modified\r\n",)))
SMALLEST_GZIP: Final = 1024
"""Bodies below this many bytes are sent as they are."""


@dataclass(slots=True)
class Answer:
    """A finished feed, with the headers of its forms as ASGI has them and as they go over the wire.

    Lists of headers are sent as they are, never changed. The gzip form is made when it is first asked for.
    """

    body: bytes
    tag: bytes
    zipped_tag: bytes
    modified: bytes
    base: Fields
    fields: list[Fields]
    heads: list[bytes]
    zipped: bytes | None = None

    @property
    def size(self) -> int:
        """The bytes held."""
        return len(self.body) + len(self.zipped or b"") + 4096

    def form(self, condition: bytes, since: bytes, accepted: bytes, agent: bytes) -> Form:
        """What a client is to be sent, by its If-None-Match, If-Modified-Since, Accept-Encoding and User-Agent."""
        zipped = bool(accepted) and len(self.body) >= SMALLEST_GZIP and takes_gzip(accepted, agent)
        if condition:
            tag = self.zipped_tag if zipped else self.tag
            if condition == tag or matches(condition, tag):
                return Form.SAME_ZIPPED if zipped else Form.SAME
        # A date is only asked where no tag is given; it must be the very date that was sent, as nginx has it.
        elif since and since == self.modified:
            return Form.SAME_ZIPPED if zipped else Form.SAME
        return Form.ZIPPED if zipped else Form.PLAIN

    def part(self, form: Form) -> bytes:
        """The body of a form."""
        if form is Form.PLAIN:
            return self.body
        return (self.zipped or b"") if form is Form.ZIPPED else b""

    def compress(self) -> None:
        """Makes the gzip form: the same bytes for the same body, whenever it is made."""
        zipped = gzip.compress(self.body, 6, mtime=0)
        said = [
            *self.base,
            (b"content-length", str(len(zipped)).encode()),
            (b"content-encoding", b"gzip"),
            (b"etag", self.zipped_tag),
        ]
        self.fields[Form.ZIPPED], self.heads[Form.ZIPPED] = said, _head(Form.ZIPPED, said)
        self.zipped = zipped


def _head(form: Form, fields: Fields) -> bytes:
    """Status line and headers; the Date and the empty line are still to come."""
    return _LINES[form] + b"".join(name + b": " + value + b"\r\n" for name, value in fields)


def digest_of(body: bytes) -> bytes:
    """What tells a body from every other; of megabytes it takes milliseconds, in which other threads go on."""
    return hashlib.sha256(body).hexdigest()[:32].encode()


def make_answer(body: bytes, digest: bytes, media_type: str, filename: str, modified: float, about: str = "") -> Answer:
    """The answer that carries ``body``, whose ``digest_of`` is given.

    ``modified`` is in seconds since 1970; ``about`` is the address that tells of the feed.
    """
    tag, zipped_tag = b'"' + digest + b'"', b'"' + digest + b'-gzip"'
    when = formatdate(modified, usegmt=True).encode()
    shared: Fields = [
        (b"cache-control", CACHE_CONTROL.encode()),
        (b"vary", b"Accept-Encoding"),
        (b"last-modified", when),
        (b"access-control-allow-origin", b"*"),
        (b"access-control-expose-headers", b"ETag, Last-Modified"),
    ]
    base: Fields = [
        *shared,
        (b"content-type", media_type.encode()),
        (b"content-disposition", f'inline; filename="{filename}"'.encode("ascii", "replace")),
        (b"x-content-type-options", b"nosniff"),
    ]
    if about:
        base.append((b"link", f'<{about}>; rel="describedby"; type="application/json"'.encode("ascii", "replace")))
    if about and len(body) >= NEAR:
        base.append((b"plenary-notice", b"large; see the link describedby for feeds of a year each"))
    fields: list[Fields] = [
        [*base, (b"content-length", str(len(body)).encode()), (b"etag", tag)],
        [],
        [*shared, (b"etag", tag)],
        [*shared, (b"etag", zipped_tag)],
    ]
    return Answer(
        body=body,
        tag=tag,
        zipped_tag=zipped_tag,
        modified=when,
        base=base,
        fields=fields,
        heads=[_head(form, fields[form]) for form in Form],
    )
