"""A pool of processes that read documents of unknown origin, with bounds on time and memory.

Libraries that read PDF, DOCX and HTML are large, partly in C, and not safe in threads: one page can keep pdfium busy
for hours or fill the memory, and no exception interrupts it. Each document is read by a process that is killed at its
bound of time or memory; the caller gets an ordinary error. Processes are reused; each reads one document at a time.

The pool is our own because pebble and ``concurrent.futures`` return results by pickle: a process whose C libraries a
document has taken over could run code in this one. They also hand the child the whole environment, secrets included,
fix the memory bound for all tasks, and do not tell which page was being read when the time ran out. Here the child
gets six variables and answers in frames of bytes and JSON.
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

_FRAME_HEADER_SIZE: Final = 13
_MAX_DOCUMENTS: Final = 500
"""A process that has read so many documents, or grown beyond the next bound, is not used again."""
_MAX_RESIDENT_KIB: Final = 400_000
_MAX_IDLE: Final = 4
"""Idle processes that are kept for the next documents."""
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
            start_new_session=True,  # an interrupt from the terminal is for the caller, which then kills this one
        )
        self.served = 0
        self.memory = 0
        self.page = ""
        self.warnings: tuple[DocumentWarning, ...] = ()

    def request(self, message: bytes, until: float) -> tuple[bytes, bytes]:
        """Return the letter and content of the frame that answers ``message``.

        Raises _ProcessDied, and _TimedOut at ``until`` (monotonic clock, in seconds).
        """
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
            left, seen = memoryview(message), bytearray()
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
                    if (answer := self._take_frames(seen)) is not None:
                        return answer

    def _take_frames(self, seen: bytearray) -> tuple[bytes, bytes] | None:
        """Take whole frames off ``seen``; keep pages and warnings, return any other as the answer."""
        while len(seen) >= _FRAME_HEADER_SIZE:
            length = int.from_bytes(seen[5:_FRAME_HEADER_SIZE])
            if len(seen) < _FRAME_HEADER_SIZE + length:
                return None
            letter, content = bytes(seen[:1]), bytes(seen[_FRAME_HEADER_SIZE : _FRAME_HEADER_SIZE + length])
            self.memory = int.from_bytes(seen[1:5])
            del seen[: _FRAME_HEADER_SIZE + length]
            if letter == b"P":
                self.page = content.decode()
            elif letter == b"W":
                found = json.loads(content)
                self.warnings = tuple(DocumentWarning(WarningCode(code), str(detail)) for code, detail in found)
            else:
                return letter, content
        return None

    @property
    def is_reusable(self) -> bool:
        """Whether it can read another document."""
        return self.served < _MAX_DOCUMENTS and self.memory < _MAX_RESIDENT_KIB and self.process.poll() is None

    def kill(self) -> None:
        """Kill the process and close its pipes."""
        with suppress(OSError):
            self.process.kill()
        self.process.wait()
        self.close_pipes()

    def close_pipes(self) -> None:
        """Close the pipes; a process that waits for requests ends."""
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()


class SandboxPool:
    """The idle sandbox processes, and the number that may read at a time."""

    def __init__(self) -> None:
        self.idle: deque[SandboxProcess] = deque()
        self.slots = threading.BoundedSemaphore(max(2, os.cpu_count() or 1))

    @contextmanager
    def acquire(self) -> Iterator[SandboxProcess]:
        """Lend a process to read one document; kill it if anything fails meanwhile."""
        with self.slots:
            process = self._idle() or SandboxProcess()
            try:
                yield process
            except BaseException:
                process.kill()
                raise
            if process.is_reusable and len(self.idle) < _MAX_IDLE:
                self.idle.append(process)
            else:
                process.kill()

    def _idle(self) -> SandboxProcess | None:
        while True:
            try:
                process = self.idle.pop()
            except IndexError:
                return None
            if process.is_reusable:
                return process
            process.kill()

    def close(self) -> None:
        """Kill every idle process."""
        while self.idle:
            self.idle.pop().kill()


_pool: SandboxPool | None = None
_pool_lock = threading.Lock()


def get_pool() -> SandboxPool:
    """Return the pool of this process, made on first use."""
    global _pool  # noqa: PLW0603 (made on first use, once a process)
    with _pool_lock:
        if _pool is None:
            _pool = SandboxPool()
            atexit.register(close)
            if hasattr(os, "register_at_fork"):
                os.register_at_fork(after_in_child=_after_fork)
        return _pool


def _after_fork() -> None:
    """Drop what a forked child holds of the processes: they are its parent's."""
    global _pool, _pool_lock  # noqa: PLW0603 (a lock held at the fork would never be released)
    _pool_lock = threading.Lock()
    if _pool is not None:
        for process in _pool.idle:
            process.close_pipes()
            process.process.returncode = 0  # not ours to wait for
        _pool = SandboxPool()


def close() -> None:
    """Kill the idle processes; the next document starts another."""
    if _pool is not None:
        _pool.close()


def read_in_sandbox(
    kind: str, source: bytes, *, name: str, size: int, pages: int, seconds: float, memory: int
) -> ExtractedText | None:
    """Return the text of a pdf, docx or html document; None if no process can be started.

    ``seconds`` is of the clock on the wall, ``memory`` the bytes of address space that the process may have. Raises
    DocumentError as the readers do, and where the document breaks its reader; TooLarge beyond ``seconds``, ``memory``.
    """
    task = {
        "kind": kind, "length": len(source), "size": size, "pages": pages, "seconds": seconds, "memory": memory,
    }  # fmt: skip
    process: SandboxProcess | None = None
    try:
        with get_pool().acquire() as process:
            letter, content = process.request(json.dumps(task).encode() + b"\n" + source, time.monotonic() + seconds)
    except _TimedOut as error:
        where = _where(name, f"page {process.page}" if process and process.page else "")
        raise TooLarge(
            message("reading the document took more than {seconds} seconds", seconds=f"{seconds:g}"),
            where=where,
            hint=_HINT,
        ) from error
    except _ProcessDied as error:
        where = _where(name, f"page {process.page}" if process and process.page else "")
        raise DocumentError(message("the parser crashed on this document"), where=where, hint=_HINT) from error
    except OSError as error:
        _log.warning("no process to read documents in (%s); they are read in this one", error)
        return None
    if letter == b"T":
        return ExtractedText(content.decode(), process.warnings)
    failure = json.loads(content)
    if failure.get("memory"):
        what = message("reading the document takes more than {memory} bytes of memory", memory=f"{memory:,}")
        raise TooLarge(what, where=_where(name, f"page {process.page}" if process.page else ""), hint=_HINT)
    if not failure:
        raise DocumentError(message("the parser crashed on this document"), where=name, hint=_HINT)
    raised = TooLarge if failure["large"] else DocumentError
    what, hint = Message.from_json(failure["what"]), Message.from_json(failure["hint"])
    raise raised(what, where=_where(name, failure["where"]), hint=hint)


def _where(name: str, place: str) -> str:
    return ": ".join(part for part in (name, place) if part)
