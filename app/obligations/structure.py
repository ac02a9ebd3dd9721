"""Markers of sentence structure: negators, noun attributes, relative clauses, changes, anaphora.

The phrases are data, the section ``structure`` of each language's obligations.yaml; ``app/languages/README.md``
explains its keys. Only paragraphs in which something may turn the sense are scanned.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import re2

from app.languages.normalize import HAN, fold
from app.languages.phrases import GAP, deontic, phrases

_NEGATING: Final = frozenset({"negator", "denial", "given-up"})
"""The keys that a look-alike (``not-a-negator``) covers."""
_TURNING: Final = (
    *("negator", "denial", "given-up", "instead", "off-course", "same-session", "same-date", "adoption-line"),
    "first-time",
)
"""The keys of which one at least stands in a paragraph that must be scanned."""
_GAP_WORDS: Final = r"(?:[^\pL\pN;.]+[\pL\pN'-]+){0,8}?[^\pL\pN;.]*"
"""Up to eight words within a sentence, as in the other sections."""


@dataclass(frozen=True, slots=True)
class Marker:
    """Words that mark the structure of a sentence.

    ``start`` and ``end`` (exclusive) index the paragraph's text; ``key`` is a key of the section
    ``structure``: ``negator``, ``attribute``, ``relative`` …
    """

    start: int
    end: int
    key: str


def _pattern(phrase: str) -> str:
    """Return the RE2 pattern of a phrase: ``*`` is any ending, ``…`` a gap."""
    parts = re.split(r"([*…]|\s+)", phrase)
    named = {"*": r"[\pL\pN]*", GAP: _GAP_WORDS}
    return "".join(r"\s*" if part.isspace() and HAN.search(phrase) else r"\s+" if part.isspace() else
                   named.get(part, re.escape(part)) for part in parts if part)  # fmt: skip


def _either(patterns: list[str]) -> Any:
    options = re2.Options()
    options.never_capture = True
    options.longest_match = True
    options.max_mem = 1 << 26  # bytes; the endings of any letters need more than the 8 MB of the default
    options.log_errors = False
    return re2.compile("(?i:" + "|".join(patterns or [r"[^\s\S]"]) + ")", options)


class StructureScanner:
    """The structure markers of one language, compiled."""

    def __init__(self, language: str, folder: Path | None = None) -> None:
        listed = deontic(language, folder).sections["structure"]
        sources = {
            key: [_pattern(fold(phrase).text) for pattern in patterns for phrase in phrases(pattern)]
            for key, patterns in listed.items()
        }
        self._patterns = {key: _either(found) for key, found in sources.items()}
        self._turning = _either([pattern for key in _TURNING for pattern in sources.get(key, ())])

    def may_turn(self, text: str) -> bool:
        """Return whether ``text`` may hold a negation, change or anaphora; false positives only."""
        return self._turning.search(fold(text).text) is not None

    def scan(self, text: str, keys: frozenset[str] | None = None) -> tuple[Marker, ...]:
        """Return the markers of ``text`` in order, without look-alikes of negators.

        With ``keys``, only markers of those keys are returned.

        >>> sorted(marker.key for marker in structure_scanner("en").scan("decides not to convene the meeting"))
        ['given-up', 'negator']
        >>> structure_scanner("en").scan("to report not later than May", frozenset({"negator", "denial"}))
        ()
        """
        folded = fold(text)
        found: list[Marker] = []
        for key, pattern in self._patterns.items():
            if keys is None or key in keys or key == "not-a-negator":
                found += self._matches(folded.text, key, pattern)
        covered = [m for m in found if m.key == "not-a-negator"]
        attributes = [m for m in found if m.key == "attribute"]
        kept = [
            Marker(folded.place(m.start), folded.place(m.end - 1) + 1, m.key)
            for m in found
            if m.key != "not-a-negator"
            and not (m.key in _NEGATING and any(_covers(one, m) for one in covered))
            and not (m.key == "relative" and any(m.start <= one.start <= m.end for one in attributes))
        ]
        return tuple(sorted(kept, key=lambda m: (m.start, m.end)))

    @staticmethod
    def _matches(text: str, key: str, pattern: Any) -> list[Marker]:
        out = []
        for match in pattern.finditer(text):
            start, end = match.span()
            if start < end and _apart(text, start) and _apart(text, end):
                out.append(Marker(start, end, key))
        return out


def _covers(one: Marker, other: Marker) -> bool:
    return one.start <= other.start < one.end and one.end > other.end


def _apart(text: str, at: int) -> bool:
    """Return whether ``at`` is a word boundary."""
    if at in (0, len(text)):
        return True
    before, after = text[at - 1], text[at]
    return not (before.isalnum() and after.isalnum()) or bool(HAN.match(before) or HAN.match(after))


@functools.cache
def structure_scanner(language: str, folder: Path | None = None) -> StructureScanner:
    """Return the scanner of ``language``, built on first use. Raises as ``deontic`` does.

    >>> [structure_scanner("en").may_turn(text) for text in ("shall not be held", "shall be held")]
    [True, False]
    """
    return StructureScanner(language, folder)
