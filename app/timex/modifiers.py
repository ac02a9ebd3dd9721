"""What the words before and after a time make of it: modifier, and whether it only cites."""

from __future__ import annotations

from enum import StrEnum

from app.languages.normalize import plain
from app.timex.grammar import Grammar

REACH = 56
"""Characters before and after a time that are looked at."""


class Modifier(StrEnum):
    """What the words around make of a time. The closed list; empty is "on", "at", "in"."""

    NONE = ""
    BY = "by"
    """On that day or sooner: by, no later than, not later than, on or before."""
    BEFORE = "before"
    """Before, prior to; of an offset, counted back from its anchor."""
    UNTIL = "until"
    """Lasts until, inclusive: until, through, up to, ending on, expiring on."""
    FROM = "from"
    """Starts then and goes on: from, as from, as of, starting, beginning, effective, with effect from."""
    AFTER = "after"
    """After, following; of an offset, counted on from its anchor."""
    SINCE = "since"
    """Has lasted since."""
    WITHIN = "within"
    """Within a duration, or during a span."""
    FOR = "for"
    """Lasts so long: for, for a period of, of a duration of."""
    END = "end"
    """At the end of, towards the end of."""
    START = "start"
    """At the beginning of, early in."""
    MID = "mid"
    """In the middle of."""
    EVERY = "every"
    """Repeats: each, every."""


class Anchor(StrEnum):
    """From what a duration is counted."""

    NONE = ""
    ADOPTION = "adoption"
    """The adoption of the present instrument."""
    EXPIRY = "expiry"
    """The end of a mandate, measure or period."""


def around(grammar: Grammar, text: str, start: int, end: int) -> tuple[str, str]:
    """The plain words before and after ``text[start:end]``."""
    script = grammar.lexicon.script
    return plain(text[max(0, start - REACH) : start], script), plain(text[end : end + REACH], script)


_POSTPONED = frozenset({Modifier.BEFORE, Modifier.AFTER})
"""Said after a duration; after a date or session, where blanks part words, they begin what comes next."""


def modifier_of(grammar: Grammar, before: str, after: str, *, dated: bool = False) -> str:
    """The modifier of a time between words: the longest phrase that ends before it or begins after it.

    ``dated`` says that it is a date or session: "at its ninety-first session, before the elections" is not before it.
    """
    spaced, phrases = grammar.lexicon.spaced, grammar.lexicon.modifiers
    words = before.rstrip().lower()
    words = f" {words}" if spaced else "".join(words.split())
    for _ in range(2):
        if words.endswith(grammar.before):
            return next(meaning for phrase, meaning in phrases.before if words.endswith(phrase))
        if not words.endswith(phrases.skip):
            break
        skipped = next(word for word in phrases.skip if words.endswith(word))
        words = words[: -len(skipped)].rstrip()
    words = after.lstrip(" ,").lower()
    words = words if spaced else "".join(words.split())
    if words.startswith(grammar.after):
        found = next(meaning for phrase, meaning in phrases.after if words.startswith(phrase))
        return "" if dated and spaced and found in _POSTPONED else found
    return ""


def settled(modifier: str, own: str, of_rule: str, rule: str) -> str:
    """The modifier of a time, of those that the words around, its own words and its rule give.

    "Within 30 days after" is within; "before the end of May" is by the end of May (the last day counts).
    """
    if own and not (own == Modifier.AFTER and modifier in (Modifier.WITHIN, Modifier.FOR)):
        return own
    if modifier == Modifier.BEFORE and rule.startswith("end."):
        return Modifier.BY.value
    return modifier or of_rule


def cites(grammar: Grammar, before: str, after: str, *, session: bool) -> bool:
    """Whether the words around a day, or a session, say that it is of an instrument, a letter or a past event."""
    cues = grammar.cited_session if session else grammar.cited_before
    if cues is not None and cues.search(before):
        return True
    return not session and grammar.cited_after is not None and bool(grammar.cited_after.search(after))


def anchor_of(grammar: Grammar, before: str, after: str) -> str:
    """The anchor that the words around a duration count it from; empty where they name none, or another event."""
    after = after.lstrip()
    for anchor, ahead, behind in grammar.anchors:
        if (behind is not None and behind.search(after)) or (ahead is not None and ahead.search(before)):
            return anchor
    return ""
