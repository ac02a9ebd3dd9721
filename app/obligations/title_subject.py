"""What titles are about: the place of an item in its paragraph, and the subject that its clause names."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

from app.languages.title_patterns import Keyed, TitlePatterns, title_patterns
from app.model import Obligation, Paragraph, Resolution, TitleSlots, Topic
from app.obligations.bearers import BearerFinder
from app.obligations.phrase_matcher import PhraseMatcher
from app.obligations.session_reference import BodyContext
from app.obligations.short_title import (
    document_topic,
    replace_long_names,
    shorten_title,
    stems,
    topic_of_name,
    topic_of_words,
)
from app.obligations.theme import tidy
from app.registry.short_names import NameMention, find_names, printed_name

_WITHOUT_TITLE: Final = frozenset({"security-council"})
"""Bodies whose instruments carry no title: what carries the date names the subject."""
_HEADS: Final = 4
"""Preambular paragraphs in which the place of an instrument without a title is looked for."""
_NOT_REPORT: Final = 80.0
"""Characters by which another noun must be nearer than "report" to be what is submitted."""
_SHARED: Final = 0.5
"""Share of the smaller set of stems that two topics have in common when they say the same."""


@dataclass(frozen=True, slots=True)
class ItemPlace:
    """An item in its paragraph.

    ``start`` and ``end`` (exclusive) index ``text``; ``first`` and ``last`` (exclusive) bound its clause.
    """

    item: Obligation
    text: str
    start: int
    end: int
    first: int
    last: int
    clause: str
    chapeaux: tuple[Paragraph, ...]

    @property
    def segment(self) -> str:
        """The clause under one operative verb."""
        return self.text[self.first : self.last]

    @property
    def at(self) -> int:
        """Where the item's words begin within the segment."""
        return self.start - self.first

    @property
    def until(self) -> int:
        """Where the item's words end within the segment."""
        return self.end - self.first


@functools.lru_cache(maxsize=16)  # the items of one clause ask for the same nouns
def _matches(patterns: Keyed, text: str) -> tuple[tuple[str, re.Match[str]], ...]:
    """Return the matches of keyed patterns in ``text``, each with its key."""
    return tuple((key, match) for key, pattern in patterns for match in pattern.finditer(text))


class SubjectFinder:
    """The subjects that the clauses of one instrument name, and the instrument's own."""

    def __init__(self, resolution: Resolution, matcher: PhraseMatcher, context: BodyContext) -> None:
        self.resolution = resolution
        self.language = resolution.language
        self.words: TitlePatterns = title_patterns(resolution.language)
        self.topic = document_topic(resolution)
        refugees = "unhcr" in self.topic.names
        self.bearers = BearerFinder(self.words, matcher, context, refugees=refugees)
        self.untitled = resolution.body in _WITHOUT_TITLE
        self.place_slug = self._find_place()

    def _find_place(self) -> str | None:
        """Return the place that an instrument without a title is about."""
        for slug in reversed(self.topic.names):
            mention = find_names(printed_name(slug, "en"), "en")
            if mention and mention[0].name.group == "places":
                return slug
        heads = [self.resolution.title, *(one.reading.text for one in self.resolution.preamble[:_HEADS])]
        found = (mention.name for text in heads for mention in find_names(text, self.language))
        return next((name.slug for name in found if name.group == "places"), None) if self.untitled else None

    def named(self, text: str, near: int) -> Topic:
        """Return the mission or panel that ``text`` names nearest before ``near``, with its place."""
        found = [m for m in find_names(text, self.language) if m.name.group in ("missions", "panels")]
        if not found:
            return Topic()
        before = [mention for mention in found if mention.start <= near]
        chosen = before[-1] if before else found[0]
        return self._placed_name(chosen)

    def _placed_name(self, mention: NameMention) -> Topic:
        if mention.name.group == "panels" and self.place_slug:
            return Topic({}, (mention.name.slug, self.place_slug))
        return topic_of_name(mention)

    def subject(self, place: ItemPlace, theme: str) -> tuple[Topic, Topic]:
        """Return subject and context from the clause's theme and the instrument's topic."""
        if self.untitled:
            named = self.named(place.segment, place.at)
            if named:
                return named, Topic()
            if self.topic:
                return self.topic, Topic()
        if not theme:
            return self.topic, Topic()
        topic = topic_of_words(replace_long_names(theme, self.language), self.language)
        if not self.topic:
            return topic, Topic()
        return (self.topic, Topic()) if self.overlaps(theme, self.topic) else (topic, self.topic)

    def words_of(self, topic: Topic) -> str:
        """Return the words and names of a topic in the language of the text."""
        words = topic.words.get(self.language, "")
        return " ".join([words, *(printed_name(slug, self.language) for slug in topic.names)])

    def nearest_act(self, patterns: Keyed, text: str, at: int) -> tuple[str, re.Match[str]] | None:
        """Return the act of the noun nearest to ``at``, before rather than after.

        An earlier pattern wins a tie.
        """
        best: tuple[float, str, re.Match[str]] | None = None
        for act, match in _matches(patterns, text):
            distance = at - match.end() if match.end() <= at else 2.0 * max(0, match.start() - at)
            if not act.startswith(("report", "update", "briefing")) and patterns is self.words.reports:
                distance += _NOT_REPORT
                if match[0][:1].isupper() and match.start():
                    continue  # a word of a proper name: "the United Nations Integrated Strategy for the Sahel"
            if best is None or distance < best[0] - len(act) / 10:
                best = (distance, act, match)
        return (best[1], best[2]) if best else None

    def in_language(self, theme: str) -> dict[str, str]:
        """Return words under the language of the text, nothing for an empty string."""
        return {self.language: theme} if theme else {}

    def actor(self, item: Obligation) -> str | None:
        """Return who acts, unless it is the adopting body, which the subject leaves unsaid."""
        return item.bearer if item.bearer != self.resolution.body else None

    def overlaps(self, theme: str, topic: Topic) -> bool:
        """Return whether a theme says no more than a topic."""
        words, known = stems(theme, self.words), stems(self.words_of(topic), self.words)
        return not words or words <= known or len(words & known) >= _SHARED * min(len(words), max(1, len(known)))

    def repeats_topic(self, theme: str) -> bool:
        """Return whether a theme holds all words of the instrument's topic."""
        words, known = stems(theme, self.words), stems(self.words_of(self.topic), self.words)
        return bool(known) and known <= words

    def operated(self, text: str) -> str:
        """Return the thing that ``text`` asks to operate, else an empty string."""
        match = self.words.one("operated").search(text)
        return tidy(match["what"]) if match else ""

    def first_act(self, patterns: Keyed, text: str) -> str:
        """Return the act of the first pattern that ``text`` holds, else an empty string."""
        return next((act for act, pattern in patterns if pattern.search(text)), "")

    def titled(self, words: str) -> Topic:
        """Return the topic of a quoted title, the instrument's own where it says the same."""
        return topic_of_words(shorten_title(tidy(words), self.language), self.language)


SlotMaker: TypeAlias = Callable[[ItemPlace, SubjectFinder], TitleSlots]
"""What fills the slots of the items of one kind."""
