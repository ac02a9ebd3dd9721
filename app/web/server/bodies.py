"""Request bodies: bounded, spooled to disk while they arrive, few large ones at once.

A form is parsed only once it has arrived: until then a slow or unfinished upload costs 64 KiB of memory and its bytes
on disk, whatever the parser would keep of it.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from tempfile import SpooledTemporaryFile
from typing import IO, Final

from starlette.types import Message, Receive

from app.errors import Overloaded, TooLarge, TooMany, message

SPOOL_BYTES: Final = 65_536
"""Bytes of a body kept in memory; a larger one is an upload, and goes to disk."""
MAX_UPLOADS: Final = 8
"""Uploads at once: with 21 MB each they fit the temporary folder of the container."""
MAX_UPLOADS_PER_CLIENT: Final = 2
RETRY_AFTER: Final = 10
"""Seconds after which a client should try again: about what an upload takes."""


class SpooledBody:
    """The body of one request, read whole when the application first asks for it."""

    def __init__(self, receive: Receive, max_bytes: int, uploads: Counter[str], client: str) -> None:
        self._receive = receive
        self._max_bytes = max_bytes
        self._uploads = uploads
        self._client = client
        self._file: IO[bytes] | None = None
        self._left = 0
        self._is_upload = False
        self._complete = False

    async def receive(self) -> Message:
        """Return the next part of the body.

        Raises TooLarge, Overloaded and TooMany, which the application answers.
        """
        if self._file is None:
            if not await self._spool():
                return {"type": "http.disconnect"}
        elif not self._left:
            return await self._receive()  # the client leaving, which long answers wait for
        # Parsing large bodies must not hold up the loop for longer than a part takes.
        await asyncio.sleep(0)
        assert self._file is not None  # noqa: S101  # _spool opened it
        part = self._file.read(SPOOL_BYTES)
        self._left -= len(part)
        return {"type": "http.request", "body": part, "more_body": self._left > 0}

    async def _spool(self) -> bool:
        """Read the whole body; return whether the client stayed."""
        spool: IO[bytes] = SpooledTemporaryFile(max_size=SPOOL_BYTES)  # noqa: SIM115  # closed with the request
        self._file = spool
        more = True
        while more:
            part = await self._receive()
            if part["type"] == "http.disconnect":
                return False
            data = part.get("body", b"")
            self._left += len(data)
            if self._left > self._max_bytes:
                raise TooLarge(
                    message("the request body is too large"),
                    where="body",
                    hint=message("send at most {most} bytes", most=f"{self._max_bytes:,}"),
                )
            if self._left > SPOOL_BYTES and not self._is_upload:
                self._begin_upload()
            spool.write(data)
            more = part.get("more_body", False)
        spool.seek(0)
        return True

    def _begin_upload(self) -> None:
        if self._client and self._uploads[self._client] >= MAX_UPLOADS_PER_CLIENT:
            raise TooMany(
                message("too much work of this address is under way"),
                where="body",
                hint=message("try again"),
                after=RETRY_AFTER,
            )
        if self._uploads.total() >= MAX_UPLOADS:
            raise Overloaded(
                message("too much work is waiting"), where="body", hint=message("try again"), after=RETRY_AFTER
            )
        self._is_upload = True
        self._uploads[self._client] += 1

    def close(self) -> None:
        """Delete the spooled bytes and free the place."""
        if self._file is not None:
            self._file.close()
        if self._is_upload:
            self._uploads[self._client] -= 1
            if not self._uploads[self._client]:
                del self._uploads[self._client]
