"""Pages of the first years, printed in English and French side by side.

The lines of the other language are set aside.

Scans of such pages give the paragraphs of both columns one after the other. Only a text that holds the formula of the
other language is looked at; a line is foreign by its function words (articles, prepositions), never by its names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from app.documents.layout import Line, LineKind

_WORD: Final = re.compile(r"[^\W\d_]+")
_OTHER: Final = {"en": "fr", "fr": "en"}
_FORMULA: Final = {
    "fr": re.compile(
        r"^[^\S\n]*(?:Le Conseil économique et social|Le Conseil de sécurité|L['’]Assemblée générale)\b", re.M
    ),
    "en": re.compile(r"^[^\S\n]*The (?:Economic and Social Council|Security Council|General Assembly)\b", re.M),
}
_FUNCTION: Final = {
    "fr": frozenset(
        re.findall(
            r"\w+", "le la les du des un une et à au aux dans par pour sur que qui ce cette ces est sont en de d l"
        )
    ),
    "en": frozenset(
        re.findall(r"\w+", "the of and to in for by with on that this these its their shall which be is are from at")
    ),
}
_LEAST: Final = 3
_SHARE: Final = 3
"""So many times as many words of the other language as of the document's own."""


def mark_other_language(lines: Sequence[Line], text: str, language: str) -> None:
    """Mark the lines of ``text`` in the other language of a page as page furniture."""
    other = _OTHER.get(language)
    if other is None or not _FORMULA[other].search(text):
        return
    for line in lines:
        words = [word.lower() for word in _WORD.findall(line.text)]
        foreign = sum(word in _FUNCTION[other] for word in words)
        own = sum(word in _FUNCTION[language] for word in words)
        led = _FORMULA[other].match(line.text) is not None
        if line.kind is LineKind.BODY and (led or foreign >= _LEAST) and foreign >= _SHARE * own:
            line.kind = LineKind.PAGE
