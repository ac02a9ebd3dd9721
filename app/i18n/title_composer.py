"""Titles of items, composed from their slots: ``SUBJECT (CONTEXT): ACT (QUALIFIER)`` in each language."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from app.i18n.names import translate_place
from app.i18n.profile import profile
from app.i18n.title_acts import author_name, format_act, frequency_of, session_of, title_words
from app.i18n.title_shortening import LEAST_ACT, LEAST_SUBJECT, capitalize, cut_end, shorten
from app.model import Event, Kind, TitleSlots, Topic
from app.registry.short_names import printed_name

TITLE_LENGTH: Final = 80
"""Characters of a short title: as many as a phone's list shows in two lines."""
LONG_SUBJECT: Final = 200
"""Characters of a title where length matters little: pages and descriptions."""

_COMMAS: Final = {"zh": "，", "ar": "، "}
_BRACKETS: Final = {"zh": ("（", "）")}
_ISOLATES: Final = ("\u2068", "\u2069")
"""First-strong isolate and its end: foreign words within Arabic keep their direction."""
_LEAST_CONTEXT: Final = 6
_DEFAULT_ACTS: Final = {
    Kind.MEETING: "meeting",
    Kind.REPORT: "report",
    Kind.AGENDA: "agenda",
    Kind.MANDATE: "mandate-ends",
    Kind.REVIEW: "review",
    Kind.DEADLINE: "deadline",
    Kind.PERIOD: "period",
    Kind.OBSERVANCE: "observance",
    Kind.OBLIGATION: "task",
}
_DETAIL_WIDTH: Final = 30
"""Characters of a detail: with act and subject a title stays readable."""
_WORDS: Final = re.compile(r"[^\W\d_]{3}")
"""What a paragraph number or a year does not hold."""
_JOINTS: Final = 5
"""Characters of the separator and the brackets."""
_WHOLE_HEADS: Final = frozenset({"named", "target", "target-open"})
"""Acts whose subject is read from its first words on: it is cut at its end, not in its middle."""
_NAMED_ALONE: Final = frozenset({"named"})
"""Acts of which the subject alone is the title: a meeting or an observance by its own name."""


def title(event: Event, language: str, about: str = "", limit: int = TITLE_LENGTH) -> str:
    """Return the short title of ``event``, within ``limit`` characters if its words allow it.

    ``about`` is the instrument's title in ``language``, used where the item has no subject of its own. A title that a
    reviewer stored with the event wins.
    """
    if language in event.title:
        return event.title[language]
    slots = event.slots or default_slots(event)
    subject = format_topic(slots.subject, language) or about
    if slots.actor and author_name(slots.actor, language).casefold() in subject.casefold():
        slots = replace(slots, actor=None)  # the subject names who acts
    act = _act(event, slots, language)
    qualifiers = _qualifiers(event, slots, language, act)
    if subject and (slots.act in _NAMED_ALONE or act.casefold() in subject.casefold()):
        act = ""
    if subject and slots.phrase.get(language) and re.search(rf"(?<!\w){re.escape(subject)}(?!\w)", act, re.I):
        subject, act = act, ""
    plain = "" if slots.phrase.get(language) else _act(event, replace(slots, actor=None), language)
    if act and plain and len(subject) + len(act) + len(", ".join(qualifiers)) + _JOINTS > limit:
        act = plain  # the one who acts stands elsewhere too; the subject does not
    if slots.act in _WHOLE_HEADS:
        tail = len(act) + len(", ".join(qualifiers)) + (_JOINTS if act or qualifiers else 0)
        subject = cut_end(subject, limit - tail, language)
    fitted = _fit(subject, format_topic(slots.context, language), act, qualifiers, language, limit)
    theme = slots.theme.get(language, "")
    about_words = title_words(language).about
    if theme and about_words and act and len(fitted) < limit and not slots.detail:
        brief = shorten(theme, limit - len(fitted) - len(about_words), language, cut=False)
        if brief and brief.casefold() not in fitted.casefold():
            return _fit(subject, "", f"{act}{about_words}{_small(brief)}", qualifiers, language, limit)
    return fitted


def _small(text: str) -> str:
    """Return ``text`` in lower case at its start, except for an acronym or a proper name."""
    first, _, rest = text.partition(" ")
    proper = not first.istitle() or not rest or rest[:1].isupper()
    return text if proper else text[0].lower() + text[1:]


def long_title(event: Event, language: str, about: str = "") -> str:
    """Return the title with the instrument's own title and symbol, for pages."""
    short = title(event, language, about, LONG_SUBJECT)
    source = f"{about}, {event.instrument}" if about and about.casefold() not in short.casefold() else event.instrument
    opening, closing = _BRACKETS.get(language, (" (", ")"))
    return f"{short}{opening}{source}{closing}"


def default_slots(event: Event) -> TitleSlots:
    """Return the slots of an item whose file has none: its kind, bearer and subject."""
    act = _DEFAULT_ACTS[event.kind]
    if event.subject and event.kind in (Kind.MEETING, Kind.OBSERVANCE):
        act = "named"
    actor = event.bearer if event.kind is Kind.REPORT else None
    return TitleSlots(act=act, subject=Topic(dict(event.subject)), actor=actor)


