"""Documents of unknown origin read in a process of their own, which can be stopped whatever it is doing.

Libraries that read PDF, DOCX and HTML are large, partly in C, and not safe in threads: one page can keep pdfium busy
for hours, or fill the memory, and no exception gets in. So each document is read by a process that may take so much
memory and time and no more, and is ended when it does; the error that follows is an ordinary one. Processes are kept
warm and reused; each reads one document at a time.
"""

from __future__ import annotations

import atexit
import json
import logging
import os
import selectors
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

from app.documents.extracted import ExtractedText
from app.errors import DocumentError, Message, TooLarge, message
from app.model import DocumentWarning, WarningCode

_FRAME_HEAD: Final = 13
_SERVED: Final = 500
"""A process that has read so many documents, or grown so large, is not used again."""
_GROWN_KIB: Final = 400_000
_KEPT: Final = 4
"""So many idle processes are kept."""
_BLOCK: Final = 1 << 16
_HINT: Final = message("save it again in its original program, or give its text")
_CODE: Final = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from app.documents.sandbox_worker import main; main()"
)

_log = logging.getLogger(__name__)


class _ProcessDied(Exception):
    """The process ended before it answered."""


class _TimedOut(Exception):
    """The process did not answer in time."""


class SandboxProcess:
    """One reading process."""

    def __init__(self) -> None:
        kept = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "SYSTEMROOT", "TMPDIR")
        self.process = subprocess.Popen(  # noqa: S603 (our own code, by our own interpreter)
            [sys.executable, "-I", "-S", "-c", _CODE, json.dumps([path for path in sys.path if path])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={name: value for name, value in os.environ.items() if name in kept},
            start_new_session=True,  # an interrupt from the terminal is for the one who asked, who then ends this
        )
        self.served = 0
        self.memory = 0
        self.page = ""
        self.warnings: tuple[DocumentWarning, ...] = ()

    def ask(self, request: bytes, until: float) -> tuple[bytes, bytes]:
        """The last frame that answers ``request``: its letter and content. Raises _Gone, _Late."""
        self.page = ""
        self.warnings = ()
        self.served += 1
        with selectors.DefaultSelector() as selector:
            stdin, stdout = self.process.stdin, self.process.stdout
            if stdin is None or stdout is None:
                raise _ProcessDied
            os.set_blocking(stdin.fileno(), False)
            selector.register(stdin.fileno(), selectors.EVENT_WRITE)
            selector.register(stdout.fileno(), selectors.EVENT_READ)
            left, seen = memoryview(request), bytearray()
            while True:
                events = selector.select(max(0.0, until - time.monotonic()))
                if not events and time.monotonic() >= until:
                    raise _TimedOut
                for key, _ in events:
                    try:
                        if key.fd == stdin.fileno():
                            left = left[os.write(key.fd, left[:_BLOCK]) :]
                            if not left:
                                selector.unregister(key.fd)
                            continue
                        block = os.read(key.fd, _BLOCK)
                    except BrokenPipeError as error:
                        raise _ProcessDied from error
                    if not block:
                        raise _ProcessDied
                    seen += block
                    if (answer := self._framed(seen)) is not None:
                        return answer

    def _framed(self, seen: bytearray) -> tuple[bytes, bytes] | None:
        """Takes the whole frames off ``seen``: pages are noted, anything else is the answer."""
        while len(seen) >= _FRAME_HEAD:
            length = int.from_bytes(seen[5:_FRAME_HEAD])
            if len(seen) < _FRAME_HEAD + length:
                return None
            letter, content = bytes(seen[:1]), bytes(seen[_FRAME_HEAD : _FRAME_HEAD + length])
            self.memory = int.from_bytes(seen[1:5])
            del seen[: _FRAME_HEAD + length]
            if letter == b"P":
                self.page = content.decode()
            elif letter == b"W":
                found = json.loads(content)
                self.warnings = tuple(DocumentWarning(WarningCode(code), str(detail)) for code, detail in found)
            else:
                return letter, content
        return None

    @property
    def fresh(self) -> bool:
        """Whether it can be used again."""
        return self.served < _SERVED and self.memory < _GROWN_KIB and self.process.poll() is None

    def end(self) -> None:
        """End the process now, and let its pipes go."""
        with suppress(OSError):
            self.process.kill()
        self.process.wait()
        self.forget()

    def forget(self) -> None:
        """Let the pipes go; the process, if it still waits for requests, ends."""
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()


class SandboxPool:
    """The idle processes of this process, and how many may read at a time."""

    def __init__(self) -> None:
        self.idle: deque[SandboxProcess] = deque()
        self.room = threading.BoundedSemaphore(max(2, os.cpu_count() or 1))

    @contextmanager
    def one(self) -> Iterator[SandboxProcess]:
        """A process to read one document; ended if anything goes wrong meanwhile."""
        with self.room:
            cell = self._idle() or SandboxProcess()
            try:
                yield cell
            except BaseException:
                cell.end()
                raise
            if cell.fresh and len(self.idle) < _KEPT:
                self.idle.append(cell)
            else:
                cell.end()

    def _idle(self) -> SandboxProcess | None:
        while True:
            try:
                cell = self.idle.pop()
            except IndexError:
                return None
            if cell.fresh:
                return cell
            cell.end()

    def close(self) -> None:
        """End every idle process."""
        while self.idle:
            self.idle.pop().end()


_cells: SandboxPool | None = None
_making = threading.Lock()


def _all() -> SandboxPool:
    global _cells  # noqa: PLW0603 (made on first use, once a process)
    with _making:
        if _cells is None:
            _cells = SandboxPool()
            atexit.register(close)
            if hasattr(os, "register_at_fork"):
                os.register_at_fork(after_in_child=_after_fork)
        return _cells


def _after_fork() -> None:
    """In a forked child: the reading processes are the parent's; what the child holds of them is let go."""
    global _cells, _making  # noqa: PLW0603 (a lock held at the fork would never be released)
    _making = threading.Lock()
    if _cells is not None:
        for cell in _cells.idle:
            cell.forget()
            cell.process.returncode = 0  # not ours to wait for
        _cells = SandboxPool()


def close() -> None:
    """End the idle reading processes; the next document starts one anew."""
    if _cells is not None:
        _cells.close()


def read_in_sandbox(
    kind: str, source: bytes, *, name: str, size: int, pages: int, seconds: float, memory: int
) -> ExtractedText | None:
    """The text of a ``kind`` (pdf, docx, html) document, read in another process; None where none can be started.

    ``seconds`` is of the clock on the wall, ``memory`` the bytes of address space that the process may have. Raises
    DocumentError as the readers do, and where the document breaks its reader; TooLarge beyond ``seconds``, ``memory``.
    """
    asked = {
        "kind": kind, "length": len(source), "size": size, "pages": pages, "seconds": seconds, "memory": memory,
    }  # fmt: skip
    cell: SandboxProcess | None = None
    try:
        with _all().one() as cell:
            letter, content = cell.ask(json.dumps(asked).encode() + b"\n" + source, time.monotonic() + seconds)
    except _TimedOut as error:
        where = _where(name, f"page {cell.page}" if cell and cell.page else "")
        raise TooLarge(
            message("reading the document took more than {seconds} seconds", seconds=f"{seconds:g}"),
            where=where,
            hint=_HINT,
        ) from error
    except _ProcessDied as error:
        where = _where(name, f"page {cell.page}" if cell and cell.page else "")
        raise DocumentError(message("the parser crashed on this document"), where=where, hint=_HINT) from error
    except OSError as error:
        _log.warning("no process to read documents in (%s); they are read in this one", error)
        return None
    if letter == b"T":
        return ExtractedText(content.decode(), cell.warnings)
    said = json.loads(content)
    if said.get("memory"):
        what = message("reading the document takes more than {memory} bytes of memory", memory=f"{memory:,}")
        raise TooLarge(what, where=_where(name, f"page {cell.page}" if cell.page else ""), hint=_HINT)
    if not said:
        raise DocumentError(message("the parser crashed on this document"), where=name, hint=_HINT)
    raised = TooLarge if said["large"] else DocumentError
    what, hint = Message.from_json(said["what"]), Message.from_json(said["hint"])
    raise raised(what, where=_where(name, said["where"]), hint=hint)


def _where(name: str, place: str) -> str:
    return ": ".join(part for part in (name, place) if part)
