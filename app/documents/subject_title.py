"""Titles for instruments without one, from the agenda item or the first subject of the text.

Resolutions of the Security Council and statements of its President bear no title. What is made here is marked as made
(``Resolution.title_derived``), and is never taken from the head of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from app.documents.vocabulary import Vocabulary

_LONGEST: Final = 110
"""Characters of a title that is made of running text: a line of a list."""
_LEAST: Final = 4
_LOOKED_AT: Final = 14
"""So many paragraphs of a preamble are looked at: after that it speaks of details."""
_MARK: Final = re.compile(r"[⁰¹²³⁴-⁹]+|(?<=[a-z])[0-9]{1,2}$")
_TRAILING: Final = re.compile(r"(?:[\s,;:–—-]|\s(?:and|et|y|и|of|the|in|to|for|on|de|del|la|en|для|о|в))+$")
_LIST: Final = re.compile(
    r"(, [^\W\d_][\w-]*(?: [\w-]+){0,2})(?:, [\w-]+(?: [\w-]+){0,2}){0,3},? (?:and|et|y|e|и) "
    r"(?![0-9])[\w-]+(?: [\w-]+){0,3}"
)
"""What follows the first of several things that are listed."""
_SHORT: Final = 45
"""A title of at most so many characters is followed by the mandate that is decided on."""


def statement_title(opening: str, vocabulary: Vocabulary) -> str:
    """Return the agenda item of a statement, from its opening words; empty if it names none."""
    match = vocabulary.quoted.search(opening)
    return " ".join(match["subject"].split()).rstrip(" ,.") if match else ""


def derived_title(preamble: Sequence[str], operative: Sequence[str], vocabulary: Vocabulary) -> str:
    """Return a title from the preamble's first subject, else the first operative paragraph."""
    found = [paragraph[:1500] for paragraph in preamble[:_LOOKED_AT]]
    subject = next(_subjects(found, vocabulary), "")
    if not subject:
        return _first_words(operative, vocabulary)
    mandate = next(_mandates(operative, vocabulary), "") if len(subject) <= _SHORT else ""
    return f"{subject}{vocabulary.colon}{mandate}" if mandate else subject


def _mandates(operative: Sequence[str], vocabulary: Vocabulary) -> Iterator[str]:
    """Yield the mandates of missions and panels that the operative part names, in its order."""
    for paragraph in operative[:_LOOKED_AT]:
        for pattern, form in vocabulary.mandates:
            match = pattern.search(paragraph[:1500])
            if match:
                name = _trimmed(match["subject"], vocabulary)
                if len(name) > 2 and not vocabulary.hollow.match(name):
                    yield form.replace("{subject}", name)


def _subjects(paragraphs: Iterable[str], vocabulary: Vocabulary) -> Iterator[str]:
    """Yield the subjects that paragraphs name, in their order, the surest pattern first."""
    for paragraph in paragraphs:
        for pattern, form in vocabulary.subjects:
            place = 0
            while (match := pattern.search(paragraph, place)) is not None:
                subject = _trimmed(match["subject"] + _listed(paragraph, match.end("subject"), vocabulary), vocabulary)
                if len(subject) >= _LEAST // (1 if vocabulary.spaced else 2) and not vocabulary.hollow.match(subject):
                    yield _capital(form.replace("{subject}", subject))
                place = max(match.start("subject"), place + 1)


def _listed(paragraph: str, place: int, vocabulary: Vocabulary) -> str:
    """Return the rest of a list that the subject begins (", mines and shells"), or empty."""
    rest = _LIST.match(paragraph, place) if vocabulary.spaced else None
    if not rest or vocabulary.ends.match(" " + rest[1].lstrip(" ,")) or rest[1].split()[-1].endswith("ing"):
        return ""
    return rest[0]


def _trimmed(subject: str, vocabulary: Vocabulary) -> str:
    """Return a subject cut before the words of ``ends``, and to the length of a title."""
    subject = " ".join(_MARK.sub("", subject).split())
    end = vocabulary.ends.search(subject)
    subject = subject[: end.start()] if end else subject
    return _TRAILING.sub("", _cut(subject, vocabulary))


def _cut(words: str, vocabulary: Vocabulary) -> str:
    if len(words) <= _LONGEST:
        return words
    place = words.rfind(" ", 0, _LONGEST) if vocabulary.spaced else _LONGEST
    return _TRAILING.sub("", words[: max(place, _LONGEST // 2)]) + "…"


def _first_words(operative: Sequence[str], vocabulary: Vocabulary) -> str:
    """Return the first operative paragraph up to its first stop."""
    if not operative:
        return ""
    words = " ".join(operative[0].split()).lstrip('“”"«„ ')
    stop = re.search(r"[;:.؛](?:\s|$)|[。；：]", words)
    return _capital(_TRAILING.sub("", _cut(words[: stop.start()] if stop else words, vocabulary)))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
