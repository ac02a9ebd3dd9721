"""The part of a lexicon that is about changing what was decided before: one pattern an action, typed and checked."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import re2

from app.errors import LexiconError
from app.languages.loader import location, raw
from app.languages.normalize import HAN, fold
from app.languages.phrases import phrases

ACTIONS: Final = ("postpone", "move", "cancel", "reinstate", "extend", "replace")
"""The actions of amendments that words of a text can ask for."""
UNDECIDED: Final = "undecided"
"""Words that say that the new date is left to a later decision."""
DECIDED: Final = "decided"
"""Words by which a decision, which tells of itself in the past, decides."""
MANDATE: Final = "mandate"
"""The noun whose owner is named beside it: "the mandate of the Panel"."""

KEYS: Final = (DECIDED, *ACTIONS, UNDECIDED, MANDATE)
"""What the section of a language holds."""
_WORDS_BETWEEN: Final = r"(?:[^\s.;:؛]+\s+){0,8}"
_SIGNS_BETWEEN: Final = "[^。；：\n]{0,16}"


@dataclass(frozen=True, slots=True)
class Amending:
    """The words of one language that change what was decided before."""

    language: str
    patterns: Mapping[str, Any]
    examples: Mapping[str, tuple[str, ...]]
    rejects: Mapping[str, tuple[str, ...]]

    def find(self, text: str) -> list[tuple[int, int, str]]:
        """Return the matches in ``text`` in order: start, end (exclusive) and key.

        Of overlapping matches only the longest is kept.
        """
        folded = fold(text)
        found = [
            (folded.place(match.start(1)), folded.place(match.end(1) - 1) + 1, key)
            for key, pattern in self.patterns.items()
            for match in pattern.finditer(folded.text)
        ]
        kept: list[tuple[int, int, str]] = []
        for one in sorted(found, key=lambda item: (item[0] - item[1], item[0])):
            if all(one[1] <= other[0] or other[1] <= one[0] for other in kept):
                kept.append(one)
        return sorted(kept)


def _pattern(wordings: tuple[str, ...]) -> Any:
    """Return one bounded pattern of whole words for phrases."""
    options = re2.Options()
    options.log_errors = False
    options.longest_match = True
    options.max_mem = 32 << 20
    parts = []
    for phrase in wordings:
        han = bool(HAN.search(phrase))
        words = [re.escape(word).replace(r"\*", r"[\pL\pN]*") for word in fold(phrase).text.split()]
        joined = (r"\s*" if han else r"\s+").join(words)
        gap = _SIGNS_BETWEEN if han else _WORDS_BETWEEN
        parts.append(joined.replace(r"…\s+", gap).replace("…", gap).replace(r"\s+,", r"\s*,"))
    edges = not any(HAN.search(phrase) for phrase in wordings)
    body = "|".join(parts)
    return re2.compile(rf"(?i)(?:^|[^\pL\pN])({body})(?:$|[^\pL\pN])" if edges else f"({body})", options)


def _texts(entry: Mapping[str, object], key: str, where: str) -> tuple[str, ...]:
    value = entry.get(key, [])
    if not isinstance(value, list) or not value or not all(isinstance(item, str) and item for item in value):
        raise LexiconError("is no list of texts", where=f"{where}.{key}")
    return tuple(value)


@functools.cache
def amending(language: str, folder: Path | None = None) -> Amending:
    """Return the words of ``language`` that change earlier decisions; none without a section.

    Raises UnknownLanguage where there is no such file, and LexiconError with file and path of what is wrong.
    """
    where = location(language, "amendments", folder)
    section = raw(language, folder).get("amendments", {})
    if not isinstance(section, dict):
        raise LexiconError("is no mapping", where=where)
    patterns: dict[str, Any] = {}
    examples: dict[str, tuple[str, ...]] = {}
    rejects: dict[str, tuple[str, ...]] = {}
    for key, entry in section.items():
        place = f"{where}.{key}"
        if key not in KEYS or not isinstance(entry, dict) or set(entry) != {"phrases", "examples", "rejects"}:
            hint = f"one of {', '.join(KEYS)}, each with phrases, examples and rejects"
            raise LexiconError("is not understood", where=place, hint=hint)
        try:
            wordings = tuple(phrase for text in _texts(entry, "phrases", place) for phrase in phrases(text))
        except ValueError as error:
            raise LexiconError("a phrase cannot be read", where=place, hint=str(error)) from error
        patterns[key] = _pattern(wordings)
        examples[key], rejects[key] = _texts(entry, "examples", place), _texts(entry, "rejects", place)
    return Amending(language, patterns, examples, rejects)
