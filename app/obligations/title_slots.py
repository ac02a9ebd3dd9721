"""Fill the slots of titles, the clause and the flags of the items that an instrument schedules."""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from app.languages.title_patterns import Keyed, TitlePatterns, title_patterns
from app.model import UNDATED, Anchor, Duration, Kind, Obligation, Paragraph, Resolution, TitleSlots, Topic
from app.obligations.bearers import BearerFinder
from app.obligations.clause_text import clause_of, reading_offset
from app.obligations.phrase_matcher import PhraseMatcher
from app.obligations.session_reference import BodyContext
from app.obligations.short_title import (
    document_topic,
    is_empty,
    replace_long_names,
    shorten_title,
    stems,
    topic_of_name,
    topic_of_words,
)
from app.obligations.spans import time_of
from app.obligations.tasks import CROWDS, is_appeal
from app.obligations.theme import (
    asked_phrase,
    goal_after,
    goal_before,
    noun_phrase,
    noun_theme,
    observance_name,
    proper_name,
    segment,
    theme_after,
    theme_at,
    tidy,
)
from app.registry.short_names import NameMention, find_names, printed_name

_WITHOUT_TITLE: Final = frozenset({"security-council"})
"""Bodies whose instruments carry no title: what carries the date names the subject."""
_VAGUE: Final = CROWDS | {"funds-and-programmes", "specialized-agencies", "general-assembly"}
"""Bearers that are no single organ: what they shall reach by a year is a goal."""
_BUDGETS: Final = frozenset({"appropriation", "assessments", "commitment-authority", "credits", "scale", "budget"})
_QUOTED: Final = re.compile(r"[“«„\"]\s?([^“”«»„\"]{3,400}?)\s?[”»\"]")
_BOOK: Final = re.compile(r"[《“]([^》”]{2,120})[》”]")
_BEFORE: Final = 70
_NEAR_NOUN: Final = 140
"""Characters before a time within which a noun is what is due then."""
_LOOSE_NOUNS: Final = frozenset({"report", "information", "views", "budget-proposal", "strategy", "summary"})
"""Nouns that a clause may hold without their being what is due."""
_NOT_REPORT: Final = 80.0
"""Characters by which another noun must be nearer than "report" to be what is submitted."""
_SHARED: Final = 0.5
"""Share of the smaller set of stems that two topics have in common when they say the same."""


@dataclass(frozen=True, slots=True)
class _Place:
    """An item in its paragraph: ``start`` and ``end`` index ``text``, ``first`` and ``last`` bound its clause."""

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
        return self.text[self.first : self.last]

    @property
    def at(self) -> int:
        """Where the item's words begin within the segment."""
        return self.start - self.first


def fill_slots(
    resolution: Resolution, obligations: Sequence[Obligation], matcher: PhraseMatcher, context: BodyContext
) -> list[Obligation]:
    """Return the items with the slots of their titles, their clauses, bearers and flags, in the same order."""
    composer = _Composer(resolution, matcher, context)
    return [composer.filled(item) for item in obligations]


@functools.lru_cache(maxsize=16)  # the items of one clause ask for the same nouns
def _matches(patterns: Keyed, text: str) -> tuple[tuple[str, re.Match[str]], ...]:
    """Return the matches of keyed patterns in ``text``, by pattern and place, each with its key."""
    return tuple((key, match) for key, pattern in patterns for match in pattern.finditer(text))


def _is_goal_year(value: str) -> bool:
    """Return whether a time is a year, the end of one, or whole years from the adoption."""
    when = replace(time_of(value), recurrence=None)
    point = when.single
    shift = point.shift if point is not None and point.base == Anchor.ADOPTION and point.sign > 0 else None
    years = shift is not None and shift == Duration(years=shift.years)
    return when.is_year or when.is_until_year_end or years


