"""Logs: a line a record, JSON where no person looks at a terminal; no addresses, no queries, no tokens.

What is logged of a request is its id, method, route template, status and time. The path itself may hold the token of a
subscription, the query what a person looked for, and the peer is that person: none of them is written anywhere.
"""

from __future__ import annotations

import json
import logging
import re
import sys
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, Final

REQUEST: Final[ContextVar[str]] = ContextVar("request", default="")
"""The id of the request being answered, empty outside one."""
_FIELDS: Final = ("method", "route", "status", "ms")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def _single(text: str) -> str:
    """Return ``text`` on one line, with control characters as escapes."""
    return _CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", text)


class Lines(logging.Formatter):
    """Plain lines for people: time, level, request, words; a traceback keeps its lines."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as a line."""
        moment = datetime.fromtimestamp(record.created, UTC).strftime("%H:%M:%S")
        asked = REQUEST.get()
        line = " ".join([moment, record.levelname.lower(), *([asked] if asked else []), _single(record.getMessage())])
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


class JsonLines(logging.Formatter):
    """JSON Lines for machines; times in UTC, RFC 3339."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as a JSON object on one line."""
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        entry: dict[str, object] = {
            "time": moment.replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            "pid": record.process,
        }
        if asked := REQUEST.get():
            entry["request"] = asked
        entry |= {name: value for name in _FIELDS if (value := getattr(record, name, None)) is not None}
        if record.exc_info:
            entry["traceback"] = self.formatException(record.exc_info)
        return json.dumps(entry)


def configuration(level: str, form: str) -> dict[str, Any]:
    """Return the configuration for ``logging.config.dictConfig``.

    ``form`` is ``json``, ``text`` or ``auto`` (by standard error).
    """
    plain = form == "text" or (form == "auto" and sys.stderr.isatty())
    kind = Lines if plain else JsonLines
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": f"{kind.__module__}.{kind.__qualname__}"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"level": level, "handlers": ["stderr"]},
        # At INFO these log every address they fetch, every step of a migration; DBOS also points to its console.
        "loggers": {name: {"level": "WARNING"} for name in ("httpx", "httpcore", "alembic", "dbos")},
    }
