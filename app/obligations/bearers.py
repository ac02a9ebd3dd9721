"""Who bears an item where the operative verb alone does not say: that-clauses, passives, reports of somebody."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import Final

from app.languages.title_patterns import TitlePatterns
from app.model import Kind, Obligation, Paragraph
from app.obligations.concepts import SHORT
from app.obligations.phrase_matcher import PhraseMatcher
from app.obligations.session_reference import BodyContext

_SLUG_WORDS: Final = 7
"""Words of a name outside the vocabulary that its slug keeps."""
_VERB: Final = 24
"""Characters that an operative verb has at most."""
_NAME: Final = 300
"""Characters after an operative verb in which the one asked is named, and the act begins."""
_NOT_ALNUM: Final = re.compile(r"[^a-z0-9]+")
_ARTICLE: Final = re.compile(r"^(?:to the |all |the |its |their |his |her |an? |l[’']|les? |la |aux? |à )+", re.I)
_EVENT: Final = re.compile(r"^(?:one|two|three|four|five|half|\d+)-(?:hour|day|week)\b", re.I)
"""A length before a noun: what lasts a day is an event, and bears nothing."""
_QUALIFIER: Final = re.compile(
    r"^(?:relevant|other|both|each|those|these|this|above-mentioned|aforementioned|the|all) "
)
"""Words before a name that are no part of it."""
_FIRST_OF_TWO: Final = re.compile(
    r"^([A-Z].*?) and (?:the |its |all |other |[A-Z]{3,}).*$|^([A-Z]{2,}|United Nations) and .*$"
)
"""Two names side by side, of which the first counts."""
_HEAD_END: Final = re.compile(r" (?:of|for|in|on|between|by|to|with|among|at)(?= )")
"""The preposition after the head of a name: "Office for Lamps"."""
_NO_NAME: Final = re.compile(
    r"^(?:of|to|in|on|for|from|with|that|which|who|such|no|not|and|International (?:Year|Day|Decade))\b"
    r"|\b(?:that|which|who|not|from)\b|(?:ly|particular|continue|position|referred|established)$"
)
"""Words that stand in a sentence, and in no name of an organ."""
_MEMBERS: Final = frozenset({"members", "participants"})
_COUNCIL_SHORT: Final = {"the-committee": "sanctions-committee", "the-commission": "commission-of-inquiry"}
"""What short names stand for in the Security Council, where the text names no other body."""
_WHOLE: Final = {"united nations": "united-nations-system", "nations unies": "united-nations-system"}
_RIGHTS: Final = "united-nations-high-commissioner-for-human-rights"
_REFUGEES: Final = "united-nations-high-commissioner-for-refugees"
_OWN: Final = frozenset({Kind.MANDATE})
"""Kinds of which the adopting body is the bearer where nobody is asked."""
_NEVER: Final = frozenset({Kind.OBSERVANCE})


@functools.lru_cache(maxsize=64)  # the items of one clause ask for the same bearers
def _matches(pattern: re.Pattern[str], text: str) -> tuple[re.Match[str], ...]:
    """Return the matches of ``pattern`` in ``text``."""
    return tuple(pattern.finditer(text))


class BearerFinder:
    """Finds the one who bears an item in the words of its clause.

    ``refugees`` says that "the High Commissioner" of the text is the one for refugees.
    """

    def __init__(
        self, words: TitlePatterns, matcher: PhraseMatcher, context: BodyContext, *, refugees: bool = False
    ) -> None:
        self._words = words
        self._matcher = matcher
        self._context = context
        self._refugees = refugees

    def find(self, item: Obligation, clause: str, at: int, chapeaux: Sequence[Paragraph]) -> str | None:
        """Return the bearer of ``item``, whose words begin at ``at`` of ``clause``.

        It is the item's own where no rule finds another.
        """
        adopting = self._context.adopting
        if item.bearer == _RIGHTS and self._refugees:
            return _REFUGEES
        if item.kind in _NEVER or (item.bearer not in (None, adopting)):
            return item.bearer
        for text, end in ((clause, at), *((paragraph.reading.text, None) for paragraph in reversed(chapeaux))):
            if found := self._asked(text, end, item.kind):
                return found
        if item.bearer is None and item.kind in _OWN:
            return adopting
        return item.bearer

    def asked_at(self, text: str, at: int) -> str | None:
        """Return the one asked by the operative verb that ends at ``at`` of ``text``, by name."""
        first, last = max(0, at - _VERB), at + _NAME
        for pattern in self._words.bearers:
            match = pattern.search(text, first, last)
            if match is not None and match.start() < at <= match.start("who"):
                return self.slug_of(match["who"])
        return None

    def _asked(self, text: str, end: int | None, kind: Kind) -> str | None:
        """Return the one asked nearest before ``end``.

        Of a report it may also be the one whose report it is.
        """
        best: tuple[int, str] | None = None
        for pattern in (*self._words.bearers, *(self._words.reporters if kind is Kind.REPORT else ())):
            for match in _matches(pattern, text):
                if end is not None and match.start("who") > end + len(match["who"]) + 60:
                    continue
                slug = self.slug_of(match["who"])
                if slug and slug != self._context.adopting and (best is None or match.start("who") > best[0]):
                    best = (match.start("who"), slug)
        return best[1] if best else None

    def slug_of(self, name: str) -> str | None:
        """Return the slug of a name: of the vocabulary, else of its own words.

        A short name gives the slug of what it stands for; None where the words are no name.
        """
        bare = _ARTICLE.sub("", " ".join(name.split())).strip(" ,.;:")
        if whole := _WHOLE.get(bare.casefold()):
            return whole
        for mention in self._matcher.find(name):
            key = mention.key("actors")
            body = mention.key("bodies")
            if key == _RIGHTS and self._refugees:
                return _REFUGEES
            if key:
                return key
            if body and body != "adopting-body":
                full = self._context.full(body)
                if full is None and self._context.adopting == "security-council":
                    full = _COUNCIL_SHORT.get(body)
                if full:
                    return full
        return self._own_words(bare)

    def _in_full(self, noun: str) -> str | None:
        """Return the slug of the one organ that the instrument calls by ``noun``.

        "The Office", "the mission": None where it names no such organ in full, or several.
        """
        noun = noun.casefold()
        found: set[str] = set()
        for text in self._context.texts:
            if noun not in text.casefold():
                continue
            for mention in self._matcher.find(text):
                words = text[mention.start : mention.end].casefold().split()
                slug = mention.key("actors") or mention.key("bodies")
                if len(words) > 1 and noun in words and slug and slug != self._context.adopting and slug not in SHORT:
                    found.add(slug)
        return found.pop() if len(found) == 1 else None

    def _own_words(self, bare: str) -> str | None:
        """Return the slug of a name outside the vocabulary; None where it may be none."""
        while (shorter := _QUALIFIER.sub("", bare)) != bare:
            bare = shorter
        if two := _FIRST_OF_TWO.match(bare):
            bare = two[1] or two[2]
        if whole := _WHOLE.get(bare.casefold()):
            return whole
        if _EVENT.match(bare) or _NO_NAME.search(bare) or not self._words.english_slugs:
            return None
        if " " not in bare and not bare.isupper() and self._words.one("organ_nouns").fullmatch(bare):
            return self._in_full(bare)
        head = _HEAD_END.split(bare, maxsplit=1)[0]
        capital = any(word[:1].isupper() for word in head.split()) or head in _MEMBERS
        organ = self._words.one("organ_nouns").search(head) is not None
        proper = (capital or organ) and not any(sign.isdigit() for sign in bare)
        plain = proper and bare.isascii() and bare[:1].isalpha() and len(bare.split()) <= _SLUG_WORDS
        return _NOT_ALNUM.sub("-", bare.casefold()).strip("-") if plain else None
