"""Clauses of a paragraph: the stretch that each operative verb governs, with its chapeau."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Final

from app.obligations.phrase_matcher import PhraseMatch, PhraseMatcher

_BREAK: Final = re.compile(r"[;；؛:：](?=\s|\Z|[^\x00-\x7f])|[.。](?=\s+[^\s\da-zа-я]|\Z)|(?<=\s)\((?=[a-z]{1,3}\)\s)")
_LABEL: Final = re.compile(r"(?:(?<=[\s:：;；؛])|\A)\(?(?:[a-z]{1,3}|[а-я]|[ء-ي]{1,3})\)(?=\s|[\u3400-\u9fff])\s*")
"""The label of a sub-paragraph within a paragraph: "(a) ", "b) ", "(أ) "."""
_CITED: Final = re.compile(
    r"(?:\d|\b(?:sub-?)?paragraphs?|\bitems?|\balinéas?|\bparagraphes?|\bapartados?|\bpárrafos?|\bincisos?"
    r"|(?:под)?пункт\w*|الفقر\w*|[段项])[\s(]*(?:\(?\w{1,3}\)(?:,| and| to| or| et| y| и| و|和|至)\s*){0,3}\(?\Z",
    re.I,
)
"""Words before a letter in brackets that is cited, and labels nothing: "subparagraphs 3 (d) and (e)"."""
_CITING: Final = 48
"""Characters before such a letter that tell."""
_OPENS: Final = re.compile(r"(?:\A|[):：;；؛])\s*\Z")
"""What precedes the words that open a sub-paragraph."""
_ASKING: Final = {"to-request": "request", "to-invite": "invite", "to-urge": "urge"}
"""The force of an infinitive that opens a sub-paragraph: "decides: (b) To request the Secretary-General"."""
_SUBJECT: Final = 4
"""Words between "in which" and the verb: "in which the General Assembly proclaimed"."""
_START: Final = attrgetter("start")


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a paragraph under one operative verb; offsets as in ``AnalyzedParagraph``.

    ``force`` is the slug of the operative verb, ``verb`` its mention; both are taken over from the clause before
    where a sentence or list goes on. ``head`` is where the stretch of that verb began.
    """

    start: int
    end: int
    force: str
    head: int
    listed: int | None = None
    """Where the first label of a list under the same verb ends, in a clause of that list; None elsewhere."""


@dataclass(frozen=True, slots=True)
class AnalyzedParagraph:
    """A paragraph with its matches. Offsets index ``text``; those of the chapeau are negative."""

    text: str
    chapeau: str
    mentions: tuple[PhraseMatch, ...]
    clauses: tuple[Clause, ...]
    finder: PhraseMatcher
    _by_section: dict[str, list[PhraseMatch]] = field(default_factory=dict, init=False, repr=False, compare=False)
    """The mentions of each section asked for so far, by start: scanning all for each time is quadratic."""

    def between(self, start: int, end: int) -> str:
        """Return the words from ``start`` to ``end`` (exclusive); both may lie in the chapeau."""
        if start >= 0:
            return self.text[start:end]
        joined = self.chapeau + " " + self.text
        shift = len(self.chapeau) + 1
        return joined[max(0, start + shift) : max(0, end + shift)]

    def before(self, cue: str, at: int, skip: int = 1) -> bool:
        """Return whether ``cue`` precedes ``at``, with up to ``skip`` words between."""
        return self.finder.before(cue, self.between(min(at - 48, at) if at < 0 else max(0, at - 48), at), 48, skip)

    def clause(self, at: int) -> Clause:
        """Return the clause that holds the character at ``at``."""
        index = bisect_right(self.clauses, at, key=_START) - 1
        return self.clauses[max(0, index)]

    def within(self, start: int, end: int, section: str) -> list[PhraseMatch]:
        """Return the matches of a section from ``start`` to ``end`` (exclusive), in order."""
        held = self._by_section.get(section)
        if held is None:
            held = self._by_section[section] = [m for m in self.mentions if m.key(section)]
        first = bisect_left(held, start, key=_START)
        return [m for m in held[first : bisect_right(held, end, lo=first, key=_START)] if m.end <= end]


