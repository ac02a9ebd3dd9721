"""Holder of a mandate that a clause extends: its name, and how similar two names are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from app.languages.amendments import MANDATE, amending
from app.languages.normalize import HAN
from app.timex import tag

_STOP: Final = re.compile(r"[,;:.()\[\]«»“”\"،؛，。；：（）\n]")
_ACRONYM: Final = re.compile(r"(?<![^\W_])[A-Z][A-Za-z]{0,3}[A-Z]{2,}[A-Z-]*(?![^\W_])|(?<![^\W_])[А-Я]{4,}(?![^\W_])")
_WORD: Final = re.compile(r"[\u3400-\u9fff]|[^\W\d_\u3400-\u9fff]+")
_PREFIX: Final = re.compile(r"(?:ال|لل|[وفبكل])(?=\w{4})")
_STEM: Final = 5
"""Letters of a word that inflection mostly leaves unchanged."""
_ROOT: Final = 4
"""The same in Arabic, without prefixed particles."""
_SMALL: Final = 3
"""Words up to this many letters (articles, prepositions) are not informative."""
_LEAST: Final = 2
_LEAST_HAN: Final = 4
_ALIKE: Final = 0.8
"""Share of the shorter name that must be in the longer one: "Mission in Mali" is not "Mission in Haiti"."""
_COVERED: Final = 0.5
"""Share of the longer name that must be in the shorter one."""


def word_stems(text: str) -> list[tuple[str, int]]:
    """Return the stems of the words of a text, each with its offset.

    >>> word_stems("the Panel of Experts")
    [('the', 0), ('panel', 4), ('of', 10), ('exper', 13)]
    """
    out = []
    for match in _WORD.finditer(text):
        word = match[0].lower()
        if "\u0600" <= word[0] <= "\u06ff":
            # Articles and particles are written onto the word; taken off both, names compare alike.
            while match_ := _PREFIX.match(word):
                word = word[match_.end() :]
            word = word[:_ROOT]
        out.append((word[:_STEM], match.start()))
    return out


def count_informative(words: list[str]) -> int:
    """Return how many words (or Han characters) are informative; 0 if too few to be a name.

    >>> count_informative(["panel", "of", "exper"]), count_informative(["the", "panel"])
    (2, 0)
    """
    han = sum("\u3400" <= key[0] <= "\u9fff" for key in words)
    long = sum(len(key) > _SMALL for key in words)
    return han + long if han >= _LEAST_HAN or long >= _LEAST else 0


@dataclass(frozen=True, slots=True)
class MandateHolder:
    """A name as it is compared: its informative words, and the acronyms of the text."""

    words: frozenset[str]
    short: frozenset[str]

    @classmethod
    def of(cls, name: str) -> MandateHolder:
        """Return the holder with the given name."""
        words = frozenset(key for key, _ in word_stems(name) if len(key) > _SMALL or HAN.match(key))
        return cls(words, frozenset(_ACRONYM.findall(name)))

    def similarity(self, other: MandateHolder) -> float:
        """Return the similarity of two names, 0 to 1; acronyms decide if both have some."""
        if self.short and other.short:
            return 1.0 if self.short & other.short else 0.0
        both, one, all_ = self.words & other.words, min(len(self.words), len(other.words)), self.words | other.words
        if not count_informative(list(both)) or len(both) < _ALIKE * one or len(both) < _COVERED * len(all_):
            return 0.0
        return len(both) / len(all_)


def find_holder(text: str, language: str) -> MandateHolder | None:
    """Return the holder of the mandate that ``text`` mentions; None if it names none.

    >>> sorted(find_holder("the mandate of UNIFIL", "en").short)
    ['UNIFIL']
    """
    words = amending(language).find(text)
    nouns = [one for one in words if one[2] == MANDATE]
    if not nouns:
        return None
    times = tag(text, language)
    starts = sorted({one[0] for one in words} | {x.start for x in times} | {m.start() for m in _STOP.finditer(text)})
    ends = sorted({one[1] for one in words} | {x.end for x in times} | {m.end() for m in _STOP.finditer(text)})
    first, last, _ = nouns[0]
    if HAN.search(text[first:last]):  # the name stands before the noun
        named = text[max((end for end in ends if end <= first), default=0) : first]
    else:
        named = text[last : min((start for start in starts if start >= last), default=len(text))]
    owner = MandateHolder(MandateHolder.of(named).words, frozenset(_ACRONYM.findall(text)))
    return owner if owner.words or owner.short else None
