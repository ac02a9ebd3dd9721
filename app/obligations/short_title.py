"""What an instrument is about, short: its title without the act, else the mission or country it names most."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from app.languages.title_patterns import TitlePatterns, title_patterns
from app.model import Resolution, Topic
from app.registry.short_names import NameMention, find_names, printed_name

_LONGEST: Final = 120
"""Characters of a subject that is kept; titles shorten it further where they are printed."""
_HEADS: Final = 4
"""Preambular paragraphs that say what a resolution without a title is about."""
_STEM: Final = 5
"""Letters that inflected forms of one word share."""
_LEAST_HAN: Final = 2
"""Signs that a title in a script without blanks keeps at least."""
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_LEAST_WORD: Final = 4
_WORD: Final = re.compile(r"[^\W\d_]+")
_WEIGHTS: Final = {"missions": 3, "instruments": 1, "places": 1}
"""A mission named once says more of what a resolution is about than a country named once."""
_OFTEN: Final = 3
"""A name of this weighted count is what an instrument without a title is about."""
_A_PARAGRAPH: Final = 700
"""Characters of a paragraph: statements have many that no number divides."""
_NAMING: Final = frozenset({"missions", "places", "panels", "bodies"})
"""Groups of names that are no theme."""
_SEPARATORS: Final = {"fr": " : ", "zh": "："}
_QUOTES: Final = "“”\"«»„‟'’ "
_TITLE_KEPT: Final = 0.4
"""Share of a title that a name must cover to stand for the whole of it."""


def shorten_title(title: str, language: str) -> str:
    """Return an instrument's title without its act and additions at its end.

    >>> shorten_title("Implementation of the Declaration of the Indian Ocean as a Zone of Peace", "en")
    'Declaration of the Indian Ocean as a Zone of Peace'
    >>> shorten_title("Human rights in the administration of justice, including juvenile justice", "en")
    'Human rights in the administration of justice'
    """
    words = title_patterns(language)
    text = " ".join(title.split())
    text = replace_long_names(text, language)
    for tail in words.tail:
        cut = tail.search(text)
        if cut and cut.start() >= (_LEAST_HAN if _HAN.match(text) else _LEAST_WORD + 1):
            text = text[: cut.start()] + (text[cut.end() :] if cut.end() < len(text) else "")
    for _ in range(_HEADS):
        before = text
        for lead in words.lead:
            cut = lead.match(text)
            if cut and len(text) - cut.end() >= _LEAST_WORD:
                text = text[cut.end() :].lstrip()
        if text == before:
            break
    return _capital(text.strip(" .,;:–-"))[: _LONGEST * 2]


def replace_long_names(text: str, language: str) -> str:
    """Return ``text`` with long names of instruments and missions in printed forms.

    >>> replace_long_names("Financing of the United Nations Interim Force in Lebanon", "en")
    'Financing of the UNIFIL'
    """
    out, last = [], 0
    for mention in find_names(text, language):
        printed = printed_name(mention.name.slug, language)
        if mention.name.group in ("missions", "bodies", "instruments") and len(printed) < mention.end - mention.start:
            if language != "en" and language not in mention.name.forms:
                continue
            out.append(text[last : mention.start] + printed)
            last = mention.end
    return "".join(out) + text[last:]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def topic_of_words(text: str, language: str) -> Topic:
    """Return a topic for words: a name of the tables where the words are one, else the words.

    >>> topic_of_words("UNIFIL", "en").names
    ('unifil', 'lebanon')
    """
    bare = text.strip(_QUOTES)
    for mention in find_names(bare, language):
        if mention.start <= 1 and mention.end >= len(bare) - 1:
            return topic_of_name(mention)
        covered = (mention.end - mention.start) / max(1, len(bare))
        if mention.name.group in ("missions", "bodies") and covered >= _TITLE_KEPT:
            return topic_of_name(mention)
    return Topic({language: _capital(bare)})


def topic_of_name(mention: NameMention) -> Topic:
    """Return the topic of a name, with the place that is printed beside it.

    >>> topic_of_name(find_names("UNIFIL", "en")[0]).names
    ('unifil', 'lebanon')
    """
    name = mention.name
    return Topic({}, (name.slug, name.place) if name.place else (name.slug,))


def document_topic(resolution: Resolution) -> Topic:
    """Return what ``resolution`` is about.

    Its title says so, else the names and heads of its text.

    >>> from app.documents.parser import read_text
    >>> text = "90/77. Keeping of lamps\\n\\n1. Notes the lamps;"
    >>> document_topic(read_text(text, "en", name="A-RES-90-77.txt")).words
    {'en': 'Keeping of lamps'}
    """
    language = resolution.language
    words = title_patterns(language)
    title = " ".join(resolution.title.split())
    if (
        title
        and not resolution.title_derived
        and not words.one("page_head").match(title)
        and not _named_after_country(title, language)
    ):
        return topic_of_words(shorten_title(title, language), language)
    named, count = _most_named(resolution)
    theme = _thematic_title(title, words, language) if resolution.title_derived else ""
    local = named is not None and (named.name.place is not None or named.name.group == "places")
    least = max(_OFTEN, len(resolution.operative), len(resolution.text) // _A_PARAGRAPH)
    if theme and not (local and count >= least):
        return Topic({language: theme})
    if named is not None and count >= _OFTEN:
        return topic_of_name(named)
    if head := _heads(resolution, words):
        for mention in find_names(head, language):
            if mention.name.group in ("missions", "places"):
                return topic_of_name(mention)
        topic = topic_of_words(shorten_title(head, language), language)
        return topic if topic.names or named is None or len(head.split()) > 1 else topic_of_name(named)
    return topic_of_name(named) if named is not None else Topic()


def _thematic_title(title: str, words: TitlePatterns, language: str) -> str:
    """Return the short form of a derived title that names a theme, else an empty string.

    A title that names a mission, a body or a place, or begins with an operative verb, names no theme.
    """
    named = any(mention.name.group in _NAMING for mention in find_names(title, language))
    if named or not title or words.one("operative").match(title) or words.one("page_head").match(title):
        return ""
    short = shorten_title(title, language)
    verb = words.one("operative").search(short)
    short = short[: verb.start()].rstrip(" ,") if verb and short[: verb.start()].endswith(", ") else short
    short = short if " " in short else _capital(title.removeprefix("The "))
    return "" if is_empty(short, words) else short


def _named_after_country(title: str, language: str) -> bool:
    """Return whether a title is only a place: a mission in the text says more."""
    return any(m.name.group == "places" and m.start == 0 and m.end == len(title) for m in find_names(title, language))


def _heads(resolution: Resolution, words: TitlePatterns) -> str:
    texts = [resolution.text[:1500]] if "PRST" in (resolution.symbol.text if resolution.symbol else "") else []
    texts += [paragraph.reading.text for paragraph in resolution.preamble[:_HEADS]]
    texts += [paragraph.reading.text for paragraph in resolution.operative[:1]]
    for pattern in reversed(words.about):
        for text in texts:
            found = pattern.search(text)
            if found and not is_empty(found["what"], words) and not re.match(r"\d", found["what"]):
                return " ".join(found["what"].split())
    return ""


def _most_named(resolution: Resolution) -> tuple[NameMention | None, int]:
    """Return the name that the instrument holds most often, and its weighted count."""
    counts: Counter[str] = Counter()
    first: dict[str, NameMention] = {}
    for paragraph in (*resolution.preamble[:_HEADS], *resolution.operative):
        for mention in find_names(paragraph.reading.text, resolution.language):
            counts[mention.name.slug] += _WEIGHTS.get(mention.name.group, 0)
            first.setdefault(mention.name.slug, mention)
    if not counts or not counts.most_common(1)[0][1]:
        return None, 0
    slug, count = counts.most_common(1)[0]
    for other, _ in counts.most_common():
        if first[other].name.place == slug:
            return first[other], count  # the mission there says more than the country
    return first[slug], count


def is_empty(text: str, words: TitlePatterns) -> bool:
    """Return whether words only refer back: "the present resolution", "its work".

    >>> is_empty("the present resolution", title_patterns("en"))
    True
    """
    bare = text.strip(_QUOTES + ".,;:")
    return any(pattern.fullmatch(bare) for pattern in words.empty)


def stems(text: str, words: TitlePatterns) -> frozenset[str]:
    """Return the first letters of the words that say what ``text`` is about.

    >>> sorted(stems("the keeping of lamps", title_patterns("en")))
    ['keepi', 'lamps']
    """
    found = (word.lower() for word in _WORD.findall(text))
    if any("\u3400" <= sign <= "\u9fff" for sign in text):
        return frozenset(text[at : at + 2] for at in range(len(text) - 1))
    return frozenset(word[:_STEM] for word in found if len(word) >= _LEAST_WORD and word not in words.generic)


def calendar_subject(title: str, language: str) -> str:
    """Return what an instrument's calendar is about.

    It is the short title; the topic of a meeting stands before the meeting.

    >>> calendar_subject("Preparations for the 2036 summit of the General Assembly on lighthouses", "en")
    'Lighthouses: 2036 summit'
    """
    short = shorten_title(title, language)
    words = title_patterns(language)
    match = words.one("event_on").fullmatch(short)
    if match is None:
        return short
    return f"{_capital(match['topic'])}{_SEPARATORS.get(language, ': ')}{match['event']}"
