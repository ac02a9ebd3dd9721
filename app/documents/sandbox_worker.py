"""The inside of a reading process: documents come in on standard input, their texts go out; nothing else happens.

Started by ``app.documents.sandbox``, never imported by the rest.
A request is a line of JSON (kind, length, bounds) and the
document's bytes; the answers are frames of a letter, the process's greatest memory in KiB, a length and so many bytes:
``P`` the page being read, ``W`` warnings as JSON, ``T`` the text, ``E`` an error as JSON.
"""

from __future__ import annotations

import json
import os
import resource
import struct
import sys
from typing import BinaryIO

from app.documents.docx import read_docx
from app.documents.html import read_html
from app.documents.pdf import read_pdf
from app.errors import DocumentError, TooLarge

FRAME = struct.Struct("!cIQ")
"""The head of an answer."""
_SPARE = 2
"""Seconds of processor time beyond the bound of the task, after which the system ends the process."""


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer ``requests`` until they end."""

    def send(letter: bytes, content: bytes) -> None:
        answers.write(FRAME.pack(letter, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, len(content)) + content)
        answers.flush()

    while line := requests.readline():
        task = json.loads(line)
        _bound(task["memory"], task["seconds"])
        try:
            source = requests.read(task["length"])
            if task["kind"] == "pdf":
                found = read_pdf(
                    source,
                    pages=task["pages"],
                    seconds=task["seconds"],
                    progress=lambda number: send(b"P", str(number).encode()),
                )
            elif task["kind"] == "docx":
                found = read_docx(source, size=task["size"])
            else:
                found = read_html(source)
            warnings = [[warning.code.value, warning.detail] for warning in found.warnings]
            answer = found.text.encode("utf-8", "replace")
        except DocumentError as error:
            failure = {
                "large": isinstance(error, TooLarge),
                "what": error.message.to_json(),
                "where": error.where,
                "hint": error.hint_message.to_json(),
            }
            send(b"E", json.dumps(failure).encode())
        except MemoryError:
            send(b"E", b'{"memory": true}')
        except RecursionError:
            send(b"E", b"{}")
        else:
            if warnings:
                send(b"W", json.dumps(warnings).encode())
            send(b"T", answer)


def _bound(memory: int, seconds: float) -> None:
    """Limit this process from here on: memory, processor time, no files written, no core dump."""
    spent = resource.getrusage(resource.RUSAGE_SELF)
    until = int(spent.ru_utime + spent.ru_stime + seconds) + _SPARE
    for kind, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, until),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        hard = resource.getrlimit(kind)[1]
        try:
            resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
        except (ValueError, OSError):
            continue  # a system that does not know this bound keeps the others, and the clock outside


def main() -> None:
    """Serve on standard input and output; what libraries print goes to standard error."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    serve(sys.stdin.buffer, answers)
