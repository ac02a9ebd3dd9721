"""Title slots of reports, deadlines and reviews."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from app.model import Anchor, Duration, Kind, TitleSlots, Topic
from app.obligations.short_title import replace_long_names, stems, topic_of_words
from app.obligations.spans import time_of
from app.obligations.tasks import CROWDS
from app.obligations.theme import (
    asked_after,
    asked_phrase,
    goal_after,
    goal_before,
    proper_name,
    theme_after,
    words_before,
)
from app.obligations.title_subject import ItemPlace, SlotMaker, SubjectFinder

_VAGUE: Final = CROWDS | {"funds-and-programmes", "specialized-agencies", "general-assembly"}
"""Bearers that are no single organ: what they shall reach by a year is a goal."""
_NEAR_NOUN: Final = 140
"""Characters before a time within which a noun is what is due then."""
_LOOSE_NOUNS: Final = frozenset({"report", "information", "views", "budget-proposal", "strategy", "summary"})
"""Nouns that a clause may hold without their being what is due."""

_BESIDE_REPORT: Final = frozenset({"information", "views", "summary", "budget-proposal", "proposals", "strategy"})
"""Nouns that a clause which asks to report may hold beside the report."""


def _is_goal_year(value: str) -> bool:
    """Return whether a time is a year, the end of one, or whole years from the adoption."""
    when = replace(time_of(value), recurrence=None)
    point = when.single
    shift = point.shift if point is not None and point.base == Anchor.ADOPTION and point.sign > 0 else None
    years = shift is not None and shift == Duration(years=shift.years)
    return when.is_year or when.is_until_year_end or years


def _report(place: ItemPlace, subjects: SubjectFinder) -> TitleSlots:
    text = place.segment
    found = subjects.nearest_act(subjects.words.reports, text, place.until)
    act = found[0] if found else "report"
    if act in _BESIDE_REPORT and subjects.words.one("report_verb").search(text[: place.until]):
        act, found = "report", None
    theme = ""
    if found:
        theme = theme_after(text[found[1].start() :], subjects.words)
        if not theme and not act.startswith(("report", "update", "briefing")):
            theme = theme_after(text[found[1].end() :], subjects.words, "theme_of")
    subject, _ = subjects.subject(place, "")
    if not subject and theme:
        subject, theme = topic_of_words(theme, subjects.language), ""
    if theme and subjects.overlaps(theme, subject):
        theme = ""
    theme = replace_long_names(theme, subjects.language)
    return TitleSlots(act, subject, actor=subjects.actor(place.item), theme=subjects.in_language(theme))


def _deadline(place: ItemPlace, subjects: SubjectFinder) -> TitleSlots:
    text, item = place.segment, place.item
    window = text[max(0, place.at - 40) : place.until + 12]
    goal = _is_goal_year(item.when) and (
        subjects.words.one("year_only").search(window) or subjects.words.one("targets").search(text)
    )
    if goal and (item.bearer is None or item.bearer in _VAGUE):
        year = re.search(r"\d{4}|\bwithin\b", text[place.at :])
        position = place.at + year.start() if year else place.until
        theme = goal_after(text, position) or goal_before(text, position, subjects.words)
        if subjects.words.one("operative").match(theme):
            theme = ""
        topic = (
            topic_of_words(replace_long_names(theme, subjects.language), subjects.language) if theme else subjects.topic
        )
        return TitleSlots("target", topic, subjects.topic if theme and not subjects.repeats_topic(theme) else Topic())
    if (
        item.force == "authorize"
        and (act := subjects.first_act(subjects.words.periods, text)) == "commitment-authority"
    ):
        return TitleSlots(act, subjects.topic, actor=subjects.actor(item))
    if (theme := subjects.operated(text)) and re.search(r"\b(?:until|through)\b", text):
        return TitleSlots("operation-ends", topic_of_words(theme, subjects.language), subjects.topic)
    end = place.until
    words = subjects.words
    phrase = asked_phrase(text, end, words) if words.single.get("infinitive") else asked_after(text, place.at, words)
    subject, context = subjects.subject(place, "")
    noun = subjects.nearest_act(subjects.words.reports, text[:end], end)
    if noun and noun[0] not in _LOOSE_NOUNS and end - noun[1].end() <= _NEAR_NOUN:
        theme = theme_after(text[noun[1].end() :], subjects.words, "theme_of")
        theme = "" if theme and subjects.overlaps(theme, subject) else theme
        return TitleSlots(noun[0], subject, context, subjects.actor(item), theme=subjects.in_language(theme))
    phrase = phrase or words_before(text, end, words) or asked_after(text, place.at, words)
    return TitleSlots("deadline", subject, context, subjects.actor(item), phrase=subjects.in_language(phrase))


def _review(place: ItemPlace, subjects: SubjectFinder) -> TitleSlots:
    text = place.segment
    noun = re.search(r"\b(?P<verb>review|evaluat|assess|apprais|stocktak|examen|évaluation)\w*", text, re.I)
    theme = theme_after(text[noun.start() :], subjects.words, "theme_of") if noun else ""
    act = "assessment" if noun and noun["verb"].lower() in ("assess", "evaluat") else "review"
    name = proper_name(text, place.at, place.until, subjects.words)
    if name and not subjects.untitled and len(stems(name, subjects.words)) > 1:
        context = Topic() if subjects.overlaps(name, subjects.topic) else subjects.topic
        return TitleSlots(act, topic_of_words(replace_long_names(name, subjects.language), subjects.language), context)
    subject, context = subjects.subject(place, theme)
    return TitleSlots(act, subject, context, theme=subjects.in_language(theme))


REPORT_SLOTS: Final[Mapping[Kind, SlotMaker]] = {
    Kind.REPORT: _report,
    Kind.DEADLINE: _deadline,
    Kind.REVIEW: _review,
}
