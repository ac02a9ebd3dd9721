"""The slots of a title as fields of a schedule file and as plain values of JSON."""

from __future__ import annotations

from typing import Final

from app.model import LANGUAGES, Event, TitleSlots, Topic
from app.schedule.fields import filled, ordered, strings_of, text_of, texts_of
from app.yaml_document import Node

_SLOTS: Final = ("act", "subject", "context", "actor", "phrase", "theme", "detail", "ordinal")
_TOPIC: Final = ("words", "names")


def read_slots(node: Node) -> TitleSlots:
    """Return the slots of an item. Raises ScheduleError for unknown keys.

    >>> read_slots(Node.parse("{act: report, actor: secretary-general}", "a.yaml")).actor
    'secretary-general'
    """
    fields = node.mapping(_SLOTS, needed=("act",))
    return TitleSlots(
        act=fields["act"].text(),
        subject=_read_topic(fields["subject"]) if "subject" in fields else Topic(),
        context=_read_topic(fields["context"]) if "context" in fields else Topic(),
        actor=text_of(fields, "actor") or None,
        phrase=texts_of(fields, "phrase"),
        theme=texts_of(fields, "theme"),
        detail=texts_of(fields, "detail"),
        ordinal=fields["ordinal"].number() if "ordinal" in fields else None,
    )


def _read_topic(node: Node) -> Topic:
    fields = node.mapping(_TOPIC)
    return Topic(texts_of(fields, "words"), strings_of(fields, "names"))


def write_slots(slots: TitleSlots | None) -> dict[str, object]:
    """Return the fields of ``slots`` that are not empty, words in order of language.

    >>> write_slots(TitleSlots(act="report", phrase={"fr": "rapport", "en": "report"}))
    {'act': 'report', 'phrase': {'en': 'report', 'fr': 'rapport'}}
    """
    if slots is None:
        return {}
    return filled(
        act=slots.act,
        subject=_write_topic(slots.subject),
        context=_write_topic(slots.context),
        actor=slots.actor,
        phrase=ordered(slots.phrase, str),
        theme=ordered(slots.theme, str),
        detail=ordered(slots.detail, str),
        ordinal=slots.ordinal,
    )


def _write_topic(topic: Topic) -> dict[str, object]:
    return filled(words=ordered(topic.words, str), names=list(topic.names))


def plain_slots(event: Event) -> dict[str, object] | None:
    """Return the slots of ``event`` as the API gives them, None where its file has none.

    >>> from app.model import Certainty, Kind
    >>> event = Event("A-RES-90-1.1.report.1", Kind.REPORT, "GA91", Certainty.WINDOW, "A/RES/90/1", None,
    ...     slots=TitleSlots(act="report"))
    >>> plain_slots(event)["act"]
    'report'
    """
    slots = event.slots
    if slots is None:
        return None
    return {
        "act": slots.act,
        "subject": {
            language: slots.subject.words[language] for language in LANGUAGES if language in slots.subject.words
        },
        "names": list(slots.subject.names),
        "context": dict(slots.context.words),
        "context_names": list(slots.context.names),
        "actor": slots.actor,
        "phrase": dict(slots.phrase),
        "detail": dict(slots.detail),
        "ordinal": slots.ordinal,
    }
