"""Title slots of agenda items, observances and undated tasks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from app.model import UNDATED, Kind, TitleSlots
from app.obligations.short_title import topic_of_words
from app.obligations.theme import observance_name, theme_at, tidy
from app.obligations.title_subject import ItemPlace, SlotMaker, SubjectFinder

_QUOTED: Final = re.compile(r"[“«„\"]\s?([^“”«»„\"]{3,400}?)\s?[”»\"]")
_BOOK: Final = re.compile(r"[《“]([^》”]{2,120})[》”]")
_BEFORE: Final = 70
"""Characters before a quoted title that say whether it is the item or where the item stands."""


def _agenda(place: ItemPlace, subjects: SubjectFinder) -> TitleSlots:
    text = place.segment
    act = "agenda"
    inscribes = subjects.words.one("inscribes").search(text)
    if subjects.words.one("modalities").search(text) and not inscribes:
        act = "modalities"
    elif subjects.words.one("considers").search(text) and not inscribes:
        act = "consideration"
    objects: list[str] = []
    contexts: list[str] = []
    for match in (*_QUOTED.finditer(text), *_BOOK.finditer(text)):
        before = text[max(0, match.start() - _BEFORE) : match.start()]
        own = subjects.words.one("sub_item").search(before) or not subjects.words.one("context_item").search(before)
        (objects if own else contexts).append(match[1])
    if objects and act == "agenda":
        return TitleSlots(act, subjects.titled(objects[-1]))
    found = subjects.words.one("object_of_agenda").search(text)
    theme = theme_at(found["what"], subjects.words) if found else ""
    if objects and not theme:
        return TitleSlots(act, subjects.topic or subjects.titled(objects[0]))
    if act == "modalities":
        return TitleSlots(act, subjects.topic)
    subject, context = subjects.subject(place, theme)
    if not subject and contexts:
        subject = subjects.titled(contexts[-1])
    return TitleSlots(act, subject, context, theme=subjects.in_language(theme))


def _observance(place: ItemPlace, subjects: SubjectFinder) -> TitleSlots:
    name = observance_name(place.text, place.start, place.end, subjects.words) or place.item.subject
    if not name:
        return TitleSlots("observance", subjects.topic)
    return TitleSlots("named", topic_of_words(name, subjects.language))


def _task(place: ItemPlace, subjects: SubjectFinder) -> TitleSlots:
    item = place.item
    if item.when == UNDATED and subjects.words.single.get("asked"):
        after = place.text[place.start : place.start + 260]
        asked = subjects.words.one("asked").search(after)
        phrase = tidy(re.split(r"[,;:]", after[asked.end() :])[0]) if asked else ""
        if phrase:
            return TitleSlots("task", subjects.topic, actor=item.bearer, phrase=subjects.in_language(phrase))
    return TitleSlots("task", subjects.topic, actor=item.bearer)


AGENDA_SLOTS: Final[Mapping[Kind, SlotMaker]] = {
    Kind.AGENDA: _agenda,
    Kind.OBSERVANCE: _observance,
    Kind.OBLIGATION: _task,
}
