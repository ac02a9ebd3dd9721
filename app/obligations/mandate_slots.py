"""Title slots of mandates, measures and budget periods."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from app.model import Kind, TitleSlots, Topic
from app.obligations.short_title import is_empty, replace_long_names, topic_of_words
from app.obligations.theme import asked_after, asked_phrase, tidy, words_before
from app.obligations.title_subject import ItemPlace, SlotMaker, SubjectFinder
from app.registry.short_names import find_names

_STANDING: Final = frozenset(
    {
        *("secretary-general", "united-nations-high-commissioner-for-human-rights", "human-rights-council"),
        "office-of-the-united-nations-high-commissioner-for-human-rights",
    }
)
"""Offices that do not end with a mandate: what ends is their task on the instrument's topic."""
_NAME_WORDS: Final = 2
"""Words of a name that says what enters into force: "the Agreement" alone does not."""


def _mandate(place: ItemPlace, subjects: SubjectFinder) -> TitleSlots:
    text, item = place.segment, place.item
    begins = item.when.endswith("/..") or item.action == "begin"
    if subjects.words.one("in_force").search(text):
        return _in_force(text, subjects)
    if (office := _standing_office(text, subjects)) is not None:
        return TitleSlots("mandate-begins" if begins else "mandate-ends", subjects.topic, actor=office)
    thing = next((act for act, pattern in subjects.words.mandates if pattern.search(text)), "")
    owner = subjects.words.one("mandate_of").search(text)
    extended = subjects.words.one("extended").search(text)
    act = "mandate-begins" if begins else "mandate-ends"
    if not owner and thing and not re.search(r"\bmandat|任务|ولاية|мандат", text, re.I):
        act = thing.replace("-ends", "-begins") if begins else thing
        act = {
            "measures-begins": "measures-begin",
            "measures-end": "measures-begin" if begins else "measures-end",
        }.get(act, act)
        if begins and act.endswith("-begins") and act != "authorization-begins":
            act = "measures-begin"
    if subjects.untitled:
        owned = tidy(owner["what"]) if owner else ""
        own = subjects.topic.names and any(
            m.name.slug == subjects.topic.names[0] for m in find_names(text, subjects.language)
        )
        subject = (
            subjects.named(owned, len(owned))
            or (subjects.topic if own else subjects.named(text, place.at))
            or subjects.topic
        )
        risen = subjects.words.one("risen").search(text[: place.until]) if begins else None
        return TitleSlots(act, subject, phrase=subjects.in_language(tidy(risen["what"]) if risen else ""))
    what = tidy((owner or extended)["what"]) if (owner or extended) else ""  # type: ignore[index]  # one of the two is there, as the condition asks
    what = re.sub(r"^(?:the|an?|la|le|les) ", "", what)
    if what and not is_empty(what, subjects.words) and len(what) > 3:
        topic = topic_of_words(replace_long_names(what, subjects.language), subjects.language)
        return TitleSlots(act, topic, Topic() if subjects.repeats_topic(what) else subjects.topic)
    subject, context = subjects.subject(place, subjects.operated(text))
    if (
        not thing
        and subjects.words.single.get("mandate_words")
        and not subjects.words.one("mandate_words").search(text)
    ):
        phrase = asked_phrase(text, place.until, subjects.words) or words_before(text, place.until, subjects.words)
        return TitleSlots(act, subject, context, subjects.actor(item), phrase=subjects.in_language(phrase))
    return TitleSlots(act, subject, context, subjects.actor(item))


def _standing_office(text: str, subjects: SubjectFinder) -> str | None:
    """Return the permanent office whose mandate on the instrument's topic is extended."""
    owner = subjects.words.one("mandate_of").search(text)
    slug = subjects.bearers.slug_of(tidy(owner["what"])) if owner and subjects.topic else None
    return slug if slug in _STANDING else None


def _in_force(text: str, subjects: SubjectFinder) -> TitleSlots:
    """Return the slots of what enters into force or takes effect."""
    act = "in-force" if "force" in subjects.words.one("in_force").findall(text)[0] else "takes-effect"
    found = subjects.words.one("in_force_of").search(text)
    what = tidy(next((group for group in found.groups() if group), "")) if found else ""
    if len(what.split()) < _NAME_WORDS or is_empty(what, subjects.words):
        return TitleSlots(act, subjects.topic)
    topic = topic_of_words(replace_long_names(what, subjects.language), subjects.language)
    return TitleSlots(act, topic, Topic() if subjects.repeats_topic(what) else subjects.topic)


def _period(place: ItemPlace, subjects: SubjectFinder) -> TitleSlots:
    text = place.segment
    found = next((act for act, pattern in subjects.words.periods if pattern.search(text)), "period")
    subject, _ = subjects.subject(place, "")
    if found != "period":
        return TitleSlots(found, subject)
    phrase = words_before(text, place.until, subjects.words) or asked_after(text, len(text), subjects.words)
    return TitleSlots(found, subject, phrase=subjects.in_language(phrase))


MANDATE_SLOTS: Final[Mapping[Kind, SlotMaker]] = {Kind.MANDATE: _mandate, Kind.PERIOD: _period}
