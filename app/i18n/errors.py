"""Errors in the reader's language, made from message ids and parameters."""

from __future__ import annotations

import json
from collections.abc import Mapping

from app.errors import Message, PlenaryError, join_line
from app.i18n.catalog import SOURCE, gettext


def translate_message(text: Message, language: str) -> str:
    """Return ``text`` in ``language`` with its parameters; English without a translation."""
    if language == SOURCE or not text:
        return str(text)
    return text.format(gettext(text.id, language))


def translate_error(error: PlenaryError, language: str) -> tuple[str, str]:
    """Return the message and the hint of ``error`` in ``language``."""
    return translate_message(error.message, language), translate_message(error.hint_message, language)


def translate_line(error: PlenaryError, language: str) -> str:
    """Return ``error`` on one line in ``language``: message, place and hint."""
    what, hint = translate_error(error, language)
    return join_line(what, error.where, hint)


def translate_payload(payload: Mapping[str, str], language: str) -> dict[str, str]:
    """Return a stored ``PlenaryError.payload`` with its message and hint in ``language``.

    A payload without messages is returned as it is: it was stored in English by an earlier version.
    """
    shown = {name: value for name, value in payload.items() if name != "messages"}
    if "messages" in payload:
        what, hint = (Message.from_json(value) for value in json.loads(payload["messages"]))
        shown |= {"what": translate_message(what, language), "hint": translate_message(hint, language)}
    return shown
