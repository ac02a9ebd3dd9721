"""Title slots of meetings: a proper name, a session of a body, or a common noun with its theme."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from app.model import Kind, TitleSlots, Topic
from app.obligations.short_title import is_empty, replace_long_names, stems, topic_of_words
from app.obligations.spans import time_of
from app.obligations.theme import noun_phrase, noun_theme, proper_name, theme_after, tidy
from app.obligations.title_subject import ItemPlace, SlotMaker, SubjectFinder
from app.registry.short_names import find_names, printed_name


def _meeting(place: ItemPlace, subjects: SubjectFinder) -> TitleSlots:
    text, at = place.segment, place.at
    if place.item.rule.endswith("meeting.followed-by"):
        subject, _ = subjects.subject(place, "")
        return TitleSlots("dialogue", subject)
    end = place.until
    common = _meeting_noun(place, subjects)
    nths = [match for match in subjects.words.one("session_of").finditer(text) if match.start() <= end]
    nth = nths[-1] if nths else None
    if nth and common and common[0] != "session" and subjects.words.one("at_session").search(text[: nth.start()]):
        nth = None  # the session is when another meeting is held
    if nth and (common is None or common[0] == "session" or nth.end() > common[1].start()):
        phrase = tidy(re.split(r" (?:of|de la|du|des|de) ", nth[0], maxsplit=1)[0])
        body = _full_body(subjects, tidy(nth["body"]))
        own = subjects.bearers.slug_of(body) == subjects.resolution.body
        if not own:
            subject = topic_of_words(body, subjects.language)
            context = Topic() if subjects.overlaps(body, subjects.topic) else subjects.topic
            named = time_of(place.item.when).session
            if named is not None and named.number:
                return TitleSlots("nth-session", subject, context, ordinal=named.number)
            return TitleSlots("nth-session", subject, context, phrase=subjects.in_language(phrase))
    name = proper_name(text, at, end, subjects.words)
    if name and _own_name(subjects, name):
        return _named_meeting(subjects, name, text)
    subject, _ = subjects.subject(place, "")
    if not subjects.words.named_heads and place.item.subject:
        act = common[0] if common else "meeting"
        return TitleSlots(act, subject, phrase=subjects.in_language(place.item.subject))
    if common is not None:
        phrase = noun_phrase(text, common[1], subjects.words)
        theme = noun_theme(text, common[1], subjects.words)
        theme = "" if theme and subjects.overlaps(theme, subject) else theme
        return TitleSlots(common[0], subject, phrase=subjects.in_language(phrase), theme=subjects.in_language(theme))
    subject, context = subjects.subject(place, theme_after(text, subjects.words))
    return TitleSlots("meeting", subject, context)


def _meeting_noun(place: ItemPlace, subjects: SubjectFinder) -> tuple[str, re.Match[str]] | None:
    """Return the common noun of a meeting.

    A session that is the item's time is not what is held then, where another meeting is named.
    """
    common = subjects.nearest_act(subjects.words.meetings, place.segment, place.at)
    if common and common[0] == "session" and time_of(place.item.when).session is not None:
        others = tuple(pair for pair in subjects.words.meetings if pair[0] != "session")
        return subjects.nearest_act(others, place.segment, place.at) or common
    return common


def _named_meeting(subjects: SubjectFinder, name: str, text: str) -> TitleSlots:
    """Return the slots of a meeting by its proper name, a long one in its printed form."""
    for mention in find_names(text, subjects.language):
        near = text.find(name)
        if mention.name.group == "instruments" and near <= mention.end and mention.start <= near + len(name):
            long = text[mention.start : mention.end]
            if len(long) > len(name) and near <= mention.start + len(name) and name.rsplit(maxsplit=1)[-1] in long:
                before = tidy(name.partition(long.split()[0])[0])
                printed = printed_name(mention.name.slug, subjects.language)
                return TitleSlots(
                    "named", Topic({subjects.language: f"{before} {printed}".strip()}, (mention.name.slug,))
                )
    shared = stems(name, subjects.words) & stems(subjects.words_of(subjects.topic), subjects.words)
    topic = topic_of_words(replace_long_names(name, subjects.language), subjects.language)
    return TitleSlots("named", topic, Topic() if shared else subjects.topic)


def _own_name(subjects: SubjectFinder, name: str) -> bool:
    """Return whether a name says more than a kind: not "the Meeting" or "General Assembly"."""
    mentions = find_names(name, subjects.language)
    return (len(stems(name, subjects.words)) >= 1 and not is_empty(name, subjects.words)) or bool(mentions)


def _full_body(subjects: SubjectFinder, short: str) -> str:
    """Return the full name that "the Committee" stands for in the text before."""
    if len(short.split()) > 1:
        return short
    before, after = r"(?:[A-Z][\w-]+ ){0,5}", r"[A-Z][\w-]+(?:[ -](?:and |of |the |for |in )?[A-Z][\w-]+){0,7}"
    pattern = re.compile(rf"{before}{re.escape(short)} (?:on|of|for|to) (?:the )?{after}")
    texts = [paragraph.reading.text for paragraph in subjects.resolution.operative]
    found = [match[0] for text in texts for match in pattern.finditer(text)]
    return found[0] if found else short


MEETING_SLOTS: Final[Mapping[Kind, SlotMaker]] = {Kind.MEETING: _meeting}
