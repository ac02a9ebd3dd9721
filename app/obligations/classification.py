"""The act that governs a time, and what the rules that look for it share: candidate actions and distances."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from app.languages.normalize import HAN
from app.model import Kind
from app.obligations.clauses import AnalyzedParagraph
from app.obligations.concepts import DONE
from app.obligations.phrase_matcher import PhraseMatch
from app.obligations.time_reference import TimeReference

Confidence = Literal["high", "medium", "low"]

BESIDE: Final = 14
"""Characters between two things that belong together: an article and an adjective."""
OBJECT_REACH: Final = 110
"""Characters from a verb or a time to the noun that goes with it."""
RIGHT_BEFORE: Final = 6
"""Characters between a noun and the time that is part of it: a preposition."""
LASTING_KINDS: Final = frozenset({Kind.MANDATE, Kind.PERIOD})
"""Kinds of what lasts for a time, rather than happens at one."""
_OF_TOPICS: Final = frozenset({"consider", "put-on-agenda", "submit", "present", "report", "hold", "convene"})
"""What is done about a topic, whose title may name other acts."""
QUOTED: Final = re.compile(r"[“«„「『《][^“”«»„「」『』《》]{3,400}[”»“」』》]")
STOPS: Final = re.compile(r"[,،，、]")


@dataclass(frozen=True, slots=True)
class Classification:
    """The act that governs a time: its kind and slug, the rule that found it, its mention."""

    kind: Kind
    action: str
    rule: str
    confidence: Confidence
    mention: PhraseMatch | None


def act_name(mention: PhraseMatch) -> str:
    """Return the slug of the act of a mention; of a noun, what is done to such a thing.

    >>> act_name(PhraseMatch(0, 10, (("actions", "the-report"),)))
    'report'
    """
    key = mention.key("actions")
    return DONE.get(key, key)


def is_title_word(view: AnalyzedParagraph, mention: PhraseMatch) -> bool:
    """Return whether an action is a word of a title: "the Conference to Support the Use of".

    >>> from app.obligations.clauses import analyze
    >>> from app.obligations.phrase_matcher import phrase_matcher
    >>> view = analyze("Welcomes the Pact to Review Lamps, and decides to review the lamps", phrase_matcher("en"))
    >>> [is_title_word(view, m) for m in view.mentions if m.key("actions") == "review"]
    [True, False]
    """
    if mention.key("actions").startswith("the-") or (mention.start == 0 and not mention.key("verbs")):
        return False
    words = view.between(mention.start, mention.end)
    last = words.rsplit(maxsplit=1)[-1]
    if not last[0].isupper() or last.isupper():
        return False
    before = view.between(mention.start - 2, mention.start)
    return len(words) > len(last) or (before[-1:] == " " and before[0] not in '.:;)(•“"')


def candidate_actions(view: AnalyzedParagraph, time: TimeReference) -> list[PhraseMatch]:
    """Return the actions of its clause that may govern ``time``, in the order of the text.

    Words of titles, of the body part that holds a session, of the dialogue that follows a report, and of the event that
    a length counts from are left out.

    >>> from app.obligations.clauses import analyze
    >>> from app.obligations.phrase_matcher import phrase_matcher
    >>> from app.obligations.time_reference import TimeKind
    >>> view = analyze("Requests the Group to submit a report by 3 May 2037", phrase_matcher("en"))
    >>> time = TimeReference(38, 51, "../2037-05-03", TimeKind.BY, "date", "2037-05-03")
    >>> [m.key("actions") for m in candidate_actions(view, time)]
    ['submit', 'report']
    """
    clause = view.clause(time.start)
    part = view.before("part-of", time.start, 0)
    dialogues = [m for m in view.mentions if m.key("cues") == "followed-by"]
    titles = _quoted_titles(view, clause.head, time)
    from_event = time.rule.endswith(".event")
    includes_noun = "week" in time.rule or time.rule == "expiry"

    def actions_from(start: int) -> list[PhraseMatch]:
        return [
            m
            for m in view.within(start, clause.end, "actions")
            if not is_title_word(view, m)
            and not any(held.start <= m.start and m.end <= held.end for held in dialogues)
            and not any(first < m.start and m.end <= last for first, last in titles)
            and not (part and 0 <= time.start - m.end <= BESIDE)
            and not (from_event and time.start <= m.start < time.end)
            and not (includes_noun and time.start <= m.start and m.end <= time.end)
        ]

    inside = actions_from(clause.start)
    if any(m.end <= time.start for m in inside) or clause.start == clause.head:
        return inside
    if clause.listed is not None:
        # In a list the opening words hold for each part, the words of the other parts do not.
        return [m for m in actions_from(clause.head) if m.start < clause.listed or m.start >= clause.start]
    # A sentence that goes on: the actions before it still hold.
    return actions_from(clause.head)


def _quoted_titles(view: AnalyzedParagraph, head: int, time: TimeReference) -> list[tuple[int, int]]:
    """Return the quotations between a verb and ``time``, as start and end (exclusive).

    "To consider the topic “Observance of the Year of Lamps” at its tenth session".
    """
    verbs = [m for m in view.within(head, time.start, "actions") if m.key("actions") in _OF_TOPICS]
    if not verbs:
        return []
    return [quote.span() for quote in QUOTED.finditer(view.text, max(0, verbs[0].end), max(0, time.start))]


def has_verb_last(view: AnalyzedParagraph, time: TimeReference) -> bool:
    """Return whether the words at ``time`` are Chinese, which puts the time before the verb.

    >>> from app.obligations.clauses import analyze
    >>> from app.obligations.phrase_matcher import phrase_matcher
    >>> from app.obligations.time_reference import TimeKind
    >>> time = TimeReference(0, 5, "2037", TimeKind.DATE, "year", "2037")
    >>> [has_verb_last(analyze(text, phrase_matcher(lang)), time) for text, lang in (("2037年", "zh"), ("2037", "en"))]
    [True, False]
    """
    return HAN.search(view.text, max(0, time.start), time.end + RIGHT_BEFORE) is not None
