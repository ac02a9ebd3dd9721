"""Options of the command line as values: a wrong one is a UsageError that names it."""

from __future__ import annotations

from datetime import UTC, date, datetime

from app.documents import parse_symbol
from app.errors import PlenaryError, UsageError, message
from app.model import Symbol


def day_of(text: str | None, option: str) -> date | None:
    """The day that ``option`` gives, or None where it was not given. Raises UsageError."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(
            message("invalid date {text}", text=repr(text)), where=option, hint=message("write it as 2018-04-01")
        ) from error


def moment_of(text: str | None, option: str) -> datetime | None:
    """The moment that ``option`` gives, UTC where it names no zone. Raises UsageError."""
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
    """The document symbol that ``option`` gives. Raises UsageError."""
    if text is None:
        return None
    try:
        return parse_symbol(text)
    except PlenaryError as error:
        raise UsageError(error.message, where=option, hint=error.hint_message) from error
