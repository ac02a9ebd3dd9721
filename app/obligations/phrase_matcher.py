"""Matcher of the lexicon's phrases: operative verbs, actions, actors, bodies, cues, in one pass over the words.

The phrases of a language make a tree of words; of the phrases that fit at a place the longest is taken, and what it
covers is not read again. The pass is linear in the text: nothing in a phrase can be repeated without bound.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import Any, Final, TypeAlias

import re2

from app.languages.normalize import HAN, Stripped, fold
from app.languages.phrases import GAP, deontic, phrases
from app.obligations.concepts import ADDRESSED, SHORT

_CASELESS: Final = frozenset({"verbs", "actions", "cues"})
_TOKEN: Final = re.compile(r"[\u3400-\u9fff]|[^\W_\u3400-\u9fff]+|[^\w\s]|_")
_SPACED_TOKEN: Final = re.compile(rf"\s*(?:{_TOKEN.pattern})")
EDGES: Final = frozenset(
    {
        *("past", "to", "joined", "by", "in", "due", "till", "start", "inside", "counted", "article", "through"),
        *("of", "considered", "gone", "perfect", "at", "definite", "period", "part-of", "attributive"),
        *("agent", "passive", "by-which"),
    }
)
"""Cues that are matched only beside a given offset, never in the running text."""
_LONG: Final = 2
_EDGE: Final = 48
_EDGE_WORDS: Final = 10
_STOPS: Final = frozenset(";.:；。：؛")
_PHRASE_TOKEN: Final = re.compile(r"[\u3400-\u9fff]|\*?[^\W_\u3400-\u9fff]+\*?|[^\w\s]|_")
_GAP_WORDS: Final = 8
_GAP_SIGNS: Final = 16
"""As many signs of a script that writes without spaces make about as many words."""
_NEVER: Final = r"[^\s\S]"
"""A pattern without a match."""
_REMEMBERED: Final = 100_000
"""Words whose start nodes are cached; any further word is looked up each time."""

Concept: TypeAlias = tuple[str, str]
_ANYTHING: Final[tuple[tuple[Concept, ...], ...]] = ((("actions", "act"),), (("cues", "idle"),))
"""Unspecific actions and helping verbs: both yield to a phrase that begins within them."""
_IDLE: Final = frozenset({("cues", "nothing"), ("cues", "idle")})
_NAMES: Final = frozenset({"actors", "bodies", "places"})
_WEIGHTY: Final = frozenset({"actions"})


@dataclass(frozen=True, slots=True)
class PhraseMatch:
    """Words of a paragraph that match phrases of the lexicon.

    ``start`` and ``end`` (exclusive) index the paragraph's reading; ``concepts`` are section and
    key of every phrase that fits: ``("verbs", "request")``.
    """

    start: int
    end: int
    concepts: tuple[Concept, ...]

    def key(self, section: str) -> str:
        """Return the first key of ``section`` among the concepts, or an empty string."""
        for name, key in self.concepts:
            if name == section:
                return key
        return ""

    def moved(self, by: int) -> PhraseMatch:
        """Return the same match, ``by`` characters further on."""
        return PhraseMatch(self.start + by, self.end + by, self.concepts)


@dataclass(slots=True)
class _Node:
    words: dict[str, _Node] = field(default_factory=dict)
    stems: dict[str, _Node] = field(default_factory=dict)
    """By the beginning of a word that may end anyhow; the empty beginning is any word."""
    tails: dict[str, _Node] = field(default_factory=dict)
    """By the ending of a word that may begin anyhow."""
    gap: _Node | None = None
    concepts: tuple[Concept, ...] = ()
    plain: bool = True
    """Only whole words go on from here."""

    def settle(self) -> None:
        """Set ``plain`` here and below, once the tree is complete."""
        self.plain = self.gap is None and not self.stems and not self.tails
        below = [*self.words.values(), *self.stems.values(), *self.tails.values(), *([self.gap] if self.gap else [])]
        for node in below:
            node.settle()

    def step(self, word: str) -> list[_Node]:
        """Return the nodes that ``word`` leads to."""
        exact = self.words.get(word)
        out = [exact] if exact is not None else []
        if self.stems and word[0].isalpha():
            out += [node for stem, node in self.stems.items() if word.startswith(stem)]
        if self.tails:
            out += [node for tail, node in self.tails.items() if word.endswith(tail) and len(word) > len(tail) + 1]
        return out


@dataclass(frozen=True, slots=True)
class _Start:
    """The nodes that a word leads to from the roots, and the words that can follow.

    ``lower`` are those of the caseless tree, ``words`` those of the cased one; None for any word.
    """

    caseless: list[_Node]
    cased: list[_Node]
    lower: frozenset[str] | None
    words: frozenset[str] | None
    either: frozenset[str] | None
    """The words of both, in lower case."""


_NOWHERE: Final = _Start([], [], frozenset(), frozenset(), frozenset())
"""The start of a word that begins no phrase."""


def _seconds(nodes: list[_Node]) -> frozenset[str] | None:
    """Return the words that can follow ``nodes``; None if a phrase may end there or any may."""
    if any(node.concepts or node.gap or node.stems or node.tails for node in nodes):
        return None
    return frozenset(word for node in nodes for word in node.words)


class PhraseMatcher:
    """The phrases of one language, compiled for matching."""

    def __init__(self, language: str, folder: Path | None = None) -> None:
        self.language = language
        self._caseless, self._cased = _Node(), _Node()
        self._first: dict[str, _Start] = {}
        asking: dict[str, str] = {}
        idle: list[str] = []
        named: dict[str, list[str]] = defaultdict(list)
        expiring: list[str] = []
        self._edges: dict[str, frozenset[tuple[str, ...]]] = {}
        for section, entries in deontic(language, folder).sections.items():
            if section == "structure":
                continue  # found by StructureScanner, in few paragraphs only
            for key, patterns in entries.items():
                listed = [fold(phrase).text for pattern in patterns for phrase in phrases(pattern)]
                if section == "cues" and key in EDGES:
                    self._edges[key] = frozenset(tuple(_TOKEN.findall(phrase.lower())) for phrase in listed)
                    continue
                if section == "bodies":
                    named[key] += listed
                if section == "verbs" and key in ADDRESSED:
                    asking.update((phrase, key) for phrase in listed if "*" not in phrase and GAP not in phrase)
                for phrase in listed:
                    self._add(section, key, phrase)
                if section == "cues" and key in ("expiry", "term-end"):
                    expiring += [phrase for phrase in listed if "*" not in phrase and GAP not in phrase]
                if section == "cues" and key == "nothing":
                    idle += [phrase for phrase in listed if "*" not in phrase and GAP not in phrase]
        self._caseless.settle()
        self._cased.settle()
        self._last_words = {cue: frozenset(phrase[-1] for phrase in edges) for cue, edges in self._edges.items()}
        # Only what holds words of asking can hide them; the automaton stays within its memory, and linear.
        asked = {phrase.lower() for phrase in asking}
        hiding = [phrase for phrase in idle if any(one in phrase.lower() for one in asked)]
        self._asking = _either([*asking, *hiding])
        self._members: dict[str, Any] = {
            short: re2.compile("|".join(sorted({_loose(x) for body in members for x in named[body]})) or _NEVER)
            for short, members in SHORT.items()
        }
        self._expiring = _either(expiring)
        self._forces = {" ".join(_TOKEN.findall(phrase.lower())): key for phrase, key in asking.items()}

    def _add(self, section: str, key: str, phrase: str) -> None:
        caseless = section in _CASELESS
        node = self._caseless if caseless else self._cased
        for token in _PHRASE_TOKEN.findall(phrase.lower() if caseless else phrase):
            if token == GAP:
                node.gap = node.gap or _Node()
                node = node.gap
            elif token.startswith("*") and len(token) > 1:
                node = node.tails.setdefault(token[1:], _Node())
            elif token.endswith("*"):
                node = node.stems.setdefault(token[:-1], _Node())
            else:
                node = node.words.setdefault(token, _Node())
        if (section, key) not in node.concepts:
            node.concepts = (*node.concepts, (section, key))

    def _starts(self, word: str) -> _Start:
        caseless, cased = self._caseless.step(word.lower()), self._cased.step(word)
        found = _NOWHERE
        if caseless or cased:
            lower, words = _seconds(caseless), _seconds(cased)
            either = None if lower is None or words is None else lower | {one.lower() for one in words}
            found = _Start(caseless, cased, lower, words, either)
        if len(self._first) < _REMEMBERED:
            self._first[word] = found
        return found

    def find(self, text: str) -> list[PhraseMatch]:
        """Return the matches in ``text``, in order, without overlaps."""
        return list(self.each(text))

    def each(self, text: str) -> Iterator[PhraseMatch]:
        """Yield the matches one by one, for callers that need only the first."""
        folded = fold(text)
        words = _TOKEN.findall(folded.text)
        lower = [word.lower() for word in words]
        first = self._first
        begun = [
            at
            for at, (word, following) in enumerate(zip(words, [*lower[1:], ""], strict=False))
            if (start := first.get(word)) is not _NOWHERE
            and (start is None or start.either is None or following in start.either)
        ]
        if not begun:
            return
        ends = list(accumulate(map(len, _SPACED_TOKEN.findall(folded.text))))
        last = len(words) - 1
        free = 0
        for at in begun:
            if at < free:
                continue
            word = words[at]
            start = first.get(word) or self._starts(word)
            end = at + 1
            concepts: tuple[Concept, ...] = ()
            if start.cased and (start.words is None or (at < last and words[at + 1] in start.words)):
                end, concepts = _longest(start.cased, words, at + 1)
            if start.caseless and (start.lower is None or (at < last and lower[at + 1] in start.lower)):
                other_end, other = _longest(start.caseless, lower, at + 1)
                if other_end > end or not concepts:
                    end, concepts = other_end, other
                elif other_end == end:
                    concepts = (*concepts, *other)
            if not concepts or (concepts in _ANYTHING and self._named(words, lower, at + 1, end)):
                continue
            if _IDLE.isdisjoint(concepts):
                yield PhraseMatch(folded.place(ends[at] - len(word)), folded.place(ends[end - 1] - 1) + 1, concepts)
                if end - at > _LONG and not any(section in _NAMES for section, _ in concepts):
                    yield from self._inside(folded, ends, words, at + 1, end)
            free = end

    def _inside(self, folded: Stripped, ends: list[int], words: list[str], at: int, stop: int) -> Iterator[PhraseMatch]:
        """Yield the names within a phrase with a gap: "keep the Security Council informed"."""
        while at < stop:
            cased = (self._first.get(words[at]) or self._starts(words[at])).cased
            end, concepts = _longest(cased, words, at + 1) if cased else (at, ())
            if concepts and end <= stop:
                start = ends[at] - len(words[at])
                yield PhraseMatch(folded.place(start), folded.place(ends[end - 1] - 1) + 1, concepts)
                at = end
            else:
                at += 1

    def asking(self, text: str) -> list[tuple[int, int, str]]:
        """Return where ``text`` asks somebody to act, as start, end (exclusive) and force.

        Only the words of asking are scanned.
        """
        out: list[tuple[int, int, str]] = []
        data = text.encode(errors="replace")
        single = len(data) == len(text)
        for match in self._asking.finditer(data):
            start, end = match.span()
            if not single:
                start, end = len(data[:start].decode()), len(data[:end].decode())
            if start and text[start - 1].isalpha() and text[start].isalpha() and not HAN.match(text[start]):
                continue
            if end < len(text) and text[end].isalpha() and text[end - 1].isalpha() and not HAN.match(text[end - 1]):
                continue
            force = self._forces.get(" ".join(_TOKEN.findall(fold(text[start:end]).text.lower())))
            if force is not None:
                out.append((start, end, force))
        return out

    def may_name(self, short: str, text: str) -> bool:
        """Return whether ``text`` may name a body of the short name; false positives only."""
        return self._members[short].search(fold(text).text.encode()) is not None

    def expiring(self, text: str) -> bool:
        """Return whether ``text`` may name the end of a mandate or period."""
        return self._expiring.search(text) is not None

    def has(self, cue: str) -> bool:
        """Return whether the language lists phrases for an edge cue."""
        return bool(self._edges.get(cue))

    def before(self, cue: str, text: str, at: int, skip: int = 0) -> bool:
        """Return whether ``text[:at]`` ends with ``cue``, up to ``skip`` words (articles) between."""
        listed = self._edges.get(cue)
        if not listed:
            return False
        words, ends = _tail(text[max(0, at - _EDGE) : at]), self._last_words[cue]
        for last in range(len(words), max(0, len(words) - skip) - 1, -1):
            if last and words[last - 1] in ends:
                ending = tuple(words[max(0, last - _EDGE_WORDS) : last])
                if any(ending[first:] in listed for first in range(len(ending))):
                    return True
        return False

    def after(self, cue: str, text: str, at: int) -> bool:
        """Return whether ``text[at:]`` begins with a phrase of ``cue``."""
        return self.past(cue, text, at) > at

    def holds(self, cue: str, text: str) -> bool:
        """Return whether ``text`` holds a phrase of ``cue`` as whole words."""
        listed = self._edges.get(cue, frozenset())
        if not listed:
            return False
        words = tuple(_tail(text))
        return any(
            words[at : at + size] in listed
            for size in {len(phrase) for phrase in listed}
            for at in range(len(words) - size + 1)
        )

    def past(self, cue: str, text: str, at: int) -> int:
        """Return the end of the longest phrase of ``cue`` at ``at``; ``at`` itself without one."""
        seen = fold(text[at : at + _EDGE])
        tokens = list(_TOKEN.finditer(seen.text))[:_EDGE_WORDS]
        words = tuple(token[0].lower() for token in tokens)
        listed = self._edges.get(cue, frozenset())
        longest = max((n for n in range(1, len(words) + 1) if words[:n] in listed), default=0)
        return at + seen.place(tokens[longest - 1].end() - 1) + 1 if longest else at

    def _named(self, words: list[str], lower: list[str], at: int, end: int) -> bool:
        """Return whether a specific action begins between ``at`` and ``end`` (exclusive)."""
        for inner in range(at, end):
            start = self._first.get(words[inner]) or self._starts(words[inner])
            for nodes, forms in ((start.cased, words), (start.caseless, lower)):
                found = _longest(nodes, forms, inner + 1)[1] if nodes else ()
                if found and found not in _ANYTHING and any(section in _WEIGHTY for section, _ in found):
                    return True
        return False


def _either(phrases_: Iterable[str]) -> Any:
    """Return one RE2 pattern for many phrases; the longest match wins."""
    options = re2.Options()
    options.never_capture = True
    options.longest_match = True
    options.log_errors = False
    options.max_mem = 1 << 28  # bytes; with less RE2 drops its DFA and matches ten times as slowly
    alternatives = "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in sorted(phrases_))
    return re2.compile(f"(?i:{alternatives})" if alternatives else _NEVER, options)


def _loose(phrase: str) -> str:
    """Return a pattern wider than the phrase: its words up to a gap, with or without blanks."""
    words = [token.strip("*") for token in _PHRASE_TOKEN.findall(phrase.partition(GAP)[0])]
    return r"\s*".join(re.escape(word) for word in words)


@functools.lru_cache(maxsize=256)
def _tail(text: str) -> list[str]:
    """Return the words of a short text in lower case; cached, as several cues are tried."""
    return [word.lower() for word in _TOKEN.findall(fold(text).text)]


def _longest(nodes: list[_Node], words: list[str], at: int) -> tuple[int, tuple[Concept, ...]]:
    """Return end and concepts of the longest phrase from ``nodes``; no concepts without one."""
    if len(nodes) != 1:
        return _longest_of(nodes, words, at)
    node = nodes[0]
    best: tuple[int, tuple[Concept, ...]] = (at, ())
    while node.plain:
        if node.concepts:
            best = (at, node.concepts)
        following = node.words.get(words[at]) if at < len(words) else None
        if following is None:
            return best
        node, at = following, at + 1
    found = _longest_of([node], words, at)
    return found if found[1] and (found[0] > best[0] or not best[1]) else best


def _longest_of(nodes: list[_Node], words: list[str], at: int) -> tuple[int, tuple[Concept, ...]]:
    """Return the same as ``_longest`` where several branches continue."""
    best: tuple[int, tuple[Concept, ...]] = (at, ())
    for node in nodes:
        if node.concepts and (not best[1] or at > best[0]):
            best = (at, node.concepts)
        elif node.concepts and at == best[0]:
            best = (at, (*best[1], *(c for c in node.concepts if c not in best[1])))
        if at < len(words) and (following := node.step(words[at])):
            found = _longest(following, words, at + 1)
            if found[1] and (found[0] > best[0] or not best[1]):
                best = found
        if node.gap is not None:
            most = _GAP_SIGNS if at < len(words) and HAN.match(words[at]) else _GAP_WORDS
            if node.gap.plain and node.gap.words.keys().isdisjoint(words[at : at + most + 1]):
                continue
            for ahead in range(at, min(at + most, len(words) - 1) + 1):
                if following := node.gap.step(words[ahead]):
                    found = _longest(following, words, ahead + 1)
                    if found[1] and (found[0] > best[0] or not best[1]):
                        best = found
                        break
                if words[ahead] in _STOPS:
                    break
    return best


@functools.cache
def phrase_matcher(language: str, folder: Path | None = None) -> PhraseMatcher:
    """Return the matcher of ``language``, built on first use. Raises as ``deontic`` does.

    >>> [match.key("actors") for match in phrase_matcher("en").find("Requests the Secretary-General to report")]
    ['', 'secretary-general', '']
    """
    return PhraseMatcher(language, folder)
