"""Whether a text has operative words: the least that makes it an instrument."""

from __future__ import annotations

from app.documents.vocabulary import load_vocabulary
from app.model import Resolution

_OPENING = 500
"""Characters of a paragraph in which its organ and its act are looked for: those of its first clause."""
_QUOTES = ' “”"«»„‘('


def has_operative_words(resolution: Resolution) -> bool:
    """Return whether ``resolution`` has operative paragraphs that act.

    These are numbered paragraphs, paragraphs beside a preamble, a meeting or a day of adoption, and paragraphs that
    an operative verb opens ("Decides to …") or in whose first clause an organ acts ("The Committee decided to …").
    A text without any of these is no resolution, decision or statement, or is in another language.
    """
    if not resolution.operative:
        return False
    if resolution.preamble or resolution.meeting or resolution.adopted:
        return True
    vocabulary = load_vocabulary(resolution.language)
    for paragraph in resolution.operative:
        opening = paragraph.reading.text[:_OPENING].lstrip(_QUOTES)
        if paragraph.number or vocabulary.operative.match(opening) or vocabulary.acting.match(opening):
            return True
    return False