def _force(mention: PhraseMatch, text: str, finder: PhraseMatcher) -> str:
    """Return the force of an operative verb.

    What a body "had decided", or a text "in which it decided", is recalled.
    """
    recalled = finder.before("perfect", text, mention.start) or finder.before("by-which", text, mention.start, _SUBJECT)
    return "recall" if recalled else mention.key("verbs")


def _is_participle(mention: PhraseMatch, text: str, finder: PhraseMatcher) -> bool:
    """Return whether a word only qualifies.

    "Its approved budget", "the plan approved by the Assembly".
    """
    if finder.before("attributive", text, mention.start):
        return True
    return finder.after("agent", text, mention.end) and not finder.before("passive", text, mention.start)


def _asks(mention: PhraseMatch, text: str) -> str:
    """Return the force of an infinitive that opens a sub-paragraph and asks; else empty."""
    force = _ASKING.get(mention.key("cues"), "")
    return force if force and _OPENS.search(text, max(0, mention.start - 8), mention.start) else ""


def _cut(match: re.Match[str]) -> int:
    """Return where a break separates two clauses: after a stop, before a letter in brackets."""
    return match.start() if match[0] == "(" else match.end()


def _is_cited(text: str, match: re.Match[str]) -> bool:
    """Return whether a letter in brackets is cited: "mentioned in subparagraph (e)"."""
    return _CITED.search(text[max(0, match.start() - _CITING) : match.start()]) is not None


def analyze(text: str, finder: PhraseMatcher, chapeau: Sequence[str] = ()) -> AnalyzedParagraph:
    """Return a paragraph cut into clauses; ``chapeau`` are its opening texts, outermost first.

    >>> from app.obligations.phrase_matcher import phrase_matcher
    >>> paragraph = analyze("Decides to meet in May; requests a report by July", phrase_matcher("en"))
    >>> [(clause.force, paragraph.between(clause.start, clause.end)) for clause in paragraph.clauses if clause.start]
    [('decide', ' '), ('request', 'requests a report by July')]
    """
    above = " ".join(chapeau)
    inherited = [m.moved(-len(above) - 1) for m in finder.find(above)] if above else []
    own = finder.find(text)
    first = -len(above) - 1 if above else 0
    cuts: list[tuple[int, str | None]] = [(m.start, m.key("verbs")) for m in inherited if m.key("verbs")]
    verbs = [m for m in own if m.key("verbs") and not _is_participle(m, text, finder)]
    cuts += [(m.start, _force(m, text, finder)) for m in verbs]
    cuts += [(m.start, force) for m in own if (force := _asks(m, text))]
    labels = [match.end() for match in _LABEL.finditer(text) if not _is_cited(text, match)]
    labels = ([0, *labels] if above else labels) if len(labels) > 1 or above else []
    breaks = [_cut(match) for match in _BREAK.finditer(text) if match[0] != "(" or not _is_cited(text, match)]
    taken = {at for at, _ in cuts}
    cuts += [(at, None) for at in {*breaks, *labels} if at not in taken]
    cuts.sort()
    if not cuts or cuts[0][0] > first:
        cuts.insert(0, (first, None))
    clauses: list[Clause] = []
    force, head = "", first
    for (start, verb), (end, _) in zip(cuts, [*cuts[1:], (len(text), None)], strict=True):
        if verb is not None:
            force, head = verb, start
        first_label = next((at for at in labels if at >= head), None)
        listed = first_label if first_label is not None and first_label <= start and head < first_label else None
        clauses.append(Clause(start, end, force, head, listed))
    return AnalyzedParagraph(text, above, (*inherited, *own), tuple(clauses), finder)
