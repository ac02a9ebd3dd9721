"""Options of the command line as values: a wrong one is a UsageError that names it."""

from __future__ import annotations

from datetime import UTC, date, datetime

from app.documents import parse_symbol
from app.errors import PlenaryError, UsageError, message
from app.model import Symbol


def day_of(text: str | None, option: str) -> date | None:
    """Return the day that ``option`` gives, None without it. Raises UsageError."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(
            message("invalid date {text}", text=repr(text)), where=option, hint=message("write it as 2018-04-01")
        ) from error


def moment_of(text: str | None, option: str) -> datetime | None:
    """Return the moment that ``option`` gives, in UTC by default. Raises UsageError."""
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(
            message("invalid timestamp {text}", text=repr(text)),
            where=option,
            hint=message("write it as 2018-04-01T12:00:00Z"),
        ) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def symbol_of(text: str | None, option: str = "--symbol") -> Symbol | None:
    """Return the document symbol that ``option`` gives. Raises UsageError."""
    if text is None:
        return None
    try:
        return parse_symbol(text)
    except PlenaryError as error:
        raise UsageError(error.message, where=option, hint=error.hint_message) from error
