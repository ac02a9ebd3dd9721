"""Text without the characters that break a line of a calendar, a page of XML or a log."""

from __future__ import annotations

import re
from typing import Final

from app.i18n.direction import strip_direction_controls

# Characters that no line of a calendar, a page of XML or a log may hold: controls but tab and line feed, the
# separators that some programs take for line ends, halves of surrogate pairs, and what is no character.
_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


def clean(text: str) -> str:
    """Return ``text`` with LF line ends and without characters that break a file.

    Controls that turn the direction of the words around a text are removed too.

    >>> clean("one\\r\\ntwo\\x00\\u202e")
    'one\\ntwo '
    """
    plain = strip_direction_controls(text.replace("\r\n", "\n").replace("\r", "\n"))
    return _UNPRINTABLE.sub(" ", plain)
