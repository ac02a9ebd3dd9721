"""What an item is about: the name of a meeting or observance, or the title on an agenda, as the text gives it."""

from __future__ import annotations

import re
from typing import Final

from app.languages.normalize import HAN
from app.model import Kind
from app.obligations.classification import Classification
from app.obligations.clauses import AnalyzedParagraph
from app.obligations.phrase_matcher import PhraseMatch
from app.obligations.time_reference import TimeReference

_NEAR: Final = 24
_LEAST: Final = 4
_QUOTED: Final = re.compile(r"[“”«„\"]\s?([^\W_][^“”«»„\"]{3,300}?)\s?[“”»\"]")
_STOP: Final = re.compile(r"[,;:.()（，；：。、؛،]|\s[–—]\s|(?<=\s)\d")
_LONGEST: Final = 160
_SHORT: Final = 5
_THINGS: Final = {Kind.MEETING: "the-meeting", Kind.OBSERVANCE: "the-observance"}


def subject(view: AnalyzedParagraph, time: TimeReference, governed: Classification) -> tuple[int, int] | None:
    """Return where the paragraph names what the item is about, as start and end (exclusive).

    None where no name can be cut out cleanly.

    >>> from app.obligations.clauses import analyze
    >>> from app.obligations.phrase_matcher import phrase_matcher
    >>> from app.obligations.time_reference import TimeKind
    >>> text = "Decides to put on the agenda of its next session the item entitled “Lamps at sea”"
    >>> time = TimeReference(36, 48, "GA91", TimeKind.SESSION, "session", "session:next")
    >>> found = subject(analyze(text, phrase_matcher("en")), time, Classification(Kind.AGENDA, "", "", "high", None))
    >>> text[slice(*found)]
    'Lamps at sea'
    """
    clause = view.clause(time.start)
    if governed.kind is Kind.AGENDA:
        quoted = [m for m in _QUOTED.finditer(view.text, max(0, clause.head)) if m.start() < _end(view, clause.head)]
        titles = [m for m in quoted if time.start < m.start() and not m[1][0].islower()]
        if not titles:  # what is put on an agenda stands before it in this script
            titles = [m for m in quoted if HAN.match(m[1])]
        return titles[-1].span(1) if titles else None
    thing = _THINGS.get(governed.kind)
    if thing is None:
        return None
    start, end = max(0, clause.head), _end(view, clause.head)
    named = [m for m in view.within(start, end, "actions") if m.key("actions") == thing]
    for mention in sorted(named, key=lambda m: (m.end <= time.start, abs(m.start - time.start))):
        found = _han(view, mention, time) if HAN.match(view.text[mention.start]) else _cased(view, mention, time, end)
        if found is not None:
            return found
    return None


def _end(view: AnalyzedParagraph, head: int) -> int:
    return max(clause.end for clause in view.clauses if clause.head == head)


def _cased(view: AnalyzedParagraph, mention: PhraseMatch, time: TimeReference, end: int) -> tuple[int, int] | None:
    """Return the name around ``mention``, from a capital to the next stop; None without one."""
    text = view.text
    if not text[mention.start].isupper() or not view.finder.has("article"):
        return None
    start = mention.start
    for word in reversed(list(re.finditer(r"\S+", text[max(0, start - 80) : start]))):
        if not word[0][0].isupper() or word[0][-1] in ",;.":
            break
        start = max(0, mention.start - 80) + word.start()
    limit = min(end, start + _LONGEST, *[time.start] if time.start > mention.end else [])
    others = [
        m.start
        for m in view.mentions
        if m.start > mention.end
        and (m.key("verbs") or m.key("places") or (not m.key("actions").startswith("the-") and m.key("actions")))
    ]
    limit = min([limit, *others])
    stop = _STOP.search(text, mention.end, limit)
    last = stop.start() if stop else limit
    while last > mention.end and not text[last - 1].isalnum():
        last -= 1
    words = text[mention.end : last].split()
    while stop is None and limit in others and words and words[-1].islower() and len(words[-1]) <= _SHORT:
        last = text.rindex(words.pop(), mention.end, last)
        while last > mention.end and not text[last - 1].isalnum():
            last -= 1
    return (start, last) if last - start > len(text[mention.start : mention.end]) else None


def _han(view: AnalyzedParagraph, mention: PhraseMatch, time: TimeReference) -> tuple[int, int] | None:
    """Return the name that ends with ``mention``, in a script without capitals.

    It begins after what is done, or after the time.
    """
    text = view.text
    done = [m for m in view.mentions if m.end <= mention.start and not m.key("actors") and not m.key("bodies")]
    adjoins = mention.key("actions") == "the-observance" and 0 <= mention.start - time.end <= _NEAR
    start = time.end if adjoins else max([time.end if time.end <= mention.start else 0, *(m.end for m in done)])
    start = view.finder.past("article", text, start)
    name = text[start : mention.end]
    if len(name) < _LEAST or len(name) > _LONGEST // 4 or _STOP.search(name) or "\n" in name:
        return None
    return start, mention.end