class _Composer:
    """The title slots of the items of one instrument."""

    def __init__(self, resolution: Resolution, matcher: PhraseMatcher, context: BodyContext) -> None:
        self.resolution = resolution
        self.language = resolution.language
        self.words: TitlePatterns = title_patterns(resolution.language)
        self.topic = document_topic(resolution)
        refugees = "unhcr" in self.topic.names
        self.bearers = BearerFinder(self.words, matcher, context, refugees=refugees)
        self.untitled = resolution.body in _WITHOUT_TITLE
        self.place_slug = self._place_slug()
        # Looked up for each item: going through all paragraphs each time is quadratic.
        self._numbered: dict[tuple[str, str | None], list[Paragraph]] = {}
        self._lettered: dict[tuple[str, ...], tuple[list[int], list[Paragraph]]] = {}
        for paragraph in sorted(resolution.operative, key=lambda one: one.span):
            self._numbered.setdefault((paragraph.section, paragraph.number), []).append(paragraph)
            starts, paragraphs = self._lettered.setdefault(paragraph.letters, ([], []))
            starts.append(paragraph.span.start)
            paragraphs.append(paragraph)
        self._by_kind: dict[Kind, Callable[[_Place], TitleSlots]] = {
            Kind.AGENDA: self._agenda,
            Kind.REPORT: self._report,
            Kind.MEETING: self._meeting,
            Kind.DEADLINE: self._deadline,
            Kind.MANDATE: self._mandate,
            Kind.REVIEW: self._review,
            Kind.PERIOD: self._period,
            Kind.OBSERVANCE: self._observance,
            Kind.OBLIGATION: self._obligation,
        }

    def filled(self, item: Obligation) -> Obligation:
        located = self._locate(item)
        if located is None:
            return replace(item, slots=TitleSlots("deadline", self.topic))
        found = self.bearers.find(item, located.segment, located.at, located.chapeaux)
        item = replace(item, bearer=found, addressees=tuple(slug for slug in item.addressees if slug != found))
        located = replace(located, item=item)
        slots = self._by_kind[item.kind](located)
        target = slots.act in ("target", "target-open")
        budget = item.kind is Kind.PERIOD and slots.act in _BUDGETS
        if slots.act == "nth-session" and item.kind is Kind.MEETING:
            body = self.bearers.slug_of(self._words_of(slots.subject))
            item = replace(item, bearer=body or item.bearer)
        appeal = item.kind is Kind.OBLIGATION and is_appeal(item, located.text[located.start :], self.words)
        return replace(item, slots=slots, clause=located.clause, target=target, budget=budget, appeal=appeal)

    # --- where an item stands ---------------------------------------------------------------------------------------

    def _locate(self, item: Obligation) -> _Place | None:
        at = item.span.start
        starts, paragraphs = self._lettered.get(item.letters, ([], []))
        index = bisect_right(starts, at) - 1
        return self._placed(item, paragraphs[index]) if index >= 0 and at < paragraphs[index].span.end else None

    def _placed(self, item: Obligation, paragraph: Paragraph) -> _Place:
        text = paragraph.reading.text
        start = reading_offset(paragraph.reading, item.span.start)
        end = max(start + 1, reading_offset(paragraph.reading, item.span.end - 1) + 1)
        chapeaux = [
            other
            for other in self._numbered[paragraph.section, paragraph.number]
            if len(other.letters) < len(paragraph.letters) and paragraph.letters[: len(other.letters)] == other.letters
        ]
        first, last = segment(text, start, end, self.words)
        return _Place(item, text, start, end, first, last, clause_of(paragraph, chapeaux, start, end), tuple(chapeaux))

    # --- subjects ---------------------------------------------------------------------------------------------------

    def _place_slug(self) -> str | None:
        """Return the place that an instrument without a title is about."""
        for slug in reversed(self.topic.names):
            mention = find_names(printed_name(slug, "en"), "en")
            if mention and mention[0].name.group == "places":
                return slug
        return None

    def _named(self, text: str, near: int) -> Topic:
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

    def _subject(self, located: _Place, theme: str) -> tuple[Topic, Topic]:
        """Return subject and context from the clause's theme and the instrument's topic."""
        if self.untitled:
            named = self._named(located.segment, located.at)
            if named:
                return named, Topic()
            if self.topic:
                return self.topic, Topic()
        if not theme:
            return self.topic, Topic()
        topic = topic_of_words(replace_long_names(theme, self.language), self.language)
        if not self.topic:
            return topic, Topic()
        return (self.topic, Topic()) if self._overlaps(theme, self.topic) else (topic, self.topic)

    def _words_of(self, topic: Topic) -> str:
        words = topic.words.get(self.language, "")
        return " ".join([words, *(printed_name(slug, self.language) for slug in topic.names)])

    def _keyed(self, patterns: Keyed, text: str, at: int) -> tuple[str, re.Match[str]] | None:
        """Return the act of the noun nearest to ``at``, before rather than after; an earlier pattern wins a tie."""
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

    def _theme_words(self, theme: str) -> dict[str, str]:
        return {self.language: theme} if theme else {}

    # --- kinds ------------------------------------------------------------------------------------------------------

    def _agenda(self, located: _Place) -> TitleSlots:
        text = located.segment
        act = "agenda"
        inscribes = self.words.one("inscribes").search(text)
        if self.words.one("modalities").search(text) and not inscribes:
            act = "modalities"
        elif self.words.one("considers").search(text) and not inscribes:
            act = "consideration"
        objects: list[str] = []
        contexts: list[str] = []
        for match in (*_QUOTED.finditer(text), *_BOOK.finditer(text)):
            before = text[max(0, match.start() - _BEFORE) : match.start()]
            own = self.words.one("sub_item").search(before) or not self.words.one("context_item").search(before)
            (objects if own else contexts).append(match[1])
        if objects and act == "agenda":
            return TitleSlots(act, self._titled(objects[-1]))
        found = self.words.one("object_of_agenda").search(text)
        theme = theme_at(found["what"], self.words) if found else ""
        if objects and not theme:
            return TitleSlots(act, self.topic or self._titled(objects[0]))
        if act == "modalities":
            return TitleSlots(act, self.topic)
        subject, context = self._subject(located, theme)
        if not subject and contexts:
            subject = self._titled(contexts[-1])
        return TitleSlots(act, subject, context, theme=self._theme_words(theme))

    def _titled(self, words: str) -> Topic:
        """Return the topic of a quoted title, the instrument's own where it says the same."""
        return topic_of_words(shorten_title(tidy(words), self.language), self.language)

    def _report(self, located: _Place) -> TitleSlots:
        text = located.segment
        found = self._keyed(self.words.reports, text, located.end - located.first)
        act = found[0] if found else "report"
        theme = ""
        if found:
            theme = theme_after(text[found[1].start() :], self.words)
            if not theme and not act.startswith(("report", "update", "briefing")):
                theme = theme_after(text[found[1].end() :], self.words, "theme_of")
        subject, _ = self._subject(located, "")
        if not subject and theme:
            subject, theme = topic_of_words(theme, self.language), ""
        if theme and self._overlaps(theme, subject):
            theme = ""
        theme = replace_long_names(theme, self.language)
        return TitleSlots(act, subject, actor=self._actor(located.item), theme=self._theme_words(theme))

    def _actor(self, item: Obligation) -> str | None:
        """Return who acts, unless it is the adopting body, which the subject leaves unsaid."""
        return item.bearer if item.bearer != self.resolution.body else None

    def _overlaps(self, theme: str, topic: Topic) -> bool:
        """Return whether a theme says no more than a topic."""
        told, known = stems(theme, self.words), stems(self._words_of(topic), self.words)
        return not told or told <= known or len(told & known) >= _SHARED * min(len(told), max(1, len(known)))

    def _meeting(self, located: _Place) -> TitleSlots:
        text, at = located.segment, located.at
        if located.item.rule.endswith("meeting.followed-by"):
            subject, _ = self._subject(located, "")
            return TitleSlots("dialogue", subject)
        end = located.end - located.first
        common = self._keyed(self.words.meetings, text, at)
        nths = [match for match in self.words.one("session_of").finditer(text) if match.start() <= end]
        nth = nths[-1] if nths else None
        if nth and (common is None or common[0] == "session" or nth.end() > common[1].start()):
            phrase = tidy(re.split(r" (?:of|de la|du|des|de) ", nth[0], maxsplit=1)[0])
            body = self._full_body(tidy(nth["body"]))
            own = self.bearers.slug_of(body) == self.resolution.body
            if not own:
                subject = topic_of_words(body, self.language)
                context = Topic() if self._overlaps(body, self.topic) else self.topic
                return TitleSlots("nth-session", subject, context, phrase=self._theme_words(phrase))
        name = proper_name(text, at, end, self.words)
        if name and self._own_name(name):
            return self._named_meeting(name, text)
        subject, _ = self._subject(located, "")
        if not self.words.named_heads and located.item.subject:
            act = common[0] if common else "meeting"
            return TitleSlots(act, subject, phrase=self._theme_words(located.item.subject))
        if common is not None:
            phrase = noun_phrase(text, common[1], self.words)
            theme = noun_theme(text, common[1], self.words)
            theme = "" if theme and self._overlaps(theme, subject) else theme
            return TitleSlots(common[0], subject, phrase=self._theme_words(phrase), theme=self._theme_words(theme))
        subject, context = self._subject(located, theme_after(text, self.words))
        return TitleSlots("meeting", subject, context)

    def _named_meeting(self, name: str, text: str) -> TitleSlots:
        """Return the slots of a meeting by its proper name, a long one in its printed form."""
        for mention in find_names(text, self.language):
            near = text.find(name)
            if mention.name.group == "instruments" and near <= mention.end and mention.start <= near + len(name):
                long = text[mention.start : mention.end]
                if len(long) > len(name) and near <= mention.start + len(name) and name.rsplit(maxsplit=1)[-1] in long:
                    before = tidy(name.partition(long.split()[0])[0])
                    printed = printed_name(mention.name.slug, self.language)
                    return TitleSlots(
                        "named", Topic({self.language: f"{before} {printed}".strip()}, (mention.name.slug,))
                    )
        shared = stems(name, self.words) & stems(self._words_of(self.topic), self.words)
        topic = topic_of_words(replace_long_names(name, self.language), self.language)
        return TitleSlots("named", topic, Topic() if shared else self.topic)

    def _own_name(self, name: str) -> bool:
        """Return whether a name says more than a kind: not "the Meeting" or "General Assembly"."""
        mentions = find_names(name, self.language)
        return (len(stems(name, self.words)) >= 1 and not is_empty(name, self.words)) or bool(mentions)

    def _full_body(self, short: str) -> str:
        """Return the full name that "the Committee" stands for in the text before."""
        if len(short.split()) > 1:
            return short
        before, after = r"(?:[A-Z][\w-]+ ){0,5}", r"[A-Z][\w-]+(?:[ -](?:and |of |the |for |in )?[A-Z][\w-]+){0,7}"
        pattern = re.compile(rf"{before}{re.escape(short)} (?:on|of|for|to) (?:the )?{after}")
        texts = [paragraph.reading.text for paragraph in self.resolution.operative]
        found = [match[0] for text in texts for match in pattern.finditer(text)]
        return found[0] if found else short

    def _deadline(self, located: _Place) -> TitleSlots:
        text, item = located.segment, located.item
        window = text[max(0, located.at - 40) : located.end - located.first + 12]
        goal = _is_goal_year(item.when) and (
            self.words.one("year_only").search(window) or self.words.one("targets").search(text)
        )
        if goal and (item.bearer is None or item.bearer in _VAGUE):
            year = re.search(r"\d{4}|\bwithin\b", text[located.at :])
            position = located.at + year.start() if year else located.end - located.first
            theme = goal_after(text, position) or goal_before(text, position, self.words)
            if self.words.one("operative").match(theme):
                theme = ""
            topic = topic_of_words(replace_long_names(theme, self.language), self.language) if theme else self.topic
            return TitleSlots("target", topic, self.topic if theme and not self._same(theme) else Topic())
        if item.force == "authorize" and (act := self._first_act(self.words.periods, text)) == "commitment-authority":
            return TitleSlots(act, self.topic, actor=self._actor(item))
        if (theme := self._operated(text)) and re.search(r"\b(?:until|through)\b", text):
            return TitleSlots("operation-ends", topic_of_words(theme, self.language), self.topic)
        end = located.end - located.first
        phrase = asked_phrase(text, end, self.words) if self.language in ("en", "fr") else ""
        subject, context = self._subject(located, "")
        noun = self._keyed(self.words.reports, text[:end], end)
        if noun and noun[0] not in _LOOSE_NOUNS and end - noun[1].end() <= _NEAR_NOUN:
            theme = theme_after(text[noun[1].end() :], self.words, "theme_of")
            theme = "" if theme and self._overlaps(theme, subject) else theme
            return TitleSlots(noun[0], subject, context, self._actor(item), theme=self._theme_words(theme))
        return TitleSlots("deadline", subject, context, self._actor(item), phrase=self._theme_words(phrase))

    def _first_act(self, patterns: Keyed, text: str) -> str:
        return next((act for act, pattern in patterns if pattern.search(text)), "")

    def _same(self, theme: str) -> bool:
        told, known = stems(theme, self.words), stems(self._words_of(self.topic), self.words)
        return bool(known) and known <= told

    def _mandate(self, located: _Place) -> TitleSlots:
        text, item = located.segment, located.item
        begins = item.when.endswith("/..") or item.action == "begin"
        thing = next((act for act, pattern in self.words.mandates if pattern.search(text)), "")
        owner = self.words.one("mandate_of").search(text)
        extended = self.words.one("extended").search(text)
        act = "mandate-begins" if begins else "mandate-ends"
        if not owner and thing and not re.search(r"\bmandat|任务|ولاية|мандат", text, re.I):
            act = thing.replace("-ends", "-begins") if begins else thing
            act = {
                "measures-begins": "measures-begin",
                "measures-end": "measures-begin" if begins else "measures-end",
            }.get(act, act)
            if begins and act.endswith("-begins") and act != "authorization-begins":
                act = "measures-begin"
        if self.untitled:
            owned = tidy(owner["what"]) if owner else ""
            own = self.topic.names and any(m.name.slug == self.topic.names[0] for m in find_names(text, self.language))
            subject = (
                self._named(owned, len(owned)) or (self.topic if own else self._named(text, located.at)) or self.topic
            )
            risen = self.words.one("risen").search(text[: located.end - located.first]) if begins else None
            return TitleSlots(act, subject, phrase=self._theme_words(tidy(risen["what"]) if risen else ""))
        what = tidy((owner or extended)["what"]) if (owner or extended) else ""  # type: ignore[index]  # one of the two is there, as the condition asks
        what = re.sub(r"^(?:the|an?|la|le|les) ", "", what)
        if what and not is_empty(what, self.words) and len(what) > 3:
            topic = topic_of_words(replace_long_names(what, self.language), self.language)
            return TitleSlots(act, topic, Topic() if self._same(what) else self.topic)
        subject, context = self._subject(located, self._operated(text))
        return TitleSlots(act, subject, context, self._actor(item))

    def _operated(self, text: str) -> str:
        match = self.words.one("operated").search(text)
        return tidy(match["what"]) if match else ""

    def _review(self, located: _Place) -> TitleSlots:
        text = located.segment
        noun = re.search(r"\b(?P<verb>review|evaluat|assess|apprais|stocktak|examen|évaluation)\w*", text, re.I)
        theme = theme_after(text[noun.start() :], self.words, "theme_of") if noun else ""
        act = "assessment" if noun and noun["verb"].lower() in ("assess", "evaluat") else "review"
        name = proper_name(text, located.at, located.end - located.first, self.words)
        if name and not self.untitled and len(stems(name, self.words)) > 1:
            return TitleSlots(act, topic_of_words(replace_long_names(name, self.language), self.language), self.topic)
        subject, context = self._subject(located, theme)
        return TitleSlots(act, subject, context, theme=self._theme_words(theme))

    def _period(self, located: _Place) -> TitleSlots:
        text = located.segment
        found = next((act for act, pattern in self.words.periods if pattern.search(text)), "period")
        subject, _ = self._subject(located, "")
        return TitleSlots(found, subject)

    def _observance(self, located: _Place) -> TitleSlots:
        name = observance_name(located.text, located.start, located.end, self.words) or located.item.subject
        if not name:
            return TitleSlots("observance", self.topic)
        return TitleSlots("named", topic_of_words(name, self.language))

    def _obligation(self, located: _Place) -> TitleSlots:
        item = located.item
        if item.when == UNDATED and self.language in ("en", "fr"):
            after = located.text[located.start : located.start + 260]
            asked = self.words.one("asked").search(after)
            phrase = tidy(re.split(r"[,;:]", after[asked.end() :])[0]) if asked else ""
            if phrase:
                return TitleSlots("task", self.topic, actor=item.bearer, phrase=self._theme_words(phrase))
        return TitleSlots("task", self.topic, actor=item.bearer)