def format_topic(topic: Topic, language: str) -> str:
    """Return a topic in ``language``: its words, else its names, else foreign words quoted.

    >>> format_topic(Topic({}, ("unifil", "lebanon")), "fr")
    'FINUL (Liban)'
    >>> format_topic(Topic({"en": "Rural women"}), "fr")
    '« Rural women »'
    """
    if language in topic.words:
        return topic.words[language]
    if topic.names:
        first, *others = (printed_name(slug, language) for slug in topic.names)
        opening, closing = _BRACKETS.get(language, (" (", ")"))
        return first + (f"{opening}{', '.join(others)}{closing}" if others else "")
    foreign = topic.words.get("en") or next(iter(topic.words.values()), "")
    return quote_foreign(foreign, language) if foreign else ""


def quote_foreign(words: str, language: str) -> str:
    """Return foreign words in the quotation marks of ``language``.

    In Arabic they are directionally isolated.
    """
    opening, closing = title_words(language).quotes
    isolate, release = _ISOLATES if language == "ar" else ("", "")
    return f"{opening}{isolate}{words}{release}{closing}"


def _act(event: Event, slots: TitleSlots, language: str) -> str:
    if phrase := slots.phrase.get(language):
        return phrase
    key = slots.act
    session = session_of(event.when, language)
    if key == "agenda" and not session:
        key = "agenda-open"
    year = str(event.end.year) if event.end else ""
    if key == "target" and not year:
        key = "target-open"
    if key == "nth-session" and slots.ordinal is None:
        key = "session"
    if key in _NAMED_ALONE:
        key = _DEFAULT_ACTS[event.kind]
    return format_act(key, language, slots.actor, session=session, year=year, number=slots.ordinal)


def _qualifiers(event: Event, slots: TitleSlots, language: str, act: str) -> list[str]:
    """Return the qualifiers that follow the act in brackets.

    In this order: session, frequency, years, place, and the detail that distinguishes similar items.
    """
    qualifiers = []
    session = session_of(event.when, language)
    if session and session not in act:
        qualifiers.append(session)
    frequency = frequency_of(event.when, language)
    if frequency and frequency.casefold() not in act.casefold():
        qualifiers.append(frequency)
    if event.budget and (years := _years(event)):
        qualifiers.append(years)
    if event.place and event.kind is Kind.MEETING and slots.act in _NAMED_ALONE:
        qualifiers.append(translate_place(event.place, language))
    if detail := _detail(slots, language):
        qualifiers.append(detail)
    return qualifiers


def _detail(slots: TitleSlots, language: str) -> str:
    """Return what distinguishes an item, foreign words in quotation marks."""
    if language in slots.detail or not slots.detail:
        return slots.detail.get(language, "")
    if theme := slots.theme.get(language):
        return shorten(theme, _DETAIL_WIDTH, language)
    foreign = slots.detail.get("en") or next(iter(slots.detail.values()))
    return quote_foreign(foreign, language) if _WORDS.search(foreign) else foreign


def _years(event: Event) -> str:
    """Return the years of a period: ``2025``, ``2025/26``, ``2025-2027``."""
    if event.start is None or event.end is None:
        known = event.start or event.end
        return str(known.year) if known else ""
    first, last = event.start.year, event.end.year
    if first == last:
        return str(first)
    return f"{first}/{last % 100:02d}" if last == first + 1 else f"{first}-{last}"


def _fit(subject: str, context: str, act: str, qualifiers: list[str], language: str, limit: int) -> str:
    separator = profile(language).title_colon
    opening, closing = _BRACKETS.get(language, (" (", ")"))
    joined = _COMMAS.get(language, ", ").join(qualifiers)
    tail = act + (f"{opening}{joined}{closing}" if qualifiers else "")
    if not subject:
        subject, context = context, ""
    if not subject:
        return capitalize(shorten(tail, limit, language))
    joint = separator if act else ""
    if len(subject) + len(joint) + len(tail) > limit:
        width = max(limit - len(subject) - len(joint), limit - LEAST_SUBJECT - len(joint) - 1, limit // 2)
        if len(tail) > limit - LEAST_SUBJECT - len(joint) and len(tail) > width:
            inner = f"{opening}{joined}{closing}" if qualifiers else ""
            left = limit - len(subject) - len(joint)
            act_width = max(LEAST_ACT, limit // 2 - len(inner), left - len(inner))
            passive = " to be " in act
            brief = (shorten if passive else cut_end)(act, act_width, language)
            tail = (brief[:1].lower() + brief[1:] if act[:1].islower() else brief) + inner
        subject = shorten(subject, limit - len(joint) - len(tail), language)
        return capitalize(f"{subject}{joint}{tail}")
    if context.casefold().startswith(subject.casefold()) and len(context) + len(joint) + len(tail) <= limit:
        subject, context = context, ""
    width = limit - len(subject) - len(joint) - len(tail) - len(opening) - len(closing)
    if context and not re.search(r"[(（]", subject) and width >= _LEAST_CONTEXT:
        brief = shorten(context, width, language, cut=False)
        if brief:
            subject = f"{subject}{opening}{brief}{closing}"
    return capitalize(f"{subject}{joint}{tail}")
