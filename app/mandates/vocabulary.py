"""Vocabulary of mandates in one language: organs, measures, citations of paragraphs, changes of name."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.errors import LexiconError
from app.languages.loader import location, raw

_KEYS: Final = frozenset(
    {"paragraph", "to", "organs", "measures", "modify", "verbs", "decide", "whole", "partial", "renamed", "replaced"}
)
_NUMBERS: Final = r"\d{1,3}(?:\s?\([a-z]\))?"


@dataclass(frozen=True, slots=True)
class MandateVocabulary:
    """Compiled patterns of one language.

    ``organs`` and ``measures`` find names of generic organs and of measures; group names are unusable for slugs with
    hyphens, so each is a list of (slug, pattern) in the order of the file. ``citation`` finds the paragraphs of a
    resolution: groups ``paragraphs`` (may be empty), ``number`` and ``year``.
    """

    organs: tuple[tuple[str, re.Pattern[str]], ...]
    measures: tuple[tuple[str, re.Pattern[str]], ...]
    verbs: re.Pattern[str]
    modify: re.Pattern[str]
    decide: re.Pattern[str]
    whole: re.Pattern[str]
    partial: re.Pattern[str]
    renamed: re.Pattern[str]
    replaced: re.Pattern[str]
    citation: re.Pattern[str]


def _pattern(words: Sequence[str], spaced: bool) -> str:
    # The longest first, since the first alternative that matches wins.
    ordered = sorted(words, key=len, reverse=True)
    parts = [
        re.escape(word.removesuffix("*")).replace(r"\*", r"\w{0,8}") + (r"\w{0,8}" if word.endswith("*") else "")
        for word in ordered
    ]
    joined = "|".join(part.replace("’", "['’]").replace(r"\ ", r"\s+") for part in parts)
    return rf"\b(?:{joined})\b" if spaced else f"(?:{joined})"


def _list(section: Mapping[str, object], key: str, where: str) -> list[str]:
    value = section.get(key)
    if not isinstance(value, list) or not all(isinstance(word, str) and word for word in value):
        raise LexiconError(f"{key} is no list of texts", where=where, hint="give it as [one, two]")
    return value


@functools.cache
def mandate_vocabulary(language: str, folder: Path | None = None) -> MandateVocabulary:
    """Return the vocabulary of mandates in ``language``.

    ``folder`` holds the language data; the default is that of the package. Raises UnknownLanguage, and
    LexiconError with file and key.

    >>> bool(mandate_vocabulary("en").decide.search("Decides to extend the mandate"))
    True
    """
    where = location(language, "mandates", folder)
    section = raw(language, folder).get("mandates")
    if not isinstance(section, dict) or set(section) != _KEYS:
        raise LexiconError("is no mapping", where=where, hint=f"give exactly {', '.join(sorted(_KEYS))}")
    spaced = language != "zh"

    def named(key: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
        group = section[key]
        if not isinstance(group, dict):
            raise LexiconError("is no mapping", where=f"{where}.{key}", hint="give lists of names by slug")
        return tuple(
            (slug, re.compile(_pattern(_list(group, slug, f"{where}.{key}"), spaced), re.IGNORECASE)) for slug in group
        )

    def one(key: str) -> re.Pattern[str]:
        return re.compile(_pattern(_list(section, key, where), spaced), re.IGNORECASE)

    return MandateVocabulary(
        organs=named("organs"),
        measures=named("measures"),
        verbs=one("verbs"),
        modify=one("modify"),
        decide=one("decide"),
        whole=one("whole"),
        partial=one("partial"),
        renamed=one("renamed"),
        replaced=one("replaced"),
        citation=re.compile(_citation(section, where, spaced), re.IGNORECASE),
    )


def _citation(section: Mapping[str, object], where: str, spaced: bool) -> str:
    """Return a pattern of ``paragraphs 11 and 15 of resolution 2140 (2014)``.

    The paragraphs may be missing.

    Between the paragraphs and the number stand at most 40 characters without a digit ("of the same resolution",
    "of Security Council resolution"); number and year are written alike in all six languages: 2140 (2014).
    """
    word = _pattern(_list(section, "paragraph", where), spaced)
    joint = r"(?:\s*[,،、–-]\s*|\s{1,2}\w{1,3}\s{1,2}|\s*[和及至]\s*)"
    numbers = rf"{_NUMBERS}(?:{joint}{_NUMBERS}){{0,9}}"
    number = r"(?<![\d/])(?P<number>\d{1,4})\s?[(（](?P<year>19[4-9]\d|20\d\d)[)）]"
    if spaced:
        return rf"(?:{word}\s{{0,2}}(?P<paragraphs>{numbers})[^\d.;]{{0,40}}?)?{number}"
    return rf"{number}号?决议?(?:[^\d。；]{{0,6}}第(?P<paragraphs>{numbers})[^\d。；]{{0,3}}段)?"
