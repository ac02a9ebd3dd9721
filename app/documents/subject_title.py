"""A title for an instrument that has none: from the item of its agenda, or from the subject that its text names first.

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
_TRAILING: Final = re.compile(r"[\s,;:–—-]+$")


def statement_title(opening: str, vocabulary: Vocabulary) -> str:
    """Return the item of the agenda on which a statement was made, from its opening words; empty where none is."""
    match = vocabulary.quoted.search(opening)
    return " ".join(match["subject"].split()).rstrip(" ,.") if match else ""


def derived_title(preamble: Sequence[str], operative: Sequence[str], vocabulary: Vocabulary) -> str:
    """Return a title made of the first subject that the preamble names, else of the first operative paragraph."""
    found = [paragraph[:1500] for paragraph in preamble[:_LOOKED_AT]]
    return next(_subjects(found, vocabulary), "") or _first_words(operative, vocabulary)


def _subjects(paragraphs: Iterable[str], vocabulary: Vocabulary) -> Iterator[str]:
    """Yield the subjects that paragraphs name, paragraph by paragraph, the surest pattern first."""
    for paragraph in paragraphs:
        for pattern, form in vocabulary.subjects:
            place = 0
            while (match := pattern.search(paragraph, place)) is not None:
                subject = _trimmed(match["subject"], vocabulary)
                if len(subject) >= _LEAST // (1 if vocabulary.spaced else 2) and not vocabulary.hollow.match(subject):
                    yield _capital(form.replace("{subject}", subject))
                place = max(match.start("subject"), place + 1)


def _trimmed(subject: str, vocabulary: Vocabulary) -> str:
    """Return a subject up to the words that begin another thought, no longer than a title may be."""
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
    stop = re.search(r"[;:.؛。；：](?:\s|$)|(?<=[^\W\d_]{3}),\s", words[40:] if len(words) > 60 else words)
    end = stop.start() + (40 if len(words) > 60 else 0) if stop else len(words)
    return _capital(_TRAILING.sub("", _cut(words[:end], vocabulary)))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
