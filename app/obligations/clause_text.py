"""The clause that states an act: its sentence or sub-paragraph with the opening words, shortened."""

from __future__ import annotations

import functools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Final

from app.model import Paragraph, Reading

CLAUSE_LENGTH: Final = 600
"""Characters of a clause at most."""
_OPENING: Final = 160
"""Characters of the opening words that a shortened clause keeps."""
_CHAPEAU: Final = 200
"""Characters of a list's opening words that precede its sub-paragraph."""
_SENTENCE: Final = re.compile(r"(?<=[^\s\d][.。؟])\s+(?=[^\W\da-zа-я_])|(?<=[。；])")
_ELLIPSIS: Final = " … "
_MARKUP: Final = re.compile(r"\[([^\]\n]{1,300})\]\(https?://[^)\s]{1,200}\)+")


def reading_offset(reading: Reading, source: int) -> int:
    """Return the offset in ``reading`` of the stored text's character at ``source``.

    If the reading lacks that character, it is the offset of the next one.

    >>> reading_offset(Reading("two words", (0, 4), (0, 5)), 5), reading_offset(Reading("two words", (0,), (3,)), 5)
    (4, 2)
    """
    run = max(0, bisect_right(reading.sources, source) - 1)
    end = reading.starts[run + 1] if run + 1 < len(reading.starts) else len(reading.text)
    return min(end, reading.starts[run] + max(0, source - reading.sources[run]))


def sentence_bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the sentence begins and ends that holds ``text[start:end]``.

    >>> text = "The Council met. It requests a report by May. It adjourned."
    >>> text[slice(*sentence_bounds(text, 30, 36))]
    'It requests a report by May. '
    """
    cuts = _cuts(text)
    first = cuts[max(0, bisect_right(cuts, start) - 1)]
    last = bisect_left(cuts, max(end, first + 1))
    return first, cuts[last] if last < len(cuts) else len(text)


@functools.lru_cache(maxsize=16)  # each item of a paragraph asks
def _cuts(text: str) -> tuple[int, ...]:
    """Return where the sentences of ``text`` begin, and where the last ends."""
    return (0, *(match.end() for match in _SENTENCE.finditer(text)), len(text))


def clause_of(paragraph: Paragraph, chapeaux: Sequence[Paragraph], start: int, end: int) -> str:
    """Return the clause around ``start`` to ``end`` (exclusive), and the words of its chapeau.

    Both are offsets of the paragraph's reading; ``chapeaux`` are the paragraphs above it, outermost first.

    >>> from app.model import Role
    >>> head = Paragraph(Role.OPERATIVE, Reading("Requests the Secretary-General:", (0,), (0,)), number="1")
    >>> item = Paragraph(Role.OPERATIVE, Reading("To report in 2030;", (0,), (0,)), number="1", letters=("a",))
    >>> clause_of(item, [head], 3, 9)
    'Requests the Secretary-General: (a) To report in 2030;'
    """
    text = paragraph.reading.text
    first, last = sentence_bounds(text, start, end)
    clause = text[first:last]
    if chapeaux:
        head = " ".join(chapeaux[0].reading.text.split())
        label = "".join(f"({letter})" for letter in paragraph.letters)
        head = head if len(head) <= _CHAPEAU else head[:_CHAPEAU].rpartition(" ")[0] + " …"
        lead = f"{head} {label} "
    else:
        lead = ""
    at = len(lead) + start - first
    return shorten_clause(lead + clause, at)


def shorten_clause(text: str, start: int, most: int = CLAUSE_LENGTH) -> str:
    """Return ``text`` on one line of at most ``most`` characters.

    A longer text keeps its opening and the words from ``start`` on.

    >>> shorten_clause("Requests the Secretary-General " + "x " * 400 + "to report in 2030", 831, 120)[:40]
    'Requests the Secretary-General x x x x …'
    """
    text = _MARKUP.sub(r"\1", text)
    flat = " ".join(text.split())
    if len(flat) <= most:
        return flat
    text = re.sub(r"\s", " ", text)
    opening = text[: min(_OPENING, most // 3)].rpartition(" ")[0] or text[: most // 3]
    width = most - len(opening) - 2 * len(_ELLIPSIS)
    if start < most - len(_ELLIPSIS):
        return " ".join(text[: most - len(_ELLIPSIS)].split()) + _ELLIPSIS.rstrip()
    left = max(len(opening), min(start - width // 3, len(text) - width))
    words = text[left : left + width]
    words = words.partition(" ")[2] or words
    if left + width < len(text):
        words = (words.rpartition(" ")[0] or words) + _ELLIPSIS.rstrip()
    return " ".join(f"{opening}{_ELLIPSIS}{words}".split())[:most]
