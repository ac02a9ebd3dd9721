"""What the words before and after a time make of it: its relation, its anchor, and whether it only cites."""

from __future__ import annotations

from typing import Final

from app.languages.normalize import plain
from app.model import Relation
from app.timex.grammar import Grammar
from app.timex.values import ValueShape

REACH: Final = 56
"""Characters before and after a time that are looked at; the longest phrase of a lexicon has fewer."""
BY_OR_BEFORE: Final = "by-or-before"
"""A preposition that includes a day and excludes a month or year: Russian "до", Chinese "之前"."""


def around(grammar: Grammar, text: str, start: int, end: int) -> tuple[str, str]:
    """Return the plain words before and after ``text[start:end]``.

    >>> from app.timex.grammar import grammar
    >>> around(grammar("en"), "by 3 May 2027 at the latest", 3, 13)
    ('by ', ' at the latest')
    """
    script = grammar.lexicon.script
    return plain(text[max(0, start - REACH) : start], script), plain(text[end : end + REACH], script)


_POSTPONED = frozenset({Relation.BEFORE, Relation.AFTER})
"""Relations stated after a duration; after a date or session, in languages with blanks, they begin what comes next."""


_DENIABLE: Final = frozenset({Relation.BEFORE, Relation.UNTIL, BY_OR_BEFORE})
"""Relations that a negation before the verb turns round: "shall not be held before", "not … until"."""


def _excludes(grammar: Grammar, after: str) -> bool:
    """Whether the words after a time leave its day out: "jusqu'au 31 mai 2027 exclu"."""
    words = after.lstrip(" ,").lower()
    words = words if grammar.lexicon.spaced else "".join(words.split())
    if not words.startswith(grammar.after):
        return False
    phrases = grammar.lexicon.modifiers.after
    return next(meaning for phrase, meaning in phrases if words.startswith(phrase)) == Relation.UNTIL_EXCLUDING


def modifier_of(grammar: Grammar, before: str, after: str, *, dated: bool = False) -> str:
    """Return the modifier of a time: the longest phrase before it or after it.

    A phrase before a time ends where the time begins, one after it begins where it ends. ``dated`` says that the
    time is
    a date or session: "at its ninety-first session, before the elections" is not before it.

    >>> from app.timex.grammar import grammar
    >>> modifier_of(grammar("en"), "no later than ", "")
    'by'
    """
    spaced, phrases = grammar.lexicon.spaced, grammar.lexicon.modifiers
    words = before.rstrip().lower()
    words = f" {words}" if spaced else "".join(words.split())
    for _ in range(2):
        if words.endswith(grammar.before):
            found = next(meaning for phrase, meaning in phrases.before if words.endswith(phrase))
            denied = found in _DENIABLE and grammar.negated is not None and grammar.negated.search(before)
            if denied:
                return Relation.NOT_BEFORE.value
            return (
                Relation.UNTIL_EXCLUDING.value
                if _excludes(grammar, after) and found in (Relation.UNTIL, BY_OR_BEFORE)
                else found
            )
        if not words.endswith(phrases.skip):
            break
        skipped = next(word for word in phrases.skip if words.endswith(word))
        words = words[: -len(skipped)].rstrip()
    words = after.lstrip(" ,").lower()
    words = words if spaced else "".join(words.split())
    if words.startswith(grammar.after):
        found = next(meaning for phrase, meaning in phrases.after if words.startswith(phrase))
        if found in _DENIABLE and grammar.negated is not None and grammar.negated.search(before):
            return Relation.NOT_BEFORE.value
        return "" if dated and spaced and found in _POSTPONED else found
    return ""


def settle_relation(around_it: str, own: str, of_rule: str, shape: ValueShape, *, ends: bool) -> str:
    """Return the relation of a time, of those that three sources give.

    They are the words around it, its own words and its rule. "Within 30 days after" is within. "Before the end of
    May" is
    by the end of May: ``ends`` says that the time is the end of something, whose last day counts. "By-or-before"
    includes
    a day and a session, and excludes a month or year.

    >>> from app.timex.values import shape_of
    >>> settle_relation("before", "", "", shape_of("2027-05"), ends=True)
    'by'
    """
    if own and not (own == Relation.AFTER and around_it in (Relation.WITHIN, Relation.FOR)):
        return own
    if around_it == BY_OR_BEFORE:
        coarse = shape.precision in ("month", "year") and not ends
        return Relation.BEFORE.value if coarse else Relation.BY.value
    if around_it == Relation.BEFORE and ends:
        return Relation.BY.value
    return around_it or of_rule


def cites(grammar: Grammar, before: str, after: str, *, session: bool) -> bool:
    """Return whether the words around a day, or a session, only cite it.

    The day is then that of an instrument, a letter or a past event.

    >>> from app.timex.grammar import grammar
    >>> cites(grammar("en"), "recalling its resolution of ", "", session=False)
    True
    """
    cues = grammar.cited_session if session else grammar.cited_before
    if cues is not None and cues.search(before):
        return True
    return not session and grammar.cited_after is not None and bool(grammar.cited_after.search(after))


def anchor_of(grammar: Grammar, before: str, after: str) -> str:
    """Return the anchor that the words around a duration count it from.

    Empty where they name no anchor, or another event.

    >>> from app.timex.grammar import grammar
    >>> anchor_of(grammar("en"), "within ", " of the adoption of the present resolution")
    'adoption'
    """
    after = after.lstrip()
    for anchor, ahead, behind in grammar.anchors:
        if (behind is not None and behind.search(after)) or (ahead is not None and ahead.search(before)):
            return anchor
    return ""
