"""Whose mandate a clause extends: the name beside the noun, compared with that in the words of an event that stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from app.languages.amendments import MANDATE, amending
from app.timex import tag

_STOP: Final = re.compile(r"[,;:.()\[\]«»“”\"،؛，。；：（）\n]")
_ACRONYM: Final = re.compile(r"(?<![^\W_])[A-Z][A-Za-z]{0,3}[A-Z]{2,}[A-Z-]*(?![^\W_])|(?<![^\W_])[А-Я]{4,}(?![^\W_])")
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_WORD: Final = re.compile(r"[\u3400-\u9fff]|[^\W\d_\u3400-\u9fff]+")
_PREFIX: Final = re.compile(r"(?:ال|لل|[وفبكل])(?=\w{4})")
_STEM: Final = 5
"""Letters of a word that stay the same when it is declined, mostly."""
_ROOT: Final = 4
"""The same in Arabic, once what is written onto a word is taken off."""
_SMALL: Final = 3
"""Words up to so many letters (articles, prepositions) name nothing."""
_LEAST: Final = 2
_LEAST_HAN: Final = 4
_ALIKE: Final = 0.8
"""So much of the shorter of two names must be in the longer one: "Mission in Mali" is not "Mission in Haiti"."""
_COVERED: Final = 0.5
"""So much of the longer must be in the shorter."""


def words_of(text: str) -> list[tuple[str, int]]:
    """The words of a text as they are compared, with their places."""
    out = []
    for match in _WORD.finditer(text):
        word = match[0].lower()
        if "\u0600" <= word[0] <= "\u06ff":
            # Articles and particles are written onto the word; taken off both sides alike, whatever they were.
            while match_ := _PREFIX.match(word):
                word = word[match_.end() :]
            word = word[:_ROOT]
        out.append((word[:_STEM], match.start()))
    return out


def telling(words: list[str]) -> int:
    """How many words, or signs, say something; 0 where they are too few to name anything."""
    han = sum("\u3400" <= key[0] <= "\u9fff" for key in words)
    long = sum(len(key) > _SMALL for key in words)
    return han + long if han >= _LEAST_HAN or long >= _LEAST else 0


@dataclass(frozen=True, slots=True)
class Owner:
    """A name as it is compared: its telling words, and the abbreviations that the text has."""

    words: frozenset[str]
    short: frozenset[str]

    @classmethod
    def of(cls, name: str) -> Owner:
        """A name as it is written."""
        words = frozenset(key for key, _ in words_of(name) if len(key) > _SMALL or _HAN.match(key))
        return cls(words, frozenset(_ACRONYM.findall(name)))

    def alike(self, other: Owner) -> float:
        """How alike two names are, from 0 (not the same) to 1; abbreviations, where both have some, decide."""
        if self.short and other.short:
            return 1.0 if self.short & other.short else 0.0
        both, one, all_ = self.words & other.words, min(len(self.words), len(other.words)), self.words | other.words
        if not telling(list(both)) or len(both) < _ALIKE * one or len(both) < _COVERED * len(all_):
            return 0.0
        return len(both) / len(all_)


def owner_of(text: str, language: str) -> Owner | None:
    """Whose mandate ``text`` speaks of; None where it speaks of none, or names nobody."""
    said = amending(language).find(text)
    nouns = [one for one in said if one[2] == MANDATE]
    if not nouns:
        return None
    times = tag(text, language)
    starts = sorted({one[0] for one in said} | {x.start for x in times} | {m.start() for m in _STOP.finditer(text)})
    ends = sorted({one[1] for one in said} | {x.end for x in times} | {m.end() for m in _STOP.finditer(text)})
    first, last, _ = nouns[0]
    if _HAN.search(text[first:last]):  # the name stands before the noun
        named = text[max((end for end in ends if end <= first), default=0) : first]
    else:
        named = text[last : min((start for start in starts if start >= last), default=len(text))]
    owner = Owner(Owner.of(named).words, frozenset(_ACRONYM.findall(text)))
    return owner if owner.words or owner.short else None
