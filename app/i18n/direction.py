"""Characters that change the direction of the text around them; a document's never reach an output."""

from __future__ import annotations

import re
from typing import Final

# Embeddings, overrides and isolates (UAX #9, 2.1 to 2.5). The marks U+200E, U+200F and U+061C act on themselves alone.
# A closed isolate that does not reverse (LRI or FSI … PDI) is kept: it protects what is around it, and symbols in
# Arabic lines need it.
_ISOLATES: Final = frozenset("\u2066\u2067\u2068")
_RELEASE: Final = "\u2069"
_CONTROLS: Final = re.compile("([\u2066\u2068][^\u202a-\u202e\u2066-\u2069]*\u2069)|[\u202a-\u202e\u2066-\u2069]")


def strip_direction_controls(text: str) -> str:
    """Return ``text`` without characters that could reverse or hide what follows them.

    >>> strip_direction_controls("report\\u202efdp.exe \\u2067a")
    'reportfdp.exe a'
    >>> strip_direction_controls("\\u2066A/RES/72/251\\u2069") == "\\u2066A/RES/72/251\\u2069"
    True
    """
    return _CONTROLS.sub(lambda found: found[1] or "", text)


def close_isolates(text: str) -> str:
    """Return a part of a longer text with its directional isolates balanced.

    Open isolates are closed at the end; a closing mark without an opening one is dropped.

    >>> close_isolates("\\u2068Rural wo…") == "\\u2068Rural wo…\\u2069"
    True
    >>> close_isolates("women\\u2069 in Utopia")
    'women in Utopia'
    """
    open_isolates, kept = 0, []
    for sign in text:
        if sign in _ISOLATES:
            open_isolates += 1
        elif sign == _RELEASE:
            if not open_isolates:
                continue
            open_isolates -= 1
        kept.append(sign)
    return "".join(kept) + _RELEASE * open_isolates
