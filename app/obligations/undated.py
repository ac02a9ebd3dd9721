"""Obligations without a time: an actor is asked to act, and the text states no time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from app.model import UNDATED, Kind, Obligation, Paragraph
from app.obligations.bearers import BearerFinder
from app.obligations.participants import who
from app.obligations.phrase_matcher import PhraseMatch, PhraseMatcher
from app.obligations.session_reference import BodyContext

_SEEN: Final = 90
"""Characters after an operative verb in which its addressee is sought."""
_QUOTED: Final = 200
"""Characters that a quotation has at most."""
_STOP: Final = re.compile(r"[;；؛。]")

_WEAKEST: Final = 2
_STRENGTH: Final = {"request": 0, "demand": 0, "authorize": 0, "urge": 1, "call-upon": 1}
"""Of what one paragraph asks, only the strongest is listed: requests, else what is urged, else invitations."""


def _quoted(text: str, start: int) -> int:
    """Return the end (exclusive) of the quotation from ``start``: the sentence, within bounds."""
    stop = _STOP.search(text, start, start + _QUOTED)
    return stop.start() if stop else min(len(text), start + _QUOTED)


def _asked(
    text: str, at: int, seen: Iterable[PhraseMatch], find: PhraseMatcher, named: BodyContext, names: BearerFinder
) -> str | None:
    """Return the actor named after the operative verb that ends at ``at``.

    It stands before any action. A name outside the vocabulary counts where the words of asking go on to what is asked.
    """
    words = text[at : at + _SEEN]
    for mention in seen:
        if mention.key("actions") or mention.key("verbs"):
            break
        if (mention.key("actors") or mention.key("bodies")) and not find.before("inside", words, mention.start, 0):
            found = who(mention, named)
            if found:
                return found
    return names.asked_at(text, at)


def _clause_end(text: str, start: int, asking: Sequence[tuple[int, int, str]]) -> int:
    """Return the end (exclusive) of what is asked from ``start``: the next verb, or a stop."""
    stop = _STOP.search(text, start)
    nexts = [at for at, _, _ in asking if at > start]
    return min([*nexts, stop.start() if stop else len(text)])


def _is_dated(paragraph: Paragraph, start: int, end: int, found: Iterable[Obligation]) -> bool:
    """Return whether what is asked from ``start`` to ``end`` (exclusive) has a date."""
    first, last = paragraph.reading.place(start), paragraph.reading.place(end - 1)
    return any(first <= item.span.start <= last for item in found if item.paragraph == paragraph.number)


def asked_of(
    paragraph: Paragraph,
    find: PhraseMatcher,
    named: BodyContext,
    found: Sequence[Obligation],
    names: BearerFinder,
) -> list[Obligation]:
    """Return an undated obligation for each addressee of ``paragraph`` without a dated item.

    ``names`` reads the names of actors outside the vocabulary.

    >>> from app.languages.title_patterns import title_patterns
    >>> from app.model import Reading, Role
    >>> from app.obligations.phrase_matcher import phrase_matcher
    >>> finder, context = phrase_matcher("en"), BodyContext(None, phrase_matcher("en"))
    >>> text = "Requests the Secretary-General to monitor the situation;"
    >>> asked = asked_of(Paragraph(Role.OPERATIVE, Reading(text, (0,), (0,)), number="3"),
    ...                  finder, context, [], BearerFinder(title_patterns("en"), finder, context))
    >>> [(item.paragraph, item.bearer, item.force, item.when) for item in asked]
    [('3', 'secretary-general', 'request', 'undated')]
    """
    text = paragraph.reading.text
    asking = find.asking(text)
    if not asking:
        return []
    strongest = min(_STRENGTH.get(force, _WEAKEST) for _, _, force in asking)
    taken = {item.bearer for item in found if item.paragraph == paragraph.number and item.section == paragraph.section}
    out: list[Obligation] = []
    for start, verb_end, force in asking:
        if _STRENGTH.get(force, _WEAKEST) > strongest:
            continue
        seen = find.each(text[verb_end : verb_end + _SEEN])
        asked = _asked(text, verb_end, seen, find, named, names)
        if asked is None or asked in taken or _is_dated(paragraph, start, _clause_end(text, start, asking), found):
            continue
        taken.add(asked)
        end = min(_quoted(text, start), _clause_end(text, start, asking))
        while end > start + 1 and not text[end - 1].isalnum():
            end -= 1
        out.append(
            Obligation(
                paragraph=paragraph.number,
                kind=Kind.OBLIGATION,
                when=UNDATED,
                span=paragraph.reading.span(start, end),
                rule="undated.asked",
                section=paragraph.section,
                letters=paragraph.letters,
                bearer=asked,
                force=force,
                action=next((key for m in seen if (key := m.key("actions")) and not key.startswith("the-")), ""),
            )
        )
    return out
